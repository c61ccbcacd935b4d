package kernel

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/sheet"
)

// walkBatch is how many rows are judged together: one look for their external
// ids, one transaction for the records they become.
const walkBatch = 1000

// importRow is one row of a list: as read, and what it would do.
type importRow struct {
	RowReport
	row     core.Values // the mapped fields as read
	values  core.Values // the record as it would be
	version int         // the row was exported at, 0 = not said
	id      string      // external id as written
	tokens  []string    // id as it is stored, newest key first
	target  *found      // record the row updates
	current opened      // its current version
	about   int
	rough   int // imprecise dates
}

// walk reads a staged table under a plan, row by row, and judges each row. It
// writes nothing.
type walk struct {
	k      *Kernel
	ctx    context.Context
	actor  core.Actor
	plan   ImportPlan
	typ    *core.Type
	staged Staged
	source sheet.Source
	closer io.Closer
	guess  sheet.Guess
	rows   *rowReader
	seen   map[string]int // external id to the row that has it
	report ImportReport
	keep   func(RowReport) bool // rows the report lists
}

// openWalk prepares reading: the table, its guess, the mapping (guessed when
// the plan has none). The actor must be allowed to write to the circle.
func (k *Kernel) openWalk(ctx context.Context, a core.Actor, plan ImportPlan) (*walk, error) {
	t := k.Packs().Type(plan.Type)
	if t == nil {
		return nil, core.Invalid("error.unknown_type", "type", plan.Type).At("type")
	}
	err := k.read(ctx, a, func(v *view) error {
		_, _, err := v.writable(plan.Circle)
		return err
	})
	if err != nil {
		return nil, err
	}
	w := &walk{k: k, ctx: ctx, actor: a, plan: plan, typ: t, seen: map[string]int{}}
	if w.source, w.closer, w.staged, err = k.openStaged(ctx, a, plan.Stage); err != nil {
		return nil, err
	}
	if w.guess, err = sheet.Sniff(w.source, plan.Options); err == nil {
		if len(w.plan.Columns) == 0 {
			w.plan.Columns = guessColumns(t, w.guess.Columns)
		}
		w.rows, err = newRowReader(t, k.Packs(), w.guess.Columns, w.plan.Columns)
	}
	if err != nil {
		w.close()
		return nil, err
	}
	w.report = ImportReport{Type: t.Name, Columns: w.plan.Columns}
	if f := t.Field(t.Count); f != nil && f.Kind == core.FieldNumber {
		w.report.Sum.Field = t.Count
	}
	return w, nil
}

func (w *walk) close() { _ = w.closer.Close() }

// rewind prepares another pass over the same rows.
func (w *walk) rewind() {
	w.seen = map[string]int{}
	clear(w.rows.unknown)
	w.report = ImportReport{Type: w.typ.Name, Columns: w.plan.Columns, Sum: Sum{Field: w.report.Sum.Field}}
}

// each judges all rows, a batch at a time. fn may keep what it is given.
// Reading and decoding go on while fn works.
func (w *walk) each(fn func([]*importRow) error) error {
	r, err := sheet.Open(w.source, w.guess)
	if err != nil {
		return err
	}
	defer r.Close()
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	batches := make(chan []*importRow, 1)
	done := make(chan error, 1)
	go func() {
		defer close(batches)
		done <- w.decode(ctx, r, batches)
	}()
	for batch := range batches {
		if err == nil {
			err = w.judge(batch)
		}
		if err == nil && fn != nil {
			err = fn(batch)
		}
		if err != nil {
			cancel() // and drain, so that the reader stops before it is closed
		}
	}
	if readErr := <-done; err == nil {
		err = readErr
	}
	if err != nil {
		return fromStore(err)
	}
	w.summary(r)
	return nil
}

