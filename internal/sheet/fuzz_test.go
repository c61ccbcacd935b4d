package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"svod/internal/core"
)

// scanAny reads whatever Sniff accepts, and checks what always holds.
func scanAny(t *testing.T, src Source) {
	g, err := Sniff(src, Options{})
	if err != nil {
		if core.KindOf(err) != core.KindInvalid {
			t.Fatalf("%v", err)
		}
		return
	}
	r, err := Open(src, g)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	last := 0
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			if core.KindOf(err) != core.KindInvalid {
				t.Fatalf("%v", err)
			}
			return
		}
		if len(row.Cells) < len(g.Columns) || row.Number <= last || row.Number < g.FirstRow {
			t.Fatalf("row %d behind %d has %d of %d cells", row.Number, last, len(row.Cells), len(g.Columns))
		}
		last = row.Number
		for i, c := range g.Columns {
			if d, _, err := c.Date(row.Cells[i]); err == nil && !d.Empty && d.Date.String() == "" {
				t.Fatalf("%q is an empty date", row.Text(i))
			}
			if _, _, err := c.Number(row.Cells[i]); err != nil && core.KindOf(err) != core.KindInvalid {
				t.Fatal(err)
			}
		}
	}
}

func FuzzSniff(f *testing.F) {
	for _, s := range []string{"а;б\n1;2\n", "Отчёт\n\n№;дата\n1;04.12.2011\nИтого;1\n", "a,b\r\"x\ry\",2\r", "sep=|\na|b\n"} {
		f.Add([]byte(s))
		f.Add(encode(f, Windows1251, s, false))
		f.Add(encode(f, UTF16LE, s, true))
		f.Add(encode(f, UTF16BE, s, false))
	}
	f.Fuzz(func(t *testing.T, data []byte) { scanAny(t, BytesSource("a", data)) })
}

// FuzzCSV: whatever the marks and separators, no letter or digit is lost.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a;b\n\"x\";y\n", "a;\"b\n1;2\n", "\"a\" b;c;\"d\"\n1;2;3\n", "1;2;3\n1;2\n1;2;3;4\n", "a;\"\"b\"\";c\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		if strings.ContainsAny(s, "&\x00") || len(s) > 4 && strings.EqualFold(s[:4], "sep=") {
			t.Skip("references and directives are read on purpose")
		}
		src := BytesSource("a.csv", []byte(s))
		g, err := Sniff(src, Options{Encoding: UTF8, Separator: ";", HeaderRow: -1, KeepTotal: true})
		if err != nil {
			return
		}
		var got strings.Builder
		for _, row := range readAll(t, src, g) {
			for _, c := range row.Cells {
				got.WriteString(c.Text)
			}
		}
		if a, b := essence(got.String()), essence(s); a != b {
			t.Fatalf("read %q, written %q", a, b)
		}
	})
}

func essence(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func FuzzXLSX(f *testing.F) {
	var b bytes.Buffer
	w := NewXLSXWriter(&b)
	for _, err := range []error{w.AddSheet("a", []string{"имя", "число"}), w.Write([]Cell{{Text: "x"}, {Kind: CellNumber, Number: 5}}), w.Close()} {
		if err != nil {
			f.Fatal(err)
		}
	}
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c t="s"><v>0</v></c><c><v>1.5e3</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A4"/></mergeCells></worksheet>`))
	f.Add([]byte(`<sheetData><row r="9"><c r="ZZ9" s="1"><v>40891</v></c><c r="A9" t="e"><v>#N/A</v></c><c t="d"><v>2012-05-06</v></c><c t="b"><v>1</v></c></row></sheetData>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		scanAny(t, BytesSource("a.xlsx", wrapSheet(t, sheet)))
		scanAny(t, BytesSource("b.xlsx", sheet))
	})
}

// wrapSheet makes a workbook around the XML of a sheet.
func wrapSheet(t *testing.T, sheet []byte) []byte {
	var b bytes.Buffer
	w := NewXLSXWriter(&b)
	w.sheets = []string{"a"}
	part, err := w.create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(sheet); err != nil {
		t.Fatal(err)
	}
	if part, err = w.create("xl/sharedStrings.xml"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, "<sst><si><t>общий</t></si><si><r><t>на </t></r><r><t>двоих</t></r></si></sst>"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		// Close would add another sheet without a current one
		t.Fatal(err)
	}
	return b.Bytes()
}
