package web

import (
	"html/template"
	"net/http"

	"svod/internal/text"
)

// CheckedPage is a page as the type check wants it.
type CheckedPage struct {
	Name     string
	Data     any
	Template *template.Template
}

// CheckedPages are all pages in one language.
func CheckedPages(o Options, lang string) ([]CheckedPage, error) {
	s, err := newServer(o)
	if err != nil {
		return nil, err
	}
	var out []CheckedPage
	for _, p := range pageList() {
		out = append(out, CheckedPage{p.name, p.data, s.pages[lang].byName[p.name]})
	}
	return out, nil
}

// OwnWords is the catalogue of this package alone.
func OwnWords() (*text.Catalogue, error) { return text.Load(localeFiles, "locale") }

// StyleSheet is the served style sheet.
func StyleSheet() ([]byte, error) {
	a, err := loadAssets()
	if err != nil {
		return nil, err
	}
	return a.css.body, nil
}

// Route is a route as tests see it.
type Route struct {
	Method, Path string
	Open         bool
}

// Routes lists every route.
func Routes() []Route {
	var out []Route
	for _, r := range routes() {
		out = append(out, Route{r.method, r.path, r.open})
	}
	return out
}

// AllWords is the catalogue that pages speak from.
func AllWords(o Options) (*text.Catalogue, error) {
	s, err := newServer(o)
	if err != nil {
		return nil, err
	}
	return s.words, nil
}

// WithPanic is a handler that panics with something that must not be shown.
func WithPanic(o Options) (http.Handler, error) {
	s, err := newServer(o)
	if err != nil {
		return nil, err
	}
	return s.serve(route{path: "/", open: true, handle: func(*Server, *visit) error { panic("sealed words") }}), nil
}
