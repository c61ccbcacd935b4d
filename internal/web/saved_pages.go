package web

import (
	"net/http"
	"net/url"
	"slices"

	"svod/internal/core"
	"svod/internal/kernel"
)

// saveForm keeps the query of a list under a name.
type saveForm struct {
	Carried []hiddenInput
	Circles []circleChoice
}

func (v *visit) saveForm(q listQuery) saveForm {
	carried := q.values()
	carried.Set("type", q.Type)
	return saveForm{Carried: hidden(carried), Circles: v.writableCircles("")}
}

func sortedNames(in url.Values) []string {
	names := make([]string, 0, len(in))
	for name := range in {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// savedPage lists the saved queries of a person and of their circles.
type savedPage struct {
	Frame
	Queries []savedLine
}

// savedLine is one saved query.
type savedLine struct {
	Name, Owner, Circle string
	Mine                bool
	Type                string // plural
	Text                string
	Chips               []chip
	Count               int
	Counted             bool // false when the query no longer fits the types
	Run, URL            string
	Circles             []circleChoice // to share with
	Created             string
}

func (s *Server) savedShow(v *visit) error {
	list, err := s.kernel.SavedQueries(v.ctx, v.actor)
	if err != nil {
		return err
	}
	page := savedPage{Frame: v.frame("saved.title").in("saved")}
	circles := v.circleNames()
	for _, sq := range list {
		q := queryOf(sq)
		t := s.kernel.Packs().Type(sq.Type)
		line := savedLine{Name: sq.Name, Owner: sq.Owner, Circle: circles[sq.Circle], Mine: sq.Mine, Text: sq.Text,
			Type: v.T("list.search_all"), Chips: v.chips(q, t), Run: q.url(), URL: savedQueryURL(sq.ID),
			Created: formatDay(v.lang, sq.Created.In(s.opts.Zone))}
		if t != nil {
			line.Type = t.Plural.In(v.lang)
		}
		if sq.Mine {
			line.Circles = v.writableCircles(sq.Circle)
		}
		if n, err := s.kernel.Count(v.ctx, v.actor, q.find()); err == nil {
			line.Count, line.Counted = n, true
		}
		page.Queries = append(page.Queries, line)
	}
	return v.render(http.StatusOK, "saved", page)
}

func queryOf(sq kernel.SavedQuery) listQuery {
	return listQuery{Type: sq.Type, Text: sq.Text, Filters: sq.Filters, Sort: sq.Sort, Exact: sq.Exact}
}

// savedRun opens the list of a saved query.
func (s *Server) savedRun(v *visit) error {
	sq, err := v.savedQuery()
	if err != nil {
		return err
	}
	return v.redirect(queryOf(sq).url())
}

func (v *visit) savedQuery() (kernel.SavedQuery, error) {
	id, err := v.pathID("id")
	if err != nil {
		return kernel.SavedQuery{}, err
	}
	return v.s.kernel.SavedQuery(v.ctx, v.actor, id)
}

// savedCreate keeps a list's query under a name.
func (s *Server) savedCreate(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	typ := in.Get("type")
	if typ != "" && s.kernel.Packs().Type(typ) == nil {
		return core.NotFound()
	}
	q := parseListQuery(typ, in)
	_, err = s.kernel.SaveQuery(v.ctx, v.actor, kernel.SavedQuery{Name: in.Get("name"), Circle: core.ID(in.Get("for")),
		Type: typ, Text: q.Text, Filters: q.Filters, Sort: q.Sort, Exact: q.Exact})
	if err != nil {
		return err
	}
	return v.done("flash.query_saved", savedURL())
}

// savedChange shares a saved query with a circle, takes it back, or deletes it.
func (s *Server) savedChange(v *visit) error {
	in, err := v.form()
	if err != nil {
		return err
	}
	sq, err := v.savedQuery()
	if err != nil {
		return err
	}
	if in.Get("do") == "delete" {
		if err := s.kernel.DeleteQuery(v.ctx, v.actor, sq.ID); err != nil {
			return err
		}
		return v.done("flash.query_deleted", savedURL())
	}
	sq.Circle = core.ID(in.Get("for"))
	if _, err := s.kernel.SaveQuery(v.ctx, v.actor, sq); err != nil {
		return err
	}
	return v.done("flash.query_changed", savedURL())
}
