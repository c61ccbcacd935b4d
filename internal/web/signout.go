package web

// signOut ends this session and says so on the sign-in page.
func (s *Server) signOut(v *visit) error {
	if err := s.endSession(v); err != nil {
		return err
	}
	return v.redirect(signInURL(""))
}

// endSession ends the session and asks the browser to forget what it kept.
func (s *Server) endSession(v *visit) error {
	if v.signed {
		if err := s.kernel.SignOut(v.ctx, v.actor); err != nil {
			return err
		}
	}
	s.setCookie(v.w, cookieSession, "", -1)
	v.signed, v.secret = false, ""
	v.w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return nil
}
