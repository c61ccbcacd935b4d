package kernel

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/pack"
	"svod/internal/sheet"
	"svod/internal/text"
)

// rowReader turns rows of a table into values, as the plan says. It is made
// once per walk and used by one goroutine.
type rowReader struct {
	typ     *core.Type
	guess   []sheet.Column
	columns []mapped
	form    []form.Column
	cells   form.CellReader
	terms   *termMemo
	id      int // column of the external id, -1 = none
	version int // column of the exported version, -1 = none
	numbers []core.Number
	dates   []core.Date
	notes   []string // message key of how number i was read
	unknown map[unknownCell]int
}

// mapped is a column of the plan that fills a field.
type mapped struct {
	plan  ColumnPlan
	sheet sheet.Column
	field *core.Field
	part  string
}

type unknownCell struct {
	column int
	text   string
}

// refMark begins a cell whose value was read here and is handed through the
// decoder by number. No cleaned cell can begin with it.
const refMark = "\x1f"

func newRowReader(t *core.Type, packs *pack.Set, guess []sheet.Column, plans []ColumnPlan) (*rowReader, error) {
	r := &rowReader{typ: t, guess: guess, id: -1, version: -1, terms: newTermMemo(packs), unknown: map[unknownCell]int{}}
	names := map[string]int{}
	for _, p := range plans {
		if p.Field == "" {
			continue
		}
		if p.Index < 0 || p.Index >= len(guess) {
			return nil, core.Invalid("import.no_such_column", "column", sheet.ColumnLetter(p.Index+1)).At(p.Field)
		}
		switch p.Field {
		case columnID:
			r.id = p.Index
			continue
		case columnVersion:
			r.version = p.Index
			continue
		}
		key, part, _ := strings.Cut(p.Field, ".")
		f := t.Field(key)
		if f == nil || !importable(f) {
			return nil, core.Invalid("import.no_such_field", "field", p.Field, "type", t.Name).At(p.Field)
		}
		m := mapped{plan: p, sheet: guess[p.Index], field: f, part: part}
		switch p.Order {
		case "dmy":
			m.sheet.DateOrder = core.OrderDayMonth
		case "mdy":
			m.sheet.DateOrder = core.OrderMonthDay
		}
		r.columns = append(r.columns, m)
		c := form.Column{Index: p.Index, Field: key, Part: part, Lang: p.Lang, Order: m.sheet.DateOrder, Terms: p.Terms}
		if f.Kind == core.FieldName && part == "" { // each column is a name of its own
			c.Row = names[key]
			names[key]++
		}
		r.form = append(r.form, c)
	}
	if len(r.columns) == 0 {
		return nil, core.Invalid("import.nothing_mapped", "type", t.Name)
	}
	r.cells = form.CellReader{Missing: sheet.MissingWord, Number: r.number, Date: r.date, YesNo: sheet.ParseYesNo, Terms: r.terms}
	return r, nil
}

// read decodes a row. The table's columns know their own date order, decimal
// comma and day counts, so dates and numbers are read by them first.
func (r *rowReader) read(row sheet.Row) form.Row {
	cells := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		cells[i] = c.Text
	}
	r.numbers, r.dates, r.notes = r.numbers[:0], r.dates[:0], r.notes[:0]
	for i := range r.columns {
		m := &r.columns[i]
		at := m.plan.Index
		if at < len(cells) && cells[at] != "" && m.part == "" {
			cells[at] = r.prepare(m, row.Cells[at])
		}
	}
	out := form.DecodeRow(r.typ, r.form, cells, r.cells)
	r.finish(out.Values)
	return out
}

// prepare reads a cell by what its column reveals, and leaves to the decoder
// what cannot be read so: pieces of a repeatable field, words for "unknown".
func (r *rowReader) prepare(m *mapped, c sheet.Cell) string {
	if code, ok := m.plan.Terms[c.Text]; ok && code == "" {
		return "" // the person decided to leave it out
	}
	switch m.field.Kind {
	case core.FieldNumber:
		n, _, err := m.sheet.Number(c)
		if err == nil && !n.Empty {
			r.numbers, r.notes = append(r.numbers, n.Number), append(r.notes, n.Note)
			return refMark + strconv.Itoa(len(r.numbers)-1)
		}
	case core.FieldDate:
		d, _, err := m.sheet.Date(c)
		if err == nil && !d.Empty {
			r.dates = append(r.dates, d.Date)
			return refMark + strconv.Itoa(len(r.dates)-1)
		}
	case core.FieldYesNo:
		if code, ok := m.plan.Terms[c.Text]; ok {
			return code
		}
		if yes, ok := sheet.ParseYesNo(c.Text); ok {
			return yesWord(yes)
		}
		if yes, ok := fieldYesNo(m.field, c.Text); ok {
			return yesWord(yes)
		}
	case core.FieldTerm:
		r.count(m, c.Text)
	}
	return c.Text
}

func yesWord(yes bool) string {
	if yes {
		return "да"
	}
	return "нет"
}

// negations turn a word round that names the field itself.
var negations = []string{"не ", "без ", "not ", "no ", "un"}

