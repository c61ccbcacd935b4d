package stats

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// Intervals of Garwood as his tables and R's poisson.test give them.
func TestRateOf(t *testing.T) {
	for _, c := range []struct {
		events    int64
		low, high float64
	}{{0, 0, 3.688879}, {1, 0.025318, 5.571643}, {10, 4.795389, 18.390356}, {100, 81.36399, 121.62679}} {
		r, err := RateOf(c.events, 100_000, 100_000, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(r.Low-c.low) > 1e-4 || math.Abs(r.High-c.high) > 1e-4 || r.Value != float64(c.events) {
			t.Errorf("%d events: %+v, want %g to %g", c.events, r, c.low, c.high)
		}
	}
	// by definition, exactly 2.5 % lie beyond each limit
	low, high := poissonInterval(17, 0.95)
	below, above := 0.0, 0.0
	for i := 0.0; i < 400; i++ {
		if i >= 17 {
			above += math.Exp(i*math.Log(low) - low - lgamma(i+1))
		}
		if i <= 17 {
			below += math.Exp(i*math.Log(high) - high - lgamma(i+1))
		}
	}
	if math.Abs(below-0.025) > 1e-9 || math.Abs(above-0.025) > 1e-9 {
		t.Errorf("%g and %g lie beyond the limits", below, above)
	}
	for _, bad := range []struct{ e, p float64 }{{-1, 10}, {3, 0}, {3, math.NaN()}, {3, math.Inf(1)}} {
		if _, err := RateOf(int64(bad.e), bad.p, 1000, 0.95); keyOf(err) == "" {
			t.Errorf("%v is accepted", bad)
		}
	}
}

func TestShareOf(t *testing.T) {
	s, err := ShareOf(15, 5, 20, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	// Wilson's interval of 15 of 20 as R's prop.test(correct = FALSE) gives it
	if math.Abs(s.Low-0.5313) > 5e-4 || math.Abs(s.High-0.8881) > 5e-4 || s.Least != 0.375 || s.Most != 0.875 || s.OfKnown != 0.75 {
		t.Errorf("%+v", s)
	}
	if _, err := ShareOf(0, 0, 9, 0.95); keyOf(err) != errNoRows {
		t.Error(err)
	}
}

func TestKappa(t *testing.T) {
	// the example of Cohen's kappa in common use: 20, 5 / 10, 15
	a, err := Kappa([][]int64{{20, 5}, {10, 15}}, 0.95)
	if err != nil || math.Abs(a.Kappa-0.4) > 1e-12 || a.Observed != 0.7 || math.Abs(a.Chance-0.5) > 1e-12 {
		t.Fatalf("%+v %v", a, err)
	}
	if se := (a.High - a.Kappa) / 1.959964; math.Abs(se-0.12709) > 2e-4 {
		t.Errorf("standard error %.5f, in the literature 0.127", se)
	}
	if a, err := Kappa([][]int64{{9, 0}, {0, 0}}, 0.95); err != nil || !a.Undefined {
		t.Errorf("%+v %v", a, err)
	}
	for _, bad := range [][][]int64{nil, {{1}}, {{1, 2}, {3}}, {{0, 0}, {0, 0}}, {{1, -2}, {3, 4}}} {
		if _, err := Kappa(bad, 0.95); keyOf(err) == "" {
			t.Errorf("%v is accepted", bad)
		}
	}
}

func TestTrendOf(t *testing.T) {
	var exact, noisy []Period
	for year := range 8 {
		count := 100 * math.Pow(1.1, float64(year))
		exact = append(exact, Period{2010 + float64(year), 2, int64(math.Round(2 * count))})
		noisy = append(noisy, Period{2010 + float64(year), 1, int64(count * (1 + 0.5*math.Cos(3*float64(year))))})
	}
	e, err := TrendOf(exact, 0.95)
	if err != nil || math.Abs(e.Ratio-1.1) > 0.001 || e.Dispersion > 0.1 || e.Low < 1.05 || e.High > 1.15 {
		t.Errorf("%+v %v", e, err)
	}
	n, err := TrendOf(noisy, 0.95)
	if err != nil || n.Dispersion < 5 || n.High-n.Low < 2*(e.High-e.Low) {
		t.Errorf("the interval ignores the dispersion: %+v %v", n, err)
	}
	for name, bad := range map[string][]Period{"two": exact[:2], "empty": {{1, 1, 0}, {2, 1, 0}, {3, 1, 0}}, "one moment": {{1, 1, 4}, {1, 1, 5}, {1, 1, 6}}, "nobody": {{1, 0, 4}, {2, 1, 5}, {3, 1, 6}}} {
		if _, err := TrendOf(bad, 0.95); keyOf(err) != errSeries {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSuppress(t *testing.T) {
	got, err := Suppress([][]int64{{20, 3, 40}, {15, 9, 8}, {30, 12, 50}}, 5)
	want := [][]Hidden{{Complementary, Small, Shown}, {Complementary, Complementary, Shown}, {Shown, Shown, Shown}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %v", got, err)
	}
	if _, err := Suppress([][]int64{{3, 0}, {0, 9}}, 5); keyOf(err) != errProtect {
		t.Errorf("a lone small cell: %v", err)
	}
	if got, err := Suppress([][]int64{{0, 9}, {7, 0}}, 5); err != nil || got[0][0] != Shown {
		t.Errorf("zeros are shown: %v %v", got, err)
	}
}

// No small cell of any table follows from the totals: it can be one more or one
// less with all shown cells and totals as they are.
func TestSuppressHoldsAgainstArithmetic(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	hidden := 0
	for range 300 {
		counts := make([][]int64, 3)
		for i := range counts {
			for range 3 {
				counts[i] = append(counts[i], int64(r.IntN(9)))
			}
		}
		out, err := Suppress(counts, 4)
		if err != nil {
			continue
		}
		for i := range counts {
			for j := range counts[i] {
				if out[i][j] == Small {
					hidden++
					if !varies(counts, out, i, j, 1) && !varies(counts, out, i, j, -1) {
						t.Fatalf("%v: cell %d,%d follows from %v", counts, i, j, out)
					}
				}
			}
		}
	}
	if hidden < 100 {
		t.Errorf("only %d hidden cells: the test is blind", hidden)
	}
}

// varies looks for another table with the same totals and shown cells in which
// the cell differs by step, moving one person along cycles.
func varies(counts [][]int64, out [][]Hidden, i, j int, step int64) bool {
	used := map[[2]int]bool{{i, j}: true}
	var walk func(row, col int, alongRow bool, sign int64) bool
	walk = func(row, col int, alongRow bool, sign int64) bool {
		for k := range 3 {
			r, c := row, k
			if !alongRow {
				r, c = k, col
			}
			if used[[2]int{r, c}] || out[r][c] == Shown || counts[r][c]+sign < 0 {
				continue
			}
			if !alongRow && r == i {
				continue // the row of the cell closes only along itself
			}
			if alongRow && c == j && r != i {
				return true
			}
			used[[2]int{r, c}] = true
			if walk(r, c, !alongRow, -sign) {
				return true
			}
			delete(used, [2]int{r, c})
		}
		return false
	}
	return walk(i, j, true, -step)
}

func TestCheckAnonymity(t *testing.T) {
	rows := [][]string{{"m", "1980", "Tula"}, {"M ", "1980", "tula"}, {"f", "1980", "Tula"}, {"m", "1980", "Tula"}, {"f", "1971", ""}, {"f", "1971", ""}}
	a := CheckAnonymity(rows, 3)
	if a.K != 1 || a.Below != 3 || len(a.Small) != 2 || !reflect.DeepEqual(a.Small[0].Rows, []int{2}) || !reflect.DeepEqual(a.Small[1].Rows, []int{4, 5}) {
		t.Errorf("%+v", a)
	}
	if a := CheckAnonymity(nil, 3); a.K != 0 {
		t.Errorf("%+v", a)
	}
}
