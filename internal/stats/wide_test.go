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

// Small and odd tables, as strata are: whatever comes out is in order, and a
// report can always be written down (JSON has no infinity and no NaN).
func TestAssessOddTables(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 1))
	o := Options{Rounds: 200, BurnIn: 50, Thin: 5, Chains: 2, Resamples: 20}
	for i := range 150 {
		lists := 3 + r.IntN(3)
		tab := invented(t, uint64(100+i), 5+r.IntN(120), []float64{0.9, 0.5, 0.3, 0.1, 0.05}[:lists])
		if i%3 == 0 { // lists that hardly meet
			for mask := range tab.counts {
				if mask&(mask-1) != 0 && r.Float64() < 0.8 {
					tab.counts[mask] = 0
				}
			}
		}
		if tab.Observed() == 0 {
			continue
		}
		rep := assess(t, tab, o)
		asJSON(t, rep)
		for _, e := range rep.Estimates {
			// the corrected bootstrap may leave its own point outside
			inside := e.Low <= e.Point+1e-6 && e.Point <= e.High+1e-6 || e.Interval == IntervalBootstrap
			if !inside || e.Low < float64(tab.Observed())-1e-6 {
				t.Errorf("%v: %+v", tab.Cells(), e)
			}
		}
		for _, m := range rep.Refusals {
			everyPlaceholder(t, catalogue(t), m.Message)
		}
		verdictIsHonest(t, rep)
	}
}

// Chains that have hardly begun disagree: their result is named, not quoted.
func TestChainsThatDisagreeAreRefused(t *testing.T) {
	o := short(Options{})
	o.Rounds, o.BurnIn, o.Thin = 30, 1, 1
	p, err := LatentClasses(t.Context(), kosovo(t), o)
	if keyOf(err) != RefuseChains || p == nil || p.RHat <= MostRHat {
		t.Fatalf("%+v %v", p, err)
	}
	r := assess(t, kosovo(t), o)
	if r.find(FamilyLatent) != nil || r.Latent == nil {
		t.Error("the result of the chains stands among the estimates")
	}
	said := false
	for _, b := range r.Verdict.Because {
		said = said || b.Key == becauseChains
	}
	if !said {
		t.Errorf("the verdict keeps silent about it: %v", r.Verdict)
	}
}
