package form

import (
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
)

func inputID(field string, row int, part string) string {
	id := "f-" + field
	if row >= 0 {
		id += "-" + strconv.Itoa(row)
	}
	return id + "-" + strings.ReplaceAll(part, ".", "-")
}

// row builds the inputs of one item from its parts as typed.
func (b *builder) row(f *core.Field, n int, parts map[string]string) FormRow {
	r := FormRow{Number: n}
	for _, part := range b.parts(f, parts) {
		r.Inputs = append(r.Inputs, b.input(f, n, part, parts[part]))
	}
	if f.Clarify {
		in := b.input(f, n, partClarify, parts[partClarify])
		in.Max = MaxClarify
		r.Inputs = append(r.Inputs, in)
	}
	if f.Kind == core.FieldDate {
		if d, err := readDate(line(parts[partDate])); err == nil && !d.IsZero() {
			r.Echo = d.Format(b.lang)
		}
	}
	return r
}

// parts lists the parts of an item; for a note, the languages offered and
// those it has.
func (b *builder) parts(f *core.Field, have map[string]string) []string {
	if f.Kind != core.FieldNote {
		return partsOf(f.Kind)
	}
	var out []string
	for _, lang := range b.opts.Langs {
		out = append(out, partNote+"."+lang)
	}
	for _, part := range sortedKeys(have) {
		if strings.HasPrefix(part, partNote+".") && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// input builds one input; how it looks depends on the part alone.
func (b *builder) input(f *core.Field, row int, part, value string) Input {
	in := Input{Kind: InputText, Part: part, Name: InputName(f.Key, row, part), ID: inputID(f.Key, row, part),
		Value: value, LabelKey: "form.part." + part}
	switch part {
	case partText:
		in.LabelKey, in.Max = "", maxRunes(f)
	case partDate:
		in.LabelKey = ""
	case partNumber:
		in.LabelKey, in.Mode = "", "decimal"
	case partMax, partAmount, partLat, partLon:
		in.Mode = "decimal"
	case partAbout:
		in.Kind, in.Value, in.Checked = InputTick, "1", isYes(value)
	case partCurrency:
		in.Max = 3
	case partTerm, partCode:
		b.termInput(f, &in)
	case partPrecision:
		in.choices("form.precision.", precisions(), value)
	case partScript:
		in.choices("form.script.", Scripts(), value)
	case partUse:
		in.choices("form.use.", NameUses(), value)
	case partChannel:
		in.choices("form.channel.", core.ContactChannels(), value)
	case partYes:
		in.choices("form.yes.", []string{"yes", "no"}, value)
		in.Kind, in.LabelKey = InputRadio, ""
	case partLink:
		b.linkInput(&in)
	case partFind:
		in.Kind = InputSearch
		if f.Link != nil {
			in.Types = f.Link.Types
		}
	case partFile:
		in.Kind = InputHidden
		if value != "" && b.opts.FileName != nil {
			in.Shown = b.opts.FileName(core.ID(value))
		}
	case partClarify, partValue, partLocal, partFull, partFamily, partGiven, partPatronymic:
		in.Max = MaxName
	}
	if lang, ok := strings.CutPrefix(part, partNote+"."); ok {
		in.Kind, in.Lang, in.Max, in.LabelKey = InputArea, lang, maxRunes(f), "form.lang."+lang
	}
	return in
}

func (b *builder) linkInput(in *Input) {
	in.Kind = InputHidden
	if in.Value != "" && b.opts.Title != nil {
		in.Shown = b.opts.Title(core.ID(in.Value))
	}
}

func precisions() []string {
	var out []string
	for _, p := range core.PlacePrecisions() {
		out = append(out, string(p))
	}
	return out
}

// choices makes a list to choose from with "nothing" first.
func (in *Input) choices(prefix string, values []string, chosen string) {
	in.Kind = InputSelect
	in.Options = []Option{{LabelKey: prefix + "none", Selected: chosen == ""}}
	for _, v := range values {
		in.Options = append(in.Options, Option{Value: v, LabelKey: prefix + v, Selected: v == chosen})
	}
}

func (b *builder) vocabulary(name string) *core.Vocabulary {
	if b.opts.Terms == nil {
		return nil
	}
	return b.opts.Terms.Vocabulary(name)
}

func (b *builder) selectable(vocabulary string) bool {
	v := b.vocabulary(vocabulary)
	return v != nil && len(v.Terms) <= SelectLimit
}

// termInput makes a list of terms, or a search input when there are too many.
func (b *builder) termInput(f *core.Field, in *Input) {
	if in.Part == partTerm {
		in.LabelKey = ""
	}
	in.Vocabulary = f.Vocabulary
	if !b.selectable(f.Vocabulary) {
		in.Kind = InputSearch
		in.Value = b.typedTerm(f.Vocabulary, in.Value)
		return
	}
	in.Kind = InputSelect
	in.Options = append([]Option{{LabelKey: "form.term.none", Selected: in.Value == ""}}, b.terms(f.Vocabulary, []string{in.Value})...)
}

func (b *builder) ticks(f *core.Field, chosen []string) *Input {
	return &Input{Kind: InputTicks, Part: partTerm, Name: ListName(f.Key), ID: inputID(f.Key, -1, partTerm),
		Vocabulary: f.Vocabulary, Options: b.terms(f.Vocabulary, chosen)}
}

// terms are the options of a vocabulary, each below its parent. A hidden term
// is offered only where it is chosen already.
func (b *builder) terms(vocabulary string, chosen []string) []Option {
	v := b.vocabulary(vocabulary)
	if v == nil {
		return nil
	}
	depth := map[string]int{}
	out := make([]Option, 0, len(v.Terms))
	for i := range v.Terms {
		t := &v.Terms[i]
		if t.Parent != "" {
			depth[t.Code] = depth[t.Parent] + 1
		}
		selected := slices.Contains(chosen, t.Code)
		if t.Hidden && !selected {
			continue
		}
		out = append(out, Option{Value: t.Code, Label: t.Label.In(b.lang), Depth: depth[t.Code], Selected: selected})
	}
	return out
}

// typedTerm shows a code by its label where the label leads back to it.
func (b *builder) typedTerm(vocabulary, code string) string {
	v := b.vocabulary(vocabulary)
	if v == nil || code == "" {
		return code
	}
	t := b.opts.Terms.Term(vocabulary, code)
	if t == nil {
		return code
	}
	label := t.Label.In(b.lang)
	for i := range v.Terms {
		if o := &v.Terms[i]; o.Code != code {
			for _, s := range o.Label {
				if strings.EqualFold(s, label) {
					return code
				}
			}
		}
	}
	return label
}
