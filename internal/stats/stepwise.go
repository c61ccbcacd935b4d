package stats

import (
	"math"
	"slices"
)

// Stepwise adds terms of two lists, one by one, to the model of independence:
// each time the one whose overlap is least likely under the model so far, when its one-sided
// Poisson probability is below threshold (usually 0.02) and the larger model has
// an estimate (Chan, Silverman and Vincent 2021, section 3.2). With threshold 0 it is
// Independence.
func Stepwise(t *Table, threshold, level float64) (*Fit, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	w := newWorkshop(t)
	m, err := w.stepwise(threshold)
	if err != nil {
		return nil, err
	}
	return w.fitted(m, level)
}

// stepwise chooses the model. Afterwards w.f holds its fit.
func (w *workshop) stepwise(threshold float64) (Model, error) {
	m := mainEffects(len(w.t.Lists))
	s, err := w.checked(m)
	if err != nil {
		return m, err
	}
	if _, ok := w.f.fit(w.y, s.terms, false); !ok {
		return m, refuse(RefuseNotConverged, "model", m.Name())
	}
	pairs := pairTerms(len(w.t.Lists))
	for {
		next, s, ok := w.nextTerm(m, pairs, threshold)
		if !ok {
			return m, nil
		}
		copy(w.f.use, s.use)
		if _, ok := w.f.fit(w.y, s.terms, false); !ok {
			return next, refuse(RefuseNotConverged, "model", next.Name())
		}
		m = next
	}
}

// nextTerm is m with the least likely overlap added. Expectations are those of
// the fit that w.f holds; the check is made in order of likelihood only until one passes.
func (w *workshop) nextTerm(m Model, pairs []int, threshold float64) (Model, support, bool) {
	type candidate struct {
		term int
		logP float64
	}
	var list []candidate
	for _, t := range pairs {
		if m.has(t) {
			continue
		}
		if p := logPoissonTail(w.above[t], w.f.weight[t]); p < math.Log(threshold) {
			list = append(list, candidate{t, p})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		switch {
		case a.logP < b.logP:
			return -1
		case a.logP > b.logP:
			return 1
		}
		return 0
	})
	for _, c := range list {
		next := m.with(c.term)
		s := supportOf(next, w.y, make([]bool, len(w.y)), w.above)
		if s.check(w.y) == fits {
			return next, s, true
		}
	}
	return m, support{}, false
}

// pairTerms are the terms of two lists in the order 12, 13, 14, 23 ….
func pairTerms(lists int) []int {
	var out []int
	for i := range lists {
		for k := i + 1; k < lists; k++ {
			out = append(out, 1<<i|1<<k)
		}
	}
	return out
}
