package sheet

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestRepairs: broken rows keep every word and carry a note.
func TestRepairs(t *testing.T) {
	head := "id;дата;описание;место;число\n"
	good := "1;01.05.2012;митинг на площади;Москва;5\n2;02.05.2012;пикет у суда;Казань;7\n3;03.05.2012;шествие;Тверь;1\n4;04.05.2012;акция памяти;Пермь;2\n"
	tests := []struct {
		name, row string
		want      []string // cells of the row(s) behind the good ones
		keys      []string
	}{
		{"quoted line break", "5;05.05.2012;\"два\nряда\";Уфа;9\n", []string{"5", "05.05.2012", "два\nряда", "Уфа", "9"}, nil},
		{"separator in text", "5;05.05.2012;митинг; пикет;Уфа;9\n", []string{"5", "05.05.2012", "митинг; пикет", "Уфа", "9"}, []string{noteRowJoined}},
		{"cut entity", "5;05.05.2012;слово &#8212; дело;Уфа;9\n", []string{"5", "05.05.2012", "слово — дело", "Уфа", "9"}, []string{noteRowEntity}},
		{"bare quotes", "5;05.05.2012;ООО \"Ромашка\" (\"Сад\");Уфа;9\n", []string{"5", "05.05.2012", "ООО \"Ромашка\" (\"Сад\")", "Уфа", "9"}, nil},
		{"quote at the front", "5;05.05.2012;\"Ромашка\" и сад;Уфа;9\n", []string{"5", "05.05.2012", "\"Ромашка\" и сад", "Уфа", "9"}, []string{noteQuoteStray}},
		{"undoubled quotes", "5;05.05.2012;\"Акция \"Сад\" в парке\";Уфа;9\n", []string{"5", "05.05.2012", "Акция \"Сад\" в парке", "Уфа", "9"}, []string{noteQuoteStray}},
		{"unclosed quote", "5;05.05.2012;\"Начало;Уфа;9\n6;06.05.2012;конец;Омск;3\n", []string{"5", "05.05.2012", "\"Начало", "Уфа", "9", "6", "06.05.2012", "конец", "Омск", "3"}, []string{noteQuoteUnclosed}},
		{"unclosed quote meets another", "5;05.05.2012;\"Начало;Уфа;9\n6;06.05.2012;\"конец\";Омск;3\n", []string{"5", "05.05.2012", "\"Начало", "Уфа", "9", "6", "06.05.2012", "конец", "Омск", "3"}, []string{noteQuoteUnclosed}},
		{"short", "5;05.05.2012;митинг\n", []string{"5", "05.05.2012", "митинг", "", ""}, []string{noteRowShort}},
		{"trailing separators", "5;05.05.2012;митинг;Уфа;9;;;\n", []string{"5", "05.05.2012", "митинг", "Уфа", "9"}, nil},
		{"guarded", "5;05.05.2012;'=1+1;'-Уфа;9\n", []string{"5", "05.05.2012", "=1+1", "-Уфа", "9"}, nil},
		{"empty rows", "\n;;;;\n5;05.05.2012;митинг;Уфа;9\n\n", []string{"5", "05.05.2012", "митинг", "Уфа", "9"}, nil},
		{"no line end", "5;05.05.2012;митинг;Уфа;9", []string{"5", "05.05.2012", "митинг", "Уфа", "9"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := BytesSource("a.csv", []byte(head+good+tt.row))
			g, err := Sniff(src, Options{})
			if err != nil {
				t.Fatal(err)
			}
			rows := readAll(t, src, g)
			var cells, keys []string
			for _, r := range rows[4:] {
				for i := range r.Cells {
					cells = append(cells, r.Text(i))
				}
				for _, n := range r.Notes {
					keys = append(keys, n.Key)
					if n.Row != r.Number {
						t.Errorf("note about row %d on row %d", n.Row, r.Number)
					}
				}
			}
			if !slices.Equal(cells, tt.want) || !slices.Equal(keys, tt.keys) {
				t.Errorf("got %q %v", cells, keys)
			}
		})
	}
}

