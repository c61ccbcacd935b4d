package sqlstore

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"

	"svod/internal/store"
)

// isGone recognises a connection that ended without a word.
func isGone(err error) bool {
	for _, end := range []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, driver.ErrBadConn} {
		if errors.Is(err, end) {
			return true
		}
	}
	return false
}

// vectorDocument spells a document as a tsvector literal: words with their
// positions, and words without.
func vectorDocument(doc store.IndexDoc) (string, error) {
	p, err := place(doc)
	if err != nil {
		return "", err
	}
	var order []string
	at := map[string][]int{}
	for i, words := range p.positions {
		for _, w := range words {
			if at[w] == nil {
				order = append(order, w)
			}
			at[w] = append(at[w], i+1)
		}
	}
	var b strings.Builder
	for _, w := range order {
		quoteLexeme(&b, w)
		for i, pos := range at[w] {
			if i == 0 {
				b.WriteByte(':')
			} else {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Itoa(pos))
		}
		b.WriteByte(' ')
	}
	for _, w := range p.loose {
		quoteLexeme(&b, w)
		b.WriteByte(' ')
	}
	return b.String(), nil
}

// vectorExpression spells an expression as a tsquery literal.
func vectorExpression(x simple) (string, error) {
	var b strings.Builder
	writeVector(&b, x)
	return b.String(), nil
}

func writeVector(b *strings.Builder, x simple) {
	switch x.op {
	case opAll: // a word that no document has
		b.WriteString("!'\x1e'")
	case opTerm:
		quoteLexeme(b, x.word)
	case opPrefix:
		quoteLexeme(b, x.word)
		b.WriteString(":*")
	case opPhrase:
		for i, alternatives := range x.words {
			if i > 0 {
				b.WriteString(" <-> ")
			}
			b.WriteByte('(')
			for j, w := range alternatives {
				if j > 0 {
					b.WriteString(" | ")
				}
				quoteLexeme(b, w)
			}
			b.WriteByte(')')
		}
	case opNot:
		b.WriteString("!(")
		writeVector(b, x.parts[0])
		b.WriteByte(')')
	case opAnd, opOr:
		glue := " & "
		if x.op == opOr {
			glue = " | "
		}
		for i, p := range x.parts {
			if i > 0 {
				b.WriteString(glue)
			}
			b.WriteByte('(')
			writeVector(b, p)
			b.WriteByte(')')
		}
	}
}

// quoteLexeme: inside the quotes the quote and the backslash are special.
func quoteLexeme(b *strings.Builder, word string) {
	b.WriteByte('\'')
	for i := range len(word) {
		if c := word[i]; c == '\'' || c == '\\' {
			b.WriteByte(c)
		}
		b.WriteByte(word[i])
	}
	b.WriteByte('\'')
}
