package cli

import (
	"bytes"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"svod/internal/core"
	"svod/internal/linkage"
	"svod/internal/text"
)

// linkMap is the file of `svod link --map`: what the columns are, by heading.
// Columns that are not named in it are not compared.
//
//	Фамилия: family
//	Дата рождения: birth
//	№ дела: id
type linkMap struct {
	kinds map[string]linkage.Kind // by folded heading; nil: guess
	names map[string]string       // headings as the file has them
}

// readLinkMap reads the file strictly. KindInvalid names what is wrong.
func readLinkMap(file string) (linkMap, error) {
	if file == "" {
		return linkMap{}, nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return linkMap{}, core.Invalid("cli.no_file", "file", file)
	}
	var lines map[string]string
	if err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(&lines); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return linkMap{}, core.Invalid("cli.map_bad", "file", file, "detail", first)
	}
	m := linkMap{kinds: map[string]linkage.Kind{}, names: map[string]string{}}
	single := map[linkage.Kind]bool{}
	for _, heading := range slices.Sorted(maps.Keys(lines)) {
		kind := linkage.Kind(strings.TrimSpace(lines[heading]))
		if !slices.Contains(linkage.Kinds(), kind) {
			return linkMap{}, core.Invalid("cli.link_map_kind", "file", file, "heading", heading, "kind", string(kind),
				"kinds", strings.Join(linkKinds(), ", "))
		}
		if kind == linkage.KindID || kind == linkage.KindList {
			if single[kind] {
				return linkMap{}, core.Invalid("cli.link_map_twice", "file", file, "kind", string(kind))
			}
			single[kind] = true
		}
		m.kinds[linkFold(heading)], m.names[linkFold(heading)] = kind, heading
	}
	return m, nil
}

func linkKinds() []string {
	var out []string
	for _, k := range linkage.Kinds() {
		out = append(out, string(k))
	}
	return out
}

// linkFold is how headings are compared.
func linkFold(heading string) string { return text.Fold(strings.TrimSpace(heading)) }

// apply gives the columns of one file their kinds: those of the map, else the
// guess. A column called unique_id or id is the id without being named.
func (m linkMap) apply(header []string, rows []linkage.Row) []linkage.Column {
	columns := linkage.GuessColumns(header, rows)
	id := -1
	for i := range columns {
		if m.kinds != nil {
			kind, named := m.kinds[linkFold(header[i])]
			if !named {
				kind = linkage.KindIgnore
			}
			columns[i].Kind = kind
		}
		if columns[i].Kind == linkage.KindID && (m.kinds != nil || differs(rows, i)) {
			id = i
		}
	}
	if m.kinds != nil && id >= 0 {
		return columns
	}
	for _, name := range []string{"id", "unique_id"} { // the last has the last word
		for i := range columns {
			if _, named := m.kinds[linkFold(header[i])]; !named && linkFold(header[i]) == linkFold(name) {
				id = i
			}
		}
	}
	for i := range columns {
		switch {
		case i == id:
			columns[i].Kind = linkage.KindID
		case columns[i].Kind == linkage.KindID:
			columns[i].Kind = linkage.KindIgnore
		}
	}
	return columns
}

// differs says that a column which only looks like ids is one.
func differs(rows []linkage.Row, column int) bool {
	seen := make(map[string]bool, len(rows))
	for _, row := range rows {
		if row[column] == "" || seen[row[column]] {
			return false
		}
		seen[row[column]] = true
	}
	return true
}

// missing names a heading of the map that no table has, "" when there is none.
func (m linkMap) missing(t *linkTable) string {
	for _, folded := range slices.Sorted(maps.Keys(m.kinds)) {
		if !t.headings[folded] {
			return m.names[folded]
		}
	}
	return ""
}
