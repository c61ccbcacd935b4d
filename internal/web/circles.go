package web

import (
	"net/http"

	"svod/internal/kernel"
)

// circlesPage lists the circles the person may know of.
type circlesPage struct {
	Frame
	Circles []kernel.CircleInfo
	Admin   bool // may create
	Name    string
}

func (s *Server) circlesShow(v *visit) error { return s.circlesWith(v, "", nil) }

func (s *Server) circlesWith(v *visit, name string, failed error) error {
	p, ok := v.problems(failed)
	if failed != nil && !ok {
		return failed
	}
	circles, err := s.kernel.Circles(v.ctx, v.actor)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if ok {
		status = p.Status
	}
	return v.render(status, "circles", circlesPage{Frame: v.frame("menu.circles").in("circles").with(p),
		Circles: circles, Admin: v.actor.Admin, Name: name})
}

// circleCreate makes a circle with the person as its steward.
func (s *Server) circleCreate(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	made, err := s.kernel.CircleCreate(v.ctx, v.actor, f.Get("circle"))
	if err != nil {
		return s.circlesWith(v, f.Get("circle"), err)
	}
	return v.done("flash.circle_created", circleURL(made.ID))
}
