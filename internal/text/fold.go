package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form of s used for comparison: compatibility-normalised,
// lower case, ё as е, Latin and Greek letters without diacritics, stress marks
// removed, one kind of quote ("), apostrophe ('), dash (-) and space, soft
// hyphens and zero-width characters gone. Letters of other alphabets stay
// letters: й, ї, ў, ґ, ә, қ, ӣ are never reduced to a base letter.
// Fold(Fold(s)) == Fold(s). Invalid UTF-8 becomes U+FFFD.
func Fold(s string) string {
	if !needsFold(s) {
		return s
	}
	if out, ok := foldPlain(make([]byte, 0, len(s)), s); ok {
		return string(out)
	}
	return foldAny(s)
}

// needsFold reports whether s may change; it errs on the side of true.
func needsFold(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' || c == '`' {
				return true
			}
			i++
			continue
		}
		// U+0430–U+043F is D0 B0–BF, U+0440–U+044F is D1 80–8F: а to я.
		if i+1 < len(s) && (c == 0xD0 && s[i+1] >= 0xB0 && s[i+1] < 0xC0 || c == 0xD1 && s[i+1] >= 0x80 && s[i+1] < 0x90) {
			i += 2
			if markFollows(s, i) {
				return true
			}
			continue
		}
		return true
	}
	return false
}

// markFollows reports whether a combining mark of U+0300–U+036F starts at i.
func markFollows(s string, i int) bool {
	return i < len(s) && (s[i] == 0xCC || s[i] == 0xCD)
}

// foldPlain folds text made of ASCII, the Cyrillic letters of the living
// alphabets of U+0400–U+045F and common punctuation, and gives up on anything
// else. Nearly all real text passes here without a normaliser.
func foldPlain(dst []byte, s string) ([]byte, bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			} else if c == '`' {
				c = '\''
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= 'а' && r <= 'я':
		case r >= 'А' && r <= 'Я':
			r += 'а' - 'А'
		case r == 'ё' || r == 'Ё':
			r = 'е'
		case r >= 'Ђ' && r <= 'Џ' && r != 'Ѓ' && r != 'Ќ' && r != 'Ѝ':
			r += 'ђ' - 'Ђ'
		case r >= 'ђ' && r <= 'џ' && r != 'ѓ' && r != 'ќ' && r != 'ѝ':
		default:
			p, ok := foldedPunctuation(r)
			if !ok || r == utf8.RuneError {
				return dst, false
			}
			if p == 0 {
				i += n
				continue
			}
			r = p
		}
		dst = utf8.AppendRune(dst, r)
		i += n
	}
	return dst, true
}

// foldedPunctuation returns the one sign that stands for r, 0 when r is
// invisible and dropped, and whether r is covered.
func foldedPunctuation(r rune) (rune, bool) {
	switch r {
	case '«', '»', '„', '“', '”', '‟', '″', '〝', '〞', '＂', 'ʺ', '˝':
		return '"', true
	case '‘', '’', '‚', '‛', '′', '‵', '´', '`', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', '＇', 'ˈ', '‹', '›', '՚', 'ꞌ', 'Ꞌ':
		return '\'', true
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '－', '⸺', '⸻', '֊', '⁃':
		return '-', true
	case '\u00a0', '\u2007', '\u202f', '\u2009', '\u200a', '\u2002', '\u2003', '\u3000':
		return ' ', true
	case '№':
		return '#', true
	case '⁄', '∕':
		return '/', true
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u200e', '\u200f',
		'\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\u034f', '\u180e':
		return 0, true
	}
	return r, false
}

// foldAny folds any text: decompose, map letter by letter, compose again.
func foldAny(s string) string {
	var pre strings.Builder
	pre.Grow(len(s) + 8)
	for _, r := range s { // invalid bytes arrive here as U+FFFD
		if p, ok := foldedPunctuation(r); ok {
			if p != 0 {
				pre.WriteRune(p)
			}
			continue
		}
		pre.WriteRune(r)
	}
	d := norm.NFKD.String(pre.String())
	out := make([]byte, 0, len(d))
	base := rune(' ')
	for _, r := range d {
		if p, ok := foldedPunctuation(r); ok {
			if p != 0 {
				out, base = utf8.AppendRune(out, p), p
			}
			continue
		}
		r = unicode.ToLower(r)
		if unicode.Is(unicode.Mn, r) {
			if keepsMark(base, r) {
				out = utf8.AppendRune(out, r)
			}
			continue
		}
		base = r
		if m, ok := latinExtra(r); ok {
			out = append(out, m...)
			continue
		}
		if r == 'ς' {
			r = 'σ'
		}
		out = utf8.AppendRune(out, r)
	}
	return string(norm.NFC.Bytes(out))
}

// keepsMark decides whether the combining mark m after the letter base makes
// another letter (й, ї, ӣ, ѓ) or is only an accent.
func keepsMark(base, m rune) bool {
	switch {
	case unicode.Is(unicode.Cyrillic, base):
		switch m {
		case '\u0300', '\u0301':
			return base == 'г' || base == 'к'
		case '\u0308':
			return base != 'е'
		}
		return true
	case base < utf8.RuneSelf, unicode.In(base, unicode.Latin, unicode.Greek):
		return false
	}
	return true
}

// latinExtra spells out the Latin letters which have no decomposition.
// The Azerbaijani ə is commonly typed as e.
func latinExtra(r rune) (string, bool) {
	switch r {
	case 'ß':
		return "ss", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ø':
		return "o", true
	case 'ł':
		return "l", true
	case 'đ', 'ð':
		return "d", true
	case 'þ':
		return "th", true
	case 'ı':
		return "i", true
	case 'ə', 'ǝ':
		return "e", true
	case 'ħ':
		return "h", true
	}
	return "", false
}
