package index

import (
	"strings"
	"unicode"
)

// Quotes people use in Russian and English. Any of them closes any other,
// because half-converted text mixes them.
const quotes = "\"«»“”„‟"

func isQuote(r rune) bool { return strings.ContainsRune(quotes, r) }

// isBreak says where a word ends.
func isBreak(r rune) bool {
	return unicode.IsSpace(r) || r == '(' || r == ')' || isQuote(r)
}

// isMinus accepts the signs that keyboards and editors put for a minus. The
// long dash is one of them: in prose it stands between blanks and is dropped.
func isMinus(r rune) bool { return r == '-' || r == '−' || r == '–' || r == '—' }

func (p *parser) space() {
	for p.at < len(p.text) && unicode.IsSpace(p.text[p.at]) {
		p.at++
	}
}

// word reads to the next break. With stopAtColon it also stops at the colon
// of "name:value", so that the caller can take it.
func (p *parser) word(stopAtColon bool) string {
	start := p.at
	for p.at < len(p.text) && !isBreak(p.text[p.at]) {
		if stopAtColon && p.text[p.at] == ':' && plainFieldName(string(p.text[start:p.at])) && p.valueFollows() {
			break
		}
		p.at++
	}
	return string(p.text[start:p.at])
}

// valueFollows reports whether the colon at p.at introduces a field value:
// not at the end, not before a blank ("сказал: нет"), not "https://".
func (p *parser) valueFollows() bool {
	next := p.at + 1
	if next >= len(p.text) {
		return false
	}
	r := p.text[next]
	return r != '/' && r != ')' && r != ':' && !unicode.IsSpace(r)
}

func (p *parser) takeFieldColon() bool {
	if p.at >= len(p.text) || p.text[p.at] != ':' || !p.valueFollows() {
		return false
	}
	p.at++
	return true
}

// quoted reads to the closing quote; without one, to the end.
func (p *parser) quoted() string {
	p.at++
	start := p.at
	for p.at < len(p.text) && !isQuote(p.text[p.at]) {
		p.at++
	}
	text := strings.Join(strings.Fields(string(p.text[start:p.at])), " ")
	if p.at >= len(p.text) {
		p.warn("index.open_quote")
	} else {
		p.at++
	}
	return text
}

func (p *parser) peekOr() bool { return p.orLength() > 0 }

func (p *parser) takeOr() bool {
	p.space()
	n := p.orLength()
	p.at += n
	return n > 0
}

// orLength is the length of an OR that stands alone at p.at, or 0. Only
// capitals count, so that prose keeps its "or" and «или».
func (p *parser) orLength() int {
	for _, w := range [...]string{"OR", "ИЛИ", "|"} {
		word := []rune(w)
		end := p.at + len(word)
		if end > len(p.text) || string(p.text[p.at:end]) != w {
			continue
		}
		if end == len(p.text) || isBreak(p.text[end]) {
			return len(word)
		}
	}
	return 0
}

// plainFieldName reports whether a field name can stand without quotes: a
// letter or @, then letters, digits, _ or inner hyphens.
func plainFieldName(s string) bool {
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
		case i > 0 && (unicode.IsDigit(r) || r == '_' || r == '-' || r == '.'):
		default:
			return false
		}
	}
	return s != ""
}

func isTranslitSwitch(name string) bool {
	n := strings.ToLower(name)
	return n == "translit" || n == "транслит"
}

func isNo(s string) bool {
	switch strings.ToLower(s) {
	case "no", "off", "нет", "выкл", "0":
		return true
	}
	return false
}
