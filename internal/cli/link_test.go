package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"svod/internal/core"
	"svod/internal/linkage"
	"svod/internal/sheet"
)

// runLink runs the command and returns its code and what it said.
func runLink(args ...string) (code int, out, said string) {
	var o, e bytes.Buffer
	p := &Program{Env: func(string) string { return "" }, Out: &o, Err: &e}
	code = Main(context.Background(), p, append([]string{"link"}, args...))
	return code, o.String(), e.String()
}

// The whole way, from the file to the clusters, on twenty thousand invented rows
// of which the answers are known.
func TestLinkFindsThePeopleOfTheSharedData(t *testing.T) {
	file := filepath.Join("..", "..", "..", "shared", "data", "linkage", "cis20k_dev.csv.gz")
	f, err := os.Open(file)
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal("../shared/data is required:", err)
		}
		t.Skip("no ../shared/data beside the repository")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, z)
	dir := t.TempDir()
	clusters := filepath.Join(dir, "clusters.csv")
	code, out, said := runLink(file, "--out", clusters, "--report", filepath.Join(dir, "report.html"))
	if code != 0 {
		t.Fatalf("code %d\n%s\n%s", code, out, said)
	}
	b, err := os.ReadFile(clusters)
	if err != nil {
		t.Fatal(err)
	}
	place := map[string]int{}
	truth := make([]string, len(rows)-1)
	for i, row := range rows[1:] {
		place[row[0]], truth[i] = i, row[1]
	}
	found := map[string][]int{}
	for _, row := range readCSV(t, bytes.NewReader(b))[1:] {
		found[row[1]] = append(found[row[1]], place[row[0]])
	}
	var list [][]int
	count := 0
	for _, c := range found {
		list = append(list, c)
		count += len(c)
	}
	if count != len(truth) {
		t.Errorf("%d rows came out, %d went in", count, len(truth))
	}
	score := linkage.Evaluate(list, truth)
	t.Logf("pairs: precision %.4f, recall %.4f, F1 %.4f\n%s", score.PairPrecision, score.PairRecall, score.PairF1, out)
	if score.PairF1 < .97 {
		t.Errorf("F1 of pairs %.4f", score.PairF1)
	}
}

func readCSV(t *testing.T, in io.Reader) [][]string {
	t.Helper()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestIDsAreOrderedAsNumbers(t *testing.T) {
	ids := []string{"r10", "r2", "b.csv:1", "a.csv:10", "a.csv:9", "", "r02", "r", "r2a"}
	slices.SortFunc(ids, compareIDs)
	want := []string{"", "a.csv:9", "a.csv:10", "b.csv:1", "r", "r02", "r2", "r2a", "r10"}
	if !reflect.DeepEqual(ids, want) {
		t.Errorf("%q", ids)
	}
}

func TestADecompressedTableHasALimit(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(make([]byte, 5000)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		data []byte
		most int64
		key  string
	}{
		{"fits", packed.Bytes(), 5000, ""},
		{"one byte too many", packed.Bytes(), 4999, "error.file_too_large"},
		{"cut off", packed.Bytes()[:packed.Len()-6], 5000, "cli.link_damaged"},
		{"only a beginning", packed.Bytes()[:4], 5000, "cli.link_damaged"},
		{"plain", []byte("a,b\n"), 4, ""},
		{"plain, too many", []byte("a,b\n"), 3, "error.file_too_large"},
	} {
		_, err := linkBytes(bytes.NewReader(c.data), "f", c.most)
		var e *core.Error
		if c.key == "" && err != nil || c.key != "" && (!errors.As(err, &e) || e.Key != c.key) {
			t.Errorf("%s: %v, want %q", c.name, err, c.key)
		}
	}
}

// Files name one thing differently: their columns stand together.
func TestColumnsOfSeveralFiles(t *testing.T) {
	table := newLinkTable()
	for _, c := range []struct {
		file    linkFile
		columns []linkage.Column
	}{
		{linkFile{name: "a.csv", header: []string{"surname", "note"}, rows: []linkage.Row{{"Petrov", "x"}}, numbers: []int{2}},
			[]linkage.Column{{Name: "surname", Kind: linkage.KindFamily}, {Name: "note", Kind: linkage.KindIgnore}}},
		{linkFile{name: "a.csv", header: []string{"Note", "дело", "фамилия"}, rows: []linkage.Row{{"y", "7", "Петров"}}, numbers: []int{2}},
			[]linkage.Column{{Name: "Note", Kind: linkage.KindText}, {Name: "дело", Kind: linkage.KindText}, {Name: "фамилия", Kind: linkage.KindFamily}}},
	} {
		if err := table.add(&c.file, c.columns); err != nil {
			t.Fatal(err)
		}
	}
	table.finish(false)
	if want := []linkage.Column{{Name: "surname", Kind: linkage.KindFamily}, {Name: "note", Kind: linkage.KindText},
		{Name: "дело", Kind: linkage.KindText}, {Kind: linkage.KindList}}; !reflect.DeepEqual(table.columns, want) {
		t.Errorf("columns %v", table.columns)
	}
	if want := []linkage.Row{{"Petrov", "x", "", "a.csv"}, {"Петров", "y", "7", "a.csv (2)"}}; !reflect.DeepEqual(table.rows, want) {
		t.Errorf("rows %q", table.rows)
	}
	if want := []string{"a.csv:2", "a.csv (2):2"}; !reflect.DeepEqual(table.ids, want) {
		t.Errorf("ids %q", table.ids)
	}
}

// A workbook and a text table, one of them without an id.
func TestLinkReadsWorkbooks(t *testing.T) {
	dir := t.TempDir()
	var book bytes.Buffer
	w := sheet.NewXLSXWriter(&book)
	steps := []error{w.AddSheet("list", []string{"фамилия", "имя", "отчество", "дата рождения"})}
	for _, row := range [][]string{{"Петров", "Иван", "Сергеевич", "02.01.1970"}, {"Громова", "Вера", "Павловна", "н/д"},
		{"н/д", "Зоя", "Петровна", "11.02.1949"}} {
		steps = append(steps, w.Write([]sheet.Cell{{Text: row[0]}, {Text: row[1]}, {Text: row[2]}, {Text: row[3]}}))
	}
	steps = append(steps, w.Close(), os.WriteFile(filepath.Join(dir, "a.xlsx"), book.Bytes(), 0o600),
		os.WriteFile(filepath.Join(dir, "b.csv"), []byte("unique_id,surname,given,patronymic,dob\nx1,Petrov,Ivan,Sergeevich,1970-01-02\nx2,Belova,Maria,Olegovna,1991-03-08\n"), 0o600))
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	code, out, said := runLink(filepath.Join(dir, "a.xlsx"), filepath.Join(dir, "b.csv"), "--out", "-")
	if want := "unique_id,cluster\n2,1\nx1,1\n3,2\n4,3\nx2,4\n"; code != 0 || out != want {
		t.Errorf("code %d\n%s\n%s", code, out, said)
	}
}
