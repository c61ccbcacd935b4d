package index

import (
	"strings"

	"svod/internal/core"
)

// Limits of a query. They are far above what a person types and keep a
// hostile query from costing more than a large honest one.
const (
	MaxQueryRunes = 4000
	MaxQueryNodes = 300
	MaxQueryDepth = 16
)

// QueryOp says what a QueryNode is.
type QueryOp uint8

// The kinds of query node. Word, Prefix, Phrase and Name are leaves.
const (
	OpAnd    QueryOp = iota // all of Args; no Args means everything
	OpOr                    // any of Args
	OpNot                   // not Args[0]
	OpField                 // Args[0] read as values of the field called Text
	OpWord                  // one word, or inside OpField one value as typed
	OpPrefix                // word beginning with Text
	OpPhrase                // the words of Text next to each other
	OpName                  // a name however it is transliterated
)

// QueryNode is a node of a parsed query. Pos is where it began in the text the
// person typed, in characters counted from 1.
type QueryNode struct {
	Op   QueryOp
	Text string
	Args []QueryNode
	Pos  int
}

// Query is a parsed query. The zero Query, and one parsed from blanks, asks for
// everything in scope; its Translit is meaningless.
type Query struct {
	Root QueryNode
	// Translit widens every word to names spelled in another script. It is on
	// unless the query says translit:no (транслит:нет).
	Translit bool
	// Warnings say what was repaired: an open quote, an open bracket, an OR
	// without a neighbour. They never stop a search.
	Warnings []*core.Error
}

// IsEmpty reports whether the query restricts nothing.
func (q Query) IsEmpty() bool { return q.Root.Op == OpAnd && len(q.Root.Args) == 0 }

// Equal reports whether two queries ask for the same in the same order.
// Positions and warnings do not count.
func (q Query) Equal(other Query) bool {
	return q.Translit == other.Translit && q.Root.equal(other.Root)
}

func (n QueryNode) equal(o QueryNode) bool {
	if n.Op != o.Op || n.Text != o.Text || len(n.Args) != len(o.Args) {
		return false
	}
	for i := range n.Args {
		if !n.Args[i].equal(o.Args[i]) {
			return false
		}
	}
	return true
}

// String is the canonical form: Parse of it gives an equal Query. Saved
// queries and addresses hold this form.
func (q Query) String() string {
	var b strings.Builder
	q.Root.write(&b, false)
	if !q.Translit {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("translit:no")
	}
	return b.String()
}

// write prints n; tight asks for brackets around anything of several parts.
func (n QueryNode) write(b *strings.Builder, tight bool) {
	switch n.Op {
	case OpAnd, OpOr:
		n.writeList(b, tight)
	case OpNot:
		b.WriteByte('-')
		n.Args[0].write(b, true)
	case OpField:
		writeFieldName(b, n.Text)
		b.WriteByte(':')
		if v := n.Args[0]; v.Op == OpNot || strings.HasPrefix(v.Text, ":") || strings.HasPrefix(v.Text, "/") {
			b.WriteByte('(') // a bare one would not be read as a value
			n.Args[0].write(b, false)
			b.WriteByte(')')
			return
		}
		n.Args[0].write(b, true)
	case OpWord:
		b.WriteString(n.Text)
	case OpPrefix:
		b.WriteString(n.Text)
		b.WriteByte('*')
	case OpPhrase:
		b.WriteByte('"')
		b.WriteString(n.Text)
		b.WriteByte('"')
	case OpName:
		b.WriteByte('~')
		b.WriteString(n.Text)
	}
}

func (n QueryNode) writeList(b *strings.Builder, tight bool) {
	sep := " "
	if n.Op == OpOr {
		sep = " OR "
	}
	if tight {
		b.WriteByte('(')
	}
	for i, a := range n.Args {
		if i > 0 {
			b.WriteString(sep)
		}
		a.write(b, a.Op == OpOr)
	}
	if tight {
		b.WriteByte(')')
	}
}

func writeFieldName(b *strings.Builder, name string) {
	if plainFieldName(name) {
		b.WriteString(name)
		return
	}
	b.WriteByte('"')
	b.WriteString(name)
	b.WriteByte('"')
}
