package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"unicode"

	"svod/internal/core"
)

// writer turns the short way data files write values into values of one record.
type writer struct {
	l      *loader
	actor  core.Actor
	circle core.ID
}

// value reads a field's value: one item, a list of them, or why there is none.
func (w *writer) value(f *core.Field, raw any) (core.Value, error) {
	if m, ok := raw.(map[string]any); ok && len(m) == 1 && m["missing"] != nil {
		reason := core.Missing(fmt.Sprint(m["missing"]))
		if !slices.Contains(core.MissingReasons(), reason) {
			return core.Value{}, fmt.Errorf("missing: %q is no reason", reason)
		}
		return core.MissingValue(reason), nil
	}
	list, ok := raw.([]any)
	if !ok {
		list = []any{raw}
	}
	var v core.Value
	for _, one := range list {
		item, err := w.item(f, one)
		if err != nil {
			return v, err
		}
		v.Items = append(v.Items, item)
	}
	return v, nil
}

// item reads one item: the short form of the field's kind, or the full one.
func (w *writer) item(f *core.Field, raw any) (core.Item, error) {
	if m, ok := raw.(map[string]any); ok {
		return w.full(f, m)
	}
	var item core.Item
	s := fmt.Sprint(raw)
	switch f.Kind {
	case core.FieldText:
		item.Text = s
	case core.FieldNote:
		item.Note = core.Words{"ru": s}
	case core.FieldTerm:
		item.Term = s
	case core.FieldDate:
		d, err := core.ParseDate(s)
		if err != nil {
			return item, err
		}
		item.Date = &d
	case core.FieldNumber:
		var n float64
		if _, err := fmt.Sscan(s, &n); err != nil {
			return item, fmt.Errorf("%q is no number", s)
		}
		item.Number = &core.Number{Value: n}
	case core.FieldPlace:
		item.Place = &core.Place{Code: s}
	case core.FieldName:
		item.Name = &core.Name{Full: s, Script: scriptOf(s)}
	case core.FieldLink:
		id, ok := w.l.ids[s]
		if !ok {
			return item, fmt.Errorf("links to %q, which is not above", s)
		}
		item.Link = id
	case core.FieldYesNo:
		yes, ok := raw.(bool)
		if !ok {
			return item, fmt.Errorf("%q is neither true nor false", s)
		}
		item.Yes = &yes
	default:
		return item, fmt.Errorf("a %s cannot be written as one word", f.Kind)
	}
	return item, nil
}

// full reads an item written out with its parts, which are those of its JSON
// form. An unknown part is an error.
func (w *writer) full(f *core.Field, m map[string]any) (core.Item, error) {
	var item core.Item
	var target any
	switch f.Kind {
	case core.FieldNote:
		target = &item.Note
	case core.FieldTerm:
		target = &struct {
			Term    *string `json:"term"`
			Clarify *string `json:"clarify"`
		}{&item.Term, &item.Clarify}
	case core.FieldNumber:
		target = &item.Number
	case core.FieldMoney:
		target = &item.Money
	case core.FieldPlace:
		target = &item.Place
	case core.FieldName:
		target = &item.Name
	case core.FieldContact:
		target = &item.Contact
	case core.FieldFile:
		return w.file(m)
	default:
		return item, fmt.Errorf("a %s has no parts", f.Kind)
	}
	if err := strict(m, target); err != nil {
		return item, err
	}
	if n := item.Name; n != nil && n.Script == "" {
		n.Script = scriptOf(n.String())
	}
	return item, nil
}

// strict decodes what YAML gave into a struct with JSON names.
func strict(m map[string]any, target any) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(target)
}

// scripts are the alphabets a name is recognised in, with their ISO 15924 codes.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"Cyrl", unicode.Cyrillic}, {"Latn", unicode.Latin}, {"Armn", unicode.Armenian},
	{"Geor", unicode.Georgian}, {"Arab", unicode.Arabic},
}

// scriptOf is the script of the first letter.
func scriptOf(s string) string {
	for _, r := range s {
		for _, sc := range scripts {
			if unicode.Is(sc.table, r) {
				return sc.code
			}
		}
	}
	return ""
}
