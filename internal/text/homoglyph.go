package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A pair of letters which look the same in print, in one case or the other
// (k and к differ, K and К do not; text that was lower-cased keeps the mistake).
type lookAlike struct{ latin, cyrillic rune }

var lookAlikes = [...]lookAlike{
	{'a', 'а'}, {'b', 'в'}, {'c', 'с'}, {'e', 'е'}, {'h', 'н'}, {'i', 'і'},
	{'j', 'ј'}, {'k', 'к'}, {'m', 'м'}, {'o', 'о'}, {'p', 'р'}, {'s', 'ѕ'},
	{'t', 'т'}, {'x', 'х'}, {'y', 'у'}, {'ë', 'ё'}, {'ï', 'ї'},
	{'A', 'А'}, {'B', 'В'}, {'C', 'С'}, {'E', 'Е'}, {'H', 'Н'}, {'I', 'І'},
	{'J', 'Ј'}, {'K', 'К'}, {'M', 'М'}, {'O', 'О'}, {'P', 'Р'}, {'S', 'Ѕ'},
	{'T', 'Т'}, {'X', 'Х'}, {'Y', 'У'}, {'Ë', 'Ё'}, {'Ï', 'Ї'},
}

func cyrillicTwin(r rune) (rune, bool) {
	for _, p := range lookAlikes {
		if p.latin == r {
			return p.cyrillic, true
		}
	}
	return r, false
}

func latinTwin(r rune) (rune, bool) {
	for _, p := range lookAlikes {
		if p.cyrillic == r {
			return p.latin, true
		}
	}
	return r, false
}

// FixHomoglyphs mends a word in which look-alike letters of the other script
// have strayed («cобытия» with a Latin c, «Kирилл» with a Latin K). Letters that
// exist in one script only decide; without any, the letters which differ in lower
// case (в, к, н; b, k, h); then the majority; Cyrillic wins a tie. A word of one
// script, and a word in which both scripts have letters of their own («VIPзал»),
// come back unchanged.
func FixHomoglyphs(word string) string {
	if !mixesScripts(word) {
		return word
	}
	var latin, cyrillic evidence
	for _, r := range word {
		switch {
		case isLatin(r):
			_, twin := cyrillicTwin(r)
			latin.add(twin, r == 'b' || r == 'h' || r == 'k' || r == 'm' || r == 't')
		case isCyrillic(r):
			_, twin := latinTwin(r)
			cyrillic.add(twin, r == 'в' || r == 'н' || r == 'к' || r == 'м' || r == 'т')
		}
	}
	switch {
	case latin.own > 0 && cyrillic.own > 0:
		return word
	case latin.beats(cyrillic):
		return mapRunes(word, latinTwin)
	}
	return mapRunes(word, cyrillicTwin)
}

// evidence counts what speaks for one script in a mixed word.
type evidence struct {
	own   int // letters without a twin in the other script
	lower int // letters which only their capitals share
	all   int
}

func (e *evidence) add(twin, lowerDiffers bool) {
	e.all++
	switch {
	case !twin:
		e.own++
	case lowerDiffers:
		e.lower++
	}
}

func (e evidence) beats(o evidence) bool {
	if e.own != o.own {
		return e.own > o.own
	}
	if e.lower != o.lower {
		return e.lower > o.lower
	}
	return e.all > o.all
}

// FixHomoglyphsIn applies [FixHomoglyphs] to every run of letters in text and
// leaves everything between them as it is. Only the letters of the word itself
// count as evidence: an abbreviation in pure Latin stays Latin inside a Russian
// sentence, even when every letter of it has a Cyrillic twin.
func FixHomoglyphsIn(text string) string {
	if !mixesScripts(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	start := -1
	for i, r := range text {
		in := unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
		switch {
		case in && start < 0:
			start = i
		case !in:
			if start >= 0 {
				b.WriteString(FixHomoglyphs(text[start:i]))
				start = -1
			}
			_, n := utf8.DecodeRuneInString(text[i:])
			b.WriteString(text[i : i+n])
		}
	}
	if start >= 0 {
		b.WriteString(FixHomoglyphs(text[start:]))
	}
	return b.String()
}

// mixesScripts reports whether s holds both Latin and Cyrillic letters.
func mixesScripts(s string) bool {
	var latin, cyrillic bool
	for _, r := range s {
		if isLatin(r) {
			latin = true
		} else if isCyrillic(r) {
			cyrillic = true
		}
		if latin && cyrillic {
			return true
		}
	}
	return false
}

func isLatin(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	if r < 0x0250 {
		return r >= 0x00C0 && r != '×' && r != '÷'
	}
	return r >= 0x1E00 && r < 0x1F00
}

func isCyrillic(r rune) bool { return r >= 0x0400 && r < 0x0530 && (r < 0x0482 || r > 0x0489) }

func mapRunes(s string, f func(rune) (rune, bool)) string {
	return strings.Map(func(r rune) rune { r, _ = f(r); return r }, s)
}

// LookAlike returns a form of s that is the same for names which the eye can
// take for one another: folded, and with Cyrillic letters written as the Latin
// ones they resemble («vеra» with a Cyrillic е is "vera"). It compares, and is
// never shown; letters that only resemble as capitals (В and B) count too.
func LookAlike(s string) string { return mapRunes(Fold(s), latinTwin) }
