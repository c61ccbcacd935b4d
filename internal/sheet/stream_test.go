package sheet

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"testing"
)

// repeated is a file of a header and the same row over and over, which takes no
// memory itself.
type repeated struct {
	head, row string
	rows      int64
}

func (r repeated) size() int64 { return int64(len(r.head)) + r.rows*int64(len(r.row)) }

func (r repeated) ReadAt(p []byte, at int64) (int, error) {
	n := 0
	for n < len(p) && at < r.size() {
		piece := r.head[min(at, int64(len(r.head))):]
		if piece == "" {
			piece = r.row[(at-int64(len(r.head)))%int64(len(r.row)):]
		}
		k := copy(p[n:], piece)
		n, at = n+k, at+int64(k)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// TestLargeCSVInLittleMemory reads 8 MB and never holds more than a few.
func TestLargeCSVInLittleMemory(t *testing.T) {
	file := repeated{"id;дата;описание;число\n", "17;04.12.2011;\"митинг, \"\"площадь\"\"\";около 20\n", 120000}
	src := Source{ReaderAt: file, Size: file.size(), Name: "a.csv"}
	g, err := Sniff(src, Options{})
	if err != nil || !g.Partial || len(g.Columns) != 4 {
		t.Fatalf("%+v, %v", g, err)
	}
	r, err := Open(src, g)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	rows := 0
	for {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if rows++; rows%40000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			if now.HeapAlloc > before.HeapAlloc+4<<20 {
				t.Fatalf("%d bytes are held after %d rows", now.HeapAlloc-before.HeapAlloc, rows)
			}
		}
	}
	if rows != 120000 {
		t.Errorf("%d rows", rows)
	}
}

func largeBook(t testing.TB, rows int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewXLSXWriter(&b)
	err := w.AddSheet("a", []string{"id", "дата", "описание", "место", "число"})
	d := date(t, "2011-12-04")
	for i := 0; i < rows && err == nil; i++ {
		err = w.Write([]Cell{{Kind: CellNumber, Number: float64(i)}, {Kind: CellDate, Date: d, Text: d.String()}, {Text: "митинг на площади"}, {Text: "Москва"}, {Kind: CellNumber, Number: 3}})
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLargeXLSX(t *testing.T) {
	src := BytesSource("a.xlsx", largeBook(t, 20000))
	g, err := Sniff(src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Open(src, g)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	rows := 0
	for {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if rows++; rows == 15000 {
			runtime.GC()
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			if now.HeapAlloc > 16<<20 {
				t.Errorf("%d bytes are held", now.HeapAlloc)
			}
		}
	}
	if rows != 20000 {
		t.Errorf("%d rows", rows)
	}
}

func BenchmarkCSV(b *testing.B) {
	file := repeated{"id;дата;описание;число\n", "17;04.12.2011;\"митинг, \"\"площадь\"\"\";около 20\n", 100000}
	src := Source{ReaderAt: file, Size: file.size(), Name: "a.csv"}
	g, err := Sniff(src, Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if rows := readCount(b, src, g); rows != 100000 {
			b.Fatal(rows)
		}
	}
}

func BenchmarkScanCSV(b *testing.B) {
	file := repeated{"id;дата;описание;число\n", "17;04.12.2011;\"митинг, \"\"площадь\"\"\";около 20\n", 100000}
	src := Source{ReaderAt: file, Size: file.size(), Name: "a.csv"}
	g, err := Sniff(src, Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if s, err := Scan(src, g, 100); err != nil || s.Rows != 100000 {
			b.Fatal(s.Rows, err)
		}
	}
}

func BenchmarkXLSX(b *testing.B) {
	src := BytesSource("a.xlsx", largeBook(b, 100000))
	g, err := Sniff(src, Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if rows := readCount(b, src, g); rows != 100000 {
			b.Fatal(rows)
		}
	}
}

func BenchmarkWriteXLSX(b *testing.B) {
	for b.Loop() {
		largeBook(b, 100000)
	}
}

func readCount(t testing.TB, src Source, g Guess) int {
	r, err := Open(src, g)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for rows := 0; ; rows++ {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return rows
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
