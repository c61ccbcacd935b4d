package text

import (
	"fmt"
	"strings"
	"testing"
)

func TestTokenize(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{" — «» … ", ""},
		{"Задержаны на митинге.", "задержаны@0 на@1 митинге@2"},
		{"Санкт-Петербург, ул. Ёлкина", "санкт@0 петербург@1 ул@2 елкина@3"},
		{"ст. 20.2 КоАП", "ст@0 20.2@1 20@1p 2@1p коап@2"},
		{"19.34", "19.34@0 19@0p 34@0p"},
		{"04.12.2011г.", "04.12.2011@0 04@0p 12@0p 2011@0p г@1"},
		{"ч.2 ст.19.3.", "ч@0 2@1 ст@2 19.3@3 19@3p 3@3p"},
		{"20.2КоАП", "20.2@0 20@0p 2@0p коап@1"},
		{"oʻzbek o'zbek O‘zbekiston", "ozbek@0 ozbek@1 ozbekiston@2"},
		{"м'ята м’ята мʼята", "мята@0 мята@1 мята@2"},
		{"Amnesty's report, don't", "amnesty@0 report@1 dont@2"},
		{"'quoted' word'", "quoted@0 word@1"},
		{"cобытия Kирилла", "события@0 кирилла@1"},
		{"ми\u00adтинг Мо\u0301сквы", "митинг@0 москвы@1"},
		{"Əliyev İlham", "eliyev@0 ilham@1"},
		{"Հայաստանի հանրապետություն", "հայաստանի@0 հանրապետություն@1"},
		{"საქართველო 2011", "საქართველო@0 2011@1"},
		{"12-летний 11а №5", "12@0 летний@1 11а@2 5@3"},
		{"https://ovd.example/a?b=1", "https@0 ovd@1 example@2 a@3 b@4 1@5"},
		{"1..2 3.", "1@0 2@1 3@2"},
	} {
		var out []string
		for _, tok := range Tokenize(c.in) {
			mark := ""
			if tok.Part {
				mark = "p"
			}
			out = append(out, fmt.Sprintf("%s@%d%s", tok.Word, tok.Pos, mark))
		}
		if got := strings.Join(out, " "); got != c.want {
			t.Errorf("Tokenize(%q)\nhave %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestTokenOffsets(t *testing.T) {
	s := "Ёлка — м’ята: 20.2, cобытие"
	want := []string{"Ёлка", "м’ята", "20.2", "20", "2", "cобытие"}
	for i, tok := range Tokenize(s) {
		if s[tok.Start:tok.End] != want[i] {
			t.Errorf("token %d is %q, want %q", i, s[tok.Start:tok.End], want[i])
		}
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"ст. 20.2 КоАП", "o'zbek'", "\xff\u0301a", "a\u00ad\u200bb", "1.2.3.", "ﬁ'ﬁ", "\u1ff9\u0345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end, pos := 0, -1
		for _, tok := range Tokenize(s) {
			if tok.Start < 0 || tok.Start >= tok.End || tok.End > len(s) {
				t.Fatalf("%q: bad range %+v", s, tok)
			}
			if !tok.Part {
				if tok.Start < end || tok.Pos != pos+1 {
					t.Fatalf("%q: out of order %+v", s, tok)
				}
				end, pos = tok.End, tok.Pos
			} else if tok.End > end || tok.Pos != pos {
				t.Fatalf("%q: part outside its number %+v", s, tok)
			}
			if tok.Word == "" || strings.ContainsAny(tok.Word, " '-\"") {
				t.Fatalf("%q: word %q", s, tok.Word)
			}
			if Fold(tok.Word) != tok.Word {
				t.Fatalf("%q: word %q is not folded", s, tok.Word)
			}
		}
		var joined strings.Builder
		for _, span := range Highlight(s, func(w string) bool { return len(w)%2 == 0 }) {
			joined.WriteString(span.Text)
		}
		if joined.String() != s {
			t.Fatalf("Highlight(%q) lost text: %q", s, joined.String())
		}
		Snippet(s, func(w string) bool { return len(w)%2 == 0 }, 10)
	})
}

func TestStem(t *testing.T) {
	for _, group := range [][]string{
		{"митингов", "митинги", "митинг", "Митингами", "МИТИНГЕ"},
		{"ёлка", "елка", "Ёлки", "ЕЛКУ"},
		{"задержание", "задержания", "задержаний"},
		{"полиция", "полиции", "полицией"},
		{"detention", "detentions"},
		{"rallies", "rally"},
		{"protested", "protests", "protest", "protesting"},
	} {
		for _, w := range group[1:] {
			if Stem(w) != Stem(group[0]) {
				t.Errorf("Stem(%s) = %s, Stem(%s) = %s", w, Stem(w), group[0], Stem(group[0]))
			}
		}
	}
}

func TestStemLeavesOtherAlphabets(t *testing.T) {
	for _, w := range []string{"мітингів", "қамауға", "ўзбекистон", "ҳуқуқ", "հայաստանի", "საქართველოს", "20.2", "11а", "әділет", "ґанками", ""} {
		if got := Stem(w); got != w {
			t.Errorf("Stem(%s) = %s", w, got)
		}
	}
	if got := StemLang("затриманнями", "uk"); got != "затриманнями" {
		t.Errorf("Ukrainian word stemmed to %s", got)
	}
	if got := StemLang("hisoblash", "uz"); got != "hisoblash" {
		t.Errorf("Uzbek word stemmed to %s", got)
	}
	if a, b := StemLang("drepturile", "ro"), StemLang("drepturilor", "ro"); a != b {
		t.Errorf("Romanian: %s, %s", a, b)
	}
	if a, b := StemLang("Митинги", "ru-RU"), StemLang("rallies", "ru"); a != "митинг" || b != "ralli" {
		t.Errorf("ru-RU: %s, %s", a, b)
	}
}

var benchText = strings.Repeat("Полиция задержала 17 участников несогласованного митинга у здания ОВД «Тверское»; на двоих составлены протоколы по ч. 5 ст. 20.2 КоАП. "+
	"Police detained 17 participants of an unauthorised rally. Ёлкина Юлия Сергеевна отпущена без протокола. ", 20)

func BenchmarkTokenize(b *testing.B) {
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	for range b.N {
		Tokenize(benchText)
	}
}

func BenchmarkTokenizeAndStem(b *testing.B) {
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	n := 0
	for range b.N {
		for _, t := range Tokenize(benchText) {
			Stem(t.Word)
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkFold(b *testing.B) {
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	for range b.N {
		Fold(benchText)
	}
}
