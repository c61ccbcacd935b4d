package linkage_test

import (
	"os"
	"testing"
	"time"

	"svod/internal/linkage"
)

// TestLink100k measures a table of 100,000 invented rows, a seed of its own.
func TestLink100k(t *testing.T) {
	if os.Getenv("SVOD_LONG") == "" {
		t.Skip("needs SVOD_LONG=1: some seconds and 500 MB")
	}
	g := generate(101, 100_000)
	start := time.Now()
	r := link(t, g.rows, linkage.Options{Seed: 1})
	s := linkage.Evaluate(r.Clusters, g.truth)
	t.Logf("%v: pairs P %.4f R %.4f F1 %.4f, clusters F1 %.4f; expected P %.4f R %.4f, loss by blocking %.4f",
		time.Since(start).Round(time.Millisecond), s.PairPrecision, s.PairRecall, s.PairF1, s.ClusterF1, r.EstimatedPrecision,
		r.EstimatedRecall, r.Report.BlockingLoss)
	if s.PairF1 < .955 || s.ClusterF1 < .955 {
		t.Errorf("F1 of pairs %.4f, of clusters %.4f; want .955", s.PairF1, s.ClusterF1)
	}
}
