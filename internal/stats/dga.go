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
// Johndrow and Ball, dga). The posterior is summed over every whole number of unseen
// people up to 65,535, further on in steps of at most a 64,000th of it, until hardly a
// millionth lies beyond or 1,000 times those observed are reached.
//
// The refusal RefuseGraphLists names another number of lists. RefuseSaturated says
// that the complete graph has more than half of the probability: it fits any table and
// says nothing of the unseen, so the answer would come from the prior.
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
	if p := g.survey(); p > mostSaturated {
		return nil, refuse(RefuseSaturated, "percent", int64(100*p))
	}
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
	blocks  []gridBlock // of gridBlockSize steps each
}

type gridBlock struct {
	from   float64   // first number of unseen people
	stride float64   // numbers in a step; the middle one stands for all
	mass   []float64 // by step, all graphs together
	graphs []float64 // by graph, all numbers together
	sum    float64
}

const (
	gridBlockSize = 1024
	gridExact     = 1 << 16 // up to here every number is a step
	mostSaturated = 0.5     // of the complete graph's probability
	gridEnough    = 1e-6    // estimated share beyond the grid at which it ends
	gridMost      = 1000    // times the number observed
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

// survey walks over the numbers of unseen people in steps of 2 % to find the
// highest logarithm, so that nothing overflows later, and the probability of the
// complete graph, roughly.
func (g *graphGrid) survey() float64 {
	part := make([]float64, 1<<g.j)
	var logs [][]float64
	var widths []float64
	g.shift = math.Inf(-1)
	for m := 0.0; m < gridMost*g.n; {
		next := math.Floor(m*1.02) + 1
		common, perPart := g.terms(math.Floor((m+next-1)/2), part)
		line := make([]float64, len(g.graphs))
		for q, gr := range g.graphs {
			line[q] = gr.logWeight(part) + common + perPart
			g.shift = max(g.shift, line[q])
		}
		logs, widths = append(logs, line), append(widths, next-m)
		m = next
	}
	total, complete := 0.0, 0.0
	for i, line := range logs {
		for q, l := range line {
			w := math.Exp(l-g.shift) * widths[i]
			total += w
			if len(g.graphs[q].separators) == 0 {
				complete += w
			}
		}
	}
	return complete / total
}

// extend adds blocks until hardly anything lies beyond.
func (g *graphGrid) extend(ctx context.Context) error {
	total, from := 0.0, 0.0
	for from < gridMost*g.n {
		first := len(g.blocks)
		for range max(4, first/2) {
			stride := math.Floor(from/gridExact) + 1
			g.blocks = append(g.blocks, gridBlock{from: from, stride: stride})
			from += stride * gridBlockSize
		}
		fresh := g.blocks[first:]
		if err := forEach(ctx, len(fresh), g.workers, func(_, i int) { g.fill(&fresh[i]) }); err != nil {
			return err
		}
		for _, b := range fresh {
			total += b.sum
		}
		if total > 0 && g.beyond() < gridEnough*total {
			return nil
		}
	}
	return nil
}

// beyond estimates the mass past the last block: the tail falls at least like
// the inverse square.
func (g *graphGrid) beyond() float64 {
	last := g.blocks[len(g.blocks)-1]
	return last.mass[gridBlockSize-1] / last.stride * (last.from + last.stride*gridBlockSize)
}

// at is the number of unseen people in the middle of step k.
func (b *gridBlock) at(k int) float64 {
	return b.from + float64(k)*b.stride + math.Floor((b.stride-1)/2)
}

func (g *graphGrid) fill(b *gridBlock) {
	b.mass, b.graphs = make([]float64, gridBlockSize), make([]float64, len(g.graphs))
	part := make([]float64, 1<<g.j)
	live := g.live(b, part)
	for k := range b.mass {
		common, perPart := g.terms(b.at(k), part)
		base := common + perPart - g.shift
		for _, q := range live {
			if l := g.graphs[q].logWeight(part) + base; l > leastWeight {
				w := math.Exp(l) * b.stride
				b.mass[k] += w
				b.graphs[q] += w
			}
		}
		b.sum += b.mass[k]
	}
}

// leastWeight is the logarithm, relative to the highest, below which nothing
// adds to a sum in double precision.
const leastWeight = -60

// live are the graphs that can weigh something within a block. Weights are
// smooth over a block: three places, with room to spare, tell.
func (g *graphGrid) live(b *gridBlock, part []float64) []int {
	best := make([]float64, len(g.graphs))
	for q := range best {
		best[q] = math.Inf(-1)
	}
	for _, k := range [...]int{0, gridBlockSize / 2, gridBlockSize - 1} {
		common, perPart := g.terms(b.at(k), part)
		for q, gr := range g.graphs {
			best[q] = max(best[q], gr.logWeight(part)+common+perPart-g.shift)
		}
	}
	var out []int
	for q, l := range best {
		if b.from == 0 || l > leastWeight-20 {
			out = append(out, q)
		}
	}
	return out
}

func (g *graphGrid) summary(level float64) *GraphPosterior {
	total := 0.0
	for _, b := range g.blocks {
		total += b.sum
	}
	last := g.blocks[len(g.blocks)-1]
	out := &GraphPosterior{Graphs: len(g.graphs), Most: int64(last.from + last.stride*gridBlockSize - 1)}
	out.OpenHigh = g.beyond() > (1-level)/2*total
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
	for _, b := range g.blocks {
		if sum+b.sum < want {
			sum += b.sum
			continue
		}
		for k, m := range b.mass {
			if sum += m; sum >= want {
				return g.n + b.at(k)
			}
		}
	}
	last := g.blocks[len(g.blocks)-1]
	return g.n + last.at(gridBlockSize-1)
}

func (gr graph) name(lists int) string { return closure(lists, gr.cliques).Name() }
