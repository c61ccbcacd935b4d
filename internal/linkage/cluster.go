package linkage

import "slices"

// decided is the evidence of a decision by people, in bits.
const decided = 1000

// contradicts reports whether two rows are never linked without a person's
// decision: two patronymics, two well-known given names beside one surname (twins),
// one list that holds nobody twice.
func (e *engine) contradicts(i, j int, l *levels) bool {
	if e.order >= 0 && l[e.given] == givenOther && l[e.family] <= familyClose {
		return true
	}
	if e.patronymic >= 0 {
		if v := l[e.patronymic]; v == patronymicDiffer || v == patronymicInitialDiffer {
			return true
		}
	}
	return e.o.ListsAreDistinct && e.lists[i] != 0 && e.lists[i] == e.lists[j]
}

// decisions returns the decisions of people in the engine's rows.
func (e *engine) decisions() map[[2]int32]bool {
	if len(e.o.Same)+len(e.o.Different) == 0 {
		return nil
	}
	place := make([]int32, e.n)
	for at, i := range e.source {
		place[i] = int32(at)
	}
	out := map[[2]int32]bool{}
	put := func(list [][2]int, same bool) {
		for _, p := range list {
			if p[0] == p[1] || min(p[0], p[1]) < 0 || max(p[0], p[1]) >= e.n {
				continue
			}
			a, b := place[p[0]], place[p[1]]
			out[[2]int32{min(a, b), max(a, b)}] = same
		}
	}
	put(e.o.Same, true)
	put(e.o.Different, false) // stands when both were said
	return out
}

func (e *engine) withDecisions(pairs []scored) []scored {
	d := e.decisions()
	if d == nil {
		return pairs
	}
	pairs = slices.DeleteFunc(pairs, func(p scored) bool {
		_, ok := d[[2]int32{p.a, p.b}]
		return ok
	})
	for p, same := range d {
		if same {
			pairs = append(pairs, scored{a: p[0], b: p[1], bits: decided, hits: 255})
		}
	}
	return pairs
}

// clipped evidence keeps one very strong or very weak pair from deciding alone.
const (
	clipLow  = -8.0
	clipHigh = 12.0
	// mostCross is how many pairs across two clusters are looked at.
	mostCross = 400
)

// agglomerate grows clusters: strongest pairs first, two clusters become one when
// the mean evidence of the pairs across them reaches bits and no pair contradicts.
func (e *engine) agglomerate(pairs []scored, bits float64) [][]int32 {
	decisions := e.decisions()
	home := make([]int32, e.n)
	members := make([][]int32, e.n)
	for i := range home {
		home[i] = int32(i)
		members[i] = []int32{int32(i)}
	}
	// Two clusters that could not join are not tried again until one has grown.
	refused := map[[2]int32][2]int{}
	for _, p := range pairs {
		if float64(p.bits) < bits {
			break
		}
		a, b := home[p.a], home[p.b]
		if a == b || p.no {
			continue
		}
		if len(members[a]) < len(members[b]) || len(members[a]) == len(members[b]) && a > b {
			a, b = b, a
		}
		sizes := [2]int{len(members[a]), len(members[b])}
		if refused[[2]int32{a, b}] == sizes {
			continue
		}
		if !e.mayJoin(members[a], members[b], bits, decisions, p.bits == decided) {
			refused[[2]int32{a, b}] = sizes
			continue
		}
		for _, i := range members[b] {
			home[i] = a
		}
		members[a] = append(members[a], members[b]...)
		members[b] = nil
	}
	var out [][]int32
	for _, m := range members {
		if m != nil {
			slices.Sort(m)
			out = append(out, m)
		}
	}
	return out
}

func (e *engine) mayJoin(a, b []int32, bits float64, decisions map[[2]int32]bool, must bool) bool {
	var l levels
	sum, n := 0.0, 0
	for _, i := range a {
		for _, j := range b {
			if same, ok := decisions[[2]int32{min(i, j), max(i, j)}]; ok {
				if !same {
					return false
				}
				sum += clipHigh
				n++
				continue
			}
			w := e.weight(&l, e.compare(int(min(i, j)), int(max(i, j)), &l))
			if e.contradicts(int(i), int(j), &l) && !must {
				return false
			}
			if n < mostCross {
				sum += min(max(w, clipLow), clipHigh)
				n++
			}
		}
	}
	return must || sum/float64(max(n, 1)) >= bits
}

// chooseThreshold returns the evidence, in bits, at which the expected F1 of pairs
// is best: with pairs in order of probability, the first k hold the sum of their
// probabilities of matches. The best place is a gap between two pairs; in it, the
// value nearest to even odds is taken, and never more than even odds: where
// probabilities hold, the best threshold is half the best F1 (Lipton et al. 2014).
func chooseThreshold(pairs []scored, lost float64) float64 {
	total := lost
	for _, p := range pairs {
		if !p.no {
			total += probability(float64(p.bits))
		}
	}
	best, at, below := -1.0, 0.0, 0.0
	found, k := 0.0, 0.0
	for n, p := range pairs {
		if p.no {
			continue
		}
		found += probability(float64(p.bits))
		k++
		if f := 2 * found / (k + total); f > best {
			best, at, below = f, float64(p.bits), keepBits
			if n+1 < len(pairs) {
				below = float64(pairs[n+1].bits)
			}
		}
	}
	if at > 0 {
		return min(max(below, 0), at, 0)
	}
	return max(at, keepBits)
}
