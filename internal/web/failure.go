package web

import (
	"errors"
	"log/slog"
	"net/http"

	"svod/internal/core"
)

// failures says what each kind of error becomes: a status and the message keys
// of the page's heading and advice. KindSignedOut is not here: it leads to the
// sign-in page.
var failures = []struct {
	kind          core.Kind
	status        int
	title, advice string
}{
	{core.KindInvalid, http.StatusUnprocessableEntity, "failure.invalid", "failure.invalid_advice"},
	{core.KindNotFound, http.StatusNotFound, "failure.not_found", "failure.not_found_advice"},
	{core.KindForbidden, http.StatusForbidden, "failure.forbidden", "failure.forbidden_advice"},
	{core.KindConflict, http.StatusConflict, "failure.conflict", "failure.conflict_advice"},
	{core.KindTooLarge, http.StatusRequestEntityTooLarge, "failure.too_large", "failure.too_large_advice"},
	{core.KindTooMany, http.StatusTooManyRequests, "failure.too_many", "failure.too_many_advice"},
	{core.KindUnavail, http.StatusServiceUnavailable, "failure.unavailable", "failure.unavailable_advice"},
	{core.KindNewerStore, http.StatusServiceUnavailable, "failure.unavailable", "failure.unavailable_advice"},
	{core.KindInternal, http.StatusInternalServerError, "failure.internal", "failure.internal_advice"},
}

func statusOf(k core.Kind) int {
	for _, f := range failures {
		if f.kind == k {
			return f.status
		}
	}
	return http.StatusInternalServerError
}

// failurePage is any error as a page.
type failurePage struct {
	Frame
	Heading string
	What    string // what happened, "" when the heading says it
	Advice  string
	SignIn  bool   // offer to sign in beside this page
	ID      string // of the request, for internal errors: what to tell the administrator
}

// fail answers with the page of an error. Internal errors are logged with
// their cause; nobody else's detail leaves this function.
func (v *visit) fail(err error) {
	kind := core.KindOf(err)
	if kind == core.KindSignedOut {
		v.toSignIn()
		return
	}
	f := failures[len(failures)-1]
	for _, each := range failures {
		if each.kind == kind {
			f = each
		}
	}
	page := failurePage{Frame: v.frame(f.title), Heading: v.T(f.title), Advice: v.T(f.advice)}
	// The language form leads home and not back here: its hidden address would
	// tell two missing records apart.
	page.Back = homeURL()
	var e *core.Error
	if errors.As(err, &e) && kind != core.KindInternal && kind != core.KindNotFound {
		page.What = v.message(e)
	}
	if f.status >= 500 {
		page.ID = v.id
		v.s.log.Error("request failed", slog.String("request", v.id), slog.String("error", err.Error()))
	}
	if err := v.render(f.status, "failure", page); err != nil {
		v.s.log.Error("error page failed", slog.String("request", v.id), slog.String("error", err.Error()))
		http.Error(v.w, v.T("failure.internal"), http.StatusInternalServerError)
	}
}

func (s *Server) notFound(_ *visit) error { return core.NotFound() }
