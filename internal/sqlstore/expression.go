package sqlstore

import (
	"fmt"

	"svod/internal/store"
)

// maxDepth of an expression: engines parse it with a stack of limited height.
const maxDepth = 60

// simple is an expression without special cases: all operands are real, every
// list has two or more members, tokens are cut to their limit.
type simple struct {
	op    opKind
	word  string     // opTerm, opPrefix
	words [][]string // opPhrase: at least two positions, none empty
	parts []simple   // opAnd, opOr: two or more; opNot: one
}

type opKind int

const (
	opNone opKind = iota
	opAll
	opTerm
	opPrefix
	opPhrase
	opAnd
	opOr
	opNot
)

// simplify checks an expression and removes what engines could disagree about:
// empty lists, empty words, double negation.
func simplify(e store.Expr, depth int) (simple, error) {
	if depth > maxDepth {
		return simple{}, fmt.Errorf("%w: expression is more than %d levels deep", store.ErrInvalid, maxDepth)
	}
	switch e := e.(type) {
	case nil:
		return simple{op: opNone}, nil
	case store.Term:
		return wordOf(opTerm, string(e))
	case store.Prefix:
		return wordOf(opPrefix, string(e))
	case store.Phrase:
		return simplifyPhrase(e)
	case store.And:
		return simplifyList(opAnd, e, depth)
	case store.Or:
		return simplifyList(opOr, e, depth)
	case store.Not:
		x, err := simplify(e.X, depth+1)
		return negate(x), err
	}
	return simple{}, fmt.Errorf("%w: unknown expression %T", store.ErrInvalid, e)
}

func wordOf(op opKind, s string) (simple, error) {
	s, err := cutToken(s)
	if s == "" {
		op = opNone
	}
	return simple{op: op, word: s}, err
}

func negate(x simple) simple {
	switch x.op {
	case opNone:
		return simple{op: opAll}
	case opAll:
		return simple{op: opNone}
	case opNot:
		return x.parts[0]
	}
	return simple{op: opNot, parts: []simple{x}}
}

func simplifyPhrase(p store.Phrase) (simple, error) {
	var words [][]string
	for _, alternatives := range p {
		var kept []string
		for _, a := range alternatives {
			w, err := cutToken(a)
			if err != nil {
				return simple{}, err
			}
			if w != "" {
				kept = append(kept, w)
			}
		}
		if len(kept) == 0 {
			return simple{op: opNone}, nil
		}
		words = append(words, kept)
	}
	switch len(words) {
	case 0:
		return simple{op: opNone}, nil
	case 1:
		var parts []simple
		for _, w := range words[0] {
			parts = append(parts, simple{op: opTerm, word: w})
		}
		return joined(opOr, parts), nil
	}
	return simple{op: opPhrase, words: words}, nil
}

// simplifyList drops the neutral operand and lets the absorbing one win.
func simplifyList[L ~[]store.Expr](op opKind, list L, depth int) (simple, error) {
	neutral, absorbing := opAll, opNone
	if op == opOr {
		neutral, absorbing = opNone, opAll
	}
	var parts []simple
	absorbed := false
	for _, e := range list {
		x, err := simplify(e, depth+1)
		if err != nil {
			return simple{}, err
		}
		switch x.op {
		case neutral:
		case absorbing:
			absorbed = true
		case op:
			parts = append(parts, x.parts...)
		default:
			parts = append(parts, x)
		}
	}
	if absorbed {
		return simple{op: absorbing}, nil
	}
	if len(parts) == 0 {
		return simple{op: neutral}, nil
	}
	return joined(op, parts), nil
}

func joined(op opKind, parts []simple) simple {
	if len(parts) == 1 {
		return parts[0]
	}
	return simple{op: op, parts: parts}
}
