package stats

import "context"

// A Holdout is one round of the leave-one-list-out test: the families estimate
// the size of a list, which is known, from how its people appear on the others.
type Holdout struct {
	List      string            `json:"list"`
	Truth     int64             `json:"truth"` // people on the list
	Seen      int64             `json:"seen"`  // of them on another list
	Estimates []HoldoutEstimate `json:"estimates"`
	Refusals  []Refusal         `json:"refusals,omitempty"`
}

// A HoldoutEstimate is an estimate of a known size.
type HoldoutEstimate struct {
	Estimate
	Covers bool `json:"covers"` // the interval holds the truth
}

// Coverage counts in how many rounds of the test the interval of a family held
// the truth.
type Coverage struct {
	Family  Family `json:"family"`
	Covered int    `json:"covered"`
	Of      int    `json:"of"`
}

// Rounds of the chains in the test are fewer than in the estimate: a chain of a
// smaller table settles sooner, and there is one set of chains per list.
const (
	holdoutRounds = 20_000
	holdoutChains = 4
)

// minHoldoutLists leaves three lists when one is taken away.
const minHoldoutLists = 4

// HoldOut runs the leave-one-list-out test (Jewell et al. 2018, MSETools) for each
// list in order. The refusal RefuseHoldoutLists says that there are fewer than
// four lists with people.
func HoldOut(ctx context.Context, t *Table, o Options) ([]Holdout, error) {
	if err := o.valid(); err != nil {
		return nil, err
	}
	t = t.used()
	if len(t.Lists) < minHoldoutLists {
		return nil, refuse(RefuseHoldoutLists, "count", len(t.Lists))
	}
	o = o.withDefaults()
	o.Rounds, o.Chains = min(o.Rounds, holdoutRounds), min(o.Chains, holdoutChains)
	o.BurnIn = min(o.BurnIn, holdoutRounds/10)
	var out []Holdout
	for i, list := range t.Lists {
		rest, truth := t.without(i)
		h := Holdout{List: list, Truth: truth, Seen: rest.Observed()}
		rest = rest.used()
		if r, ok := refusalOf("", rest.checkAny()); ok {
			h.Refusals = append(h.Refusals, r)
			out = append(out, h)
			continue
		}
		p := &panel{t: rest, o: o, stream: streamHoldout + uint64(i)<<20, quick: true}
		if err := p.run(ctx); err != nil {
			return nil, err
		}
		for _, e := range p.estimates {
			h.Estimates = append(h.Estimates, HoldoutEstimate{e, e.covers(float64(truth))})
		}
		h.Refusals = p.refusals
		out = append(out, h)
	}
	return out, nil
}

// used is the table without the lists that name nobody; itself when there are none.
func (t *Table) used() *Table {
	over := t.Overlap()
	var keep []int
	for i := range t.Lists {
		if over[i][i] > 0 {
			keep = append(keep, i)
		}
	}
	if len(keep) == len(t.Lists) {
		return t
	}
	out := &Table{Stratum: t.Stratum, counts: make([]int64, 1<<len(keep))}
	for _, i := range keep {
		out.Lists = append(out.Lists, t.Lists[i])
	}
	for mask, n := range t.counts {
		to := 0
		for k, i := range keep {
			to |= mask >> i & 1 << k
		}
		out.counts[to] += n
	}
	return out
}

// checkAny is Check for a table that may have lost its lists.
func (t *Table) checkAny() error {
	if len(t.Lists) < MinLists {
		return refuse(RefuseFewLists, "count", len(t.Lists))
	}
	return t.Check()
}

// coverage sums up the test by family, in the order of Families.
func coverage(rounds []Holdout) []Coverage {
	var out []Coverage
	for _, f := range Families() {
		c := Coverage{Family: f}
		for _, h := range rounds {
			for _, e := range h.Estimates {
				if e.Family == f {
					c.Of++
					if e.Covers {
						c.Covered++
					}
				}
			}
		}
		if c.Of > 0 {
			out = append(out, c)
		}
	}
	return out
}
