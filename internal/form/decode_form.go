package form

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
)

// Terms finds the codes of a vocabulary that people call so, by code or label;
// pack.Set does.
type Terms interface {
	TermsCalled(vocabulary, words string, prefix bool) []string
}

// Decoded is what a decoder made of its input. Values holds every field of the
// type that was sent, empty ones included, so that leaving a field blank clears
// it; fields not sent are absent and keep what they have.
type Decoded struct {
	Values core.Values
	Errors core.Errors
	// Finds are link rows with words to look for and no record chosen. They are
	// not in Values, and each also stands in Errors as form.link_choose, which a
	// page that offers the candidates replaces.
	Finds []Find
	// Add names the field for which another row was asked, "" when the form was
	// sent to be saved.
	Add string
}

// Find is a link row that names no record yet.
type Find struct {
	Field string
	Row   int
	Words string
}

// AddName is the submit button that asks for another row; its value is the
// field.
const AddName = "_add"

// DecodeForm reads a posted form. terms lets people type a term or place by its
// name; nil accepts codes only. Errors are in the order of the type.
func DecodeForm(t *core.Type, in url.Values, terms Terms) Decoded {
	d := Decoded{Values: core.Values{}, Add: in.Get(AddName)}
	sent, errs := sortInputs(t, in)
	d.Errors = errs
	for i := range t.Fields {
		f := &t.Fields[i]
		s := sent[f.Key]
		if s == nil {
			continue
		}
		fd := fieldDecoder{field: f, terms: terms, out: &d}
		d.Values[f.Key] = finish(f, fd.items(s), s.missing)
		if s.reasonWrong {
			d.Errors = append(d.Errors, core.Invalid("form.unknown_reason").At(f.Key))
		}
	}
	return d
}

// inputs are the inputs of one field.
type inputs struct {
	missing     core.Missing
	reasonWrong bool
	list        []string // ticked terms
	rows        map[int]map[string]string
}

// sortInputs takes input names apart. A name that no field of the type has is
// an error, and so is a field the kernel fills.
func sortInputs(t *core.Type, in url.Values) (map[string]*inputs, core.Errors) {
	var errs core.Errors
	sent := map[string]*inputs{}
	if len(in) > MaxInputs {
		return sent, core.Errors{{Kind: core.KindTooLarge, Key: "form.too_many_inputs", Args: []any{"max", MaxInputs}}}
	}
	for _, name := range sortedKeys(in) {
		if strings.HasPrefix(name, "_") {
			continue
		}
		key, rest, _ := strings.Cut(name, ".")
		f := t.Field(key)
		if f == nil || f.Auto != "" || !takeInput(f, rest, in[name], sent) {
			errs = append(errs, core.Invalid("form.unknown_field", "name", safeName(name)))
		}
	}
	return sent, errs
}

func takeInput(f *core.Field, rest string, values []string, sent map[string]*inputs) bool {
	s := sent[f.Key]
	if s == nil {
		s = &inputs{rows: map[int]map[string]string{}}
	}
	switch {
	case rest == partMissing:
		s.missing = core.Missing(last(values))
		if s.missing != "" && !slices.Contains(core.MissingReasons(), s.missing) {
			s.missing, s.reasonWrong = "", true
		}
	case rest == partTerm && f.Kind == core.FieldTerm:
		s.list = values
	default:
		number, part, ok := strings.Cut(rest, ".")
		row, err := strconv.Atoi(number)
		if !ok || err != nil || row < 0 || row >= 2*MaxItems || !knownPart(f, part) {
			return false
		}
		if s.rows[row] == nil {
			s.rows[row] = map[string]string{}
		}
		s.rows[row][part] = last(values)
	}
	sent[f.Key] = s
	return true
}

// last is what a browser means when it sends a name twice: the hidden default
// comes first, the ticked box after it.
func last(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}

// safeName keeps an unknown input's name short and printable in an error.
func safeName(s string) string {
	s = line(s)
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return s
}

type fieldDecoder struct {
	field *core.Field
	terms Terms
	row   int
	out   *Decoded
}

func (d *fieldDecoder) fail(e *core.Error) {
	e = e.At(d.field.Key)
	e.Row = d.row + 1
	d.out.Errors = append(d.out.Errors, e)
}

func (d *fieldDecoder) items(s *inputs) []core.Item {
	var items []core.Item
	for _, code := range s.list {
		if code = line(code); code != "" {
			items = append(items, core.Item{Term: code})
		}
	}
	for _, row := range sortedKeys(s.rows) {
		parts := s.rows[row]
		if isYes(parts[partRemove]) {
			continue
		}
		d.row = row
		it := d.item(parts)
		it.Clarify = parts[partClarify]
		items = append(items, it)
	}
	return items
}

// item reads the parts of one row. A row that cannot be read gives an error and
// an item without the broken part.
func (d *fieldDecoder) item(p map[string]string) core.Item {
	switch d.field.Kind {
	case core.FieldText:
		return core.Item{Text: p[partText]}
	case core.FieldNote:
		return core.Item{Note: noteOf(p)}
	case core.FieldTerm:
		return core.Item{Term: d.code(p[partTerm], "form.term_unknown")}
	case core.FieldDate:
		return core.Item{Date: d.date(p[partDate])}
	case core.FieldNumber:
		return core.Item{Number: d.number(p)}
	case core.FieldMoney:
		return core.Item{Money: d.money(p)}
	case core.FieldPlace:
		return core.Item{Place: d.place(p)}
	case core.FieldName:
		return core.Item{Name: nameOf(p)}
	case core.FieldContact:
		return core.Item{Contact: &core.Contact{Channel: p[partChannel], Value: p[partValue]}}
	case core.FieldLink:
		return core.Item{Link: d.link(p)}
	case core.FieldFile:
		if id := line(p[partFile]); id != "" {
			return core.Item{File: &core.FileRef{ID: core.ID(id)}}
		}
	case core.FieldYesNo:
		return core.Item{Yes: d.yesNo(p[partYes])}
	}
	return core.Item{}
}

func sortedKeys[K int | string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
