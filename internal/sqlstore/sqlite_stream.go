package sqlstore

import (
	"strings"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"svod/internal/store"
)

// FTS5 counts positions while a tokenizer calls it back, so a document and a
// phrase travel as one text, the stream: words separated by a space, each after
// one marker byte.
const (
	markNext = '-' // the word takes the next position
	markSame = '+' // the word shares the position of the one before
)

// Words of our own in the stream. Tokens cannot hold control characters, so
// these never meet a real one.
const (
	wordAny  = "\x1e" // opens every document: what Not starts from
	wordHole = "\x1f" // takes a position that phrases must not cross
)

// streamTokenizer splits the stream, for documents and queries alike.
type streamTokenizer struct{}

// registerStream adds FTS5 and the tokenizer to a connection.
func registerStream(c *sqlite3.Conn) error {
	return fts5.RegisterCustom(c, func(a *fts5.API) error {
		return a.CreateTokenizer("stream", func([]string) (fts5.Tokenizer, error) { return streamTokenizer{}, nil })
	})
}

// Tokenize hands over offsets, never strings: the words stay where they are.
func (streamTokenizer) Tokenize(_ fts5.TokenizeFlag, text, _ string, emit fts5.TokenCallback) error {
	for start := 0; start < len(text); {
		end := start + 1
		for end < len(text) && text[end] != ' ' {
			end++
		}
		var flag fts5.TokenFlag
		if text[start] == markSame {
			flag = fts5.TOKEN_COLOCATED
		}
		if end > start+1 {
			if err := emit(flag, "", start+1, end); err != nil {
				return err
			}
		}
		start = end + 1
	}
	return nil
}

// streamDocument spells a document.
func streamDocument(doc store.IndexDoc) (string, error) {
	p, err := place(doc)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	next := func(word string) {
		b.WriteByte(' ')
		b.WriteByte(markNext)
		b.WriteString(word)
	}
	b.WriteByte(markNext)
	b.WriteString(wordAny)
	for _, words := range p.positions {
		if len(words) == 0 {
			next(wordHole)
		}
		for i, w := range words {
			if i == 0 {
				next(w)
				continue
			}
			b.WriteByte(' ')
			b.WriteByte(markSame)
			b.WriteString(w)
		}
	}
	for _, w := range p.loose {
		next(wordHole)
		next(w)
	}
	return b.String(), nil
}

// streamExpression spells an expression in FTS5's query language. Everything
// that came from outside stands between quotes, where only the quote is special.
func streamExpression(x simple) (string, error) {
	var b strings.Builder
	writeStream(&b, x)
	return b.String(), nil
}

func writeStream(b *strings.Builder, x simple) {
	switch x.op {
	case opAll:
		quoteStream(b, markNext, wordAny)
	case opTerm:
		quoteStream(b, markNext, x.word)
	case opPrefix:
		quoteStream(b, markNext, x.word)
		b.WriteString(" *")
	case opPhrase:
		writeStreamPhrase(b, x.words)
	case opNot:
		quoteStream(b, markNext, wordAny)
		b.WriteString(" NOT (")
		writeStream(b, x.parts[0])
		b.WriteByte(')')
	case opOr:
		for i, p := range x.parts {
			if i > 0 {
				b.WriteString(" OR ")
			}
			inBrackets(b, p)
		}
	case opAnd:
		writeStreamAnd(b, x.parts)
	}
}

// writeStreamAnd: FTS5's NOT takes away from what stands before it, so the
// negated parts come last.
func writeStreamAnd(b *strings.Builder, parts []simple) {
	n := 0
	for _, p := range parts {
		if p.op != opNot {
			if n == 0 {
				b.WriteByte('(')
			} else {
				b.WriteString(" AND ")
			}
			inBrackets(b, p)
			n++
		}
	}
	if n == 0 {
		b.WriteByte('(')
		quoteStream(b, markNext, wordAny)
	}
	b.WriteByte(')')
	if n == len(parts) {
		return
	}
	b.WriteString(" NOT (")
	first := true
	for _, p := range parts {
		if p.op == opNot {
			if !first {
				b.WriteString(" OR ")
			}
			inBrackets(b, p.parts[0])
			first = false
		}
	}
	b.WriteByte(')')
}

func inBrackets(b *strings.Builder, x simple) {
	b.WriteByte('(')
	writeStream(b, x)
	b.WriteByte(')')
}

func writeStreamPhrase(b *strings.Builder, words [][]string) {
	b.WriteByte('"')
	for i, alternatives := range words {
		for j, w := range alternatives {
			if i+j > 0 {
				b.WriteByte(' ')
			}
			mark := byte(markNext)
			if j > 0 {
				mark = markSame
			}
			b.WriteByte(mark)
			b.WriteString(strings.ReplaceAll(w, `"`, `""`))
		}
	}
	b.WriteByte('"')
}

func quoteStream(b *strings.Builder, mark byte, word string) {
	b.WriteByte('"')
	b.WriteByte(mark)
	b.WriteString(strings.ReplaceAll(word, `"`, `""`))
	b.WriteByte('"')
}
