package kernel

import (
	"cmp"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/text"
)

// snippetWidth is about one line of a list, in characters.
const snippetWidth = 160

// snippets shows where the words of a query stand in a record, at most three
// fields.
func (k *Kernel) snippets(r core.Record, words index.Words) []Snippet {
	if !marks(words) {
		return nil
	}
	t := k.Packs().Type(r.Type)
	var out []Snippet
	for i := range t.Fields {
		f := &t.Fields[i]
		for _, item := range r.Values[f.Key].Items {
			spans := hitSpans(itemText(item), words)
			if spans == nil {
				continue
			}
			out = append(out, Snippet{Field: f.Key, Spans: spans})
			break
		}
		if len(out) == 3 {
			break
		}
	}
	return out
}

func marks(words index.Words) bool {
	return len(words.Stems)+len(words.Prefixes)+len(words.NameKeys) > 0
}

// markTitle marks the words in the titles that have one.
func markTitle(title core.Words, words index.Words) map[string][]Span {
	var out map[string][]Span
	for lang, s := range title {
		if !marks(words) {
			return nil
		}
		spans := text.Highlight(s, words.Match)
		if !slices.ContainsFunc(spans, func(p text.Span) bool { return p.Hit }) {
			continue
		}
		if out == nil {
			out = map[string][]Span{}
		}
		out[lang] = spansOf(spans)
	}
	return out
}

func spansOf(spans []text.Span) []Span {
	out := make([]Span, len(spans))
	for i, p := range spans {
		out[i] = Span(p)
	}
	return out
}

// hitSpans is nil when no word is in the text.
func hitSpans(s string, words index.Words) []Span {
	if s == "" {
		return nil
	}
	spans := text.Snippet(s, words.Match, snippetWidth)
	if !slices.ContainsFunc(spans, func(p text.Span) bool { return p.Hit }) {
		return nil
	}
	return spansOf(spans)
}

// itemText is the prose of an item.
func itemText(item core.Item) string {
	var parts []string
	switch {
	case item.Text != "":
		parts = append(parts, item.Text)
	case item.Note != nil:
		for _, lang := range sortedKeys(item.Note) {
			parts = append(parts, item.Note[lang])
		}
	case item.Name != nil:
		parts = append(parts, item.Name.String())
	case item.Place != nil:
		parts = append(parts, item.Place.Local)
	case item.Contact != nil:
		parts = append(parts, item.Contact.Value)
	}
	if item.Clarify != "" {
		parts = append(parts, item.Clarify)
	}
	return strings.Join(parts, " · ")
}

func sortedKeys(w core.Words) []string {
	out := make([]string, 0, len(w))
	for lang := range w {
		out = append(out, lang)
	}
	slices.Sort(out)
	return out
}

// labelFacets puts words to facet values. Terms of a vocabulary stand in its
// order, parents before children; everything else by frequency.
func (k *Kernel) labelFacets(typ string, facets []index.Facet) []Facet {
	out := make([]Facet, 0, len(facets))
	for _, f := range facets {
		lf := Facet{Field: f.Field, Missing: f.Empty}
		field := k.fieldOf(typ, f.Field)
		for _, fv := range f.Values {
			lf.Values = append(lf.Values, FacetValue{Value: fv.Value, Count: fv.Count,
				Selected: fv.Selected || fv.Excluded, Label: k.valueLabel(field, fv.Value), Depth: k.depth(field, fv.Value)})
		}
		k.orderValues(field, lf.Values)
		out = append(out, lf)
	}
	return out
}

// fieldOf finds the definition of a facet field; nil for fields of the record
// itself ("@circle").
func (k *Kernel) fieldOf(typ, key string) *core.Field {
	if t := k.Packs().Type(typ); t != nil {
		return t.Field(key)
	}
	return nil
}

// valueLabel is what a facet value is called. Values that are not codes (years,
// bands, texts) stand for themselves.
func (k *Kernel) valueLabel(f *core.Field, value string) core.Words {
	if s, ok := index.FacetText(value); ok {
		return core.Words{"ru": s, "en": s}
	}
	if f != nil && f.Vocabulary != "" {
		if w := k.Packs().Label(f.Vocabulary, value); len(w) > 0 {
			return w
		}
	}
	if f != nil && f.Kind == core.FieldYesNo {
		if value == "yes" {
			return core.Words{"ru": "да", "en": "yes"}
		}
		return core.Words{"ru": "нет", "en": "no"}
	}
	return core.Words{"ru": value, "en": value}
}

func (k *Kernel) depth(f *core.Field, value string) int {
	if f == nil {
		return 0
	}
	switch {
	case f.Vocabulary != "":
		return len(k.Packs().Ancestors(f.Vocabulary, value))
	case f.Kind == core.FieldDate:
		return strings.Count(value, "-")
	}
	return 0
}

// orderValues puts the terms of a vocabulary into its own order and dates into
// the order of time, so that parents precede their children.
func (k *Kernel) orderValues(f *core.Field, values []FacetValue) {
	if f == nil {
		return
	}
	if f.Kind == core.FieldDate {
		slices.SortStableFunc(values, func(a, b FacetValue) int { return strings.Compare(a.Value, b.Value) })
		return
	}
	if f.Vocabulary == "" {
		return
	}
	voc := k.Packs().Vocabulary(f.Vocabulary)
	if voc == nil {
		return
	}
	at := make(map[string]int, len(voc.Terms))
	for i := range voc.Terms {
		at[voc.Terms[i].Code] = i
	}
	// Siblings by count, the whole in tree order: each value is placed by the
	// chain of (count, position) from its top ancestor down.
	count := make(map[string]int, len(values))
	for _, v := range values {
		count[v.Value] = v.Count
	}
	chain := func(code string) []string {
		up := k.Packs().Ancestors(f.Vocabulary, code)
		slices.Reverse(up)
		return append(up, code)
	}
	slices.SortStableFunc(values, func(a, b FacetValue) int {
		ca, cb := chain(a.Value), chain(b.Value)
		for i := 0; i < len(ca) && i < len(cb); i++ {
			if ca[i] != cb[i] {
				return cmp.Or(cmp.Compare(count[cb[i]], count[ca[i]]), cmp.Compare(at[ca[i]], at[cb[i]]))
			}
		}
		return cmp.Compare(len(ca), len(cb))
	})
}
