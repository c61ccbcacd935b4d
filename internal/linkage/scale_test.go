package linkage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"svod/internal/linkage"
)

// BenchmarkLink100k links 100,000 invented rows and reports how well.
func BenchmarkLink100k(b *testing.B) {
	g := generate(101, 100_000)
	for b.Loop() {
		r, err := linkage.Link(context.Background(), g.rows, linkage.Options{Columns: cisColumns, Seed: 1})
		if err != nil {
			b.Fatal(err)
		}
		s := linkage.Evaluate(r.Clusters, g.truth)
		b.ReportMetric(s.PairF1, "pairF1")
		b.ReportMetric(s.ClusterF1, "clusterF1")
	}
}

// BenchmarkHint asks for one new row against 100,000 and reports the slowest
// hundredth.
func BenchmarkHint(b *testing.B) {
	held, rest, _ := heldOut(generate(52, 100_000), 2000)
	x, err := linkage.NewIndex(context.Background(), rest, linkage.Options{Columns: cisColumns, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	var times []time.Duration
	n := 0
	for b.Loop() {
		start := time.Now()
		x.Find(held.rows[n%len(held.rows)], .3, 10)
		times = append(times, time.Since(start))
		n++
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
}