func TestLayout(t *testing.T) {
	tests := []struct {
		name, file            string
		header, titles, first int
		columns               []string
		total                 bool
	}{
		{"no header", "1;04.12.2011;Москва;5\n2;05.12.2011;Казань;7\n3;06.12.2011;Тверь;9\n", 0, 0, 1, []string{"A", "B", "C", "D"}, false},
		{"header of numbers below", "№;когда;где;сколько\n1;04.12.2011;Москва;5\n2;05.12.2011;Казань;7\n", 1, 0, 2, []string{"№", "когда", "где", "сколько"}, false},
		{"titles and total", "Отчёт за год\n\nномер;место;число\n1;Москва;5\n2;Казань;7\nВсего:;;12\n", 3, 2, 4, []string{"номер", "место", "число"}, true},
		{"repeated and empty names", "имя;имя;;имя\nа;б;в;1\nг;д;е;2\n", 1, 0, 2, []string{"имя", "имя (2)", "C", "имя (3)"}, false},
		{"HXL", "место;число\n#adm1+name;#affected\nМосква;5\nКазань;6\n", 1, 0, 3, []string{"место", "число"}, false},
		{"sep line", "sep=|\nместо|число\nМосква|5\n", 2, 1, 3, []string{"место", "число"}, false},
		{"words only", "фамилия;город\nИванов;Москва\nПетров;Казань\n", 1, 0, 2, []string{"фамилия", "город"}, false},
		{"one column", "имена\nАнна\nОлег\nИван\n", 1, 0, 2, []string{"имена"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, err := Sniff(BytesSource("a.csv", []byte(tt.file)), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, c := range g.Columns {
				names = append(names, c.Name)
			}
			if g.HeaderRow != tt.header || g.TitleRows != tt.titles || g.FirstRow != tt.first || g.TotalRow != tt.total || !slices.Equal(names, tt.columns) {
				t.Errorf("header %d titles %d first %d total %v columns %q (%q)", g.HeaderRow, g.TitleRows, g.FirstRow, g.TotalRow, names, g.Separator)
			}
		})
	}
}

func TestOptionsWin(t *testing.T) {
	file := encode(t, Windows1251, "а;б,в;г\n1;2,3;4\n", false)
	g, err := Sniff(BytesSource("a.csv", file), Options{Encoding: KOI8R, Separator: ",", HeaderRow: -1, NoQuotes: true})
	if err != nil || g.Encoding != KOI8R || g.Separator != "," || g.HeaderRow != 0 || g.FirstRow != 1 || len(g.Columns) != 2 || g.Quotes {
		t.Errorf("%+v, %v", g, err)
	}
	if _, err := Sniff(BytesSource("a.csv", file), Options{Encoding: "latin"}); err == nil {
		t.Error("an unknown encoding was accepted")
	}
}

func TestTotals(t *testing.T) {
	file := "место;число\nМосква;5\nКазань;7\nИтого за май;12\nТверь;3\nИтого за июнь;4\nИТОГО;15\n"
	src := BytesSource("a.csv", []byte(file))
	g, _ := Sniff(src, Options{})
	s, err := Scan(src, g, 100)
	if err != nil || s.Rows != 3 || len(s.Totals) != 3 {
		t.Fatalf("%+v, %v", s, err)
	}
	var matches []bool
	for _, x := range s.Totals {
		matches = append(matches, x.Cells[0].Matches())
	}
	if !slices.Equal(matches, []bool{true, false, true}) {
		t.Errorf("%+v", s.Totals)
	}
	g, _ = Sniff(src, Options{KeepTotal: true})
	if s, _ = Scan(src, g, 100); s.Rows != 6 {
		t.Errorf("%d rows with totals kept", s.Rows)
	}
	for text, want := range map[string]bool{"Итого": true, "ВСЕГО:": true, "Total (2012)": true, "Σ": true, "Итоговый митинг": false, "Тотальный диктант": false, "Всё": false} {
		if isTotalWord(text) != want {
			t.Errorf("isTotalWord(%q) = %v", text, !want)
		}
	}
}

func TestNotTables(t *testing.T) {
	for name, tt := range map[string]struct{ data, key string }{
		"empty":   {"", errEmpty},
		"blank":   {" \r\n \n", errEmpty},
		"pdf":     {"%PDF-1.7 …", errNotTable},
		"html":    {"<html><table>", errNotTable},
		"old xls": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", errOldXLS},
		"zip":     {"PK\x03\x04 broken", errDamaged},
		"binary":  {strings.Repeat("\x00\x01\x02\x7f", 50), errNotTable},
	} {
		_, err := Sniff(BytesSource(name, []byte(tt.data)), Options{})
		if err == nil || !strings.Contains(err.Error(), tt.key) {
			t.Errorf("%s: %v, want %s", name, err, tt.key)
		}
	}
}

// TestLongASCIIHead: the encoding shows only after the first 256 kB.
func TestLongASCIIHead(t *testing.T) {
	var b strings.Builder
	b.WriteString("id;word;n\n")
	for i := range 30000 {
		b.WriteString(itoa(i) + ";meeting;1\n")
	}
	b.WriteString("30000;митинг в Москве;1\n;ИТОГО;30001\n")
	src := BytesSource("a.csv", encode(t, KOI8R, b.String(), false))
	g, err := Sniff(src, Options{})
	if err != nil || g.Encoding != KOI8R || !g.TotalRow || !g.Partial {
		t.Fatalf("%+v, %v", g, err)
	}
	s, err := Scan(src, g, 10)
	if err != nil || s.Rows != 30001 || len(s.Totals) != 1 || !s.Totals[0].Cells[0].Matches() {
		t.Errorf("%d rows, %+v, %v", s.Rows, s.Totals, err)
	}
}

// TestGuessIsEnough: a guess survives being stored, and reads the same rows.
func TestGuessIsEnough(t *testing.T) {
	src := BytesSource("a.csv", []byte("место;когда;число\nМосква;19/01/12;1,5\nТверь;01/02/12;2,25\nИтого;;3,75\n"))
	g, err := Sniff(src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	stored, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	var again Guess
	if err := json.Unmarshal(stored, &again); err != nil || !reflect.DeepEqual(g, again) {
		t.Fatalf("%+v\n%+v\n%v", g, again, err)
	}
	rows := readAll(t, src, again)
	d, note, err := again.Columns[1].Date(rows[1].Cells[1])
	if err != nil || note != nil || d.Date.String() != "2012-02-01" {
		t.Errorf("%v %v %v", d, note, err)
	}
	n, _, err := again.Columns[2].Number(rows[1].Cells[2])
	if err != nil || n.Value != 2.25 {
		t.Errorf("%v %v", n, err)
	}
}
