package text

import "math"

// Plural forms by the names of CLDR, which are also the keys of a message.
const (
	One   = "one"
	Few   = "few"
	Many  = "many"
	Other = "other"
)

// PluralForms lists the forms a message with plurals must have in lang, in the
// order of CLDR 32. A language without a rule of its own has the forms one and
// other; Tajik has other alone.
func PluralForms(lang string) []string {
	switch baseLang(lang) {
	case "ru", "uk", "be":
		return []string{One, Few, Many, Other}
	case "ro":
		return []string{One, Few, Other}
	case "tg":
		return []string{Other}
	}
	return []string{One, Other}
}

// PluralForm returns the form for the whole number n (its sign does not count),
// by the cardinal rules of CLDR 32 (TestPluralFormAgreesWithCLDR).
func PluralForm(lang string, n int64) string {
	if n < 0 {
		n = -n
		if n < 0 { // the one number without an opposite
			n = math.MaxInt64
		}
	}
	switch baseLang(lang) {
	case "ru", "uk", "be":
		return eastSlavicForm(n)
	case "ro":
		switch {
		case n == 1:
			return One
		case n == 0 || n%100 >= 1 && n%100 <= 19:
			return Few
		}
		return Other
	case "tg":
		return Other
	case "hy": // 0 and 1 are singular
		if n <= 1 {
			return One
		}
		return Other
	}
	if n == 1 {
		return One
	}
	return Other
}

// PluralFormFloat is [PluralForm] for a number that may have a fraction:
// «1,5 часа» takes the form other in the East Slavic languages.
func PluralFormFloat(lang string, f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < math.MaxInt64 {
		return PluralForm(lang, int64(f))
	}
	switch baseLang(lang) {
	case "hy":
		if math.Abs(f) < 2 {
			return One
		}
	case "ro":
		return Few
	}
	return Other
}

func eastSlavicForm(n int64) string {
	switch last, two := n%10, n%100; {
	case last == 1 && two != 11:
		return One
	case last >= 2 && last <= 4 && (two < 12 || two > 14):
		return Few
	}
	return Many
}
