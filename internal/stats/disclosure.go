package stats

import (
	"math"
	"slices"
	"strings"

	"svod/internal/core"
)

// Hidden says why a cell of a published table is not shown.
type Hidden int

// The reasons.
const (
	Shown         Hidden = iota
	Small                // fewer people than the threshold, but not none
	Complementary        // shown, it would give a small one away
)

// Suppress decides which cells of a table with published totals of rows and columns to
// hide: those from 1 to below threshold, and as few people as it can besides, so that no
// small cell follows from the totals.
//
// The hidden cells are edges between rows and columns. A cell follows from the
// totals exactly when its edge lies on no cycle of hidden cells (Gusfield 1988,
// "A graph theoretic approach to statistical data security"); so each small cell is
// put on one along the path that hides fewest people. Empty cells are never used
// for it: they would not let the small one vary. The error says that there is no such path.
//
// Never promised: protection against a reader who knows some of the people, or
// against other tables of the same people.
func Suppress(counts [][]int64, threshold int64) ([][]Hidden, error) {
	out := make([][]Hidden, len(counts))
	var small [][2]int
	for i, line := range counts {
		if len(line) != len(counts[0]) {
			return nil, core.Invalid(errSquare)
		}
		out[i] = make([]Hidden, len(line))
		for j, c := range line {
			if c < 0 {
				return nil, core.Invalid(errCount, "value", c).AtCell(i+1, j+1)
			}
			if c > 0 && c < threshold {
				out[i][j] = Small
				small = append(small, [2]int{i, j})
			}
		}
	}
	for _, cell := range small {
		if err := protect(counts, out, cell[0], cell[1]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// protect hides the cheapest path from row i to column j that avoids the cell
// between them (Dijkstra 1959 over rows, then columns).
func protect(counts [][]int64, out [][]Hidden, i, j int) error {
	rows, cols := len(counts), len(counts[0])
	cost := make([]float64, rows+cols)
	from := make([]int, rows+cols)
	done := make([]bool, rows+cols)
	for v := range cost {
		cost[v], from[v] = math.Inf(1), -1
	}
	cost[i] = 0
	for {
		v := -1
		for u := range cost {
			if !done[u] && !math.IsInf(cost[u], 1) && (v < 0 || cost[u] < cost[v]) {
				v = u
			}
		}
		if v < 0 {
			return core.Invalid(errProtect)
		}
		if v == rows+j {
			break
		}
		done[v] = true
		for u := range cost {
			r, c := min(u, v), max(u, v)-rows
			if (u < rows) == (v < rows) || r == i && c == j || counts[r][c] == 0 {
				continue
			}
			step := 1e-9 // a path of cells hidden already costs next to nothing
			if out[r][c] == Shown {
				step = float64(counts[r][c])
			}
			if cost[v]+step < cost[u] {
				cost[u], from[u] = cost[v]+step, v
			}
		}
	}
	for v := rows + j; from[v] >= 0; v = from[v] {
		r, c := min(v, from[v]), max(v, from[v])-rows
		if out[r][c] == Shown {
			out[r][c] = Complementary
		}
	}
	return nil
}

// Anonymity says how well people hide among each other in a table of single
// cases that is about to be published.
type Anonymity struct {
	K     int     `json:"k"`     // size of the smallest group of rows that look alike
	Below int     `json:"below"` // rows in groups smaller than asked for
	Small []Group `json:"small"` // those groups, smallest first
}

// A Group is a set of rows with the same values.
type Group struct {
	Values []string `json:"values"`
	Rows   []int    `json:"rows"` // from 0, ascending
}

// CheckAnonymity groups rows by the values by which a reader could recognise
// somebody (quasi-identifiers; the caller leaves out all other columns) and names the groups
// smaller than k (Samarati and Sweeney 1998). Case and space around a value do
// not tell rows apart; blanks are a value like any other. K is 0 without rows.
func CheckAnonymity(rows [][]string, k int) Anonymity {
	groups := map[string]*Group{}
	for i, row := range rows {
		folded := make([]string, len(row))
		for c, v := range row {
			folded[c] = fold(v)
		}
		key := strings.Join(folded, "\x00")
		if groups[key] == nil {
			groups[key] = &Group{Values: row}
		}
		groups[key].Rows = append(groups[key].Rows, i)
	}
	var a Anonymity
	for _, g := range groups {
		if n := len(g.Rows); a.K == 0 || n < a.K {
			a.K = n
		}
		if len(g.Rows) < k {
			a.Below += len(g.Rows)
			a.Small = append(a.Small, *g)
		}
	}
	slices.SortFunc(a.Small, func(x, y Group) int {
		if d := len(x.Rows) - len(y.Rows); d != 0 {
			return d
		}
		return x.Rows[0] - y.Rows[0]
	})
	return a
}
