package sqlstore

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"svod/internal/store"
)

// placed is a document as both engines index it: positions[i] holds the tokens
// of position i+1 (none where a phrase must not run across), loose the tokens
// that are found as words only, because a limit of package store keeps them out
// of phrases.
type placed struct {
	positions [][]string
	loose     []string
}

// place applies the limits once for both engines. It closes gaps down to one
// empty position, for all a gap has to do is to separate.
func place(doc store.IndexDoc) (placed, error) {
	tokens := slices.Clone(doc.Tokens)
	slices.SortStableFunc(tokens, func(a, b store.PosToken) int { return a.Pos - b.Pos })
	var (
		out   placed
		seen  = map[string]int{} // occurrences with a position; 0: known, loose
		bytes int
		last  int
	)
	for i, tok := range tokens {
		word, err := cutToken(tok.Token)
		if err != nil {
			return placed{}, err
		}
		if i == 0 || tok.Pos != last {
			if i > 0 && tok.Pos > last+1 {
				out.positions = append(out.positions, nil)
			}
			out.positions = append(out.positions, nil)
			last = tok.Pos
		}
		n, known := seen[word]
		if word == "" || !known && bytes+len(word) > store.MaxDocBytes {
			continue
		}
		here := &out.positions[len(out.positions)-1]
		if slices.Contains(*here, word) {
			continue
		}
		if !known {
			bytes += len(word)
		}
		if len(out.positions) <= store.MaxPosition && n < store.MaxRepeat {
			seen[word] = n + 1
			*here = append(*here, word)
		} else if !known {
			seen[word] = 0
			out.loose = append(out.loose, word)
		}
	}
	if len(out.positions) > store.MaxPosition {
		out.positions = out.positions[:store.MaxPosition]
	}
	return out, nil
}

// cutToken applies MaxToken without splitting a character.
func cutToken(s string) (string, error) {
	for _, r := range s {
		if r <= ' ' || r == utf8.RuneError {
			return "", fmt.Errorf("%w: a token holds a space, a control character or no UTF-8", store.ErrInvalid)
		}
	}
	if len(s) <= store.MaxToken {
		return s, nil
	}
	end := store.MaxToken
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return strings.Clone(s[:end]), nil
}
