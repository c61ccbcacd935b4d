package picture

import "testing"

// regionCodes spread over the twelve countries; several places lie close
// together.
var regionCodes = []string{"RU-MOW", "RU-SPE", "RU-NIZ", "RU-VOR", "RU-SVE", "RU-NVS", "RU-KHA", "RU-DA", "RU-CE",
	"RU-TA", "RU-BA", "RU-KDA", "RU-IRK", "UA-30", "UA-43", "UA-63", "BY-HM", "BY-HO", "MD-CU", "MD-SN", "GE-TB",
	"GE-AB", "AM-ER", "AM-SH", "AZ-BA", "AZ-GA", "KZ-75", "KZ-71", "KZ-23", "KG-GB", "KG-GO", "UZ-TK", "UZ-QR",
	"TJ-DU", "TJ-GB", "TM-S"}

// bubblesOf makes bubbles for codes of the gazetteer with invented values.
func bubblesOf(t testing.TB, lang string, codes []string) []Bubble {
	t.Helper()
	index := byCode(readPlaces(t))
	var out []Bubble
	for i, code := range codes {
		p, ok := index[code]
		if !ok {
			t.Fatalf("no place %s", code)
		}
		out = append(out, Bubble{Code: code, Label: phrase(lang, p.ru, p.en), Lat: p.lat, Lon: p.lon,
			Value: 412/(1+i%9) + i, Suppressed: i%7 == 5})
	}
	return out
}

// demoBubbles makes bubbles of the demo facts summed by region.
func demoBubbles(lang string) []Bubble {
	return []Bubble{
		{Code: "RU-MOW", Label: phrase(lang, "Москва", "Moscow"), Lat: 55.8, Lon: 37.6, Value: 6631},
		{Code: "RU-SPE", Label: phrase(lang, "Санкт-Петербург", "Saint Petersburg"), Lat: 59.9, Lon: 30.3, Value: 461},
		{Code: "RU-NIZ", Label: phrase(lang, "Нижегородская область", "Nizhny Novgorod Oblast"), Lat: 56.3, Lon: 44.0, Value: 81},
		{Code: "RU-VOR", Label: phrase(lang, "Воронежская область", "Voronezh Oblast"), Lat: 51.7, Lon: 39.2, Value: 33},
	}
}

// regionShades gives a number to each of the twelve countries; that of
// Turkmenistan is suppressed.
func regionShades() []Shade {
	values := []int{1412, 188, 496, 12, 33, 141, 58, 77, 9, 64, 3, 71}
	var out []Shade
	for i, l := range home() {
		out = append(out, Shade{Code: l.code, Value: values[i], Suppressed: l.code == "TM"})
	}
	return out
}

// sampleStyle gives a style with everything written out.
func sampleStyle(lang string, dark bool) Style {
	return Style{Lang: lang, Dark: dark,
		Title:     phrase(lang, "Задержания на публичных мероприятиях, 2011–2013", "Detentions at public events, 2011–2013"),
		Source:    phrase(lang, "Источник: ОВД-Инфо, CC BY 3.0", "Source: OVD-Info, CC BY 3.0"),
		Watermark: phrase(lang, "ДЕМО", "DEMO")}
}

// sampleMonths is a year and a month with a gap and a suppressed number.
func sampleMonths(lang string, dark bool) MonthsOptions {
	return MonthsOptions{Style: sampleStyle(lang, dark), Step: ByMonth, Unit: phrase(lang, "задержаний", "detentions"),
		Threshold: 5, Unknown: 3, Columns: []Column{
			{Period: Period{2011, 12}, Value: 1312}, {Period: Period{2012, 1}, Value: 67}, {Period: Period{2012, 2}, Value: 126},
			{Period: Period{2012, 3}, Value: 589}, {Period: Period{2012, 5}, Value: 1976}, {Period: Period{2012, 6}, Value: 198},
			{Period: Period{2012, 7}, Value: 4, Suppressed: true}, {Period: Period{2012, 12}, Value: 165},
		}}
}

// sampleBars has a suppressed, a quiet and an empty row and letters of seven
// alphabets.
func sampleBars(lang string, dark bool) BarsOptions {
	return BarsOptions{Style: sampleStyle(lang, dark), Threshold: 5, Unit: phrase(lang, "событий", "events"), Bars: []Bar{
		{Label: phrase(lang, "Митинг", "Rally"), Value: 6631},
		{Label: phrase(lang, "Одиночный пикет", "One-person picket"), Value: 461},
		{Label: "Україна: її, є, ґ; Қазақстан: ә ғ қ ң ө ұ ү һ; Тоҷикистон: ӣ ӯ ҷ ҳ", Value: 381},
		{Label: "Azərbaycan, Mahilioŭ, Ștefan Vodă", Value: 33},
		{Label: phrase(lang, "Шествие", "March"), Value: 3, Suppressed: true},
		{Label: phrase(lang, "Не указано", "Not stated"), Value: 120, Quiet: true},
		{Label: phrase(lang, "Собрание", "Assembly")},
	}}
}

// phrase chooses the wording for the language of a sample.
func phrase(lang, ru, en string) string {
	if lang == "ru" {
		return ru
	}
	return en
}
