package stats

import (
	"context"
	"math"
	"math/rand/v2"
)

// A Bootstrap is the interval of a stepwise estimate that includes the choice
// of the model: every resample chooses anew.
type Bootstrap struct {
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	OpenHigh bool    `json:"open_high,omitempty"` // resamples without an estimate reach the upper limit
	// Resamples asked for, and how many of them had no estimate; those count as
	// larger than any number.
	Resamples int     `json:"resamples"`
	Without   int     `json:"without"`
	Bias      float64 `json:"bias"`         // z0 of the correction
	Skew      float64 `json:"acceleration"` // a of the correction
}

// BootstrapStepwise resamples the observed people, repeats Stepwise with the
// same threshold, and corrects the percentiles for bias and acceleration (BCa; DiCiccio and
// Efron 1996; Chan, Silverman and Vincent 2021, section 3.3). fit is the estimate of t itself.
func BootstrapStepwise(ctx context.Context, t *Table, fit *Fit, threshold float64, o Options) (*Bootstrap, error) {
	o = o.withDefaults()
	j := len(t.Lists)
	totals := make([]float64, o.Resamples)
	shops := make([]*workshop, o.Workers)
	err := forEach(ctx, o.Resamples, o.Workers, func(worker, i int) {
		if shops[worker] == nil {
			shops[worker] = newWorkshop(t)
		}
		w := shops[worker]
		r := rand.New(rand.NewPCG(o.Seed, streamBootstrap+uint64(i)))
		resample(r, t.counts, w.n, w.y)
		totals[i] = w.stepwiseTotal(threshold)
	})
	if err != nil {
		return nil, err
	}
	out := &Bootstrap{Resamples: o.Resamples}
	below := 0
	for _, v := range totals {
		if math.IsInf(v, 1) {
			out.Without++
		} else if v < fit.Total {
			below++
		}
	}
	size := float64(o.Resamples)
	out.Bias = normalQuantile(min(max(float64(below)/size, 0.5/size), 1-0.5/size))
	out.Skew = acceleration(newWorkshop(t), threshold, 1<<j)
	sorted := sortedCopy(totals)
	tail := (1 - fit.Level) / 2
	out.Low = quantile(sorted, out.adjusted(tail))
	out.High = quantile(sorted, out.adjusted(1-tail))
	if math.IsInf(out.High, 1) || math.IsNaN(out.High) {
		out.OpenHigh = true
		out.High = largestFinite(sorted, fit.Total)
	}
	if math.IsInf(out.Low, 1) || math.IsNaN(out.Low) {
		return nil, refuse(RefuseUnbounded)
	}
	return out, nil
}

func largestFinite(sorted []float64, least float64) float64 {
	for i := len(sorted) - 1; i >= 0; i-- {
		if !math.IsInf(sorted[i], 1) {
			return max(sorted[i], least)
		}
	}
	return least
}

// adjusted is the percentile that takes the place of p.
func (b *Bootstrap) adjusted(p float64) float64 {
	z := b.Bias + normalQuantile(p)
	return normalCDF(b.Bias + z/(1-b.Skew*z))
}

// resample draws n people with replacement from counts into y.
func resample(r *rand.Rand, counts []int64, n float64, y []float64) {
	left, rest := int64(n), n
	for c, k := range counts {
		y[c] = 0
		if k == 0 || left == 0 {
			continue
		}
		got := left
		if p := float64(k) / rest; p < 1 {
			got = int64(binomial(r, int(left), p))
		}
		y[c] = float64(got)
		left -= got
		rest -= float64(k)
	}
}

// stepwiseTotal is the estimate for w.y; infinite when there is none.
func (w *workshop) stepwiseTotal(threshold float64) float64 {
	if _, err := w.stepwise(threshold); err != nil {
		return math.Inf(1)
	}
	n := 0.0
	for _, v := range w.y {
		n += v
	}
	return n + math.Exp(w.f.beta[0])
}

// acceleration is a sixth of the skewness of the leave-one-person-out estimates;
// people with one history are alike, so there is one estimate per history.
func acceleration(w *workshop, threshold float64, cells int) float64 {
	est := make([]float64, cells)
	sum, n := 0.0, 0.0
	counts := w.t.values()
	for c, k := range counts {
		if k == 0 {
			continue
		}
		copy(w.y, counts)
		w.y[c]--
		if est[c] = w.stepwiseTotal(threshold); math.IsInf(est[c], 1) {
			return 0 // one person decides whether there is an estimate: no correction
		}
		sum += k * est[c]
		n += k
	}
	var two, three float64
	for c, k := range counts {
		if k > 0 {
			d := sum/n - est[c]
			two += k * d * d
			three += k * d * d * d
		}
	}
	if two == 0 {
		return 0
	}
	return three / (6 * math.Pow(two, 1.5))
}
