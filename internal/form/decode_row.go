package form

import (
	"strings"

	"svod/internal/core"
)

// Column says what one column of a table means.
type Column struct {
	Index int    // of the cell, from 0
	Field string // field key
	// Part of an item, as in a form: "family", "local", "max". "" is the main
	// one. Columns with parts of the same field and Row make one item.
	Part string
	Row  int    // which item of a repeatable field, from 0
	Lang string // of a note; "" = "ru"
	// Order of day and month in a column of dates.
	Order core.DateOrder
	// Terms are the corrections made by a person: cell text to code. They win
	// over everything else.
	Terms map[string]string
}

// CellReader reads dirty cells; the kernel makes it of package sheet. Every
// method gets the trimmed text of a cell that is not blank.
type CellReader struct {
	// Missing tells words such as «н/д» apart; nil knows none. It is not asked
	// about texts, notes and names.
	Missing func(cell string) (core.Missing, bool)
	// Number reads «около 20 чел.»; note is a message key about how, or "".
	Number func(cell string) (n core.Number, note string, err error)
	// Date reads a date in any style; nil uses core.ParseHumanDate.
	Date func(cell string, order core.DateOrder) (core.Date, error)
	// YesNo reads a yes or a no; nil knows да/нет/yes/no.
	YesNo func(cell string) (yes, ok bool)
	// Link finds the record meant by a cell; nil takes record IDs.
	Link func(f *core.Field, cell string) (core.ID, error)
	// Terms finds terms by code or label; nil takes codes.
	Terms Terms
}

// Row is what DecodeRow made of a row. Errors and Notes have Field and Column
// (from 1); the caller adds the row number. A note tells what a person should
// know and did not stop the row: "form.note_imprecise" for a date that is not an
// exact day, "form.note_about" for a number that is not exact,
// "form.note_no_number" for a word kept as the reason why there is none, and the
// notes of CellReader.Number.
type Row struct {
	Values    core.Values
	Errors    core.Errors
	Notes     []*core.Error
	Imprecise int // dates that are not exact days
	About     int // numbers that are approximate
}

