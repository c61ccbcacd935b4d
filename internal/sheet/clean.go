package sheet

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// entity is a character reference which an export left in the text. Only closed
// ones: "?a=1&copy=2" is a link.
var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|quot|amp|lt|gt|nbsp|laquo|raquo|mdash|ndash|hellip|apos);`)

// cleanText removes what nobody sees: outer blanks, byte order marks and
// zero-width spaces; line ends inside a cell become \n; character references
// become the characters.
func cleanText(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = entity.ReplaceAllStringFunc(s, html.UnescapeString)
	}
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.ContainsAny(s, "\ufeff\u200b\x00") {
		s = strings.Map(func(r rune) rune {
			if r == '\ufeff' || r == '\u200b' || r == 0 {
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimFunc(s, unicode.IsSpace)
}

const guarded = "=+-@\t\r\n＝＋－＠"

// guard makes a text harmless for spreadsheets, which run cells that begin like
// a formula: an apostrophe goes in front. Plain negative numbers stay.
func guard(s string) string {
	bare := strings.TrimLeft(s, "'")
	if !strings.ContainsAny(firstRune(bare), guarded) || len(bare) == len(s) && plainNegative(s) {
		return s
	}
	return "'" + s
}

// unguard undoes guard in a file that comes back.
func unguard(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsAny(firstRune(strings.TrimLeft(s, "'")), guarded) {
		return s[1:]
	}
	return s
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

// plainNegative matches -12, -12.5 and -12,5.
func plainNegative(s string) bool {
	if len(s) < 2 || s[0] != '-' {
		return false
	}
	points := 0
	for i, c := range []byte(s[1:]) {
		switch {
		case c >= '0' && c <= '9':
		case (c == '.' || c == ',') && i > 0 && i < len(s)-2 && points == 0:
			points++
		default:
			return false
		}
	}
	return true
}
