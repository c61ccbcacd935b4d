package form

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"svod/internal/core"
)

func keysOf(errs core.Errors) string {
	var out []string
	for _, e := range errs {
		out = append(out, strings.TrimPrefix(e.Key, "form."))
	}
	return strings.Join(out, " ")
}

func TestReadNumber(t *testing.T) {
	for in, want := range map[string]float64{
		"0": 0, "12": 12, "-3": -3, "−3": -3, "1 234": 1234, "1\u00a0234,5": 1234.5, "1,5": 1.5, "1.5": 1.5, "0,125": 0.125,
		"1,234,567": 1234567, "1.234.567": 1234567, "1,234.5": 1234.5, "1.234,5": 1234.5, "12345,678": 12345.678, "1'000": 1000, "100000000000000": 1e14,
	} {
		if got, err := readNumber(in); err != nil || got != want {
			t.Errorf("%q: %v, %v, want %v", in, got, err, want)
		}
	}
	for in, want := range map[string]string{
		"1,234": "form.number_ambiguous", "12,345": "form.number_ambiguous", "": "form.number_expected", "x": "form.number_expected",
		"1e5": "form.number_expected", "0x1": "form.number_expected", ".": "form.number_expected", "1,2,3": "form.number_expected",
		"1.2.3": "form.number_expected", "--1": "form.number_expected", "NaN": "form.number_expected", "1000000000000001": "form.number_large", "5-": "form.number_expected",
	} {
		if got, err := readNumber(in); err == nil || err.Key != want {
			t.Errorf("%q: %v, %v, want %s", in, got, err, want)
		}
	}
}

func TestReadAmount(t *testing.T) {
	for _, c := range []struct {
		in, currency string
		minor        int64
		wrong        string
	}{
		{"10", "RUB", 1000, ""}, {"10,5", "RUB", 1050, ""}, {"10.50", "RUB", 1050, ""}, {"-0,05", "RUB", -5, ""}, {"0.1", "RUB", 10, ""},
		{"1 234 567,89", "RUB", 123456789, ""}, {"500", "JPY", 500, ""}, {"1.5", "KWD", 1500, ""}, {"10.000", "RUB", 1000, ""},
		{"1.005", "RUB", 0, "form.money_fraction"}, {"0,5", "JPY", 0, "form.money_fraction"}, {"99999999999999999999", "RUB", 0, "form.number_large"}, {"x", "RUB", 0, "form.number_expected"},
	} {
		got, err := readAmount(c.in, c.currency)
		if c.wrong != "" {
			if err == nil || err.Key != c.wrong {
				t.Errorf("%s %s: %v, want %s", c.in, c.currency, err, c.wrong)
			}
			continue
		}
		if err != nil || got != c.minor {
			t.Errorf("%s %s: %d, %v, want %d", c.in, c.currency, got, err, c.minor)
		}
	}
	for m, want := range map[core.Money]string{
		{Minor: 5, Currency: "RUB"}: "0.05", {Minor: -1050, Currency: "RUB"}: "-10.50", {Minor: 7, Currency: "JPY"}: "7", {Minor: 1, Currency: "KWD"}: "0.001",
	} {
		if got := writeAmount(m); got != want {
			t.Errorf("%v: %s, want %s", m, got, want)
		}
	}
}

func TestTextIsNormalised(t *testing.T) {
	in := url.Values{
		"title.0.text":    {" Марш\u00a0 \tмиллионов\r\n\x00\u202e "},
		"story.0.note.ru": {"\r\nодна  \r\nдве\r\n\r\n"},
		"where.0.local":   {"  "},
		"forms.term":      {"rally", "rally", ""},
	}
	d := DecodeForm(allKinds(), in, nil)
	if len(d.Errors) != 0 {
		t.Fatal(d.Errors)
	}
	if got := d.Values["title"].First().Text; got != "Марш миллионов" {
		t.Errorf("title %q", got)
	}
	if got := d.Values["story"].First().Note["ru"]; got != "одна\nдве" {
		t.Errorf("note %q", got)
	}
	if !d.Values["where"].IsZero() || len(d.Values["forms"].Items) != 1 {
		t.Errorf("%+v", d.Values)
	}
}

