package index

import (
	"fmt"
	"strings"

	"svod/internal/core"
)

// NodeOp says what a Node is.
type NodeOp uint8

// The kinds of plan node.
const (
	NodeAll   NodeOp = iota // everything in scope
	NodeNone                // nothing
	NodeAnd                 // all of Args
	NodeOr                  // any of Args
	NodeNot                 // everything in scope but Args[0]
	NodeText                // Text
	NodeFacet               // the set of Facet
	NodeRange               // sort keys of Range
	NodeDates               // dates whose span meets Dates
)

// Node is a node of a plan.
type Node struct {
	Op    NodeOp
	Args  []Node
	Facet FacetKey
	Text  TextExpr
	Range KeyRange
	Dates DateRange
}

// KeyRange is From ≤ key < To in the sort keys of Field; nil leaves an end
// open.
type KeyRange struct {
	Field    string
	From, To []byte
}

// DateRange is From … To, both included, in a date field.
type DateRange struct {
	Field    string
	From, To core.Day
}

// Plan is a compiled query. Its zero value asks for everything in scope.
type Plan struct {
	Root Node
	// Withdrawn is set when the query speaks of withdrawn records (is:withdrawn):
	// only then are they part of the answer.
	Withdrawn bool
	// Words are what the query looks for in text, for marking hits.
	Words Words
}

// Words are the folded query words that a reader should see marked.
type Words struct {
	Stems    []string
	Prefixes []string
	NameKeys []string
}

// String shows the plan's shape for tests and logs of developers. It never
// goes to a log in production: it holds what was searched for.
func (p Plan) String() string { return p.Root.String() }

// String shows the node's shape.
func (n Node) String() string {
	switch n.Op {
	case NodeAll:
		return "all"
	case NodeNone:
		return "none"
	case NodeAnd, NodeOr:
		parts := make([]string, len(n.Args))
		for i, a := range n.Args {
			parts[i] = a.String()
		}
		name := "and"
		if n.Op == NodeOr {
			name = "or"
		}
		return name + "(" + strings.Join(parts, " ") + ")"
	case NodeNot:
		return "not(" + n.Args[0].String() + ")"
	case NodeText:
		return n.Text.String()
	case NodeFacet:
		return n.Facet.Field + "=" + n.Facet.Value
	case NodeRange:
		return fmt.Sprintf("%s[%x..%x)", n.Range.Field, n.Range.From, n.Range.To)
	}
	return fmt.Sprintf("%s[%s..%s]", n.Dates.Field, n.Dates.From, n.Dates.To)
}

// String shows the expression's shape.
func (t TextExpr) String() string {
	switch t.Op {
	case TextTerm:
		return "'" + t.Token + "'"
	case TextPrefix:
		return "'" + t.Token + "'*"
	case TextPhrase:
		parts := make([]string, len(t.Phrase))
		for i, p := range t.Phrase {
			parts[i] = strings.Join(p, "|")
		}
		return "\"" + strings.Join(parts, " ") + "\""
	}
	parts := make([]string, len(t.Args))
	for i, a := range t.Args {
		parts[i] = a.String()
	}
	name := "text-all("
	if t.Op == TextAny {
		name = "text-any("
	}
	return name + strings.Join(parts, " ") + ")"
}

// and joins nodes; neighbouring text leaves become one text search.
func and(nodes []Node) Node { return join(NodeAnd, TextAll, nodes) }

// or joins alternatives in the same way.
func or(nodes []Node) Node { return join(NodeOr, TextAny, nodes) }

func join(op NodeOp, textOp TextOp, nodes []Node) Node {
	var texts []TextExpr
	var rest []Node
	for _, n := range nodes {
		switch {
		case n.Op == NodeText:
			texts = append(texts, n.Text)
		case n.Op == op:
			rest = append(rest, n.Args...)
		default:
			rest = append(rest, n)
		}
	}
	switch len(texts) {
	case 0:
	case 1:
		rest = append(rest, Node{Op: NodeText, Text: texts[0]})
	default:
		rest = append(rest, Node{Op: NodeText, Text: TextExpr{Op: textOp, Args: texts}})
	}
	switch {
	case len(rest) == 1:
		return rest[0]
	case len(rest) == 0 && op == NodeAnd:
		return Node{Op: NodeAll}
	case len(rest) == 0:
		return Node{Op: NodeNone}
	}
	return Node{Op: op, Args: rest}
}
