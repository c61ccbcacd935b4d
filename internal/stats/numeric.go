package stats

import (
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// normalQuantile is the inverse of the standard normal distribution function.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

func normalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// logPoissonTail is the logarithm of the smaller tail of a Poisson variable with
// mean at k: P(X >= k) or P(X <= k), k included.
func logPoissonTail(k, mean float64) float64 {
	if mean <= 0 {
		if k > 0 {
			return math.Inf(-1)
		}
		return 0
	}
	upper, lower := 0.0, logGammaQ(k+1, mean)
	if k > 0 {
		upper = logGammaP(k, mean)
	}
	return min(upper, lower)
}

// logGammaP is the logarithm of the regularised lower incomplete gamma function
// P(a, x); logGammaQ that of its complement (Abramowitz and Stegun 6.5.29, 6.5.31).
func logGammaP(a, x float64) float64 {
	if x < a+1 {
		return logGammaSeries(a, x)
	}
	return math.Log1p(-math.Exp(logGammaFraction(a, x)))
}

func logGammaQ(a, x float64) float64 {
	if x < a+1 {
		return math.Log1p(-min(1, math.Exp(logGammaSeries(a, x))))
	}
	return logGammaFraction(a, x)
}

func logGammaSeries(a, x float64) float64 {
	sum, term := 1.0, 1.0
	for n := 1.0; n < 1e6; n++ {
		term *= x / (a + n)
		sum += term
		if term < sum*1e-16 {
			break
		}
	}
	return a*math.Log(x) - x - lgamma(a+1) + math.Log(sum)
}

// logGammaFraction evaluates the continued fraction by Lentz's method.
func logGammaFraction(a, x float64) float64 {
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	h := d
	for i := 1.0; i < 1e6; i++ {
		an := -i * (i - a)
		b += 2
		if d = an*d + b; math.Abs(d) < tiny {
			d = tiny
		}
		if c = b + an/c; math.Abs(c) < tiny {
			c = tiny
		}
		d = 1 / d
		h *= d * c
		if math.Abs(d*c-1) < 1e-15 {
			break
		}
	}
	return a*math.Log(x) - x - lgamma(a) + math.Log(h)
}

// quantile interpolates between the order statistics of sorted values
// (Hyndman and Fan 1996, type 7).
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	h := p * float64(len(sorted)-1)
	i := int(math.Floor(h))
	if i >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	lo, hi := sorted[i], sorted[i+1]
	if lo == hi || h == float64(i) {
		return lo
	}
	return lo + (h-float64(i))*(hi-lo)
}

func sortedCopy(v []float64) []float64 {
	c := slices.Clone(v)
	slices.Sort(c)
	return c
}

// forEach runs f for 0 … n-1 on at most workers goroutines and stops early when
// ctx ends. worker tells the goroutines apart, for scratch space.
func forEach(ctx context.Context, n, workers int, f func(worker, i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range max(1, min(workers, n)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(w, i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
