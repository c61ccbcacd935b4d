package form

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"svod/internal/core"
)

// packs stands in for pack.Set, which this package must not import.
type packs map[string]*core.Vocabulary

func (p packs) Vocabulary(name string) *core.Vocabulary { return p[name] }

func (p packs) Term(vocabulary, code string) *core.Term {
	if v := p[vocabulary]; v != nil {
		for i := range v.Terms {
			if v.Terms[i].Code == code {
				return &v.Terms[i]
			}
		}
	}
	return nil
}

func (p packs) TermsCalled(vocabulary, words string, _ bool) []string {
	if p.Term(vocabulary, words) != nil {
		return []string{words}
	}
	var out []string
	if v := p[vocabulary]; v != nil {
		for _, t := range v.Terms {
			if strings.EqualFold(t.Label["ru"], words) || strings.EqualFold(t.Label["en"], words) {
				out = append(out, t.Code)
			}
		}
	}
	return out
}

func testPacks() packs {
	words := func(ru, en string) core.Words { return core.Words{"ru": ru, "en": en} }
	places := &core.Vocabulary{Name: "places", Terms: []core.Term{
		{Code: "RU", Label: words("Россия", "Russia")}, {Code: "RU-MOW", Parent: "RU", Label: words("Москва", "Moscow")},
		{Code: "GE", Label: words("Грузия", "Georgia")}, {Code: "US-GA", Label: words("Джорджия", "Georgia")},
	}}
	for n := 0; n < SelectLimit; n++ {
		places.Terms = append(places.Terms, core.Term{Code: fmt.Sprintf("X-%03d", n), Label: words(fmt.Sprintf("Место %d", n), fmt.Sprintf("Place %d", n))})
	}
	return packs{
		"forms": {Name: "forms", Terms: []core.Term{
			{Code: "assembly", Label: words("Собрание", "Assembly")}, {Code: "rally", Parent: "assembly", Label: words("Митинг", "Rally")},
			{Code: "solo", Parent: "assembly", Label: words("Одиночный пикет", "Solo picket")}, {Code: "old", Hidden: true, Label: words("Старое", "Old")},
		}},
		"places": places,
	}
}

