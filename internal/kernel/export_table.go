package kernel

import (
	"io"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/sheet"
)

// column is one column of an exported table.
type column struct {
	heading string
	cell    func(r *core.Record, links map[core.ID]core.Words) sheet.Cell
}

// noteLangs are the languages that have columns of their own; others follow in
// the first, marked.
var noteLangs = []string{"ru", "en"}

// columns lays out a type: the record's ID and version first, by which the file
// can come back as an update, then the fields.
func (e *exporter) columns(t *core.Type) []column {
	out := []column{
		{headingID, func(r *core.Record, _ map[core.ID]core.Words) sheet.Cell { return sheet.Cell{Text: string(r.ID)} }},
		{headingVersion, func(r *core.Record, _ map[core.ID]core.Words) sheet.Cell { return numberCell(float64(r.Version)) }},
	}
	used := map[string]bool{}
	for _, f := range e.fields(t) {
		heading := f.Label.In(e.plan.Lang)
		if used[heading] {
			heading += " (" + f.Key + ")"
		}
		used[heading] = true
		out = append(out, e.fieldColumns(f, heading)...)
	}
	return out
}

func (e *exporter) fieldColumns(f *core.Field, heading string) []column {
	var out []column
	add := func(heading string, cell func(v core.Value, links map[core.ID]core.Words) sheet.Cell) {
		out = append(out, column{heading, func(r *core.Record, links map[core.ID]core.Words) sheet.Cell {
			return cell(r.Values[f.Key], links)
		}})
	}
	switch {
	case f.Kind == core.FieldNote:
		for i, lang := range noteLangs {
			add(heading+" ["+lang+"]", func(v core.Value, _ map[core.ID]core.Words) sheet.Cell {
				return sheet.Cell{Text: e.noteText(f, v, lang, i == 0)}
			})
		}
	case f.Kind == core.FieldPlace && !f.Many:
		add(heading, func(v core.Value, _ map[core.ID]core.Words) sheet.Cell {
			if p := v.First().Place; p != nil {
				return sheet.Cell{Text: e.label(f, p.Code)}
			}
			return e.missing(f, v)
		})
		add(heading+": "+partLabel("local", e.plan.Lang), func(v core.Value, _ map[core.ID]core.Words) sheet.Cell {
			if p := v.First().Place; p != nil {
				return sheet.Cell{Text: p.Local}
			}
			return sheet.Cell{}
		})
	default:
		add(heading, func(v core.Value, links map[core.ID]core.Words) sheet.Cell { return e.cell(f, v, links) })
	}
	if f.Clarify {
		add(heading+": "+partLabel("clarify", e.plan.Lang), func(v core.Value, _ map[core.ID]core.Words) sheet.Cell {
			return sheet.Cell{Text: clarifications(v)}
		})
	}
	return out
}

func partLabel(part, lang string) string {
	for _, p := range exportParts {
		if p.part == part {
			return p.label.In(lang)
		}
	}
	return part
}

func clarifications(v core.Value) string {
	texts := make([]string, len(v.Items))
	any := false
	for i, it := range v.Items {
		texts[i] = it.Clarify
		any = any || it.Clarify != ""
	}
	if !any {
		return ""
	}
	return joinItems(texts)
}

// missingWords say why a field is empty so that an import understands it.
var missingWords = map[core.Missing]core.Words{
	core.Unknown:       {"ru": "неизвестно", "en": "unknown"},
	core.NotAsked:      {"ru": "не спрашивали", "en": "not asked"},
	core.Refused:       {"ru": "отказ", "en": "refused"},
	core.NotApplicable: {"ru": "неприменимо", "en": "not applicable"},
}

// missing is the reason in words. In a text that may be empty the word would be
// read back as the text, so there it stays empty.
func (e *exporter) missing(f *core.Field, v core.Value) sheet.Cell {
	wordy := f.Kind == core.FieldText || f.Kind == core.FieldNote || f.Kind == core.FieldName
	if wordy && !f.Required {
		return sheet.Cell{}
	}
	return sheet.Cell{Text: missingWords[v.Missing].In(e.plan.Lang)}
}

func numberCell(n float64) sheet.Cell {
	return sheet.Cell{Kind: sheet.CellNumber, Number: n, Text: strconv.FormatFloat(n, 'f', -1, 64)}
}

// cell is a field in one cell. A single number or date keeps its type.
func (e *exporter) cell(f *core.Field, v core.Value, links map[core.ID]core.Words) sheet.Cell {
	if len(v.Items) == 0 {
		return e.missing(f, v)
	}
	if len(v.Items) == 1 {
		it := v.Items[0]
		switch {
		case it.Number != nil && !it.Number.About && it.Number.Max == nil:
			return numberCell(it.Number.Value)
		case it.Date != nil:
			return sheet.Cell{Kind: sheet.CellDate, Date: *it.Date, Text: it.Date.String()}
		}
	}
	if f.Kind == core.FieldFile {
		return numberCell(float64(len(v.Items)))
	}
	texts := make([]string, len(v.Items))
	for i, it := range v.Items {
		texts[i] = e.itemText(f, it, links)
	}
	return sheet.Cell{Text: joinItems(texts)}
}

