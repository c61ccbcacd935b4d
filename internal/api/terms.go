package api

import "svod/internal/core"

type termsInput struct {
	Vocabulary string `path:"vocabulary" doc:"Name of the vocabulary"`
	Query      string `query:"q" maxLength:"200" doc:"A code, or the beginning of a label in any language"`
	Parent     string `query:"parent" doc:"Only the terms directly below this one; - for the top"`
}

type termsOutput struct{ Body Terms }

// Terms are terms of one vocabulary, parents before children.
type Terms struct {
	Vocabulary string     `json:"vocabulary"`
	List       string     `json:"list,omitempty" doc:"Official number of the list"`
	Label      core.Words `json:"label"`
	Items      []Term     `json:"items" nullable:"false"`
}

// Term is one coded value.
type Term struct {
	Code    string     `json:"code"`
	Parent  string     `json:"parent,omitempty"`
	Label   core.Words `json:"label"`
	About   core.Words `json:"about,omitempty"`
	Interop string     `json:"interop,omitempty" doc:"12-digit HURIDOCS code"`
	Kind    string     `json:"kind,omitempty"`
	Hidden  bool       `json:"hidden,omitempty" doc:"Kept for old records, not offered any more"`
	Lat     float64    `json:"lat,omitempty"`
	Lon     float64    `json:"lon,omitempty"`
}

func termOf(t *core.Term) Term {
	return Term{Code: t.Code, Parent: t.Parent, Label: wordsOf(t.Label), About: t.About, Interop: t.Interop,
		Kind: t.Kind, Hidden: t.Hidden, Lat: t.Lat, Lon: t.Lon}
}

func (a *API) terms(_ call, in *termsInput) (*termsOutput, error) {
	packs := a.k.Packs()
	v := packs.Vocabulary(in.Vocabulary)
	if v == nil {
		return nil, core.NotFound()
	}
	out := Terms{Vocabulary: v.Name, List: v.List, Label: wordsOf(v.Label), Items: []Term{}}
	parent := in.Parent
	if parent == "-" {
		parent = ""
	} else if parent != "" && packs.Term(v.Name, parent) == nil {
		return nil, core.Invalid("api.parameter", "name", "parent").At("parent")
	}
	fits := func(t *core.Term) bool { return in.Parent == "" || t.Parent == parent }
	if in.Query != "" {
		for _, code := range packs.TermsCalled(v.Name, in.Query, true) {
			if t := packs.Term(v.Name, code); t != nil && fits(t) {
				out.Items = append(out.Items, termOf(t))
			}
		}
		return &termsOutput{out}, nil
	}
	for i := range v.Terms {
		if fits(&v.Terms[i]) {
			out.Items = append(out.Items, termOf(&v.Terms[i]))
		}
	}
	return &termsOutput{out}, nil
}
