package web

import (
	"slices"
	"strings"
	"unicode"

	"svod/internal/core"
)

// shownChange is one field before and after.
type shownChange struct {
	Label  Wording
	Sealed bool
	Old    []diffSpan
	New    []diffSpan
}

// diffSpan is a run of words; Mark says that only this side has them.
type diffSpan struct {
	Text string
	Mark bool
}

// changes renders the differences of two versions, word by word.
func (w *valueWriter) changes(t *core.Type, list []core.Change) []shownChange {
	var out []shownChange
	for _, c := range list {
		f := t.Field(c.Field)
		if f == nil {
			continue
		}
		sc := shownChange{Label: wordingIn(f.Label, w.v.lang), Sealed: f.Sensitivity == core.Sealed}
		sc.Old, sc.New = diffWords(w.plain(f, c.Old), w.plain(f, c.New))
		out = append(out, sc)
	}
	return out
}

// maxDiffWords bounds the work: longer texts are shown whole, before and after.
const maxDiffWords = 1500

// diffWords marks the words that only one side has: the longest common
// subsequence of words is what both share.
func diffWords(before, after string) (a, b []diffSpan) {
	x, y := splitWords(before), splitWords(after)
	if before == "" || after == "" || len(x) > maxDiffWords || len(y) > maxDiffWords {
		return whole(before, after != before), whole(after, after != before)
	}
	keepX, keepY := common(x, y)
	return spans(x, keepX), spans(y, keepY)
}

func whole(s string, mark bool) []diffSpan {
	if s == "" {
		return nil
	}
	return []diffSpan{{s, mark}}
}

// splitWords cuts a text into words, each with the white space before it.
func splitWords(s string) []string {
	var out []string
	start, word := 0, false
	for i, r := range s {
		space := unicode.IsSpace(r)
		if space && word {
			out = append(out, s[start:i])
			start, word = i, false
		}
		word = word || !space
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// common says which words of each side belong to their longest common
// subsequence (Hunt and McIlroy's table, after the shared beginning and end).
func common(x, y []string) (keepX, keepY []bool) {
	keepX, keepY = make([]bool, len(x)), make([]bool, len(y))
	same := func(i, j int) bool { return strings.TrimSpace(x[i]) == strings.TrimSpace(y[j]) }
	lo := 0
	for lo < len(x) && lo < len(y) && same(lo, lo) {
		keepX[lo], keepY[lo] = true, true
		lo++
	}
	hiX, hiY := len(x), len(y)
	for hiX > lo && hiY > lo && same(hiX-1, hiY-1) {
		hiX, hiY = hiX-1, hiY-1
		keepX[hiX], keepY[hiY] = true, true
	}
	n, m := hiX-lo, hiY-lo
	width := m + 1
	table := make([]int32, (n+1)*width)
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if same(lo+i, lo+j) {
				table[i*width+j] = table[(i+1)*width+j+1] + 1
			} else {
				table[i*width+j] = max(table[(i+1)*width+j], table[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case same(lo+i, lo+j):
			keepX[lo+i], keepY[lo+j] = true, true
			i, j = i+1, j+1
		case table[(i+1)*width+j] >= table[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return keepX, keepY
}

// spans joins neighbours that are marked alike.
func spans(words []string, keep []bool) []diffSpan {
	var out []diffSpan
	for i, w := range words {
		mark := !keep[i]
		if n := len(out); n > 0 && out[n-1].Mark == mark {
			out[n-1].Text += w
			continue
		}
		out = append(out, diffSpan{w, mark})
	}
	return slices.Clip(out)
}