func TestUnknownInputsAreRefused(t *testing.T) {
	for _, name := range []string{"nothing.0.text", "title.0.family", "title.x.text", "title.-1.text", "title.999.text", "title", "title.0", "number.0.text", "story.0.note.RU!", "titles.term"} {
		d := DecodeForm(allKinds(), url.Values{name: {"x"}}, nil)
		if keysOf(d.Errors) != "unknown_field" {
			t.Errorf("%s: %v", name, d.Errors)
		}
	}
	d := DecodeForm(allKinds(), url.Values{"_base": {"3"}, "title.missing": {"because"}}, nil)
	if keysOf(d.Errors) != "unknown_reason" {
		t.Errorf("%v", d.Errors)
	}
	many := url.Values{}
	for i := 0; i <= MaxInputs; i++ {
		many.Set("x"+writeNumber(float64(i)), "")
	}
	if d := DecodeForm(allKinds(), many, nil); core.KindOf(d.Errors) != core.KindTooLarge {
		t.Errorf("%v", d.Errors)
	}
}

func TestTermsByName(t *testing.T) {
	p := testPacks()
	d := DecodeForm(allKinds(), url.Values{"form.0.term": {"митинг"}, "where.0.code": {"moscow"}, "far.0.term": {"нигде"}}, p)
	if keysOf(d.Errors) != "term_unknown" || d.Values["form"].First().Term != "rally" || d.Values["where"].First().Place.Code != "RU-MOW" {
		t.Errorf("%v %+v", d.Errors, d.Values)
	}
	d = DecodeForm(allKinds(), url.Values{"titles.0.text": {"a"}, "titles.1.text": {"b"}, "titles.0.remove": {"1"}}, p)
	if got := d.Values["titles"]; len(got.Items) != 1 || got.Items[0].Text != "b" {
		t.Errorf("remove: %+v", got)
	}
}