func (w *walk) decode(ctx context.Context, r *sheet.Reader, out chan<- []*importRow) error {
	batch := make([]*importRow, 0, walkBatch)
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		batch = append(batch, w.row(row))
		if len(batch) == walkBatch {
			select {
			case out <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
			batch = make([]*importRow, 0, walkBatch)
		}
	}
	if len(batch) > 0 {
		select {
		case out <- batch:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// row decodes one row; whether it is complete depends on what it would do.
func (w *walk) row(row sheet.Row) *importRow {
	d := w.rows.read(row)
	out := &importRow{RowReport: RowReport{Row: row.Number}, row: d.Values, values: d.Values, about: d.About, rough: d.Imprecise}
	out.Errors = inRows(d.Errors, row.Number)
	out.Notes = w.quoting(inRows(d.Notes, row.Number), row)
	for _, n := range row.Notes {
		if n.Doubtful() {
			out.Notes = append(out.Notes, w.noteOf(n))
		}
	}
	if w.rows.id >= 0 {
		out.id = row.Text(w.rows.id)
		if _, missing := sheet.MissingWord(out.id); missing {
			out.id = ""
		}
	}
	if w.rows.version >= 0 {
		out.version, _ = strconv.Atoi(row.Text(w.rows.version))
	}
	return out
}

func inRows(errs core.Errors, row int) []*core.Error {
	out := make([]*core.Error, len(errs))
	for i, e := range errs {
		out[i] = e.AtCell(row, e.Column)
		out[i].Err = nil // reports are kept and sent; causes are for the log
	}
	return out
}

// quoting puts what stood in the cell into the notes about it, as noteOf does:
// the decoder was handed what had been read of it.
func (w *walk) quoting(notes []*core.Error, row sheet.Row) []*core.Error {
	for _, e := range notes {
		value := "…"
		if f := w.typ.Field(e.Field); e.Column > 0 && f != nil && f.Sensitivity != core.Sealed {
			value = clip(row.Text(e.Column-1), 60)
		}
		for i := 0; i+1 < len(e.Args); i += 2 {
			if e.Args[i] == "value" {
				e.Args = slices.Delete(slices.Clone(e.Args), i, i+2)
				break
			}
		}
		e.Args = append([]any{"value", value}, e.Args...)
	}
	return notes
}

// noteOf is a note of the table reader as the report carries it. What stood in
// the cell stays out unless the column goes to a field that is not sealed.
func (w *walk) noteOf(n sheet.Note) *core.Error {
	e := core.Invalid(n.Key, n.Args...).AtCell(n.Row, n.Col)
	args := []any{"row", n.Row, "column", sheet.ColumnLetter(n.Col), "field", n.Field}
	value := "…"
	for i := range w.rows.columns {
		if m := &w.rows.columns[i]; m.plan.Index == n.Col-1 && m.field.Sensitivity != core.Sealed {
			value = clip(n.Value, 60)
		}
	}
	e.Args = append(append(args, "value", value), n.Args...)
	return e
}

// judge decides what each row of a batch does.
func (w *walk) judge(batch []*importRow) error {
	for _, r := range batch {
		if r.id == "" {
			continue
		}
		if first, twice := w.seen[r.id]; twice {
			r.Errors = append(r.Errors, core.Invalid("import.id_twice", "first", strconv.Itoa(first)).AtCell(r.Row, w.rows.id+1))
			continue
		}
		w.seen[r.id] = r.Row
	}
	if w.rows.id >= 0 {
		err := w.k.read(w.ctx, w.actor, func(v *view) error { return v.match(w.plan, w.typ, batch) })
		if err != nil {
			return err
		}
	}
	for _, r := range batch {
		if r.target == nil {
			w.judgeNew(r)
		}
		w.count(r)
	}
	return nil
}

func (w *walk) judgeNew(r *importRow) {
	r.Outcome = RowNew
	r.values = filled(r.row)
	if len(r.values) == 0 && len(r.Errors) == 0 {
		r.Errors = append(r.Errors, core.Invalid("import.row_empty").AtCell(r.Row, 0))
	}
	if w.plan.EmptyAs != "" {
		for i := range w.typ.Fields {
			if f := &w.typ.Fields[i]; f.Required && f.Auto == "" && r.values[f.Key].IsZero() {
				r.values[f.Key] = core.MissingValue(w.plan.EmptyAs)
			}
		}
	}
	checks := form.Check(w.typ, r.values, w.k.Packs())
	r.Errors = inRows(form.Problems(w.typ, r.Errors, checks), r.Row)
	if len(r.Errors) > 0 {
		r.Outcome = RowRefused
	}
	r.Title = w.k.title(w.typ, "", r.values, nil).In(w.actor.Lang)
}

// filled are the values of a row that say something. Rows own their items, and
// no column fills an automatic field.
func filled(row core.Values) core.Values {
	out := make(core.Values, len(row))
	for key, v := range row {
		if !v.IsZero() {
			out[key] = v
		}
	}
	return out
}

// maxDetail bounds the rows that a report lists.
const maxDetail = 1000

// count adds a judged row to the report.
func (w *walk) count(r *importRow) {
	p := &w.report
	p.Rows++
	switch r.Outcome {
	case RowNew:
		p.New++
	case RowUpdate:
		p.Updated++
	case RowUnchanged:
		p.Unchanged++
	case RowRefused:
		p.Refused++
	case RowDoubt:
		p.Doubt++
	}
	p.Imprecise += r.rough
	p.About += r.about
	if p.Sum.Field != "" && r.Outcome != RowRefused {
		switch n := r.values[p.Sum.Field].First().Number; {
		case n == nil:
			p.Sum.Missing++
		default:
			p.Sum.Value += n.Value
			if n.About {
				p.Sum.About++
			}
		}
	}
	keep := len(r.Errors)+len(r.Notes) > 0 || r.Outcome == RowDoubt
	if w.keep != nil {
		keep = w.keep(r.RowReport)
	}
	if keep && len(p.Detail) < maxDetail {
		p.Detail = append(p.Detail, r.RowReport)
	}
}

// summary adds what was left out of the data, once all rows were read.
func (w *walk) summary(r *sheet.Reader) {
	_, empty, totals, hidden := r.Counts()
	p := &w.report
	p.Empty = empty
	if w.guess.TitleRows > 0 {
		p.Skipped = append(p.Skipped, sheet.Note{Key: "import.title_rows", Row: 1, Args: []any{"count", w.guess.TitleRows}})
	}
	if empty > 0 {
		p.Skipped = append(p.Skipped, sheet.Note{Key: "import.empty_rows", Args: []any{"count", empty}})
	}
	for _, t := range totals {
		n := sheet.Note{Key: "import.total_row", Row: t.Row}
		p.Skipped = append(p.Skipped, n)
		for _, c := range t.Cells {
			key := "sheet.total_matches"
			if !c.Matches() {
				key = "sheet.total_differs"
			}
			p.Skipped = append(p.Skipped, sheet.Note{Key: key, Row: t.Row, Col: c.Col, Field: c.Field,
				Args: []any{"stated", c.Stated, "sum", c.Sum}})
		}
	}
	if hidden > 0 {
		p.Skipped = append(p.Skipped, sheet.Note{Key: "sheet.hidden_rows", Args: []any{"count", hidden}})
	}
	p.Unknown = w.unknownTerms()
}

// sourceKey is under which name external ids are kept: they belong to a type in
// a circle. The list's own name and the ids themselves are hashed.
func sourceKey(plan ImportPlan) string { return "list/" + string(plan.Circle) + "/" + plan.Type }
