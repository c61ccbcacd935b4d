package sheet

import (
	"bytes"
	"math"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// detected is a guess at an encoding. confidence is 0–1: how far the best
// reading is ahead of the second, not a probability.
type detected struct {
	encoding   string
	confidence float64
	bom        int // bytes of the byte order mark
	broken     bool
}

// detectEncoding looks at a piece of a file from its beginning. cut says that
// the piece may end inside a character.
func detectEncoding(b []byte, cut bool) detected {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return detected{encoding: UTF8, confidence: 1, bom: 3, broken: !utf8.Valid(trimCut(b, cut))}
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return detected{encoding: UTF16LE, confidence: 1, bom: 2}
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return detected{encoding: UTF16BE, confidence: 1, bom: 2}
	}
	if name, ok := detectUTF16(b); ok {
		return detected{encoding: name, confidence: 0.95}
	}
	whole := trimCut(b, cut)
	if utf8.Valid(whole) {
		return detected{encoding: UTF8, confidence: 1}
	}
	single := detectSingleByte(b)
	if good, bad := countUTF8(whole); good > 4*bad && good >= 8 { // UTF-8 with a few broken bytes
		return detected{encoding: UTF8, confidence: 0.8, broken: true}
	}
	return single
}

// trimCut removes a character that the end of the piece cut in two.
func trimCut(b []byte, cut bool) []byte {
	if !cut {
		return b
	}
	for i := 1; i <= 3 && i <= len(b); i++ {
		c := b[len(b)-i]
		if utf8.RuneStart(c) {
			if c >= 0xC0 && !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

func countUTF8(b []byte) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		b = b[n:]
	}
	return good, bad
}

// detectUTF16 recognises UTF-16 without a mark: the high bytes of Latin and
// Cyrillic letters are 00 and 04, and fill every second place.
func detectUTF16(b []byte) (string, bool) {
	if len(b) < 4 {
		return "", false
	}
	b = b[:min(len(b), 4096)&^1]
	var high [2]int // at even and odd offsets
	var zero int
	for i, c := range b {
		if c == 0 || c == 4 {
			high[i%2]++
		}
		if c == 0 {
			zero++
		}
	}
	half := len(b) / 2
	switch {
	case zero == 0 && !bytes.Contains(b, []byte{4}):
		return "", false
	case high[1]*10 >= half*9 && high[0]*4 < half:
		return UTF16LE, true
	case high[0]*10 >= half*9 && high[1]*4 < half:
		return UTF16BE, true
	}
	return "", false
}

// cyrillicEncodings are tried in this order; the first wins a tie.
var cyrillicEncodings = [...]string{Windows1251, KOI8R, CP866, MacCyrillic, ISO88595, KOI8U}

func detectSingleByte(b []byte) detected {
	sample := highWords(b, 20000)
	if westernShape(sample) {
		return detected{encoding: Windows1252, confidence: 0.6}
	}
	scores := newLetterScores()
	rates := make([]float64, len(cyrillicEncodings))
	best := 0
	for i, name := range cyrillicEncodings {
		rates[i] = scores.rate(sample, singleByte(name))
		if rates[i] > rates[best]+1e-9 {
			best = i
		}
	}
	second := math.Inf(-1)
	for i, name := range cyrillicEncodings {
		if i != best && rates[i] > second && !sameReading(sample, singleByte(name), singleByte(cyrillicEncodings[best])) {
			second = rates[i]
		}
	}
	result := detected{encoding: cyrillicEncodings[best], confidence: 1}
	if !math.IsInf(second, -1) {
		result.confidence = 1 - math.Exp(-(rates[best]-second)/4)
	}
	return result
}

// sameReading: encodings that agree on every byte of the text do not compete
// (KOI8-R and KOI8-U in Russian, CP866 and MacCyrillic in capitals).
func sameReading(b []byte, x, y *charmap.Charmap) bool {
	for _, c := range b {
		if c >= 0x80 && x.DecodeByte(c) != y.DecodeByte(c) {
			return false
		}
	}
	return true
}

// highWords keeps the neighbourhood of non-ASCII bytes, so that a long English
// column does not crowd out three Russian words. Everything else is a blank.
func highWords(b []byte, limit int) []byte {
	out := make([]byte, 0, min(len(b), limit))
	for i, c := range b {
		near := c >= 0x80 || i > 0 && b[i-1] >= 0x80 || i+1 < len(b) && b[i+1] >= 0x80
		switch {
		case near:
			out = append(out, c)
		case len(out) > 0 && out[len(out)-1] != ' ':
			out = append(out, ' ')
		}
		if len(out) >= limit {
			break
		}
	}
	return out
}

// westernShape: in Western European text accented letters stand alone between
// ASCII letters; in Cyrillic text they stand together.
func westernShape(b []byte) bool {
	alone, together := 0, 0
	isLetter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
	for i, c := range b {
		if c < 0xC0 {
			continue
		}
		before, after := byte(' '), byte(' ')
		if i > 0 {
			before = b[i-1]
		}
		if i+1 < len(b) {
			after = b[i+1]
		}
		switch {
		case before >= 0x80 || after >= 0x80:
			together++
		case isLetter(before) || isLetter(after):
			alone++
		}
	}
	return alone > 3*together && alone > 0
}

// rate is the logarithm of how likely the bytes are as Russian text in table m.
func (s letterScores) rate(b []byte, m *charmap.Charmap) float64 {
	const (
		foreignLetter = -11.0 // a Cyrillic letter of another language
		absurd        = -13.0 // box drawing, mathematics, controls
		sign          = -6.0  // quotation marks, dashes, №
		pairBonus     = 1.2
		pairMalus     = -0.8
		caseBreak     = -6.0 // a capital after a small letter
		startsSign    = -4.0 // ь, ъ or ы at the beginning of a word
	)
	total := 0.0
	prev, prevLower := ' ', ' '
	for _, c := range b {
		r := m.DecodeByte(c)
		if c < 0x80 {
			prev, prevLower = r, ' '
			continue
		}
		lower := unicode.ToLower(r)
		freq, known := s.letter[lower]
		switch {
		case known:
			total += freq
			switch {
			case unicode.IsUpper(r) && unicode.IsLower(prev):
				total += caseBreak
			case unicode.IsUpper(r) && prevLower != ' ':
				total -= 0.5
			}
			switch {
			case prevLower == ' ' && (lower == 'ь' || lower == 'ъ' || lower == 'ы'):
				total += startsSign
			case prevLower != ' ' && s.pair[[2]rune{prevLower, lower}]:
				total += pairBonus
			case prevLower != ' ':
				total += pairMalus
			}
			prev, prevLower = r, lower
			continue
		case unicode.Is(unicode.Cyrillic, r):
			total += foreignLetter
		case r == '«' || r == '»' || r == '—' || r == '–' || r == '№' || r == '…' || r == '“' || r == '”' || r == '„' || r == '\u00a0' || r == '’' || r == '°' || r == '·' || r == '§':
			total += sign
		default:
			total += absurd
		}
		prev, prevLower = r, ' '
	}
	return total
}
