package index

import (
	"context"
	"slices"
	"strings"
	"testing"

	"svod/internal/core"
)

// library is a handful of records that each test of search can name.
func library(t *testing.T) (*memory, *Lookup) {
	t.Helper()
	typ, l := eventType(), testLookup()
	date := func(s string) core.Value { return core.DateValue(mustDate(t, s)) }
	place := func(code, local string) core.Value {
		return core.Value{Items: []core.Item{{Place: &core.Place{Code: code, Local: local}}}}
	}
	name := func(full string) core.Value { return core.Value{Items: []core.Item{{Name: &core.Name{Full: full}}}} }
	yes := true
	docs := map[uint32]doc{
		1: {values: core.Values{
			"title": core.TextValue("Марш миллионов на Болотной"), "form": core.TermValue("rally"),
			"region": place("RU-MOW", "Болотная площадь"), "start": date("2012-05-06"),
			"detained": core.NumberValue(650), "notified": {Items: []core.Item{{Yes: &yes}}},
			"person": name("Иван Сергеевич Щербаков"),
		}},
		2: {values: core.Values{
			"title": core.TextValue("Пикет у суда"), "form": core.TermValue("solo"),
			"region": place("RU-SPE", ""), "start": date("2012-05"), "detained": core.NumberValue(1),
			"story": core.NoteValue("ru", "Задержания на митингах продолжались до ночи.", "en", "Detentions went on."),
		}},
		3: {values: core.Values{
			"title": core.TextValue("Честные выборы: народный сход"), "region": core.MissingValue(core.Unknown),
			"start": date("2012"), "detained": {Items: []core.Item{{Number: &core.Number{Value: 20, About: true}}}},
			"fine": {Items: []core.Item{{Money: &core.Money{Minor: 1_000_000, Currency: "RUB"}}}},
		}},
		4: {values: core.Values{
			"title": core.TextValue("Обыск"), "form": core.TermValue("search"), "start": date("2011-12-30/2012-01-02"),
			"secret": core.NoteValue("ru", "Свидетельница боится давления"), "alias": name("Константинопольская Маргарита"),
			"sex": core.TermValue("female"), "born": date("1980"),
		}},
		5: {circles: []core.ID{circleB}, values: core.Values{"title": core.TextValue("Митинг в другом круге"), "start": date("2012-05-06"), "secret": core.NoteValue("ru", "свидетельница")}},
		6: {state: core.Withdrawn, values: core.Values{"title": core.TextValue("Отозванный митинг"), "start": date("2012-05-06")}},
		7: {state: core.Staged, values: core.Values{"title": core.TextValue("Митинг из незавершённого импорта")}},
		8: {state: core.Erased, values: core.Values{}},
	}
	m, d := newMemory(), &Delta{}
	for o, r := range docs {
		r.typ = typ
		if r.circles == nil {
			r.circles = []core.ID{circleA}
		}
		if r.state == "" {
			r.state = core.Active
		}
		m.put(d, o, r, l)
	}
	if err := d.Apply(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	return m, l
}

func find(t *testing.T, m *memory, l *Lookup, query string, circles ...core.ID) []uint32 {
	t.Helper()
	ctx := context.Background()
	q, err := Parse(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	p, err := Compile(q, l, keys(circles))
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	s, err := ScopeOf(ctx, core.Scope{Circles: circles}, m)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Evaluate(ctx, p, s, m)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return r.Ordinals()
}

// searches are queries by a member of the first circle, with what they find.
var searches = []struct {
	query string
	want  []uint32
}{
	{"", []uint32{1, 2, 3, 4}},
	{"!!!", []uint32{1, 2, 3, 4}},
	{"митингов", []uint32{1, 2}}, // the term «Митинг» of 1, the note of 2
	{"МИТИНГ", []uint32{1, 2}},
	{"rally", []uint32{1}},
	{"detention", []uint32{2}},
	{"задержания на митингах в Россия", []uint32{2}}, // little words do not restrict; 2 lies in Russia
	{"Россия", []uint32{1, 2}},                       // ancestors of places
	{"митинг*", []uint32{1, 2}},
	{"митингов*", []uint32{1, 2}},
	{"щербак*", []uint32{1}},
	{`"честные выборы"`, []uint32{3}},
	{`"выборы честные"`, nil},
	{`"болотной пикет"`, nil},
	{`"суда одиночный"`, nil}, // a phrase never crosses fields
	{"пикет -суда", nil},
	{"-пикет", []uint32{1, 3, 4}},
	{"пикет OR обыск", []uint32{2, 4}},
	{"(пикет ИЛИ обыск) -2012", []uint32{2, 4}},
	{"Shcherbakov", []uint32{1}},
	{"Scherbakov translit:no", nil},
	{"~Sherbakov", []uint32{1}},
	{"person:~Ivan", []uint32{1}},
	{"title:~Ivan", nil},
	{"title:пикет", []uint32{2}},
	{"Описание:митинги", []uint32{2}},
	{"form:митинг", []uint32{1}},
	{"форма:пикет", []uint32{2}}, // solo rolls up
	{"form:assembly", []uint32{1, 2}},
	{"form:(rally OR search)", []uint32{1, 4}},
	{"form:(-rally)", []uint32{2, 3, 4}},
	{`форма:"одиночный пикет"`, []uint32{2}},
	{"form:соб*", []uint32{1, 2}},
	{"region:Россия", []uint32{1, 2}},
	{"region:Болотная", []uint32{1}},
	{"region:?", []uint32{3, 4}},
	{"region:?unknown", []uint32{3}},
	{"region:?отказ", nil},
	{"region:*", []uint32{1, 2}},
	{"start:2012-05-06", []uint32{1, 2, 3}}, // May 2012 and 2012 may be that day
	{"start:2012-06", []uint32{3}},
	{"start:2012-01-01", []uint32{3, 4}},
	{"start:<2012", []uint32{4}},
	{"start:>2012-05", []uint32{3}},
	{"start:2011..2012-01", []uint32{3, 4}},
	{"start:>=2012-05-07", []uint32{2, 3}},
	{`"Дата начала":"6 мая 2012"`, []uint32{1, 2, 3}},
	{"0113:2011", nil}, // a number cannot begin a field name: searched as text
	{"detained:650", []uint32{1}},
	{"detained:>20", []uint32{1}},
	{"detained:>=20", []uint32{1, 3}},
	{"detained:1..20", []uint32{2, 3}},
	{"detained:<=1", []uint32{2}},
	{"detained:..1", []uint32{2}},
	{"notified:да", []uint32{1}},
	{"fine:RUB", []uint32{3}},
	{"fine:10000", []uint32{3}},
	{"type:событие", []uint32{1, 2, 3, 4}},
	{"circle:альфа", []uint32{1, 2, 3, 4}},
	{"has:person", []uint32{1}},
	{"is:withdrawn", []uint32{6}},
	{"is:withdrawn OR пикет", []uint32{2, 6}},
	{"-is:withdrawn обыск", []uint32{4}},
	// sealed fields, with the key of the circle
	{"свидетельницы", []uint32{4}},
	{"secret:давление", []uint32{4}},
	{`"боится давления"`, []uint32{4}},
	{"Konstantinopolskaja", []uint32{4}},
	{"констант*", []uint32{4}},
	{"alias:кон*", []uint32{4}},
	{"sex:женский", []uint32{4}},
	{"sex:male", nil},
}

func TestSearchFindsWhatPeopleMean(t *testing.T) {
	m, l := library(t)
	for _, c := range searches {
		if got := find(t, m, l, c.query, circleA); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.query, got, c.want)
		}
	}
}

