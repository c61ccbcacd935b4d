package index

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"svod/internal/core"
)

// memory keeps an index in maps: chunk blobs as a store would, sort keys and
// tokens as lists. It answers Chunks and ChunkStore.
type memory struct {
	blobs  map[Chunk][]byte
	sorted map[string]map[uint32][]byte
	tokens map[uint32][]PosToken
	reads  int
	writes int
}

func newMemory() *memory {
	return &memory{blobs: map[Chunk][]byte{}, sorted: map[string]map[uint32][]byte{}, tokens: map[uint32][]PosToken{}}
}

func (m *memory) ReadChunks(_ context.Context, chunks []Chunk) ([][]byte, error) {
	out := make([][]byte, len(chunks))
	for i, c := range chunks {
		m.reads++
		out[i] = m.blobs[c]
	}
	return out, nil
}

func (m *memory) WriteChunks(_ context.Context, chunks []Chunk, blobs [][]byte) error {
	for i, c := range chunks {
		m.writes++
		if len(blobs[i]) == 0 {
			delete(m.blobs, c)
			continue
		}
		m.blobs[c] = blobs[i]
	}
	return nil
}

func (m *memory) Bitmap(_ context.Context, key FacetKey) (*roaring.Bitmap, error) {
	var blobs [][]byte
	for c, b := range m.blobs {
		if c.Key == key {
			blobs = append(blobs, b)
		}
	}
	return JoinChunks(blobs)
}

