package web

import (
	"net/http"
	"strings"
	"time"

	"svod/internal/core"
)

// cookieName is the session's cookie. The __Host- prefix makes browsers refuse
// one that another host or plain http planted.
func (s *Server) cookieName(name string) string {
	if s.opts.Secure {
		return "__Host-" + name
	}
	return name
}

// Names of our cookies.
const (
	cookieSession  = "svod"
	cookieLanguage = "svod_lang"
	cookieFlash    = "svod_flash"
	cookieStep     = "svod_step"
)

func (s *Server) setCookie(w http.ResponseWriter, name, value string, age time.Duration) {
	// Lax and not Strict: a link from an e-mail to a record must find the
	// session, and no GET changes anything.
	c := &http.Cookie{Name: s.cookieName(name), Value: value, Path: "/", HttpOnly: true,
		Secure: s.opts.Secure, SameSite: http.SameSiteLaxMode}
	switch {
	case age < 0:
		c.MaxAge = -1
	case age > 0:
		c.MaxAge = int(age / time.Second)
	}
	http.SetCookie(w, c)
}

func (s *Server) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// openSession finds out who asks. No session is no error; an ended one is
// forgotten by the browser.
func (v *visit) openSession() error {
	secret := v.s.cookie(v.r, cookieSession)
	if secret == "" {
		return nil
	}
	a, err := v.s.kernel.Open(v.ctx, secret)
	if core.KindOf(err) == core.KindSignedOut {
		v.s.setCookie(v.w, cookieSession, "", -1)
		return nil
	}
	if err != nil {
		return err
	}
	v.actor, v.signed, v.secret = a, true, secret
	if isLanguage(a.Lang) {
		v.lang = a.Lang
	}
	return nil
}

// signedIn puts a new session into the browser.
func (v *visit) signedIn(secret string, a core.Actor) {
	v.s.setCookie(v.w, cookieSession, secret, 0)
	v.actor, v.signed, v.secret = a, true, secret
}

// toSignIn sends the person to the sign-in page, which leads back. Only the
// path is remembered: a query holds searched words. Whoever was sending a form
// stays on it, so that a long text is not lost with the session: signing in
// beside it and reloading sends the form again.
func (v *visit) toSignIn() {
	if v.posted {
		page := failurePage{Frame: v.frame("failure.signed_out"), Heading: v.T("failure.signed_out"),
			What: v.T("error.signed_out"), Advice: v.T("failure.signed_out_advice"), SignIn: true}
		if err := v.render(http.StatusForbidden, "failure", page); err == nil {
			return
		}
	}
	next := ""
	if !v.posted && v.r.URL.Path != "/" {
		next = v.r.URL.Path
	}
	http.Redirect(v.w, v.r, signInURL(next), http.StatusSeeOther)
}

// localPath accepts addresses of this server only, so that a crafted link
// cannot make us redirect elsewhere.
func localPath(p string) string {
	if !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsAny(p, "\\\r\n\t") {
		return homeURL()
	}
	return p
}
