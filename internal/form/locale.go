package form

import (
	"embed"
	"io/fs"
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
