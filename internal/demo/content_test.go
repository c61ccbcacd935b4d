package demo

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"svod/internal/core"
)

func TestTitlesReadAsPeopleWrite(t *testing.T) {
	for _, c := range []struct {
		fact   fact
		ru, en string
	}{
		{fact{form: "rally", topic: "elections", region: "RU-MOW", detained: 198},
			"Митинг за честные выборы в Москве, задержано 198 человек", "Rally for fair elections in Moscow, 198 people detained"},
		{fact{form: "single-picket", topic: "other", region: "RU-SPE", detained: 1},
			"Одиночный пикет в Санкт-Петербурге, задержан 1 человек", "Single-person picket in Saint Petersburg, 1 person detained"},
		{fact{form: "leafleting", region: "RU-NIZ", detained: 22},
			"Раздача листовок в Нижегородской области, задержано 22 человека", "Leafleting in Nizhny Novgorod Oblast, 22 people detained"},
		{fact{form: "stroll", topic: "dima-yakovlev-law", region: "RU-VOR", detained: 21},
			"Протестная прогулка против «закона Димы Яковлева» в Воронежской области, задержан 21 человек",
			"Protest stroll against the “Dima Yakovlev law” in Voronezh Oblast, 21 people detained"},
		{fact{form: "eco-camp", topic: "environment", region: "RU-MOW", detained: 5},
			"Экологический лагерь в Москве, задержано 5 человек", "Environmental camp in Moscow, 5 people detained"},
	} {
		got, err := c.fact.title()
		if err != nil || got["ru"] != c.ru || got["en"] != c.en {
			t.Errorf("%v: %q %q", err, got["ru"], got["en"])
		}
	}
	if _, err := (fact{form: "feast", region: "RU-MOW"}).title(); err == nil {
		t.Error("a form without words passes")
	}
}

func TestTheFactTable(t *testing.T) {
	data, err := fs.Sub(content, "data")
	if err != nil {
		t.Fatal(err)
	}
	facts, err := readFacts(data)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, f := range facts {
		sum += f.detained
		if _, err := f.values(); err != nil {
			t.Error(err)
		}
	}
	if len(facts) != 463 || sum != 7206 {
		t.Errorf("%d events, %d detained", len(facts), sum)
	}
}

// A slip in a data file must be found before anybody sees the demo.
func TestMistakesInStoriesAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"recordz: []":                                             "unknown field",
		"author: olga\nrecords: []":                               "want vera or marat",
		"records: [{type: person}]":                               "every record needs one",
		"records: [{id: OVD-1, type: person}]":                    "not beginning with OVD-",
		"records: [{id: a, type: person, circle: moon}]":          "want ladoga or prichal",
		"records: [{id: a, type: person}, {id: a, type: person}]": "is used in people/x.yaml already",
		"records: [{id: a, type: person, share: [moon]}]":         "want ladoga or prichal",
		"records: [{id: a, type: person, sharing: [prichal]}]":    "unknown field",
		"records:\n  - id: a\n    type: person\n    values: {name: Анна}\n    valuez: {name: Анна}": "unknown field",
	} {
		_, err := readStories(fstest.MapFS{"people/x.yaml": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "people/x.yaml") {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestShortForms(t *testing.T) {
	w := &writer{l: &loader{ids: map[string]core.ID{"p": "id-of-p"}}}
	for _, c := range []struct {
		kind core.FieldKind
		raw  any
		ok   func(core.Value) bool
	}{
		{core.FieldName, []any{"Сокол Инна", map[string]any{"full": "Sokol Inna"}}, func(v core.Value) bool {
			return len(v.Items) == 2 && v.Items[0].Name.Script == "Cyrl" && v.Items[1].Name.Script == "Latn"
		}},
		{core.FieldDate, "2012-05~", func(v core.Value) bool { return v.First().Date.Approximate() }},
		{core.FieldNumber, uint64(12), func(v core.Value) bool { return v.First().Number.Value == 12 }},
		{core.FieldNumber, map[string]any{"value": 20, "about": true}, func(v core.Value) bool { return v.First().Number.About }},
		{core.FieldLink, "p", func(v core.Value) bool { return v.First().Link == "id-of-p" }},
		{core.FieldYesNo, false, func(v core.Value) bool { return v.First().Yes != nil && !*v.First().Yes }},
		{core.FieldTerm, map[string]any{"term": "a", "clarify": "b"}, func(v core.Value) bool { return v.First().Term == "a" && v.First().Clarify == "b" }},
		{core.FieldText, map[string]any{"missing": "refused"}, func(v core.Value) bool { return v.Missing == core.Refused }},
		{core.FieldPlace, "RU-MOW", func(v core.Value) bool { return v.First().Place.Code == "RU-MOW" }},
		{core.FieldNote, "по-русски", func(v core.Value) bool { return v.First().Note["ru"] == "по-русски" }},
	} {
		v, err := w.value(&core.Field{Kind: c.kind}, c.raw)
		if err != nil || !c.ok(v) {
			t.Errorf("%s %v: %+v %v", c.kind, c.raw, v, err)
		}
	}
	for _, c := range []struct {
		kind core.FieldKind
		raw  any
	}{
		{core.FieldLink, "nobody"}, {core.FieldDate, "вчера"}, {core.FieldNumber, "много"}, {core.FieldYesNo, "да"},
		{core.FieldContact, "+7"}, {core.FieldPlace, map[string]any{"kode": "RU"}}, {core.FieldText, map[string]any{"missing": "lost"}},
		{core.FieldFile, map[string]any{"make": "film", "name": "x"}},
	} {
		if v, err := w.value(&core.Field{Kind: c.kind}, c.raw); err == nil {
			t.Errorf("%s %v passes as %+v", c.kind, c.raw, v)
		}
	}
}
