package index

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"svod/internal/core"
)

func TestHistogramCountsEveryDateOnce(t *testing.T) {
	ctx := context.Background()
	typ, l := eventType(), testLookup()
	m, d := newMemory(), &Delta{}
	dates := []string{"2012-05-06", "2012-05-07", "2012-05", "2012", "2012-05-31/2012-06-02", "201X", ""}
	for i, s := range dates {
		v := core.Values{"detained": core.NumberValue(float64(10 * (i + 1)))}
		if s != "" {
			v["start"] = core.DateValue(mustDate(t, s))
		}
		m.put(d, uint32(i), doc{typ: typ, circles: []core.ID{circleA}, state: core.Active, values: v}, l)
	}
	if err := d.Apply(ctx, m); err != nil {
		t.Fatal(err)
	}
	s, _ := ScopeOf(ctx, core.Scope{Circles: []core.ID{circleA}}, m)
	for _, c := range []struct {
		by      Period
		bars    []Bar
		coarse  int
		unknown int
	}{
		{ByYear, []Bar{{Period: "2010", Coarse: 1}, {Period: "2012", Count: 5, Sum: Sum{Value: 150, Records: 5}}}, 1, 1},
		{ByMonth, []Bar{{Period: "2010-01", Coarse: 1}, {Period: "2012-01", Coarse: 1}, {Period: "2012-05", Count: 3, Coarse: 1, Sum: Sum{Value: 60, Records: 3}}}, 3, 1},
		{ByDay, []Bar{{Period: "2010-01-01", Coarse: 1}, {Period: "2012-01-01", Coarse: 1}, {Period: "2012-05-01", Coarse: 1},
			{Period: "2012-05-06", Count: 1, Sum: Sum{Value: 10, Records: 1}}, {Period: "2012-05-07", Count: 1, Sum: Sum{Value: 20, Records: 1}}, {Period: "2012-05-31", Coarse: 1}}, 4, 1},
	} {
		h, err := HistogramOf(ctx, s.Everything(), "start", c.by, "detained", m)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(h.Bars, c.bars) || h.Coarse != c.coarse || h.Unknown != c.unknown {
			t.Errorf("%s: %+v, want %+v, coarse %d, unknown %d", c.by, h, c.bars, c.coarse, c.unknown)
		}
		n := h.Unknown + h.Coarse
		for _, b := range h.Bars {
			n += b.Count
		}
		if n != len(dates) {
			t.Errorf("%s: adds up to %d of %d", c.by, n, len(dates))
		}
	}
}

func TestSumIsExact(t *testing.T) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(7, 7))
	typ, l := eventType(), testLookup()
	m, d := newMemory(), &Delta{}
	want := Sum{}
	thousandths := 0.0
	for o := uint32(0); o < 3000; o++ {
		v := core.Values{}
		switch r.IntN(4) {
		case 0:
			want.Missing++
		default:
			n := core.Number{Value: float64(r.IntN(2_000_000)-500_000) / 1000, About: r.IntN(2) == 0}
			if r.IntN(100) == 0 {
				n.Value = math.Trunc(n.Value) * 1e9
			}
			thousandths += math.Round(n.Value * 1000)
			want.Records++
			if n.About {
				want.About++
			}
			v["detained"] = core.Value{Items: []core.Item{{Number: &n}}}
		}
		m.put(d, o, doc{typ: typ, circles: []core.ID{circleA}, state: core.Active, values: v}, l)
	}
	want.Value = thousandths / 1000
	if err := d.Apply(ctx, m); err != nil {
		t.Fatal(err)
	}
	s, _ := ScopeOf(ctx, core.Scope{Circles: []core.ID{circleA}}, m)
	got, err := SumOf(ctx, s.Everything(), "detained", m)
	if err != nil || math.Abs(got.Value-want.Value) > 1e-3 || got.Records != want.Records || got.About != want.About || got.Missing != want.Missing {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}

func TestCrossTable(t *testing.T) {
	m, l := library(t)
	ctx := context.Background()
	s, _ := ScopeOf(ctx, core.Scope{Circles: []core.ID{circleA}}, m)
	top := []string{"assembly", "search"}
	got, err := CrossTable(ctx, s.Everything(), Axis{Field: "form", Only: top}, Axis{Field: "start", By: ByYear}, "detained", m)
	if err != nil {
		t.Fatal(err)
	}
	if got.Total != 4 || got.Sum.Value != 671 || got.Sum.Missing != 1 || got.Sum.About != 1 {
		t.Errorf("total %d, sum %+v", got.Total, got.Sum)
	}
	if !slices.Equal(got.Columns, []TableColumn{{"2011", 1}, {"2012", 3}}) {
		t.Errorf("columns %v", got.Columns)
	}
	if len(got.Rows) != 2 || !slices.Equal(got.Rows[0].Cells, []int{0, 2}) || !slices.Equal(got.Rows[1].Cells, []int{1, 0}) ||
		got.Rows[0].Sum.Value != 651 || got.UnknownRow.Count != 1 || !slices.Equal(got.UnknownRow.Cells, []int{0, 1}) {
		t.Errorf("rows %+v, unknown %+v", got.Rows, got.UnknownRow)
	}
	if got.ManyRows || got.ManyColumns {
		t.Error("nothing stands twice")
	}
	all, err := CrossTable(ctx, s.Everything(), Axis{Field: "form"}, Axis{}, "", m)
	if err != nil || !all.ManyRows || all.Rows[0].Value != "assembly" || all.Rows[0].Count != 2 || all.Rows[0].Cells != nil {
		t.Errorf("%+v, %v", all, err)
	}
	byRegion, err := CrossTable(ctx, s.Everything(), Axis{Field: "form", Only: top}, Axis{Field: "region", Only: []string{"RU-MOW", "RU-SPE"}}, "", m)
	if err != nil || byRegion.Rows[1].Unknown != 1 || byRegion.UnknownRow.Unknown != 1 {
		t.Errorf("%+v, %v", byRegion, err)
	}
	_ = l
}

