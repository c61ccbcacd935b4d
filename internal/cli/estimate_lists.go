package cli

import (
	"math"
	"strconv"
	"strings"

	"svod/internal/text"
)

// overlap shows how many people pairs of lists share.
func (b estimateBuilder) overlap() estimatePart {
	part := estimatePart{Title: b.t("cli.estimate_overlap"), Says: []string{b.t("cli.estimate_overlap_says")}}
	pairs := estimateTable{Head: []string{b.t("cli.estimate_list")}}
	signs := b.signs()
	for i, list := range b.r.Lists {
		pairs.Head = append(pairs.Head, signs[i])
		pairs.Numbers = append(pairs.Numbers, i+1)
		row := []string{signs[i] + " " + list}
		for _, n := range b.r.Overlap[i] {
			row = append(row, b.whole(n))
		}
		pairs.Rows = append(pairs.Rows, row)
	}
	times := estimateTable{Numbers: []int{0, 1}, Head: []string{b.t("cli.estimate_on_lists"), b.t("cli.estimate_people")}}
	for k, n := range b.r.Captures {
		if k > 0 {
			times.Rows = append(times.Rows, []string{strconv.Itoa(k), b.whole(n)})
		}
	}
	part.Tables = []estimateTable{pairs, times}
	return part
}

// signs are what lists are called in the names of models: lists that name
// nobody are in none.
func (b estimateBuilder) signs() []string {
	out := make([]string, len(b.r.Lists))
	used := int64(0)
	for i := range out {
		out[i] = "–"
		if b.r.Overlap[i][i] > 0 {
			used++
			out[i] = strconv.FormatInt(used, 13)
		}
	}
	return out
}

// histories is the table of captures itself.
func (b estimateBuilder) histories() estimatePart {
	part := estimatePart{Title: b.t("cli.estimate_histories"), Says: []string{b.t("cli.estimate_histories_says", "count", b.r.Observed)}}
	t := estimateTable{}
	for i, list := range b.r.Lists {
		t.Head = append(t.Head, list)
		t.Numbers = append(t.Numbers, i)
	}
	t.Head, t.Numbers = append(t.Head, b.t("cli.estimate_people")), append(t.Numbers, len(b.r.Lists))
	for _, c := range b.r.Cells {
		t.Rows = append(t.Rows, append(strings.Split(c.History, ""), b.whole(c.Count)))
	}
	none := strings.Split(strings.Repeat("0", len(b.r.Lists)), "")
	t.Rows = append(t.Rows, append(none, b.t("cli.estimate_unknown")))
	part.Tables = []estimateTable{t}
	return part
}

// behind says what the estimates rest on: models, chains, resamples.
func (b estimateBuilder) behind() estimatePart {
	part := estimatePart{Title: b.t("cli.estimate_behind")}
	if s := b.r.Selection; s != nil {
		part.List = append(part.List, b.t("cli.estimate_fitted", "fitted", len(s.Fits), "refused", len(s.Refused)))
	}
	if l := b.r.Latent; l != nil {
		var medians []string
		for _, m := range l.Medians {
			medians = append(medians, b.people(m))
		}
		part.List = append(part.List, b.t("cli.estimate_chains", "chains", l.Chains, "rhat", text.FormatFloat(b.lang, l.RHat, 3),
			"draws", b.people(l.ESS), "medians", strings.Join(medians, "; ")))
	}
	if s := b.r.Bootstrap; s != nil {
		part.List = append(part.List, b.t("cli.estimate_resamples", "resamples", s.Resamples, "without", s.Without))
	}
	percent := text.FormatFloat(b.lang, math.Round(1e4*b.r.Level)/100, -1)
	part.List = append(part.List, b.t("cli.estimate_made", "seed", strconv.FormatUint(b.r.Seed, 10), "percent", percent))
	if b.quick {
		part.List = append(part.List, b.t("cli.estimate_quickly"))
	}
	return part
}

func (b estimateBuilder) notes() estimatePart {
	return estimatePart{Title: b.t("cli.estimate_notes"), List: b.sentences(b.r.Notes)}
}
