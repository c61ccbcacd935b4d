package index

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"svod/internal/core"
)

func sampleValues(t *testing.T) core.Values {
	return core.Values{
		"title":    core.TextValue("Сход"),
		"form":     {Items: []core.Item{{Term: "solo", Clarify: "с плакатом"}}},
		"region":   {Items: []core.Item{{Place: &core.Place{Code: "RU-MOW", Local: "Арбат"}}}},
		"start":    core.DateValue(mustDate(t, "2012-05")),
		"detained": {Items: []core.Item{{Number: &core.Number{Value: 5.25, About: true}}}},
		"notified": core.MissingValue(core.Refused),
		"fine":     {Items: []core.Item{{Money: &core.Money{Minor: 100, Currency: "RUB"}}}},
		"contact":  {Items: []core.Item{{Contact: &core.Contact{Channel: "email", Value: "a@b.org"}}}},
		"papers":   {Items: []core.Item{{File: &core.FileRef{ID: circleA}}}},
		"victim":   core.LinkValue(circleB),
		"secret":   core.NoteValue("ru", "тайна"),
		"alias":    {Items: []core.Item{{Name: &core.Name{Full: "Ли"}}, {Name: &core.Name{Family: "Петрова", Given: "Анна"}}}},
		"sex":      core.TermValue("female"),
		"born":     core.DateValue(mustDate(t, "1980-01-02")),
		"person":   {Missing: core.Unknown},
	}
}

func TestFacetsOf(t *testing.T) {
	var got []string
	for _, k := range FacetsOf(eventType(), sampleValues(t), testLookup()) {
		got = append(got, k.Field+"="+k.Value)
	}
	want := `@has=file
contact=! contact=email
detained=! detained=#.1 detained=#.3 detained=#.4 detained=#.5 detained=#.6 detained=#.7 detained=#0 detained=#2 detained=5-9 detained=~
fine=! fine=RUB
form=! form=assembly form=picket form=solo
notified=? notified=?refused
papers=! person=? person=?unknown
region=! region=RU region=RU-MOW
start=! start=2012 start=2012-05 start=2012-05-01 start=~d
story=? title=! victim=!`
	if w := strings.Fields(want); !slices.Equal(got, w) {
		t.Errorf("got  %v\nwant %v", got, w)
	}
}

func TestSealedFieldsLeaveNoKey(t *testing.T) {
	typ := eventType()
	for i := range typ.Fields {
		typ.Fields[i].Sensitivity = core.Sealed
	}
	v := sampleValues(t)
	if keys := FacetsOf(typ, v, testLookup()); len(keys) != 0 {
		t.Errorf("facets: %v", keys)
	}
	if keys := SortKeysOf(typ, v); len(keys) != 0 {
		t.Errorf("sort keys: %v", keys)
	}
	tokens, _ := TokensOf(typ, v, testLookup(), nil)
	for _, tok := range tokens {
		if !tok.Sealed {
			t.Errorf("open token of a sealed field: %v", tok)
		}
	}
	open, _ := TokensOf(eventType(), v, testLookup(), func(f *core.Field) bool { return f.Key == "title" })
	for _, tok := range open {
		if (tok.Token == "сход") && !tok.Sealed {
			t.Error("a field the caller seals gave an open token")
		}
	}
}

func TestDateBuckets(t *testing.T) {
	for in, want := range map[string]string{
		"2012-05-06":            "2012 2012-05 2012-05-06",
		"2012-05-06T14:30":      "2012 2012-05 2012-05-06",
		"2012-05-06~":           "2012 2012-05 2012-05-06 ~",
		"2012-05":               "2012 2012-05 2012-05-01 ~d",
		"2012":                  "2012 2012-01 2012-01-01 ~d ~m",
		"201X":                  "2010 2010-01 2010-01-01 ~d ~m ~y",
		"2012-04-30/2012-05-01": "2012 2012-04 2012-04-30 ~d ~m",
		"../2012-03-04":         "2012 2012-03 2012-03-04 ~d ~m ~y",
		"2012-06-01/..":         "2012 2012-06 2012-06-01 ~d ~m ~y",
		"../..":                 "",
	} {
		d, err := core.ParseDate(in)
		if err != nil {
			if in == "../.." {
				continue // a date open at both ends does not exist
			}
			t.Fatal(err)
		}
		got := dateFacets(d)
		slices.Sort(got)
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", in, s, want)
		}
	}
}

func TestBands(t *testing.T) {
	for v, want := range map[float64]string{
		-0.5: "<0", 0: "0", 0.9: "0", 1: "1", 1.5: "1", 2: "2-4", 4.99: "2-4", 5: "5-9", 10: "10-19", 20: "20-49",
		49.5: "20-49", 50: "50-99", 100: "100-199", 7206: "5000-9999", 999_999: "500000-999999", 1e6: "1000000+", 1e12: "1000000+",
	} {
		got := Band(v)
		if got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
		from, to, ok := BandBounds(got)
		if !ok || v < from || v >= to {
			t.Errorf("%v is not in %s: %v … %v %v", v, got, from, to, ok)
		}
	}
	for _, s := range []string{"", "3-4", "2", "x", "2012-05", "?", "1000000"} {
		if _, _, ok := BandBounds(s); ok {
			t.Errorf("%q is no band", s)
		}
	}
}

