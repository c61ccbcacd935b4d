package web

import (
	"net/http"
	"strconv"
	"time"

	"svod/internal/core"
)

// secretPage shows a secret once: a token, or the code of an invite. It is the
// answer to the POST itself, since no address may lead back to it.
type secretPage struct {
	Frame
	Heading, What, Secret string
	Notes                 []string
	Until                 time.Time // zero = no end
	Next, NextLabel       string
}

// tokenDays are the lifetimes offered for a token; 0 is until revoked.
var tokenDays = [...]int{30, 90, 365, 0}

// tokenCreate makes a token and shows it once.
func (s *Server) tokenCreate(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	label := clean(f.Get("label"))
	if label == "" {
		return s.accountWith(v, core.Invalid("error.required").At("label"))
	}
	days, err := strconv.Atoi(f.Get("days"))
	if err != nil || days < 0 || days > 3650 {
		days = tokenDays[0]
	}
	secret, token, err := s.kernel.TokenCreate(v.ctx, v.actor, label, time.Duration(days)*24*time.Hour)
	if err != nil {
		return s.accountWith(v, err)
	}
	return v.render(http.StatusOK, "secret", secretPage{
		Frame:   v.frame("token.made").in("account", Crumb{v.T("account.title"), accountURL()}, Crumb{Label: v.T("token.made")}),
		Heading: v.T("token.made"), What: token.Label, Secret: secret, Until: token.Expires,
		Notes: []string{v.T("token.once"), v.T("token.rights")}, Next: accountURL() + "#tokens", NextLabel: v.T("account.title")})
}

// tokenRevoke ends a token.
func (s *Server) tokenRevoke(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	id, err := core.ParseID(f.Get("token"))
	if err != nil {
		return err
	}
	if err := s.kernel.TokenRevoke(v.ctx, v.actor, id); err != nil {
		return err
	}
	return v.done("flash.token_revoked", accountURL()+"#tokens")
}

// Days are the choices for a new token.
func (accountPage) Days() []int { return tokenDays[:] }

// HasTokens reports whether there is a table of tokens to show.
func (p accountPage) HasTokens() bool { return len(p.Tokens) > 0 }
