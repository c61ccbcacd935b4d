package picture

import (
	"strconv"
	"strings"

	"svod/internal/text"
)

// number writes n with the digit groups of the language.
func number(lang string, n int) string { return text.FormatNumber(lang, n) }

// hidden writes the mark of a suppressed number: "<5", or "…" where the
// caller states no threshold.
func hidden(threshold int) string {
	if threshold > 0 {
		return "<" + strconv.Itoa(threshold)
	}
	return "…"
}

// plural chooses the word for n: one, few, many in Russian, one and many in
// English.
func plural(lang string, n int, one, few, many string) string {
	switch text.PluralForm(lang, int64(n)) {
	case text.One:
		return one
	case text.Few:
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
