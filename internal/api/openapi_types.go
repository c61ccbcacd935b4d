package api

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/pack"
)

const schemaRoot = "#/components/schemas/"

func ref(name string) *huma.Schema { return &huma.Schema{Ref: schemaRoot + name} }

// typeSchemas describes what form.DecodeJSON accepts for each record type:
//
//	values_<type>  the values of a record of the type
//	draft_<type>   a Draft of the type
//	Draft, Values  any of them
//	term_<name>    a code of the vocabulary
func typeSchemas(set *pack.Set) map[string]*huma.Schema {
	out := map[string]*huma.Schema{}
	draft := &huma.Schema{Description: "A record to be created; type says which fields it has.",
		Discriminator: &huma.Discriminator{PropertyName: "type", Mapping: map[string]string{}}}
	vals := &huma.Schema{Description: "The values of a record, as described for its type."}
	for _, t := range set.Types() {
		out["values_"+t.Name] = valuesSchema(set, t)
		out["draft_"+t.Name] = draftSchema(t)
		draft.OneOf = append(draft.OneOf, ref("draft_"+t.Name))
		draft.Discriminator.Mapping[t.Name] = schemaRoot + "draft_" + t.Name
		vals.AnyOf = append(vals.AnyOf, ref("values_"+t.Name))
	}
	for _, v := range set.Vocabularies() {
		out["term_"+v.Name] = termSchema(v)
	}
	out["Draft"], out["Values"] = draft, vals
	return out
}

func draftSchema(t *core.Type) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, Title: t.Label.In("en"), AdditionalProperties: false,
		Required: []string{"type", "circle", "values"},
		Properties: map[string]*huma.Schema{
			"type":   {Type: huma.TypeString, Enum: []any{t.Name}},
			"circle": {Type: huma.TypeString, Format: "uuid", Description: "Circle in which the record will live"},
			"values": ref("values_" + t.Name),
			"reason": {Type: huma.TypeString, MaxLength: limit(maxReason), Description: "Why, for the history"},
			"ref":    {Type: huma.TypeString, Pattern: "^#[A-Za-z0-9_-]{1,60}$", Description: "In a batch: a name by which later records can link to this one"},
		}}
}

func valuesSchema(set *pack.Set, t *core.Type) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeObject, Title: t.Label.In("en"), Description: bothLanguages(t.Label, t.About),
		AdditionalProperties: false, Properties: map[string]*huma.Schema{}, Extensions: map[string]any{"x-svod-pack": t.Pack}}
	if t.Number != "" {
		s.Extensions["x-esf-number"] = t.Number
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		s.Properties[f.Key] = fieldSchema(set, f)
		if f.Required && f.Auto == "" {
			s.Required = append(s.Required, f.Key)
		}
	}
	return s
}

// fieldSchema accepts the full form, a list, one item, and null.
func fieldSchema(set *pack.Set, f *core.Field) *huma.Schema {
	item := itemSchema(set, f)
	most := form.MaxItems
	switch {
	case !f.Many:
		most = 1
	case f.Max > 0 && f.Max < most:
		most = f.Max
	}
	list := func() *huma.Schema {
		return &huma.Schema{Type: huma.TypeArray, Items: item, MaxItems: limit(most)}
	}
	var reasons []any
	for _, m := range core.MissingReasons() {
		reasons = append(reasons, string(m))
	}
	full := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Properties: map[string]*huma.Schema{
		"items": list(), "missing": {Type: huma.TypeString, Enum: reasons, Description: "Why the field is empty"}}}
	s := &huma.Schema{Title: f.Label.In("en"), Description: bothLanguages(f.Label, f.Hint), ReadOnly: f.Auto != "",
		AnyOf:      []*huma.Schema{full, list(), item, {Type: "null"}},
		Extensions: map[string]any{"x-svod-kind": string(f.Kind), "x-svod-sensitivity": string(f.Sensitivity)}}
	if f.Number != "" {
		s.Extensions["x-esf-number"] = f.Number
	}
	if f.Vocabulary != "" {
		s.Extensions["x-svod-terms"] = Prefix + "/terms/" + f.Vocabulary
	}
	if f.Link != nil {
		s.Extensions["x-svod-links"] = some(f.Link.Types)
	}
	return s
}

