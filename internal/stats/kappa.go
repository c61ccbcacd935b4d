package stats

import (
	"math"

	"svod/internal/core"
)

// An Agreement says how far two people who decided the same cases agree.
type Agreement struct {
	Cases    int64   `json:"cases"`
	Observed float64 `json:"observed"` // share decided alike
	Chance   float64 `json:"chance"`   // share that would be by chance
	Kappa    float64 `json:"kappa"`    // (observed - chance) / (1 - chance)
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	// Undefined: both gave every case the same one answer; kappa says nothing.
	Undefined bool `json:"undefined,omitempty"`
}

// Kappa is Cohen's kappa (1960) of a table whose rows are the answers of one
// person and columns those of the other, with the interval of Fleiss, Cohen and
// Everitt (1969, formula 13).
func Kappa(counts [][]int64, level float64) (Agreement, error) {
	k := len(counts)
	if !(level > 0 && level < 1) {
		return Agreement{}, core.Invalid(errOption, "field", "level")
	}
	rows, cols := make([]float64, k), make([]float64, k)
	n := 0.0
	for i, line := range counts {
		if len(line) != k {
			return Agreement{}, core.Invalid(errSquare)
		}
		for j, c := range line {
			if c < 0 {
				return Agreement{}, core.Invalid(errCount, "value", c)
			}
			rows[i] += float64(c)
			cols[j] += float64(c)
			n += float64(c)
		}
	}
	if k < 2 || n == 0 {
		return Agreement{}, core.Invalid(errSquare)
	}
	a := Agreement{Cases: int64(n)}
	for i := range k {
		rows[i] /= n
		cols[i] /= n
		a.Observed += float64(counts[i][i]) / n
		a.Chance += rows[i] * cols[i]
	}
	if a.Chance >= 1 {
		a.Undefined = true
		return a, nil
	}
	a.Kappa = (a.Observed - a.Chance) / (1 - a.Chance)
	spread := -math.Pow(a.Kappa-a.Chance*(1-a.Kappa), 2)
	for i, line := range counts {
		for j, c := range line {
			p := float64(c) / n
			if i == j {
				spread += p * math.Pow(1-(rows[i]+cols[i])*(1-a.Kappa), 2)
			} else {
				spread += p * math.Pow((1-a.Kappa)*(cols[i]+rows[j]), 2)
			}
		}
	}
	se := math.Sqrt(max(0, spread)/n) / (1 - a.Chance)
	z := normalQuantile((1 + level) / 2)
	a.Low, a.High = max(-1, a.Kappa-z*se), min(1, a.Kappa+z*se)
	return a, nil
}
