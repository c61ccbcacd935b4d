package linkage

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// observation is a group of candidate pairs with one pattern of levels and nearly
// one frequency adjustment.
type observation struct {
	pattern uint64
	adjust  int16 // in quarters of a bit
	count   float64
}

// observations gathers pairs by pattern.
type observations map[observation]float64

func (o observations) add(pattern uint64, adjust float64, count float64) {
	o[observation{pattern: pattern, adjust: int16(math.Round(adjust * 4))}] += count
}

func (o observations) sorted() []observation {
	out := make([]observation, 0, len(o))
	for k, c := range o {
		k.count = c
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b observation) int {
		return cmp.Or(cmp.Compare(a.pattern, b.pattern), cmp.Compare(a.adjust, b.adjust))
	})
	return out
}

// chance learns u, how often each level occurs among random pairs, from a seeded
// sample; full agreement is counted exactly, because it is too rare for a sample.
func (e *engine) chance() {
	const sample = 200_000
	counts := make([][16]float64, len(e.fields))
	rng := rand.New(rand.NewPCG(e.o.Seed, 0x5eed))
	pairs := min(sample, e.n*(e.n-1)/2*4)
	var l levels
	for range pairs {
		i, j := rng.IntN(e.n), rng.IntN(e.n-1)
		if j >= i {
			j++
		}
		e.compare(i, j, &l)
		for k := range e.fields {
			counts[k][l[k]]++
		}
	}
	for k := range e.fields {
		f := &e.fields[k]
		total := 0.0
		for l := 1; l <= f.levels; l++ {
			total += counts[k][l]
		}
		for l := 1; l <= f.levels; l++ {
			f.u[l] = (counts[k][l] + .5) / (total + .5*float64(f.levels))
		}
		if f.collision > 0 {
			f.u[f.same] = f.collision
		}
		if k == e.order {
			f.u[orderStraight], f.u[orderSwapped] = 1, e.swapChance()
		}
		normalise(f.u[1:f.levels+1], int(f.same)-1)
	}
}

// normalise scales p to the sum 1 without changing p[keep] (keep -1: all scale).
func normalise(p []float64, keep int) {
	fixed, rest := 0.0, 0.0
	for i, v := range p {
		if i == keep {
			fixed = v
		} else {
			rest += v
		}
	}
	if rest == 0 {
		return
	}
	for i := range p {
		if i != keep {
			p[i] *= (1 - fixed) / rest
		}
	}
}

// firstGuess sets m before the first step.
func (e *engine) firstGuess() {
	for k := range e.fields {
		f := &e.fields[k]
		copy(f.m[1:], experience[f.kind])
	}
	e.prior = .6 / float64(max(e.n, 2))
	e.weigh()
}

// weigh computes the weights from m and u.
func (e *engine) weigh() {
	for k := range e.fields {
		f := &e.fields[k]
		for l := 1; l <= f.levels; l++ {
			f.weight[l] = math.Log2(f.m[l] / f.u[l])
		}
		f.weight[0] = 0
		if k == e.order {
			// Names that agree only when exchanged are never more evidence than
			// names that agree as they stand.
			f.weight[orderSwapped] = min(f.weight[orderSwapped], 0)
		}
	}
}

// swapChance is how often names that agree by accident do so only when exchanged.
func (e *engine) swapChance() float64 {
	f, g := &e.fields[e.family], &e.fields[e.given]
	sum := 0.0
	for id := range min(len(f.share), len(g.share)) {
		sum += float64(f.share[id]) * float64(g.share[id])
	}
	return min(max(sum*sum/(f.collision*g.collision), 1e-4), .5)
}

// learn runs EM over the candidate pairs. The pairs that blocking left out count as
// non-matches, so that the prior is that of all pairs; total is how many candidates
// there are for each one observed.
func (e *engine) learn(obs []observation, perObserved float64) (rounds int) {
	const most, enough = 40, 1e-4
	all := float64(e.n) * float64(e.n-1) / 2
	base := make([][16]float64, len(e.fields))
	for k := range e.fields {
		base[k] = e.fields[k].u
	}
	for rounds = 1; rounds <= most; rounds++ {
		counts := make([][16]float64, len(e.fields))
		matches := 0.0
		odds := math.Log2(e.prior / (1 - e.prior))
		for _, o := range obs {
			p := probability(odds + e.patternWeight(o.pattern) + float64(o.adjust)/4)
			p *= o.count
			matches += p
			for k := range e.fields {
				counts[k][o.pattern>>(4*k)&15] += p
			}
		}
		shift := 0.0
		for k := range e.fields {
			shift = math.Max(shift, e.fields[k].update(&counts[k], &base[k], matches*perObserved/all))
		}
		e.prior = min(max(matches*perObserved/all, leastPrior/float64(e.n)), .5)
		e.weigh()
		if shift < enough {
			break
		}
	}
	return rounds
}

// leastPrior is the least number of matches supposed, per two rows: a list without
// duplicates may not make the next one impossible.
const leastPrior = .001

// update sets m from the expected counts and takes the matches out of u.
func (f *field) update(counts, base *[16]float64, prior float64) (shift float64) {
	known := experience[f.kind]
	total := experienced
	for l := 1; l <= f.levels; l++ {
		total += counts[l]
	}
	for l := 1; l <= f.levels; l++ {
		m := (counts[l] + experienced*known[l-1]) / total
		shift = math.Max(shift, math.Abs(m-f.m[l]))
		f.m[l] = m
		f.u[l] = math.Max((base[l]-prior*m)/(1-prior), base[l]*.05)
	}
	return shift
}

func (e *engine) patternWeight(pattern uint64) float64 {
	sum := 0.0
	for k := range e.fields {
		sum += e.fields[k].weight[pattern>>(4*k)&15]
	}
	return sum
}

// weight returns the evidence for a pair in bits, the prior included: the
// logarithm to base 2 of the odds.
func (e *engine) weight(l *levels, adjust float64) float64 {
	sum := math.Log2(e.prior/(1-e.prior)) + adjust
	for k := range e.fields {
		sum += e.fields[k].weight[l[k]]
	}
	return sum
}

func probability(bits float64) float64 { return 1 / (1 + math.Exp2(-bits)) }
