package form

import (
	"net/url"
	"slices"

	"svod/internal/core"
)

// Form is what a page needs to show a record for editing. Keys in it
// (…Key) are message keys of this package's catalogue; other texts are already
// in the asked language.
type Form struct {
	Type   string
	Groups []FormGroup
	Errors []*core.Error // that belong to no field
}

// FormGroup is a section of a form.
type FormGroup struct {
	Key, Label, Hint string
	// Closed sections start folded. One that holds a value or an error is open.
	Closed   bool
	Controls []Control
}

// Control is one field of a form.
type Control struct {
	Field       *core.Field
	Label, Hint string
	Required    bool
	Sealed      bool
	// Locked controls have no inputs: the value is sealed and could not be
	// opened, and saving keeps it.
	Locked bool
	// Fixed controls have no inputs: the kernel fills them. Shown is the value.
	Fixed bool
	Shown string
	// List is set for terms to be ticked; Rows for everything else.
	List    *Input
	Rows    []FormRow
	Missing *Input // reason for an empty field; nil when Locked or Fixed
	// AddRow is the value of the button AddName, "" when no row can be added.
	AddRow string
	Errors []*core.Error
}

// FormRow is one item of a field. Blank rows are there to be filled.
type FormRow struct {
	Number int // from 0
	Blank  bool
	Inputs []Input
	// Echo says how a date was understood, in words.
	Echo   string
	Errors []*core.Error
}

// InputKind says which control to draw.
type InputKind string

// The kinds of input. A search input takes a term or record by its words; the
// page may offer suggestions.
const (
	InputText   InputKind = "text"
	InputArea   InputKind = "area"
	InputSelect InputKind = "select"
	InputRadio  InputKind = "radio"
	InputTicks  InputKind = "ticks"
	InputTick   InputKind = "tick"
	InputHidden InputKind = "hidden"
	InputSearch InputKind = "search"
)

// Input is one control of HTML.
type Input struct {
	Kind     InputKind
	Part     string // "text", "family", "missing" …
	Name     string
	ID       string
	LabelKey string // "" when the field's own label serves
	Value    string
	Checked  bool // of a tick
	Options  []Option
	Lang     string // of the text typed here, for the lang attribute
	Mode     string // inputmode: "decimal", "tel", "email", "url" or ""
	Max      int    // longest value, 0 = none
	// Shown is what a hidden value means: the title of a linked record, the name
	// of a file.
	Shown string
	// Vocabulary and Types say what a search input searches.
	Vocabulary string
	Types      []string
}

// Option is a choice. Depth indents terms below their parent.
type Option struct {
	Value    string
	Label    string
	LabelKey string // instead of Label, for choices of this package
	Depth    int
	Selected bool
}

// Options say how to build a form. The zero value makes an empty form without
// terms.
type Options struct {
	Terms TermLists
	// Raw is what was posted, when the form is shown again: its texts are shown
	// as typed, errors and all.
	Raw    url.Values
	Errors core.Errors
	// Extra blank rows by field, beside the one (or, for names, two) there
	// always is.
	Extra  map[string]int
	Locked []string
	Langs  []string // of notes; nil = ru, en
	// Title gives the title of a linked record and FileName the name of a file;
	// nil shows nothing.
	Title    func(id core.ID) string
	FileName func(id core.ID) string
	// Show writes a value of a fixed field; nil shows nothing.
	Show func(f *core.Field, v core.Value) string
}

// TermLists hold the vocabularies; pack.Set does.
type TermLists interface {
	Vocabularies
	Vocabulary(name string) *core.Vocabulary
}

// SelectLimit is how many terms a field may offer as a list to choose from.
// Above it people type a term and the page suggests.
const SelectLimit = 300

