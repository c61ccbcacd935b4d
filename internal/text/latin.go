package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Latin romanises Cyrillic, Armenian and Georgian letters for a reader of English,
// close to BGN/PCGN without its diacritics: «Щербаков» Shcherbakov, «Юлия»
// Yuliya, «Գևորգ» Gevorg, «გიორგი» Giorgi. lang says how to read the letters that
// languages read differently (г, и, х, ж, ў …); "" and unknown languages read
// Cyrillic as Russian. For az and uz the result is the Latin alphabet of the
// language itself, for ro the Romanian one. Case is kept; everything that is not
// a letter of these scripts passes unchanged. For comparison use [NameKey].
func Latin(s, lang string) string {
	if isASCII(s) {
		return s
	}
	s = norm.NFC.String(s)
	table := romanisation(baseLang(lang))
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	prev := rune(0) // the letter before, lower case; 0 at the start of a word
	for i, r := range s {
		lower := unicode.ToLower(r)
		next, nextRaw := nextLetter(s, i+utf8.RuneLen(r))
		out, ok := romaniseLetter(table, lower, prev, next)
		switch {
		case r == utf8.RuneError, !ok:
			b.WriteRune(r)
		case lower == r:
			b.WriteString(out)
		case unicode.IsUpper(nextRaw) || nextRaw == 0 && prev != 0 && b.Len() > 0 && lastIsUpper(b.String()):
			b.WriteString(strings.ToUpper(out))
		default:
			b.WriteString(capitalise(out))
		}
		switch {
		case unicode.IsLetter(r):
			prev = lower
		case !unicode.Is(unicode.Mn, r) && !isApostrophe(r):
			prev = 0
		}
	}
	return b.String()
}

// romaniseLetter returns the Latin text for one lower-case letter between its
// neighbours (0 = edge of the word).
func romaniseLetter(t *letterTable, r, prev, next rune) (string, bool) {
	// Armenian ու is one vowel written with two letters.
	switch {
	case r == 'ո' && next == 'ւ':
		return "u", true
	case r == 'ւ' && prev == 'ո':
		return "", true
	case r == 'ո' && prev == 0 && next != 'վ':
		return "vo", true
	case r == 'ե' && prev == 0:
		return "ye", true
	case r == 'և' && prev == 0:
		return "yev", true
	}
	if s, ok := t.initial[r]; ok && startsSyllable(prev) {
		return s, true
	}
	if t.special != nil {
		if s, ok := t.special(r, prev, next); ok {
			return s, true
		}
	}
	if s, ok := t.letters[r]; ok {
		return s, true
	}
	s, ok := commonLetters[r]
	return s, ok
}

// startsSyllable reports whether a letter after prev keeps its initial sound: at
// the start of a word, after a vowel, after a soft or hard sign.
func startsSyllable(prev rune) bool {
	return prev == 0 || strings.ContainsRune("аеёиоуыэюяіїєўьъәөүұӣӯй", prev)
}

func nextLetter(s string, i int) (lower, raw rune) {
	if i >= len(s) {
		return 0, 0
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	if !unicode.IsLetter(r) {
		return 0, 0
	}
	return unicode.ToLower(r), r
}

func lastIsUpper(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsUpper(r)
}

func capitalise(s string) string {
	if s == "" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func isApostrophe(r rune) bool {
	p, ok := foldedPunctuation(r)
	return ok && p == '\'' || r == '\''
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
