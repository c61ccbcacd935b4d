package stats

import (
	"context"
	"math"
)

// A Report is the answer: a page, not a number.
type Report struct {
	Stratum  string    `json:"stratum,omitempty"`
	Lists    []string  `json:"lists"`
	Observed int64     `json:"observed"`
	Cells    []Cell    `json:"cells"`
	Overlap  [][]int64 `json:"overlap"`  // see Table.Overlap
	Captures []int64   `json:"captures"` // see Table.Captures
	Level    float64   `json:"level"`    // of all intervals
	Seed     uint64    `json:"seed"`

	Estimates []Estimate `json:"estimates"` // in the order of Families
	Refusals  []Refusal  `json:"refusals"`
	Spread    *Spread    `json:"spread,omitempty"` // nil without an estimate
	Holdout   []Holdout  `json:"holdout,omitempty"`
	Coverage  []Coverage `json:"coverage,omitempty"`
	Verdict   Verdict    `json:"verdict"`
	Notes     []Message  `json:"notes,omitempty"`

	// What stands behind the estimates; nil when the family refused.
	Selection *Selection      `json:"selection,omitempty"` // by BIC
	Averaged  *Averaged       `json:"averaged,omitempty"`
	Profile   *Profile        `json:"profile,omitempty"` // of the best by BIC
	Bootstrap *Bootstrap      `json:"bootstrap,omitempty"`
	Latent    *Posterior      `json:"latent,omitempty"` // also when its chains disagree
	Graphs    *GraphPosterior `json:"graphs,omitempty"`
}

// Spread is how far the families lie apart, lower bounds left out.
type Spread struct {
	Families int     `json:"families"`
	Least    float64 `json:"least"` // smallest and largest point
	Most     float64 `json:"most"`
	Low      float64 `json:"low"` // smallest and largest limit of an interval
	High     float64 `json:"high"`
	OpenHigh bool    `json:"open_high,omitempty"`
}

// A Verdict is what may be said, in sentences. It never offers a lone figure.
type Verdict struct {
	Usable  bool      `json:"usable"` // there is a range at all
	Say     []Message `json:"say"`
	Because []Message `json:"because"` // why no single number may be quoted
}

