package core

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateToken is one meaningful piece of a date as people write it.
type dateToken struct {
	kind  tokenKind
	cue   dateCue
	value int        // number, month 1–12, season 21–24
	width int        // digits of a number
	text  string     // time
	point loosePoint // numeric date (04.12.2011, 2011-12-05, 05.2012, 5.05), decade
}

type tokenKind uint8

const (
	tokenNumber tokenKind = iota
	tokenMonth
	tokenSeason
	tokenCue
	tokenTime
	tokenPoint
)

// tokenizeDate splits normalised text. It fails on words that dates do not have.
func tokenizeDate(s string, o HumanDateOptions) ([]dateToken, error) {
	var out []dateToken
	for len(s) > 0 {
		if len(out) > 40 {
			return nil, dateError(errDate)
		}
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case unicode.IsSpace(r) || r == '\'' || r == 't' && len(out) > 0 && len(s) > 1 && isDigit(s[1]):
			s = s[size:]
		case isDigit(s[0]) || isBlankDigit(s):
			t, rest, err := numberToken(s, o)
			if err != nil {
				return nil, err
			}
			out, s = append(out, t), rest
		case r == '-' || r == '/' || r == ',' || r == ';':
			cue := cueDash
			if r == '/' {
				cue = cueOr
			} else if r != '-' {
				cue = cueAnd
			}
			out, s = append(out, dateToken{kind: tokenCue, cue: cue}), s[size:]
		case strings.HasPrefix(s, "(?)"):
			out, s = append(out, dateToken{kind: tokenCue, cue: cueMaybe}), s[3:]
		case r == '.' || r == '(' || r == ')':
			s = s[size:]
		case len(out) > 0 && out[len(out)-1].kind == tokenTime && isHalfDay(s):
			var ok bool
			if out[len(out)-1].text, ok = twelveHours(out[len(out)-1].text, s[0]); !ok {
				return nil, dateError(errDateTime)
			}
			s = s[2:]
		default:
			t, rest, err := wordToken(s)
			if err != nil {
				return nil, err
			}
			out, s = append(out, t), rest
		}
	}
	return out, nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isHalfDay recognises am and pm.
func isHalfDay(s string) bool {
	return len(s) >= 2 && (s[0] == 'a' || s[0] == 'p') && s[1] == 'm' && (len(s) == 2 || !unicode.IsLetter(rune(s[2])))
}

// twelveHours turns 02:30 with 'p' into 14:30.
func twelveHours(t string, half byte) (string, bool) {
	hour := int(t[0]-'0')*10 + int(t[1]-'0')
	if hour < 1 || hour > 12 {
		return t, false
	}
	hour %= 12
	if half == 'p' {
		hour += 12
	}
	return pad(hour, 2) + t[2:], true
}

// isBlankDigit recognises XX, ??, __ or 00-like fillers of an unknown part.
func isBlankDigit(s string) bool {
	return len(s) >= 3 && (s[:2] == "xx" || s[:2] == "??" || s[:2] == "__") && (s[2] == '.' || s[2] == '/' || s[2] == '-')
}

// wordToken reads one word (with a closing dot if the abbreviation has one).
func wordToken(s string) (dateToken, string, error) {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if n < 0 {
		n = len(s)
	}
	if n == 0 {
		_, n = utf8.DecodeRuneInString(s)
	}
	word, rest := s[:n], s[n:]
	if m := monthWord(word); m > 0 {
		return dateToken{kind: tokenMonth, value: m}, strings.TrimPrefix(rest, "."), nil
	}
	if m := seasonWord(word); m > 0 {
		return dateToken{kind: tokenSeason, value: m}, rest, nil
	}
	if c, ok := dateCues[word]; ok {
		return dateToken{kind: tokenCue, cue: c}, strings.TrimPrefix(rest, "."), nil
	}
	return dateToken{}, "", dateError(errDate)
}

// numberToken reads a number, a time or a numeric date from the front of s.
func numberToken(s string, o HumanDateOptions) (dateToken, string, error) {
	if t, rest, ok := timeToken(s); ok {
		return t, rest, nil
	}
	parts, rest := numericParts(s)
	if len(parts) > 1 {
		sep := s[len(s)-len(strings.TrimLeft(s, "0123456789x?_"))]
		p, err := o.numericDate(parts, sep)
		return dateToken{kind: tokenPoint, point: p}, rest, err
	}
	first := parts[0]
	if first.blank || first.width > 8 {
		return dateToken{}, "", dateError(errDate)
	}
	if first.width == 8 { // 20111205
		v := first.value
		p := loosePoint{year: v / 10000, hasYear: true, month: v / 100 % 100, day: v % 100}
		return dateToken{kind: tokenPoint, point: p}, rest, nil
	}
	if d, rest, ok := decadeToken(first, rest, o); ok {
		return d, rest, nil
	}
	if first.width > 4 {
		return dateToken{}, "", dateError(errDateSerial)
	}
	return dateToken{kind: tokenNumber, value: first.value, width: first.width}, trimOrdinal(rest), nil
}

