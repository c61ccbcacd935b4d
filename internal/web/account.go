package web

import (
	"net/http"

	"svod/internal/kernel"
)

// accountPage is a person's own settings: language, passphrase, second factor,
// where they are signed in, tokens.
type accountPage struct {
	Frame
	Me       kernel.PersonInfo
	Sessions []kernel.Session
	Tokens   []kernel.Token
}

func (s *Server) accountShow(v *visit) error { return s.accountWith(v, nil) }

// accountWith shows the page with what went wrong in one of its forms.
func (s *Server) accountWith(v *visit, failed error) error {
	p, ok := v.problems(failed)
	if failed != nil && !ok {
		return failed
	}
	page := accountPage{Frame: v.frame("account.title").in("account").with(p)}
	var err error
	if page.Me, err = s.kernel.Me(v.ctx, v.actor); err != nil {
		return err
	}
	if page.Sessions, err = s.kernel.Sessions(v.ctx, v.actor); err != nil {
		return err
	}
	if page.Tokens, err = s.kernel.Tokens(v.ctx, v.actor); err != nil {
		return err
	}
	status := http.StatusOK
	if ok {
		status = p.Status
	}
	return v.render(status, "account", page)
}
