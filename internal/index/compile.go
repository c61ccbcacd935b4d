package index

import (
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/text"
)

// Compile turns a query into a plan: words into tokens (open, and hashed for
// each key that tokens holds), field values into facets, ranges and tokens.
//
// It fails with core.KindInvalid and a position when a field, term, type or
// circle is not known or a value does not fit its field. Words without letters
// or digits, and little words such as "in" beside others, restrict nothing.
func Compile(q Query, names Resolver, tokens TokenMaker) (Plan, error) {
	if tokens == nil {
		tokens = OpenTokens{}
	}
	c := compiler{names: names, tokens: tokens, translit: q.Translit}
	if q.IsEmpty() {
		return Plan{}, nil
	}
	n, ok := c.node(q.Root)
	if c.err != nil {
		return Plan{}, c.err
	}
	if !ok {
		n = Node{Op: NodeAll}
	}
	c.plan.Root = n
	sortWords(&c.plan.Words)
	return c.plan, nil
}

func sortWords(w *Words) {
	for _, list := range []*[]string{&w.Stems, &w.Prefixes, &w.NameKeys} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

// Match reports whether a folded word of a record (text.Token.Word) is one that
// the query looked for: pass it to text.Highlight and text.Snippet.
func (w Words) Match(word string) bool {
	if slices.Contains(w.Stems, stemToken(word)) || slices.Contains(w.Stems, word) {
		return true
	}
	for _, p := range w.Prefixes {
		if strings.HasPrefix(word, p) {
			return true
		}
	}
	return len(w.NameKeys) > 0 && slices.Contains(w.NameKeys, nameToken(word))
}

type compiler struct {
	names    Resolver
	tokens   TokenMaker
	translit bool
	negated  bool
	plan     Plan
	err      *core.Error
}

func (c *compiler) fail(n QueryNode, key string, args ...any) (Node, bool) {
	if c.err == nil {
		c.err = core.Invalid(key, append([]any{"position", n.Pos}, args...)...)
	}
	return Node{}, false
}

// node compiles n; ok is false when it restricts nothing.
func (c *compiler) node(n QueryNode) (Node, bool) {
	switch n.Op {
	case OpAnd:
		return c.list(n, and)
	case OpOr:
		return c.list(n, or)
	case OpNot:
		c.negated = !c.negated
		inner, ok := c.node(n.Args[0])
		c.negated = !c.negated
		return Node{Op: NodeNot, Args: []Node{inner}}, ok
	case OpField:
		return c.field(n)
	}
	expr, ok := c.words(n, "")
	return Node{Op: NodeText, Text: expr}, ok
}

func (c *compiler) list(n QueryNode, join func([]Node) Node) (Node, bool) {
	bare := 0
	for _, a := range n.Args {
		if a.Op != OpWord || !functionWord(text.Fold(a.Text)) {
			bare++
		}
	}
	var parts []Node
	for _, a := range n.Args {
		if n.Op == OpAnd && bare > 0 && a.Op == OpWord && functionWord(text.Fold(a.Text)) {
			continue
		}
		if part, ok := c.node(a); ok {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return Node{}, false
	}
	return join(parts), true
}

// words compiles a word, prefix, phrase or name, anywhere or in one field.
func (c *compiler) words(n QueryNode, field string) (TextExpr, bool) {
	var found []text.Token
	for _, t := range text.Tokenize(n.Text) {
		if !t.Part {
			found = append(found, t)
		}
	}
	if len(found) == 0 {
		return TextExpr{}, false
	}
	switch {
	case n.Op == OpPrefix:
		return c.prefix(found, field), true
	case n.Op == OpName:
		return c.name(n.Text, found, field), true
	case len(found) > 1:
		return c.phrase(found, field, stemToken), true
	}
	word := found[0].Word
	stem := stemToken(word)
	c.mark(&c.plan.Words.Stems, stem)
	either := c.variants(stem, field)
	if whole := cutRunes(word, maxTokenRunes); whole != stem {
		// Names are stored unstemmed as well (see tokenWriter.nameForms).
		c.mark(&c.plan.Words.Stems, whole)
		either = append(either, c.variants(whole, field)...)
	}
	if n.Op == OpWord && c.translit {
		if key := nameToken(n.Text[found[0].Start:found[0].End]); key != "" {
			c.mark(&c.plan.Words.NameKeys, key)
			either = append(either, c.variants(key, field)...)
		}
	}
	return anyTerm(either), true
}

// mark remembers a word to highlight, unless it is excluded.
func (c *compiler) mark(list *[]string, word string) {
	if !c.negated {
		*list = append(*list, word)
	}
}

// variants are the stored forms of a token: open, then hashed.
func (c *compiler) variants(token, field string) []string {
	if field != "" {
		token = inField(field, token)
	}
	return append([]string{token}, c.tokens.Sealed(token)...)
}

func (c *compiler) phrase(found []text.Token, field string, form func(string) string) TextExpr {
	expr := TextExpr{Op: TextPhrase}
	for _, t := range found {
		token := form(t.Word)
		c.mark(&c.plan.Words.Stems, token)
		expr.Phrase = append(expr.Phrase, c.variants(token, field))
	}
	return expr
}

// name asks for every word by its name key; a word without one by its stem.
func (c *compiler) name(written string, found []text.Token, field string) TextExpr {
	all := TextExpr{Op: TextAll}
	for _, t := range found {
		token, list := nameToken(written[t.Start:t.End]), &c.plan.Words.NameKeys
		if token == "" {
			token, list = stemToken(t.Word), &c.plan.Words.Stems
		}
		c.mark(list, token)
		all.Args = append(all.Args, anyTerm(c.variants(token, field)))
	}
	if len(all.Args) == 1 {
		return all.Args[0]
	}
	return all
}

// prefix finds words that begin with the last word, after all words before it.
func (c *compiler) prefix(found []text.Token, field string) TextExpr {
	last := found[len(found)-1].Word
	c.mark(&c.plan.Words.Prefixes, last)
	open := last
	if field != "" {
		open = inField(field, last)
	}
	either := TextExpr{Op: TextAny, Args: []TextExpr{{Op: TextPrefix, Token: open}}}
	// The stem may be shorter than what was typed: «митингов*» must find «митинг».
	terms := c.variants(stemToken(last), field)
	if token, ok := sealedPrefix(last); ok {
		if field != "" {
			token = inField(field, token)
		}
		terms = append(terms, c.tokens.Sealed(token)...)
	}
	for _, t := range terms {
		either.Args = append(either.Args, TextExpr{Op: TextTerm, Token: t})
	}
	if len(found) == 1 {
		return either
	}
	all := TextExpr{Op: TextAll}
	for _, t := range found[:len(found)-1] {
		stem := stemToken(t.Word)
		c.mark(&c.plan.Words.Stems, stem)
		all.Args = append(all.Args, anyTerm(c.variants(stem, field)))
	}
	all.Args = append(all.Args, either)
	return all
}

func anyTerm(tokens []string) TextExpr {
	if len(tokens) == 1 {
		return TextExpr{Op: TextTerm, Token: tokens[0]}
	}
	either := TextExpr{Op: TextAny}
	for _, t := range tokens {
		either.Args = append(either.Args, TextExpr{Op: TextTerm, Token: t})
	}
	return either
}
