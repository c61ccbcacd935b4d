package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
)

// importColumnsPage is the third step: which column becomes which field.
type importColumnsPage struct {
	Frame
	Shell    importShell
	ID       core.ID
	Carried  []hiddenInput
	Steps    []step
	Columns  []mapColumn
	Known    int // columns that have a field
	Lacking  []string
	Source   string
	Reason   string
	HasID    bool
	Mappings []axisOption
	Lists    []termList
}

// mapColumn is one column of the file.
type mapColumn struct {
	At                 string // number in input names
	Letter, Name, Kind string
	Header             string // as written: how a saved mapping finds it again
	Examples           []string
	Filled, Rows       int
	Groups             []choiceGroup
	Known              bool
	Dated              bool
	Orders             []axisOption
	Terms              []termChoice
	MoreTerms          int
}

// choiceGroup is a group of options of a select.
type choiceGroup struct {
	Label   string
	Options []axisOption
}

// termChoice asks what a word of the file means.
type termChoice struct {
	At, Text string
	Count    int
	Code     string // as chosen
	Near     []axisOption
	All      []axisOption // nil when the list is too long for a select
	List     string       // id of the list to complete from
	Skip     bool
}

// termList is a vocabulary to complete from.
type termList struct {
	ID    string
	Terms []axisOption
}

// Limits of what a select is good for.
const (
	maxSelect  = 150
	maxUnknown = 60 // words of a column to decide on one page
)

// importColumns shows the mapping: guessed, as posted, or as once saved.
func (s *Server) importColumns(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	plan := parseImportPlan(id, in)
	switch in.Get("do") {
	case "load":
		err = v.loadMapping(&plan, core.ID(in.Get("mapping")))
	case "save":
		return v.saveMapping(plan, in)
	case "forget":
		err = v.forgetMapping(core.ID(in.Get("mapping")))
	}
	if err != nil {
		return err
	}
	return v.importColumns(plan, nil)
}

func (v *visit) importColumns(plan kernel.ImportPlan, why error) error {
	shell, err := v.importShell(plan, 3)
	if err != nil {
		return err
	}
	t := v.s.kernel.Packs().Type(plan.Type)
	p, err := v.s.kernel.ImportPreview(v.ctx, v.actor, plan)
	if err != nil {
		if _, ok := v.problems(err); ok && t != nil {
			return v.importReading(plan, nil) // says what is wrong with the file
		}
		return err
	}
	page := importColumnsPage{Frame: v.frame("wizard.columns_title").in("import", v.importCrumbs(shell)...), Shell: shell, ID: shell.ID, Steps: shell.Steps,
		Source: p.Plan.Source, Reason: plan.Reason}
	status := http.StatusOK
	if why != nil {
		problems, ok := v.problems(why)
		if !ok {
			return why
		}
		page.Frame, status = page.with(problems), problems.Status
	}
	carried := planValues(kernel.ImportPlan{Type: plan.Type, Circle: plan.Circle, Options: plan.Options})
	carried.Del("source")
	carried.Set("as", optionsMark(plan.Options))
	page.Carried = hidden(carried)
	m := columnMaker{v: v, t: t, p: p, lists: map[string]bool{}}
	page.Columns = m.columns()
	page.Lists, page.Known, page.HasID, page.Lacking = m.terms, m.known, m.hasID, m.lacking()
	list, err := v.s.kernel.Mappings(v.ctx, v.actor)
	for _, saved := range list {
		if saved.Type == plan.Type {
			page.Mappings = append(page.Mappings, axisOption{Value: string(saved.ID), Label: saved.Name})
		}
	}
	if err != nil {
		return err
	}
	return v.render(status, "import_columns", page)
}

// columnMaker makes the lines of the mapping.
type columnMaker struct {
	v      *visit
	t      *core.Type
	p      kernel.ImportPreview
	lists  map[string]bool
	terms  []termList
	known  int
	hasID  bool
	mapped []string
}

func (m *columnMaker) columns() []mapColumn {
	var out []mapColumn
	for i, c := range m.p.Columns {
		plan := kernel.ColumnPlan{Index: i, Heading: c.Header}
		if i < len(m.p.Plan.Columns) {
			plan = m.p.Plan.Columns[i]
		}
		out = append(out, m.column(c, plan))
	}
	return out
}

