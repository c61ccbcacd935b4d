package picture

import (
	"embed"
	"io/fs"
	"sync"

	"svod/internal/text"
)

//go:embed locale/*.json
var localeFiles embed.FS

// Locale is the message catalogue of this package: a file system whose root
// holds ru.json and en.json with the keys "picture.…", those of its errors
// among them.
func Locale() fs.FS {
	sub, err := fs.Sub(localeFiles, "locale")
	if err != nil {
		return localeFiles // cannot happen: the directory is embedded above
	}
	return sub
}

// catalogue is read once; it is immutable.
var catalogue = sync.OnceValue(func() *text.Catalogue {
	c, err := text.Load(localeFiles, "locale")
	if err != nil {
		return &text.Catalogue{} // keys show through; a test reads the files
	}
	return c
})

// say gives a message of the catalogue, see text.Catalogue.T.
func say(lang, key string, args ...any) string {
	return catalogue().T(pictureLang(lang), "picture."+key, args...)
}

// pictureLang gives the language a picture is written in: pictures exist in
// Russian and English only.
func pictureLang(lang string) string {
	if lang == "ru" {
		return "ru"
	}
	return "en"
}

// number writes n with the digit groups of the language.
func number(lang string, n int) string { return text.FormatNumber(pictureLang(lang), n) }

// hiddenWords explains the mark of a suppressed number.
func hiddenWords(lang string, threshold int) string {
	if threshold <= 0 {
		return say(lang, "hidden")
	}
	return say(lang, "fewer", "threshold", threshold)
}

// unitOr gives the unit, or the word for records where none is given.
func unitOr(lang, unit string) string {
	if unit == "" {
		return say(lang, "unit")
	}
	return unit
}
