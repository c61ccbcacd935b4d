package stats

import "math"

// A log-linear model of J lists lives on the lattice of subsets of lists. With
// terms θ and cells c as subsets, the logarithm of the expected count of c is
// the sum of the coefficients of the terms within c, and the information between
// two terms is the sum of the expected counts of the cells that contain both.
// Both are sums over a lattice, so one fit costs J·2^J additions per round
// instead of a product of matrices.

// sumBelow replaces v[c] by the sum of v over the subsets of c.
func sumBelow(v []float64) {
	for bit := 1; bit < len(v); bit <<= 1 {
		for base := 0; base < len(v); base += bit << 1 {
			lo, hi := v[base:base+bit], v[base+bit:base+bit<<1]
			for i := range hi {
				hi[i] += lo[i]
			}
		}
	}
}

// sumAbove replaces v[c] by the sum of v over the supersets of c.
func sumAbove(v []float64) {
	for bit := 1; bit < len(v); bit <<= 1 {
		for base := 0; base < len(v); base += bit << 1 {
			lo, hi := v[base:base+bit], v[base+bit:base+bit<<1]
			for i := range lo {
				lo[i] += hi[i]
			}
		}
	}
}

// cholesky overwrites the lower triangle of the symmetric p by p matrix a (rows
// one after another) with its Cholesky factor. It reports whether a was positive
// definite to working precision.
func cholesky(a []float64, p int) bool {
	for j := range p {
		rj := a[j*p : j*p+j+1]
		d := rj[j]
		whole := d
		for _, v := range rj[:j] {
			d -= v * v
		}
		if !(d > whole*1e-13) {
			return false
		}
		root := math.Sqrt(d)
		rj[j] = root
		for i := j + 1; i < p; i++ {
			ri := a[i*p : i*p+j+1]
			s := ri[j]
			for k, v := range rj[:j] {
				s -= v * ri[k]
			}
			ri[j] = s / root
		}
	}
	return true
}

// choleskySolve solves L·Lᵀ·x = b in place for the factor of cholesky.
func choleskySolve(l []float64, p int, b []float64) {
	for i := range p {
		s := b[i]
		for k, v := range l[i*p : i*p+i] {
			s -= v * b[k]
		}
		b[i] = s / l[i*p+i]
	}
	for i := p - 1; i >= 0; i-- {
		s := b[i]
		for k := i + 1; k < p; k++ {
			s -= l[k*p+i] * b[k]
		}
		b[i] = s / l[i*p+i]
	}
}
