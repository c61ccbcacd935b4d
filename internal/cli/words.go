package cli

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/index"
	"svod/internal/kernel"
	"svod/internal/linkage"
	"svod/internal/pack"
	"svod/internal/sheet"
	"svod/internal/stats"
	"svod/internal/text"
)

//go:embed locale/*.json
var localeFiles embed.FS

// words are the messages in one language.
type words struct {
	lang string
	all  *text.Catalogue
}

// loadWords merges the messages of the command line with those of the packages
// beneath it.
func loadWords(lang string) (*words, error) {
	all, err := text.Load(localeFiles, "locale")
	if err != nil {
		return nil, fmt.Errorf("cli: %w", err)
	}
	for _, source := range []fs.FS{kernel.Locale(), form.Locale(), index.Locale(), sheet.Locale(), pack.Locale(), stats.Locale(), linkage.Locale()} {
		c, err := text.Load(source, ".")
		if err != nil {
			return nil, fmt.Errorf("cli: %w", err)
		}
		if err := all.Merge(c); err != nil {
			return nil, fmt.Errorf("cli: %w", err)
		}
	}
	return &words{lang: lang, all: all}, nil
}

func (w *words) t(key string, args ...any) string { return w.all.T(w.lang, key, args...) }

// languageOf picks the language before anything is parsed: --lang, else the
// locale. Russian for the locales whose readers usually know it.
func languageOf(args []string, env func(string) string) string {
	for i, a := range args {
		value, ok := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok && (value == "ru" || value == "en") {
			return value
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := env(name)
		if value == "" {
			continue
		}
		code, _, _ := strings.Cut(strings.ToLower(value), "_")
		code, _, _ = strings.Cut(code, ".")
		if slices.Contains([]string{"ru", "be", "uk", "kk", "ky", "tg", "uz"}, code) {
			return "ru"
		}
		return "en"
	}
	return "en"
}

// explain is what a person is told of an error, one line each.
func (w *words) explain(err error) []string {
	var list core.Errors
	if errors.As(err, &list) {
		out := make([]string, len(list))
		for i, e := range list {
			out[i] = w.one(e)
		}
		return out
	}
	var e *core.Error
	if errors.As(err, &e) {
		return []string{w.one(e)}
	}
	return []string{w.t("cli.internal")}
}

func (w *words) one(e *core.Error) string {
	s := w.t(e.Key, w.args(e.Args)...)
	switch e.Key {
	case "error.internal":
		s = w.t("cli.internal")
	case "error.not_found":
		s = w.t("cli.not_found")
	}
	switch {
	case e.Row > 0 && e.Field != "":
		return w.t("cli.at_row_field", "row", e.Row, "field", e.Field, "message", s)
	case e.Row > 0:
		return w.t("cli.at_row", "row", e.Row, "message", s)
	case e.Field != "":
		return e.Field + ": " + s
	}
	return s
}

// args puts what errors carry into the language of the reader: words of several
// languages, roles, and a "max" of type int64, which is a number of bytes.
func (w *words) args(args []any) []any {
	out := slices.Clone(args)
	for i := 1; i < len(out); i += 2 {
		switch v := out[i].(type) {
		case core.Words:
			out[i] = v.In(w.lang)
		case core.Role:
			out[i] = w.t("cli.role." + string(v))
		case int64:
			if out[i-1] == "max" {
				out[i] = w.t("cli.megabytes", "count", v>>20)
			}
		}
	}
	return out
}