func allKinds() *core.Type {
	w := func(s string) core.Words { return core.Words{"ru": s, "en": strings.ToUpper(s)} }
	return &core.Type{
		Name:   "case",
		Groups: []core.Group{{Key: "main", Label: w("главное")}, {Key: "more", Label: w("прочее"), Closed: true}},
		Fields: []core.Field{
			{Key: "number", Kind: core.FieldText, Auto: "number", Group: "main"},
			{Key: "title", Kind: core.FieldText, Required: true, Group: "main", Label: w("название"), Max: 80},
			{Key: "titles", Kind: core.FieldText, Many: true, Group: "main"},
			{Key: "story", Kind: core.FieldNote, Group: "main"},
			{Key: "form", Kind: core.FieldTerm, Vocabulary: "forms", Clarify: true, Group: "main"},
			{Key: "forms", Kind: core.FieldTerm, Vocabulary: "forms", Many: true, Group: "main"},
			{Key: "forms_n", Kind: core.FieldTerm, Vocabulary: "forms", Many: true, Clarify: true, Group: "main"},
			{Key: "far", Kind: core.FieldTerm, Vocabulary: "places", Many: true, Group: "more"},
			{Key: "start", Kind: core.FieldDate, Group: "main"},
			{Key: "dates", Kind: core.FieldDate, Many: true, Group: "more"},
			{Key: "count", Kind: core.FieldNumber, Group: "main"},
			{Key: "fine", Kind: core.FieldMoney, Group: "more"},
			{Key: "where", Kind: core.FieldPlace, Vocabulary: "places", Clarify: true, Group: "main"},
			{Key: "names", Kind: core.FieldName, Many: true, Sensitivity: core.Sealed, Group: "more", Max: 5},
			{Key: "reach", Kind: core.FieldContact, Many: true, Group: "more"},
			{Key: "victims", Kind: core.FieldLink, Many: true, Link: &core.LinkSpec{Types: []string{"person"}}, Group: "more"},
			{Key: "papers", Kind: core.FieldFile, Many: true, Group: "more"},
			{Key: "known", Kind: core.FieldYesNo},
		},
	}
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// randomValues passes Check and uses every kind, part and awkward character.
func randomValues(t *testing.T, r *rand.Rand, typ *core.Type) core.Values {
	t.Helper()
	vs := core.Values{}
	for i := range typ.Fields {
		f := &typ.Fields[i]
		if f.Auto != "" || r.IntN(5) == 0 && !f.Required {
			continue
		}
		if r.IntN(6) == 0 {
			vs[f.Key] = core.MissingValue(pick(r, core.MissingReasons()...))
			continue
		}
		n := 1
		if f.Many {
			n = 1 + r.IntN(4)
		}
		var items []core.Item
		for ; n > 0; n-- {
			it := randomItem(t, r, f)
			if f.Clarify && r.IntN(2) == 0 {
				it.Clarify = "уточнение, «да»\nи вторая строка"
			}
			items = append(items, it)
		}
		vs[f.Key] = finish(f, items, "")
	}
	return vs
}

func randomItem(t *testing.T, r *rand.Rand, f *core.Field) core.Item {
	text := pick(r, "a", "Марш & <b>«миллионов»</b>", "№ 5: 100 % = +", "日本 ქართ", "'\"`;--")
	switch f.Kind {
	case core.FieldText:
		return core.Item{Text: text}
	case core.FieldNote:
		w := core.Words{"ru": text + "\n\nабзац"}
		if r.IntN(2) == 0 {
			w[pick(r, "en", "uk", "sr-latn")] = text
		}
		return core.Item{Note: w}
	case core.FieldTerm:
		if f.Vocabulary == "places" {
			return core.Item{Term: pick(r, "RU", "GE", "US-GA", "X-017")}
		}
		return core.Item{Term: pick(r, "assembly", "rally", "solo", "old")}
	case core.FieldDate:
		d, err := core.ParseDate(pick(r, "2012-05-06", "2012-05-XX", "2012", "2012-05-06T14:30", "2012-05-06T00:00", "2012-05-06/2012-05-08", "201X", "2012-05~", "[2012-05-06,2012-06-05]", "2012/.."))
		if err != nil {
			t.Fatal(err)
		}
		return core.Item{Date: &d}
	case core.FieldNumber:
		n := core.Number{Value: pick(r, 0, -3, 1234, 0.1, 1e14, 12.345), About: r.IntN(2) == 0}
		if r.IntN(3) == 0 {
			m := n.Value + 7
			if m <= MaxNumber {
				n.Max = &m
			}
		}
		return core.Item{Number: &n}
	case core.FieldMoney:
		return core.Item{Money: &core.Money{Minor: pick[int64](r, 0, 5, -1050, 123456789), Currency: pick(r, "RUB", "JPY", "KWD"), About: r.IntN(2) == 0}}
	case core.FieldPlace:
		p := core.Place{Code: pick(r, "RU-MOW", "GE", ""), Local: pick(r, "Болотная площадь", "Арбат, 10")}
		if r.IntN(2) == 0 {
			lat, lon := 55.7522, -37.6156
			p.Lat, p.Lon, p.Precision = &lat, &lon, core.PreciseStreet
		}
		return core.Item{Place: &p}
	case core.FieldName:
		return core.Item{Name: &core.Name{Full: pick(r, "", "Анна Ли"), Family: "Ли", Given: pick(r, "", "Анна"), Script: pick(r, "", "Cyrl"), Use: pick(r, "", "former")}}
	case core.FieldContact:
		return core.Item{Contact: &core.Contact{Channel: pick(r, core.ContactChannels()...), Value: "+7 900 000-00-00"}}
	case core.FieldLink:
		return core.Item{Link: core.NewID()}
	case core.FieldFile:
		return core.Item{File: &core.FileRef{ID: core.NewID()}}
	}
	yes := r.IntN(2) == 0
	return core.Item{Yes: &yes}
}
