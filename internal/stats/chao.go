package stats

import "math"

// A Bound is Chao's lower bound of the total.
type Bound struct {
	Total float64 `json:"total"`
	SE    float64 `json:"se"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// ChaoBound estimates a lower bound that holds when people differ in how easily
// they are listed and lists differ in size (model Mth). With z_i the people on list i alone
// and f2 those on exactly two lists, the unseen are at least sum over pairs of
// z_i·z_k, divided by f2 + 1 (Chao 1987; Rivest and Baillargeon 2007, bias corrected). The error is
// by the delta method over independent Poisson counts, the interval Chao's (1987, formula 12).
//
// Lists that avoid each other break the bound; it is not an estimate of the total.
func ChaoBound(t *Table, level float64) (*Bound, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	captures := t.Captures()
	f1, f2 := float64(captures[1]), float64(captures[2])
	squares := 0.0
	for i := range t.Lists {
		z := float64(t.counts[1<<i])
		squares += z * z
	}
	f0 := (f1*f1 - squares) / 2 / (f2 + 1)
	n := float64(t.Observed())
	if f0 <= 0 {
		return &Bound{Total: n, Low: n, High: n}, nil
	}
	variance := f0 + f0*f0*f2/((f2+1)*(f2+1))
	for i := range t.Lists {
		z := float64(t.counts[1<<i])
		slope := (f1 - z) / (f2 + 1)
		variance += slope * slope * z
	}
	c := math.Exp(normalQuantile((1+level)/2) * math.Sqrt(math.Log1p(variance/(f0*f0))))
	return &Bound{Total: n + f0, SE: math.Sqrt(variance), Low: n + f0/c, High: n + f0*c}, nil
}
