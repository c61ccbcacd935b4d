package stats

import (
	"math"
	"math/rand/v2"
)

// Streams of random numbers: the second half of the seed, so that no two parts
// of the package share numbers.
const (
	streamBootstrap uint64 = 1 << 40
	streamChains    uint64 = 2 << 40
	streamHoldout   uint64 = 3 << 40
)

// binomial draws the number of successes in n trials of probability p: by
// inversion for a small mean, else by transformed rejection (Hörmann 1993, BTRS).
func binomial(r *rand.Rand, n int, p float64) int {
	switch {
	case n <= 0 || p <= 0:
		return 0
	case p >= 1:
		return n
	case p > 0.5:
		return n - binomial(r, n, 1-p)
	case n == 1:
		if r.Float64() < p {
			return 1
		}
		return 0
	case float64(n)*p < 10:
		return binomialInverse(r, n, p)
	}
	return binomialRejection(r, n, p)
}

// binomialInverse walks up the distribution function; p <= 1/2, n·p < 10.
func binomialInverse(r *rand.Rand, n int, p float64) int {
	u := r.Float64()
	if u < 1-float64(n)*p { // a bound of the probability of 0: no need of exp
		return 0
	}
	odds := p / (1 - p)
	mass := power(1-p, n)
	k := 0
	for u > mass && k < n {
		u -= mass
		k++
		mass *= odds * float64(n-k+1) / float64(k)
	}
	return k
}

// power is x to the n by squaring: a third of the time of exp and log.
func power(x float64, n int) float64 {
	out := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out *= x
		}
		x *= x
	}
	return out
}

func binomialRejection(r *rand.Rand, n int, p float64) int {
	nf := float64(n)
	spread := math.Sqrt(nf * p * (1 - p))
	b := 1.15 + 2.53*spread
	a := -0.0873 + 0.0248*b + 0.01*p
	c := nf*p + 0.5
	vr := 0.92 - 4.2/b
	for {
		u := r.Float64() - 0.5
		v := r.Float64()
		us := 0.5 - math.Abs(u)
		kf := math.Floor((2*a/us+b)*u + c)
		if kf < 0 || kf > nf {
			continue
		}
		if us >= 0.07 && v <= vr {
			return int(kf)
		}
		alpha := (2.83 + 5.1/b) * spread
		mode := math.Floor((nf + 1) * p)
		logOdds := math.Log(p / (1 - p))
		bound := lgamma(mode+1) + lgamma(nf-mode+1) - lgamma(kf+1) - lgamma(nf-kf+1) + (kf-mode)*logOdds
		if math.Log(v*alpha/(a/(us*us)+b)) <= bound {
			return int(kf)
		}
	}
}

// gamma draws from the gamma distribution of shape >= 1 and rate 1 (Marsaglia
// and Tsang 2000).
func gamma(r *rand.Rand, shape float64) float64 {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		u := r.Float64()
		if u < 1-0.0331*x*x*x*x || math.Log(u) < 0.5*x*x+d*(1-v+math.Log(v)) {
			return d * v
		}
	}
}

// logGamma is the logarithm of a gamma variable of any shape > 0; small shapes
// would underflow otherwise.
func logGamma(r *rand.Rand, shape float64) float64 {
	if shape >= 1 {
		return math.Log(gamma(r, shape))
	}
	return math.Log(gamma(r, shape+1)) - r.ExpFloat64()/shape
}

// beta draws from the beta distribution; a, b >= 1.
func beta(r *rand.Rand, a, b float64) float64 {
	if a == 1 && b == 1 {
		return r.Float64()
	}
	x := gamma(r, a)
	return x / (x + gamma(r, b))
}

// poisson draws from the Poisson distribution: by multiplication for a small
// mean, else by transformed rejection (Hörmann 1993, PTRS).
func poisson(r *rand.Rand, mean float64) int {
	if mean < 10 {
		limit, k := math.Exp(-mean), 0
		for prod := r.Float64(); prod > limit; k++ {
			prod *= r.Float64()
		}
		return k
	}
	b := 0.931 + 2.53*math.Sqrt(mean)
	a := -0.059 + 0.02483*b
	vr := 0.9277 - 3.6224/(b-2)
	for {
		u := r.Float64() - 0.5
		v := r.Float64()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + mean + 0.43)
		if us >= 0.07 && v <= vr {
			return int(k)
		}
		if k < 0 || us < 0.013 && v > us {
			continue
		}
		inv := 1.1239 + 1.1328/(b-3.4)
		if math.Log(v*inv/(a/(us*us)+b)) <= k*math.Log(mean)-mean-lgamma(k+1) {
			return int(k)
		}
	}
}
