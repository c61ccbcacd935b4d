package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"svod/internal/core"
)

// book makes a workbook with an independent library.
func book(t testing.TB, fill func(f *excelize.File)) Source {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return BytesSource("a.xlsx", b.Bytes())
}

func put(t testing.TB, f *excelize.File, sheet string, rows ...[]any) {
	t.Helper()
	for i, r := range rows {
		if err := f.SetSheetRow(sheet, "A"+itoa(i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
}

func format(t testing.TB, f *excelize.File, sheet, from, to, code string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle(sheet, from, to, id); err != nil {
		t.Fatal(err)
	}
}

func TestXLSXValues(t *testing.T) {
	src := book(t, func(f *excelize.File) {
		put(t, f, "Sheet1",
			[]any{"Отчёт"},
			nil,
			[]any{"№", "Дата", "Месяц", "Телефон", "Доля", "Текст", "Да", "Время"},
			[]any{1, 40891, 40909, 12000000000, 0.1 + 0.2, "=не формула", true, 40891.60416666667},
			[]any{2, "6 декабря 2011 г.", "", 79161234567.0, 1e-7, " строка\r\nвторая ", false, ""},
			[]any{3, 40893, 40940, "", 5, "&#8212;", true, ""},
			[]any{"ИТОГО", "", "", "", 5.3000001})
		format(t, f, "Sheet1", "B4", "B6", "dd/mm/yyyy;@")
		format(t, f, "Sheet1", "C4", "C6", `[$-419]mmmm\ yyyy;@`)
		format(t, f, "Sheet1", "H4", "H4", "yyyy-mm-dd hh:mm")
		format(t, f, "Sheet1", "D4", "D6", "0")
	})
	g, err := Sniff(src, Options{})
	if err != nil || g.Format != XLSX || g.HeaderRow != 3 || g.Sheet != "Sheet1" || !g.TotalRow {
		t.Fatalf("%+v, %v", g, err)
	}
	rows := readAll(t, src, g)
	want := [][]string{
		{"1", "2011-12-14", "2012-01", "12000000000", "0.3", "=не формула", "true", "2011-12-14T14:30"},
		{"2", "6 декабря 2011 г.", "", "79161234567", "0.0000001", "строка\nвторая", "false", ""},
		{"3", "2011-12-16", "2012-02", "", "5", "—", "true", ""},
	}
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, w := range want {
		for j := range w {
			if rows[i].Text(j) != w[j] {
				t.Errorf("row %d column %d: %q, want %q", rows[i].Number, j+1, rows[i].Text(j), w[j])
			}
		}
	}
	s, err := Scan(src, g, 100)
	if err != nil || s.Columns[1].Dates != 3 || s.Columns[2].Imprecise != 2 || len(s.Totals) != 1 || !s.Totals[0].Cells[0].Matches() {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestXLSXSheetsAndSystems(t *testing.T) {
	src := book(t, func(f *excelize.File) {
		put(t, f, "Sheet1", []any{"скрыто", "n"}, []any{"x", 1})
		for _, name := range []string{"Пусто", "Данные"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		put(t, f, "Данные", []any{"регион", "дата", "число"}, []any{"Тверь", 39429, 5}, []any{nil, 39430, 6}, []any{"Уфа", 39431, 7})
		format(t, f, "Данные", "B2", "B4", "dd.mm.yyyy")
		if err := f.MergeCell("Данные", "A2", "A3"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetRowVisible("Данные", 4, false); err != nil {
			t.Fatal(err)
		}
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
		f.SetActiveSheet(2)
		if err := f.SetSheetVisible("Sheet1", false); err != nil {
			t.Fatal(err)
		}
	})
	g, err := Sniff(src, Options{})
	if err != nil || g.Sheet != "Данные" || !g.Dates1904 || !slices.Equal(g.Sheets, []SheetInfo{{"Sheet1", true}, {"Пусто", false}, {"Данные", false}}) {
		t.Fatalf("%+v, %v", g, err)
	}
	rows := readAll(t, src, g)
	if len(rows) != 3 || rows[1].Text(0) != "Тверь" || rows[0].Text(1) != "2011-12-14" || len(rows[1].Notes) != 1 || rows[1].Notes[0].Key != noteMerged {
		t.Errorf("%+v", rows)
	}
	if s, _ := Scan(src, g, 10); s.Hidden != 1 {
		t.Errorf("%d hidden rows", s.Hidden)
	}
	if g, err = Sniff(src, Options{Sheet: "Sheet1"}); err != nil || g.Sheet != "Sheet1" {
		t.Errorf("a hidden sheet can be asked for: %v", err)
	}
	if _, err = Sniff(src, Options{Sheet: "нет"}); err == nil {
		t.Error("a sheet that is not there was accepted")
	}
}

func TestXLSXFormulas(t *testing.T) {
	src := book(t, func(f *excelize.File) {
		put(t, f, "Sheet1", []any{"имя", "число"}, []any{"а", 1}, []any{"б", 2}, []any{"в", nil})
		if err := f.SetCellFormula("Sheet1", "B4", "=B2+B3"); err != nil {
			t.Fatal(err)
		}
	})
	g, err := Sniff(src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := readAll(t, src, g)
	if len(rows) != 3 || len(rows[2].Notes) != 1 || rows[2].Notes[0].Key != noteFormulaEmpty || rows[2].Notes[0].Col != 2 {
		t.Errorf("%+v", rows)
	}
}

func TestFormatPrecision(t *testing.T) {
	tests := []struct {
		id   int
		code string
		want datePrecision
	}{
		{14, "", precisionDay}, {17, "", precisionMonth}, {22, "", precisionTime}, {20, "", precisionClock}, {2, "", precisionNone}, {0, "", precisionNone},
		{164, "0.00", precisionNone}, {164, "#,##0 \"дней\"", precisionNone}, {164, "General", precisionNone}, {164, "dd.mm.yyyy", precisionDay},
		{164, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", precisionDay}, {164, "yyyy", precisionYear}, {164, "mmm yy", precisionMonth},
		{164, "[h]:mm:ss", precisionClock}, {164, "yyyy-mm-dd hh:mm:ss.000", precisionTime}, {164, "0.00E+00", precisionNone},
		{164, "[Red]0;[Blue]-0", precisionNone}, {164, "@", precisionNone},
	}
	for _, tt := range tests {
		if got := formatPrecision(tt.id, tt.code); got != tt.want {
			t.Errorf("formatPrecision(%d, %q) = %d, want %d", tt.id, tt.code, got, tt.want)
		}
	}
}

func TestSerialDate(t *testing.T) {
	tests := []struct {
		serial float64
		is1904 bool
		want   string
	}{
		{1, false, "1900-01-01"}, {59, false, "1900-02-28"}, {61, false, "1900-03-01"}, {40891, false, "2011-12-14"},
		{39429, true, "2011-12-14"}, {40891.99999999, false, "2011-12-15"}, {40891.25, false, "2011-12-14T06:00"}, {-1, false, ""}, {1e18, false, ""},
	}
	for _, tt := range tests {
		if got := serialDate(tt.serial, tt.is1904, precisionTime); got.String() != tt.want {
			t.Errorf("serialDate(%v, %v) = %s, want %s", tt.serial, tt.is1904, got, tt.want)
		}
	}
	for n := 61; n < 80000; n += 131 {
		from, _ := serialDate(float64(n), false, precisionDay).Bounds()
		if back, ok := serialFrom(from); !ok || back != n {
			t.Fatalf("%d becomes %v becomes %d", n, from, back)
		}
	}
}

func date(t testing.TB, s string) core.Date {
	t.Helper()
	d, err := core.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func writeBook(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewXLSXWriter(&b)
	steps := []error{
		w.AddSheet("События/2012", []string{"имя", "дата", "число"}),
		w.Write([]Cell{{Text: "=1+1 <&> \"x\"\nвторая\x01"}, {Kind: CellDate, Date: date(t, "2011-12-14"), Text: "2011-12-14"}, {Kind: CellNumber, Number: 12000000000}}),
		w.Write([]Cell{{Text: "_x0041_ Օ"}, {Kind: CellDate, Date: date(t, "2012-05~"), Text: "2012-05~"}, {Kind: CellNumber, Number: -0.5}}),
		w.Write([]Cell{{}, {Kind: CellDate, Date: date(t, "2011-12-14T14:30"), Text: "2011-12-14T14:30"}, {Kind: CellBool, Text: "true"}}),
		w.AddSheet("События 2012", nil),
		w.Write([]Cell{{Text: strings.Repeat("ж", maxCellText+5)}}),
		w.Close(),
	}
	for _, err := range steps {
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := w.Notes(); len(n) != 1 || n[0].Key != noteCellTooLong {
		t.Errorf("%+v", n)
	}
	return b.Bytes()
}

func TestXLSXWriter(t *testing.T) {
	data := writeBook(t)
	if !bytes.Equal(data, writeBook(t)) {
		t.Error("the same rows give other bytes")
	}
	for _, s := range []string{"docProps", "xuri", "creator"} {
		if bytes.Contains(data, []byte(s)) {
			t.Errorf("the workbook mentions %s", s)
		}
	}
	src := BytesSource("a.xlsx", data)
	g, err := Sniff(src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := readAll(t, src, g)
	if rows[0].Text(0) != "=1+1 <&> \"x\"\nвторая\x01" || rows[0].Text(1) != "2011-12-14" || rows[0].Text(2) != "12000000000" ||
		rows[1].Text(0) != "_x0041_ Օ" || rows[1].Text(1) != "2012-05~" || rows[1].Text(2) != "-0.5" || rows[2].Text(1) != "2011-12-14T14:30" {
		t.Errorf("%+v", rows)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data)) // another program agrees
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"События 2012", "События 2012 2"}) {
		t.Errorf("sheets %q", got)
	}
	for ref, want := range map[string]string{"A1": "имя", "B2": "2011-12-14", "C2": "12000000000", "B4": "2011-12-14 14:30", "B3": "2012-05~", "A3": "_x0041_ Օ"} {
		if got, err := f.GetCellValue("События 2012", ref); err != nil || got != want {
			t.Errorf("%s = %q, %v; want %q", ref, got, err, want)
		}
	}
	if formula, _ := f.GetCellFormula("События 2012", "A2"); formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
}

// TestXLSXBombs: archives of a few kilobytes that unpack to far more than a
// table needs are refused before they fill the memory.
func TestXLSXBombs(t *testing.T) {
	const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c></row>`
	spaces := func(n int) io.Reader { return io.LimitReader(repeat(' '), int64(n)) }
	for name, parts := range map[string]map[string]io.Reader{
		"spaces between rows":  {"xl/worksheets/sheet1.xml": io.MultiReader(strings.NewReader("<worksheet><sheetData>"+rows), spaces(2*maxToken), strings.NewReader(rows+"</sheetData></worksheet>"))},
		"a tag without end":    {"xl/worksheets/sheet1.xml": io.MultiReader(strings.NewReader("<worksheet "), spaces(2*maxToken), strings.NewReader(">"+rows+"</worksheet>"))},
		"one endless text":     {"xl/sharedStrings.xml": io.MultiReader(strings.NewReader("<sst><si><t>"), io.LimitReader(repeat('A'), 2*maxToken), strings.NewReader("</t></si></sst>"))},
		"texts without number": {"xl/sharedStrings.xml": strings.NewReader("<sst>" + strings.Repeat("<si/>", maxTexts+1) + "</sst>")},
	} {
		if _, ok := parts["xl/worksheets/sheet1.xml"]; !ok {
			parts["xl/worksheets/sheet1.xml"] = strings.NewReader("<worksheet><sheetData>" + rows + "</sheetData></worksheet>")
		}
		src := archive(t, parts)
		_, err := Sniff(src, Options{})
		if e := (*core.Error)(nil); !errors.As(err, &e) || e.Key != errTooBig {
			t.Errorf("%s (%d kB packed): %v", name, src.Size>>10, err)
		}
	}
}

// repeat is one byte without end.
type repeat byte

func (r repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r)
	}
	return len(p), nil
}

// archive makes a workbook of one sheet from raw parts.
func archive(t *testing.T, parts map[string]io.Reader) Source {
	t.Helper()
	parts["xl/workbook.xml"] = strings.NewReader(`<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`)
	parts["xl/_rels/workbook.xml.rels"] = strings.NewReader(`<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.Copy(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return BytesSource("bomb.xlsx", b.Bytes())
}
