package stats

import (
	"math"
	"math/bits"
	"slices"
)

// Criterion is how models are compared.
type Criterion string

// The criteria: Schwarz's and Akaike's. Smaller is better.
const (
	BIC Criterion = "bic"
	AIC Criterion = "aic"
)

func (c Criterion) of(f *Fit) float64 {
	if c == AIC {
		return f.AIC
	}
	return f.BIC
}

// A Selection is the outcome of a search among hierarchical log-linear models.
type Selection struct {
	Best       *Fit      `json:"best"`
	Criterion  Criterion `json:"criterion"`
	Exhaustive bool      `json:"exhaustive"` // every hierarchical model was tried
	Fits       []*Fit    `json:"fits"`       // all that were fitted, best first
	// Refused are the models without an estimate, each with the reason, in the
	// order in which they were met.
	Refused []Message `json:"refused,omitempty"`
}

// exhaustiveLists is the greatest number of lists of which all models are tried
// (four have 113, five would have 7,579).
const exhaustiveLists = 4

// SelectModel searches the hierarchical models: all of them up to four lists;
// beyond, steps forward and back over terms of two and three lists. Models
// whose estimate does not exist or is not identifiable are named, not fitted. The refusal
// RefuseNoModel says that none is left; the selection then names the refused ones and has no Best.
func SelectModel(t *Table, c Criterion, level float64) (*Selection, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	s := &search{w: newWorkshop(t), c: c, level: level, seen: map[string]*Fit{}}
	j := len(t.Lists)
	if j <= exhaustiveLists {
		for _, m := range hierarchicalModels(j) {
			s.try(m)
		}
	} else {
		s.walk(mainEffects(j))
	}
	out := &Selection{Criterion: c, Exhaustive: j <= exhaustiveLists, Refused: s.refused}
	for _, f := range s.seen {
		if f != nil {
			out.Fits = append(out.Fits, f)
		}
	}
	if len(out.Fits) == 0 {
		return out, refuse(RefuseNoModel)
	}
	slices.SortFunc(out.Fits, func(a, b *Fit) int { return s.compare(a, b) })
	out.Best = out.Fits[0]
	return out, nil
}

type search struct {
	w       *workshop
	c       Criterion
	level   float64
	seen    map[string]*Fit // nil: refused
	refused []Message
}

// compare orders by criterion, then by simplicity and name, so that ties do not
// depend on the order of the search.
func (s *search) compare(a, b *Fit) int {
	x, y := s.c.of(a), s.c.of(b)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	case len(a.Model.terms) != len(b.Model.terms):
		return len(a.Model.terms) - len(b.Model.terms)
	case a.Name < b.Name:
		return -1
	}
	return 1
}

func (s *search) try(m Model) *Fit {
	name := m.Name()
	if f, ok := s.seen[name]; ok {
		return f
	}
	f, err := s.w.fitted(m, s.level)
	if r, ok := refusalOf("", err); ok {
		s.refused = append(s.refused, r.Message)
	}
	s.seen[name] = f
	return f
}

// walk steps from m to the best neighbour until none is better.
func (s *search) walk(m Model) {
	current := s.try(m)
	for current != nil {
		best := current
		for _, next := range s.neighbours(current.Model) {
			if f := s.try(next); f != nil && s.compare(f, best) < 0 {
				best = f
			}
		}
		if best == current {
			return
		}
		current = best
	}
}

// forwardWidth is how many additions are fitted at each step, the most
// promising by their score.
const forwardWidth = 6

func (s *search) neighbours(m Model) []Model {
	var out []Model
	for _, t := range m.generators() {
		if bits.OnesCount(uint(t)) >= 2 {
			out = append(out, m.drop(t))
		}
	}
	type addition struct {
		term  int
		score float64
	}
	var adds []addition
	score := s.w.scores(m)
	for _, t := range masksBySize(m.lists) {
		size := bits.OnesCount(uint(t))
		if size < 2 || size > 3 || size >= m.lists || m.has(t) || len(m.with(t).terms) != len(m.terms)+1 {
			continue
		}
		adds = append(adds, addition{t, score(t)})
	}
	slices.SortStableFunc(adds, func(a, b addition) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	for _, a := range adds[:min(len(adds), forwardWidth)] {
		out = append(out, m.with(a.term))
	}
	return out
}

// scores fits m and gives the score statistic of a further term (Rao 1948): the
// squared difference between the people observed and expected on its lists, over its variance.
func (w *workshop) scores(m Model) func(term int) float64 {
	s := supportOf(m, w.y, w.f.use, w.above)
	if _, ok := w.f.fit(w.y, s.terms, false); !ok {
		return func(int) float64 { return 0 }
	}
	return func(term int) float64 {
		u := w.above[term] - w.f.weight[term]
		v := make([]float64, len(s.terms))
		for i, t := range s.terms {
			v[i] = w.f.weight[t|term]
		}
		x := slices.Clone(v)
		choleskySolve(w.f.info, len(v), x)
		rest := w.f.weight[term]
		for i := range v {
			rest -= v[i] * x[i]
		}
		if rest <= 1e-9 {
			return 0
		}
		return u * u / rest
	}
}

// An Averaged estimate mixes the fitted models of a selection by their weight,
// exp(-criterion/2) (Buckland, Burnham and Augustin 1997). The unseen follow
// a mixture of the models' lognormal distributions; Total is its median.
type Averaged struct {
	Total  float64 `json:"total"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Models int     `json:"models"` // with a weight of at least a thousandth
	Top    float64 `json:"top"`    // weight of the best
}

// Average mixes the models of a selection.
func Average(s *Selection) *Averaged {
	best := s.Criterion.of(s.Best)
	weights := make([]float64, len(s.Fits))
	sum := 0.0
	for i, f := range s.Fits {
		weights[i] = math.Exp((best - s.Criterion.of(f)) / 2)
		sum += weights[i]
	}
	out := &Averaged{Top: weights[0] / sum}
	for i := range weights {
		if weights[i] /= sum; weights[i] >= 0.001 {
			out.Models++
		}
	}
	at := func(p float64) float64 {
		lo, hi := s.Best.logF0, s.Best.logF0
		for _, f := range s.Fits {
			lo = min(lo, f.logF0-8*math.Sqrt(f.varF0))
			hi = max(hi, f.logF0+8*math.Sqrt(f.varF0))
		}
		for range 100 {
			mid := (lo + hi) / 2
			cdf := 0.0
			for i, f := range s.Fits {
				cdf += weights[i] * normalCDF((mid-f.logF0)/math.Sqrt(f.varF0))
			}
			if cdf < p {
				lo = mid
			} else {
				hi = mid
			}
		}
		return s.Best.N + math.Exp((lo+hi)/2)
	}
	tail := (1 - s.Best.Level) / 2
	out.Total, out.Low, out.High = at(0.5), at(tail), at(1-tail)
	return out
}
