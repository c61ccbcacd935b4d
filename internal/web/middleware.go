package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"svod/internal/core"
)

// maxForm bounds the body of a posted form.
const maxForm = 2 << 20

// policy is the Content-Security-Policy of every page: nothing inline, nothing
// from elsewhere.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// policyWithInlineImages is for the one page whose picture is a secret.
const policyWithInlineImages = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// handler is the whole surface, outermost layer first: headers, panics and the
// log around compression around the cross-origin check around the routes.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, rt := range routes() {
		pattern := rt.path
		if rt.method != "" {
			pattern = rt.method + " " + rt.path
		}
		mux.Handle(pattern, s.serve(rt))
	}
	s.assets.mount(mux)
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(s.serve(route{path: "cross-origin", open: true, handle: (*Server).crossOrigin}))
	return s.headers(compress(cross.Handler(mux)))
}

// crossOrigin refuses a form that another site posted.
func (s *Server) crossOrigin(_ *visit) error { return core.Forbidden("error.cross_origin") }

// headers puts the security headers on every answer. Pages are never kept by
// the browser or a proxy; assets set their own Cache-Control.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY") // for browsers without frame-ancestors
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=(), browsing-topics=()")
		h.Set("Cache-Control", "no-store")
		if s.opts.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// serve makes the http.Handler of one route: it opens the session, runs the
// handler and turns its error, or a panic, into a page.
func (s *Server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		v := &visit{s: s, w: rec, r: r, ctx: r.Context(), id: requestID(), lang: languageOf(r),
			posted: r.Method != http.MethodGet && r.Method != http.MethodHead}
		defer s.logVisit(v, rt, rec, start)
		defer v.rescue(rec)
		if rt.upload {
			r.Body = http.MaxBytesReader(rec, r.Body, s.opts.MaxUpload)
		} else {
			r.Body = http.MaxBytesReader(rec, r.Body, maxForm)
		}
		if !s.kernel.Info().Ready {
			v.fail(&core.Error{Kind: core.KindUnavail, Key: "error.not_set_up"})
			return
		}
		if err := v.openSession(); err != nil {
			v.fail(err)
			return
		}
		if !v.signed && !rt.open {
			v.toSignIn()
			return
		}
		if err := rt.handle(s, v); err != nil {
			v.fail(err)
		}
	})
}

// rescue turns a panic into an error page. The stack goes to the log, the
// panic's value does not: it could hold content.
func (v *visit) rescue(rec *statusWriter) {
	p := recover()
	if p == nil {
		return
	}
	v.s.log.Error("panic", slog.String("request", v.id), slog.String("stack", string(debug.Stack())))
	if !rec.wrote {
		v.fail(core.Internal(nil))
	}
}

// logVisit writes one line without the address: a query holds searched words.
func (s *Server) logVisit(v *visit, rt route, rec *statusWriter, start time.Time) {
	s.log.LogAttrs(context.WithoutCancel(v.ctx), slog.LevelInfo, "visit",
		slog.String("request", v.id), slog.String("method", v.r.Method), slog.String("route", rt.path),
		slog.Int("status", rec.status), slog.Int64("ms", time.Since(start).Milliseconds()))
}

func requestID() string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails: the program ends without randomness
	return hex.EncodeToString(b[:])
}

// statusWriter remembers what was answered.
type statusWriter struct {
	http.ResponseWriter
	status int
	wrote  bool
}

// WriteHeader passes the first status on.
func (w *statusWriter) WriteHeader(status int) {
	if !w.wrote {
		w.status, w.wrote = status, true
		w.ResponseWriter.WriteHeader(status)
	}
}

// Write counts as an answer.
func (w *statusWriter) Write(b []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what is beneath.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
