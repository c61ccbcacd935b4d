package cli

import (
	"fmt"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

// shownRows bounds how many rows a report names; the numbers are always of all.
const shownRows = 30

// report prints the outcome of an import. The lines on standard output are a
// contract for scripts: one word, a colon, a number.
func (r *run) report(rep kernel.ImportReport) {
	for _, n := range rep.Skipped {
		fmt.Fprintln(r.Err, r.t(n.Key, n.Placeholders()...))
	}
	for _, u := range rep.Unknown {
		near := ""
		if len(u.Near) > 0 {
			near = r.t("cli.import_near", "codes", strings.Join(u.Near, ", "))
		}
		r.say("cli.import_unknown", "text", oneLine(u.Text), "field", u.Field, "count", u.Count, "near", near)
	}
	r.rows(rep.Detail)
	fmt.Fprintf(r.Out, "rows: %d\n", rep.Rows)
	if rep.Sum.Field != "" {
		fmt.Fprintf(r.Out, "sum: %s\n", strconv.FormatFloat(rep.Sum.Value, 'f', -1, 64))
	}
	fmt.Fprintf(r.Out, "new: %d\nupdated: %d\nunchanged: %d\nrefused: %d\ndoubt: %d\nimprecise: %d\nabout: %d\n",
		rep.New, rep.Updated, rep.Unchanged, rep.Refused, rep.Doubt, rep.Imprecise, rep.About)
}

// rows names the rows that have something to say: first those that stop the
// import, then the others.
func (r *run) rows(detail []kernel.RowReport) {
	shown, left := 0, 0
	for _, stopping := range []bool{true, false} {
		for _, row := range detail {
			stops := row.Outcome == kernel.RowRefused || row.Outcome == kernel.RowDoubt
			if stops != stopping || len(row.Errors)+len(row.Notes) == 0 {
				continue
			}
			if shown++; shown > shownRows {
				left++
				continue
			}
			r.row(row)
		}
	}
	if left > 0 {
		r.say("cli.import_more", "count", left)
	}
}

func (r *run) row(row kernel.RowReport) {
	for _, list := range [][]*core.Error{row.Errors, row.Notes} {
		for _, e := range list {
			place := *e
			place.Row = row.Row
			fmt.Fprintf(r.Err, "%s (%s)\n", r.one(&place), r.t("cli.outcome."+string(row.Outcome)))
		}
	}
}
