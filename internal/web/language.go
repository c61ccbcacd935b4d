package web

import (
	"net/http"
	"slices"
	"time"

	xlang "golang.org/x/text/language"
)

func isLanguage(lang string) bool { return slices.Contains(Languages(), lang) }

// languageOf is the language of somebody who is not signed in: the one chosen
// before, else the first of the browser's that we have.
func languageOf(r *http.Request) string {
	for _, name := range [...]string{cookieLanguage, "__Host-" + cookieLanguage} {
		if c, err := r.Cookie(name); err == nil && isLanguage(c.Value) {
			return c.Value
		}
	}
	tags, _, err := xlang.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return Languages()[0]
	}
	for _, t := range tags {
		base, _ := t.Base()
		if isLanguage(base.String()) {
			return base.String()
		}
		switch base.String() {
		case "uk", "be", "kk", "ky", "tg", "uz", "hy", "az":
			return "ru" // whose readers usually know it
		}
	}
	return Languages()[0]
}

// languageSet changes the language of the pages: for good when signed in, in
// this browser otherwise.
func (s *Server) languageSet(v *visit) error {
	f, err := v.form()
	if err != nil {
		return err
	}
	lang := f.Get("lang")
	if isLanguage(lang) {
		s.setCookie(v.w, cookieLanguage, lang, 365*24*time.Hour)
		if v.signed {
			if err := s.kernel.SetLanguage(v.ctx, v.actor, lang); err != nil {
				return err
			}
		}
	}
	return v.redirect(localPath(f.Get("back")))
}
