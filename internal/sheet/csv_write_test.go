package sheet

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "текст": "текст", "=1+1": "'=1+1", "+7 916": "'+7 916", "@SUM": "'@SUM", "-5": "-5", "-12,5": "-12,5", "-12.5": "-12.5", "-1+2": "'-1+2", "- дефис": "'- дефис",
		"\tx": "'\tx", "\rx": "'\rx", "-": "'-", "'=1": "''=1", "'quoted'": "'quoted'", "＝1": "'＝1", "-1.2.3": "'-1.2.3", "−5": "−5",
	} {
		got := guard(in)
		if got != want {
			t.Errorf("guard(%q) = %q, want %q", in, got, want)
		}
		if back := unguard(got); back != in {
			t.Errorf("unguard(guard(%q)) = %q", in, back)
		}
	}
}

func TestCSVWriter(t *testing.T) {
	var b bytes.Buffer
	w, err := NewCSVWriter(&b, CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{{"имя", "дело"}, {"Анна «Я»", "=HYPERLINK(\"x\")"}, {" край ", "две\nстроки; и \"кавычки\""}} {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffимя;дело\r\nАнна «Я»;\"'=HYPERLINK(\"\"x\"\")\"\r\n\" край \";\"две\nстроки; и \"\"кавычки\"\"\"\r\n"
	if b.String() != want {
		t.Errorf("%q", b.String())
	}
}

func TestCSVWriterUnencodable(t *testing.T) {
	var b bytes.Buffer
	w, err := NewCSVWriter(&b, CSVOptions{Encoding: Windows1251, Separator: ","})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write([]string{"Աննա", "неразрывный‑дефис", "да"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	text, err := decodeHead(b.Bytes(), Windows1251, false)
	if err != nil || text != "[U+0531][U+0576][U+0576][U+0561],неразрывный-дефис,да\r\n" {
		t.Errorf("%q, %v", text, err)
	}
	if n := w.Notes(); len(n) != 1 || n[0].Row != 1 || n[0].Col != 1 || n[0].Key != noteUnencodable {
		t.Errorf("%+v", n)
	}
	for _, o := range []CSVOptions{{Encoding: "klingon"}, {Encoding: UTF16LE}, {Separator: "\""}, {Separator: "ab"}} {
		if _, err := NewCSVWriter(&b, o); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
}

// TestWriteRead: what we write we read back, in both forms.
func TestWriteRead(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	pieces := []string{"митинг", "=1", "'", "\"", ";", ",", "\n", " ", "+7", "ё", "-5", "№", "|", "\t", "a"}
	for round := range 60 {
		rows := [][]string{{"первый", "второй", "третий"}}
		for range 1 + rng.IntN(20) {
			row := []string{itoa(rng.IntN(100)), "", ""}
			for j := 1; j < 3; j++ {
				s := ""
				for range rng.IntN(6) {
					s += pieces[rng.IntN(len(pieces))]
				}
				row[j] = strings.TrimSpace(s)
			}
			rows = append(rows, row)
		}
		var csv, xlsx bytes.Buffer
		o := CSVOptions{Separator: []string{";", ",", "\t"}[round%3], Encoding: []string{UTF8, Windows1251}[round%2]}
		c, err := NewCSVWriter(&csv, o)
		if err != nil {
			t.Fatal(err)
		}
		x := NewXLSXWriter(&xlsx)
		if err := x.AddSheet("a", rows[0]); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if err := c.Write(row); err != nil {
				t.Fatal(err)
			}
			if i > 0 {
				if err := x.Write([]Cell{{Text: row[0]}, {Text: row[1]}, {Text: row[2]}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := c.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		for _, src := range []Source{BytesSource("a.csv", csv.Bytes()), BytesSource("a.xlsx", xlsx.Bytes())} {
			g, err := Sniff(src, Options{HeaderRow: 1, KeepTotal: true, Separator: o.Separator, Encoding: o.Encoding})
			if err != nil {
				t.Fatal(err)
			}
			got := readAll(t, src, g)
			if len(got) != len(rows)-1 {
				t.Fatalf("%s: %d rows, want %d", src.Name, len(got), len(rows)-1)
			}
			for i := range got {
				for j := range 3 {
					if got[i].Text(j) != rows[i+1][j] {
						t.Errorf("%s row %d: %q, want %q", src.Name, i+2, got[i].Text(j), rows[i+1][j])
					}
				}
			}
		}
	}
}