func (m *columnMaker) column(c sheet.Column, plan kernel.ColumnPlan) mapColumn {
	v := m.v
	out := mapColumn{At: strconv.Itoa(plan.Index), Letter: sheet.ColumnLetter(plan.Index + 1), Name: c.Name, Header: c.Header, Kind: v.T("sheet.kind_" + string(c.Kind)),
		Filled: c.Filled, Rows: c.Rows, Known: plan.Field != "", Groups: m.choices(plan)}
	for _, e := range c.Examples[:min(3, len(c.Examples))] {
		out.Examples = append(out.Examples, clipText(e, 60))
	}
	if plan.Field == "@id" {
		m.hasID = true
	}
	if out.Known {
		m.known++
		m.mapped = append(m.mapped, fieldKey(plan.Field))
	}
	f := m.t.Field(fieldKey(plan.Field))
	if f != nil && f.Kind == core.FieldDate {
		out.Dated = true
		out.Orders = []axisOption{{"", v.T("wizard.order_column"), plan.Order == ""}, {"dmy", v.T("wizard.order_dmy"), plan.Order == "dmy"}, {"mdy", v.T("wizard.order_mdy"), plan.Order == "mdy"}}
	}
	if f != nil {
		m.unknown(&out, f, plan)
	}
	return out
}

// unknown asks about the words that no term is called by, and shows again what
// was answered before.
func (m *columnMaker) unknown(out *mapColumn, f *core.Field, plan kernel.ColumnPlan) {
	add := func(text string, count int, code string, near []string) {
		if len(out.Terms) == maxUnknown {
			out.MoreTerms++
			return
		}
		c := termChoice{At: out.At + "." + strconv.Itoa(len(out.Terms)), Text: text, Count: count, Code: code, Skip: code == skipTerm}
		for _, n := range near {
			c.Near = append(c.Near, axisOption{n, m.v.s.kernel.Packs().Label(f.Vocabulary, n).In(m.v.lang), n == code})
		}
		m.offer(&c, f)
		out.Terms = append(out.Terms, c)
	}
	texts := make([]string, 0, len(plan.Terms))
	for text := range plan.Terms {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	for _, text := range texts {
		code := plan.Terms[text]
		if code == "" {
			code = skipTerm
		}
		add(text, 0, code, nil)
	}
	for _, u := range m.p.Unknown {
		if u.Column == plan.Index {
			add(u.Text, u.Count, "", u.Near)
		}
	}
}

// offer fills the choice: a select of a short vocabulary, a list to complete
// from otherwise.
func (m *columnMaker) offer(c *termChoice, f *core.Field) {
	if f.Vocabulary == "" {
		c.All = []axisOption{{"да", m.v.T("form.yes.yes"), c.Code == "да"}, {"нет", m.v.T("form.yes.no"), c.Code == "нет"}}
		return
	}
	voc := m.v.s.kernel.Packs().Vocabulary(f.Vocabulary)
	if voc == nil {
		return
	}
	var all []axisOption
	for i := range voc.Terms {
		if t := &voc.Terms[i]; !t.Hidden {
			all = append(all, axisOption{t.Code, indent(len(m.v.s.kernel.Packs().Ancestors(voc.Name, t.Code))) + t.Label.In(m.v.lang), t.Code == c.Code})
		}
	}
	if len(all) <= maxSelect {
		c.All = all
		return
	}
	c.List = "terms-" + voc.Name
	if !m.lists[voc.Name] {
		m.lists[voc.Name] = true
		m.terms = append(m.terms, termList{c.List, all})
	}
}

// indent shows the depth of a term in a select, where nothing else can.
func indent(depth int) string {
	const spaces = "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"
	return spaces[:min(depth, 6)*len("\u00a0\u00a0")]
}

// lacking are the required fields that no column fills.
func (m *columnMaker) lacking() []string {
	var out []string
	for i := range m.t.Fields {
		if f := &m.t.Fields[i]; f.Required && !slices.Contains(m.mapped, f.Key) {
			out = append(out, f.Label.In(m.v.lang))
		}
	}
	return out
}

func clipText(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}

// loadMapping puts a saved mapping into the plan, column by column by heading.
func (v *visit) loadMapping(plan *kernel.ImportPlan, id core.ID) error {
	list, err := v.s.kernel.Mappings(v.ctx, v.actor)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(m kernel.Mapping) bool { return m.ID == id })
	if i < 0 {
		return core.NotFound()
	}
	plan.Columns = nil
	p, err := v.s.kernel.ImportPreview(v.ctx, v.actor, *plan)
	if err != nil {
		return err
	}
	for at, c := range p.Columns {
		out := kernel.ColumnPlan{Index: at, Heading: c.Header}
		for _, old := range list[i].Columns {
			if old.Heading == c.Header {
				out = old
				out.Index = at
			}
		}
		plan.Columns = append(plan.Columns, out)
	}
	return nil
}

func (v *visit) saveMapping(plan kernel.ImportPlan, in url.Values) error {
	resolved, err := v.resolveTerms(plan)
	if err == nil {
		m := kernel.Mapping{Name: in.Get("mapping-name"), Type: plan.Type, Columns: resolved.Columns, Options: plan.Options}
		_, err = v.s.kernel.MappingSave(v.ctx, v.actor, m)
	}
	if err != nil {
		return v.importColumns(plan, atField(err, "name", "mapping-name"))
	}
	return v.importColumns(resolved, nil)
}

func (v *visit) forgetMapping(id core.ID) error { return v.s.kernel.MappingDelete(v.ctx, v.actor, id) }
