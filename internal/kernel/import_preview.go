package kernel

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/sheet"
)

// previewRows is how many rows the wizard shows.
const previewRows = 20

// ImportPreview looks at a staged table: encoding, header, columns with their
// contents, and a mapping guessed for plan.Type where the plan has none. Errors:
// KindInvalid when it is no table or an option does not fit, KindNotFound when
// the staged file or the circle is not there for the actor.
func (k *Kernel) ImportPreview(ctx context.Context, a core.Actor, plan ImportPlan) (ImportPreview, error) {
	var out ImportPreview
	guessed := len(plan.Columns) == 0
	t := k.Packs().Type(plan.Type)
	if t == nil {
		return out, core.Invalid("error.unknown_type", "type", plan.Type).At("type")
	}
	if plan.Circle != "" {
		if err := k.read(ctx, a, func(v *view) error { _, _, err := v.writable(plan.Circle); return err }); err != nil {
			return out, err
		}
	}
	src, closer, staged, err := k.openStaged(ctx, a, plan.Stage)
	if err != nil {
		return out, err
	}
	defer closer.Close()
	out.Staged = staged
	if out.Guess, err = sheet.Sniff(src, plan.Options); err != nil {
		return out, err
	}
	whole, err := sheet.Scan(src, out.Guess, 200)
	if err != nil {
		return out, err
	}
	out.Columns, out.Total, out.Notes = whole.Columns, whole.Rows, slices.Concat(out.Guess.Notes, whole.Notes)
	if guessed {
		plan.Columns = guessColumns(t, whole.Columns)
		if plan.Source == "" && !exported(plan.Columns) {
			plan.Source = strings.TrimSuffix(staged.Name, path.Ext(staged.Name))
		}
	}
	out.Plan = plan
	if out.Rows, err = firstRows(src, out.Guess); err != nil {
		return out, err
	}
	out.Unknown, err = k.unknownOf(t, whole.Columns, plan.Columns)
	return out, err
}

// exported reports whether the identifiers are those our own export writes.
func exported(columns []ColumnPlan) bool {
	return slices.ContainsFunc(columns, func(c ColumnPlan) bool { return c.Field == columnID && foldHeading(c.Heading) == headingID })
}

func firstRows(src sheet.Source, g sheet.Guess) ([][]string, error) {
	r, err := sheet.Open(src, g)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out [][]string
	for len(out) < previewRows {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = c.Text
		}
		out = append(out, cells)
	}
	return out, nil
}

// unknownOf lists the words of mapped term columns that no term is called by,
// as far as the columns' distinct values show.
func (k *Kernel) unknownOf(t *core.Type, columns []sheet.Column, plans []ColumnPlan) ([]UnknownTerm, error) {
	r, err := newRowReader(t, k.Packs(), columns, plans)
	if err != nil {
		return nil, nil // nothing is mapped yet: the person is about to
	}
	for i := range r.columns {
		m := &r.columns[i]
		if m.field.Kind != core.FieldTerm || m.part != "" {
			continue
		}
		for _, d := range m.sheet.Distinct {
			if _, decided := m.plan.Terms[d.Text]; decided {
				continue
			}
			before := len(r.unknown)
			if r.count(m, d.Text); len(r.unknown) > before {
				for at, n := range r.unknown {
					if at.column == m.plan.Index && n == 1 && strings.Contains(d.Text, at.text) {
						r.unknown[at] = d.Count
					}
				}
			}
		}
	}
	return k.unknownList(r), nil
}

func (w *walk) unknownTerms() []UnknownTerm { return w.k.unknownList(w.rows) }

func (k *Kernel) unknownList(r *rowReader) []UnknownTerm {
	var out []UnknownTerm
	for at, n := range r.unknown {
		for i := range r.columns {
			m := &r.columns[i]
			if m.plan.Index != at.column {
				continue
			}
			u := UnknownTerm{Column: at.column, Field: m.field.Key, Text: at.text, Count: n}
			for _, word := range []string{at.text, strings.SplitN(at.text, " ", 2)[0]} {
				if len(u.Near) == 0 && len([]rune(word)) > 2 {
					u.Near = k.Packs().TermsCalled(m.field.Vocabulary, word, true)
				}
			}
			u.Near = u.Near[:min(len(u.Near), 5)]
			out = append(out, u)
			break
		}
	}
	slices.SortFunc(out, func(a, b UnknownTerm) int {
		return cmp.Or(cmp.Compare(a.Column, b.Column), cmp.Compare(b.Count, a.Count), strings.Compare(a.Text, b.Text))
	})
	return out
}

// ImportDryRun reads every row of a staged table under the plan and says what a
// commit would do. Nothing is written. Errors as ImportPreview, and KindInvalid
// for a mapping that does not fit the type.
func (k *Kernel) ImportDryRun(ctx context.Context, a core.Actor, plan ImportPlan) (ImportReport, error) {
	w, err := k.openWalk(ctx, a, plan)
	if err != nil {
		return ImportReport{}, err
	}
	defer w.close()
	err = w.each(nil)
	return w.report, err
}

// ImportRows is the dry run's report of up to limit (at most 1,000) rows, from
// the one with the number from on, as the person's program counts rows: all of
// them, not only those with something to say.
func (k *Kernel) ImportRows(ctx context.Context, a core.Actor, plan ImportPlan, from, limit int) ([]RowReport, error) {
	w, err := k.openWalk(ctx, a, plan)
	if err != nil {
		return nil, err
	}
	defer w.close()
	limit = min(max(limit, 1), maxDetail)
	w.keep = func(r RowReport) bool { return r.Row >= from && len(w.report.Detail) < limit }
	err = w.each(func([]*importRow) error {
		if len(w.report.Detail) >= limit {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return w.report.Detail, err
}

// errEnough ends a walk whose answer is complete.
var errEnough = errors.New("kernel: enough rows")
