package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"svod/internal/core"
)

// Selection is what a person has ticked in one facet: any of Any, and none of
// Not. Selections of different fields are combined with AND. Several
// selections of one field are merged.
type Selection struct {
	Field string
	Any   []string
	Not   []string
}

// Facet is the exact count of a field's values.
type Facet struct {
	Field  string
	Values []FacetValue // own values with a count, and selected ones; most frequent first
	// Any is how many records have an item, Empty how many have none; Missing
	// splits Empty by the reason given (the rest of Empty gave none).
	Any     int
	Empty   int
	Missing map[core.Missing]int
	// Other is how many records are of types that do not have the field.
	Other int
}

// FacetValue is a value of a facet with its count.
type FacetValue struct {
	Value    string
	Count    int
	Selected bool
	Excluded bool
}

// Facets narrows base by the selections and counts the values of the fields
// within it. The counts of a field ignore that field's own selection, so that
// ticking a value leaves its neighbours countable; every other selection
// counts. base comes from Evaluate, so nothing outside the scope is counted.
func Facets(ctx context.Context, base Result, selected []Selection, fields []string, chunks Chunks) (Result, []Facet, error) {
	f := facetCounter{ctx: ctx, chunks: chunks}
	if err := f.load(selected); err != nil {
		return Result{}, nil, err
	}
	total := f.without(base, "")
	out := make([]Facet, 0, len(fields))
	for _, field := range fields {
		within := total
		if f.has(field) {
			within = f.without(base, field)
		}
		facet, err := f.count(within.set(), field)
		if err != nil {
			return Result{}, nil, err
		}
		out = append(out, facet)
	}
	return total, out, nil
}

// Narrow is the first half of Facets: base under the selections.
func Narrow(ctx context.Context, base Result, selected []Selection, chunks Chunks) (Result, error) {
	f := facetCounter{ctx: ctx, chunks: chunks}
	if err := f.load(selected); err != nil {
		return Result{}, err
	}
	return f.without(base, ""), nil
}

type facetCounter struct {
	ctx    context.Context
	chunks Chunks
	picked []picked
}

// picked is a selection with its sets; a nil any means no restriction.
type picked struct {
	Selection
	any, not *roaring.Bitmap
}

func (f *facetCounter) load(selected []Selection) error {
	for _, s := range mergeSelections(selected) {
		p := picked{Selection: s}
		var err error
		if len(s.Any) > 0 {
			if p.any, err = f.union(s.Field, s.Any); err != nil {
				return err
			}
		}
		if len(s.Not) > 0 {
			if p.not, err = f.union(s.Field, s.Not); err != nil {
				return err
			}
		}
		f.picked = append(f.picked, p)
	}
	return nil
}

func mergeSelections(selected []Selection) []Selection {
	var out []Selection
	for _, s := range selected {
		if i := slices.IndexFunc(out, func(o Selection) bool { return o.Field == s.Field }); i >= 0 {
			out[i].Any = append(slices.Clone(out[i].Any), s.Any...)
			out[i].Not = append(slices.Clone(out[i].Not), s.Not...)
			continue
		}
		out = append(out, s)
	}
	return out
}

func (f *facetCounter) union(field string, values []string) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, 0, len(values))
	for _, v := range values {
		b, err := f.chunks.Bitmap(f.ctx, FacetKey{field, v})
		if err != nil {
			return nil, err
		}
		sets = append(sets, b)
	}
	return roaring.FastOr(sets...), nil
}

func (f *facetCounter) has(field string) bool {
	return slices.ContainsFunc(f.picked, func(p picked) bool { return p.Field == field })
}

// without applies every selection but the one of the field.
func (f *facetCounter) without(base Result, field string) Result {
	out := base.set().Clone()
	for _, p := range f.picked {
		if p.Field == field && field != "" {
			continue
		}
		if p.any != nil {
			out.And(p.any)
		}
		if p.not != nil {
			out.AndNot(p.not)
		}
	}
	return Result{bits: out}
}

func (f *facetCounter) count(within *roaring.Bitmap, field string) (Facet, error) {
	out := Facet{Field: field, Missing: map[core.Missing]int{}}
	values, err := f.chunks.Values(f.ctx, field)
	if err != nil {
		return out, err
	}
	var own Selection
	for _, p := range f.picked {
		if p.Field == field {
			own = p.Selection
		}
	}
	seen := map[string]bool{}
	for _, v := range values {
		if len(v) > 0 && (v[0] == '#' || v[0] == '~') {
			continue
		}
		n, err := f.size(within, FacetKey{field, v})
		if err != nil {
			return out, err
		}
		if IsOwnValue(v) {
			seen[v] = true
			out.add(v, n, own)
			continue
		}
		out.note(v, n)
	}
	for _, v := range append(slices.Clone(own.Any), own.Not...) {
		if IsOwnValue(v) && !seen[v] {
			seen[v] = true
			out.add(v, 0, own)
		}
	}
	slices.SortStableFunc(out.Values, func(a, b FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	out.Other = int(within.GetCardinality()) - out.Any - out.Empty
	return out, nil
}

func (f *facetCounter) size(within *roaring.Bitmap, key FacetKey) (int, error) {
	b, err := f.chunks.Bitmap(f.ctx, key)
	if err != nil {
		return 0, err
	}
	return int(within.AndCardinality(b)), nil
}

func (out *Facet) add(v string, n int, own Selection) {
	fv := FacetValue{Value: v, Count: n, Selected: slices.Contains(own.Any, v), Excluded: slices.Contains(own.Not, v)}
	if n > 0 || fv.Selected || fv.Excluded {
		out.Values = append(out.Values, fv)
	}
}

// note takes the counts of presence and missing reasons.
func (out *Facet) note(v string, n int) {
	switch {
	case v == ValueAny:
		out.Any = n
	case v == ValueMissing:
		out.Empty = n
	case n > 0:
		out.Missing[core.Missing(v[len(ValueMissing):])] = n
	}
}
