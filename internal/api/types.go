package api

import (
	"net/http"

	"svod/internal/core"
)

func (a *API) typeRoutes() {
	on(a, operation(http.MethodGet, "/types", "types", "types", "List the record types of the loaded packs"), a.types)
	on(a, operation(http.MethodGet, "/types/{name}", "type", "types", "Describe a record type with its fields"), a.typ)
	on(a, operation(http.MethodGet, "/terms/{vocabulary}", "terms", "types", "List the terms of a vocabulary, or find some by words"), a.terms)
}

type typesOutput struct{ Body Types }

// Types are the record types.
type Types struct {
	Items []TypeLine `json:"items" nullable:"false"`
}

// TypeLine is a record type without its fields.
type TypeLine struct {
	Name   string     `json:"name"`
	Pack   string     `json:"pack"`
	Number string     `json:"number,omitempty" doc:"Official number of the format"`
	Label  core.Words `json:"label"`
	Plural core.Words `json:"plural"`
	About  core.Words `json:"about"`
	Part   bool       `json:"part" doc:"Reached through another record, as an act through its event"`
	When   string     `json:"when,omitempty" doc:"Date field of histograms"`
	Where  string     `json:"where,omitempty" doc:"Place field of maps"`
	Count  string     `json:"count,omitempty" doc:"Number field that is summed"`
}

func typeLine(t *core.Type) TypeLine {
	return TypeLine{Name: t.Name, Pack: t.Pack, Number: t.Number, Label: wordsOf(t.Label), Plural: wordsOf(t.Plural),
		About: wordsOf(t.About), Part: t.Part, When: t.When, Where: t.Where, Count: t.Count}
}

func (a *API) types(call, *struct{}) (*typesOutput, error) {
	var out Types
	for _, t := range a.k.Packs().Types() {
		out.Items = append(out.Items, typeLine(t))
	}
	out.Items = some(out.Items)
	return &typesOutput{out}, nil
}

type typeInput struct {
	Name string `path:"name" doc:"Name of the type"`
}

type typeOutput struct{ Body TypeWhole }

// TypeWhole is a record type with its fields in form order.
type TypeWhole struct {
	TypeLine
	Title  []string    `json:"title" nullable:"false" doc:"Fields the title is made from"`
	Fields []TypeField `json:"fields" nullable:"false"`
}

// TypeField is one field of a type.
type TypeField struct {
	Key         string           `json:"key"`
	Number      string           `json:"number,omitempty"`
	Kind        core.FieldKind   `json:"kind"`
	Label       core.Words       `json:"label"`
	Hint        core.Words       `json:"hint,omitempty"`
	Required    bool             `json:"required"`
	Many        bool             `json:"many"`
	Clarify     bool             `json:"clarify" doc:"Each item may carry a clarifying note"`
	Sensitivity core.Sensitivity `json:"sensitivity" enum:"open,internal,sealed"`
	Vocabulary  string           `json:"vocabulary,omitempty"`
	Links       []string         `json:"links,omitempty" doc:"Types a link may point to; none = any"`
	Facet       bool             `json:"facet" doc:"Can be counted and filtered by"`
	List        bool             `json:"list"`
	Auto        bool             `json:"auto" doc:"Filled by the house; ignored when sent"`
	Extension   bool             `json:"extension,omitempty" doc:"Not part of the official format"`
}

func (a *API) typ(_ call, in *typeInput) (*typeOutput, error) {
	t := a.k.Packs().Type(in.Name)
	if t == nil {
		return nil, core.NotFound()
	}
	out := TypeWhole{TypeLine: typeLine(t), Title: some(t.Title), Fields: make([]TypeField, len(t.Fields))}
	for i := range t.Fields {
		f := &t.Fields[i]
		out.Fields[i] = TypeField{Key: f.Key, Number: f.Number, Kind: f.Kind, Label: wordsOf(f.Label), Hint: f.Hint,
			Required: f.Required, Many: f.Many, Clarify: f.Clarify, Sensitivity: f.Sensitivity, Vocabulary: f.Vocabulary,
			Facet: f.Facet, List: f.List, Auto: f.Auto != "", Extension: f.Extension}
		if f.Link != nil {
			out.Fields[i].Links = f.Link.Types
		}
	}
	return &typeOutput{out}, nil
}
