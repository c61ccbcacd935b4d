package stats

import "math"

// A Profile is the multinomial estimate of a total with the interval of its
// profile likelihood. The interval is not symmetric and never below the number
// observed.
type Profile struct {
	Total    float64 `json:"total"` // where the likelihood is highest
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	OpenHigh bool    `json:"open_high,omitempty"` // the likelihood never falls far enough: no upper limit
}

// profileMost is how many times the Poisson estimate of the total is searched
// for the upper limit.
const profileMost = 1000

// ProfileInterval computes the profile likelihood of the total under the model
// of fit, a multinomial one (Cormack 1992): for each number of unseen people the
// model is fitted to the completed table.
func ProfileInterval(t *Table, fit *Fit) (*Profile, error) {
	p := newProfiler(t, fit)
	least, most := math.Log(0.01), math.Log(profileMost*fit.Total) // of the unseen
	top, ok := p.maximum(least, max(least+1, min(most, fit.logF0+2)))
	if !ok {
		return nil, refuse(RefuseNotConverged, "model", fit.Name)
	}
	z := normalQuantile((1 + fit.Level) / 2)
	floor := p.at(top) - z*z/2 // half the quantile of chi-squared with 1 degree of freedom
	out := &Profile{Total: fit.N + math.Exp(top), Low: fit.N}
	if p.at(least) < floor {
		out.Low = fit.N + math.Exp(p.cross(least, top, floor))
	}
	if p.at(most) < floor {
		out.High = fit.N + math.Exp(p.cross(most, top, floor))
	} else {
		out.High, out.OpenHigh = fit.N+math.Exp(most), true
	}
	return out, nil
}

type profiler struct {
	f     *fitter
	y     []float64
	terms []int
	n     float64
}

func newProfiler(t *Table, fit *Fit) *profiler {
	p := &profiler{f: newFitter(len(t.Lists)), y: t.values(), terms: fit.s.terms, n: fit.N}
	copy(p.f.use, fit.s.use)
	p.f.use[0] = true
	return p
}

// at is the profile log-likelihood, up to a constant, when exp(x) people are unseen.
func (p *profiler) at(x float64) float64 {
	f0 := math.Exp(x)
	p.y[0] = f0
	dev, ok := p.f.fit(p.y, p.terms, true) // from the neighbour asked for last
	if !ok {
		if dev, ok = p.f.fit(p.y, p.terms, false); !ok {
			return math.Inf(-1)
		}
	}
	// the deviance measures the fit against the saturated table; the number of
	// ways to choose the unseen is what the multinomial adds to it
	total := p.n + f0
	return -dev/2 + f0*x - total*math.Log(total) + lgamma(total+1) - lgamma(f0+1)
}

// maximum finds the highest point between lo and hi by golden sections.
func (p *profiler) maximum(lo, hi float64) (float64, bool) {
	const golden = 0.6180339887498949
	a, b := hi-golden*(hi-lo), lo+golden*(hi-lo)
	fa, fb := p.at(a), p.at(b)
	for hi-lo > 1e-7 {
		if fa >= fb {
			hi, b, fb = b, a, fa
			a = hi - golden*(hi-lo)
			fa = p.at(a)
		} else {
			lo, a, fa = a, b, fb
			b = lo + golden*(hi-lo)
			fb = p.at(b)
		}
	}
	x := (lo + hi) / 2
	return x, !math.IsInf(p.at(x), -1)
}

// cross finds between outside (below floor) and inside (above it) where the
// likelihood passes floor.
func (p *profiler) cross(outside, inside, floor float64) float64 {
	for math.Abs(inside-outside) > 1e-9 {
		if mid := (inside + outside) / 2; p.at(mid) < floor {
			outside = mid
		} else {
			inside = mid
		}
	}
	return inside
}
