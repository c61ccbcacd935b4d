package sheet

import (
	"math"
	"testing"

	"svod/internal/core"
)

var none = math.NaN()

var numberCells = []struct {
	in         string
	value, max float64 // max NaN: no range; value NaN: error
	about      bool
	note       string
}{
	{"198", 198, none, false, ""},
	{"-5", -5, none, false, ""},
	{"−5,5", -5.5, none, false, ""},
	{"300,0", 300, none, false, ""},
	{" 600\u00a0", 600, none, false, ""},
	{"1 200", 1200, none, false, ""},
	{"1\u00a0200\u202f300", 1200300, none, false, ""},
	{"12 345,67", 12345.67, none, false, ""},
	{"1'200", 1200, none, false, ""},
	{"1,234,567.89", 1234567.89, none, false, ""},
	{"1.234.567,89", 1234567.89, none, false, ""},
	{"1,200", 1200, none, false, noteNumberComma},
	{"0,125", 0.125, none, false, ""},
	{"37.611", 37.611, none, false, ""},
	{"20 чел.", 20, none, false, ""},
	{"3 человека", 3, none, false, ""},
	{"задержано 20 человек", 20, none, false, ""},
	{"20 people", 20, none, false, ""},
	{"1 500 руб.", 1500, none, false, ""},
	{"1,5 тыс.", 1500, none, false, ""},
	{"2 млн", 2e6, none, false, ""},
	{"около 20", 20, none, true, noteNumberAbout},
	{"ок. 20 чел.", 20, none, true, noteNumberAbout},
	{"~20", 20, none, true, noteNumberAbout},
	{"20?", 20, none, true, noteNumberAbout},
	{"20 (?)", 20, none, true, noteNumberAbout},
	{"about 20", 20, none, true, noteNumberAbout},
	{"20-30", 20, 30, true, noteNumberRange},
	{"20 — 30 человек", 20, 30, true, noteNumberRange},
	{"от 20 до 30", 20, 30, true, noteNumberRange},
	{"два-три человека", 2, 3, true, noteNumberRange},
	{"2–3 тыс.", 2000, 3000, true, noteNumberRange},
	{"около 20-30", 20, 30, true, noteNumberRange},
	{"более 100", 100, none, true, noteNumberAtLeast},
	{"св. 100", 100, none, true, noteNumberAtLeast},
	{"не менее 15", 15, none, true, noteNumberAtLeast},
	{"100 и более", 100, none, true, noteNumberAtLeast},
	{">100", 100, none, true, noteNumberAtLeast},
	{"20+", 20, none, true, noteNumberAtLeast},
	{"at least 15", 15, none, true, noteNumberAtLeast},
	{"до 50", 50, none, true, noteNumberAtMost},
	{"не более 30 чел", 30, none, true, noteNumberAtMost},
	{"двадцать", 20, none, false, ""},
	{"двадцать пять", 25, none, false, ""},
	{"сто двадцать", 120, none, false, ""},
	{"трёх", 3, none, false, ""},
	{"трое", 3, none, false, ""},
	{"десяток", 10, none, true, noteNumberAbout},
	{"two hundred", 200, none, false, ""},
	{"тысяча", 1000, none, false, ""},
	{"198 (оценка)", 198, none, false, noteNumberComment},
	{"20*", 20, none, false, noteNumberComment},
	{"30-20", none, none, false, ""},
	{"5 мая", none, none, false, ""},
	{"20 задержанных, 3 избиты", none, none, false, ""},
	{"05-2012", none, none, false, ""},
	{"15 20", none, none, false, ""},
	{"1,2,3", none, none, false, ""},
	{"05.06.2012", none, none, false, ""},
	{"1e5", none, none, false, ""},
	{"двадцать щук", none, none, false, ""},
	{"Москва", none, none, false, ""},
}

func TestParseNumber(t *testing.T) {
	for _, tt := range numberCells {
		got, err := ParseNumber(tt.in)
		if math.IsNaN(tt.value) {
			if core.KindOf(err) != core.KindInvalid {
				t.Errorf("ParseNumber(%q) = %+v, want an error", tt.in, got)
			}
			continue
		}
		if err != nil || got.Empty || got.Value != tt.value || got.About != tt.about || got.Note != tt.note || (got.Max == nil) != math.IsNaN(tt.max) || got.Max != nil && *got.Max != tt.max {
			t.Errorf("ParseNumber(%q) = %+v, %v", tt.in, got, err)
		}
	}
}

func TestCommaStyle(t *testing.T) {
	for in, want := range map[string]CommaStyle{"12,5": CommaDecimal, "55,7699": CommaDecimal, "1,234,567": CommaThousands, "1,234.5": CommaThousands, "1,234": CommaUnknown, "12": CommaUnknown, "a,b": CommaUnknown} {
		if got := CommaStyleOf(in); got != want {
			t.Errorf("CommaStyleOf(%q) = %d, want %d", in, got, want)
		}
	}
	if n, _ := ParseNumberStyle("55,769", CommaDecimal); n.Value != 55.769 || n.Note != "" {
		t.Errorf("%+v", n)
	}
	if n, _ := ParseNumberStyle("1,200", CommaThousands); n.Value != 1200 || n.Note != "" {
		t.Errorf("%+v", n)
	}
}

func TestMissingWord(t *testing.T) {
	tests := []struct {
		in     string
		reason core.Missing
		ok     bool
	}{
		{"", "", true}, {"-", "", true}, {"—", "", true}, {"...", "", true}, {"н/д", core.Unknown, true}, {"Неизвестно", core.Unknown, true},
		{"нет\u00a0данных", core.Unknown, true}, {"?", core.Unknown, true}, {"(не указано)", core.Unknown, true}, {"не спрашивали", core.NotAsked, true},
		{"Отказалась отвечать", core.Refused, true}, {"prefer not to say", core.Refused, true}, {"N/A", core.NotApplicable, true},
		{"нет", "", false}, {"0", "", false}, {"Москва", "", false},
	}
	for _, tt := range tests {
		if got, ok := MissingWord(tt.in); got != tt.reason || ok != tt.ok {
			t.Errorf("MissingWord(%q) = %q, %v", tt.in, got, ok)
		}
	}
}

func TestParseYesNo(t *testing.T) {
	for in, want := range map[string]int{"Да": 1, "нет": 0, "YES": 1, "false": 0, "1": 1, "+": 1, "": 2, "может быть": 2} {
		yes, ok := ParseYesNo(in)
		if got := map[bool]int{true: 1, false: 0}[yes]; ok && got != want || !ok && want != 2 {
			t.Errorf("ParseYesNo(%q) = %v, %v", in, yes, ok)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"около 20", "20-30", "1 200,5", "двадцать пять", "св. 100", "1,5 тыс.", "н/д", "20 (?)", "от 2 до 3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNumber(s)
		if err != nil {
			if core.KindOf(err) != core.KindInvalid {
				t.Fatal(err)
			}
			return
		}
		if math.IsNaN(n.Value) || math.IsInf(n.Value, 0) || n.Max != nil && *n.Max < n.Value || n.Max != nil && !n.About {
			t.Fatalf("%+v", n)
		}
	})
}