func (m *memory) Values(_ context.Context, field string) ([]string, error) {
	var out []string
	for c := range m.blobs {
		if c.Key.Field == field {
			out = append(out, c.Key.Value)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func (m *memory) Range(_ context.Context, field string, from, to []byte) (*roaring.Bitmap, error) {
	out := roaring.New()
	for o, k := range m.sorted[field] {
		if (from == nil || bytes.Compare(k, from) >= 0) && (to == nil || bytes.Compare(k, to) < 0) {
			out.Add(o)
		}
	}
	return out, nil
}

func (m *memory) Text(_ context.Context, e TextExpr) (*roaring.Bitmap, error) {
	out := roaring.New()
	for o, tokens := range m.tokens {
		if matches(tokens, e) {
			out.Add(o)
		}
	}
	return out, nil
}

func matches(tokens []PosToken, e TextExpr) bool {
	switch e.Op {
	case TextTerm:
		return slices.ContainsFunc(tokens, func(t PosToken) bool { return t.Token == e.Token })
	case TextPrefix:
		return slices.ContainsFunc(tokens, func(t PosToken) bool { return strings.HasPrefix(t.Token, e.Token) })
	case TextAll:
		return !slices.ContainsFunc(e.Args, func(a TextExpr) bool { return !matches(tokens, a) })
	case TextAny:
		return slices.ContainsFunc(e.Args, func(a TextExpr) bool { return matches(tokens, a) })
	}
	at := map[int]map[string]bool{}
	for _, t := range tokens {
		if at[t.Pos] == nil {
			at[t.Pos] = map[string]bool{}
		}
		at[t.Pos][t.Token] = true
	}
	for start := range at {
		ok := len(e.Phrase) > 0
		for i, any := range e.Phrase {
			ok = ok && slices.ContainsFunc(any, func(s string) bool { return at[start+i][s] })
		}
		if ok {
			return true
		}
	}
	return false
}

// hashed stands in for the kernel's keyed hashes.
func hashed(circle core.ID, token string) string { return "#" + string(circle) + ":" + token }

// keys is the TokenMaker of an actor who holds the keys of circles.
type keys []core.ID

func (k keys) Sealed(token string) []string {
	var out []string
	for _, c := range k {
		out = append(out, hashed(c, token))
	}
	return out
}

// doc is a record of the tests.
type doc struct {
	typ     *core.Type
	circles []core.ID
	state   core.State
	values  core.Values
}

// put indexes a record as the kernel would.
func (m *memory) put(d *Delta, ordinal uint32, r doc, l *Lookup) {
	d.Add(ordinal, SystemFacets(r.typ.Name, r.circles, r.state, "", false)...)
	d.Add(ordinal, FacetsOf(r.typ, r.values, l)...)
	for _, k := range SortKeysOf(r.typ, r.values) {
		if m.sorted[k.Field] == nil {
			m.sorted[k.Field] = map[uint32][]byte{}
		}
		m.sorted[k.Field][ordinal] = k.Key
	}
	tokens, _ := TokensOf(r.typ, r.values, l, nil)
	for _, t := range tokens {
		if !t.Sealed {
			m.tokens[ordinal] = append(m.tokens[ordinal], t)
			continue
		}
		for _, c := range r.circles {
			m.tokens[ordinal] = append(m.tokens[ordinal], PosToken{Token: hashed(c, t.Token), Pos: t.Pos})
		}
	}
}

const (
	circleA = core.ID("0190a000-0000-7000-8000-00000000000a")
	circleB = core.ID("0190a000-0000-7000-8000-00000000000b")
	circleC = core.ID("0190a000-0000-7000-8000-00000000000c")
)

// eventType is a small type with every kind that is indexed.
func eventType() *core.Type {
	return &core.Type{
		Name: "event", Label: core.Words{"ru": "Событие", "en": "Event"}, Plural: core.Words{"ru": "События", "en": "Events"},
		When: "start", Count: "detained",
		Fields: []core.Field{
			{Key: "title", Kind: core.FieldText, Label: core.Words{"ru": "Название", "en": "Title"}},
			{Key: "story", Kind: core.FieldNote, Label: core.Words{"ru": "Описание", "en": "Description"}},
			{Key: "form", Kind: core.FieldTerm, Many: true, Clarify: true, Vocabulary: "forms", Label: core.Words{"ru": "Форма", "en": "Form"}},
			{Key: "region", Kind: core.FieldPlace, Vocabulary: "places", Label: core.Words{"ru": "Регион", "en": "Region"}},
			{Key: "start", Number: "0113", Kind: core.FieldDate, Label: core.Words{"ru": "Дата начала", "en": "Initial date"}},
			{Key: "detained", Kind: core.FieldNumber, Label: core.Words{"ru": "Задержано", "en": "Detained"}},
			{Key: "notified", Kind: core.FieldYesNo, Label: core.Words{"ru": "Согласовано", "en": "Authorised"}},
			{Key: "person", Kind: core.FieldName, Many: true, Label: core.Words{"ru": "Человек", "en": "Person"}},
			{Key: "fine", Kind: core.FieldMoney, Label: core.Words{"ru": "Штраф", "en": "Fine"}},
			{Key: "contact", Kind: core.FieldContact, Label: core.Words{"ru": "Связь", "en": "Contact"}},
			{Key: "papers", Kind: core.FieldFile, Many: true, Label: core.Words{"ru": "Документы", "en": "Papers"}},
			{Key: "victim", Kind: core.FieldLink, Label: core.Words{"ru": "Пострадавший", "en": "Victim"}},
			{Key: "secret", Kind: core.FieldNote, Sensitivity: core.Sealed, Label: core.Words{"ru": "Тайное", "en": "Secret"}},
			{Key: "alias", Kind: core.FieldName, Sensitivity: core.Sealed, Label: core.Words{"ru": "Псевдоним", "en": "Alias"}},
			{Key: "sex", Kind: core.FieldTerm, Vocabulary: "sexes", Sensitivity: core.Sealed, Label: core.Words{"ru": "Пол", "en": "Sex"}},
			{Key: "born", Kind: core.FieldDate, Sensitivity: core.Sealed, Label: core.Words{"ru": "Рождение", "en": "Birth"}},
		},
	}
}

func testLookup() *Lookup {
	words := func(ru, en string) core.Words { return core.Words{"ru": ru, "en": en} }
	forms := &core.Vocabulary{Name: "forms", Terms: []core.Term{
		{Code: "assembly", Label: words("Собрание", "Assembly")},
		{Code: "rally", Parent: "assembly", Label: words("Митинг", "Rally")},
		{Code: "picket", Parent: "assembly", Label: words("Пикет", "Picket")},
		{Code: "solo", Parent: "picket", Label: words("Одиночный пикет", "Solo picket")},
		{Code: "search", Label: words("Обыск", "Search")},
	}}
	places := &core.Vocabulary{Name: "places", Terms: []core.Term{
		{Code: "RU", Label: words("Россия", "Russia")},
		{Code: "RU-MOW", Parent: "RU", Label: words("Москва", "Moscow")},
		{Code: "RU-SPE", Parent: "RU", Label: words("Санкт-Петербург", "Saint Petersburg")},
		{Code: "BY", Label: words("Беларусь", "Belarus")},
	}}
	sexes := &core.Vocabulary{Name: "sexes", Terms: []core.Term{
		{Code: "female", Label: words("женский", "female")}, {Code: "male", Label: words("мужской", "male")},
	}}
	l := NewLookup([]*core.Type{eventType()}, []*core.Vocabulary{forms, places, sexes})
	return l.WithCircles([]core.Circle{{ID: circleA, Name: "Альфа"}, {ID: circleB, Name: "Бета"}})
}

func mustDate(t testing.TB, s string) core.Date {
	t.Helper()
	d, err := core.ParseDate(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return d
}
