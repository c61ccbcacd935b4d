package cli

import (
	"cmp"
	"html/template"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"

	"svod/internal/core"
	"svod/internal/linkage"
	"svod/internal/text"
)

const (
	// shownPairs bounds the doubtful pairs of a report.
	shownPairs = 50
	// doubtBits is how far from the threshold a pair is still doubtful: its odds
	// are up to 64 times more or less.
	doubtBits = 6
)

// linkBuilder puts a result into words. It names rows by their ids only: what
// stands in the cells never leaves the table.
type linkBuilder struct {
	*words
	found   *linkFound
	command *linkCmd
}

// linkHTML writes the page as estimates are written: one file that needs nothing
// else.
func (r *run) linkHTML(to io.Writer, page estimatePage) error {
	t, err := template.New("link").Parse(estimateTemplate)
	if err != nil {
		return core.Internal(err)
	}
	return t.Execute(to, estimateDocument{Lang: r.lang, Title: page.Title, Skip: r.t("cli.estimate_skip"), Pages: []estimatePage{page}})
}

func (b linkBuilder) page() (estimatePage, error) {
	doubts, err := b.doubts()
	return estimatePage{Title: b.t("cli.link_title"), Parts: []estimatePart{b.counts(), b.sizes(), doubts, b.settings()}}, err
}

func (b linkBuilder) whole(n int) string { return text.FormatNumber(b.lang, int64(n)) }

func (b linkBuilder) counts() estimatePart {
	f := b.found
	return estimatePart{Title: b.t("cli.link_counts"), Says: []string{b.t("cli.link_estimated")}, List: []string{
		b.t("cli.link_rows", "value", b.whole(len(f.table.rows))),
		b.t("cli.link_clusters", "value", b.whole(len(f.clusters))),
		b.t("cli.link_duplicates", "value", b.whole(f.duplicates())),
		b.t("cli.link_precision", "percent", b.percent(f.result.EstimatedPrecision)),
		b.t("cli.link_recall", "percent", b.percent(f.result.EstimatedRecall)),
		b.t("cli.link_loss", "percent", b.percent(f.result.Report.BlockingLoss)),
	}}
}

func (b linkBuilder) sizes() estimatePart {
	count := map[int]int{}
	for _, c := range b.found.clusters {
		count[len(c)]++
	}
	t := estimateTable{Numbers: []int{0, 1}, Head: []string{b.t("cli.link_size"), b.t("cli.link_people")}}
	for _, size := range slices.Sorted(maps.Keys(count)) {
		t.Rows = append(t.Rows, []string{b.whole(size), b.whole(count[size])})
	}
	return estimatePart{Title: b.t("cli.link_sizes"), Tables: []estimateTable{t}}
}

// doubtful are the pairs nearest to the threshold, the most probable first.
func (f *linkFound) doubtful() []linkage.Pair {
	threshold := math.Log2(f.result.Threshold / (1 - f.result.Threshold))
	distance := func(p linkage.Pair) float64 { return math.Abs(p.Bits - threshold) }
	var out []linkage.Pair
	for _, p := range f.result.Pairs {
		if p.Contradicts || distance(p) > doubtBits {
			continue
		}
		if compareIDs(f.table.ids[p.A], f.table.ids[p.B]) > 0 {
			p.A, p.B = p.B, p.A
		}
		out = append(out, p)
	}
	byID := func(x, y linkage.Pair) int {
		return cmp.Or(compareIDs(f.table.ids[x.A], f.table.ids[y.A]), compareIDs(f.table.ids[x.B], f.table.ids[y.B]))
	}
	slices.SortFunc(out, func(x, y linkage.Pair) int { return cmp.Or(cmp.Compare(distance(x), distance(y)), byID(x, y)) })
	out = out[:min(len(out), shownPairs)]
	slices.SortFunc(out, func(x, y linkage.Pair) int { return cmp.Or(cmp.Compare(y.Bits, x.Bits), byID(x, y)) })
	return out
}

func (b linkBuilder) doubts() (estimatePart, error) {
	part := estimatePart{Title: b.t("cli.link_doubts")}
	pairs := b.found.doubtful()
	if len(pairs) == 0 {
		part.Says = []string{b.t("cli.link_no_doubts")}
		return part, nil
	}
	part.Says = []string{b.t("cli.link_doubts_say", "count", len(pairs)), b.t("cli.link_doubts_weigh")}
	home := make([]int, len(b.found.table.rows))
	for i, c := range b.found.clusters {
		for _, row := range c {
			home[row] = i
		}
	}
	t := estimateTable{Numbers: []int{2}, Head: []string{b.t("cli.link_row"), b.t("cli.link_other"), b.t("cli.link_probability"),
		b.t("cli.link_outcome"), b.t("cli.link_evidence")}}
	for _, p := range pairs {
		evidence, err := b.found.result.Explain(p.A, p.B)
		if err != nil {
			return part, err
		}
		outcome := b.t("cli.link_apart")
		if home[p.A] == home[p.B] {
			outcome = b.t("cli.link_together")
		}
		t.Rows = append(t.Rows, []string{oneLine(b.found.table.ids[p.A]), oneLine(b.found.table.ids[p.B]), b.percent(p.Probability),
			outcome, linkage.InWords(b.all, b.lang, evidence)})
	}
	part.Tables = []estimateTable{t}
	return part, nil
}

// settings are all that is needed to repeat the result.
func (b linkBuilder) settings() estimatePart {
	f := b.found
	key := "cli.link_threshold_chosen"
	if b.command.Threshold != 0 {
		key = "cli.link_threshold_given"
	}
	part := estimatePart{Title: b.t("cli.link_settings"), List: []string{
		b.t(key, "percent", text.FormatFloat(b.lang, 100*f.result.Threshold, 2)),
		b.t("cli.link_made", "seed", strconv.FormatUint(b.command.Seed, 10)),
	}}
	if b.command.ListsAreDistinct {
		part.List = append(part.List, b.t("cli.link_lists_distinct"))
	}
	files := estimateTable{Numbers: []int{1}, Head: []string{b.t("cli.link_table"), b.t("cli.link_table_rows")}}
	for i, name := range f.table.names() {
		files.Rows = append(files.Rows, []string{oneLine(name), b.whole(f.table.counts[i])})
	}
	columns := estimateTable{Head: []string{b.t("cli.link_column"), b.t("cli.link_kind")}}
	for _, c := range f.table.columns {
		if c.Name != "" {
			columns.Rows = append(columns.Rows, []string{oneLine(c.Name), b.linkKind(c.Kind)})
		}
	}
	part.Tables = []estimateTable{files, columns}
	return part
}

// linkKind says what a column is, with the word that --map takes for it.
func (w *words) linkKind(k linkage.Kind) string {
	key := map[linkage.Kind]string{
		linkage.KindIgnore: "cli.link_is_ignore", linkage.KindID: "cli.link_is_id", linkage.KindList: "cli.link_is_list",
		linkage.KindName: "cli.link_is_name", linkage.KindGiven: "cli.link_is_given", linkage.KindFamily: "cli.link_is_family",
		linkage.KindPatronymic: "cli.link_is_patronymic", linkage.KindSex: "cli.link_is_sex", linkage.KindBirth: "cli.link_is_birth",
		linkage.KindDate: "cli.link_is_date", linkage.KindPlace: "cli.link_is_place", linkage.KindCategory: "cli.link_is_category",
		linkage.KindText: "cli.link_is_text", linkage.KindCode: "cli.link_is_code"}[k]
	return w.t(key) + " (" + string(k) + ")"
}
