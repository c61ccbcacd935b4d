package stats

import (
	"math"

	"svod/internal/core"
)

// A Period is one point of a time series. When is in any unit (years, months);
// Population is what the count is set against, 1 where there is none.
type Period struct {
	When, Population float64
	Count            int64
}

// A Trend is how a rate changes with time.
type Trend struct {
	Ratio float64 `json:"ratio"` // of the rate, per unit of time; 1.1 is 10 % more each
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	// Dispersion is the variance of the counts over that of a Poisson law; the
	// interval is widened by it when it is above 1.
	Dispersion float64 `json:"dispersion"`
}

// TrendOf fits a log-linear trend by quasi-likelihood (McCullagh and Nelder 1989,
// chapter 9): variance proportional to the mean, dispersion from Pearson's
// statistic, never below 1. An interval that holds 1 shows no trend.
func TrendOf(series []Period, level float64) (Trend, error) {
	if !(level > 0 && level < 1) {
		return Trend{}, core.Invalid(errOption, "field", "level")
	}
	var n, people, middle float64
	for i, p := range series {
		if p.Count < 0 || !(p.Population > 0) || math.IsInf(p.Population, 0) || math.IsNaN(p.When) || math.IsInf(p.When, 0) {
			return Trend{}, core.Invalid(errSeries).AtCell(i+1, 0)
		}
		n += float64(p.Count)
		people += p.Population
		middle += p.When / float64(len(series))
	}
	apart := 0.0
	for _, p := range series {
		apart = max(apart, math.Abs(p.When-middle))
	}
	if len(series) < 3 || n == 0 || apart == 0 {
		return Trend{}, core.Invalid(errSeries)
	}
	a, b := math.Log(n/people), 0.0 // at the middle; per unit of apart
	var info [3]float64
	for range 100 {
		var score [2]float64
		info = [3]float64{}
		for _, p := range series {
			x := (p.When - middle) / apart
			mu := p.Population * math.Exp(min(a+b*x, etaMost))
			score[0] += float64(p.Count) - mu
			score[1] += (float64(p.Count) - mu) * x
			info[0] += mu
			info[1] += mu * x
			info[2] += mu * x * x
		}
		det := info[0]*info[2] - info[1]*info[1]
		if !(det > 1e-12*info[0]*info[2]) {
			return Trend{}, core.Invalid(errSeries) // all events at one end: the ratio has no limit
		}
		da := (info[2]*score[0] - info[1]*score[1]) / det
		db := (info[0]*score[1] - info[1]*score[0]) / det
		short := min(1, 2/max(math.Abs(da), math.Abs(db), 1e-300))
		a, b = a+short*da, b+short*db
		if math.Abs(da)+math.Abs(db) < 1e-10 {
			break
		}
	}
	pearson := 0.0
	for _, p := range series {
		mu := p.Population * math.Exp(a+b*(p.When-middle)/apart)
		pearson += math.Pow(float64(p.Count)-mu, 2) / mu
	}
	t := Trend{Ratio: math.Exp(b / apart), Dispersion: pearson / float64(len(series)-2)}
	se := math.Sqrt(max(1, t.Dispersion) * info[0] / (info[0]*info[2] - info[1]*info[1]))
	z := normalQuantile((1 + level) / 2)
	t.Low, t.High = math.Exp((b-z*se)/apart), math.Exp((b+z*se)/apart)
	return t, nil
}
