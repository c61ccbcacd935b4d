package linkage_test

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"svod/internal/linkage"
)

// shared opens a file of the shared data directory beside the module.
func shared(t testing.TB, name string) (header []string, rows []linkage.Row) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name)))
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal(err)
		}
		t.Skipf("shared data are absent: %v", err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	r := csv.NewReader(in)
	r.TrimLeadingSpace = true
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all[1:] {
		rows = append(rows, row)
	}
	return all[0], rows
}

// truthOf cuts the column with the answers out as names of persons.
func truthOf(header []string, rows []linkage.Row) []string {
	prefix := regexp.MustCompile(`^rec-\d+`)
	out := make([]string, len(rows))
	for c, h := range header {
		switch h {
		case "cluster", "truth":
			for i := range rows {
				out[i] = rows[i][c]
			}
			return out
		case "rec_id":
			for i := range rows {
				out[i] = prefix.FindString(rows[i][c])
			}
		}
	}
	return out
}
