package web

import (
	"net/http"
	"net/url"
	"strconv"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
)

// importReadingPage is the second step: what was understood of the file, all of
// it changeable.
type importReadingPage struct {
	Frame
	Shell      importShell
	ID         core.ID
	Carried    []hiddenInput // decisions of other steps
	Steps      []step
	Text       bool // separated text, not a workbook
	Encodings  []axisOption
	Separators []axisOption
	Sheets     []axisOption
	Orders     []axisOption
	Header     string // row number, "-1" = none
	NoQuotes   bool
	KeepTotal  bool
	HasTotal   bool
	Facts      []fact
	Notes      []string
	MoreNotes  int
	Columns    []previewColumn
	Rows       [][]string
	Broken     bool // the file cannot be read as chosen
}

// importShell is what all steps after the upload share.
type importShell struct {
	Steps  []step
	ID     core.ID
	File   string
	Size   int64
	Until  string
	Type   string // plural
	Circle string
}

// fact is one line of a summary list.
type fact struct {
	Label, Value string
}

// previewColumn is a column's heading.
type previewColumn struct {
	Letter, Name, Kind string
}

// maxNotes is how many remarks about a file stand on a page.
const maxNotes = 12

// importReading shows the file as it was understood.
func (s *Server) importReading(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	if v.query().Get("type") == "" {
		return s.importAnew(v)
	}
	return v.importReading(parseImportPlan(id, v.query()), v.query())
}

// importAnew answers whoever opens the address of a later step: its decisions
// were in the form, not in the address, so the import begins from the file.
func (s *Server) importAnew(v *visit) error { return v.redirect(importURL()) }

// importReread shows it again, read as the person says.
func (s *Server) importReread(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	return v.importReading(parseImportPlan(id, in), in)
}

func (v *visit) importReading(plan kernel.ImportPlan, in url.Values) error {
	shell, err := v.importShell(plan, 2)
	if err != nil {
		return err
	}
	page := importReadingPage{Frame: v.frame("wizard.reading_title").in("import", v.importCrumbs(shell)...), Shell: shell, ID: shell.ID, Steps: shell.Steps}
	carried := planValues(plan)
	for name := range optionValues(fullOptions) {
		carried.Del(name)
	}
	page.Carried = hidden(carried)
	p, err := v.s.kernel.ImportPreview(v.ctx, v.actor, plan)
	status := http.StatusOK
	if err != nil {
		problems, ok := v.problems(err)
		if !ok {
			return err
		}
		page.Frame, status, page.Broken = page.with(problems), problems.Status, true
		p.Guess.Format = sheet.CSV
	}
	v.fillReading(&page, plan.Options, p)
	return v.render(status, "import_reading", page)
}

// fullOptions names every option of the reading.
var fullOptions = sheet.Options{Encoding: "-", Separator: "-", Sheet: "-", HeaderRow: 1, KeepTotal: true, NoQuotes: true, DateOrder: core.OrderDayMonth}

func (v *visit) importShell(plan kernel.ImportPlan, now int) (importShell, error) {
	staged, err := v.s.kernel.Staged(v.ctx, v.actor, plan.Stage)
	if err != nil {
		return importShell{}, err
	}
	return importShell{Steps: v.importSteps(now), ID: plan.Stage, File: staged.Name, Size: staged.Size,
		Until: formatMoment(v.lang, staged.Until.In(v.s.opts.Zone)), Type: v.typePlural(plan.Type), Circle: v.circleNames()[plan.Circle]}, nil
}

func (v *visit) importCrumbs(s importShell) []Crumb {
	return []Crumb{{Label: v.T("menu.import"), URL: importURL()}, {Label: s.File}}
}

