package stats

import "math"

// splitRHat compares the spread between and within the halves of the chains
// (Gelman et al. 2013, section 11.4): near 1 when all explore the same
// distribution. NaN for chains of fewer than four draws.
func splitRHat(chains [][]float64) float64 {
	halves := splitHalves(chains)
	if halves == nil {
		return math.NaN()
	}
	n := float64(len(halves[0]))
	within, between := variances(halves)
	if within == 0 {
		if between == 0 {
			return 1
		}
		return math.Inf(1)
	}
	return math.Sqrt(((n-1)/n*within + between) / within)
}

// splitHalves cuts every chain in two halves of equal length.
func splitHalves(chains [][]float64) [][]float64 {
	var out [][]float64
	for _, c := range chains {
		h := len(c) / 2
		if h < 2 {
			return nil
		}
		out = append(out, c[:h], c[len(c)-h:])
	}
	return out
}

// variances are the mean variance within the chains, and the variance of their means.
func variances(chains [][]float64) (within, between float64) {
	means := make([]float64, len(chains))
	grand := 0.0
	for i, c := range chains {
		for _, v := range c {
			means[i] += v
		}
		means[i] /= float64(len(c))
		grand += means[i]
		s := 0.0
		for _, v := range c {
			s += (v - means[i]) * (v - means[i])
		}
		within += s / float64(len(c)-1)
	}
	grand /= float64(len(chains))
	for _, m := range means {
		between += (m - grand) * (m - grand)
	}
	return within / float64(len(chains)), between / float64(len(chains)-1)
}

// effectiveSize is how many independent draws the chains are worth (Vehtari et
// al. 2021, formulas 9 to 13, with Geyer's initial monotone sequence).
func effectiveSize(chains [][]float64) float64 {
	halves := splitHalves(chains)
	if halves == nil {
		return math.NaN()
	}
	m, n := len(halves), len(halves[0])
	within, between := variances(halves)
	total := float64(n-1)/float64(n)*within + between
	if total == 0 {
		return float64(m * n)
	}
	rho := func(lag int) float64 {
		mean := 0.0
		for _, c := range halves {
			mean += autocovariance(c, lag)
		}
		return 1 - (within-mean/float64(m))/total
	}
	tau, last := -1.0, math.Inf(1)
	for lag := 0; lag+1 < n; lag += 2 {
		pair := rho(lag) + rho(lag+1)
		if lag == 0 {
			pair = 1 + rho(1)
		}
		if pair < 0 {
			break
		}
		last = min(last, pair)
		tau += 2 * last
	}
	size := float64(m * n)
	return min(size/max(tau, 1/math.Log10(size)), size*math.Log10(size))
}

func autocovariance(c []float64, lag int) float64 {
	mean := 0.0
	for _, v := range c {
		mean += v
	}
	mean /= float64(len(c))
	s := 0.0
	for i := lag; i < len(c); i++ {
		s += (c[i] - mean) * (c[i-lag] - mean)
	}
	return s / float64(len(c)-1)
}
