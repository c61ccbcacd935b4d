package sheet

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// shared gives a file of the development data, which is not part of the repository.
func shared(t testing.TB, name string) Source {
	t.Helper()
	file := filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name))
	data, err := os.ReadFile(file)
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatalf("%s is required: %v", file, err)
		}
		t.Skipf("%s is not here: development data lies beside the repository", file)
	}
	return BytesSource(filepath.Base(name), data)
}

func TestTorture(t *testing.T) {
	tests := []struct {
		file, encoding, separator string
		end                       LineEnd
		column                    string // folded header of the number column
		header, titles            int
		total                     bool
		imprecise, about          int
	}{
		{"01_cp1251_semicolon_crlf.csv", Windows1251, ";", CRLF, "number_of_detentions", 1, 0, false, 0, 0},
		{"02_utf8_bom_semicolon.csv", UTF8, ";", CRLF, "number_of_detentions", 1, 0, false, 0, 0},
		{"03_utf16le_bom_tab.csv", UTF16LE, "\t", CRLF, "number_of_detentions", 1, 0, false, 0, 0},
		{"04_koi8r_comma.csv", KOI8R, ",", CRLF, "number_of_detentions", 1, 0, false, 0, 0},
		{"05_cp866_semicolon.csv", CP866, ";", CRLF, "number_of_detentions", 1, 0, false, 0, 0},
		{"06_cr_only_maccyrillic.csv", MacCyrillic, ",", CR, "number_of_detentions", 1, 0, false, 0, 0},
		{"07_mixed_dates_utf8.csv", UTF8, ";", CRLF, "number_of_detentions", 1, 0, false, 28, 0},
		{"08_dirty_numbers.csv", UTF8, ";", CRLF, "number_of_detentions", 1, 0, false, 0, 38},
		{"09_title_rows_and_total_row.csv", Windows1251, ";", CRLF, "number_of_detentions", 4, 3, true, 0, 0},
		{"13_homoglyph_headers.csv", UTF8, ";", CRLF, "задержано, чел.", 1, 0, false, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			src := shared(t, "torture/"+tt.file)
			g, err := Sniff(src, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if g.Encoding != tt.encoding || g.Separator != tt.separator || g.LineEnd != tt.end || g.HeaderRow != tt.header || g.TitleRows != tt.titles || g.TotalRow != tt.total {
				t.Errorf("guess: %s %.2f %q %s header %d titles %d total %v", g.Encoding, g.Confidence, g.Separator, g.LineEnd, g.HeaderRow, g.TitleRows, g.TotalRow)
			}
			if g.Confidence < 0.95 {
				t.Errorf("confidence %.2f", g.Confidence)
			}
			s, err := Scan(src, g, 10000)
			if err != nil {
				t.Fatal(err)
			}
			checkTorture(t, s, tt.column, tt.imprecise, tt.about)
			if tt.total && (len(s.Totals) != 1 || len(s.Totals[0].Cells) != 1 || !s.Totals[0].Cells[0].Matches() || s.Totals[0].Row != 233) {
				t.Errorf("totals: %+v", s.Totals)
			}
		})
	}
}

func checkTorture(t *testing.T, s Summary, column string, imprecise, about int) {
	t.Helper()
	if s.Rows != 228 {
		t.Errorf("%d rows, want 228", s.Rows)
	}
	found := false
	for _, c := range s.Columns {
		switch {
		case c.Match == column:
			found = true
			if c.Kind != ColumnNumber || c.Sum != 5169 || c.Numbers != 228 || c.About != about {
				t.Errorf("%s: %s, sum %g of %d numbers, %d about", c.Name, c.Kind, c.Sum, c.Numbers, c.About)
			}
		case c.Match == "date" || c.Match == "дата события":
			if c.Kind != ColumnDate || c.Dates != 228 || c.Imprecise != imprecise {
				t.Errorf("%s: %s, %d dates, %d imprecise", c.Name, c.Kind, c.Dates, c.Imprecise)
			}
		}
	}
	if !found {
		t.Error("no number column")
	}
	for _, n := range s.Notes {
		if n.Key == noteNumberUnknown || n.Key == noteDateUnknown || n.Key == noteDateAmbiguous {
			t.Errorf("%+v", n)
		}
	}
}

// TestTortureSameRows: whatever the disguise, the rows are the same.
func TestTortureSameRows(t *testing.T) {
	read := func(name string) []Row {
		src := shared(t, "torture/"+name)
		g, err := Sniff(src, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return readAll(t, src, g)
	}
	want := read("02_utf8_bom_semicolon.csv")
	for _, name := range []string{"01_cp1251_semicolon_crlf.csv", "03_utf16le_bom_tab.csv", "04_koi8r_comma.csv", "05_cp866_semicolon.csv", "06_cr_only_maccyrillic.csv", "09_title_rows_and_total_row.csv"} {
		got := read(name)
		if len(got) != len(want) {
			t.Fatalf("%s: %d rows", name, len(got))
		}
		for i := range want {
			for j := range want[i].Cells {
				if a, b := got[i].Text(j), want[i].Text(j); a != b {
					t.Errorf("%s row %d column %d: %q, want %q", name, got[i].Number, j+1, a, b)
				}
			}
		}
	}
}

func readAll(t testing.TB, src Source, g Guess) []Row {
	t.Helper()
	r, err := Open(src, g)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var rows []Row
	for {
		row, err := r.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func TestDemoFiles(t *testing.T) {
	tests := []struct {
		file   string
		rows   int
		column string
		sum    float64
		dates  string
	}{
		{"demo/ovdinfo_events_2011_2013_ru_en.csv", 463, "detained", 7206, "date"},
		{"demo/protest_detention_facts.csv", 463, "detained", 7206, "date"},
		{"demo/police_stations_moscow.csv", 67, "value", 0, ""},
	}
	for _, tt := range tests {
		t.Run(filepath.Base(tt.file), func(t *testing.T) {
			src := shared(t, tt.file)
			g, err := Sniff(src, Options{})
			if err != nil {
				t.Fatal(err)
			}
			s, err := Scan(src, g, 1000)
			if err != nil || s.Rows != tt.rows {
				t.Fatalf("%d rows, %v", s.Rows, err)
			}
			for _, c := range s.Columns {
				if c.Match == tt.column && tt.sum > 0 && c.Sum != tt.sum || c.Match == tt.dates && c.Dates != tt.rows {
					t.Errorf("%+v", c)
				}
			}
			for _, n := range s.Notes {
				t.Errorf("%+v", n)
			}
		})
	}
}
