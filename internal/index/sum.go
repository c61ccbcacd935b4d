package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// Sum is the sum of a number field over a result, with its doubts.
type Sum struct {
	Value   float64 // exact to 1/1000
	Records int     // with a number
	About   int     // of them, whose number is approximate or a range (its lower end counts)
	Missing int     // without a number
}

// SumOf adds up the first number of the field. It reads bit slices, not
// records, and costs the same for ten records and a million.
func SumOf(ctx context.Context, r Result, field string, chunks Chunks) (Sum, error) {
	a, err := newAdder(ctx, field, chunks)
	if err != nil {
		return Sum{}, err
	}
	return a.sum(r.set()), nil
}

// adder holds the slices of one number field, to sum many sets.
type adder struct {
	weights    []float64
	slices     []*roaring.Bitmap
	any, about *roaring.Bitmap
}

// newAdder loads the slices; with field "" it sums nothing.
func newAdder(ctx context.Context, field string, chunks Chunks) (*adder, error) {
	a := &adder{any: roaring.New(), about: roaring.New()}
	if field == "" {
		return a, nil
	}
	values, err := chunks.Values(ctx, field)
	if err != nil {
		return nil, err
	}
	present := make(map[string]bool, len(values))
	for _, v := range values {
		present[v] = true
	}
	for _, s := range allSlices() {
		if !present[s.value] {
			continue
		}
		b, err := chunks.Bitmap(ctx, FacetKey{field, s.value})
		if err != nil {
			return nil, err
		}
		a.slices = append(a.slices, b)
		a.weights = append(a.weights, s.weight)
	}
	if a.any, err = chunks.Bitmap(ctx, FacetKey{field, ValueAny}); err != nil {
		return nil, err
	}
	a.about, err = chunks.Bitmap(ctx, FacetKey{field, ValueAbout})
	return a, err
}

func (a *adder) sum(set *roaring.Bitmap) Sum {
	thousandths := 0.0
	for i, s := range a.slices {
		thousandths += a.weights[i] * float64(set.AndCardinality(s))
	}
	records := int(set.AndCardinality(a.any))
	return Sum{
		Value:   thousandths / fractionParts,
		Records: records,
		About:   int(set.AndCardinality(a.about)),
		Missing: int(set.GetCardinality()) - records,
	}
}
