package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"svod/internal/core"
)

// The naive side of the property test reads values, never facets, keys or
// tokens. Words are chosen so that their stem is the word itself.
var (
	testWords  = []string{"альфа", "бук", "вяз", "граб", "дуб", "oak", "elm", "fir"}
	testForms  = []string{"assembly", "rally", "picket", "solo", "search"}
	testPlaces = []string{"RU", "RU-MOW", "RU-SPE", "BY"}
	testDates  = []string{"2011-12-31", "2012", "2012-05", "2012-05-06", "2012-05-06/2012-06-02", "201X", "../2012-03-04",
		"2012-06-01/..", "[2012-01-01,2012-12-31]", "2013-02-28~", "2012-21"}
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func randomDoc(t *testing.T, r *rand.Rand) doc {
	d := doc{typ: eventType(), state: pick(r, []core.State{core.Active, core.Active, core.Active, core.Withdrawn, core.Staged})}
	for _, c := range []core.ID{circleA, circleB, circleC} {
		if r.IntN(3) == 0 {
			d.circles = append(d.circles, c)
		}
	}
	v := core.Values{}
	sentence := func() string { return pick(r, testWords) + " " + pick(r, testWords) + " " + pick(r, testWords) }
	if r.IntN(4) > 0 {
		v["title"] = core.TextValue(sentence())
	}
	if r.IntN(3) == 0 {
		v["secret"] = core.NoteValue("ru", sentence())
	}
	for n := r.IntN(3); n > 0; n-- {
		f := v["form"]
		f.Items = append(f.Items, core.Item{Term: pick(r, testForms)})
		v["form"] = f
	}
	switch r.IntN(4) {
	case 0:
		v["region"] = core.MissingValue(pick(r, core.MissingReasons()))
	case 1, 2:
		v["region"] = core.Value{Items: []core.Item{{Place: &core.Place{Code: pick(r, testPlaces)}}}}
	}
	if r.IntN(4) > 0 {
		v["start"] = core.DateValue(mustDate(t, pick(r, testDates)))
	}
	if r.IntN(4) > 0 {
		v["detained"] = core.Value{Items: []core.Item{{Number: &core.Number{Value: float64(r.IntN(60)-5) / 2, About: r.IntN(3) == 0}}}}
	}
	if r.IntN(2) == 0 {
		yes := r.IntN(2) == 0
		v["notified"] = core.Value{Items: []core.Item{{Yes: &yes}}}
	}
	d.values = v
	return d
}

// clause is a query together with what it means.
type clause struct {
	text string
	is   func(doc) bool
}

func randomClause(t *testing.T, r *rand.Rand, l *Lookup, depth int) clause {
	if depth > 0 {
		switch r.IntN(5) {
		case 0, 1:
			a, b := randomClause(t, r, l, depth-1), randomClause(t, r, l, depth-1)
			return clause{"(" + a.text + " " + b.text + ")", func(d doc) bool { return a.is(d) && b.is(d) }}
		case 2:
			a, b := randomClause(t, r, l, depth-1), randomClause(t, r, l, depth-1)
			return clause{"(" + a.text + " ИЛИ " + b.text + ")", func(d doc) bool { return a.is(d) || b.is(d) }}
		case 3:
			a := randomClause(t, r, l, depth-1)
			return clause{"-(" + a.text + ")", func(d doc) bool { return !a.is(d) }}
		}
	}
	return randomLeaf(t, r, l)
}

func randomLeaf(t *testing.T, r *rand.Rand, l *Lookup) clause {
	switch r.IntN(9) {
	case 0:
		w := pick(r, testWords)
		return clause{w, func(d doc) bool { return hasWord(d, "title", w) || hasWord(d, "secret", w) }}
	case 1:
		w := pick(r, testWords)
		return clause{"title:" + w, func(d doc) bool { return hasWord(d, "title", w) }}
	case 2:
		w := pick(r, testWords) + " " + pick(r, testWords)
		return clause{`«` + w + `»`, func(d doc) bool { return hasPhrase(d, "title", w) || hasPhrase(d, "secret", w) }}
	case 3:
		code := pick(r, testForms)
		return clause{"form:" + code, func(d doc) bool {
			return slices.ContainsFunc(d.values["form"].Items, func(it core.Item) bool { return under(l, "forms", it.Term, code) })
		}}
	case 4:
		code := pick(r, testPlaces)
		return clause{"region:" + code, func(d doc) bool {
			p := d.values["region"].First().Place
			return p != nil && under(l, "places", p.Code, code)
		}}
	case 5:
		why := pick(r, append(core.MissingReasons(), ""))
		return clause{"region:?" + string(why), func(d doc) bool {
			v := d.values["region"]
			return len(v.Items) == 0 && (why == "" || v.Missing == why)
		}}
	case 6:
		return randomDates(t, r)
	case 7:
		from := r.IntN(30) - 3
		to := from + r.IntN(8)
		return clause{fmt.Sprintf("detained:%s..%d", strconv.Itoa(from), to), func(d doc) bool {
			n := d.values["detained"].First().Number
			return n != nil && n.Value >= float64(from) && n.Value <= float64(to)
		}}
	}
	return clause{"notified:да", func(d doc) bool { y := d.values["notified"].First().Yes; return y != nil && *y }}
}

func randomDates(t *testing.T, r *rand.Rand) clause {
	asked := mustDate(t, pick(r, []string{"2011", "2012-01", "2012-05-06", "2012-06", "2012", "2013-02-28", "2019-07", "1999"}))
	from, to := asked.Bounds()
	text := "start:" + asked.String()
	switch r.IntN(3) {
	case 0:
		text, to = "start:>="+asked.String(), core.MaxDay
	case 1:
		text, from = "start:<="+asked.String(), core.MinDay
	}
	return clause{text, func(d doc) bool {
		date := d.values["start"].First().Date
		if date == nil {
			return false
		}
		first, last := date.Bounds()
		return !to.Before(first) && !last.Before(from)
	}}
}

func words(d doc, field string) []string {
	it := d.values[field].First()
	return strings.Fields(it.Text + it.Note["ru"])
}

func hasWord(d doc, field, w string) bool { return slices.Contains(words(d, field), w) }

func hasPhrase(d doc, field, phrase string) bool {
	return strings.Contains(" "+strings.Join(words(d, field), " ")+" ", " "+phrase+" ")
}

func under(l *Lookup, vocab, code, above string) bool {
	return code == above || slices.Contains(l.Ancestors(vocab, code), above)
}

func inScope(d doc, s core.Scope) bool {
	return d.state == core.Active && slices.ContainsFunc(d.circles, s.Has)
}

func TestRandomQueriesAgainstValues(t *testing.T) {
	ctx := context.Background()
	l := testLookup()
	for seed := uint64(1); seed <= 6; seed++ {
		r := rand.New(rand.NewPCG(seed, 2))
		m, docs := randomLibrary(t, r, l, 150)
		for n := 0; n < 120; n++ {
			c := randomClause(t, r, l, 3)
			scope := core.Scope{}
			for _, id := range []core.ID{circleA, circleB, circleC} {
				if r.IntN(2) == 0 {
					scope.Circles = append(scope.Circles, id)
				}
			}
			q, err := Parse(c.text + " translit:no")
			if err != nil {
				t.Fatal(err)
			}
			p, err := Compile(q, l, keys(scope.Circles))
			if err != nil {
				t.Fatalf("%s: %v", c.text, err)
			}
			s, _ := ScopeOf(ctx, scope, m)
			res, err := Evaluate(ctx, p, s, m)
			if err != nil {
				t.Fatal(err)
			}
			for o, d := range docs {
				want := inScope(d, scope) && c.is(d)
				if got := res.Holds(o); got != want {
					t.Fatalf("seed %d: %s\nscope %v plan %v\nrecord %d %v: got %v, want %v", seed, c.text, scope.Circles, p, o, d.values, got, want)
				}
			}
		}
	}
}

// randomLibrary spreads records over three chunks.
func randomLibrary(t *testing.T, r *rand.Rand, l *Lookup, n int) (*memory, map[uint32]doc) {
	t.Helper()
	m, d, docs := newMemory(), &Delta{}, map[uint32]doc{}
	for len(docs) < n {
		o := uint32(r.IntN(3))*ChunkSize + uint32(r.IntN(200))
		if _, taken := docs[o]; taken {
			continue
		}
		docs[o] = randomDoc(t, r)
		m.put(d, o, docs[o], l)
	}
	if err := d.Apply(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	return m, docs
}

func TestFacetsAgainstValues(t *testing.T) {
	ctx := context.Background()
	l := testLookup()
	for seed := uint64(1); seed <= 8; seed++ {
		r := rand.New(rand.NewPCG(seed, 3))
		m, docs := randomLibrary(t, r, l, 200)
		scope := core.Scope{Circles: []core.ID{circleA, circleB}}
		s, _ := ScopeOf(ctx, scope, m)
		var selected []Selection
		form := Selection{Field: "form", Any: []string{pick(r, testForms), pick(r, testForms)}}
		region := Selection{Field: "region", Not: []string{pick(r, testPlaces)}}
		if r.IntN(3) > 0 {
			selected = append(selected, form)
		}
		if r.IntN(3) > 0 {
			selected = append(selected, region)
		}
		total, facets, err := Facets(ctx, s.Everything(), selected, []string{"form", "region", "notified"}, m)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := total.Count(), countDocs(docs, func(d doc) bool { return inScope(d, scope) && passes(l, d, selected, "") }); got != want {
			t.Fatalf("seed %d: total %d, want %d", seed, got, want)
		}
		for _, f := range facets {
			within := func(d doc) bool { return inScope(d, scope) && passes(l, d, selected, f.Field) }
			for _, v := range f.Values {
				want := countDocs(docs, func(d doc) bool { return within(d) && hasValue(l, d, f.Field, v.Value) })
				if v.Count != want {
					t.Errorf("seed %d: %s=%s: %d, want %d", seed, f.Field, v.Value, v.Count, want)
				}
			}
			if want := countDocs(docs, func(d doc) bool { return within(d) && len(d.values[f.Field].Items) == 0 }); f.Empty != want {
				t.Errorf("seed %d: %s empty: %d, want %d", seed, f.Field, f.Empty, want)
			}
			if f.Other != 0 {
				t.Errorf("seed %d: %s other: %d", seed, f.Field, f.Other)
			}
			for _, why := range core.MissingReasons() {
				want := countDocs(docs, func(d doc) bool { return within(d) && d.values[f.Field].Missing == why })
				if f.Missing[why] != want {
					t.Errorf("seed %d: %s %s: %d, want %d", seed, f.Field, why, f.Missing[why], want)
				}
			}
		}
	}
}

func countDocs(docs map[uint32]doc, is func(doc) bool) int {
	n := 0
	for _, d := range docs {
		if is(d) {
			n++
		}
	}
	return n
}

func hasValue(l *Lookup, d doc, field, value string) bool {
	for _, it := range d.values[field].Items {
		switch {
		case it.Term != "" && under(l, "forms", it.Term, value),
			it.Place != nil && under(l, "places", it.Place.Code, value),
			it.Yes != nil && yesNo(*it.Yes) == value:
			return true
		}
	}
	return false
}

// passes applies every selection but the one of the field.
func passes(l *Lookup, d doc, selected []Selection, but string) bool {
	for _, s := range selected {
		if s.Field == but {
			continue
		}
		has := func(v string) bool { return hasValue(l, d, s.Field, v) }
		if len(s.Any) > 0 && !slices.ContainsFunc(s.Any, has) || slices.ContainsFunc(s.Not, has) {
			return false
		}
	}
	return true
}
