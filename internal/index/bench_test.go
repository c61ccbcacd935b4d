package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"svod/internal/core"
)

// cached answers Chunks from joined sets, as the kernel's cache does.
type cached struct {
	sets   map[FacetKey]*roaring.Bitmap
	values map[string][]string
}

func (c cached) Bitmap(_ context.Context, key FacetKey) (*roaring.Bitmap, error) {
	if b := c.sets[key]; b != nil {
		return b, nil
	}
	return roaring.New(), nil
}
func (c cached) Values(_ context.Context, field string) ([]string, error) {
	return c.values[field], nil
}
func (c cached) Text(context.Context, TextExpr) (*roaring.Bitmap, error) { return roaring.New(), nil }
func (c cached) Range(context.Context, string, []byte, []byte) (*roaring.Bitmap, error) {
	return roaring.New(), nil
}

// million is 1,000,000 records in 12 facets of 70 values (840), skewed as real
// vocabularies are, one number field, two circles.
func million() (cached, core.Scope) {
	const n = 1_000_000
	r := rand.New(rand.NewPCG(1, 1))
	c := cached{sets: map[FacetKey]*roaring.Bitmap{}, values: map[string][]string{}}
	for f := 0; f < 12; f++ {
		field := "f" + strconv.Itoa(f)
		lists := make([][]uint32, 70)
		for o := uint32(0); o < n; o++ {
			u := r.Float64()
			v := int(u * u * 70)
			lists[v] = append(lists[v], o)
		}
		any := roaring.New()
		any.AddRange(0, n)
		c.set(FacetKey{field, ValueAny}, any)
		for v, list := range lists {
			c.set(FacetKey{field, fmt.Sprintf("v%02d", v)}, roaring.BitmapOf(list...))
		}
	}
	bits := map[string][]uint32{}
	for o := uint32(0); o < n; o++ {
		for _, s := range numberSlices(float64(r.IntN(500))) {
			bits[s] = append(bits[s], o)
		}
	}
	for s, list := range bits {
		c.set(FacetKey{"count", s}, roaring.BitmapOf(list...))
	}
	for i, id := range []core.ID{circleA, circleB} {
		b := roaring.New()
		b.AddRange(uint64(i)*n/2, uint64(i+1)*n/2)
		c.set(FacetKey{FieldCircle, string(id)}, b)
	}
	active := roaring.New()
	active.AddRange(0, n)
	c.set(FacetKey{FieldState, string(core.Active)}, active)
	for _, list := range c.values {
		slices.Sort(list)
	}
	return c, core.Scope{Circles: []core.ID{circleA, circleB}}
}

func (c cached) set(k FacetKey, b *roaring.Bitmap) {
	b.RunOptimize()
	c.sets[k] = b
	c.values[k.Field] = append(c.values[k.Field], k.Value)
}

func BenchmarkMillion(b *testing.B) {
	ctx := context.Background()
	c, scope := million()
	s, err := ScopeOf(ctx, scope, c)
	if err != nil {
		b.Fatal(err)
	}
	fields := make([]string, 12)
	for i := range fields {
		fields[i] = "f" + strconv.Itoa(i)
	}
	b.Run("scope", func(b *testing.B) {
		for b.Loop() {
			_, _ = ScopeOf(ctx, scope, c)
		}
	})
	for _, bench := range []struct {
		name     string
		selected []Selection
	}{
		{"facets/none", nil},
		{"facets/two", []Selection{{Field: "f0", Any: []string{"v01", "v05"}}, {Field: "f1", Any: []string{"v02"}, Not: []string{"v03"}}}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := Facets(ctx, s.Everything(), bench.selected, fields, c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("load every chunk", func(b *testing.B) {
		var blobs [][]byte
		for _, bits := range c.sets {
			for n := uint64(0); n*ChunkSize < 1_000_000; n++ {
				part := roaring.New()
				part.AddRange(n*ChunkSize, (n+1)*ChunkSize)
				part.And(bits)
				blob, err := EncodeChunk(part)
				if err != nil {
					b.Fatal(err)
				}
				blobs = append(blobs, blob)
			}
		}
		for b.Loop() {
			if _, err := JoinChunks(blobs); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("sum", func(b *testing.B) {
		for b.Loop() {
			_, _ = SumOf(ctx, s.Everything(), "count", c)
		}
	})
	b.Run("crosstable", func(b *testing.B) {
		for b.Loop() {
			_, _ = CrossTable(ctx, s.Everything(), Axis{Field: "f0"}, Axis{Field: "f1"}, "count", c)
		}
	})
}

func BenchmarkDelta(b *testing.B) {
	ctx := context.Background()
	l, typ := testLookup(), eventType()
	values := make([]core.Values, 500)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range values {
		d, _ := core.ParseDate(fmt.Sprintf("20%02d-%02d-%02d", r.IntN(20), 1+r.IntN(12), 1+r.IntN(28)))
		values[i] = core.Values{"title": core.TextValue("Задержания на митинге у здания суда"), "form": core.TermValue(pick(r, testForms)),
			"region": {Items: []core.Item{{Place: &core.Place{Code: pick(r, testPlaces)}}}}, "start": core.DateValue(d), "detained": core.NumberValue(float64(r.IntN(100)))}
	}
	m, ordinal := newMemory(), uint32(0)
	b.Run("2000 records", func(b *testing.B) {
		for b.Loop() {
			d := &Delta{}
			for range 2000 {
				d.Add(ordinal, FacetsOf(typ, values[ordinal%500], l)...)
				ordinal++
			}
			if err := d.Apply(ctx, m); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("tokens", func(b *testing.B) {
		for b.Loop() {
			TokensOf(typ, values[0], l, nil)
		}
	})
}
