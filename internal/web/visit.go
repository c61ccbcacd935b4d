package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

// visit is one request of one person: what a handler works with. It lives as
// long as the request.
type visit struct {
	s    *Server
	w    http.ResponseWriter
	r    *http.Request
	ctx  context.Context
	id   string // of the request, in the log and on the page of an internal error
	lang string
	// actor is set when signed is true.
	actor  core.Actor
	signed bool
	secret string // of the session
	// posted marks answers to a POST: their address cannot be opened again.
	posted bool
	// circles are those the actor may know of, once asked (knownCircles).
	circles []kernel.CircleInfo
}

// T is a message in the visitor's language.
func (v *visit) T(key string, args ...any) string { return v.s.words.T(v.lang, key, args...) }

// legible takes out of what was typed what no store keeps: NUL and broken UTF-8.
// No browser makes them; whoever does gets no error page of ours for it.
func legible(in url.Values) url.Values {
	for _, values := range in {
		for i, s := range values {
			values[i] = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
		}
	}
	return in
}

// form reads the posted form. KindTooLarge over maxForm bytes.
func (v *visit) form() (url.Values, error) {
	if err := v.r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, &core.Error{Kind: core.KindTooLarge, Key: "error.form_too_large", Args: []any{"max", tooLarge.Limit >> 20}, Err: err}
		}
		return nil, &core.Error{Kind: core.KindInvalid, Key: "error.bad_form", Err: err}
	}
	return legible(v.r.PostForm), nil
}

// clean takes the spaces off that come with pasting, and the line breaks inside.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// squash is clean for codes, which have no spaces at all.
func squash(s string) string { return strings.Join(strings.Fields(s), "") }

// query is the part of the address after "?".
func (v *visit) query() url.Values { return legible(v.r.URL.Query()) }

// pathID reads an id from the address; what is no id is KindNotFound.
func (v *visit) pathID(name string) (core.ID, error) { return core.ParseID(v.r.PathValue(name)) }

// render writes a page: nothing is sent before the whole page has been made,
// so that a failing template becomes an error page and not half a page.
func (v *visit) render(status int, name string, page any) error {
	var b bytes.Buffer
	if err := v.s.pages[v.lang].execute(&b, name, page); err != nil {
		return core.Internal(err)
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.lang)
	v.w.WriteHeader(status)
	if v.r.Method == http.MethodHead {
		return nil
	}
	_, _ = v.w.Write(b.Bytes()) // the reader has gone: nothing to tell anybody
	return nil
}

// redirect sends the browser to an address of this server with GET.
func (v *visit) redirect(to string) error {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// done is the answer to a POST that did what it was asked: a message on the
// next page, and a redirect to it.
func (v *visit) done(flashKey, to string) error {
	v.setFlash(flashKey)
	return v.redirect(to)
}