// itemText writes an item so that a person reads it and an import understands
// it.
func (e *exporter) itemText(f *core.Field, it core.Item, links map[core.ID]core.Words) string {
	switch f.Kind {
	case core.FieldTerm:
		return e.label(f, it.Term)
	case core.FieldDate:
		if it.Date != nil {
			return it.Date.String()
		}
	case core.FieldNumber:
		if it.Number != nil {
			return numberText(*it.Number)
		}
	case core.FieldMoney:
		if it.Money != nil {
			return moneyText(*it.Money)
		}
	case core.FieldPlace:
		if it.Place != nil {
			return strings.Trim(e.label(f, it.Place.Code)+", "+it.Place.Local, ", ")
		}
	case core.FieldName:
		if it.Name != nil {
			return it.Name.String()
		}
	case core.FieldContact:
		if it.Contact != nil {
			return it.Contact.Value
		}
	case core.FieldLink:
		return links[it.Link].In(e.plan.Lang)
	case core.FieldYesNo:
		if it.Yes != nil {
			return yesNoWord(*it.Yes, e.plan.Lang)
		}
	}
	return it.Text
}

func yesNoWord(yes bool, lang string) string {
	words := core.Words{"ru": "нет", "en": "no"}
	if yes {
		words = core.Words{"ru": "да", "en": "yes"}
	}
	return words.In(lang)
}

// label is what a term is called, the code where the label would not lead back
// to it.
func (e *exporter) label(f *core.Field, code string) string {
	if code == "" {
		return ""
	}
	label := e.k.Packs().Label(f.Vocabulary, code).In(e.plan.Lang)
	back := e.k.Packs().TermsCalled(f.Vocabulary, label, false)
	if len(back) != 1 || back[0] != code {
		return code
	}
	return label
}

func numberText(n core.Number) string {
	s := strconv.FormatFloat(n.Value, 'f', -1, 64)
	switch {
	case n.Max != nil:
		return s + "–" + strconv.FormatFloat(*n.Max, 'f', -1, 64)
	case n.About:
		return "~" + s
	}
	return s
}

// moneyText writes whole and minor units; all currencies of the region have
// hundredths.
func moneyText(m core.Money) string {
	s := strconv.FormatFloat(float64(m.Minor)/100, 'f', 2, 64) + " " + m.Currency
	if m.About {
		return "~" + s
	}
	return s
}

// noteText is a note in one language. The first column also takes the languages
// that have none of their own.
func (e *exporter) noteText(f *core.Field, v core.Value, lang string, first bool) string {
	if len(v.Items) == 0 {
		if first {
			return e.missing(f, v).Text
		}
		return ""
	}
	var texts []string
	for _, it := range v.Items {
		var parts []string
		if s := it.Note[lang]; s != "" {
			parts = append(parts, s)
		}
		for _, other := range sortedKeys(it.Note) {
			if first && other != "ru" && other != "en" {
				parts = append(parts, "["+other+"] "+it.Note[other])
			}
		}
		if len(parts) > 0 {
			texts = append(texts, strings.Join(parts, "\n"))
		}
	}
	return joinItems(texts)
}

// tableWriter writes the columns of one type to a CSV or XLSX file.
type tableWriter struct {
	e       *exporter
	columns []column
	write   func([]sheet.Cell) error
	end     func() error
}

func (t *tableWriter) record(r *core.Record, links map[core.ID]core.Words) error {
	cells := make([]sheet.Cell, len(t.columns))
	for i, c := range t.columns {
		cells[i] = c.cell(r, links)
	}
	return t.write(cells)
}

func (t *tableWriter) close() error { return t.end() }

func headings(columns []column) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.heading
	}
	return out
}

func (e *exporter) newCSV(w io.Writer) (recordWriter, error) {
	o := sheet.CSVOptions{}
	if e.plan.Format == FormatCP1251 {
		o.Encoding = sheet.Windows1251
	}
	c, err := sheet.NewCSVWriter(w, o)
	if err != nil {
		return nil, err
	}
	t := &tableWriter{e: e, columns: e.columns(e.typ)}
	t.write = func(cells []sheet.Cell) error { return c.Write(texts(cells)) }
	t.end = func() error {
		e.tell(c.Notes())
		return c.Flush()
	}
	return t, c.Write(headings(t.columns))
}

func texts(cells []sheet.Cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = c.Text
	}
	return out
}

func (e *exporter) newXLSX(w io.Writer) (recordWriter, error) {
	x := sheet.NewXLSXWriter(w)
	t := &tableWriter{e: e, columns: e.columns(e.typ), write: x.Write}
	t.end = func() error {
		e.tell(x.Notes())
		return x.Close()
	}
	return t, x.AddSheet(e.typ.Plural.In(e.plan.Lang), headings(t.columns))
}
