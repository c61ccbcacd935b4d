package cli

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"svod/internal/sheet"
	"svod/internal/stats"
)

func estimateRun(t *testing.T, lang string) (*run, *bytes.Buffer) {
	t.Helper()
	w, err := loadWords(lang)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	return &run{Program: &Program{Out: &out, Err: &bytes.Buffer{}}, words: w, ctx: t.Context()}, &out
}

func estimateReport(t *testing.T, cells string, names ...string) *stats.Report {
	t.Helper()
	table, err := stats.ParseHistories(cells, names)
	if err != nil {
		t.Fatal(err)
	}
	report, err := stats.Assess(t.Context(), table, (&estimateCmd{Quick: true}).options())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// A central value must never stand without an interval beside it, and no
// message may be left as its key or with a hole in it.
func TestEstimatePageNeverShowsABareNumber(t *testing.T) {
	report := estimateReport(t, "1000:113 0100:84 0010:93 0001:30 1100:17 1010:22 0110:21 1001:10 0101:3 0011:12 1110:18 1111:2")
	for _, lang := range []string{"ru", "en"} {
		r, _ := estimateRun(t, lang)
		page := (&estimateCmd{Quick: true}).pages(r, []*stats.Report{report})[0]
		central := 0
		for _, part := range page.Parts {
			for _, s := range slices.Concat(part.Says, part.List, []string{part.Title}) {
				if strings.ContainsAny(s, "{}") || strings.Contains(s, "cli.") || strings.Contains(s, "stats.") {
					t.Errorf("%s: %q", lang, s)
				}
			}
			for _, table := range part.Tables {
				at := slices.Index(table.Head, r.t("cli.estimate_central"))
				for _, row := range table.Rows {
					if len(row) != len(table.Head) {
						t.Errorf("%s: %q has %d cells, the head %d", lang, row, len(row), len(table.Head))
					}
					if at > 0 && !strings.Contains(row[at-1], "–") {
						t.Errorf("%s: no interval in %q", lang, row)
					}
				}
				if at > 0 {
					central++
				}
			}
		}
		if central != 2 {
			t.Errorf("%s: %d tables with central values, want those of the methods and of the test", lang, central)
		}
	}
}

func TestEstimateHTMLEscapesNames(t *testing.T) {
	r, out := estimateRun(t, "en")
	report := estimateReport(t, "100:4 010:3 110:6", "<script>x</script>", "B&B", "C")
	if err := r.estimateHTML((&estimateCmd{}).pages(r, []*stats.Report{report})); err != nil {
		t.Fatal(err)
	}
	if s := out.String(); strings.Contains(s, "<script") || !strings.Contains(s, "B&amp;B") || strings.Count(s, "<table>") != strings.Count(s, "</table>") {
		t.Error(s)
	}
}

// Rows are counted as the person's own program counts them, whatever stands above.
func TestEstimateReadsWhatPeopleHave(t *testing.T) {
	for name, c := range map[string]struct {
		table   string
		header  string
		numbers []int
	}{
		"plain":             {"A,B,n\n1,0,5\n0,1,6\n", "A|B|n", []int{2, 3}},
		"title":             {"Свод списков;;\n\nА;Б;число\n1;0;5\n\n0;1;6\n1;1;7\n", "А|Б|число", []int{4, 6, 7}},
		"total":             {"A;B;число\n1;0;5\n0;1;6\n1;1;7\nИтого;;18\n", "A|B|число", []int{2, 3, 4}},
		"years":             {"2011\t2012\tcount\n1\t0\t5\n0\t1\t6\n1\t1\t9\n", "2011|2012|count", []int{2, 3, 4}},
		"an unnamed column": {"A,B,n,\n1,0,5,\n0,1,6,\n1,1,6,\n", "A|B|n|", []int{2, 3, 4}},
		"a terminal's code": {"A\x1b[2J,B,n\n1,0,5\n0,1,6\n", "A [2J|B|n", []int{2, 3}},
	} {
		r, _ := estimateRun(t, "en")
		got, err := r.estimateRows(sheet.BytesSource("t.csv", []byte(c.table)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.Join(got.header, "|") != c.header || !slices.Equal(got.numbers, c.numbers) {
			t.Errorf("%s: %q %v, want %q %v", name, got.header, got.numbers, c.header, c.numbers)
		}
	}
}

func TestEstimateTextAligns(t *testing.T) {
	var b strings.Builder
	estimateTable{Head: []string{"Список", "n"}, Numbers: []int{1}, Rows: [][]string{{"ОВД", "1 200"}, {"B", "7"}}}.text(&b)
	for line := range strings.Lines(b.String()) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n != 2+6+2+5 {
			t.Errorf("%q is %d wide", line, n)
		}
	}
}
