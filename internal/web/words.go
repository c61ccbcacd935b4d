package web

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"svod/internal/form"
	"svod/internal/index"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sheet"
	"svod/internal/text"
)

//go:embed locale/*.json
var localeFiles embed.FS

// loadWords merges our messages with those of the packages beneath and of the
// packs.
func loadWords(packs []fs.FS) (*text.Catalogue, error) {
	all, err := text.Load(localeFiles, "locale")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	sources := append([]fs.FS{kernel.Locale(), form.Locale(), index.Locale(), sheet.Locale(), pack.Locale()}, packs...)
	for _, source := range sources {
		c, err := text.Load(source, ".")
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		if err := all.Merge(c); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
	}
	return all, nil
}

// unbroken keeps the abbreviation of "year" in Russian dates on the line of its
// number.
func unbroken(date string) string { return strings.ReplaceAll(date, " г", "\u00a0г") }