// DecodeRow reads a row of a table. Cells beyond the end of the row are blank.
// A cell of a repeatable field without a part may hold several values, set
// apart by semicolons, vertical bars or line ends. A column whose field the
// type does not have, or the kernel fills, is an error.
func DecodeRow(t *core.Type, columns []Column, cells []string, read CellReader) Row {
	r := rowDecoder{typ: t, read: read, row: Row{Values: core.Values{}}, items: map[string][]rowItem{}, missing: map[string]core.Missing{}}
	for i := range columns {
		c := &columns[i]
		if c.Field == "" {
			continue
		}
		f := t.Field(c.Field)
		if f == nil || f.Auto != "" || c.Part != "" && !knownPart(f, c.Part) {
			r.fail(c, core.Invalid("form.unknown_field", "name", safeName(strings.TrimSuffix(c.Field+"."+c.Part, "."))))
			continue
		}
		r.field, r.column = f, c
		if _, seen := r.items[f.Key]; !seen {
			r.items[f.Key] = nil
		}
		if c.Index >= 0 && c.Index < len(cells) {
			r.cell(strings.TrimSpace(cells[c.Index]))
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if list, mapped := r.items[f.Key]; mapped {
			r.row.Values[f.Key] = finish(f, r.join(f, list), r.missing[f.Key])
		}
	}
	return r.row
}

type rowDecoder struct {
	typ     *core.Type
	read    CellReader
	row     Row
	items   map[string][]rowItem
	missing map[string]core.Missing
	field   *core.Field
	column  *Column
}

// rowItem is what one cell gives: a whole item, or parts of the item Row.
type rowItem struct {
	row   int
	parts map[string]string // nil for a whole item
	item  core.Item
}

func (r *rowDecoder) fail(c *Column, e *core.Error) {
	e = e.AtCell(0, c.Index+1)
	e.Field = c.Field
	r.row.Errors = append(r.row.Errors, e)
}

// note remarks on a cell; what stood in it is told again only where the field
// is not sealed.
func (r *rowDecoder) note(key, cell string) {
	if r.field.Sensitivity == core.Sealed {
		cell = "…"
	}
	e := core.Invalid(key, "value", cell).AtCell(0, r.column.Index+1)
	e.Field = r.field.Key
	r.row.Notes = append(r.row.Notes, e)
}

// wordy kinds take any text as it is, «неизвестно» included.
func wordy(kind core.FieldKind) bool {
	return kind == core.FieldText || kind == core.FieldNote || kind == core.FieldName
}

func (r *rowDecoder) cell(s string) {
	if s == "" {
		return
	}
	if r.read.Missing != nil && !wordy(r.field.Kind) {
		if why, is := r.read.Missing(s); is {
			if why != "" {
				r.missing[r.field.Key] = why
				if r.field.Kind == core.FieldNumber { // «много» says more than that nothing is known
					r.note("form.note_no_number", s)
				}
			}
			return
		}
	}
	if r.column.Part != "" || r.field.Kind == core.FieldNote {
		r.part(s)
		return
	}
	for _, piece := range r.pieces(s) {
		if item, ok := r.whole(piece); ok {
			r.items[r.field.Key] = append(r.items[r.field.Key], rowItem{row: r.column.Row, item: item})
		}
	}
}

// pieces splits a cell of a repeatable field, unless it is one term as it is.
func (r *rowDecoder) pieces(s string) []string {
	if !r.field.Many || r.column.Terms[s] != "" {
		return []string{s}
	}
	if r.read.Terms != nil && len(r.read.Terms.TermsCalled(r.field.Vocabulary, s, false)) == 1 {
		return []string{s}
	}
	var out []string
	for _, piece := range strings.FieldsFunc(s, func(c rune) bool { return c == ';' || c == '|' || c == '\n' || c == '\r' }) {
		if piece = strings.TrimSpace(piece); piece != "" {
			out = append(out, piece)
		}
	}
	return out
}

func (r *rowDecoder) part(s string) {
	part := r.column.Part
	if r.field.Kind == core.FieldNote && (part == "" || part == partNote) {
		lang := r.column.Lang
		if lang == "" {
			lang = "ru"
		}
		part = partNote + "." + lang
	}
	if code := r.column.Terms[s]; code != "" {
		s = code
	}
	r.items[r.field.Key] = append(r.items[r.field.Key], rowItem{row: r.column.Row, parts: map[string]string{part: s}})
}

// join puts parts of the same item together, in the order of first cells.
func (r *rowDecoder) join(f *core.Field, list []rowItem) []core.Item {
	var out []core.Item
	at := map[int]int{} // row to index in merged
	var merged []rowItem
	for _, it := range list {
		if it.parts == nil {
			merged = append(merged, it)
			continue
		}
		i, ok := at[it.row]
		if !ok {
			at[it.row] = len(merged)
			merged = append(merged, rowItem{row: it.row, parts: map[string]string{}})
			i = at[it.row]
		}
		for part, s := range it.parts {
			merged[i].parts[part] = s
		}
	}
	for _, it := range merged {
		if it.parts != nil {
			it.item = r.fromParts(f, it)
		}
		out = append(out, it.item)
	}
	return mergeWhole(f, out)
}

// fromParts reads parts as the form does.
func (r *rowDecoder) fromParts(f *core.Field, it rowItem) core.Item {
	d := Decoded{}
	fd := fieldDecoder{field: f, terms: r.read.Terms, row: it.row, out: &d}
	item := fd.item(it.parts)
	item.Clarify = it.parts[partClarify]
	for _, e := range d.Errors {
		e.Row = 0
		r.row.Errors = append(r.row.Errors, e)
	}
	return item
}

// mergeWhole joins what two columns say about a single item: a place by code in
// one and its local name in another, a term and its clarifying note.
func mergeWhole(f *core.Field, items []core.Item) []core.Item {
	if f.Many || len(items) < 2 {
		return items
	}
	out := items[0]
	for _, it := range items[1:] {
		if it.Clarify != "" && out.Clarify == "" {
			out.Clarify, it.Clarify = it.Clarify, ""
		}
		switch {
		case out.Place != nil && it.Place != nil:
			out.Place = joinPlaces(*out.Place, *it.Place)
		case out.Number != nil && it.Number != nil:
			if it.Number.Value != out.Number.Value {
				return items
			}
		default:
			if _, rest := normalise(f, it); rest {
				if _, have := normalise(f, out); have {
					return items // two values for one: Check says so
				}
				it.Clarify = out.Clarify
				out = it
			}
		}
	}
	return []core.Item{out}
}

func joinPlaces(a, b core.Place) *core.Place {
	if a.Code == "" {
		a.Code = b.Code
	}
	if a.Local == "" {
		a.Local = b.Local
	} else if b.Local != "" && b.Local != a.Local {
		a.Local += ", " + b.Local
	}
	if a.Lat == nil {
		a.Lat = b.Lat
	}
	if a.Lon == nil {
		a.Lon = b.Lon
	}
	if a.Precision == "" {
		a.Precision = b.Precision
	}
	return &a
}
