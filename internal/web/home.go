package web

import (
	"net/http"

	"svod/internal/kernel"
)

// homePage is what waits for the person.
type homePage struct {
	Frame
	Circles []kernel.CircleInfo
}

func (s *Server) homeShow(v *visit) error {
	circles, err := s.kernel.Circles(v.ctx, v.actor)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "home", homePage{Frame: v.frame("home.title").in("home"), Circles: circles})
}
