package stats

import (
	"context"
	"math"
	"slices"
)

// The numbers of lists that GraphAverage takes.
const (
	minGraphLists = 3
	maxGraphLists = 5
)

// A GraphPosterior is the answer of GraphAverage.
type GraphPosterior struct {
	Median   float64 `json:"median"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Graphs   int     `json:"graphs"`              // decomposable graphs averaged over
	Top      []Graph `json:"top"`                 // the most probable, at most five
	Most     int64   `json:"most"`                // the largest number of unseen people considered
	OpenHigh bool    `json:"open_high,omitempty"` // the distribution goes on beyond Most
}

// A Graph is a decomposable model with its posterior probability.
type Graph struct {
	Name        string  `json:"name"` // cliques, like Model.Name
	Probability float64 `json:"probability"`
}

// GraphAverage averages over all decomposable graphical models of three to five
// lists, with hyper-Dirichlet priors of delta = 2^-J in every cell, all graphs alike
// beforehand and a prior of the total proportional to 1/N (Madigan and York 1997,
// "Bayesian methods for estimation of the size of a closed population"; Lum,
// Johndrow and Ball, dga). The posterior is exact on every whole number of unseen people up
// to a limit beyond which less than a millionth remains, or 1,000 times those observed.
// The refusal RefuseGraphLists names another number of lists.
func GraphAverage(ctx context.Context, t *Table, o Options) (*GraphPosterior, error) {
	if err := o.valid(); err != nil {
		return nil, err
	}
	if j := len(t.Lists); j < minGraphLists || j > maxGraphLists {
		return nil, refuse(RefuseGraphLists, "count", j, "least", minGraphLists, "most", maxGraphLists)
	}
	if err := t.Check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	g := newGraphGrid(t, o.Workers)
	if err := g.extend(ctx); err != nil {
		return nil, err
	}
	return g.summary(o.Level), nil
}

// graphGrid holds the posterior on blocks of numbers of unseen people.
type graphGrid struct {
	workers int
	j       int
	graphs  []graph
	zero    []float64 // by mask: prior and people off all lists of the mask
	fixed   []float64 // by mask: what does not depend on the unseen
	n       float64
	shift   float64     // taken from all logarithms
	blocks  []gridBlock // of gridBlockSize numbers each
}

type gridBlock struct {
	mass   []float64 // by number of unseen people, all graphs together
	graphs []float64 // by graph, all numbers together
	sum    float64
}

const (
	gridBlockSize = 1024
	gridEnough    = 1e-6 // estimated share beyond the grid at which it ends
	gridMost      = 1000 // times the number observed
)

func newGraphGrid(t *Table, workers int) *graphGrid {
	j := len(t.Lists)
	g := &graphGrid{workers: workers, j: j, graphs: decomposableGraphs(j), n: float64(t.Observed()),
		zero: make([]float64, 1<<j), fixed: make([]float64, 1<<j)}
	delta := math.Pow(2, -float64(j))
	for mask := 1; mask < 1<<j; mask++ {
		margin := map[int]float64{}
		for c, n := range t.counts {
			margin[c&mask] += float64(n)
		}
		size := 0
		for sub := mask; ; sub = (sub - 1) & mask {
			size++
			if sub == 0 {
				break
			}
		}
		alpha := delta * float64(len(t.counts)/size)
		g.zero[mask] = margin[0] + alpha
		g.fixed[mask] = -float64(size) * lgamma(alpha)
		for sub := mask; sub > 0; sub = (sub - 1) & mask {
			g.fixed[mask] += lgamma(margin[sub] + alpha)
		}
	}
	g.shift = g.peak()
	return g
}

// terms fills part (by mask) with the logarithm of the marginal likelihood of
// each set of lists when m people are unseen, and returns what all graphs share
// and what enters once more per separate part.
func (g *graphGrid) terms(m float64, part []float64) (common, perPart float64) {
	for mask := 1; mask < len(part); mask++ {
		part[mask] = g.fixed[mask] + lgamma(g.zero[mask]+m)
	}
	total := g.n + m
	// the prior weights of all cells add up to 1
	perPart = -lgamma(total + 1)
	part[0] = -perPart // the empty separator joins two parts
	return lgamma(total+1) - lgamma(m+1) - math.Log(total), perPart
}

// logWeight of a graph: cliques over separators (Dawid and Lauritzen 1993).
func (gr graph) logWeight(part []float64) float64 {
	w := 0.0
	for _, c := range gr.cliques {
		w += part[c]
	}
	for _, s := range gr.separators {
		w -= part[s]
	}
	return w
}

// peak finds about the highest logarithm, so that nothing overflows.
func (g *graphGrid) peak() float64 {
	part := make([]float64, 1<<g.j)
	best := math.Inf(-1)
	for m := 0.0; m < gridMost*g.n; m = math.Floor(m*1.02) + 1 {
		common, perPart := g.terms(m, part)
		for _, gr := range g.graphs {
			best = max(best, gr.logWeight(part)+common+perPart)
		}
	}
	return best
}

// extend adds blocks until hardly anything lies beyond.
func (g *graphGrid) extend(ctx context.Context) error {
	most := int(gridMost*g.n)/gridBlockSize + 1
	total := 0.0
	for len(g.blocks) < most {
		from := len(g.blocks)
		batch := min(max(4, from/2), most-from)
		g.blocks = append(g.blocks, make([]gridBlock, batch)...)
		if err := forEach(ctx, batch, g.workers, func(_, i int) { g.blocks[from+i] = g.block(from + i) }); err != nil {
			return err
		}
		for _, b := range g.blocks[from:] {
			total += b.sum
		}
		// the tail falls at least like a power: what lies beyond is about the
		// last block times the blocks so far
		if last := g.blocks[len(g.blocks)-1].sum; total > 0 && last*float64(len(g.blocks)) < gridEnough*total {
			return nil
		}
	}
	return nil
}

func (g *graphGrid) block(i int) gridBlock {
	b := gridBlock{mass: make([]float64, gridBlockSize), graphs: make([]float64, len(g.graphs))}
	part := make([]float64, 1<<g.j)
	for k := range b.mass {
		common, perPart := g.terms(float64(i*gridBlockSize+k), part)
		base := common + perPart - g.shift
		for q, gr := range g.graphs {
			if l := gr.logWeight(part) + base; l > -60 {
				w := math.Exp(l)
				b.mass[k] += w
				b.graphs[q] += w
			}
		}
		b.sum += b.mass[k]
	}
	return b
}

func (g *graphGrid) summary(level float64) *GraphPosterior {
	total := 0.0
	for _, b := range g.blocks {
		total += b.sum
	}
	out := &GraphPosterior{Graphs: len(g.graphs), Most: int64(len(g.blocks)*gridBlockSize - 1)}
	last := g.blocks[len(g.blocks)-1].sum
	out.OpenHigh = last*float64(len(g.blocks)) > (1-level)/2*total
	tail := (1 - level) / 2
	out.Low, out.Median, out.High = g.at(tail*total), g.at(total/2), g.at((1-tail)*total)
	for q, gr := range g.graphs {
		p := 0.0
		for _, b := range g.blocks {
			p += b.graphs[q]
		}
		out.Top = append(out.Top, Graph{Name: gr.name(g.j), Probability: p / total})
	}
	slices.SortStableFunc(out.Top, func(a, b Graph) int {
		switch {
		case a.Probability > b.Probability:
			return -1
		case a.Probability < b.Probability:
			return 1
		}
		return 0
	})
	out.Top = out.Top[:min(5, len(out.Top))]
	return out
}

// at is the total at which the mass from below reaches want.
func (g *graphGrid) at(want float64) float64 {
	sum := 0.0
	for i, b := range g.blocks {
		if sum+b.sum < want {
			sum += b.sum
			continue
		}
		for k, m := range b.mass {
			if sum += m; sum >= want {
				return g.n + float64(i*gridBlockSize+k)
			}
		}
	}
	return g.n + float64(len(g.blocks)*gridBlockSize)
}

func (gr graph) name(lists int) string { return closure(lists, gr.cliques).Name() }