// trimOrdinal drops what is glued to a number: 6th, 6-го, 2012г.
func trimOrdinal(s string) string {
	for _, suffix := range []string{"-ого", "-го", "-е", "-ое", "ого", "го", "th", "st", "nd", "rd"} {
		rest, ok := strings.CutPrefix(s, suffix)
		if r, _ := utf8.DecodeRuneInString(rest); ok && !unicode.IsLetter(r) {
			return rest
		}
	}
	return s
}

// decadeToken reads what follows 2010 in "2010-е", "2010-х", "2010s", "90s".
func decadeToken(n numericPart, rest string, o HumanDateOptions) (dateToken, string, bool) {
	if n.value%10 != 0 || (n.width != 4 && n.width != 2) {
		return dateToken{}, "", false
	}
	for _, suffix := range []string{"-е", "-х", "-ые", "-ых", "s", "'s"} {
		tail, ok := strings.CutPrefix(rest, suffix)
		if r, _ := utf8.DecodeRuneInString(tail); !ok || unicode.IsLetter(r) {
			continue
		}
		if n.width == 2 && suffix != "s" && suffix != "'s" && n.value <= 30 {
			return dateToken{}, "", false // "20-е" is more likely the 20th
		}
		year := n.value
		if n.width == 2 {
			year = o.fullYear(n.value)
		}
		return dateToken{kind: tokenPoint, point: loosePoint{year: year, hasYear: true, blanks: 1}}, tail, true
	}
	return dateToken{}, "", false
}

// timeToken reads H:MM, HH:MM[:SS[.fff]][zone]; a dot needs a colon elsewhere.
func timeToken(s string) (dateToken, string, bool) {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	if n == 0 || n > 2 || n >= len(s) || s[n] != ':' {
		return dateToken{}, "", false
	}
	end := n
	for end < len(s) && (isDigit(s[end]) || s[end] == ':') {
		end++
	}
	text := s[:end]
	if n == 1 {
		text = "0" + text
	}
	rest := s[end:]
	if len(rest) > 1 && rest[0] == '.' && isDigit(rest[1]) { // fractions of a second
		i := 1
		for i < len(rest) && isDigit(rest[i]) {
			i++
		}
		rest = rest[i:]
	}
	for _, n := range []int{6, 3, 1} {
		if len(rest) >= n && (n > 1 || rest[0] == 'z') && (rest[0] == 'z' || rest[0] == '+' || rest[0] == '-') {
			if t, ok := canonicalTime(text + rest[:n]); ok {
				return dateToken{kind: tokenTime, text: t}, rest[n:], true
			}
		}
	}
	t, ok := canonicalTime(text)
	return dateToken{kind: tokenTime, text: t}, rest, ok
}

type numericPart struct {
	value, width int
	blank        bool
}

// numericParts reads up to three numbers joined by one kind of separator. A
// dash joins only what can be a date: a full triple, year-month, month-year.
func numericParts(s string) ([]numericPart, string) {
	first, rest := numericPartOf(s)
	parts := []numericPart{first}
	if rest == "" || !strings.ContainsRune("./-", rune(rest[0])) {
		return parts, rest
	}
	sep, afterFirst := rest[0], rest
	for len(parts) < 3 && len(rest) > 1 && rest[0] == sep && (isDigit(rest[1]) || isBlankDigit(rest[1:]+".")) {
		p, tail := numericPartOf(rest[1:])
		if p.width > 4 {
			break
		}
		parts, rest = append(parts, p), tail
	}
	short := func(p numericPart) bool { return p.width <= 2 }
	switch {
	case len(parts) == 3 && (short(parts[0]) || parts[0].width == 4) && short(parts[1]):
		return parts, rest
	case len(parts) == 2 && sep == '.' && short(parts[0]):
		return parts, rest
	case len(parts) >= 2 && short(parts[0]) != short(parts[1]) && (parts[0].width == 4 || parts[1].width == 4):
		if len(parts) == 2 {
			return parts, rest
		}
	}
	return parts[:1], afterFirst
}

func numericPartOf(s string) (numericPart, string) {
	if isBlankDigit(s + ".") {
		return numericPart{width: 2, blank: true}, s[2:]
	}
	p, n := numericPart{}, 0
	for n < len(s) && isDigit(s[n]) {
		if p.width < 9 {
			p.value = p.value*10 + int(s[n]-'0')
		}
		p.width++
		n++
	}
	return p, s[n:]
}
