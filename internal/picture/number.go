package picture

import (
	"strconv"
	"strings"
)

// hidden writes the mark of a suppressed number: "<5", or "…" where the
// caller states no threshold.
func hidden(threshold int) string {
	if threshold > 0 {
		return "<" + strconv.Itoa(threshold)
	}
	return "…"
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

// listed joins at most limit items and says how many more there are.
func listed(lang string, items []string, limit int) string {
	if len(items) <= limit {
		return strings.Join(items, "; ")
	}
	return say(lang, "and_more", "list", strings.Join(items[:limit], "; "), "rest", len(items)-limit)
}
