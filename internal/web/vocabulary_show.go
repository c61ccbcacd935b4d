package web

import (
	"net/http"

	"svod/internal/core"
)

// vocabulariesPage lists the vocabularies.
type vocabulariesPage struct {
	Frame
	Lists []vocabularyLine
	Admin bool
}

// vocabularyLine is one vocabulary.
type vocabularyLine struct {
	Name, URL string
	Number    string // official, "04"
	Label     Wording
	Terms     int
	Local     bool
	Fields    []string // of types, where it is used
}

// vocabularyPage is one vocabulary, and the form to lay own terms over it.
type vocabularyPage struct {
	Frame
	Line   vocabularyLine
	Terms  []termLine
	Admin  bool
	List   string // of the file
	Source string
	Trial  *termTrial
}

// termLine is one term.
type termLine struct {
	Code, Interop string
	Label         Wording
	Depth         int
	Hidden        bool
	Fresh         string // chip in a preview: new or reworded
}

// termTrial is what an uploaded list would do.
type termTrial struct {
	New, Changed, Same int
	Terms              []termLine
	More               int
	Carried            string // the terms, to be sent back
}

func (s *Server) vocabulariesShow(v *visit) error {
	page := vocabulariesPage{Frame: v.frame("vocab.title").in("vocabularies"), Admin: v.actor.Admin}
	for _, voc := range s.kernel.Packs().Vocabularies() {
		page.Lists = append(page.Lists, v.vocabularyLine(voc))
	}
	return v.render(http.StatusOK, "vocabularies", page)
}

func (v *visit) vocabularyLine(voc *core.Vocabulary) vocabularyLine {
	out := vocabularyLine{Name: voc.Name, URL: vocabularyURL(voc.Name), Number: voc.List, Label: wordingIn(voc.Label, v.lang),
		Terms: len(voc.Terms), Local: voc.Local}
	for _, t := range v.s.kernel.Packs().Types() {
		for i := range t.Fields {
			if f := &t.Fields[i]; f.Vocabulary == voc.Name {
				out.Fields = append(out.Fields, v.T("vocab.used_in", "type", t.Label.In(v.lang), "field", f.Label.In(v.lang)))
			}
		}
	}
	return out
}

func (s *Server) vocabularyShow(v *visit) error {
	voc := s.kernel.Packs().Vocabulary(v.r.PathValue("name"))
	if voc == nil {
		return core.NotFound()
	}
	return v.vocabularyPage(voc, nil, nil)
}

func (v *visit) vocabularyPage(voc *core.Vocabulary, trial *termTrial, why error) error {
	page := vocabularyPage{Line: v.vocabularyLine(voc), Admin: v.actor.Admin, Trial: trial, List: voc.List}
	page.Frame = v.frameTitled(page.Line.Label.Text).in("vocabularies", Crumb{Label: v.T("vocab.title"), URL: vocabulariesURL()}, Crumb{Label: page.Line.Label.Text})
	status := http.StatusOK
	if why != nil {
		problems, ok := v.problems(why)
		if !ok {
			return why
		}
		problems.List = v.inLines(why, problems.List)
		page.Frame, status = page.with(problems), problems.Status
	}
	if trial == nil {
		for i := range voc.Terms {
			page.Terms = append(page.Terms, v.termLine(voc.Name, &voc.Terms[i]))
		}
	}
	return v.render(status, "vocabulary", page)
}

func (v *visit) termLine(vocabulary string, t *core.Term) termLine {
	return termLine{Code: t.Code, Interop: t.Interop, Label: wordingIn(t.Label, v.lang), Hidden: t.Hidden,
		Depth: min(len(v.s.kernel.Packs().Ancestors(vocabulary, t.Code)), 5)}
}
