package web

import (
	"compress/gzip"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strings"
)

// compress gzips text answers for browsers that take it.
func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || r.Method == http.MethodHead ||
			r.Header.Get("Range") != "" {
			next.ServeHTTP(w, r)
			return
		}
		g := &gzipWriter{ResponseWriter: w}
		defer g.close()
		next.ServeHTTP(g, r)
	})
}

// gzipWriter decides at the first byte, when the content type is known.
type gzipWriter struct {
	http.ResponseWriter
	gz      *gzip.Writer
	decided bool
}

// WriteHeader settles whether the body is compressed.
func (g *gzipWriter) WriteHeader(status int) {
	if !g.decided {
		g.decide(status)
	}
	g.ResponseWriter.WriteHeader(status)
}

func (g *gzipWriter) decide(status int) {
	g.decided = true
	h := g.Header()
	kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	switch {
	case status == http.StatusNoContent || status == http.StatusNotModified || status == http.StatusPartialContent:
		return
	case h.Get("Content-Encoding") != "":
		return
	case kind != "text/html" && kind != "text/css" && kind != "text/javascript" && kind != "text/plain" && kind != "text/csv":
		return
	}
	h.Set("Content-Encoding", "gzip")
	h.Del("Content-Length")
	g.gz = gzip.NewWriter(g.ResponseWriter)
	// A page holds secrets beside words that a visitor chose, and the length of
	// a compressed page tells whether they are alike. A header of random length
	// drowns the difference of a few bytes (the "heal the breach" measure).
	var b [1 + 64]byte
	_, _ = rand.Read(b[:])
	g.gz.Comment = hex.EncodeToString(b[1 : 1+int(b[0])%64])
}

// Write passes the body on, compressed or as it is.
func (g *gzipWriter) Write(b []byte) (int, error) {
	if !g.decided {
		if g.Header().Get("Content-Type") == "" {
			g.Header().Set("Content-Type", http.DetectContentType(b))
		}
		g.decide(http.StatusOK)
	}
	if g.gz != nil {
		return g.gz.Write(b)
	}
	return g.ResponseWriter.Write(b)
}

func (g *gzipWriter) close() {
	if g.gz != nil {
		_ = g.gz.Close() // the reader has gone
	}
}

// Unwrap lets http.ResponseController reach what is beneath.
func (g *gzipWriter) Unwrap() http.ResponseWriter { return g.ResponseWriter }
