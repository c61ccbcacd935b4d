package stats

import (
	"math/bits"
	"slices"
)

// A graph over lists says which depend directly on each other. Only decomposable
// (chordal) graphs are used: their likelihood falls into cliques and separators.
type graph struct {
	edges      int   // bit per pair, in the order of pairTerms
	cliques    []int // masks of lists
	separators []int // masks of lists, one fewer than cliques; 0 between parts
}

// decomposableGraphs enumerates them: 8 graphs of three lists, 61 of four, 822 of
// five (Wormald 1985). The complete one is among them.
func decomposableGraphs(lists int) []graph {
	pairs := pairTerms(lists)
	var out []graph
	for edges := range 1 << len(pairs) {
		next := make([]int, lists) // neighbours of each list
		for e, pair := range pairs {
			if edges>>e&1 == 1 {
				a := bits.TrailingZeros(uint(pair))
				b := bits.Len(uint(pair)) - 1
				next[a] |= 1 << b
				next[b] |= 1 << a
			}
		}
		if g, ok := decompose(next); ok {
			g.edges = edges
			out = append(out, g)
		}
	}
	return out
}

// decompose finds the cliques and separators by maximum cardinality search
// (Tarjan and Yannakakis 1984): visit next the list with most visited
// neighbours. The graph is chordal exactly when those neighbours always form a clique.
func decompose(next []int) (graph, bool) {
	var g graph
	visited := 0
	lastEarlier := -1 // neighbours visited before the last list
	clique := 0
	for range next {
		v, most := -1, -1
		for u := range next {
			if n := bits.OnesCount(uint(next[u] & visited)); visited>>u&1 == 0 && n > most {
				v, most = u, n
			}
		}
		earlier := next[v] & visited
		for u := range next {
			if earlier>>u&1 == 1 && earlier&^(next[u]|1<<u) != 0 {
				return g, false
			}
		}
		if lastEarlier >= 0 && most <= bits.OnesCount(uint(lastEarlier)) {
			// the count did not grow: a new clique begins, hung on earlier
			g.cliques = append(g.cliques, clique)
			g.separators = append(g.separators, earlier)
		}
		clique = earlier | 1<<v
		lastEarlier = earlier
		visited |= 1 << v
	}
	g.cliques = append(g.cliques, clique)
	slices.Sort(g.cliques)
	slices.Sort(g.separators)
	return g, true
}