func TestSealedWordsNeedTheKey(t *testing.T) {
	m, l := library(t)
	ctx := context.Background()
	q, _ := Parse("свидетельница")
	p, err := Compile(q, l, OpenTokens{})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := ScopeOf(ctx, core.Scope{Circles: []core.ID{circleA, circleB}}, m)
	if r, _ := Evaluate(ctx, p, s, m); r.Count() != 0 {
		t.Errorf("found without a key: %v", r.Ordinals())
	}
	if got := find(t, m, l, "свидетельница", circleA, circleB); !slices.Equal(got, []uint32{4, 5}) {
		t.Errorf("with both keys: %v", got)
	}
}

func TestScopeIsNeverLeft(t *testing.T) {
	m, l := library(t)
	for _, query := range []string{"", "митинг", "-митинг", "-(-митинг)", "start:2012-05-06", "is:withdrawn OR -is:withdrawn",
		"circle:бета", "type:event", "title:*", "title:?", "-nothing", "a OR -a"} {
		for _, o := range find(t, m, l, query, circleB) {
			if o != 5 {
				t.Errorf("%s: record %d is outside the scope", query, o)
			}
		}
		if got := find(t, m, l, query); len(got) != 0 {
			t.Errorf("%s: found %v in an empty scope", query, got)
		}
		for _, o := range find(t, m, l, query, circleA, circleB) {
			if o >= 7 {
				t.Errorf("%s: staged or erased record %d", query, o)
			}
		}
	}
	var none Scope
	r, err := Evaluate(context.Background(), Plan{}, none, m)
	if err != nil || r.Count() != 0 {
		t.Errorf("zero scope: %d records, %v", r.Count(), err)
	}
}

