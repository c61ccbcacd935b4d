package cli

import (
	"math"
	"slices"
	"strings"

	"svod/internal/stats"
	"svod/internal/text"
)

// estimatePage is a report in words, for the terminal and for HTML. The first
// part is the verdict. No part shows a central value without its interval.
type estimatePage struct {
	Title string
	Parts []estimatePart
}

type estimatePart struct {
	Title  string
	Says   []string // paragraphs
	List   []string
	Tables []estimateTable
}

type estimateTable struct {
	Caption string
	Head    []string
	Rows    [][]string
	Numbers []int // columns that hold numbers, from 0
}

// Number says that a column holds numbers.
func (t estimateTable) Number(column int) bool {
	return slices.Contains(t.Numbers, column)
}

// estimateBuilder puts one report into words.
type estimateBuilder struct {
	*words
	r     *stats.Report
	quick bool
}

// shownRefused bounds how many models without an estimate are named; the number
// is always of all.
const shownRefused = 12

func (b estimateBuilder) page() estimatePage {
	p := estimatePage{Title: b.t("cli.estimate_title", "count", len(b.r.Lists))}
	if b.r.Stratum != "" {
		p.Title = b.t("cli.estimate_title_stratum", "title", p.Title, "stratum", oneLine(b.r.Stratum))
	}
	for _, part := range []estimatePart{b.verdict(), b.estimates(), b.refusals(), b.holdout(), b.overlap(), b.histories(), b.behind(), b.notes()} {
		if len(part.Says)+len(part.List)+len(part.Tables) > 0 {
			p.Parts = append(p.Parts, part)
		}
	}
	return p
}

func (b estimateBuilder) sentence(m stats.Message) string { return b.t(m.Key, b.args(m.Args)...) }

func (b estimateBuilder) sentences(list []stats.Message) []string {
	var out []string
	for _, m := range list {
		out = append(out, b.sentence(m))
	}
	return out
}

func (b estimateBuilder) whole(v int64) string { return text.FormatNumber(b.lang, v) }

func (b estimateBuilder) people(v float64) string { return b.whole(int64(math.Round(v))) }

// interval is never left out beside a central value.
func (b estimateBuilder) interval(e stats.Estimate) string {
	if e.OpenHigh {
		return b.t("cli.estimate_open", "low", b.people(e.Low))
	}
	return b.people(e.Low) + "–" + b.people(e.High)
}

func (b estimateBuilder) family(f stats.Family) string { return b.t("stats.family_" + string(f)) }

func (b estimateBuilder) verdict() estimatePart {
	return estimatePart{Title: b.t("cli.estimate_verdict"), Says: b.sentences(b.r.Verdict.Say), List: b.sentences(b.r.Verdict.Because)}
}

func (b estimateBuilder) estimates() estimatePart {
	part := estimatePart{Title: b.t("cli.estimate_families")}
	percent := text.FormatFloat(b.lang, math.Round(1e4*b.r.Level)/100, -1)
	if len(b.r.Estimates) == 0 {
		return part
	}
	t := estimateTable{Numbers: []int{1, 2}, Head: []string{b.t("cli.estimate_method"), b.t("cli.estimate_interval", "percent", percent),
		b.t("cli.estimate_central"), b.t("cli.estimate_kind"), b.t("cli.estimate_model")}}
	for _, e := range b.r.Estimates {
		t.Rows = append(t.Rows, []string{b.family(e.Family), b.interval(e), b.people(e.Point), b.t("stats.interval_" + string(e.Interval)), e.Model})
	}
	part.Tables = []estimateTable{t}
	if s := b.r.Spread; s != nil {
		key := "cli.estimate_spread"
		if s.OpenHigh {
			key = "cli.estimate_spread_open"
		}
		part.Says = append(part.Says, b.t(key, "count", s.Families, "least", b.people(s.Least), "most", b.people(s.Most),
			"low", b.people(s.Low), "high", b.people(s.High)))
	}
	part.Says = append(part.Says, b.t("cli.estimate_models"))
	return part
}

