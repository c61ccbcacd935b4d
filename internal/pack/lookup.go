package pack

import (
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/text"
)

// calls finds types, fields by what people call them. It is
// built once per set.
type calls struct {
	types  map[string][]string      // folded key or label to type names
	fields map[string][]*core.Field // folded key, number, alias or label to fields
}

// fold is the comparison form of a name: case, ё, homoglyphs and outer space
// do not matter.
func fold(s string) string { return strings.TrimSpace(text.Fold(text.FixHomoglyphsIn(s))) }

// newCalls indexes the types.
func newCalls(types []*core.Type) calls {
	c := calls{types: map[string][]string{}, fields: map[string][]*core.Field{}}
	for _, t := range types {
		for _, n := range callNames(t.Name, t.Label, t.Plural) {
			c.types[n] = append(c.types[n], t.Name)
		}
		for i := range t.Fields {
			f := &t.Fields[i]
			for _, n := range callNames(f.Key, f.Label, nil, append(f.Aliases, f.Number)...) {
				c.fields[n] = append(c.fields[n], f)
			}
		}
	}
	return c
}

// callNames lists the folded names of one thing without repeats.
func callNames(key string, label, plural core.Words, more ...string) []string {
	all := append([]string{key, strings.ReplaceAll(key, "_", " ")}, more...)
	for _, w := range label {
		all = append(all, w)
	}
	for _, w := range plural {
		all = append(all, w)
	}
	var list []string
	for _, s := range all {
		if s = fold(s); s != "" {
			list = append(list, s)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// TypesCalled returns the names of the types that people call so: by name, or
// by a label or plural in any language. Case, ё and homoglyphs do not matter.
func (s *Set) TypesCalled(name string) []string { return s.calls.types[fold(name)] }

// FieldsCalled returns the fields that people call so, in menu order: by key,
// official number, import alias, or a label in any language.
func (s *Set) FieldsCalled(name string) []*core.Field { return s.calls.fields[fold(name)] }

// TermsCalled returns the codes that match what was typed, in display order: a
// code, a HURIDOCS code, an alias, or a label in any language; with prefix,
// labels that begin with it.
func (s *Set) TermsCalled(vocabulary, words string, prefix bool) []string {
	v, want := s.vocabulary[vocabulary], fold(words)
	if v == nil || want == "" {
		return nil
	}
	var at []int
	start, _ := slices.BinarySearchFunc(v.called, want, func(c calledTerm, w string) int { return strings.Compare(c.name, w) })
	for _, c := range v.called[start:] {
		if c.name != want && !(prefix && strings.HasPrefix(c.name, want)) {
			break
		}
		at = append(at, c.at)
	}
	slices.Sort(at)
	var codes []string
	for _, i := range slices.Compact(at) {
		codes = append(codes, v.Terms[i].Code)
	}
	return codes
}

// Label is the wording of a term, nil when there is no such term.
func (s *Set) Label(vocabulary, code string) core.Words {
	if t := s.Term(vocabulary, code); t != nil {
		return t.Label
	}
	return nil
}

// calledTerm is one folded name of the term at a position.
type calledTerm struct {
	name string
	at   int
}

// termNames lists the names of the terms, sorted.
func termNames(terms []core.Term) []calledTerm {
	var list []calledTerm
	for i, t := range terms {
		for _, n := range callNames(t.Code, t.Label, nil, append([]string{t.Interop}, t.Aliases...)...) {
			list = append(list, calledTerm{n, i})
		}
	}
	slices.SortFunc(list, func(a, b calledTerm) int {
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return a.at - b.at
	})
	return list
}