func TestSortKeyOrder(t *testing.T) {
	numbers := []float64{math.Inf(-1), -1e9, -2.5, -1, -math.SmallestNonzeroFloat64, 0, 0.1, 1, 1.5, 2, 650, 1e14}
	for i := 1; i < len(numbers); i++ {
		if bytes.Compare(NumberSortKey(numbers[i-1]), NumberSortKey(numbers[i])) >= 0 {
			t.Errorf("%v does not sort before %v", numbers[i-1], numbers[i])
		}
	}
	if !bytes.Equal(NumberSortKey(math.Copysign(0, -1)), NumberSortKey(0)) {
		t.Error("-0 and 0 differ")
	}
	typ := eventType()
	key := func(field string, v core.Value) []byte {
		for _, k := range SortKeysOf(typ, core.Values{field: v}) {
			if k.Field == field {
				return k.Key
			}
		}
		t.Fatalf("no key for %s", field)
		return nil
	}
	dates := []string{"1999", "2011-12-31", "2012-01-01", "2012", "2012-05-06", "2012-05-06T14:30", "2012-05-07"}
	for i := 1; i < len(dates); i++ {
		a, b := core.DateValue(mustDate(t, dates[i-1])), core.DateValue(mustDate(t, dates[i]))
		if bytes.Compare(key("start", a), key("start", b)) >= 0 {
			t.Errorf("%s does not sort before %s", dates[i-1], dates[i])
		}
	}
	names := []core.Name{{Full: "Пётр Авдеев", Family: "Авдеев", Given: "Пётр"}, {Full: "Ежов"}, {Full: "Ёжиков"}, {Full: "Яшин"}}
	for i := 1; i < len(names); i++ {
		a := core.Value{Items: []core.Item{{Name: &names[i-1]}}}
		b := core.Value{Items: []core.Item{{Name: &names[i]}}}
		if i == 2 {
			a, b = b, a // ё stands among е: Ежиков before Ежов
		}
		if bytes.Compare(key("person", a), key("person", b)) >= 0 {
			t.Errorf("names %d and %d are out of order", i-1, i)
		}
	}
}

func TestSpanKeysOnlyForImpreciseDates(t *testing.T) {
	typ := eventType()
	for in, want := range map[string]int{"2012-05-06": 1, "2012-05-06T10:00": 1, "2012-05": 3, "../2012": 3} {
		if got := SortKeysOf(typ, core.Values{"start": core.DateValue(mustDate(t, in))}); len(got) != want {
			t.Errorf("%s: %d keys, want %d", in, len(got), want)
		}
	}
}

func TestTokensOf(t *testing.T) {
	values := core.Values{
		"title":  core.TextValue("Марши в Москве"),
		"form":   {Items: []core.Item{{Term: "solo", Clarify: "с плакатом"}}},
		"secret": core.NoteValue("ru", "тайны"),
		"sex":    core.TermValue("female"),
		"alias":  {Items: []core.Item{{Name: &core.Name{Full: "Ли Анна"}}}},
	}
	tokens, cut := TokensOf(eventType(), values, testLookup(), nil)
	if cut {
		t.Error("cut")
	}
	byPos := map[int][]string{}
	for _, tok := range tokens {
		s := tok.Token
		if tok.Sealed {
			s = "[" + s + "]"
		}
		if !strings.Contains(s, "~") { // keys belong to package text
			byPos[tok.Pos] = append(byPos[tok.Pos], s)
		}
	}
	for pos, want := range map[int]string{
		0: "марш title/марш", 1: "в title/в", 2: "москв title/москв",
		3: "",
		4: "solo", 5: "picket", 6: "", 7: "одиночн", 8: "пикет", 9: "",
		10: "с form/с", 11: "плакат form/плакат", 12: "",
		13: "[тайн] [secret/тайн]", 14: "",
		15: "[ли] [alias/ли]", 16: "[ан] [alias/ан] [анна] [alias/анна] [^анн] [alias/^анн] [^анна] [alias/^анна]",
		18: "[sex/=female]", 20: "[femal]", 22: "[женск]",
	} {
		if got := strings.Join(byPos[pos], " "); got != want {
			t.Errorf("position %d: %q, want %q", pos, got, want)
		}
	}
}

func TestTokensAreBounded(t *testing.T) {
	long := strings.Repeat("слово ", MaxPositions+500)
	tokens, cut := TokensOf(eventType(), core.Values{"title": core.TextValue("а"), "story": core.NoteValue("ru", long), "region": {Items: []core.Item{{Place: &core.Place{Local: "Арбат"}}}}}, testLookup(), nil)
	if !cut {
		t.Error("cut was not reported")
	}
	for _, tok := range tokens {
		if tok.Pos >= MaxPositions {
			t.Fatalf("position %d", tok.Pos)
		}
	}
	tokens, _ = TokensOf(eventType(), core.Values{"title": core.TextValue(strings.Repeat("ж", 5000))}, testLookup(), nil)
	for _, tok := range tokens {
		if len(tok.Token) > 200 {
			t.Errorf("token of %d bytes", len(tok.Token))
		}
	}
}
