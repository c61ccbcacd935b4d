package sheet

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// encode writes s in an encoding; characters it lacks are an error.
func encode(t testing.TB, name, s string, bom bool) []byte {
	t.Helper()
	switch name {
	case UTF8:
		if bom {
			s = "\ufeff" + s
		}
		return []byte(s)
	case UTF16LE, UTF16BE:
		order := unicode.LittleEndian
		if name == UTF16BE {
			order = unicode.BigEndian
		}
		policy := unicode.IgnoreBOM
		if bom {
			policy = unicode.UseBOM
		}
		b, err := unicode.UTF16(order, policy).NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b, err := singleByte(name).NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return b
}

var cyrillicFiles = []string{Windows1251, KOI8R, CP866, MacCyrillic, ISO88595, UTF8, UTF16LE, UTF16BE}

// TestDetectShort: three rows are enough, also of capitals, names and dates.
func TestDetectShort(t *testing.T) {
	texts := []string{
		"№;Дата;Место\n1;04.12.2011;Москва\n2;05.12.2011;Казань\n",
		"Имя;Город\nИванова Анна;Тверь\nПетров Олег;Уфа\n",
		"ФИО;СТАТЬЯ\nСИДОРОВ П.Я.;20.2 КОАП\nЩУКИН Ю.Э.;19.3 КОАП\n",
		"Id;date;place\n1;04.12.2011;Триумфальная площадь\n2;05.12.2011;чистые пруды\n",
		"Событие;Задержано\nмитинг;20\nпикет;3\n",
		"id,description\n1,Для всех объявлен сбор\n2,Съезд ещё идёт\n",
		"name;city;note\nJohn;London;all is well\nMary;Paris;да\n",
	}
	for _, name := range cyrillicFiles {
		for i, s := range texts {
			if name != Windows1251 && name != UTF8 && !strings.HasPrefix(name, "utf-16") && name != CP866 && name != MacCyrillic && name != ISO88595 {
				s = strings.ReplaceAll(s, "№", "N")
			}
			data := encode(t, name, s, false)
			d := detectEncoding(data, false)
			// CP866 and MacCyrillic agree on capitals: what counts is the reading
			if read, err := decodeHead(data, d.encoding, false); err != nil || read != s {
				t.Errorf("text %d in %s taken for %s (%.2f)", i, name, d.encoding, d.confidence)
			}
		}
	}
}

func TestDetectOthers(t *testing.T) {
	tests := []struct {
		name, text string
		bom        bool
	}{
		{KOI8U, "Ім'я;Місто\nОлена;Київ\nЇжакевич;Євпаторія\n", false},
		{Windows1252, "Name;Ort\nMüller;Köln\nGrün;Zürich\n", false},
		{UTF8, "plain;ascii\n1;2\n", false},
		{UTF8, "имя;город\n", true},
		{UTF16LE, "имя\tгород\n", true},
		{UTF16BE, "имя\tгород\n", true},
		{Windows1251, "Цитата;Автор\nОн сказал… и ушёл;«Новая газета»\nНет — да;Иванов\n", false},
	}
	for _, tt := range tests {
		d := detectEncoding(encode(t, tt.name, tt.text, tt.bom), false)
		if d.encoding != tt.name || (d.bom > 0) != tt.bom {
			t.Errorf("%s taken for %s (%.2f), mark %d", tt.name, d.encoding, d.confidence, d.bom)
		}
	}
}

// TestNEL: 0x85 is «…» in windows-1251 and «Е» in CP866, and ends no line.
func TestNEL(t *testing.T) {
	for _, name := range []string{Windows1251, CP866, UTF8} {
		s := "имя;слова\nАнна;и вот… конец Европы\nОлег;да\n"
		if name == CP866 {
			s = strings.ReplaceAll(s, "…", "...")
		} else {
			s = strings.ReplaceAll(s, "вот", "вот\u2028")
			if name == Windows1251 {
				s = strings.ReplaceAll(s, "\u2028", "")
			}
		}
		src := BytesSource("a.csv", encode(t, name, s, false))
		g, err := Sniff(src, Options{Encoding: name})
		if err != nil {
			t.Fatal(err)
		}
		if rows := readAll(t, src, g); len(rows) != 2 || !strings.HasSuffix(rows[0].Text(1), "Европы") {
			t.Errorf("%s: %v", name, rows)
		}
	}
}

// TestRoundTripTables: random tables survive every encoding, separator and line end.
func TestRoundTripTables(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 11))
	words := strings.Fields("митинг пикет шествие Москва Казань суд отделение полиции задержание активист площадь адвокат протокол объявлен съезд ещё Юлия Яна этап")
	for _, name := range append([]string{KOI8U}, cyrillicFiles...) {
		for _, sep := range []string{";", ",", "\t", "|"} {
			for _, end := range []string{"\r\n", "\n", "\r"} {
				table, file := randomTable(rng, words, sep, end)
				src := BytesSource("t.csv", encode(t, name, file, strings.HasPrefix(name, "utf-16")))
				g, err := Sniff(src, Options{})
				if err != nil {
					t.Fatal(err)
				}
				label := fmt.Sprintf("%s %q %q", name, sep, end)
				if (g.Encoding != name && name != KOI8U) || g.Separator != sep || g.HeaderRow != 1 {
					t.Errorf("%s: guessed %s %q header %d", label, g.Encoding, g.Separator, g.HeaderRow)
					continue
				}
				rows := readAll(t, src, g)
				if len(rows) != len(table) {
					t.Errorf("%s: %d rows, want %d", label, len(rows), len(table))
					continue
				}
				for i := range table {
					for j := range table[i] {
						if rows[i].Text(j) != table[i][j] {
							t.Errorf("%s: row %d: %q, want %q", label, i, rows[i].Text(j), table[i][j])
						}
					}
				}
			}
		}
	}
}

func randomTable(rng *rand.Rand, words []string, sep, end string) (table [][]string, file string) {
	var b strings.Builder
	b.WriteString(strings.Join([]string{"номер", "дата", "описание", "место", "число"}, sep) + end)
	inner := strings.NewReplacer("\r\n", "\n", "\r", "\n")
	for i := range 3 + rng.IntN(40) {
		text := words[rng.IntN(len(words))]
		for range rng.IntN(8) {
			text += []string{" ", ", ", "; ", " | ", end, ` "`, `" `, " - "}[rng.IntN(8)] + words[rng.IntN(len(words))]
		}
		row := []string{itoa(i + 1), fmt.Sprintf("%02d.%02d.2012", 1+rng.IntN(28), 1+rng.IntN(12)), text, words[rng.IntN(len(words))], itoa(rng.IntN(500))}
		for j, cell := range row {
			if j > 0 {
				b.WriteString(sep)
			}
			if strings.ContainsAny(cell, sep+"\"\r\n") || rng.IntN(4) == 0 {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString(end)
		row[2] = inner.Replace(row[2])
		table = append(table, row)
	}
	return table, b.String()
}