// Model builds the form of a type with the values in it. Groups without fields
// are left out; fields without a group come first.
func Model(t *core.Type, values core.Values, lang string, o Options) Form {
	raw := o.Raw
	if raw == nil {
		raw = EncodeForm(t, values)
	}
	sent, _ := sortInputs(t, raw)
	b := builder{lang: lang, opts: o}
	if len(b.opts.Langs) == 0 {
		b.opts.Langs = []string{"ru", "en"}
	}
	out := Form{Type: t.Name}
	for _, e := range o.Errors {
		if t.Field(e.Field) == nil {
			out.Errors = append(out.Errors, e)
		}
	}
	groups := append([]core.Group{{}}, t.Groups...)
	for _, g := range groups {
		fg := FormGroup{Key: g.Key, Label: g.Label.In(lang), Hint: g.Hint.In(lang), Closed: g.Closed}
		for i := range t.Fields {
			f := &t.Fields[i]
			if f.Group != g.Key && (g.Key != "" || hasGroup(t, f.Group)) {
				continue
			}
			c := b.control(f, sent[f.Key], values[f.Key])
			if len(c.Errors) > 0 || !values[f.Key].IsZero() && f.Auto == "" {
				fg.Closed = false
			}
			fg.Controls = append(fg.Controls, c)
		}
		if len(fg.Controls) > 0 {
			out.Groups = append(out.Groups, fg)
		}
	}
	return out
}

func hasGroup(t *core.Type, key string) bool {
	return slices.ContainsFunc(t.Groups, func(g core.Group) bool { return g.Key == key })
}

type builder struct {
	lang string
	opts Options
}

func (b *builder) control(f *core.Field, s *inputs, v core.Value) Control {
	c := Control{
		Field: f, Label: f.Label.In(b.lang), Hint: f.Hint.In(b.lang),
		Required: f.Required, Sealed: f.Sensitivity == core.Sealed,
		Locked: slices.Contains(b.opts.Locked, f.Key), Fixed: f.Auto != "",
	}
	if c.Fixed && b.opts.Show != nil {
		c.Shown = b.opts.Show(f, v)
	}
	if c.Fixed || c.Locked {
		return c
	}
	if s == nil {
		s = &inputs{}
	}
	byRow := map[int][]*core.Error{}
	for _, e := range b.opts.Errors {
		switch {
		case e.Field != f.Key:
		case e.Row > 0 && s.rows[e.Row-1] != nil:
			byRow[e.Row-1] = append(byRow[e.Row-1], e)
		default:
			c.Errors = append(c.Errors, e)
		}
	}
	c.Missing = b.reason(f, s.missing)
	if asList(f) && b.selectable(f.Vocabulary) && len(s.rows) == 0 {
		c.List = b.ticks(f, s.list)
		return c
	}
	c.Rows = b.rows(f, s, byRow)
	if f.Many && len(c.Rows) < maxItems(f) {
		c.AddRow = f.Key
	}
	for _, r := range c.Rows {
		c.Errors = append(c.Errors, r.Errors...)
	}
	return c
}

// rows are what was sent, renumbered without gaps, and blank ones after it.
func (b *builder) rows(f *core.Field, s *inputs, errs map[int][]*core.Error) []FormRow {
	var rows []FormRow
	for _, code := range s.list {
		rows = append(rows, b.row(f, len(rows), map[string]string{partTerm: code}))
	}
	for _, n := range sortedKeys(s.rows) {
		if isYes(s.rows[n][partRemove]) || isBlank(f, s.rows[n]) {
			continue
		}
		r := b.row(f, len(rows), s.rows[n])
		r.Errors = errs[n]
		rows = append(rows, r)
	}
	blank := 1 + b.opts.Extra[f.Key]
	if !f.Many {
		blank = 0
		if len(rows) == 0 {
			blank = 1
		}
	}
	for ; blank > 0 && len(rows) < maxItems(f); blank-- {
		r := b.row(f, len(rows), map[string]string{})
		r.Blank = true
		rows = append(rows, r)
	}
	return rows
}

// isBlank reports whether nothing was typed into a row. A chosen channel, script
// or currency alone is nothing.
func isBlank(f *core.Field, parts map[string]string) bool {
	for part, s := range parts {
		switch part {
		case partChannel, partScript, partUse, partCurrency, partAbout, partPrecision:
			continue
		}
		if line(s) != "" {
			return false
		}
	}
	return true
}

func (b *builder) reason(f *core.Field, chosen core.Missing) *Input {
	in := &Input{Kind: InputSelect, Part: partMissing, Name: MissingName(f.Key), ID: inputID(f.Key, -1, partMissing),
		LabelKey: "form.part.missing", Value: string(chosen)}
	in.Options = append(in.Options, Option{LabelKey: "form.missing.none", Selected: chosen == ""})
	for _, m := range core.MissingReasons() {
		in.Options = append(in.Options, Option{Value: string(m), LabelKey: "form.missing." + string(m), Selected: m == chosen})
	}
	return in
}
