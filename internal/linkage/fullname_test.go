package linkage_test

import (
	"testing"

	"svod/internal/linkage"
)

func TestNameBench(t *testing.T) {
	_, rows := shared(t, "names/name_bench_visible.csv")
	var hit, found, all float64
	for _, r := range rows {
		score := linkage.CompareNames(r[2], r[3])
		said, is := score >= linkage.SameNameFrom, r[4] == "true"
		if is {
			all++
		}
		if said {
			found++
		}
		if said && is {
			hit++
		}
		if said != is {
			t.Logf("%.3f is %v: %s | %s (%s)", score, is, r[2], r[3], r[1])
		}
	}
	p, r := hit/found, hit/all
	f1 := 2 * p * r / (p + r)
	t.Logf("name bench: P %.3f R %.3f F1 %.3f over %d pairs", p, r, f1, len(rows))
	if f1 < .85 {
		t.Errorf("F1 %.3f, want .85", f1)
	}
}
