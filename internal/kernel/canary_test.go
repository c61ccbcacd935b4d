package kernel_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
)

// Markers that must be found nowhere in what a seized disk holds, and sealed
// ones not even under the page encryption.
func TestSealedContentIsNowhereOnDisk(t *testing.T) {
	h := newHouse(t)
	const sealed, open, secret = "КАНАРЕЙКАЗАПЕЧАТАНА", "КАНАРЕЙКАОТКРЫТА", "CANARYSEALEDFILE"
	f, err := h.PutFile(h.ctx, h.anna, h.circle, sealed+".txt", strings.NewReader(secret+" "+strings.Repeat("x", 100_000)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		v := core.Values{"title": core.NoteValue("ru", open), "description": core.NoteValue("ru", fmt.Sprintf("%s %d", sealed, i))}
		if i == 0 {
			v["files"] = core.Value{Items: []core.Item{{File: &core.FileRef{ID: f.ID}}}}
		}
		h.create(h.anna, "event", h.circle, v)
	}
	h.create(h.anna, "person", h.circle, core.Values{"name": name(sealed), "counting_unit": core.TermValue("individual")})
	got, err := h.Find(h.ctx, h.anna, kernel.FindQuery{Text: sealed})
	if err != nil || got.Total != 21 {
		t.Fatalf("search finds %d (%v)", got.Total, err)
	}
	// The whole folder is encrypted page by page: nothing at all is in clear.
	scan(t, filepath.Dir(h.path), sealed, open, secret, "SQLite format", "CREATE TABLE")
	under := h.dump()
	for _, marker := range []string{sealed, strings.ToLower(sealed), secret} {
		if strings.Contains(under, marker) {
			t.Errorf("%s stands under the page encryption", marker)
		}
	}
	if !strings.Contains(under, open) {
		t.Error("the scan is blind: it does not find what is in clear")
	}
}

// dump is everything in every table of the database, as text.
func (h *house) dump() string {
	h.t.Helper()
	db := h.underneath()
	var tables []string
	rows, err := db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'search'`)
	if err != nil {
		h.t.Fatal(err)
	}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			h.t.Fatal(err)
		}
		tables = append(tables, s)
	}
	var out strings.Builder
	for _, table := range tables {
		rows, err := db.Query(`SELECT * FROM "` + table + `"`)
		if err != nil {
			h.t.Fatal(err)
		}
		cols, err := rows.Columns()
		if err != nil {
			h.t.Fatal(err)
		}
		cells := make([]any, len(cols))
		for i := range cells {
			cells[i] = new(any)
		}
		for rows.Next() {
			if err := rows.Scan(cells...); err != nil {
				h.t.Fatal(err)
			}
			for _, c := range cells {
				fmt.Fprintf(&out, "%s\x00", *(c.(*any)))
			}
		}
		rows.Close()
	}
	return out.String()
}

func scan(t *testing.T, dir string, markers ...string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, m := range markers {
			for _, form := range [][]byte{[]byte(m), []byte(strings.ToLower(m)), utf16(m)} {
				if bytes.Contains(b, form) {
					t.Errorf("%s holds %q", filepath.Base(path), m)
				}
			}
		}
		return nil
	})
	if err != nil || files < 3 {
		t.Fatalf("scanned %d files (%v)", files, err)
	}
}

func utf16(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}
