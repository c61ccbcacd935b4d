package kernel

import (
	"embed"
	"io/fs"
)

//go:embed locale/*.json
var locale embed.FS

// Locale is the message catalogue of this package: a file system whose root
// holds ru.json and en.json, with every key a kernel error, a Finding or a Hint
// can carry. An argument "max" of type int64 is a number of bytes and "role" is
// a core.Role: surfaces put words in their place.
func Locale() fs.FS {
	sub, err := fs.Sub(locale, "locale")
	if err != nil {
		return locale // cannot happen: the name is a valid path
	}
	return sub
}
