package stats

import (
	"math/rand/v2"
	"testing"
)

// invented draws a population of size people, each on list i with probability p[i],
// and returns the table of those seen.
func invented(t testing.TB, seed uint64, size int, p []float64) *Table {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 9))
	var lists []string
	for i := range p {
		lists = append(lists, string(rune('A'+i)))
	}
	tab, err := emptyTable(lists, "")
	if err != nil {
		t.Fatal(err)
	}
	for range size {
		mask := 0
		for i, q := range p {
			if r.Float64() < q {
				mask |= 1 << i
			}
		}
		if mask > 0 {
			tab.counts[mask]++
		}
	}
	return tab
}

// With independent lists all families must come near the truth, for any number
// of lists; those that cannot take so many must say so.
func TestAssessRecoversIndependentLists(t *testing.T) {
	for _, lists := range []int{3, 5, 6, 12} {
		p := make([]float64, lists)
		for i := range p {
			p[i] = 0.1 + 0.02*float64(i%5)
		}
		o := short(Options{})
		o.Rounds = 4000
		if lists > 6 {
			o.Rounds, o.Chains, o.Resamples = 400, 2, 5
		}
		tab := invented(t, uint64(lists), 5000, p)
		r := assess(t, tab, o)
		for _, f := range []Family{FamilyIndependence, FamilyBIC, FamilyStepwise} {
			e := r.find(f)
			if e == nil {
				t.Fatalf("%d lists: no %s: %v", lists, f, r.Refusals)
			}
			near(t, string(f), e.Point, 5000, 0.2)
		}
		if e := r.find(FamilyGraphs); (e != nil) != (lists <= maxGraphLists) {
			t.Errorf("%d lists: graphs %v", lists, e)
		}
		verdictIsHonest(t, r)
	}
}
