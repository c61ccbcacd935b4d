package web

import (
	"net/http"

	"svod/internal/core"
	"svod/internal/kernel"
)

// joinPage is the way in for somebody who was invited: first the code, then,
// with Invite set, a name and a passphrase.
type joinPage struct {
	Frame
	Code   string
	Invite *kernel.InviteInfo
	Name   string
}

func (s *Server) joinShow(v *visit) error {
	return v.render(http.StatusOK, "join", joinPage{Frame: v.frame("join.title")})
}

// joinOpen shows what the invite is to. The code travels in the form, because
// addresses stay in histories.
func (s *Server) joinOpen(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	return s.joinStep(v, joinPage{Code: squash(f.Get("code"))}, nil)
}

// joinStep shows the second step when the code opens an invite, and the first
// one again when it does not.
func (s *Server) joinStep(v *visit, page joinPage, failed error) error {
	info, err := s.kernel.InviteOpen(v.ctx, page.Code)
	if err != nil {
		failed = err
	} else {
		page.Invite = &info
		if page.Name == "" {
			page.Name = info.Name
		}
	}
	page.Frame = v.frame("join.title")
	if failed == nil {
		return v.render(http.StatusOK, "join", page)
	}
	p, ok := v.problems(failed)
	if !ok {
		return failed
	}
	page.Frame = page.Frame.with(p)
	return v.render(p.Status, "join", page)
}

// joinAccept makes the person and signs them in.
func (s *Server) joinAccept(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	page := joinPage{Code: squash(f.Get("code")), Name: f.Get("name")}
	if f.Get("passphrase") != f.Get("again") {
		return s.joinStep(v, page, core.Invalid("error.passphrases_differ").At("again"))
	}
	secret, a, err := s.kernel.AcceptInvite(v.ctx, kernel.Accept{Code: page.Code, Name: page.Name,
		Passphrase: f.Get("passphrase"), Lang: v.lang, Device: deviceOf(v.r.UserAgent())})
	if err != nil {
		return s.joinStep(v, page, err)
	}
	v.signedIn(secret, a)
	return v.done("flash.joined", homeURL())
}
