package index

import (
	"strings"
	"testing"

	"svod/internal/core"
)

func TestParseCanonicalForm(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"   ", ""},
		{"митинг пикет", "митинг пикет"},
		{"«честные  выборы»", `"честные выборы"`},
		{"“за честные выборы”", `"за честные выборы"`},
		{"митинг*", "митинг*"},
		{"-пикет", "-пикет"},
		{"−пикет —\"одиночный пикет\"", `-пикет -"одиночный пикет"`},
		{"Москва — столица", "Москва столица"},
		{"Санкт-Петербург", "Санкт-Петербург"},
		{"a OR b", "a OR b"},
		{"a ИЛИ b | c", "a OR b OR c"},
		{"a b OR c", "a b OR c"},
		{"a (b OR c)", "a (b OR c)"},
		{"(a OR b) OR c", "a OR b OR c"},
		{"a (b (c d))", "a b c d"},
		{"a AND b", "a b"},
		{"или or and", "или or and"},
		{"-(a b)", "-(a b)"},
		{"-(-a)", "a"},
		{"--a", "-a"},
		{"~Ivanov", "~Ivanov"},
		{"-~Ivanov", "-~Ivanov"},
		{"region:RU-MOW", "region:RU-MOW"},
		{"region:(RU-MOW OR RU-SPE)", "region:(RU-MOW OR RU-SPE)"},
		{"region:(RU-MOW)", "region:RU-MOW"},
		{"form:(-picket)", "form:(-picket)"},
		{"detained:-5", "detained:-5"},
		{`topic:"честные выборы"`, `topic:"честные выборы"`},
		{`"Дата начала":2012-05..2012-06`, `"Дата начала":2012-05..2012-06`},
		{"start:2012-05..2012-06 detained:>10 detained:10..20", "start:2012-05..2012-06 detained:>10 detained:10..20"},
		{"region:? region:?unknown", "region:? region:?unknown"},
		{"name:~Petrov", "name:~Petrov"},
		{"a translit:no", "a translit:no"},
		{"транслит:нет", "translit:no"},
		{"a translit:да", "a"},
		{"сказал: нет", "сказал: нет"},
		{"https://ovdinfo.org/x", "https://ovdinfo.org/x"},
		{"в 12:30", "в 12:30"},
		{"a OR", "a"},
		{"OR a", "a"},
		{"a OR OR b", "a OR b"},
		{"(a", "a"},
		{"a) b", "a b"},
		{"()", ""},
		{`"a b`, `"a b"`},
		{`""`, ""},
		{"region:()", ""},
		{"- -- —", ""},
		{"a:(b:c d)", "a:(b:c d)"},
		{"start:[2012-05-06,2012-05-07]", "start:[2012-05-06,2012-05-07]"},
	} {
		q, err := Parse(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if got := q.String(); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
		checkRoundTrip(t, c.in, q)
	}
}

func checkRoundTrip(t *testing.T, in string, q Query) {
	t.Helper()
	again, err := Parse(q.String())
	if err != nil {
		t.Fatalf("%q → %q: %v", in, q.String(), err)
	}
	if !q.Equal(again) {
		t.Fatalf("%q → %q → %q: not equal\n%+v\n%+v", in, q.String(), again.String(), q.Root, again.Root)
	}
}

func TestParseWarnsAndRepairs(t *testing.T) {
	for in, want := range map[string]string{
		`митинг "без конца`: "index.open_quote",
		"(a OR b":           "index.open_bracket",
		"a) b":              "index.stray_bracket",
		"a OR":              "index.dangling_or",
	} {
		q, err := Parse(in)
		if err != nil || len(q.Warnings) != 1 || q.Warnings[0].Key != want {
			t.Errorf("%q: %v, %v, want one %s", in, q.Warnings, err, want)
		}
	}
	q, _ := Parse("обычная проза — с тире, скобкой (так) и «кавычками».")
	if len(q.Warnings) != 0 {
		t.Errorf("prose gives warnings: %v", q.Warnings)
	}
}

func TestParseLimits(t *testing.T) {
	for in, want := range map[string]string{
		strings.Repeat("a", MaxQueryRunes+1):     "index.too_long",
		strings.Repeat("a ", MaxQueryNodes+1):    "index.too_many",
		strings.Repeat("(", MaxQueryDepth+1):     "index.too_deep",
		strings.Repeat("-(a ", MaxQueryDepth+10): "index.too_deep",
	} {
		_, err := Parse(in)
		e, ok := err.(*core.Error)
		if !ok || e.Key != want || e.Kind != core.KindTooLarge {
			t.Errorf("%.20q…: %v, want %s", in, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a (b OR c) -d", `x:"y z" -~n* AND OR`, "«a:(b -c)» | ~*", "a:*** -- ?(", "a:~-b translit:no OR c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		q, err := Parse(in)
		if err != nil {
			return
		}
		checkRoundTrip(t, in, q)
		if _, err := Compile(q, NewLookup(nil, nil), nil); err != nil {
			if _, ok := err.(*core.Error); !ok {
				t.Fatalf("%q: %v", in, err)
			}
		}
	})
}