// fieldYesNo reads a cell that answers with the field's own word: «согласовано»
// and «не согласовано» in a column «Согласовано».
func fieldYesNo(f *core.Field, cell string) (yes, ok bool) {
	said := text.Fold(text.FixHomoglyphsIn(cell))
	yes = true
	for _, n := range negations {
		if rest, found := strings.CutPrefix(said, n); found {
			said, yes = rest, false
			break
		}
	}
	names := slices.Concat(f.Aliases, []string{f.Label["ru"], f.Label["en"]})
	want := text.Stem(said)
	for _, name := range names {
		for _, tok := range text.Tokenize(name) {
			if len(want) > 3 && text.Stem(tok.Word) == want {
				return yes, true
			}
		}
	}
	return false, false
}

// count remembers the pieces of a cell that no term is called by.
func (r *rowReader) count(m *mapped, cell string) {
	if m.plan.Terms[cell] != "" {
		return
	}
	if _, missing := sheet.MissingWord(cell); missing || len(r.terms.TermsCalled(m.field.Vocabulary, cell, false)) == 1 {
		return
	}
	pieces := []string{cell}
	if m.field.Many {
		pieces = strings.FieldsFunc(cell, func(c rune) bool { return c == ';' || c == '|' || c == '\n' || c == '\r' })
	}
	for _, p := range pieces {
		p = strings.TrimSpace(p)
		if p == "" || m.plan.Terms[p] != "" || len(r.terms.TermsCalled(m.field.Vocabulary, p, false)) == 1 {
			continue
		}
		if at := (unknownCell{m.plan.Index, p}); len(r.unknown) < maxUnknown || r.unknown[at] > 0 {
			r.unknown[at]++
		}
	}
}

// maxUnknown bounds the list of words that no term has.
const maxUnknown = 500

func (r *rowReader) number(cell string) (core.Number, string, error) {
	if i, ok := refOf(cell); ok && i < len(r.numbers) {
		return r.numbers[i], r.notes[i], nil
	}
	n, err := sheet.ParseNumber(cell)
	return n.Number, n.Note, err
}

func (r *rowReader) date(cell string, order core.DateOrder) (core.Date, error) {
	if i, ok := refOf(cell); ok && i < len(r.dates) {
		return r.dates[i], nil
	}
	d, _, err := core.ParseHumanDate(cell, core.HumanDateOptions{Order: order})
	return d, err
}

func refOf(cell string) (int, bool) {
	s, ok := strings.CutPrefix(cell, refMark)
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(s)
	return i, err == nil
}

// finish splits names into parts and turns a word for "unknown" in a required
// text into the reason it stands for.
func (r *rowReader) finish(values core.Values) {
	for i := range r.columns {
		f := r.columns[i].field
		v := values[f.Key]
		if len(v.Items) == 0 {
			continue
		}
		if f.Required && len(v.Items) == 1 {
			if why, ok := sheet.MissingWord(onlyText(v.Items[0])); ok && why != "" {
				values[f.Key] = core.MissingValue(why)
				continue
			}
		}
		for j := range v.Items {
			switch it := &v.Items[j]; {
			case it.Name != nil:
				n := splitName(*it.Name)
				it.Name = &n
			case it.Place != nil:
				r.splitPlace(f, it.Place)
			case it.Note != nil:
				it.Note = splitNote(it.Note)
			}
		}
	}
}

// noteMark begins a passage in another language, as an export writes it.
var noteMark = regexp.MustCompile(`(?m)^\[([a-z]{2,3})\] `)

// splitNote moves marked passages to their languages.
func splitNote(words core.Words) core.Words {
	out := core.Words{}
	for lang, s := range words {
		marks := noteMark.FindAllStringSubmatchIndex(s, -1)
		for i, m := range marks {
			end := len(s)
			if i+1 < len(marks) {
				end = marks[i+1][0]
			}
			out[s[m[2]:m[3]]] = strings.TrimSpace(s[m[1]:end])
		}
		if len(marks) > 0 {
			s = strings.TrimSpace(s[:marks[0][0]])
		}
		if s != "" {
			out[lang] = s
		}
	}
	return out
}

// splitPlace reads «Москва, Болотная площадь»: what stands before a comma and
// is a place of the list, and the rest.
func (r *rowReader) splitPlace(f *core.Field, p *core.Place) {
	for at, c := range p.Local {
		if p.Code != "" || c != ',' {
			continue
		}
		if codes := r.terms.TermsCalled(f.Vocabulary, p.Local[:at], false); len(codes) == 1 {
			p.Code, p.Local = codes[0], strings.TrimSpace(p.Local[at+1:])
			return
		}
	}
}

// onlyText is the text of an item of a wordy kind, "-" for others and for notes
// in several languages.
func onlyText(it core.Item) string {
	switch {
	case it.Text != "":
		return it.Text
	case it.Name != nil:
		return it.Name.String()
	case len(it.Note) == 1:
		for _, s := range it.Note {
			return s
		}
	}
	return "-"
}

// termMemo remembers what words were looked up: a column repeats itself.
type termMemo struct {
	packs *pack.Set
	known map[[2]string][]string
}

func newTermMemo(packs *pack.Set) *termMemo {
	return &termMemo{packs: packs, known: map[[2]string][]string{}}
}

// TermsCalled implements form.Terms.
func (t *termMemo) TermsCalled(vocabulary, words string, prefix bool) []string {
	if vocabulary == "" {
		return nil
	}
	if prefix {
		return t.packs.TermsCalled(vocabulary, words, true)
	}
	at := [2]string{vocabulary, words}
	codes, ok := t.known[at]
	if !ok {
		codes = t.packs.TermsCalled(vocabulary, words, false)
		if len(t.known) < 20_000 {
			t.known[at] = codes
		}
	}
	return codes
}
