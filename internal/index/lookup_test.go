package index

import (
	"slices"
	"strings"

	"svod/internal/core"
)

// Lookup stands in for pack.Set, which this package must not import.
type Lookup struct {
	fields  map[string][]*core.Field
	types   map[string][]string
	vocabs  map[string]*vocabulary
	circles []core.Circle
}

type vocabulary struct {
	terms  map[string]*core.Term
	labels map[string][]string // folded label to codes
	sorted []string            // folded labels
}

// NewLookup prepares the names. Where two types share a field name, both fields
// are found.
func NewLookup(types []*core.Type, vocabularies []*core.Vocabulary) *Lookup {
	l := &Lookup{fields: map[string][]*core.Field{}, types: map[string][]string{}, vocabs: map[string]*vocabulary{}}
	for _, t := range types {
		for _, name := range append(wordings(t.Label, t.Plural), t.Name) {
			addName(l.types, name, t.Name)
		}
		for i := range t.Fields {
			f := &t.Fields[i]
			names := append(wordings(f.Label), f.Key, f.Number)
			for _, name := range append(names, f.Aliases...) {
				addName(l.fields, name, f)
			}
		}
	}
	for _, v := range vocabularies {
		l.vocabs[v.Name] = newVocabulary(v)
	}
	return l
}

func newVocabulary(v *core.Vocabulary) *vocabulary {
	out := &vocabulary{terms: make(map[string]*core.Term, len(v.Terms)), labels: map[string][]string{}}
	for i := range v.Terms {
		t := &v.Terms[i]
		out.terms[t.Code] = t
		for _, label := range wordings(t.Label) {
			addName(out.labels, label, t.Code)
		}
	}
	for label := range out.labels {
		out.sorted = append(out.sorted, label)
	}
	slices.Sort(out.sorted)
	return out
}

func wordings(all ...core.Words) []string {
	var out []string
	for _, w := range all {
		for _, s := range w {
			out = append(out, s)
		}
	}
	return out
}

func addName[T comparable](to map[string][]T, name string, v T) {
	name = foldName(name)
	if name == "" || slices.Contains(to[name], v) {
		return
	}
	to[name] = append(to[name], v)
}

// WithCircles returns a Resolver that also knows the actor's own circles.
func (l *Lookup) WithCircles(circles []core.Circle) *Lookup {
	c := *l
	c.circles = circles
	return &c
}

// FieldsCalled implements Resolver.
func (l *Lookup) FieldsCalled(name string) []*core.Field { return l.fields[foldName(name)] }

// TypesCalled implements Resolver.
func (l *Lookup) TypesCalled(name string) []string { return l.types[foldName(name)] }

// TermsCalled implements Resolver.
func (l *Lookup) TermsCalled(vocab, words string, prefix bool) []string {
	v := l.vocabs[vocab]
	if v == nil {
		return nil
	}
	for _, code := range [...]string{words, strings.ToLower(words), strings.ToUpper(words)} {
		if _, ok := v.terms[code]; ok && !prefix {
			return []string{code}
		}
	}
	folded := foldName(words)
	if folded == "" {
		return nil
	}
	if !prefix {
		return v.labels[folded]
	}
	var codes []string
	at, _ := slices.BinarySearch(v.sorted, folded)
	for ; at < len(v.sorted) && strings.HasPrefix(v.sorted[at], folded); at++ {
		codes = append(codes, v.labels[v.sorted[at]]...)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// CirclesCalled implements Resolver.
func (l *Lookup) CirclesCalled(name string) []core.ID {
	var out []core.ID
	for _, c := range l.circles {
		if string(c.ID) == name || foldName(c.Name) == foldName(name) {
			out = append(out, c.ID)
		}
	}
	return out
}

// maxTermDepth ends the walk up when a vocabulary is wrong and runs in a ring.
const maxTermDepth = 12

// Ancestors implements Ancestry.
func (l *Lookup) Ancestors(vocab, code string) []string {
	v := l.vocabs[vocab]
	if v == nil {
		return nil
	}
	var out []string
	for len(out) < maxTermDepth {
		t := v.terms[code]
		if t == nil || t.Parent == "" {
			break
		}
		code = t.Parent
		out = append(out, code)
	}
	return out
}

// Label implements Labels.
func (l *Lookup) Label(vocab, code string) core.Words {
	if v := l.vocabs[vocab]; v != nil && v.terms[code] != nil {
		return v.terms[code].Label
	}
	return nil
}
