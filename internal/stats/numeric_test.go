package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestPoissonTail(t *testing.T) {
	for _, mean := range []float64{0.3, 2, 7.5, 40, 300, 2000} {
		for _, k := range []float64{0, 1, 2, 5, 20, 39, 40, 41, 250, 300, 400, 1900, 2100} {
			lower, upper := 0.0, 0.0
			for i := 0.0; i <= 5000; i++ {
				p := math.Exp(i*math.Log(mean) - mean - lgamma(i+1))
				if i <= k {
					lower += p
				}
				if i >= k {
					upper += p
				}
			}
			want := math.Log(min(lower, upper))
			if got := logPoissonTail(k, mean); want > -700 && math.Abs(got-want) > 1e-8*(1+math.Abs(want)) {
				t.Errorf("tail of %g at mean %g is %g, want %g", k, mean, got, want)
			}
		}
	}
	if logPoissonTail(0, 0) != 0 || !math.IsInf(logPoissonTail(1, 0), -1) {
		t.Error("mean 0")
	}
}

func TestNormal(t *testing.T) {
	for p, z := range map[float64]float64{0.5: 0, 0.975: 1.959963984540054, 0.025: -1.959963984540054, 0.99: 2.3263478740408408} {
		if math.Abs(normalQuantile(p)-z) > 1e-9 || math.Abs(normalCDF(z)-p) > 1e-12 {
			t.Errorf("quantile of %g is %g, want %g", p, normalQuantile(p), z)
		}
	}
}

func TestQuantile(t *testing.T) {
	v := []float64{1, 2, 4, 8}
	for p, want := range map[float64]float64{0: 1, 0.5: 3, 1: 8, 1.0 / 3: 2, 0.9: 6.8} {
		if got := quantile(v, p); math.Abs(got-want) > 1e-12 {
			t.Errorf("quantile %g is %g, want %g", p, got, want)
		}
	}
	if !math.IsNaN(quantile(nil, 0.5)) {
		t.Error("of nothing")
	}
}

// Every sampler against the mean and variance of its distribution, within five
// standard errors, and the discrete ones against single probabilities.
func TestSamplers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const draws = 200_000
	check := func(name string, mean, variance float64, draw func() float64) {
		t.Helper()
		sum, squares := 0.0, 0.0
		for range draws {
			d := draw() - mean
			sum += d
			squares += d * d
		}
		if off := sum / draws; math.Abs(off) > 5*math.Sqrt(variance/draws) {
			t.Errorf("%s: mean off by %g", name, off)
		}
		if got := squares / draws; math.Abs(got-variance) > 0.05*variance {
			t.Errorf("%s: variance %g, want %g", name, got, variance)
		}
	}
	for _, c := range []struct {
		n int
		p float64
	}{{1, 0.3}, {5, 0.01}, {40, 0.2}, {1000, 0.003}, {200, 0.4}, {1131, 0.73}, {100000, 0.02}} {
		mean := float64(c.n) * c.p
		check("binomial", mean, mean*(1-c.p), func() float64 { return float64(binomial(r, c.n, c.p)) })
		mode := math.Floor(mean)
		n := float64(c.n)
		p := math.Exp(lgamma(n+1) - lgamma(mode+1) - lgamma(n-mode+1) + mode*math.Log(c.p) + (n-mode)*math.Log1p(-c.p))
		check("binomial at its mode", p, p*(1-p), func() float64 { return indicator(binomial(r, c.n, c.p) == int(mode)) })
	}
	for _, mean := range []float64{0.2, 3, 9.9, 10.1, 50, 6000} {
		check("poisson", mean, mean, func() float64 { return float64(poisson(r, mean)) })
	}
	for _, shape := range []float64{1, 2.5, 300} {
		check("gamma", shape, shape, func() float64 { return gamma(r, shape) })
	}
	check("small gamma", 0.4, 0.4, func() float64 { return math.Exp(logGamma(r, 0.4)) })
	check("beta", 0.25, 0.25*0.75/9, func() float64 { return beta(r, 2, 6) })
	check("uniform beta", 0.5, 1.0/12, func() float64 { return beta(r, 1, 1) })
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Independent draws are worth their number; a chain that drifts is worth little; chains
// in different places are told apart.
func TestConvergence(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	make4 := func(memory, apart float64) [][]float64 {
		out := make([][]float64, 4)
		for i := range out {
			x := 0.0
			for range 2000 {
				x = memory*x + math.Sqrt(1-memory*memory)*r.NormFloat64()
				out[i] = append(out[i], x+apart*float64(i))
			}
		}
		return out
	}
	free := make4(0, 0)
	if h, e := splitRHat(free), effectiveSize(free); h > 1.01 || e < 7000 || e > 9000 {
		t.Errorf("independent: R-hat %g, size %g of 8000", h, e)
	}
	slow := make4(0.9, 0)
	// an autoregressive chain of coefficient a is worth (1-a)/(1+a) of its length
	if e := effectiveSize(slow); e < 300 || e > 550 {
		t.Errorf("slow: size %g, in theory 421", e)
	}
	if h := splitRHat(make4(0, 1)); h < 1.2 {
		t.Errorf("apart: R-hat %g", h)
	}
	if h := splitRHat([][]float64{{1, 1, 1, 1}, {1, 1, 1, 1}}); h != 1 {
		t.Errorf("constant: R-hat %g", h)
	}
	if !math.IsNaN(splitRHat([][]float64{{1, 2}})) || !math.IsNaN(effectiveSize(nil)) {
		t.Error("too few draws")
	}
}

func TestLatticeSums(t *testing.T) {
	v := []float64{1, 2, 3, 4, 5, 6, 7, 8}
	below, above := append([]float64{}, v...), append([]float64{}, v...)
	sumBelow(below)
	sumAbove(above)
	for c := range v {
		b, a := 0.0, 0.0
		for o := range v {
			if o&c == o {
				b += v[o]
			}
			if o&c == c {
				a += v[o]
			}
		}
		if below[c] != b || above[c] != a {
			t.Errorf("cell %d: %g and %g, want %g and %g", c, below[c], above[c], b, a)
		}
	}
}
