package index

import (
	"strings"
	"unicode"

	"svod/internal/core"
)

// Parse reads a query as people write it:
//
//	word word           both            "words in order"  «слова подряд»
//	prefix*             beginning       -word -"…" -(…)   exclusion
//	a OR b, a ИЛИ b     either          ( … )             grouping
//	~name               a name in any spelling or script
//	field:value         field:(a OR b)  field:"phrase"    "Field label":value
//	field:2012-05..2012-06   field:>10   field:10..20
//	field:?             empty           field:?unknown    empty for that reason
//	field:*             not empty
//	type:event  circle:NAME  has:file  is:withdrawn  import:ID  translit:no
//
// Ordinary prose never fails: an open quote or bracket closes at the end, a
// stray operator is dropped, and Query.Warnings says so. The only errors are
// the limits above (core.KindTooLarge). Whether a field exists and a value
// fits it is known to Compile, not to Parse.
func Parse(query string) (Query, error) {
	runes := []rune(strings.ToValidUTF8(query, " "))
	if len(runes) > MaxQueryRunes {
		return Query{}, tooLarge("index.too_long", "max", MaxQueryRunes)
	}
	p := parser{text: runes, query: Query{Translit: true}}
	var parts []QueryNode
	for {
		parts = append(parts, p.or(false)...)
		if p.failed != nil {
			return Query{}, p.failed
		}
		if p.at >= len(p.text) {
			break
		}
		p.warn("index.stray_bracket")
		p.at++ // the only rune or() stops at is a closing bracket
	}
	p.query.Root = conjunction(parts)
	return p.query, nil
}

func tooLarge(key string, args ...any) *core.Error {
	return &core.Error{Kind: core.KindTooLarge, Key: key, Args: args}
}

type parser struct {
	text   []rune
	at     int
	depth  int
	nodes  int
	query  Query
	failed *core.Error
}

func (p *parser) warn(key string) {
	p.query.Warnings = append(p.query.Warnings, core.Invalid(key, "position", p.at+1))
}

// or reads alternatives up to the end or a closing bracket, which it leaves.
// It returns no node, or one.
func (p *parser) or(inField bool) []QueryNode {
	start := p.at
	var arms []QueryNode
	arm := p.and(inField)
	dangling := false
	for p.takeOr() {
		dangling = dangling || len(arm) == 0
		arms = append(arms, arm...)
		arm = p.and(inField)
		dangling = dangling || len(arm) == 0
	}
	if dangling {
		p.warn("index.dangling_or")
	}
	arms = append(arms, arm...)
	switch len(arms) {
	case 0:
		return nil
	case 1:
		return arms
	}
	out := QueryNode{Op: OpOr, Pos: start + 1}
	for _, a := range arms {
		if a.Op == OpOr {
			out.Args = append(out.Args, a.Args...)
		} else {
			out.Args = append(out.Args, a)
		}
	}
	return []QueryNode{out}
}

// and reads neighbours up to OR, the end or a closing bracket.
func (p *parser) and(inField bool) []QueryNode {
	var parts []QueryNode
	for p.failed == nil {
		p.space()
		if p.at >= len(p.text) || p.text[p.at] == ')' || p.peekOr() {
			break
		}
		parts = append(parts, p.unary(inField)...)
	}
	if len(parts) == 0 {
		return nil
	}
	n := conjunction(parts)
	if n.Op == OpAnd && len(n.Args) == 0 {
		return nil
	}
	return []QueryNode{n}
}

// conjunction joins parts with AND and drops the layers that mean nothing.
func conjunction(parts []QueryNode) QueryNode {
	out := QueryNode{Op: OpAnd, Pos: 1}
	if len(parts) > 0 {
		out.Pos = parts[0].Pos
	}
	for _, a := range parts {
		if a.Op == OpAnd {
			out.Args = append(out.Args, a.Args...)
		} else {
			out.Args = append(out.Args, a)
		}
	}
	if len(out.Args) == 1 {
		return out.Args[0]
	}
	return out
}

