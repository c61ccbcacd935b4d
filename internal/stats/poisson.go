package stats

import "math"

// fitter fits log-linear Poisson models to tables of j lists by iteratively
// reweighted least squares. It holds the scratch space, so that thousands of
// fits allocate nothing; one goroutine uses one fitter.
type fitter struct {
	j      int
	use    []bool    // by cell: takes part in the fit
	mu     []float64 // by cell: expected count; also of cell 0 and of left-out cells
	eta    []float64
	work   []float64 // lattice sums
	weight []float64
	info   []float64 // p by p, then its Cholesky factor
	beta   []float64 // by term
}

func newFitter(j int) *fitter {
	n := 1 << j
	return &fitter{j: j, use: make([]bool, n), mu: make([]float64, n), eta: make([]float64, n),
		work: make([]float64, n), weight: make([]float64, n)}
}

const (
	fitRounds    = 200
	fitTolerance = 1e-11 // relative change of the deviance
	etaMost      = 600   // exp of more overflows in products
)

// fit estimates the coefficients of terms (0, the intercept, first) from y over
// the cells of f.use. It returns the deviance, and false when the rounds do not converge
// or the information is singular. Afterwards f.beta, f.mu and the factor in
// f.info belong to this fit. warm starts from f.mu.
//
// McCullagh and Nelder (1989), section 2.5.
func (f *fitter) fit(y []float64, terms []int, warm bool) (deviance float64, ok bool) {
	p := len(terms)
	f.grow(p)
	for c := range y {
		if f.use[c] && (!warm || !(f.mu[c] > 1e-8)) {
			f.mu[c] = y[c] + 0.1
		}
	}
	last := math.Inf(1)
	for range fitRounds {
		if !f.round(y, terms) {
			return 0, false
		}
		d := f.deviance(y)
		if math.Abs(d-last) <= fitTolerance*(math.Abs(d)+0.1) {
			return d, f.factor(terms)
		}
		last = d
	}
	return last, false
}

func (f *fitter) grow(p int) {
	if cap(f.info) < p*p {
		f.info = make([]float64, p*p)
		f.beta = make([]float64, p)
	}
	f.info, f.beta = f.info[:p*p], f.beta[:p]
}

// round solves the weighted least squares problem at f.mu and moves there.
func (f *fitter) round(y []float64, terms []int) bool {
	for c, mu := range f.mu {
		if f.use[c] {
			f.work[c] = mu*math.Log(mu) + y[c] - mu
		} else {
			f.work[c] = 0
		}
	}
	sumAbove(f.work)
	for i, t := range terms {
		f.beta[i] = f.work[t]
	}
	if !f.factor(terms) {
		return false
	}
	choleskySolve(f.info, len(terms), f.beta)
	f.predict(terms)
	return true
}

// factor computes the information matrix at f.mu and its Cholesky factor.
func (f *fitter) factor(terms []int) bool {
	for c, mu := range f.mu {
		f.weight[c] = 0
		if f.use[c] {
			f.weight[c] = mu
		}
	}
	sumAbove(f.weight)
	p := len(terms)
	for i, a := range terms {
		for k, b := range terms[:i+1] {
			f.info[i*p+k] = f.weight[a|b]
		}
	}
	return cholesky(f.info, p)
}

// predict sets f.mu of every cell from f.beta.
func (f *fitter) predict(terms []int) {
	clear(f.eta)
	for i, t := range terms {
		f.eta[t] = f.beta[i]
	}
	sumBelow(f.eta)
	for c, e := range f.eta {
		f.mu[c] = math.Exp(min(max(e, -etaMost), etaMost))
	}
}

func (f *fitter) deviance(y []float64) float64 {
	d := 0.0
	for c, mu := range f.mu {
		if !f.use[c] {
			continue
		}
		d += mu - y[c]
		if y[c] > 0 {
			d += y[c] * math.Log(y[c]/mu)
		}
	}
	return 2 * d
}

// variance is the variance of the coefficient of term i after fit.
func (f *fitter) variance(i int) float64 {
	p := len(f.beta)
	e := make([]float64, p)
	e[i] = 1
	choleskySolve(f.info, p, e)
	return e[i]
}

// logLikelihood of the cells in use: Poisson, with the factorials.
func (f *fitter) logLikelihood(y []float64) float64 {
	l := 0.0
	for c, mu := range f.mu {
		if f.use[c] {
			l += y[c]*math.Log(mu) - mu - lgamma(y[c]+1)
		}
	}
	return l
}
