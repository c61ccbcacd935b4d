package kernel_test

import (
	"os"
	"path/filepath"
	"testing"

	"svod/internal/kernel"
)

// shared gives a file of the development data beside the repository.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	file := filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name))
	b, err := os.ReadFile(file)
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatalf("%s is required: %v", file, err)
		}
		t.Skipf("%s is not here: development data lies beside the repository", file)
	}
	return b
}

// stage uploads a table and plans its import into anna's circle.
func (h *house) stage(name string, content []byte, typ string) kernel.ImportPlan {
	h.t.Helper()
	s, err := h.Stage(h.ctx, h.anna, name, bytesReader(content))
	if err != nil {
		h.t.Fatal(err)
	}
	return kernel.ImportPlan{Stage: s.ID, Type: typ, Circle: h.circle}
}

var torture = []struct {
	file             string
	imprecise, about int
	skipped          bool
}{
	{"01_cp1251_semicolon_crlf.csv", 0, 0, false},
	{"02_utf8_bom_semicolon.csv", 0, 0, false},
	{"03_utf16le_bom_tab.csv", 0, 0, false},
	{"04_koi8r_comma.csv", 0, 0, false},
	{"05_cp866_semicolon.csv", 0, 0, false},
	{"06_cr_only_maccyrillic.csv", 0, 0, false},
	{"07_mixed_dates_utf8.csv", 28, 0, false},
	{"08_dirty_numbers.csv", 0, 38, false},
	{"09_title_rows_and_total_row.csv", 0, 0, true},
	{"13_homoglyph_headers.csv", 0, 0, false},
}

func TestTortureDryRun(t *testing.T) {
	h := newHouse(t)
	for _, tt := range torture {
		t.Run(tt.file, func(t *testing.T) {
			plan := h.stage(tt.file, shared(t, "torture/"+tt.file), "event")
			p, err := h.ImportPreview(h.ctx, h.anna, plan)
			if err != nil {
				t.Fatal(err)
			}
			if p.Total != 228 || len(p.Unknown) != 0 {
				t.Errorf("preview: %d rows, unknown %v", p.Total, p.Unknown)
			}
			r, err := h.ImportDryRun(h.ctx, h.anna, p.Plan)
			if err != nil {
				t.Fatal(err)
			}
			if r.Rows != 228 || r.New != 228 || r.Sum.Value != 5169 || r.Refused != 0 || !r.OK() {
				t.Errorf("%d rows, %d new, %d refused, sum %v", r.Rows, r.New, r.Refused, r.Sum)
			}
			if r.Imprecise != tt.imprecise || r.About != tt.about || (len(r.Skipped) > 0) != tt.skipped {
				t.Errorf("imprecise %d, about %d, skipped %v", r.Imprecise, r.About, r.Skipped)
			}
			if t.Failed() {
				for _, c := range p.Plan.Columns {
					t.Logf("%s -> %s %s", c.Heading, c.Field, c.Lang)
				}
				for _, d := range r.Detail[:min(5, len(r.Detail))] {
					t.Logf("%d %s %q %v", d.Row, d.Outcome, d.Title, d.Errors)
				}
			}
			if n, err := h.Count(h.ctx, h.anna, kernel.FindQuery{Type: "event"}); err != nil || n != 0 {
				t.Errorf("a dry run wrote %d records: %v", n, err)
			}
		})
	}
}
