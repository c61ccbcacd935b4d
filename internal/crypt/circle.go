package crypt

import (
	"encoding/base32"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

const (
	circleSalt  = "svod/circle/v1"
	tokenLength = 10 // bytes of HMAC kept: 80 bits, 16 characters
)

// CircleKeys are the symmetric keys of one generation of a circle, derived from
// its identity. Cheap to make again (three HKDF runs), so keep them no longer
// than a request. Safe for concurrent use.
type CircleKeys struct {
	circle     string
	generation int
	keys       hidden[circleSecret]
}

type circleSecret struct{ wrap, search, facet [KeySize]byte }

// DeriveCircle derives the keys: HKDF-SHA256 with the identity's text as secret,
// salt "svod/circle/v1" and, as info, the length-prefixed label of the use, the
// circle's id and the generation.
func DeriveCircle(id *Identity, circle string, generation int) *CircleKeys {
	secret := []byte(id.String())
	derive := func(label string) [KeySize]byte {
		return deriveKey(secret, circleSalt, circleInfo(label, circle, generation))
	}
	return &CircleKeys{
		circle:     circle,
		generation: generation,
		keys:       hide(circleSecret{wrap: derive("wrap"), search: derive("search"), facet: derive("facet")}),
	}
}

func circleInfo(label, circle string, generation int) []byte {
	info := appendPart(nil, label)
	info = appendPart(info, circle)
	return appendNumber(info, generation)
}

// Circle is the id of the circle.
func (c *CircleKeys) Circle() string { return c.circle }

// Generation is the generation of the circle's key, from 1.
func (c *CircleKeys) Generation() int { return c.generation }

// Token turns a stem of sealed text into what the search index keeps: HMAC-SHA256
// under the search key, the first 10 bytes as 16 letters and digits (base32,
// lower case). Equal stems in one generation give equal tokens, so the index
// shows how often an unknown word occurs, and a query must ask for the tokens of
// every generation that is still indexed.
func (c *CircleKeys) Token(stem string) string { return token(c.keys().search, []byte(stem)) }

// FacetToken does the same for a value of a sealed field in a facet, under
// another key; equal values of different fields give different tokens.
func (c *CircleKeys) FacetToken(field, value string) string {
	return token(c.keys().facet, appendPart(appendPart(nil, field), value))
}

func token(key [KeySize]byte, message []byte) string {
	sum := hmacSHA256(key[:], message)
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:tokenLength]))
}

// Format implements fmt.Formatter, so that no verb prints the keys by mistake.
func (c *CircleKeys) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "[circle keys]") }

// LogValue implements slog.LogValuer for the same reason.
func (c *CircleKeys) LogValue() slog.Value { return slog.StringValue("[circle keys]") }
