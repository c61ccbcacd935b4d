package linkage

import (
	"embed"
	"io/fs"
)

// Keys of errors about the input.
const (
	errNothing     = "error.linkage_nothing"
	errManyColumns = "error.linkage_many_columns"
	errColumnKind  = "error.linkage_column_kind"
	errRow         = "error.linkage_row"
)

// ErrorKeys lists the keys of the errors (*core.Error) about the input.
func ErrorKeys() []string {
	return []string{errNothing, errManyColumns, errColumnKind, errRow}
}

// Message is a sentence for people: a key of the catalogue with alternating
// placeholder names and values.
type Message struct {
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

//go:embed locale/*.json
var localeFiles embed.FS

// Locale holds ru.json and en.json for text.Load with the directory ".".
func Locale() fs.FS {
	sub, err := fs.Sub(localeFiles, "locale")
	if err != nil {
		return localeFiles // cannot happen: the directory is embedded above
	}
	return sub
}
