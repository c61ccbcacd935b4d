// Package packs embeds the packs that ship with Svod. It holds data only; see
// internal/pack for what a pack contains.
package packs

import (
	"embed"
	"io/fs"
)

//go:embed geo esf assembly
var files embed.FS

// All returns the shipped packs, each with its pack.yaml at the root, ready
// for pack.Load.
func All() []fs.FS {
	var list []fs.FS
	for _, name := range [...]string{"geo", "esf", "assembly"} {
		if sub, err := fs.Sub(files, name); err == nil {
			list = append(list, sub)
		}
	}
	return list
}
