package picture

import (
	"strconv"
	"strings"
)

// number writes n with grouped thousands: "7 206" with a no-break space in
// Russian, "7,206" in English. Russian leaves four digits together only in
// dates, so they are grouped here as well.
func number(lang string, n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	mark := ","
	if lang == "ru" {
		mark = "\u00a0"
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

// hidden writes the mark of a suppressed number: "<5", or "…" where the
// caller states no threshold.
func hidden(threshold int) string {
	if threshold > 0 {
		return "<" + strconv.Itoa(threshold)
	}
	return "…"
}

// plural chooses the form for n: one, few, many in Russian (CLDR cardinal
// rules for integers), one and other in English.
func plural(lang string, n int, one, few, many string) string {
	if n < 0 {
		n = -n
	}
	if lang != "ru" {
		if n == 1 {
			return one
		}
		return many
	}
	switch {
	case n%10 == 1 && n%100 != 11:
		return one
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return few
	}
	return many
}

// nice gives the smallest of 1, 2, 5, 10, 20, 50, … that is at least n.
func nice(n float64) int {
	for step := 1; ; step *= 10 {
		for _, m := range []int{1, 2, 5} {
			if float64(m*step) >= n {
				return m * step
			}
		}
	}
}

// phrase chooses the wording for the language.
func phrase(lang, ru, en string) string {
	if lang == "ru" {
		return ru
	}
	return en
}

// listed joins at most limit items and says how many more there are.
func listed(lang string, items []string, limit int) string {
	if len(items) <= limit {
		return strings.Join(items, "; ")
	}
	rest := strconv.Itoa(len(items) - limit)
	return strings.Join(items[:limit], "; ") + phrase(lang, "; и ещё "+rest, "; and "+rest+" more")
}
