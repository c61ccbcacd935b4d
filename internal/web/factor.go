package web

import (
	"net/http"

	"svod/internal/core"
)

// factorPage sets up the second factor: a picture for the phone and the same
// secret as text.
type factorPage struct {
	Frame
	Secret string
	Groups []string // Secret in groups of four, to type in
	QR     pngURL
}

// factorShow makes a secret. It is in force only once a code proves that the
// phone has it, so looking at the page changes nothing.
func (s *Server) factorShow(v *visit) error {
	sf, err := s.kernel.SecondFactorBegin(v.ctx, v.actor)
	if err != nil {
		return err
	}
	return v.factorPage(http.StatusOK, sf.Secret, sf.QR, Problems{})
}

func (v *visit) factorPage(status int, secret string, qr []byte, p Problems) error {
	page := factorPage{Frame: v.frame("factor.title").in("account", Crumb{v.T("account.title"), accountURL()},
		Crumb{Label: v.T("factor.title")}).with(p), Secret: secret}
	for rest := secret; rest != ""; {
		n := min(4, len(rest))
		page.Groups, rest = append(page.Groups, rest[:n]), rest[n:]
	}
	if len(qr) > 0 {
		page.QR = inlinePNG(qr)
		// The picture is the secret: it must not have an address of its own, so
		// this one page may show pictures that stand inside it.
		v.w.Header().Set("Content-Security-Policy", policyWithInlineImages)
	}
	return v.render(status, "factor", page)
}

// factorConfirm puts the secret into force. After a wrong code only the text is
// shown again: the picture cannot be made from what the browser sent.
func (s *Server) factorConfirm(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	secret := f.Get("secret")
	err = s.kernel.SecondFactorConfirm(v.ctx, v.actor, secret, squash(f.Get("code")))
	if p, ok := v.problems(err); ok {
		return v.factorPage(p.Status, secret, nil, p)
	}
	if err != nil {
		return err
	}
	return v.done("flash.factor_on", accountURL())
}

// factorRemove takes the second factor away; it needs the passphrase.
func (s *Server) factorRemove(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	err = s.kernel.SecondFactorRemove(v.ctx, v.actor, f.Get("factor-passphrase"))
	if core.KindOf(err) == core.KindInvalid {
		return s.accountWith(v, core.Invalid("error.wrong_passphrase").At("factor-passphrase"))
	}
	if err != nil {
		return err
	}
	return v.done("flash.factor_off", accountURL())
}
