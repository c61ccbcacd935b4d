package web

import (
	"net/http"

	"svod/internal/core"
	"svod/internal/kernel"
)

// peoplePage lists colleagues and the invites that wait.
type peoplePage struct {
	Frame
	People  []kernel.PersonInfo
	Invites []kernel.InviteInfo
	Admin   bool
	Steward bool // of any circle: may invite
	Me      core.ID
	Org     core.ID
}

func (s *Server) peopleShow(v *visit) error { return s.peopleWith(v, nil) }

func (s *Server) peopleWith(v *visit, failed error) error {
	p, ok := v.problems(failed)
	if failed != nil && !ok {
		return failed
	}
	page := peoplePage{Frame: v.frame("menu.people").in("people").with(p), Admin: v.actor.Admin,
		Me: v.actor.Person, Org: v.actor.Organisation}
	people, err := s.kernel.People(v.ctx, v.actor)
	if err != nil {
		return err
	}
	for _, one := range people {
		if one.Active {
			page.People = append(page.People, one)
		}
	}
	invites, err := s.kernel.Invites(v.ctx, v.actor)
	if err != nil {
		return err
	}
	for _, in := range invites {
		if !in.Used && in.Expires.After(s.kernel.Now()) {
			page.Invites = append(page.Invites, in)
		}
	}
	circles, err := v.stewardedCircles()
	if err != nil {
		return err
	}
	page.Steward = len(circles) > 0
	status := http.StatusOK
	if ok {
		status = p.Status
	}
	return v.render(status, "people", page)
}

// stewardedCircles are the circles into which the person may invite.
func (v *visit) stewardedCircles() ([]kernel.CircleInfo, error) {
	all, err := v.s.kernel.Circles(v.ctx, v.actor)
	if err != nil {
		return nil, err
	}
	var out []kernel.CircleInfo
	for _, c := range all {
		if c.Role == core.Steward {
			out = append(out, c)
		}
	}
	return out, nil
}

// personRemove ends a person's access everywhere.
func (s *Server) personRemove(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	id, err := core.ParseID(f.Get("person"))
	if err != nil {
		return err
	}
	if err := s.kernel.PersonRemove(v.ctx, v.actor, id); err != nil {
		return s.peopleWith(v, err)
	}
	return v.done("flash.person_removed", peopleURL())
}

// inviteRevoke ends an invite that waits.
func (s *Server) inviteRevoke(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	id, err := core.ParseID(f.Get("invite"))
	if err != nil {
		return err
	}
	if err := s.kernel.InviteRevoke(v.ctx, v.actor, id); err != nil {
		return err
	}
	return v.done("flash.invite_revoked", peopleURL())
}
