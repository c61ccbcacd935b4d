package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The pathological table of Chan, Silverman and Vincent: each model's fate.
func TestExistencePathological(t *testing.T) {
	tab := table(t, pathology)
	for _, c := range []struct {
		model string
		want  fitness
	}{
		{"[1,2,3]", fits}, {"[13,23]", fits}, {"[13,2]", fits}, {"[1,23]", fits},
		{"[12,3]", noEstimate}, {"[12,13]", noEstimate}, {"[12,23]", noEstimate},
		{"[12,13,23]", notIdentifiable},
	} {
		m, err := ParseModel(3, c.model)
		if err != nil {
			t.Fatal(err)
		}
		y := tab.values()
		if got := supportOf(m, y, make([]bool, 8), make([]float64, 8)).check(y); got != c.want {
			t.Errorf("%s: %d, want %d", c.model, got, c.want)
		}
	}
}

// TestExistenceAgainstClimbing checks the decision against what the likelihood does:
// where the estimate exists, climbing reaches a flat top; where it does not,
// some expected count sinks towards 0 for ever.
func TestExistenceAgainstClimbing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[fitness]int{}
	for range 3000 {
		lists := 3 + r.IntN(2)
		models := hierarchicalModels(lists)
		m := models[r.IntN(len(models))]
		y := make([]float64, 1<<lists)
		for c := 1; c < len(y); c++ {
			if r.Float64() < 0.4 {
				y[c] = float64(1 + r.IntN(30))
			}
		}
		if y[1] == 0 {
			y[1] = 3
		}
		f := newFitter(lists)
		s := supportOf(m, y, f.use, make([]float64, len(y)))
		verdict := s.check(y)
		seen[verdict]++
		if verdict == notIdentifiable {
			if f.fit(y, s.terms, false); f.factor(s.terms) {
				t.Fatalf("%s on %v is called not identifiable, but its information is regular", m.Name(), y)
			}
			continue
		}
		_, ok := f.fit(y, s.terms, false)
		least := math.Inf(1)
		for c, mu := range f.mu {
			if f.use[c] {
				least = min(least, mu)
			}
		}
		sunk := !ok || least < 1e-7
		if verdict == fits && sunk || verdict == noEstimate && !sunk {
			t.Fatalf("%s on %v: verdict %d, smallest expected count %g, converged %v", m.Name(), y, verdict, least, ok)
		}
	}
	for _, v := range []fitness{fits, notIdentifiable, noEstimate} {
		if seen[v] < 50 {
			t.Errorf("verdict %d came up %d times: the test is blind to it", v, seen[v])
		}
	}
}

// At the top of the likelihood, observed and expected agree in every term.
func TestFitMatchesMargins(t *testing.T) {
	tab := kosovo(t)
	for _, m := range hierarchicalModels(4) {
		w := newWorkshop(tab)
		s, err := w.checked(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := w.f.fit(w.y, s.terms, false); !ok {
			t.Fatalf("%s does not converge", m.Name())
		}
		for _, term := range s.terms {
			if math.Abs(w.above[term]-w.f.weight[term]) > 1e-5*w.above[term] {
				t.Errorf("%s, term %s: observed %.6f, expected %.6f", m.Name(), signs(term), w.above[term], w.f.weight[term])
			}
		}
	}
}

func TestHierarchicalModels(t *testing.T) {
	for lists, want := range map[int]int{2: 1, 3: 8, 4: 113} {
		names := map[string]bool{}
		for _, m := range hierarchicalModels(lists) {
			names[m.Name()] = true
			again, err := ParseModel(lists, m.Name())
			if err != nil || again.Name() != m.Name() || len(again.terms) != len(m.terms) {
				t.Errorf("%s reads back as %s (%v)", m.Name(), again.Name(), err)
			}
		}
		if len(names) != want {
			t.Errorf("%d models of %d lists, want %d", len(names), lists, want)
		}
	}
	for _, bad := range []string{"", "[", "[15]", "[123]", "[x]", "123"} {
		if _, err := ParseModel(3, bad); err == nil {
			t.Errorf("%q is accepted as a model", bad)
		}
	}
	m, _ := ParseModel(4, "[123,14]")
	if got := m.Interactions([]string{"a", "b", "c", "d"}); len(got) != 2 || len(got[1]) != 3 || got[0][1] != "d" {
		t.Errorf("interactions %v", got)
	}
}
