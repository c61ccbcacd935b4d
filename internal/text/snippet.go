package text

import "unicode/utf8"

// A Span is a stretch of text; Hit marks it as found by the query.
type Span struct {
	Text string
	Hit  bool
}

// Highlight cuts the whole of original into spans, marking the words for which
// match is true. match receives the folded word of a [Token]; a caller who
// searches by stem compares Stem(word). The texts of the spans joined together
// are original again.
func Highlight(original string, match func(word string) bool) []Span {
	return cut(original, 0, len(original), hits(original, Tokenize(original), match))
}

// Snippet returns the part of original, about width characters long and cut
// between words, that shows the most hits (the earliest of equals; the beginning
// when there is none), with "…" where text is left out.
func Snippet(original string, match func(word string) bool, width int) []Span {
	if utf8.RuneCountInString(original) <= width {
		return Highlight(original, match)
	}
	tokens := Tokenize(original)
	found := hits(original, tokens, match)
	from, to := window(original, tokens, found, max(width, 1))
	spans := cut(original, from, to, found)
	if from > 0 {
		spans = append([]Span{{Text: "…"}}, spans...)
	}
	if to < len(original) {
		spans = append(spans, Span{Text: "…"})
	}
	return spans
}

// stretch is a half-open range of bytes.
type stretch struct{ from, to int }

// hits lists the matching words. A dotted number counts as a hit when one of its
// parts does.
func hits(original string, tokens []Token, match func(string) bool) []stretch {
	var out []stretch
	for _, t := range tokens {
		if n := len(out); n > 0 && t.Part && out[n-1].to >= t.End {
			continue
		}
		if match(t.Word) {
			out = append(out, stretch{t.Start, t.End})
		}
	}
	return out
}

// window chooses the byte range to show: it starts at a word a little before
// some hit and covers as many hits as fit.
func window(s string, tokens []Token, found []stretch, width int) (from, to int) {
	if len(found) == 0 {
		return 0, advance(s, tokens, 0, width)
	}
	best, bestCount := 0, 0
	for i := range found {
		limit := runesAfter(s, found[i].from, width*3/4)
		count := 0
		for j := i; j < len(found) && found[j].to <= limit; j++ {
			count++
		}
		if count > bestCount {
			best, bestCount = i, count
		}
	}
	lead := runesBefore(s, found[best].from, width/4)
	from = found[best].from
	if lead == 0 {
		from = 0
	} else {
		for _, t := range tokens {
			if t.Start >= lead {
				from = min(from, t.Start)
				break
			}
		}
	}
	return from, max(advance(s, tokens, from, width), found[best].to)
}

// advance returns where a window of width characters that starts at from ends:
// after a whole word, or in mid-word when not one word fits.
func advance(s string, tokens []Token, from, width int) int {
	limit := runesAfter(s, from, width)
	if limit == len(s) {
		return limit
	}
	end := from
	for _, t := range tokens {
		if t.Start >= from && t.End <= limit {
			end = max(end, t.End)
		}
	}
	if end == from {
		return limit
	}
	return end
}

func runesAfter(s string, i, n int) int {
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return i
}

func runesBefore(s string, i, n int) int {
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return i
}

// cut splits s[from:to] at the borders of the hits.
func cut(s string, from, to int, found []stretch) []Span {
	var out []Span
	at := from
	for _, h := range found {
		if h.from < at || h.to > to {
			continue
		}
		if h.from > at {
			out = append(out, Span{Text: s[at:h.from]})
		}
		out = append(out, Span{Text: s[h.from:h.to], Hit: true})
		at = h.to
	}
	if at < to {
		out = append(out, Span{Text: s[at:to]})
	}
	return out
}
