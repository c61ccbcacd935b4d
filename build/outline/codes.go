package main

// codes gives the ISO 3166-1 alpha-2 code for the numeric code of the atlas,
// for every country that the region view can show.
var codes = map[string]string{
	"004": "AF", "008": "AL", "012": "DZ", "020": "AD", "031": "AZ", "040": "AT",
	"048": "BH", "050": "BD", "051": "AM", "056": "BE", "064": "BT", "070": "BA",
	"100": "BG", "104": "MM", "112": "BY", "156": "CN", "158": "TW", "191": "HR",
	"196": "CY", "203": "CZ", "208": "DK", "233": "EE", "246": "FI", "248": "AX",
	"250": "FR", "268": "GE", "275": "PS", "276": "DE", "300": "GR", "336": "VA",
	"348": "HU", "356": "IN", "364": "IR", "368": "IQ", "376": "IL", "380": "IT",
	"392": "JP", "398": "KZ", "400": "JO", "408": "KP", "410": "KR", "414": "KW",
	"417": "KG", "422": "LB", "428": "LV", "434": "LY", "438": "LI", "440": "LT",
	"442": "LU", "466": "ML", "470": "MT", "478": "MR", "492": "MC", "496": "MN",
	"498": "MD", "499": "ME", "504": "MA", "512": "OM", "524": "NP", "528": "NL",
	"578": "NO", "586": "PK", "616": "PL", "634": "QA", "642": "RO", "643": "RU",
	"674": "SM", "682": "SA", "688": "RS", "703": "SK", "705": "SI", "724": "ES",
	"752": "SE", "756": "CH", "760": "SY", "762": "TJ", "784": "AE", "788": "TN",
	"792": "TR", "795": "TM", "804": "UA", "807": "MK", "818": "EG", "826": "GB",
	"831": "GG", "832": "JE", "833": "IM", "840": "US", "860": "UZ",
}

// unnumbered gives codes to geometries that have no ISO number. Northern
// Cyprus is drawn with Cyprus (UN Security Council resolution 541); the others
// are drawn in the neutral colour and never filled.
var unnumbered = map[string]string{
	"N. Cyprus":       "CY",
	"Kosovo":          "",
	"Siachen Glacier": "",
}
