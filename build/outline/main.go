// Command outline makes internal/picture/outline.json, the political base
// layer of the maps, from the file countries-50m.json of the npm package
// world-atlas 2.0.2 (Natural Earth, public domain).
//
//	go run ./build/outline --atlas DIR --out internal/picture/outline.json
//
// It keeps what the region view can show, applies the territory setting,
// simplifies borders without opening gaps between neighbours, and writes the
// same bytes for the same input. See README.md beside this file.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"svod/internal/picture"
)

func main() {
	atlas := flag.String("atlas", "", "folder that holds countries-50m.json of world-atlas 2.0.2")
	out := flag.String("out", filepath.FromSlash("internal/picture/outline.json"), "file to write")
	territory := flag.String("territory", string(picture.UNGA68_262), "territory setting")
	flag.Parse()
	if err := run(*atlas, *out, picture.Territory(*territory)); err != nil {
		fmt.Fprintln(os.Stderr, "outline:", err)
		os.Exit(1)
	}
}

// run reads the atlas, converts it and writes the outline file.
func run(atlas, out string, territory picture.Territory) error {
	if atlas == "" {
		return fmt.Errorf("--atlas is required: the folder with countries-50m.json")
	}
	data, err := os.ReadFile(filepath.Join(atlas, "countries-50m.json"))
	if err != nil {
		return err
	}
	result, err := convert(data, territory)
	if err != nil {
		return err
	}
	if len(result) > maxBytes {
		return fmt.Errorf("the outline has %d bytes, more than the %d allowed: raise the simplification threshold", len(result), maxBytes)
	}
	return os.WriteFile(out, result, 0o644)
}

// maxBytes bounds the outline file, because it is embedded in the program.
const maxBytes = 200_000

// convert turns the TopoJSON of the atlas into the bytes of an outline file.
func convert(data []byte, territory picture.Territory) ([]byte, error) {
	atlas, err := decodeAtlas(data)
	if err != nil {
		return nil, err
	}
	countries, err := selectCountries(atlas)
	if err != nil {
		return nil, err
	}
	if err := applyTerritory(atlas, countries, territory); err != nil {
		return nil, err
	}
	return write(atlas, countries, territory), nil
}
