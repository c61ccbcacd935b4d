package linkage

import (
	"math"
	"slices"
)

// Report says how the result came about.
type Report struct {
	Rows, Clusters, Linked int // Linked: rows in clusters of two and more
	Pairs                  int // pairs kept
	Rounds                 int // of EM
	Prior                  float64
	// BlockingLoss is the estimated share of matches no blocking rule brings
	// together, 0–1: Chao's lower bound from the pairs found by one and by two rules.
	BlockingLoss float64
	Rules        []RuleReport
	Fields       []FieldReport
}

// RuleReport is one blocking rule: its properties ("birth:year") and its cost.
type RuleReport struct {
	Properties  []string
	PairsPerRow float64
}

// FieldReport is what was learnt of a field; M and U by level, from full agreement
// to disagreement, sum to 1 among pairs where both rows have a value.
type FieldReport struct {
	Name    string
	Kind    Kind
	Present float64 // share of rows with a value
	M, U    []float64
}

func (e *engine) result(pairs []scored, b *blocks, rounds int) Result {
	loss := blockingLoss(pairs)
	matches := 0.0
	for _, p := range pairs {
		if !p.no {
			matches += probability(float64(p.bits))
		}
	}
	lost := matches * loss / (1 - loss)
	bits := chooseThreshold(pairs, lost)
	if e.o.Threshold > 0 {
		bits = bitsOf(e.o.Threshold)
	}
	groups := e.agglomerate(pairs, bits)
	r := Result{Threshold: probability(bits), model: e, scored: pairs}
	r.EstimatedPrecision, r.EstimatedRecall = e.expect(groups, pairs, lost)
	r.Clusters = e.original(groups)
	for _, c := range r.Clusters {
		if len(c) > 1 {
			r.Report.Linked += len(c)
		}
	}
	for _, p := range pairs {
		x, y := e.source[p.a], e.source[p.b]
		r.Pairs = append(r.Pairs, Pair{A: min(x, y), B: max(x, y), Probability: probability(float64(p.bits)),
			Bits: float64(p.bits), Contradicts: p.no})
	}
	r.Report.Rows, r.Report.Clusters, r.Report.Pairs = e.n, len(groups), len(pairs)
	r.Report.Rounds, r.Report.Prior, r.Report.BlockingLoss = rounds, e.prior, loss
	e.describe(&r.Report, b)
	return r
}

func bitsOf(threshold float64) float64 {
	t := min(max(threshold, .01), .999999)
	return math.Log2(t / (1 - t))
}

// ClustersAt returns the clusters another threshold would give (0.01–1), without
// comparing anything again: for showing how far a count hangs on the threshold.
func (r *Result) ClustersAt(threshold float64) [][]int {
	if r.model == nil {
		return slices.Clone(r.Clusters)
	}
	return r.model.original(r.model.agglomerate(r.scored, bitsOf(threshold)))
}

// original puts groups of the engine's rows into the numbers and the order of the
// caller.
func (e *engine) original(groups [][]int32) [][]int {
	var out [][]int
	for _, g := range groups {
		c := make([]int, len(g))
		for i, at := range g {
			c[i] = e.source[at]
		}
		slices.Sort(c)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

// expect returns the expected precision and recall of the pairs inside clusters.
// A pair is as probable as its own evidence or the way over a third row says,
// whichever is more: two rows that hardly know each other may both know a third.
func (e *engine) expect(groups [][]int32, pairs []scored, lost float64) (precision, recall float64) {
	home := make([]int32, e.n)
	place := make([]int32, e.n)
	tables := make([][]float64, len(groups)) // probabilities inside each group
	inside := 0.0
	for g, members := range groups {
		size := len(members)
		inside += float64(size*(size-1)) / 2
		for at, i := range members {
			home[i], place[i] = int32(g), int32(at)
		}
		if size > 1 && size <= largeGroup {
			tables[g] = make([]float64, size*size)
		}
	}
	hit, missed := 0.0, lost
	for _, p := range pairs {
		if p.no {
			continue
		}
		q := probability(float64(p.bits))
		g := home[p.a]
		switch {
		case g != home[p.b]:
			missed += q
		case tables[g] != nil:
			size := int32(len(groups[g]))
			tables[g][place[p.a]*size+place[p.b]], tables[g][place[p.b]*size+place[p.a]] = q, q
		default:
			hit += q
		}
	}
	for g, table := range tables {
		hit += corroborated(table, len(groups[g]))
	}
	if inside == 0 {
		return 1, 1
	}
	return hit / inside, hit / (hit + missed)
}

// largeGroup is the size of a group from which pairs stand by themselves.
const largeGroup = 64

// corroborated sums the probabilities of a table's pairs, each the best of its own
// and those over one third row.
func corroborated(table []float64, size int) float64 {
	if table == nil {
		return 0
	}
	sum := 0.0
	for i := range size {
		for j := i + 1; j < size; j++ {
			best := table[i*size+j]
			for k := range size {
				best = max(best, table[i*size+k]*table[k*size+j])
			}
			sum += best
		}
	}
	return sum
}

func blockingLoss(pairs []scored) float64 {
	one, two, all := 0.0, 0.0, 0.0
	for _, p := range pairs {
		if p.no || p.hits == 255 {
			continue
		}
		q := probability(float64(p.bits))
		all += q
		switch p.hits {
		case 1:
			one += q
		case 2:
			two += q
		}
	}
	if all == 0 {
		return 0
	}
	unseen := one * max(one-1, 0) / (2 * (two + 1))
	return min(unseen/(all+unseen), .9)
}

func (e *engine) describe(r *Report, b *blocks) {
	atoms := e.atoms()
	for _, rule := range b.rules {
		out := RuleReport{PairsPerRow: rule.volume}
		for _, a := range rule.atoms {
			out.Properties = append(out.Properties, e.fields[atoms[a].field].name+":"+atoms[a].name)
		}
		r.Rules = append(r.Rules, out)
	}
	for k := range e.fields {
		f := &e.fields[k]
		r.Fields = append(r.Fields, FieldReport{Name: f.name, Kind: f.kind, Present: f.present,
			M: slices.Clone(f.m[1 : f.levels+1]), U: slices.Clone(f.u[1 : f.levels+1])})
	}
}
