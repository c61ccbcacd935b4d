package web

import (
	"strings"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/kernel"
	"svod/internal/text"
)

// control is one field of a form, ready for the template "control". It wraps
// form.Control with words and with what only a page adds: candidates for
// links, names of files, an input to add files.
type control struct {
	ID, Key           string
	Label, Hint       string
	Required, Sealed  bool
	Locked, Fixed     bool
	Shown             string
	Problems          []string
	Ticks             *ticksView
	Rows              []controlRow
	Missing           *form.Input
	MissingValue      string
	AddRow, AddName   string
	MayFind           bool
	Upload, UploadMax string
}

// controlRow is one item of a field.
type controlRow struct {
	Label      string
	Blank      bool
	Inputs     []inputView
	More       []inputView // parts few people need, folded
	MoreOpen   bool
	Echo       string
	Candidates *candidates
	Remove     string
	Problems   []string
}

// inputView is one input.
type inputView struct {
	form.Input
	Field       string // label of the field
	Label       string
	LabelHidden bool
	Options     []optionView
	OptGroups   []optGroup
	Placeholder string
	Invalid     bool
	Carried     []hiddenInput
}

// optionView is one choice; Indent is white space before deeper terms.
type optionView struct {
	Value, Label, Indent string
	Selected             bool
}

// optGroup is a branch of a vocabulary in a list to choose from.
type optGroup struct {
	Label   string
	Options []optionView
}

// ticksView is a list of terms to tick.
type ticksView struct {
	Label   string
	Long    bool // folded
	Any     bool // something is ticked
	Total   int
	Chosen  []tickView // what is ticked in a long list, in sight
	Options []tickView
}

// tickView is one term to tick.
type tickView struct {
	Name, Value, Label string
	Depth              int
	Selected           bool
}

// candidates are the records that may be meant by the words of a link.
type candidates struct {
	Name        string // of the radio
	Hints       []hintView
	NewLabel    string // "" when none can be made here
	NewValue    string
	NewSelected bool
}

// formMaker turns form.Model into controls for one page.
type formMaker struct {
	v      *visit
	prefix string // put before every name and id, for several forms in one
	// found are the candidates of link rows by "field.row".
	found map[string]*candidates
	// fileNames are the names of files, attached or waiting.
	fileNames map[core.ID]string
	titles    map[core.ID]string
	upload    bool // files can be added on this page
}

// longTicks is the number of terms above which a list to tick is folded.
const longTicks = 24

func (m *formMaker) id(s string) string { return strings.ReplaceAll(m.prefix+s, ".", "-") }

func (m *formMaker) control(c form.Control) control {
	f := c.Field
	out := control{ID: m.id("c-" + f.Key), Key: m.prefix + f.Key, Label: c.Label, Hint: c.Hint, Required: c.Required,
		Sealed: c.Sealed, Locked: c.Locked, Fixed: c.Fixed, Shown: c.Shown, AddName: form.AddName}
	if c.AddRow != "" && f.Kind != core.FieldFile {
		out.AddRow = m.prefix + c.AddRow
	}
	for _, e := range c.Errors {
		out.Problems = append(out.Problems, m.v.message(e))
	}
	if c.List != nil {
		out.Ticks = m.ticks(c)
	}
	for _, r := range c.Rows {
		if f.Kind == core.FieldFile && r.Blank {
			continue
		}
		out.Rows = append(out.Rows, m.row(f, c, r))
	}
	out.MayFind = f.Kind == core.FieldLink && len(out.Rows) > 0
	if f.Kind == core.FieldFile && m.upload {
		out.Upload = uploadPrefix + f.Key
		out.UploadMax = text.FormatSize(m.v.lang, min(m.v.s.opts.MaxUpload, kernel.MaxFile))
	}
	if c.Missing != nil {
		in := *c.Missing
		in.Name = m.prefix + in.Name
		out.Missing, out.MissingValue = &in, in.Value
	}
	return out
}

