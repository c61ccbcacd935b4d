package web

import (
	"net/http"
	"net/url"

	"svod/internal/core"
)

// organisationsPage lists the members of the consortium, for admins.
type organisationsPage struct {
	Frame
	Organisations []core.Organisation
	Own           core.ID
	Fields        []organisationName
}

// organisationName is the name in one language, as typed.
type organisationName struct {
	Language
	Value string
}

func (s *Server) organisationsShow(v *visit) error { return s.organisationsWith(v, url.Values{}, nil) }

func (s *Server) organisationsWith(v *visit, f url.Values, failed error) error {
	if !v.actor.Admin {
		return core.Forbidden("error.need_admin")
	}
	p, ok := v.problems(failed)
	if failed != nil && !ok {
		return failed
	}
	all, err := s.kernel.Organisations(v.ctx, v.actor)
	if err != nil {
		return err
	}
	page := organisationsPage{Frame: v.frame("menu.organisations").in("organisations").with(p),
		Organisations: all, Own: v.actor.Organisation}
	for _, l := range page.Languages {
		page.Fields = append(page.Fields, organisationName{l, f.Get("name-" + l.Code)})
	}
	status := http.StatusOK
	if ok {
		status = p.Status
	}
	return v.render(status, "organisations", page)
}

// organisationCreate adds a member of the consortium.
func (s *Server) organisationCreate(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	names := core.Words{}
	for _, l := range Languages() {
		if name := clean(f.Get("name-" + l)); name != "" {
			names[l] = name
		}
	}
	if _, err := s.kernel.OrganisationCreate(v.ctx, v.actor, names); err != nil {
		return s.organisationsWith(v, f, err)
	}
	return v.done("flash.organisation_created", organisationsURL())
}
