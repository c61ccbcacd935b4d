package stats

import "math"

// A Fit is a log-linear Poisson model fitted to a table.
type Fit struct {
	Model Model   `json:"-"`
	Name  string  `json:"model"` // see Model.Name
	Total float64 `json:"total"` // observed and unseen
	SE    float64 `json:"se"`    // of Total; Rivest and Baillargeon (2007)
	Low   float64 `json:"low"`   // normal interval of the intercept
	High  float64 `json:"high"`  // … that is, lognormal for the unseen
	Level float64 `json:"level"` // of the interval, such as 0.95
	AIC   float64 `json:"aic"`   // Akaike's criterion
	BIC   float64 `json:"bic"`   // Schwarz's, with the number of people observed
	Dev   float64 `json:"dev"`   // deviance
	Free  int     `json:"free"`  // degrees of freedom of the deviance
	Empty int     `json:"empty"` // terms at minus infinity, see package sources
	N     float64 `json:"-"`     // observed
	logF0 float64 // intercept: the logarithm of the expected number unseen
	varF0 float64
	s     support
}

// FitModel fits one model. The refusals are RefuseNotIdentifiable,
// RefuseNoEstimate and RefuseNotConverged; table.Check is the caller's affair.
func FitModel(t *Table, m Model, level float64) (*Fit, error) {
	return newWorkshop(t).fitted(m, level)
}

// workshop fits models to one table.
type workshop struct {
	t     *Table
	y     []float64
	n     float64
	f     *fitter
	above []float64
}

func newWorkshop(t *Table) *workshop {
	w := &workshop{t: t, y: t.values(), f: newFitter(len(t.Lists)), above: make([]float64, len(t.counts))}
	w.n = float64(t.Observed())
	return w
}

// checked prepares the fit of m and refuses what has no estimate.
func (w *workshop) checked(m Model) (support, error) {
	s := supportOf(m, w.y, w.f.use, w.above)
	switch s.check(w.y) {
	case notIdentifiable:
		return s, refuse(RefuseNotIdentifiable, "model", m.Name())
	case noEstimate:
		return s, refuse(RefuseNoEstimate, "model", m.Name())
	}
	return s, nil
}

func (w *workshop) fitted(m Model, level float64) (*Fit, error) {
	s, err := w.checked(m)
	if err != nil {
		return nil, err
	}
	dev, ok := w.f.fit(w.y, s.terms, false)
	if !ok {
		return nil, refuse(RefuseNotConverged, "model", m.Name())
	}
	fit := &Fit{Model: m, Name: m.Name(), N: w.n, Dev: dev, Level: level, Empty: len(s.empty), s: s}
	fit.s.use = append([]bool(nil), s.use...)
	fit.logF0, fit.varF0 = w.f.beta[0], w.f.variance(0)
	f0 := math.Exp(fit.logF0)
	fit.Total = w.n + f0
	fit.SE = math.Sqrt(f0 + f0*f0*fit.varF0)
	z := normalQuantile((1 + level) / 2)
	fit.Low = w.n + math.Exp(fit.logF0-z*math.Sqrt(fit.varF0))
	fit.High = w.n + math.Exp(fit.logF0+z*math.Sqrt(fit.varF0))
	params := float64(len(s.terms) + len(s.empty))
	ll := w.f.logLikelihood(w.y)
	fit.AIC = 2*params - 2*ll
	fit.BIC = math.Log(w.n)*params - 2*ll
	for _, u := range s.use {
		if u {
			fit.Free++
		}
	}
	fit.Free -= len(s.terms)
	return fit, nil
}

// Independence fits the model in which no list depends on another.
func Independence(t *Table, level float64) (*Fit, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	return FitModel(t, mainEffects(len(t.Lists)), level)
}
