package web

import "log/slog"

// quickExit leaves at once: it ends the session, has the browser forget
// everything of this site and goes to a neutral one. It must get the person
// away even when the session cannot be ended; the cookie is gone in any case.
func (s *Server) quickExit(v *visit) error {
	if err := s.endSession(v); err != nil {
		s.log.Error("quick exit: session not ended", slog.String("request", v.id), slog.String("error", err.Error()))
	}
	v.w.Header().Set("Clear-Site-Data", `"cache", "cookies", "storage"`)
	return v.redirect(s.opts.ExitURL)
}