func (v *visit) fillReading(page *importReadingPage, o sheet.Options, p kernel.ImportPreview) {
	g := p.Guess
	page.Text, page.Header, page.HasTotal = g.Format != sheet.XLSX, strconv.Itoa(g.HeaderRow), g.TotalRow
	if g.HeaderRow == 0 {
		page.Header = "-1"
	}
	page.NoQuotes, page.KeepTotal = o.NoQuotes, o.KeepTotal
	auto := func(chosen string) axisOption { return axisOption{"", v.T("wizard.auto"), chosen == ""} }
	page.Encodings = []axisOption{auto(o.Encoding)}
	for _, name := range sheet.Encodings() {
		page.Encodings = append(page.Encodings, axisOption{name, v.T("wizard.encoding_" + name), o.Encoding == name})
	}
	page.Separators = []axisOption{auto(o.Separator)}
	for _, sep := range separators {
		page.Separators = append(page.Separators, axisOption{sep.value, v.T(sep.key), o.Separator == sep.char})
	}
	for _, sh := range g.Sheets {
		label := sh.Name
		if sh.Hidden {
			label = v.T("wizard.hidden_sheet", "sheet", sh.Name)
		}
		page.Sheets = append(page.Sheets, axisOption{sh.Name, label, sh.Name == g.Sheet})
	}
	page.Orders = []axisOption{auto(orderName(o.DateOrder)), {"dmy", v.T("wizard.order_dmy"), o.DateOrder == core.OrderDayMonth},
		{"mdy", v.T("wizard.order_mdy"), o.DateOrder == core.OrderMonthDay}}
	if page.Broken {
		return
	}
	page.Facts = v.readingFacts(p)
	page.Notes, page.MoreNotes = v.sheetNotes(p.Notes)
	for i, c := range p.Columns {
		page.Columns = append(page.Columns, previewColumn{sheet.ColumnLetter(i + 1), c.Name, v.T("sheet.kind_" + string(c.Kind))})
	}
	page.Rows = p.Rows
}

var separators = []struct{ value, char, key string }{{";", ";", "wizard.semicolon"}, {",", ",", "wizard.comma"}, {"tab", "\t", "wizard.tab"}, {"|", "|", "wizard.bar"}}

func orderName(o core.DateOrder) string {
	switch o {
	case core.OrderDayMonth:
		return "dmy"
	case core.OrderMonthDay:
		return "mdy"
	}
	return ""
}

func (v *visit) readingFacts(p kernel.ImportPreview) []fact {
	g := p.Guess
	out := []fact{{v.T("wizard.rows"), formatNumber(v.lang, p.Total)}, {v.T("wizard.columns"), formatNumber(v.lang, len(p.Columns))}}
	if g.Format != sheet.XLSX {
		encoding := v.T("wizard.encoding_" + g.Encoding)
		if g.Confidence < 1 {
			encoding = v.T("wizard.encoding_sure", "encoding", encoding, "percent", int(100*g.Confidence))
		}
		out = append(out, fact{v.T("wizard.encoding"), encoding})
		for _, sep := range separators {
			if sep.char == g.Separator {
				out = append(out, fact{v.T("wizard.separator"), v.T(sep.key)})
			}
		}
	}
	if g.Sheet != "" {
		out = append(out, fact{v.T("wizard.sheet"), g.Sheet})
	}
	switch {
	case g.HeaderRow == 0:
		out = append(out, fact{v.T("wizard.header"), v.T("wizard.header_none")})
	case g.TitleRows > 0:
		out = append(out, fact{v.T("wizard.header"), v.T("wizard.header_below", "row", g.HeaderRow, "count", g.TitleRows)})
	default:
		out = append(out, fact{v.T("wizard.header"), v.T("wizard.header_in", "row", g.HeaderRow)})
	}
	if g.TotalRow {
		out = append(out, fact{v.T("wizard.total"), v.T("wizard.total_seen")})
	}
	if g.Dates1904 {
		out = append(out, fact{v.T("wizard.dates"), v.T("wizard.dates_1904")})
	}
	return out
}

// sheetNotes are remarks about the whole file, each kind once.
func (v *visit) sheetNotes(notes []sheet.Note) (out []string, more int) {
	seen := map[string]bool{}
	for _, n := range notes {
		where := ""
		switch {
		case n.Col > 0 && n.Row > 0:
			where = v.T("sheet.place_cell", n.Placeholders()...) + ": "
		case n.Row > 0:
			where = v.T("sheet.place_row", n.Placeholders()...) + ": "
		}
		text := where + v.T(n.Key, n.Placeholders()...)
		if seen[text] {
			continue
		}
		if seen[text] = true; len(out) < maxNotes {
			out = append(out, text)
		} else {
			more++
		}
	}
	return out, more
}

// importForget removes the uploaded file at once.
func (s *Server) importForget(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	if err := s.kernel.StageForget(v.ctx, v.actor, id); err != nil {
		return err
	}
	return v.done("flash.stage_forgotten", importURL())
}