func TestCompileSaysWhatIsWrong(t *testing.T) {
	l := testLookup()
	for query, want := range map[string]string{
		"митинг nofield:x":          "index.unknown_field 8",
		"form:карнавал":             "index.unknown_term 6",
		"start:вчерась":             "index.date_expected 7",
		"start:2013..2012":          "index.empty_range 7",
		"detained:много":            "index.number_expected 10",
		"detained:20..10":           "index.empty_range 10",
		"notified:может":            "index.yes_or_no 10",
		"region:?почему":            "index.unknown_reason 8",
		"born:1980":                 "index.sealed_field 6",
		"secret:?":                  "index.sealed_field 8",
		"victim:Иванов":             "index.not_by_words 8",
		"circle:гамма":              "index.unknown_value 8",
		"type:case":                 "index.unknown_value 6",
		"is:lost":                   "index.unknown_value 4",
		"a (b OR form:xyz)":         "index.unknown_term 14",
		"form:(rally OR xyz)":       "index.unknown_term 16",
		"has:nothing":               "index.unknown_value 5",
		"circle:" + string(circleC): "index.unknown_value 8",
	} {
		q, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Compile(q, l, nil)
		e, ok := err.(*core.Error)
		if !ok {
			t.Errorf("%s: %v, want %s", query, err, want)
			continue
		}
		key, pos, _ := strings.Cut(want, " ")
		if e.Key != key || len(e.Args) < 2 || e.Args[0] != "position" || itoa(e.Args[1]) != pos {
			t.Errorf("%s: %s %v, want %s", query, e.Key, e.Args, want)
		}
	}
}

// A field called like a part of every record keeps its own values: the type of
// a document is asked for like any other field.
func TestTypeMayBeAFieldToo(t *testing.T) {
	words := func(s string) core.Words { return core.Words{"ru": s, "en": s} }
	papers := &core.Vocabulary{Name: "papers", Terms: []core.Term{{Code: "medical-paper", Label: words("Справка")}}}
	l := NewLookup([]*core.Type{{Name: "document", Label: words("Документ"), Plural: words("Документы"),
		Fields: []core.Field{{Key: "type", Kind: core.FieldTerm, Vocabulary: "papers", Label: words("Вид")}}}},
		[]*core.Vocabulary{papers})
	for query, want := range map[string]FacetKey{
		"type:document":      {FieldType, "document"},
		"type:medical-paper": {"type", "medical-paper"},
		"тип:справка":        {"type", "medical-paper"},
		"type:*":             {"type", ValueAny},
	} {
		q, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Compile(q, l, nil)
		if err != nil || p.Root.Op != NodeFacet || p.Root.Facet != want {
			t.Errorf("%s: %v %v, want %v", query, p, err, want)
		}
	}
	q, err := Parse("type:nothing")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Compile(q, l, nil); err == nil {
		t.Error("a value that is neither passes")
	}
}

func itoa(v any) string {
	n, _ := v.(int)
	s := ""
	for ; n > 0; n /= 10 {
		s = string(rune('0'+n%10)) + s
	}
	return s
}

func TestWordsToMark(t *testing.T) {
	q, _ := Parse("митингов щерб* -пикет")
	p, err := Compile(q, testLookup(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]bool{"митинг": true, "митинги": true, "щербаков": true, "пикет": false, "mitingov": true, "суд": false} {
		if got := p.Words.Match(word); got != want {
			t.Errorf("%s: %v", word, got)
		}
	}
}