func (p *parser) unary(inField bool) []QueryNode {
	start := p.at
	negate := false
	for p.at < len(p.text) && isMinus(p.text[p.at]) {
		negate = true
		p.at++
	}
	if negate && (p.at >= len(p.text) || isBreak(p.text[p.at]) && p.text[p.at] != '(' && !isQuote(p.text[p.at])) {
		return nil // a dash between words is punctuation
	}
	inner := p.primary(inField)
	if !negate || len(inner) == 0 {
		return inner
	}
	if inner[0].Op == OpNot {
		return inner[0].Args
	}
	return []QueryNode{p.node(QueryNode{Op: OpNot, Args: inner}, start)}
}

func (p *parser) primary(inField bool) []QueryNode {
	start := p.at
	switch r := p.text[p.at]; {
	case r == '(':
		return p.group(inField)
	case isQuote(r):
		text := p.quoted()
		if !inField && p.takeFieldColon() {
			return p.field(text, start)
		}
		if strings.TrimSpace(text) == "" {
			return nil
		}
		return []QueryNode{p.node(QueryNode{Op: OpPhrase, Text: text}, start)}
	}
	word := p.word(!inField)
	if !inField && p.takeFieldColon() {
		return p.field(word, start)
	}
	return p.leaf(word, start)
}

// leaf turns one chunk of text into a word, prefix or name.
func (p *parser) leaf(word string, start int) []QueryNode {
	if rest := strings.TrimLeft(word, "~"); rest != word {
		if !meaningful(rest) {
			return nil
		}
		return []QueryNode{p.node(QueryNode{Op: OpName, Text: rest}, start)}
	}
	if rest := strings.TrimRight(word, "*"); rest != word && rest != "" {
		return []QueryNode{p.node(QueryNode{Op: OpPrefix, Text: rest}, start)}
	}
	if word == "" {
		return nil
	}
	if upper := word; upper == "AND" {
		return nil // neighbours are joined by AND anyway
	}
	return []QueryNode{p.node(QueryNode{Op: OpWord, Text: word}, start)}
}

func (p *parser) group(inField bool) []QueryNode {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > MaxQueryDepth {
		p.failed = tooLarge("index.too_deep", "position", p.at+1, "max", MaxQueryDepth)
		return nil
	}
	p.at++
	inner := p.or(inField)
	if p.at >= len(p.text) {
		p.warn("index.open_bracket")
		return inner
	}
	p.at++ // or() stops at ')' only
	return inner
}

// field reads what follows "name:".
func (p *parser) field(name string, start int) []QueryNode {
	name = strings.Join(strings.Fields(name), " ")
	valueAt := p.at
	var value []QueryNode
	switch r := p.text[p.at]; {
	case r == '(':
		value = p.group(true)
	case isQuote(r):
		if text := p.quoted(); strings.TrimSpace(text) != "" {
			value = []QueryNode{p.node(QueryNode{Op: OpPhrase, Text: text}, valueAt)}
		}
	default:
		// A minus directly after the colon belongs to a number.
		value = p.leaf(p.word(false), valueAt)
	}
	if len(value) == 0 || p.failed != nil {
		return nil
	}
	if isTranslitSwitch(name) && value[0].Op == OpWord {
		p.query.Translit = !isNo(value[0].Text)
		return nil
	}
	return []QueryNode{p.node(QueryNode{Op: OpField, Text: name, Args: value}, start)}
}

func (p *parser) node(n QueryNode, start int) QueryNode {
	n.Pos = start + 1
	p.nodes++
	if p.nodes > MaxQueryNodes && p.failed == nil {
		p.failed = tooLarge("index.too_many", "max", MaxQueryNodes)
	}
	return n
}

// meaningful reports whether a text holds anything a record could hold.
func meaningful(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0
}