// refusals names who gave no estimate and why, with the name of the reason as
// JSON has it.
func (b estimateBuilder) refusals() estimatePart {
	part := estimatePart{Title: b.t("cli.estimate_refusals")}
	for _, f := range b.r.Refusals {
		part.List = append(part.List, b.refusal(f))
	}
	tooMany := slices.ContainsFunc(b.r.Refusals, func(f stats.Refusal) bool { return f.Key == stats.RefuseGraphLists })
	for _, h := range b.r.Holdout {
		for _, f := range h.Refusals {
			if tooMany && f.Key == stats.RefuseGraphLists {
				continue // said once for all lists
			}
			part.List = append(part.List, b.t("cli.estimate_without", "list", h.List, "message", b.refusal(f)))
		}
	}
	if s := b.r.Selection; s != nil {
		for i, m := range s.Refused {
			if i == shownRefused {
				part.List = append(part.List, b.t("cli.estimate_more", "count", len(s.Refused)-i))
				break
			}
			part.List = append(part.List, b.refusal(stats.Refusal{Message: m}))
		}
	}
	return part
}

func (b estimateBuilder) refusal(f stats.Refusal) string {
	s := b.sentence(f.Message) + " [" + strings.TrimPrefix(f.Key, "stats.refuse_") + "]"
	if f.Family == "" {
		return s
	}
	return b.family(f.Family) + ": " + s
}

// holdout is the leave-one-list-out test: by list, by method, and each answer.
func (b estimateBuilder) holdout() estimatePart {
	part := estimatePart{Title: b.t("cli.estimate_holdout")}
	if len(b.r.Holdout) == 0 {
		return part
	}
	part.Says = []string{b.t("cli.estimate_holdout_says")}
	lists := estimateTable{Caption: b.t("cli.estimate_by_list"), Numbers: []int{1, 2, 3}, Head: []string{b.t("cli.estimate_list"),
		b.t("cli.estimate_known"), b.t("cli.estimate_seen"), b.t("cli.estimate_held"), b.t("cli.estimate_outcome")}}
	each := estimateTable{Caption: b.t("cli.estimate_each"), Numbers: []int{1, 3, 4}, Head: []string{b.t("cli.estimate_list"),
		b.t("cli.estimate_known"), b.t("cli.estimate_method"), b.t("cli.estimate_limits"), b.t("cli.estimate_central"), b.t("cli.estimate_outcome")}}
	for _, h := range b.r.Holdout {
		held := 0
		for _, e := range h.Estimates {
			outcome := b.t("cli.estimate_missed")
			if e.Covers {
				outcome = b.t("cli.estimate_covered")
				held++
			}
			each.Rows = append(each.Rows, []string{h.List, b.whole(h.Truth), b.family(e.Family), b.interval(e.Estimate), b.people(e.Point), outcome})
		}
		outcome := b.t("cli.estimate_passed")
		switch {
		case len(h.Estimates) == 0:
			outcome = b.t("cli.estimate_untested")
		case 2*held < len(h.Estimates):
			outcome = b.t("cli.estimate_failed")
		}
		lists.Rows = append(lists.Rows, []string{h.List, b.whole(h.Truth), b.whole(h.Seen), b.t("cli.estimate_of", "have", held, "all", len(h.Estimates)), outcome})
	}
	methods := estimateTable{Caption: b.t("cli.estimate_by_method"), Numbers: []int{1}, Head: []string{b.t("cli.estimate_method"), b.t("cli.estimate_held_lists")}}
	for _, c := range b.r.Coverage {
		methods.Rows = append(methods.Rows, []string{b.family(c.Family), b.t("cli.estimate_of", "have", c.Covered, "all", c.Of)})
	}
	part.Tables = []estimateTable{lists}
	if len(each.Rows) > 0 {
		part.Tables = append(part.Tables, methods, each)
	}
	return part
}