func (m *formMaker) ticks(c form.Control) *ticksView {
	out := &ticksView{Label: c.Label, Total: len(c.List.Options), Long: len(c.List.Options) > longTicks}
	for _, o := range c.List.Options {
		t := tickView{Name: m.prefix + c.List.Name, Value: o.Value, Label: o.Label, Depth: min(o.Depth, 5), Selected: o.Selected}
		out.Any = out.Any || o.Selected
		if out.Long && o.Selected {
			t.Depth = 0
			out.Chosen = append(out.Chosen, t)
			continue
		}
		out.Options = append(out.Options, t)
	}
	return out
}

// folded are the parts of an item that most people leave alone.
func folded(kind core.FieldKind, part string) bool {
	switch part {
	case "lat", "lon", "precision":
		return true
	case "max":
		return kind == core.FieldNumber
	case "use", "script":
		return kind == core.FieldName
	case "full":
		return kind == core.FieldName
	}
	return part == "clarify"
}

func (m *formMaker) row(f *core.Field, c form.Control, r form.FormRow) controlRow {
	out := controlRow{Label: c.Label, Blank: r.Blank}
	if r.Echo != "" {
		out.Echo = r.Echo
	}
	for _, e := range r.Errors {
		out.Problems = append(out.Problems, m.v.message(e))
	}
	for _, in := range r.Inputs {
		iv := m.input(f, c, in)
		iv.Invalid = len(r.Errors) > 0
		if folded(f.Kind, in.Part) {
			out.MoreOpen = out.MoreOpen || in.Value != "" && in.Kind != form.InputSelect
			out.More = append(out.More, iv)
			continue
		}
		if in.Part == "find" && r.Inputs[0].Value != "" && r.Inputs[0].Value != newLink {
			continue // chosen already: another record is chosen by removing this one
		}
		out.Inputs = append(out.Inputs, iv)
	}
	if !r.Blank && (f.Many || f.Kind == core.FieldLink || f.Kind == core.FieldFile) {
		out.Remove = m.prefix + form.InputName(f.Key, r.Number, "remove")
	}
	out.Candidates = m.found[rowKey(f.Key, r.Number)]
	if out.Candidates != nil {
		// The radios carry the choice: the empty hidden input would undo it.
		out.Inputs = out.Inputs[1:]
	}
	return out
}

func rowKey(field string, row int) string { return form.InputName(field, row, "link") }

func (m *formMaker) input(f *core.Field, c form.Control, in form.Input) inputView {
	out := inputView{Input: in, Field: c.Label, Label: c.Label, LabelHidden: true}
	out.Name, out.ID = m.prefix+in.Name, m.id(in.ID)
	if in.LabelKey != "" {
		out.Label, out.LabelHidden = m.v.T(in.LabelKey), false
	}
	switch in.Part {
	case "find":
		out.Placeholder = m.v.T("form.find_hint")
		out.Label, out.LabelHidden = m.v.T("form.find_in", "types", m.typeNames(in.Types)), false
	case "date":
		out.Placeholder = ""
	case "file":
		out.Shown = m.fileNames[core.ID(in.Value)]
		out.Carried = []hiddenInput{{namePrefix + in.Value, out.Shown}}
	case "link":
		if in.Value != "" && out.Shown == "" {
			out.Shown = m.titles[core.ID(in.Value)]
		}
	case "term":
		if in.Kind == form.InputSearch {
			out.Placeholder = m.v.T("form.term_words")
		}
	}
	for _, o := range in.Options {
		ov := optionView{Value: o.Value, Label: o.Label, Selected: o.Selected, Indent: strings.Repeat("\u2003", o.Depth)}
		if o.LabelKey != "" {
			ov.Label = m.v.T(o.LabelKey)
		}
		out.Options = append(out.Options, ov)
	}
	return out
}

func (m *formMaker) typeNames(types []string) string {
	var names []string
	for _, t := range types {
		names = append(names, strings.ToLower(m.v.typePlural(t)))
	}
	if len(names) == 0 {
		return m.v.T("list.search_all")
	}
	return strings.Join(names, ", ")
}
