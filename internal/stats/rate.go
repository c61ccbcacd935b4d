package stats

import (
	"math"

	"svod/internal/core"
)

// A Rate is a number of events per so many people, with its interval.
type Rate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Per   float64 `json:"per"`
}

// RateOf is the rate of events in a population (or in person-years), per so many
// people (usually 100,000), with the exact Poisson interval (Garwood 1936). Events
// come one by one; where one raid brings fifty of them, the truth is wider.
func RateOf(events int64, population, per, level float64) (Rate, error) {
	if events < 0 {
		return Rate{}, core.Invalid(errCount, "value", events)
	}
	if !(population > 0 && per > 0) || math.IsInf(population, 0) {
		return Rate{}, core.Invalid(errExposure)
	}
	if !(level > 0 && level < 1) {
		return Rate{}, core.Invalid(errOption, "field", "level")
	}
	low, high := poissonInterval(float64(events), level)
	return Rate{Value: float64(events) / population * per, Low: low / population * per, High: high / population * per, Per: per}, nil
}

// poissonInterval holds the means under which k is in neither tail.
func poissonInterval(k, level float64) (low, high float64) {
	tail := (1 - level) / 2
	if k > 0 {
		low = gammaQuantile(k, tail)
	}
	return low, gammaQuantile(k+1, 1-tail)
}

// gammaQuantile is the x with P(a, x) = p, by halving.
func gammaQuantile(a, p float64) float64 {
	lo, hi := 0.0, a+10
	for math.Exp(logGammaP(a, hi)) < p {
		hi *= 2
	}
	for range 200 {
		mid := (lo + hi) / 2
		if mid == lo || mid == hi {
			break
		}
		if math.Exp(logGammaP(a, mid)) < p {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// A Share is a proportion when some answers are unknown.
type Share struct {
	OfKnown float64 `json:"of_known"` // yes among yes and no
	Low     float64 `json:"low"`      // interval of OfKnown
	High    float64 `json:"high"`
	// Least and Most hold whatever the unknown would have answered: all no, all
	// yes. Quote these unless there is reason to think that the unknown are like
	// the known.
	Least   float64 `json:"least"`
	Most    float64 `json:"most"`
	Unknown int64   `json:"unknown"`
}

// ShareOf is the share of yes, with Wilson's interval (1927) among the known and
// the bounds of Manski (1989) over the unknown.
func ShareOf(yes, no, unknown int64, level float64) (Share, error) {
	if yes < 0 || no < 0 || unknown < 0 {
		return Share{}, core.Invalid(errCount, "value", min(yes, no, unknown))
	}
	if yes+no == 0 {
		return Share{}, core.Invalid(errNoRows)
	}
	if !(level > 0 && level < 1) {
		return Share{}, core.Invalid(errOption, "field", "level")
	}
	n := float64(yes + no)
	all := n + float64(unknown)
	p := float64(yes) / n
	z := normalQuantile((1 + level) / 2)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Share{OfKnown: p, Low: max(0, middle-half), High: min(1, middle+half),
		Least: float64(yes) / all, Most: (float64(yes) + float64(unknown)) / all, Unknown: unknown}, nil
}
