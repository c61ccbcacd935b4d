package kernel

import (
	"slices"

	"svod/internal/core"
	"svod/internal/text"
)

// nameKeys are the keys of the words of a name, in any script, sorted.
func nameKeys(n core.Name) []string {
	full := n.String()
	var out []string
	for _, tok := range text.Tokenize(full) {
		if key := text.NameKey(full[tok.Start:tok.End]); key != "" {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// nameMatch says how far two names agree: 1 when all words of the shorter one
// are in the other and there are at least two, or both are one word; 0.5 when
// only one of several words agrees; 0 when none does. Initials match words.
func nameMatch(a, b core.Name) float64 {
	x, y := nameKeys(a), nameKeys(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	same := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			same++
		} else if len(w) == 1 && slices.ContainsFunc(y, func(o string) bool { return o[:1] == w }) {
			same++
		}
	}
	switch {
	case len(x) == 0 || same == 0:
		return 0
	case same == len(x) && (len(x) > 1 || len(y) == 1):
		return 1
	}
	return 0.5
}
