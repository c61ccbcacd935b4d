package web

// sessionEnd ends one of the person's sessions.
func (s *Server) sessionEnd(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if err := s.kernel.EndSession(v.ctx, v.actor, f.Get("session")); err != nil {
		return err
	}
	return v.done("flash.session_ended", accountURL()+"#sessions")
}

// lockEverything ends every session and token at once: of the person, or of the
// whole organisation. It ends this one too.
func (s *Server) lockEverything(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if _, err := s.kernel.LockEverything(v.ctx, v.actor, f.Get("everyone") == "yes"); err != nil {
		return err
	}
	v.signed = false // nothing left to end
	if err := s.endSession(v); err != nil {
		return err
	}
	return v.redirect(signInURL(""))
}
