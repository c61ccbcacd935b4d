package pack

import (
	"embed"
	"io/fs"
	"sync"

	"svod/internal/text"
)

//go:embed locale/*.json
var localeFiles embed.FS

// Locale is the message catalogue of this package: a file system whose root
// holds ru.json and en.json with the keys "pack.…".
func Locale() fs.FS {
	sub, err := fs.Sub(localeFiles, "locale")
	if err != nil {
		return localeFiles
	}
	return sub
}

// catalogue is read once; it is immutable.
var catalogue = sync.OnceValue(func() *text.Catalogue {
	c, err := text.Load(localeFiles, "locale")
	if err != nil {
		return &text.Catalogue{}
	}
	return c
})

// text is the message without its place in the file.
func (p Problem) text(lang string) string {
	return catalogue().T(lang, p.key(), "file", p.File, "where", p.Where, "key", p.Key,
		"found", p.Found, "expected", p.Expected, "near", p.Near)
}
