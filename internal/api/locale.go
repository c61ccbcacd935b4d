package api

import (
	"embed"
	"io/fs"

	"golang.org/x/text/language"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/index"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sheet"
	"svod/internal/text"
)

//go:embed locale/*.json
var locale embed.FS

// Locale is the message catalogue of this package: a file system whose root
// holds ru.json and en.json.
func Locale() fs.FS {
	sub, err := fs.Sub(locale, "locale")
	if err != nil {
		return locale // cannot happen: the name is a valid path
	}
	return sub
}

// catalogue joins the messages of everything that can answer with an error.
func catalogue(packs []fs.FS) (*text.Catalogue, error) {
	all := &text.Catalogue{}
	own := []fs.FS{Locale(), kernel.Locale(), form.Locale(), index.Locale(), pack.Locale(), sheet.Locale()}
	for _, fsys := range append(own, packs...) {
		c, err := text.Load(fsys, ".")
		if err != nil {
			return nil, err
		}
		if err := all.Merge(c); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// say words a message. Numbers of bytes and roles are put as people say them,
// as kernel.Locale asks of a surface.
func (a *API) say(lang, key string, args ...any) string {
	shown := append([]any(nil), args...)
	for i := 1; i < len(shown); i += 2 {
		switch name := shown[i-1]; v := shown[i].(type) {
		case core.Role:
			shown[i] = a.words.T(lang, "api.role."+string(v))
		case string:
			if name == "role" {
				shown[i] = a.words.T(lang, "api.role."+v)
			}
		case int64:
			if name == "max" {
				shown[i] = a.size(lang, v)
			}
		}
	}
	return a.words.T(lang, key, shown...)
}

// size writes a number of bytes in the largest unit that leaves it readable.
func (a *API) size(lang string, bytes int64) string {
	for _, unit := range []struct {
		key  string
		size int64
	}{{"api.size.gb", 1 << 30}, {"api.size.mb", 1 << 20}, {"api.size.kb", 1 << 10}} {
		if bytes >= unit.size {
			return a.words.T(lang, unit.key, "n", bytes/unit.size)
		}
	}
	return a.words.T(lang, "api.size.b", "n", bytes)
}

// languageOf picks the language of the answer: the first of Accept-Language
// that the catalogue has, else the person's own, else English, which is what
// programmers who have not said anything can read.
func (a *API) languageOf(header, own string) string {
	if tags, _, err := language.ParseAcceptLanguage(header); err == nil {
		for _, tag := range tags {
			base, _ := tag.Base()
			if a.words.Has(base.String(), "api.title.not_found") {
				return base.String()
			}
		}
	}
	if own != "" && a.words.Has(own, "api.title.not_found") {
		return own
	}
	return "en"
}
