package index

import "embed"

// Locale holds the messages of this package: locale/ru.json and
// locale/en.json, in the format of go-i18n.
//
//go:embed locale/*.json
var Locale embed.FS
