package kernel

import (
	"context"
	"slices"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/index"
	"svod/internal/pack"
	"svod/internal/text"
)

// Limits of a search.
const (
	MaxQuery   = 2000 // characters
	maxFilters = 50
	maxLimit   = 500
)

// sealedTokens makes the hashed forms of a token under every key generation of
// every circle of the actor.
type sealedTokens []*crypt.CircleKeys

func (s sealedTokens) Sealed(token string) []string {
	out := make([]string, len(s))
	for i, ck := range s {
		out[i] = hashMark + ck.Token(token)
	}
	return out
}

func (v *view) sealedTokens() (sealedTokens, error) {
	var out sealedTokens
	for _, circle := range v.scope.Circles {
		gens, err := v.ring.generations(v.Tx, string(v.actor.Person), string(circle))
		if err != nil {
			return nil, err
		}
		out = append(out, gens...)
	}
	return out, nil
}

// names resolves what people call things, as this actor may use it: packs are
// everybody's, circles only their members'.
type names struct {
	*pack.Set
	circles []core.Circle
}

// CirclesCalled implements index.Resolver.
func (n names) CirclesCalled(name string) []core.ID {
	var out []core.ID
	for _, c := range n.circles {
		if string(c.ID) == name || text.Fold(c.Name) == text.Fold(name) {
			out = append(out, c.ID)
		}
	}
	return out
}

func (v *view) resolver() (index.Resolver, error) {
	n := names{Set: v.k.Packs()}
	for _, id := range v.scope.Circles {
		c, err := v.circleRow(id)
		if err != nil {
			return nil, err
		}
		n.circles = append(n.circles, circleOf(c))
	}
	return n, nil
}

// answer is an evaluated query: everything that lists, counts, facets,
// overviews and exports are made from.
type answer struct {
	chunks   *chunks
	result   index.Result
	facets   []index.Facet
	words    index.Words
	warnings []*core.Error
}

// ask evaluates a query in the actor's scope. It is the only way from a query
// to records.
func (v *view) ask(q FindQuery, fields []string) (answer, error) {
	var out answer
	if len([]rune(q.Text)) > MaxQuery {
		return out, &core.Error{Kind: core.KindTooLarge, Key: "error.query_too_long", Args: []any{"max", MaxQuery}, Field: "q"}
	}
	if len(q.Filters) > maxFilters {
		return out, &core.Error{Kind: core.KindTooLarge, Key: "error.too_many_filters", Args: []any{"max", maxFilters}}
	}
	query, err := index.Parse(q.Text)
	if err != nil {
		return out, err
	}
	query.Translit = query.Translit && !q.Exact
	out.warnings = query.Warnings
	names, err := v.resolver()
	if err != nil {
		return out, err
	}
	tokens, err := v.sealedTokens()
	if err != nil {
		return out, err
	}
	plan, err := index.Compile(query, names, tokens)
	if err != nil {
		return out, err
	}
	out.words = plan.Words
	if out.chunks, err = v.chunks(); err != nil {
		return out, err
	}
	scope, err := index.ScopeOf(v.ctx, v.scope, out.chunks)
	if err != nil {
		return out, err
	}
	base, err := index.Evaluate(v.ctx, plan, scope, out.chunks)
	if err != nil {
		return out, err
	}
	if q.Type != "" {
		typed, err := out.chunks.Bitmap(v.ctx, index.FacetKey{Field: index.FieldType, Value: q.Type})
		if err != nil {
			return out, err
		}
		base = base.Only(typed)
	}
	out.result, out.facets, err = index.Facets(v.ctx, base, v.selections(q.Filters), fields, out.chunks)
	v.ownCircles(out.facets)
	return out, err
}

// selections are the filters as the index takes them. A circle outside the
// scope becomes one that does not exist: the record may be in the scope while
// the circles of others it is shared with are not for its readers to know.
func (v *view) selections(filters []Filter) []index.Selection {
	out := make([]index.Selection, 0, len(filters))
	for _, f := range filters {
		values := f.Values
		if f.Field == index.FieldCircle {
			values = slices.Clone(values)
			for i, c := range values {
				if !v.scope.Has(core.ID(c)) {
					values[i] = ""
				}
			}
		}
		s := index.Selection{Field: f.Field, Any: values}
		if f.Not {
			s = index.Selection{Field: f.Field, Not: values}
		}
		out = append(out, s)
	}
	return out
}

// ownCircles leaves the circles of the scope in the counts by circle.
func (v *view) ownCircles(facets []index.Facet) {
	for i := range facets {
		if facets[i].Field == index.FieldCircle {
			facets[i].Values = slices.DeleteFunc(facets[i].Values, func(fv index.FacetValue) bool { return !v.scope.Has(core.ID(fv.Value)) })
		}
	}
}

// Find answers a query with a page of records, exact counts and facets.
// Errors: KindInvalid with the position for a query that cannot be understood,
// KindTooLarge for one that is too long.
func (k *Kernel) Find(ctx context.Context, a core.Actor, q FindQuery) (Found, error) {
	var out Found
	err := k.read(ctx, a, func(v *view) error {
		ans, err := v.ask(q, k.facetFields(q))
		if err != nil {
			return err
		}
		out = Found{Total: ans.result.Count(), Warnings: ans.warnings, Facets: k.labelFacets(q.Type, ans.facets)}
		page, err := v.page(q, ans.result)
		if err != nil {
			return err
		}
		out.Next, out.Prev = page.next, page.prev
		out.Items, err = v.hits(q, page.ordinals, ans.words)
		return err
	})
	return out, err
}

// Count answers how many records a query finds.
func (k *Kernel) Count(ctx context.Context, a core.Actor, q FindQuery) (int, error) {
	n := 0
	err := k.read(ctx, a, func(v *view) error {
		ans, err := v.ask(q, nil)
		n = ans.result.Count()
		return err
	})
	return n, err
}

// facetFields are the fields to count for a query.
func (k *Kernel) facetFields(q FindQuery) []string {
	if !slices.Contains(q.Facets, "*") {
		return q.Facets
	}
	t := k.Packs().Type(q.Type)
	if t == nil {
		return []string{index.FieldType, index.FieldCircle}
	}
	out := []string{index.FieldCircle}
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Facet && f.Sensitivity != core.Sealed {
			out = append(out, f.Key)
		}
	}
	return out
}

// hits opens the records of a page and marks the words that were looked for.
func (v *view) hits(q FindQuery, ordinals []uint32, words index.Words) ([]Hit, error) {
	rows, err := v.RecordsByOrdinal(ordinals)
	if err != nil {
		return nil, err
	}
	// The ordinals come out of the scope's bitmaps; admit checks them again by
	// the grants themselves, so that a stale index can hide but never reveal.
	fs, err := v.admit(rows)
	if err != nil {
		return nil, err
	}
	records, err := v.openCurrent(fs)
	if err != nil {
		return nil, err
	}
	if err := v.present(records); err != nil {
		return nil, err
	}
	out := make([]Hit, len(records))
	for i, r := range records {
		out[i] = Hit{Summary: v.k.summary(r, q.Full), Marked: markTitle(r.Title, words), Snippets: v.k.snippets(r, words)}
	}
	return out, nil
}
