package stats

import "math"

// support is what is left of a model and a table once the terms that no person
// supports are set aside. The estimate of a term whose lists share nobody is
// minus infinity; the cells that contain it have expectation zero and leave
// the fit together with it (the extended maximum likelihood estimate of Chan,
// Silverman and Vincent 2021, section 2).
type support struct {
	use   []bool // by cell
	terms []int  // those with a finite estimate
	empty []int  // those at minus infinity
}

// supportOf writes into use and reuses its memory. y has no people in cell 0.
func supportOf(m Model, y []float64, use []bool, above []float64) support {
	s := support{use: use}
	copy(above, y)
	sumAbove(above)
	for c := range use {
		use[c] = c != 0
	}
	for _, t := range m.terms {
		if above[t] > 0 {
			s.terms = append(s.terms, t)
			continue
		}
		s.empty = append(s.empty, t)
		for c := range use {
			if c&t == t {
				use[c] = false
			}
		}
	}
	return s
}

// verdict of the check before a fit.
type fitness int

const (
	fits fitness = iota
	notIdentifiable
	noEstimate
)

// check decides exactly when the estimate of the model exists. With X+ the rows of
// cells that hold people and X0 those of empty cells:
//
//   - when X+ has full column rank, the estimate exists and is unique;
//   - when all rows together have not, the model is not identifiable;
//   - otherwise the estimate exists exactly when no direction d in the null space
//     of X+ has X0·d <= 0 with X0·d != 0, along which the likelihood would grow
//     for ever (Haberman 1974; Fienberg and Rinaldo 2012, theorem 2). By Stiemke's
//     lemma that is so exactly when some u > 0 solves u·X0·N = 0, with N a basis of
//     that null space: a linear program of as many rows as N has columns.
func (s support) check(y []float64) fitness {
	p := len(s.terms)
	e := newEchelon(p)
	row := make([]float64, p)
	for c := range y {
		if s.use[c] && y[c] > 0 && e.rank < p {
			s.row(c, row)
			e.add(row)
		}
	}
	if e.rank == p {
		return fits
	}
	null := e.nullSpace()
	all := newEchelon(p)
	for _, r := range e.rows {
		all.add(append([]float64(nil), r...))
	}
	var a [][]float64 // X0·N, one row per empty cell
	for c := range y {
		if !s.use[c] || y[c] > 0 {
			continue
		}
		s.row(c, row)
		image := make([]float64, len(null))
		for k, d := range null {
			for i, v := range row {
				image[k] += v * d[i]
			}
		}
		a = append(a, image)
		all.add(row)
	}
	if all.rank < p {
		return notIdentifiable
	}
	if positiveSolution(a) {
		return fits
	}
	return noEstimate
}

func (s support) row(cell int, out []float64) {
	for i, t := range s.terms {
		out[i] = 0
		if cell&t == t {
			out[i] = 1
		}
	}
}

const nearZero = 1e-9 // entries are small whole numbers and their ratios

// echelon is a row space in reduced echelon form.
type echelon struct {
	columns, rank int
	rows          [][]float64
	pivots        []int // column of the leading 1 of each row
}

func newEchelon(columns int) *echelon { return &echelon{columns: columns} }

// add reduces row (which it overwrites) and takes what is left into the space.
func (e *echelon) add(row []float64) {
	for r, pivot := range e.pivots {
		if f := row[pivot]; f != 0 {
			for i, v := range e.rows[r] {
				row[i] -= f * v
			}
		}
	}
	lead := -1
	for i, v := range row {
		if math.Abs(v) > nearZero && (lead < 0 || math.Abs(v) > math.Abs(row[lead])) {
			lead = i
		}
	}
	if lead < 0 {
		return
	}
	fresh := make([]float64, e.columns)
	for i, v := range row {
		if v /= row[lead]; math.Abs(v) > nearZero {
			fresh[i] = v
		}
	}
	for _, other := range e.rows {
		if f := other[lead]; f != 0 {
			for i, v := range fresh {
				if other[i] -= f * v; math.Abs(other[i]) <= nearZero {
					other[i] = 0
				}
			}
		}
	}
	e.rows, e.pivots, e.rank = append(e.rows, fresh), append(e.pivots, lead), e.rank+1
}

// nullSpace is a basis of the vectors that every row maps to 0.
func (e *echelon) nullSpace() [][]float64 {
	leads := make([]bool, e.columns)
	for _, p := range e.pivots {
		leads[p] = true
	}
	var out [][]float64
	for free := range e.columns {
		if leads[free] {
			continue
		}
		d := make([]float64, e.columns)
		d[free] = 1
		for r, p := range e.pivots {
			d[p] = -e.rows[r][free]
		}
		out = append(out, d)
	}
	return out
}

// positiveSolution decides whether some u with every element > 0 solves u·a = 0.
// The system is homogeneous, so u >= 1 is as good; with u = 1 + v it is the
// first phase of a simplex for v >= 0, v·a = -(sum of the rows of a).
func positiveSolution(a [][]float64) bool {
	if len(a) == 0 {
		return false
	}
	m, n := len(a[0]), len(a)
	tableau := make([][]float64, m) // n columns of v, then the right side
	for k := range tableau {
		tableau[k] = make([]float64, n+1)
		for i := range a {
			tableau[k][i] = a[i][k]
			tableau[k][n] -= a[i][k]
		}
		if tableau[k][n] < 0 {
			for i := range tableau[k] {
				tableau[k][i] = -tableau[k][i]
			}
		}
	}
	return feasible(tableau, n)
}

// feasible runs the first phase of the simplex method with artificial variables
// and Bland's rule, which cannot cycle: is there v >= 0 with tableau·v = right
// side (>= 0, in column n)?
func feasible(tableau [][]float64, n int) bool {
	cost := make([]float64, n+1) // of the sum of artificial variables
	basis := make([]int, len(tableau))
	for k, row := range tableau {
		basis[k] = n + k
		for i, v := range row {
			cost[i] -= v
		}
	}
	for {
		enter := -1
		for i := range n {
			if cost[i] < -nearZero {
				enter = i
				break
			}
		}
		if enter < 0 {
			return cost[n] > -1e-7
		}
		leave := -1
		var best float64
		for k, row := range tableau {
			if row[enter] <= nearZero {
				continue
			}
			ratio := row[n] / row[enter]
			if leave < 0 || ratio < best-nearZero || ratio < best+nearZero && basis[k] < basis[leave] {
				leave, best = k, ratio
			}
		}
		if leave < 0 {
			return false // cannot happen: the cost is bounded below by 0
		}
		pivot(tableau, cost, leave, enter)
		basis[leave] = enter
	}
}

func pivot(tableau [][]float64, cost []float64, r, c int) {
	scale := tableau[r][c]
	for i := range tableau[r] {
		tableau[r][i] /= scale
	}
	clearColumn := func(row []float64) {
		if f := row[c]; f != 0 {
			for i, v := range tableau[r] {
				row[i] -= f * v
			}
			row[c] = 0
		}
	}
	for k, row := range tableau {
		if k != r {
			clearColumn(row)
		}
	}
	clearColumn(cost)
}
