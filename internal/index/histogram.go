package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// Bar is one period of a histogram.
type Bar struct {
	Period string // "2012", "2012-05" or "2012-05-06"
	Count  int    // dates that lie within the period
	// Coarse dates begin in the period and may lie outside it: "2012" by month
	// is coarse in 2012-01. They are not in Count.
	Coarse int
	Sum    Sum // of the count field, over Count
}

// Histogram counts records by the day their date begins. Every date counts in
// one bar, once: in Count when it is known well enough, else in Coarse.
type Histogram struct {
	Field string
	By    Period
	Bars  []Bar // ascending, only periods that have records
	// Coarse is the sum of the bars' Coarse; Unknown have no date, or one open
	// at both ends.
	Coarse  int
	Unknown int
}

// HistogramOf counts by a date field; count names a number field that is summed
// beside it, or "". A record with several dates counts once in each of their
// periods.
func HistogramOf(ctx context.Context, r Result, field string, by Period, count string, chunks Chunks) (Histogram, error) {
	h := Histogram{Field: field, By: by}
	values, err := chunks.Values(ctx, field)
	if err != nil {
		return h, err
	}
	wide, err := chunks.Bitmap(ctx, FacetKey{field, by.wide()})
	if err != nil {
		return h, err
	}
	sums, err := newAdder(ctx, count, chunks)
	if err != nil {
		return h, err
	}
	dated := roaring.New()
	for _, v := range values {
		if len(v) != by.width() {
			continue
		}
		if _, _, ok := BucketDays(v); !ok {
			continue
		}
		all, err := chunks.Bitmap(ctx, FacetKey{field, v})
		if err != nil {
			return h, err
		}
		in := roaring.And(r.set(), all)
		if in.IsEmpty() {
			continue
		}
		dated.Or(in)
		sharp := roaring.AndNot(in, wide)
		bar := Bar{Period: v, Count: int(sharp.GetCardinality()), Coarse: int(in.GetCardinality() - sharp.GetCardinality())}
		if count != "" {
			bar.Sum = sums.sum(sharp)
		}
		h.Coarse += bar.Coarse
		h.Bars = append(h.Bars, bar)
	}
	h.Unknown = r.Count() - int(dated.GetCardinality())
	return h, nil
}
