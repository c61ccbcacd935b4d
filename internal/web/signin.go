package web

import (
	"errors"
	"net/http"

	"svod/internal/core"
	"svod/internal/kernel"
)

// signInPage asks for name and passphrase, or, as a second step, for the
// one-time code.
type signInPage struct {
	Frame
	Name string
	Next string
	// Step holds name and passphrase, sealed, while the code is asked for.
	Step string
}

func (s *Server) signInShow(v *visit) error {
	next := localPath(v.query().Get("next"))
	if v.signed {
		return v.redirect(next)
	}
	return v.render(http.StatusOK, "sign_in", signInPage{Frame: v.frame("signin.title"), Next: next})
}

func (s *Server) signInSubmit(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	next := localPath(f.Get("next"))
	in := kernel.SignIn{Name: f.Get("name"), Passphrase: f.Get("passphrase"), Code: squash(f.Get("code")), Device: deviceOf(v.r.UserAgent())}
	if step := f.Get("step"); step != "" {
		if in.Name, in.Passphrase, err = v.openStep(step); err != nil {
			return s.signInAgain(v, signInPage{Next: next}, err)
		}
		if in.Code == "" {
			return s.signInAgain(v, signInPage{Next: next, Step: step}, core.Invalid("error.code_required").At("code"))
		}
	}
	secret, a, err := s.kernel.SignIn(v.ctx, in)
	var e *core.Error
	if errors.As(err, &e) && e.Kind == core.KindSignedOut {
		return s.signInRefused(v, in, next, e)
	}
	if err != nil {
		return s.signInAgain(v, signInPage{Name: in.Name, Next: next}, err)
	}
	v.forgetStep()
	v.signedIn(secret, a)
	return v.redirect(next)
}

// signInRefused asks for the code when that is what is missing or wrong, and
// otherwise for everything again.
func (s *Server) signInRefused(v *visit, in kernel.SignIn, next string, e *core.Error) error {
	page := signInPage{Name: in.Name, Next: next}
	switch e.Key {
	case "error.code_required", "error.wrong_code":
		step, err := v.sealStep(in.Name, in.Passphrase)
		if err != nil {
			return err
		}
		page.Step = step
		if e.Key == "error.code_required" {
			page.Frame = v.frame("signin.title")
			return v.render(http.StatusOK, "sign_in", page)
		}
		return s.signInAgain(v, page, core.Invalid(e.Key).At("code"))
	}
	return s.signInAgain(v, page, core.Invalid(e.Key).At("name"))
}

func (s *Server) signInAgain(v *visit, page signInPage, err error) error {
	p, ok := v.problems(err)
	if !ok {
		return err
	}
	page.Frame = v.frame("signin.title").with(p)
	return v.render(p.Status, "sign_in", page)
}