func TestFacetTree(t *testing.T) {
	f := Facet{Field: "form", Values: []FacetValue{{Value: "search", Count: 5}, {Value: "assembly", Count: 3}, {Value: "picket", Count: 2}, {Value: "solo", Count: 2}, {Value: "rally", Count: 1}}}
	var got []string
	for _, v := range f.Tree("forms", testLookup()) {
		got = append(got, "  "[:v.Depth]+v.Value)
	}
	if want := []string{"search", "assembly", " picket", "  solo", " rally"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	f.Values = []FacetValue{{Value: "solo", Count: 2}, {Value: "assembly", Count: 1}}
	if tree := f.Tree("forms", testLookup()); len(tree) != 2 || tree[1].Depth != 1 {
		t.Errorf("a value moves up to its nearest listed ancestor: %+v", tree)
	}
}

func TestFacetsKeepSelectedValuesWithoutRecords(t *testing.T) {
	m, _ := library(t)
	ctx := context.Background()
	s, _ := ScopeOf(ctx, core.Scope{Circles: []core.ID{circleA}}, m)
	_, facets, err := Facets(ctx, s.Everything(), []Selection{{Field: "form", Any: []string{"gone"}, Not: []string{"rally"}}}, []string{"form", "region"}, m)
	if err != nil {
		t.Fatal(err)
	}
	find := func(f Facet, v string) FacetValue {
		for _, fv := range f.Values {
			if fv.Value == v {
				return fv
			}
		}
		return FacetValue{}
	}
	if v := find(facets[0], "gone"); !v.Selected || v.Count != 0 {
		t.Errorf("gone: %+v", v)
	}
	if v := find(facets[0], "rally"); !v.Excluded || v.Count != 1 {
		t.Errorf("rally: %+v", v)
	}
	if len(facets[1].Values) != 0 {
		t.Errorf("region under a value without records: %+v", facets[1].Values)
	}
}

func TestDelta(t *testing.T) {
	ctx := context.Background()
	m, d := newMemory(), &Delta{}
	a, b := FacetKey{"f", "a"}, FacetKey{"f", "b"}
	for o := uint32(0); o < 5000; o++ {
		d.Add(o*40, a) // four chunks
	}
	d.Remove(40, a)
	d.Add(7, b)
	d.Remove(7, b)
	d.Add(7, b)
	if err := d.Apply(ctx, m); err != nil || !d.IsEmpty() {
		t.Fatal(err)
	}
	if m.reads != 5 || m.writes != 5 {
		t.Errorf("%d reads, %d writes of 5 chunks", m.reads, m.writes)
	}
	if bits, _ := m.Bitmap(ctx, b); !bits.Contains(7) {
		t.Error("the last word about a record does not win")
	}
	bits, _ := m.Bitmap(ctx, a)
	if bits.GetCardinality() != 4999 || bits.Contains(40) || !bits.Contains(199960) {
		t.Errorf("a holds %d", bits.GetCardinality())
	}
	d.Replace(7, []FacetKey{a, b}, []FacetKey{a})
	if err := d.Apply(ctx, m); err != nil {
		t.Fatal(err)
	}
	if m.reads != 6 {
		t.Errorf("a key in both lists was read: %d", m.reads)
	}
	if _, there := m.blobs[Chunk{b, 0}]; there {
		t.Error("an empty chunk stays")
	}
}

func TestDamagedChunkIsAnError(t *testing.T) {
	blob, err := EncodeChunk(roaring.BitmapOf(1, 2, 3, 500, 70000))
	if err != nil {
		t.Fatal(err)
	}
	for i := range blob {
		for bit := 0; bit < 8; bit++ {
			bad := slices.Clone(blob)
			bad[i] ^= 1 << bit
			_, _ = DecodeChunk(bad) // must not panic
		}
	}
	if _, err := DecodeChunk(blob[:len(blob)-1]); err == nil {
		t.Error("a cut chunk was read")
	}
	if _, err := DecodeChunk([]byte("garbage and more garbage")); err == nil {
		t.Error("garbage was read")
	}
}

func TestResultPages(t *testing.T) {
	r := Result{bits: roaring.BitmapOf(1, 5, 9, 12)}
	for _, c := range []struct {
		after       uint32
		first, desc bool
		want        []uint32
	}{
		{0, true, false, []uint32{1, 5}}, {5, false, false, []uint32{9, 12}}, {0, true, true, []uint32{12, 9}},
		{9, false, true, []uint32{5, 1}}, {12, false, false, nil}, {1, false, true, nil},
	} {
		if got := r.Page(c.after, c.first, c.desc, 2); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