func TestDecodeJSONShort(t *testing.T) {
	d := DecodeJSON(allKinds(), []byte(`{"number":"E-7","title":"Дело","titles":["a","b"],"start":"6 мая 2012","count":12,"known":false,
		"form":"rally","forms":["rally","solo"],"story":{"ru":"текст"},"where":"RU-MOW","names":["Анна Ли",{"name":{"family":"Ли"}}],
		"fine":null,"dates":{"missing":"unknown"}}`))
	if len(d.Errors) > 0 {
		t.Fatal(d.Errors)
	}
	got, _ := json.Marshal(d.Values)
	want := `{"count":{"items":[{"number":{"value":12}}]},"dates":{"missing":"unknown"},"fine":{},"form":{"items":[{"term":"rally"}]},` +
		`"forms":{"items":[{"term":"rally"},{"term":"solo"}]},"known":{"items":[{"yes":false}]},` +
		`"names":{"items":[{"name":{"full":"Анна Ли"}},{"name":{"family":"Ли"}}]},"start":{"items":[{"date":"2012-05-06"}]},` +
		`"story":{"items":[{"note":{"ru":"текст"}}]},"title":{"items":[{"text":"Дело"}]},"titles":{"items":[{"text":"a"},{"text":"b"}]},` +
		`"where":{"items":[{"place":{"code":"RU-MOW"}}]}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDecodeJSONIsStrict(t *testing.T) {
	for in, want := range map[string]string{
		``:                                     "json_syntax $",
		`[]`:                                   "json_object $",
		`null`:                                 "json_object $",
		`{"title":"a"} x`:                      "json_syntax $",
		`{"title":"a",}`:                       "json_syntax $",
		`{"title":"a","title":"b"}`:            "json_twice $.title",
		`{"titles":[{"text":"a","text":"b"}]}`: "json_twice $.titles[0].text",
		`{"nothing":1}`:                        "unknown_field nothing",
		`{"title":5}`:                          "json_kind $.title",
		`{"titles":["a",5]}`:                   "json_kind $.titles[1]",
		`{"titles":{"items":"a"}}`:             "json_list $.titles.items",
		`{"title":{"items":[{"txt":"a"}]}}`:    "json_member $.title.items[0]",
		`{"title":{"items":[{"text":5}]}}`:     "json_type $.title.items[0].text",
		`{"count":{"items":[{"number":{"value":"5"}}]}}`: "json_type $.count.items[0].number.value",
		`{"start":"завтра или нет"}`:                     "error.date_expected $.start",
		`{"start":{"items":[{"date":"2012-13"}]}}`:       "error.date_month $.start.items[0]",
		`{"known":"yes"}`: "json_kind $.known",
		`{"title":{"items":["a"],"missing":"unknown"}}`:     "value_and_reason $.title",
		`{"count":{"items":[{"text":"5"}]}}`:                "json_kind $.count.items[0]",
		`{"where":{"text":"Казань"}}`:                       "json_kind $.where[0]",
		`{"title":{"items":[{"text":"a","term":"rally"}]}}`: "json_kind $.title.items[0]",
		strings.Repeat(`{"a":`, 50):                         "json_syntax",
	} {
		d := DecodeJSON(allKinds(), []byte(in))
		key, where, _ := strings.Cut(want, " ")
		if len(d.Errors) != 1 || strings.TrimPrefix(d.Errors[0].Key, "form.") != key || where != "" && d.Errors[0].Args[1] != where {
			t.Errorf("%s: %v, want %s", in, d.Errors, want)
		}
	}
	if d := DecodeJSON(allKinds(), make([]byte, MaxJSON+1)); core.KindOf(d.Errors) != core.KindTooLarge {
		t.Error(d.Errors)
	}
}

func TestCheck(t *testing.T) {
	typ, p := allKinds(), testPacks()
	item := func(it core.Item) core.Value { return core.Value{Items: []core.Item{it}} }
	lat, far, max := 55.0, 181.0, 1.0
	id := core.NewID()
	for _, c := range []struct {
		field string
		value core.Value
		want  string
	}{
		{"title", core.Value{}, "required"},
		{"title", core.MissingValue(core.Unknown), ""},
		{"title", core.MissingValue("whatever"), "unknown_reason"},
		{"title", core.Value{Missing: core.Unknown, Items: []core.Item{{Text: "a"}}}, "value_and_reason"},
		{"title", core.TextValue(strings.Repeat("ж", 81)), "too_long"},
		{"title", core.TextValue(strings.Repeat("ж", 80)), ""},
		{"title", core.TextValue("a", "b"), "one_only"},
		{"title", core.TermValue("rally"), "wrong_kind"},
		{"title", item(core.Item{Text: "a", Term: "rally"}), "wrong_kind"},
		{"title", item(core.Item{Text: "a", Clarify: "b"}), "no_clarify"},
		{"form", item(core.Item{Clarify: "b"}), "clarify_alone"},
		{"form", item(core.Item{Term: "rally", Clarify: strings.Repeat("a", MaxClarify+1)}), "too_long"},
		{"form", core.TermValue("carnival"), "term_unknown"},
		{"form", core.TermValue("old"), ""},
		{"titles", core.TextValue(make([]string, MaxItems+1)...), "too_many wrong_kind"},
		{"names", core.Value{Items: []core.Item{{Name: &core.Name{Full: "1"}}, {Name: &core.Name{Full: "2"}}, {Name: &core.Name{Full: "3"}}, {Name: &core.Name{Full: "4"}}, {Name: &core.Name{Full: "5"}}, {Name: &core.Name{Full: "6"}}}}, "too_many"},
		{"story", core.NoteValue("ru", strings.Repeat("a", MaxNote+1)), "too_long"},
		{"story", core.NoteValue("Русский", "a"), "language"},
		{"count", item(core.Item{Number: &core.Number{Value: 2, Max: &max}}), "number_order"},
		{"count", core.NumberValue(2e14), "number_large"},
		{"fine", item(core.Item{Money: &core.Money{Minor: 1, Currency: "rub"}}), "currency"},
		{"where", item(core.Item{Place: &core.Place{Code: "ZZ"}}), "place_unknown"},
		{"where", item(core.Item{Place: &core.Place{Lat: &lat}}), "point_half"},
		{"where", item(core.Item{Place: &core.Place{Lat: &lat, Lon: &far}}), "point_range"},
		{"where", item(core.Item{Place: &core.Place{Code: "RU", Precision: "roughly"}}), "choice"},
		{"where", item(core.Item{Place: &core.Place{Precision: "city"}}), "place_empty"},
		{"names", item(core.Item{Name: &core.Name{Script: "Cyrl"}}), "name_empty"},
		{"names", item(core.Item{Name: &core.Name{Full: "a", Script: "Runr"}}), "choice"},
		{"reach", item(core.Item{Contact: &core.Contact{Channel: "pigeon", Value: "a"}}), "choice"},
		{"victims", core.LinkValue("../etc/passwd"), "link_unknown"},
		{"victims", core.LinkValue(id), ""},
		{"papers", item(core.Item{File: &core.FileRef{ID: "x"}}), "file_unknown"},
		{"number", core.TextValue("kernel"), ""},
	} {
		values := core.Values{"title": core.TextValue("a")}
		values[c.field] = c.value
		errs := Check(typ, values, p)
		got := keysOf(errs)
		if c.field == "titles" {
			got = strings.Join(strings.Fields(got)[:2], " ")
		}
		if got != c.want {
			t.Errorf("%s %+v: %q, want %q", c.field, c.value, got, c.want)
		}
		if len(errs) > 0 && errs[0].Field != c.field {
			t.Errorf("%s: the error points at %q", c.field, errs[0].Field)
		}
	}
	if errs := Check(typ, core.Values{"title": core.TextValue("a"), "alien": core.TextValue("b")}, p); keysOf(errs) != "unknown_field" {
		t.Error(errs)
	}
}

func TestOverlay(t *testing.T) {
	base := core.Values{"a": core.TextValue("1"), "b": core.TextValue("2"), "t": core.TermValue("z", "y", "x")}
	got := Overlay(base, core.Values{"a": {}, "c": core.TextValue("3"), "t": core.TermValue("n", "x", "z")})
	want := core.Values{"b": core.TextValue("2"), "c": core.TextValue("3"), "t": core.TermValue("z", "x", "n")}
	same(t, "overlay", got, want)
	same(t, "base", base, core.Values{"a": core.TextValue("1"), "b": core.TextValue("2"), "t": core.TermValue("z", "y", "x")})
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"title":"a"}`, "title.0.text=a&start.0.date=2012")
	f.Add(`{"count":{"items":[{"number":{"value":1e300}}]}}`, "count.0.number=1&fine.0.amount=2&fine.0.currency=RUB")
	f.Add(`{"names":[{"name":{}}]}`, "where.0.lat=1e9&where.0.lon=&forms.term=a&forms.0.term=b")
	typ, p := allKinds(), testPacks()
	f.Fuzz(func(t *testing.T, js, query string) {
		d := DecodeJSON(typ, []byte(js))
		Check(typ, d.Values, p)
		in, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		d = DecodeForm(typ, in, p)
		if len(d.Errors) > 0 || len(Check(typ, d.Values, p)) > 0 {
			Model(typ, d.Values, "ru", Options{Terms: p, Raw: in, Errors: d.Errors})
			return
		}
		same(t, "again", DecodeForm(typ, EncodeForm(typ, d.Values), p).Values, d.Values)
	})
}

func TestCheckCountsNothingBelowZero(t *testing.T) {
	typ := &core.Type{Name: "event", Count: "detained", Fields: []core.Field{
		{Key: "detained", Kind: core.FieldNumber}, {Key: "degrees", Kind: core.FieldNumber}}}
	values := core.Values{"detained": core.NumberValue(0), "degrees": core.NumberValue(-3)}
	if errs := Check(typ, values, nil); len(errs) > 0 {
		t.Error(errs)
	}
	values["detained"] = core.NumberValue(-3)
	errs := Check(typ, values, nil)
	if len(errs) != 1 || errs[0].Key != "form.number_negative" || errs[0].Field != "detained" {
		t.Error(errs)
	}
}
