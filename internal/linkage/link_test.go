package linkage_test

import (
	"context"
	"testing"
	"time"

	"svod/internal/linkage"
)

func TestLinkSharedData(t *testing.T) {
	for _, c := range []struct {
		file    string
		cluster float64 // lowest F1 of whole clusters
		pair    float64 // lowest F1 of pairs
	}{
		{"linkage/febrl1.csv", .998, .998},
		{"linkage/febrl2.csv", .998, .998},
		{"linkage/febrl3.csv", .998, .998},
		{"linkage/RLdata500.csv", .99, .97},
		{"linkage/cis20k_dev.csv.gz", .965, .98},
	} {
		t.Run(c.file, func(t *testing.T) {
			header, rows := shared(t, c.file)
			o := linkage.Options{Columns: linkage.GuessColumns(header, rows), Seed: 1}
			start := time.Now()
			r, err := linkage.Link(context.Background(), rows, o)
			if err != nil {
				t.Fatal(err)
			}
			s := linkage.Evaluate(r.Clusters, truthOf(header, rows))
			t.Logf("%v: pairs P %.4f R %.4f F1 %.4f, clusters F1 %.4f, rows F1 %.4f", time.Since(start).Round(time.Millisecond),
				s.PairPrecision, s.PairRecall, s.PairF1, s.ClusterF1, s.RowF1)
			t.Logf("threshold %.3f, expected P %.4f R %.4f, loss by blocking %.4f", r.Threshold, r.EstimatedPrecision,
				r.EstimatedRecall, r.Report.BlockingLoss)
			if s.ClusterF1 < c.cluster || s.PairF1 < c.pair {
				t.Errorf("F1 of clusters %.4f, of pairs %.4f; want %.3f and %.3f", s.ClusterF1, s.PairF1, c.cluster, c.pair)
			}
		})
	}
}
