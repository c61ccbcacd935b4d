package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"svod/internal/core"
)

// ServeHTTP lets a request in: headers, token, rate, then the route.
func (a *API) ServeHTTP(to http.ResponseWriter, r *http.Request) {
	w := &sent{ResponseWriter: to}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	c := call{Context: r.Context(), lang: a.languageOf(r.Header.Get("Accept-Language"), "")}
	defer a.recovered(w, c)
	secret := bearer(r)
	if r.URL.Path == Prefix+"/openapi.json" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		a.describe(w, r, secret)
		return
	}
	actor, err := a.open(r.Context(), secret)
	if err != nil {
		a.refuse(w, c, err)
		return
	}
	c.actor = actor
	c.lang = a.languageOf(r.Header.Get("Accept-Language"), actor.Lang)
	if !a.rates.allow(actor.Session, a.k.Now()) {
		a.refuse(w, c, &core.Error{Kind: core.KindTooMany, Key: "api.too_many_requests"})
		return
	}
	if _, err := url.ParseQuery(r.URL.RawQuery); err != nil {
		a.refuse(w, c, core.Invalid("api.parameters")) // else what cannot be read would be left out
		return
	}
	h.Set("Content-Language", c.lang)
	r = r.WithContext(context.WithValue(r.Context(), callKey{}, c))
	if _, pattern := a.mux.Handler(r); pattern == "" {
		a.noRoute(w, r, c)
		return
	}
	a.mux.ServeHTTP(w, r)
}

// open answers the same for no token and for one that is not good.
func (a *API) open(ctx context.Context, secret string) (core.Actor, error) {
	if secret == "" {
		return core.Actor{}, core.SignedOut("error.bad_token")
	}
	actor, err := a.k.OpenToken(ctx, secret)
	if core.KindOf(err) == core.KindSignedOut {
		return core.Actor{}, core.SignedOut("error.bad_token")
	}
	return actor, err
}

func bearer(r *http.Request) string {
	scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(secret)
}

// refuse answers with a problem outside of huma.
func (a *API) refuse(w http.ResponseWriter, c call, err error) {
	p := a.problem(c, "gate", err)
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Language", c.lang)
	w.Header().Set("Content-Type", problemMedia)
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="svod"`)
	}
	w.WriteHeader(p.Status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(p) // the other side may have gone
}

// noRoute tells a wrong method from an address that does not exist.
func (a *API) noRoute(w http.ResponseWriter, r *http.Request, c call) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		other := &http.Request{Method: method, URL: r.URL, Host: r.Host}
		if _, pattern := a.mux.Handler(other); pattern != "" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		a.refuse(w, c, core.NotFound())
		return
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	p := a.plain(c.lang, core.KindInvalid, "api.method")
	p.Status = http.StatusMethodNotAllowed
	a.refuse(w, c, p)
}

// sent knows whether the answer has begun.
type sent struct {
	http.ResponseWriter
	begun bool
}

func (s *sent) WriteHeader(status int) {
	s.begun = true
	s.ResponseWriter.WriteHeader(status)
}

func (s *sent) Write(b []byte) (int, error) {
	s.begun = true
	return s.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach deadlines and flushing.
func (s *sent) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// recovered keeps one broken request from showing anything: what the panic says
// may hold content, so only its place in the program is logged. An answer that
// has begun is broken off, so that nobody takes a part for the whole.
func (a *API) recovered(w *sent, c call) {
	what := recover()
	if what == nil {
		return
	}
	aborted, _ := what.(error)
	if !errors.Is(aborted, http.ErrAbortHandler) && c.Err() == nil {
		a.log.ErrorContext(c, "api panicked", "stack", stack())
	}
	if w.begun {
		panic(http.ErrAbortHandler)
	}
	a.refuse(w, c, core.Internal(errors.New("api: panic")))
}
