package stats

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// A Posterior is the answer of LatentClasses: the distribution of the total,
// from several chains.
type Posterior struct {
	Median float64 `json:"median"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	RHat   float64 `json:"r_hat"` // of the logarithm of the unseen; near 1 when the chains agree
	ESS    float64 `json:"ess"`   // how many independent draws the draws are worth
	Chains int     `json:"chains"`
	Rounds int     `json:"rounds"` // kept part of each chain
	// Medians of the chains, one by one.
	Medians []float64 `json:"medians"`
}

// MostRHat is the split R-hat above which chains are taken to disagree and
// their interval is refused.
const MostRHat = 1.1

// prior of the concentration of the Dirichlet process, gamma of shape and rate
// (Manrique-Vallier 2016, section 4; LCMCR's a_alpha, b_alpha).
const (
	concentrationShape = 0.25
	concentrationRate  = 0.25
)

// LatentClasses estimates the total under a mixture of classes of people; within
// a class, lists are independent. The weights of the classes follow a truncated Dirichlet
// process, the rates of listing are uniform beforehand, the total has a prior
// proportional to 1/N (Manrique-Vallier 2016, "Bayesian population size
// estimation using Dirichlet process mixtures"). Each chain is a Gibbs sampler of its
// own. When the chains disagree, the posterior comes together with the refusal
// RefuseChains: show what went wrong, quote nothing.
func LatentClasses(ctx context.Context, t *Table, o Options) (*Posterior, error) {
	if err := o.valid(); err != nil {
		return nil, err
	}
	if err := t.Check(); err != nil {
		return nil, err
	}
	return latentChains(ctx, t, o.withDefaults(), streamChains)
}

func latentChains(ctx context.Context, t *Table, o Options, stream uint64) (*Posterior, error) {
	draws := make([][]float64, o.Chains)
	err := forEach(ctx, o.Chains, o.Workers, func(_, i int) {
		c := newChain(t, o.Classes, rand.New(rand.NewPCG(o.Seed, stream+uint64(i))))
		draws[i] = c.run(ctx, o)
	})
	if err != nil {
		return nil, err
	}
	n := float64(t.Observed())
	p := &Posterior{Chains: o.Chains, Rounds: o.Rounds}
	logs := make([][]float64, o.Chains)
	var all []float64
	for i, d := range draws {
		for _, v := range d {
			logs[i] = append(logs[i], math.Log1p(v))
		}
		all = append(all, d...)
		p.Medians = append(p.Medians, n+quantile(sortedCopy(d), 0.5))
	}
	p.RHat, p.ESS = min(splitRHat(logs), 1e9), effectiveSize(logs)
	slices.Sort(all)
	tail := (1 - o.Level) / 2
	p.Median, p.Low, p.High = n+quantile(all, 0.5), n+quantile(all, tail), n+quantile(all, 1-tail)
	if p.RHat > MostRHat {
		return p, refuse(RefuseChains, "rhat", math.Round(p.RHat*100)/100)
	}
	return p, nil
}

// chain is one Gibbs sampler. Per class k: weight nu, people seen and unseen, and per
// list the rate of listing and the number listed; all slices by class are of
// length k, those by list and class hold list after list.
type chain struct {
	r      *rand.Rand
	j, k   int
	cells  []int // masks of the histories that occur
	freq   []int // people in each
	n      int
	nu     []float64
	logNu  []float64 // the last one feeds the concentration
	rate   []float64
	listed []int
	seen   []int
	unseen []int
	alpha  float64
	hidden int
	probs  []float64 // by cell (or mask) and class
	miss   []float64 // weight times the probability of no list, by class
}

func newChain(t *Table, classes int, r *rand.Rand) *chain {
	j := len(t.Lists)
	c := &chain{r: r, j: j, k: classes, alpha: 1}
	for _, mask := range masksBySize(j) {
		if f := t.counts[mask]; f > 0 {
			c.cells = append(c.cells, mask)
			c.freq = append(c.freq, int(f))
			c.n += int(f)
		}
	}
	c.nu, c.logNu, c.miss = make([]float64, classes), make([]float64, classes), make([]float64, classes)
	c.rate, c.listed = make([]float64, j*classes), make([]int, j*classes)
	c.seen, c.unseen = make([]int, classes), make([]int, classes)
	c.probs = make([]float64, max(1<<j, len(c.cells))*classes)
	// start: falling weights, and rates spread around the share of each list, so
	// that the chains begin apart
	for k := range classes {
		c.nu[k] = math.Pow(0.6, float64(k))
	}
	sizes := t.Overlap()
	for l := range j {
		share := float64(sizes[l][l]) / float64(c.n)
		for k := range classes {
			c.rate[l*classes+k] = beta(r, 1+4*share, 1+4*(1-share))
		}
	}
	return c
}

// run makes the rounds and returns the kept numbers of unseen people.
func (c *chain) run(ctx context.Context, o Options) []float64 {
	out := make([]float64, 0, o.Rounds/o.Thin)
	for i := range o.BurnIn + o.Rounds {
		if i%4096 == 0 && ctx.Err() != nil {
			return out
		}
		c.sampleClasses()
		c.sampleRates()
		c.sampleWeights()
		c.sampleUnseen()
		c.alpha = gammaAny(c.r, concentrationShape+float64(c.k)-1) / (concentrationRate - c.logNu[c.k-1])
		if past := i - o.BurnIn; past >= 0 && past%o.Thin == o.Thin-1 {
			out = append(out, float64(c.hidden))
		}
	}
	return out
}

// sampleClasses divides the people of each history among the classes.
func (c *chain) sampleClasses() {
	byMask := 2<<c.j <= len(c.cells)*c.j*2
	if byMask {
		c.fillLattice()
	} else {
		c.fillCells()
	}
	clear(c.listed)
	clear(c.seen)
	for i, mask := range c.cells {
		at := i
		if byMask {
			at = mask
		}
		c.divide(c.probs[at*c.k:(at+1)*c.k], c.freq[i], mask)
	}
}

// fillLattice computes the probability of every history within every class,
// doubling the histories list by list.
func (c *chain) fillLattice() {
	k := c.k
	copy(c.probs, c.nu)
	for l := range c.j {
		rate := c.rate[l*k : (l+1)*k]
		size := k << l
		for base := 0; base < size; base += k {
			off := c.probs[base : base+k]
			on := c.probs[base+size : base+size+k]
			for i, p := range off {
				v := p * rate[i]
				on[i] = v
				off[i] = p - v
			}
		}
	}
}

// fillCells computes only the histories that occur: cheaper for many lists.
func (c *chain) fillCells() {
	k := c.k
	for i, mask := range c.cells {
		p := c.probs[i*k : (i+1)*k]
		copy(p, c.nu)
		for l := range c.j {
			for q, rate := range c.rate[l*k : (l+1)*k] {
				if mask>>l&1 == 1 {
					p[q] *= rate
				} else {
					p[q] *= 1 - rate
				}
			}
		}
	}
}

// divide draws how freq people of one history fall into the classes.
func (c *chain) divide(p []float64, freq, mask int) {
	rest := 0.0
	for _, v := range p {
		rest += v
	}
	for k, v := range p {
		got := freq
		if k < len(p)-1 && rest > v {
			got = binomial(c.r, freq, v/rest)
		}
		if rest -= v; got == 0 {
			continue
		}
		c.seen[k] += got
		for l, m := 0, mask; m != 0; l, m = l+1, m>>1 {
			if m&1 == 1 {
				c.listed[l*c.k+k] += got
			}
		}
		if freq -= got; freq == 0 {
			return
		}
	}
}

// sampleRates draws the rates of listing: beta, uniform beforehand.
func (c *chain) sampleRates() {
	for l := range c.j {
		for k := range c.k {
			on := c.listed[l*c.k+k]
			off := c.seen[k] + c.unseen[k] - on
			c.rate[l*c.k+k] = beta(c.r, float64(1+on), float64(1+off))
		}
	}
}

// sampleWeights draws the weights of the classes by breaking a stick
// (Ishwaran and James 2001), in logarithms.
func (c *chain) sampleWeights() {
	left := c.n + c.hidden
	logLeft := 0.0
	for k := range c.k - 1 {
		people := c.seen[k] + c.unseen[k]
		left -= people
		a := logGamma(c.r, float64(1+people))
		b := logGamma(c.r, c.alpha+float64(left))
		sum := max(a, b) + math.Log1p(math.Exp(-math.Abs(a-b)))
		c.logNu[k] = logLeft + a - sum
		c.nu[k] = math.Exp(c.logNu[k])
		logLeft += b - sum
	}
	c.logNu[c.k-1] = logLeft
	c.nu[c.k-1] = math.Exp(logLeft)
}

// sampleUnseen draws the number of people on no list, negative binomial given
// those observed, and their classes.
func (c *chain) sampleUnseen() {
	zero := 0.0
	for k, w := range c.nu {
		for l := range c.j {
			w *= 1 - c.rate[l*c.k+k]
		}
		c.miss[k] = w
		zero += w
	}
	zero = min(zero, 1-1e-12)
	c.hidden = poisson(c.r, gamma(c.r, float64(c.n))*zero/(1-zero))
	left, rest := c.hidden, zero
	for k, w := range c.miss {
		got := left
		if k < c.k-1 && rest > w {
			got = binomial(c.r, left, w/rest)
		}
		c.unseen[k] = got
		left -= got
		rest -= w
	}
}

func gammaAny(r *rand.Rand, shape float64) float64 {
	if shape >= 1 {
		return gamma(r, shape)
	}
	return math.Exp(logGamma(r, shape))
}
