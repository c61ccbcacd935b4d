package text

import (
	"unicode"
	"unicode/utf8"
)

// A Token is one word or number of a text.
type Token struct {
	// Word is folded and free of homoglyphs. It consists of letters and digits,
	// and of dots inside a number ("20.2"); apostrophes are left out, so that
	// o'zbek, oʻzbek and ozbek, or м'ята and м’ята, are one word.
	Word string
	// Start and End are byte offsets in the original: original[Start:End].
	Start, End int
	// Pos counts words from 0. A phrase is a run of consecutive positions.
	Pos int
	// Part marks a piece of the dotted number before it («20», «2» of «20.2»).
	// It has the position of the whole; a phrase match may leave parts out.
	Part bool
}

// Tokenize splits s into words. Hyphens and all other punctuation separate
// («Санкт-Петербург» is two words, found as a phrase); an apostrophe between two
// letters, soft hyphens and zero-width characters do not. An English possessive
// 's is dropped. Digits joined by single dots (articles, dates: «19.34»,
// «04.12.2011») are one token, followed by its parts.
// Offsets are valid and increasing for any input.
func Tokenize(s string) []Token {
	tokens := make([]Token, 0, len(s)/8+1)
	arena := make([]byte, 0, len(s)+16)
	ends := make([]int, 0, len(s)/8+1) // end of each word in the arena, -1 = shares the original
	pos := 0
	for i := 0; i < len(s); {
		kind, n := classAt(s, i)
		if kind != inWord {
			i += n
			continue
		}
		end, dotted, plain := wordEnd(s, i)
		t := Token{Start: i, End: end, Pos: pos}
		i = end
		if plain && isOneAlphabet(s[t.Start:t.End]) && !needsFold(s[t.Start:t.End]) {
			t.Word = s[t.Start:t.End]
			tokens, ends = append(tokens, t), append(ends, -1)
		} else {
			from := len(arena)
			arena = appendWord(arena, s[t.Start:t.End])
			if len(arena) == from {
				continue
			}
			tokens, ends = append(tokens, t), append(ends, len(arena))
		}
		if dotted {
			tokens = appendParts(tokens, s, t)
			for len(ends) < len(tokens) {
				ends = append(ends, -1)
			}
		}
		pos++
	}
	words, from := string(arena), 0
	for i, e := range ends {
		if e >= 0 {
			tokens[i].Word = words[from:e]
			from = e
		}
	}
	return tokens
}

// What a character is to the tokeniser.
type class byte

const (
	outside    class = iota // separates words
	inWord                  // letter, digit or mark
	apostrophe              // joins two letters
	invisible               // joins, leaves no trace
)

func classAt(s string, i int) (class, int) {
	c := s[i]
	if c < utf8.RuneSelf {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			return inWord, 1
		case c == '\'', c == '`':
			return apostrophe, 1
		}
		return outside, 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if r >= 0x0400 && r < 0x0482 {
		return inWord, n
	}
	if r == utf8.RuneError {
		return outside, n
	}
	if p, ok := foldedPunctuation(r); ok {
		switch p {
		case 0:
			return invisible, n
		case '\'':
			return apostrophe, n
		}
		return outside, n
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) {
		return inWord, n
	}
	return outside, n
}

// wordEnd finds where the word that starts at i ends, whether it is a dotted
// number, and whether it holds nothing but word characters.
func wordEnd(s string, i int) (end int, dotted, plain bool) {
	digits, plain := true, true
	end = i
	for i < len(s) {
		kind, n := classAt(s, i)
		switch {
		case kind == inWord:
			if dotted && !isDigit(s[i]) {
				return end, true, plain // «04.12.2011г» is a date and a letter
			}
			digits = digits && isDigit(s[i])
			i += n
			end = i
			continue
		case kind == outside:
			if s[i] == '.' && digits && i+1 < len(s) && isDigit(s[i+1]) {
				dotted = true
				i++
				continue
			}
			return end, dotted && digits, plain
		}
		// An apostrophe or an invisible sign belongs to the word only when a
		// letter follows, and never to a number.
		if next := i + n; next < len(s) && !digits {
			if k, _ := classAt(s, next); k == inWord {
				plain = false
				i = next
				continue
			}
		}
		return end, dotted && digits, plain
	}
	return end, dotted && digits, plain
}

// isOneAlphabet is a cheap test that rules out homoglyphs: no letter a–z stands
// beside a letter of another alphabet.
func isOneAlphabet(word string) bool {
	var ascii, other bool
	for i := range len(word) {
		ascii = ascii || word[i] < utf8.RuneSelf && !isDigit(word[i])
		other = other || word[i] >= utf8.RuneSelf
	}
	return !ascii || !other
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// appendParts adds the pieces of a dotted number.
func appendParts(tokens []Token, s string, whole Token) []Token {
	from := whole.Start
	for i := whole.Start; i <= whole.End; i++ {
		if i == whole.End || s[i] == '.' {
			tokens = append(tokens, Token{Word: s[from:i], Start: from, End: i, Pos: whole.Pos, Part: true})
			from = i + 1
		}
	}
	return tokens
}

// appendWord folds one word into dst, leaving out everything that is neither
// letter nor digit.
func appendWord(dst []byte, word string) []byte {
	from := len(dst)
	word = FixHomoglyphs(word)
	out, ok := foldPlain(dst, word)
	if !ok {
		out = append(dst, foldAny(word)...)
	}
	body := out[from:]
	if n := len(body); n > 2 && body[n-1] == 's' && body[n-2] == '\'' {
		body = body[:n-2]
	}
	kept := body[:0]
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRune(body[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '.' {
			kept = append(kept, body[i:i+n]...)
		}
		i += n
	}
	return out[:from+len(kept)]
}
