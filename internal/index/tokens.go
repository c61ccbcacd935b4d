package index

import (
	"strings"
	"unicode/utf8"

	"svod/internal/text"
)

// How tokens are spelled in the one token stream. A plain token is the stem of
// a word; the marks are characters no stem contains.
//
//	митинг              the stem, of any field
//	title/митинг        the same stem, said to be in the field "title"
//	~…                  the key under which all spellings of a name meet
//	name/~…             the same in a field
//	^ива                beginning of a word of a sealed name (3 to 8 letters)
//	sex/=female         code of a sealed term, yes/no or place
const (
	markField  = "/"
	markName   = "~"
	markPrefix = "^"
	markCode   = "="
)

// Lengths of the beginnings that a sealed name can be found by. Hashes cannot
// be searched by prefix, so each length is a token of its own.
const (
	MinSealedPrefix = 3
	MaxSealedPrefix = 8
)

// maxTokenRunes bounds one token; longer words are cut there on both sides.
const maxTokenRunes = 60

func cutRunes(s string, n int) string {
	count := 0
	for i := range s {
		if count == n {
			return s[:i]
		}
		count++
	}
	return s
}

func stemToken(word string) string { return cutRunes(text.Stem(word), maxTokenRunes) }

// nameToken is the marked name key of a word, or "" when it has none: numbers
// and single letters.
func nameToken(word string) string {
	if utf8.RuneCountInString(word) < 2 || !meaningfulName(word) {
		return ""
	}
	key := text.NameKey(word)
	if key == "" {
		return ""
	}
	return markName + cutRunes(key, maxTokenRunes)
}

func meaningfulName(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return r >= '0' && r <= '9' }) < 0
}

func inField(field, token string) string { return field + markField + token }

// prefixTokens are the beginnings of a folded word of a sealed name.
func prefixTokens(word string) []string {
	var out []string
	n := 0
	for i := range word {
		if n >= MinSealedPrefix {
			out = append(out, markPrefix+word[:i])
		}
		if n == MaxSealedPrefix {
			return out
		}
		n++
	}
	if n >= MinSealedPrefix {
		out = append(out, markPrefix+word)
	}
	return out
}

// sealedPrefix is the token under which a sealed name with this beginning is
// found; ok is false when the beginning is too short. Beginnings longer than
// MaxSealedPrefix find every name that shares their first eight letters.
func sealedPrefix(word string) (token string, ok bool) {
	if utf8.RuneCountInString(word) < MinSealedPrefix {
		return "", false
	}
	return markPrefix + cutRunes(word, MaxSealedPrefix), true
}

// functionWords carry no meaning in a list of words. They are in the index,
// for phrases, and are skipped in queries.
func functionWord(word string) bool {
	switch word {
	case "и", "в", "во", "на", "с", "со", "к", "ко", "о", "об", "от", "до", "по", "за", "из", "у", "а", "но", "не",
		"что", "как", "для", "при", "под", "над", "про", "же", "ли", "бы", "или", "то", "это",
		"the", "a", "an", "of", "in", "on", "at", "to", "and", "or", "by", "for", "with", "from", "is", "are", "was", "were":
		return true
	}
	return false
}
