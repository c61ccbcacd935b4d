package web

import (
	"net/http"

	"svod/internal/core"
	"svod/internal/kernel"
)

// circlePage is one circle: its members and, for stewards, what can be done.
type circlePage struct {
	Frame
	Circle  kernel.CircleInfo
	Members []kernel.MemberInfo
	Steward bool
	Inside  bool    // the person is a member
	Me      core.ID // to mark the person's own line
	Roles   []core.Role
	Name    string // typed into the form for a new member
}

func (s *Server) circleShow(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	return s.circleWith(v, id, "", nil)
}

// circleWith shows the page with what went wrong in one of its forms.
func (s *Server) circleWith(v *visit, id core.ID, name string, failed error) error {
	p, ok := v.problems(failed)
	if failed != nil && !ok {
		return failed
	}
	info, err := v.circle(id)
	if err != nil {
		return err
	}
	page := circlePage{Circle: info, Inside: info.Role != "", Steward: info.Role == core.Steward,
		Me: v.actor.Person, Roles: core.Roles(), Name: name}
	if page.Inside {
		if page.Members, err = s.kernel.Members(v.ctx, v.actor, id); err != nil {
			return err
		}
	}
	// The name of a circle can tell what it is about: it is on the page, not in
	// the title.
	page.Frame = v.frame("circle.title", "number", id.Short()).in("circles",
		Crumb{v.T("menu.circles"), circlesURL()}, Crumb{Label: info.Name}).with(p)
	status := http.StatusOK
	if ok {
		status = p.Status
	}
	return v.render(status, "circle", page)
}

// circle finds a circle among those the person may know of.
func (v *visit) circle(id core.ID) (kernel.CircleInfo, error) {
	all, err := v.s.kernel.Circles(v.ctx, v.actor)
	if err != nil {
		return kernel.CircleInfo{}, err
	}
	for _, c := range all {
		if c.ID == id {
			return c, nil
		}
	}
	return kernel.CircleInfo{}, core.NotFound()
}
