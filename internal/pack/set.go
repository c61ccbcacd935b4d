package pack

import (
	"io/fs"
	"slices"

	"svod/internal/core"
)

// Set is a number of packs that fit together. It is immutable and safe for
// concurrent use; callers must not change what its methods return.
type Set struct {
	packs        []Pack
	types        []*core.Type
	byName       map[string]*core.Type
	linking      map[string][]Linking
	vocabularies []*termTree
	vocabulary   map[string]*termTree
	guides       []Guide
	locales      []fs.FS
	examples     []File
	calls        calls
}

// Linking is a link field of another type, seen from its target.
type Linking struct {
	Type  *core.Type
	Field *core.Field
}

// newSet collects what the packs define.
func newSet(folders []*folder, b *builder) *Set {
	s := &Set{byName: map[string]*core.Type{}, linking: map[string][]Linking{}, vocabulary: map[string]*termTree{}}
	for _, f := range folders {
		s.packs = append(s.packs, Pack{Name: f.file.Name, Version: f.file.Version, Label: f.file.Label, About: f.file.About,
			Requires: f.file.Requires, Licence: f.file.Licence, Attribution: f.file.Attribution})
		s.guides = append(s.guides, f.guides...)
		if f.locale != nil {
			s.locales = append(s.locales, f.locale)
		}
		for _, file := range f.examples {
			s.examples = append(s.examples, File{Pack: f.file.Name, Path: file, FS: f.fsys})
		}
	}
	for _, n := range b.order {
		s.types = append(s.types, &n.Type)
		s.byName[n.Name] = &n.Type
	}
	for _, t := range s.types {
		for i := range t.Fields {
			if t.Fields[i].Link == nil {
				continue
			}
			for _, target := range t.Fields[i].Link.Types {
				s.linking[target] = append(s.linking[target], Linking{Type: t, Field: &t.Fields[i]})
			}
		}
	}
	s.calls = newCalls(s.types)
	for _, v := range b.vocabularyOrder {
		indexed := newVocabulary(*v)
		s.vocabularies = append(s.vocabularies, indexed)
		s.vocabulary[v.Name] = indexed
	}
	return s
}

// Packs lists the packs, required ones first.
func (s *Set) Packs() []Pack { return s.packs }

// Types lists the record types in menu order, parts included.
func (s *Set) Types() []*core.Type { return s.types }

// Type returns the type, or nil.
func (s *Set) Type(name string) *core.Type { return s.byName[name] }

// Linking lists the link fields that may point at records of the type, in menu
// order: what a record page shows under the fields' inverse headings.
func (s *Set) Linking(typeName string) []Linking { return s.linking[typeName] }

// Guides lists the guides in the language, in the order of packs and names.
func (s *Set) Guides(lang string) []Guide {
	return slices.DeleteFunc(slices.Clone(s.guides), func(g Guide) bool { return g.Lang != lang })
}

// Locales are the message catalogues of the packs: file systems whose root
// holds ru.json, en.json ….
func (s *Set) Locales() []fs.FS { return s.locales }

// Examples lists the example files of the packs.
func (s *Set) Examples() []File { return s.examples }

// Vocabularies lists the vocabularies in the order of their packs.
func (s *Set) Vocabularies() []*core.Vocabulary {
	list := make([]*core.Vocabulary, len(s.vocabularies))
	for i, v := range s.vocabularies {
		list[i] = &v.Vocabulary
	}
	return list
}

// Vocabulary returns the vocabulary, or nil.
func (s *Set) Vocabulary(name string) *core.Vocabulary {
	if v := s.vocabulary[name]; v != nil {
		return &v.Vocabulary
	}
	return nil
}

// Term returns the term, or nil, in constant time.
func (s *Set) Term(vocabulary, code string) *core.Term {
	v := s.vocabulary[vocabulary]
	if v == nil {
		return nil
	}
	i, ok := v.at[code]
	if !ok {
		return nil
	}
	return &v.Terms[i]
}

// TermByInterop returns the term with the 12-digit HURIDOCS code, or nil.
func (s *Set) TermByInterop(vocabulary, interop string) *core.Term {
	v := s.vocabulary[vocabulary]
	if v == nil || interop == "" {
		return nil
	}
	i, ok := v.interop[interop]
	if !ok {
		return nil
	}
	return &v.Terms[i]
}

// Ancestors lists the codes above a term, the nearest first.
func (s *Set) Ancestors(vocabulary, code string) []string {
	var list []string
	for t := s.Term(vocabulary, code); t != nil && t.Parent != ""; t = s.Term(vocabulary, t.Parent) {
		list = append(list, t.Parent)
	}
	return list
}

// Descendants lists the codes below a term in display order, without the term
// itself: what a count of the term rolls up.
func (s *Set) Descendants(vocabulary, code string) []string {
	v := s.vocabulary[vocabulary]
	if v == nil {
		return nil
	}
	return v.descendants(code)
}

// Children lists the terms directly below a term in display order; below "",
// the top terms.
func (s *Set) Children(vocabulary, code string) []*core.Term {
	v := s.vocabulary[vocabulary]
	if v == nil {
		return nil
	}
	list := make([]*core.Term, len(v.children[code]))
	for i, at := range v.children[code] {
		list[i] = &v.Terms[at]
	}
	return list
}

// WithTerms returns a copy of the set in which the terms are laid over the
// vocabulary: one with a known code replaces that term in its place, others
// are added after the terms that are there. An unknown vocabulary leaves the
// set as it is. The terms must have passed [Set.CheckTerms]; a term whose
// parent is unknown nevertheless, or would stand above itself, becomes a top
// term, so that nothing is lost.
func (s *Set) WithTerms(vocabulary string, terms []core.Term) *Set {
	old := s.vocabulary[vocabulary]
	if old == nil || len(terms) == 0 {
		return s
	}
	laid := newVocabulary(overlay(old.Vocabulary, terms))
	c := *s
	c.vocabularies = slices.Clone(s.vocabularies)
	c.vocabularies[slices.Index(s.vocabularies, old)] = laid
	c.vocabulary = make(map[string]*termTree, len(s.vocabulary))
	for name, v := range s.vocabulary {
		c.vocabulary[name] = v
	}
	c.vocabulary[vocabulary] = laid
	return &c
}

// CheckTerms says whether the terms can be laid over the vocabulary: unique
// well-formed codes, parents that exist, at most [MaxLevels] levels, and
// interoperability codes that agree with the hierarchy. The error is
// core.Errors with Row counting the terms from 1; an unknown vocabulary is
// core.KindNotFound.
func (s *Set) CheckTerms(vocabulary string, terms []core.Term) error {
	old := s.vocabulary[vocabulary]
	if old == nil {
		return core.NotFound()
	}
	var errs core.Errors
	row := map[string]int{}
	for i, t := range terms {
		if row[t.Code] > 0 {
			errs = append(errs, termError(i+1, t.Code, Problem{Message: "pack.duplicate", Key: "code", Found: t.Code}))
			continue
		}
		row[t.Code] = i + 1
		if t.Label.In("ru") == "" {
			errs = append(errs, termError(i+1, t.Code, Problem{Message: "pack.missing_key", Key: "label"}))
		}
	}
	if len(errs) > 0 {
		return errs
	}
	for _, f := range termFaults(replaced(old.Terms, terms)) {
		if row[f.code] > 0 {
			errs = append(errs, termError(row[f.code], f.code, f.Problem))
		}
	}
	return errs.OrNil()
}