// itemSchema is one item: in short where the kind has a short form, or in full.
func itemSchema(set *pack.Set, f *core.Field) *huma.Schema {
	words := &huma.Schema{Type: huma.TypeObject, Description: "Text by language",
		AdditionalProperties: &huma.Schema{Type: huma.TypeString, MaxLength: limit(form.MaxNote)}}
	id := &huma.Schema{Type: huma.TypeString, Format: "uuid"}
	text := &huma.Schema{Type: huma.TypeString}
	switch f.Kind {
	case core.FieldText:
		text.MaxLength = limit(form.MaxText)
		return anItem("text", text, text)
	case core.FieldNote:
		return anItem("note", words, words)
	case core.FieldTerm:
		return anItem("term", codeSchema(set, f.Vocabulary), codeSchema(set, f.Vocabulary))
	case core.FieldDate:
		edtf := &huma.Schema{Type: huma.TypeString, Format: "edtf", Description: "EDTF: 2012-05-06, 2012-05, 2012-05-06/2012-05-08, 2012~"}
		return anItem("date", edtf, edtf)
	case core.FieldNumber:
		return anItem("number", ref("Number"), &huma.Schema{Type: huma.TypeNumber})
	case core.FieldMoney:
		return anItem("money", ref("Money"), nil)
	case core.FieldPlace:
		return anItem("place", ref("Place"), codeSchema(set, f.Vocabulary))
	case core.FieldName:
		text.MaxLength = limit(form.MaxName)
		return anItem("name", ref("Name"), text)
	case core.FieldContact:
		return anItem("contact", ref("Contact"), nil)
	case core.FieldLink:
		id.Description = "ID of a record; in a batch also the ref of an earlier draft"
		id.Format = ""
		return anItem("link", id, id)
	case core.FieldFile:
		return anItem("file", ref("FileRef"), id)
	case core.FieldYesNo:
		yes := &huma.Schema{Type: huma.TypeBoolean}
		return anItem("yes", yes, yes)
	}
	return &huma.Schema{}
}

// anItem is an object with the member of the kind, or the short form.
func anItem(member string, full, short *huma.Schema) *huma.Schema {
	object := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Required: []string{member},
		Properties: map[string]*huma.Schema{member: full, "clarify": {Type: huma.TypeString, MaxLength: limit(form.MaxClarify), Description: "Clarifying note"}}}
	if short == nil {
		return object
	}
	return &huma.Schema{AnyOf: []*huma.Schema{object, short}}
}

func codeSchema(set *pack.Set, vocabulary string) *huma.Schema {
	if set.Vocabulary(vocabulary) == nil {
		return &huma.Schema{Type: huma.TypeString}
	}
	return ref("term_" + vocabulary)
}

// maxEnum is how many codes are listed; longer vocabularies are asked for.
const maxEnum = 200

// termSchema lists the codes of a vocabulary, or says where they are listed.
// Local lists are filled by each organisation, so none of theirs stands here.
func termSchema(v *core.Vocabulary) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Description: bothLanguages(v.Label, nil),
		Extensions: map[string]any{"x-svod-terms": Prefix + "/terms/" + v.Name}}
	if v.List != "" {
		s.Extensions["x-esf-list"] = v.List
	}
	if len(v.Terms) == 0 || len(v.Terms) > maxEnum || v.Local {
		s.Pattern = `^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`
		return s
	}
	for _, t := range v.Terms {
		s.Enum = append(s.Enum, t.Code)
	}
	return s
}

// bothLanguages is the label in Russian and English with its hint.
func bothLanguages(label, hint core.Words) string {
	lines := []string{label["ru"] + " / " + label["en"]}
	for _, lang := range []string{"ru", "en"} {
		if hint[lang] != "" {
			lines = append(lines, hint[lang])
		}
	}
	return strings.Join(lines, "\n\n")
}

func limit(n int) *int { return &n }
