package web

// circleRename gives a circle another name.
func (s *Server) circleRename(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	if err := s.kernel.CircleRename(v.ctx, v.actor, id, f.Get("circle")); err != nil {
		return s.circleWith(v, id, "", err)
	}
	return v.done("flash.circle_renamed", circleURL(id))
}

// circleClose ends writing in a circle, or begins it again.
func (s *Server) circleClose(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	closed := f.Get("closed") == "yes"
	if err := s.kernel.CircleClose(v.ctx, v.actor, id, closed); err != nil {
		return s.circleWith(v, id, "", err)
	}
	if closed {
		return v.done("flash.circle_closed", circleURL(id))
	}
	return v.done("flash.circle_opened", circleURL(id))
}
