package web

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"svod/internal/core"
	"svod/internal/kernel"
)

// noteLanguages are offered for a column of notes.
var noteLanguages = []string{"ru", "en"}

// fieldKey is the field of a choice: "places" of "places.local".
func fieldKey(choice string) string {
	key, _, _ := strings.Cut(choice, ".")
	return key
}

// choices are what a column can become, by the groups of the form.
func (m *columnMaker) choices(plan kernel.ColumnPlan) []choiceGroup {
	v := m.v
	if f := m.t.Field(plan.Field); f != nil && f.Kind == core.FieldNote && plan.Lang == "" {
		plan.Lang = noteLanguages[0] // what the kernel takes a note without language for
	}
	chosen := columnChoice(plan)
	out := []choiceGroup{{Label: v.T("wizard.not_a_field"), Options: []axisOption{
		{"@id", v.T("wizard.external_id"), chosen == "@id"}}}}
	if chosen == "@version" {
		out[0].Options = append(out[0].Options, axisOption{"@version", v.T("wizard.version"), true})
	}
	found := chosen == "" || strings.HasPrefix(chosen, "@")
	for _, g := range m.t.Groups {
		group := choiceGroup{Label: g.Label.In(v.lang)}
		for i := range m.t.Fields {
			f := &m.t.Fields[i]
			if f.Group != g.Key || f.Auto != "" || f.Kind == core.FieldLink || f.Kind == core.FieldFile {
				continue
			}
			for _, o := range v.fieldChoices(f, plan.Lang) {
				o.Selected = o.Value == chosen
				found = found || o.Selected
				group.Options = append(group.Options, o)
			}
		}
		if len(group.Options) > 0 {
			out = append(out, group)
		}
	}
	if !found { // a part that only a saved mapping or a guess knows
		out[0].Options = append(out[0].Options, axisOption{chosen, v.choiceLabel(m.t, chosen), true})
	}
	return out
}

// fieldChoices are the ways in which a column can fill a field.
func (v *visit) fieldChoices(f *core.Field, lang string) []axisOption {
	label := f.Label.In(v.lang)
	part := func(name string) axisOption {
		return axisOption{Value: f.Key + "." + name, Label: label + ": " + v.T("wizard.part_"+name)}
	}
	out := []axisOption{{Value: f.Key, Label: label}}
	switch f.Kind {
	case core.FieldNote:
		langs := noteLanguages
		if lang != "" && !slices.Contains(langs, lang) {
			langs = append(slices.Clone(langs), lang)
		}
		out = out[:0]
		for _, l := range langs {
			out = append(out, axisOption{Value: f.Key + "@" + l, Label: v.T("wizard.note_in", "field", label, "language", lowerFirst(v.languageName(l)))})
		}
	case core.FieldPlace:
		out = append(out, part("local"), part("lat"), part("lon"))
	case core.FieldName:
		out = append(out, part("family"), part("given"), part("patronymic"))
	}
	if f.Clarify {
		out = append(out, part("clarify"))
	}
	return out
}

func (v *visit) choiceLabel(t *core.Type, choice string) string {
	if f := t.Field(fieldKey(choice)); f != nil {
		return f.Label.In(v.lang) + strings.TrimPrefix(choice, f.Key)
	}
	return choice
}

// lowerFirst is a phrase as it stands inside a line.
func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// resolveTerms turns what was typed for an unknown word into the code of the
// term called so.
func (v *visit) resolveTerms(plan kernel.ImportPlan) (kernel.ImportPlan, error) {
	t := v.s.kernel.Packs().Type(plan.Type)
	if t == nil {
		return plan, core.NotFound()
	}
	var errs core.Errors
	plan.Columns = slices.Clone(plan.Columns)
	for i := range plan.Columns {
		f := t.Field(fieldKey(plan.Columns[i].Field))
		if f == nil || f.Vocabulary == "" || len(plan.Columns[i].Terms) == 0 {
			continue
		}
		terms := map[string]string{}
		for text, said := range plan.Columns[i].Terms {
			switch codes := v.s.kernel.Packs().TermsCalled(f.Vocabulary, strings.TrimSpace(said), false); {
			case said == "" || v.s.kernel.Packs().Term(f.Vocabulary, said) != nil:
				terms[text] = said
			case len(codes) == 1:
				terms[text] = codes[0]
			default:
				errs = append(errs, core.Invalid("wizard.no_such_term", "term", clipText(said, 60)))
			}
		}
		plan.Columns[i].Terms = terms
	}
	return plan, errs.OrNil()
}

// atField moves the problems of a field to the input that stands for it here.
func atField(err error, field, input string) error {
	var one *core.Error
	if !errors.As(err, &one) || one.Field != field {
		return err
	}
	moved := *one
	moved.Field = input
	return &moved
}