// Assess runs every family and the leave-one-list-out test. A table from which
// nothing can be estimated gives a report with the refusal and without estimates; the error is
// for options out of range and for ctx.
func Assess(ctx context.Context, t *Table, o Options) (*Report, error) {
	if err := o.valid(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	r := &Report{Stratum: t.Stratum, Lists: t.Lists, Observed: t.Observed(), Cells: t.Cells(), Overlap: t.Overlap(),
		Captures: t.Captures(), Level: o.Level, Seed: o.Seed, Notes: t.Notes(), Estimates: []Estimate{}, Refusals: []Refusal{}}
	used := t.used()
	if refusal, ok := refusalOf("", used.checkAny()); ok {
		r.Refusals = append(r.Refusals, refusal)
		r.Verdict = verdict(r)
		return r, nil
	}
	p := &panel{t: used, o: o, stream: streamChains}
	if err := p.run(ctx); err != nil {
		return nil, err
	}
	r.Estimates, r.Refusals = append(r.Estimates, p.estimates...), append(r.Refusals, p.refusals...)
	r.Selection, r.Averaged, r.Profile, r.Bootstrap, r.Latent, r.Graphs = p.selection, p.averaged, p.profile, p.bootstrap, p.latent, p.graphs
	if l := r.Latent; l != nil && l.RHat <= MostRHat && l.ESS < fewDraws {
		r.Notes = append(r.Notes, Message{noteFewDraws, []any{"count", int64(l.ESS)}})
	}
	rounds, err := HoldOut(ctx, used, o)
	if refusal, ok := refusalOf("", err); ok {
		r.Refusals = append(r.Refusals, refusal)
	} else if err != nil {
		return nil, err
	}
	r.Holdout, r.Coverage = rounds, coverage(rounds)
	r.Spread = spread(r.Estimates)
	r.Verdict = verdict(r)
	return r, nil
}

// fewDraws is how many independent draws an interval of a posterior should rest
// on (Vehtari et al. 2021).
const fewDraws = 400

func spread(list []Estimate) *Spread {
	var s *Spread
	for _, e := range list {
		if e.LowerBound {
			continue
		}
		if s == nil {
			s = &Spread{Least: e.Point, Most: e.Point, Low: e.Low, High: e.High}
		}
		s.Families++
		s.Least, s.Most = min(s.Least, e.Point), max(s.Most, e.Point)
		s.Low, s.High = min(s.Low, e.Low), max(s.High, e.High)
		s.OpenHigh = s.OpenHigh || e.OpenHigh
	}
	return s
}

// verdict puts the report into sentences.
func verdict(r *Report) Verdict {
	known := Message{sayKnown, []any{"count", r.Observed}}
	if r.Spread == nil {
		return Verdict{Say: []Message{{sayNone, nil}, known}, Because: []Message{}}
	}
	s := r.Spread
	args := []any{"low", roundDown(s.Low), "high", roundUp(s.High), "least", roundDown(s.Least), "most", roundUp(s.Most), "count", s.Families}
	v := Verdict{Usable: true}
	switch {
	case s.Families == 1:
		v.Say = append(v.Say, Message{sayOneFamily, args})
	case s.OpenHigh:
		v.Say = append(v.Say, Message{sayRangeOpen, args})
	default:
		v.Say = append(v.Say, Message{sayRange, args})
	}
	v.Say = append(v.Say, known)
	for _, e := range r.Estimates {
		if e.LowerBound {
			v.Say = append(v.Say, Message{sayBound, []any{"total", roundDown(e.Low)}})
		}
	}
	v.Say = append(v.Say, Message{sayBecause, nil})
	v.Because = reasons(r)
	return v
}

const (
	spreadMatters = 0.05 // share of the smallest point
	wideMatters   = 2.0  // upper over lower limit of the unseen
)

func reasons(r *Report) []Message {
	var out []Message
	s := r.Spread
	if share := (s.Most - s.Least) / s.Least; s.Families > 1 && share > spreadMatters {
		out = append(out, Message{becauseSpread, []any{"percent", int64(math.Round(100 * share))}})
	}
	if missed, tested := missedLists(r.Holdout); len(missed) > 0 {
		out = append(out, Message{becauseHoldout, []any{"count", len(missed), "total", tested, "lists", missed}})
	} else if tested == 0 {
		out = append(out, Message{becauseUntest, nil})
	}
	for _, f := range r.Refusals {
		if f.Key == RefuseChains {
			out = append(out, Message{becauseChains, f.Args})
		}
	}
	n := float64(r.Observed)
	if s.OpenHigh || s.High-n > wideMatters*(s.Low-n) {
		out = append(out, Message{becauseWide, nil})
	}
	return append(out, Message{becauseAssume, nil})
}

// missedLists are the lists whose known size more than half of the families
// missed, and how many lists were tested.
func missedLists(rounds []Holdout) (missed []string, tested int) {
	for _, h := range rounds {
		if len(h.Estimates) == 0 {
			continue
		}
		tested++
		covers := 0
		for _, e := range h.Estimates {
			if e.Covers {
				covers++
			}
		}
		if 2*covers < len(h.Estimates) {
			missed = append(missed, h.List)
		}
	}
	return missed, tested
}

// roundDown and roundUp leave two significant digits of a number above 100, outwards: a
// sentence must not look more exact than its numbers are.
func roundDown(v float64) int64 { return int64(math.Floor(v/grain(v)) * grain(v)) }

func roundUp(v float64) int64 { return int64(math.Ceil(v/grain(v)) * grain(v)) }

func grain(v float64) float64 {
	if v < 100 {
		return 1
	}
	return math.Pow(10, math.Floor(math.Log10(v))-1)
}

// A Variant is a table that came out of record linkage at some threshold.
type Variant struct {
	Threshold float64
	Table     *Table
}

// A Sensitive line says what the estimates would be at another threshold.
type Sensitive struct {
	Threshold float64    `json:"threshold"`
	Observed  int64      `json:"observed"`
	Estimates []Estimate `json:"estimates"`
	Refusals  []Refusal  `json:"refusals,omitempty"`
}

// Sensitivity carries the doubt of record linkage through: the families that
// take no chains and no resamples, at each threshold in turn.
func Sensitivity(ctx context.Context, variants []Variant, o Options) ([]Sensitive, error) {
	if err := o.valid(); err != nil {
		return nil, err
	}
	var out []Sensitive
	for _, v := range variants {
		line := Sensitive{Threshold: v.Threshold, Observed: v.Table.Observed()}
		p := &panel{t: v.Table.used(), o: o.withDefaults(), quick: true, noChains: true}
		if r, ok := refusalOf("", p.t.checkAny()); ok {
			line.Refusals = append(line.Refusals, r)
		} else if err := p.run(ctx); err != nil {
			return nil, err
		}
		line.Estimates = p.estimates
		line.Refusals = append(line.Refusals, p.refusals...)
		out = append(out, line)
	}
	return out, nil
}
