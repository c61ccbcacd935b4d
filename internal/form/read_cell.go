package form

import (
	"strings"

	"svod/internal/core"
)

// whole reads a cell, or a piece of one, as one item of the column's field.
func (r *rowDecoder) whole(s string) (core.Item, bool) {
	switch r.field.Kind {
	case core.FieldText:
		return core.Item{Text: s}, true
	case core.FieldTerm:
		code, ok := r.term(s)
		if !ok {
			r.fail(r.column, core.Invalid("form.cell_term", "value", r.shown(s)))
		}
		return core.Item{Term: code}, ok
	case core.FieldDate:
		return r.date(s)
	case core.FieldNumber:
		return r.number(s)
	case core.FieldPlace:
		if code, ok := r.term(s); ok {
			return core.Item{Place: &core.Place{Code: code}}, true
		}
		return core.Item{Place: &core.Place{Local: s}}, true
	case core.FieldName:
		return core.Item{Name: &core.Name{Full: s}}, true
	case core.FieldContact:
		return core.Item{Contact: &core.Contact{Channel: guessChannel(s), Value: s}}, true
	case core.FieldYesNo:
		return r.yesNo(s)
	case core.FieldLink:
		return r.link(s)
	}
	// Money needs two columns and files cannot come in a cell.
	r.fail(r.column, core.Invalid("form.cell_part"))
	return core.Item{}, false
}

// shown is cell text fit for an error: of open and internal fields only.
func (r *rowDecoder) shown(s string) string {
	if r.field.Sensitivity == core.Sealed {
		return "…"
	}
	return safeName(s)
}

func (r *rowDecoder) term(s string) (string, bool) {
	if code := r.column.Terms[s]; code != "" {
		return code, true
	}
	if r.read.Terms == nil {
		return s, r.field.Kind == core.FieldTerm
	}
	codes := r.read.Terms.TermsCalled(r.field.Vocabulary, s, false)
	if len(codes) != 1 {
		return "", false
	}
	return codes[0], true
}

func (r *rowDecoder) date(s string) (core.Item, bool) {
	var d core.Date
	var err error
	if r.read.Date != nil {
		d, err = r.read.Date(s, r.column.Order)
	} else {
		d, _, err = core.ParseHumanDate(s, core.HumanDateOptions{Order: r.column.Order})
	}
	if err != nil {
		r.fail(r.column, asError(err))
		return core.Item{}, false
	}
	if d.IsZero() {
		return core.Item{}, false
	}
	if d.Imprecise() {
		r.row.Imprecise++
		r.note("form.note_imprecise", s)
	}
	return core.Item{Date: &d}, true
}

func (r *rowDecoder) number(s string) (core.Item, bool) {
	var n core.Number
	var key string
	var err error
	if r.read.Number != nil {
		n, key, err = r.read.Number(s)
	} else if v, e := readNumber(s); e != nil {
		err = e
	} else {
		n.Value = v
	}
	if err != nil {
		r.fail(r.column, asError(err))
		return core.Item{}, false
	}
	switch {
	case n.About || n.Max != nil:
		r.row.About++
		if key == "" {
			key = "form.note_about"
		}
		r.note(key, s)
	case key != "":
		r.note(key, s)
	}
	return core.Item{Number: &n}, true
}

func (r *rowDecoder) yesNo(s string) (core.Item, bool) {
	yes, ok := false, false
	if r.read.YesNo != nil {
		yes, ok = r.read.YesNo(s)
	} else {
		switch strings.ToLower(s) {
		case "да", "yes", "1", "true":
			yes, ok = true, true
		case "нет", "no", "0", "false":
			ok = true
		}
	}
	if !ok {
		r.fail(r.column, core.Invalid("form.cell_yesno", "value", r.shown(s)))
		return core.Item{}, false
	}
	return core.Item{Yes: &yes}, true
}

func (r *rowDecoder) link(s string) (core.Item, bool) {
	if r.read.Link == nil {
		return core.Item{Link: core.ID(s)}, true
	}
	id, err := r.read.Link(r.field, s)
	if err != nil {
		r.fail(r.column, asError(err))
		return core.Item{}, false
	}
	return core.Item{Link: id}, id != ""
}

// guessChannel tells what a contact is by its shape.
func guessChannel(s string) string {
	switch {
	case strings.HasPrefix(s, "http://"), strings.HasPrefix(s, "https://"):
		return "web"
	case strings.HasPrefix(s, "@"):
		return "telegram"
	case strings.Contains(s, "@"):
		return "email"
	case len(strings.Trim(s, "0123456789+-() \u00a0")) == 0:
		return "phone"
	}
	return "other"
}
