package core

import (
	"bytes"
	"encoding/json"
	"maps"
)

// Missing is the reason why a field is empty. "" means that nobody has said.
type Missing string

// The reasons a field can be empty.
const (
	Unknown       Missing = "unknown"
	NotAsked      Missing = "not_asked"
	Refused       Missing = "refused"
	NotApplicable Missing = "not_applicable"
)

// MissingReasons lists the reasons in the order forms offer them.
func MissingReasons() []Missing { return []Missing{Unknown, NotAsked, Refused, NotApplicable} }

// Values are a record's values by field key. A key that is absent is an empty
// field without a reason. Canonical JSON (encoding/json with sorted keys) is
// their stored form.
type Values map[string]Value

// Value is the state of one field: items, or a reason why there are none;
// never both.
type Value struct {
	Missing Missing `json:"missing,omitempty"`
	Items   []Item  `json:"items,omitempty"`
}

// Item is one item of a field. Exactly the member that belongs to the field's
// kind is set; Clarify may accompany any of them.
type Item struct {
	Text    string   `json:"text,omitempty"`    // FieldText
	Note    Words    `json:"note,omitempty"`    // FieldNote
	Term    string   `json:"term,omitempty"`    // FieldTerm: code
	Date    *Date    `json:"date,omitempty"`    // FieldDate
	Number  *Number  `json:"number,omitempty"`  // FieldNumber
	Money   *Money   `json:"money,omitempty"`   // FieldMoney
	Place   *Place   `json:"place,omitempty"`   // FieldPlace
	Name    *Name    `json:"name,omitempty"`    // FieldName
	Contact *Contact `json:"contact,omitempty"` // FieldContact
	Link    ID       `json:"link,omitempty"`    // FieldLink
	File    *FileRef `json:"file,omitempty"`    // FieldFile
	Yes     *bool    `json:"yes,omitempty"`     // FieldYesNo
	Clarify string   `json:"clarify,omitempty"` // clarifying note
}

// Number is a count or measure. With Max it is a range [Value, Max]; About
// says that the source was not exact. Sums use Value.
type Number struct {
	Value float64  `json:"value"`
	Max   *float64 `json:"max,omitempty"`
	About bool     `json:"about,omitempty"`
}

// Money is an amount in minor units (kopecks) of an ISO 4217 currency.
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
	About    bool   `json:"about,omitempty"`
}

// Place is where something happened. Code is an ISO 3166-1 or 3166-2 code of
// the gazetteer, Local a name below it ("Болотная площадь").
type Place struct {
	Code      string         `json:"code,omitempty"`
	Local     string         `json:"local,omitempty"`
	Lat       *float64       `json:"lat,omitempty"`
	Lon       *float64       `json:"lon,omitempty"`
	Precision PlacePrecision `json:"precision,omitempty"`
}

// PlacePrecision says how exactly a point is known.
type PlacePrecision string

// From exact address to "somewhere in the country".
const (
	PreciseAddress PlacePrecision = "address"
	PreciseStreet  PlacePrecision = "street"
	PreciseCity    PlacePrecision = "city"
	PreciseRegion  PlacePrecision = "region"
	PreciseCountry PlacePrecision = "country"
)

// PlacePrecisions lists the precisions from the finest.
func PlacePrecisions() []PlacePrecision {
	return []PlacePrecision{PreciseAddress, PreciseStreet, PreciseCity, PreciseRegion, PreciseCountry}
}

// Name is a name of a person or body in one script. A field holds several:
// the same name in Cyrillic and Latin, a former name, a pseudonym.
type Name struct {
	Full       string `json:"full,omitempty"` // as written; made from the parts when empty
	Family     string `json:"family,omitempty"`
	Given      string `json:"given,omitempty"`
	Patronymic string `json:"patronymic,omitempty"`
	Script     string `json:"script,omitempty"` // ISO 15924: Cyrl, Latn, Armn, Geor, Arab
	Use        string `json:"use,omitempty"`    // "", "former", "pseudonym", "married", "transliteration"
}

// String is the name as people write it: the full form, else family, given,
// patronymic.
func (n Name) String() string {
	if n.Full != "" {
		return n.Full
	}
	var b []byte
	for _, p := range [...]string{n.Family, n.Given, n.Patronymic} {
		if p == "" {
			continue
		}
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, p...)
	}
	return string(b)
}

// Contact is a way to reach somebody.
type Contact struct {
	Channel string `json:"channel"` // phone, email, telegram, signal, whatsapp, address, web, other
	Value   string `json:"value"`
}

// ContactChannels lists the channels in the order forms offer them.
func ContactChannels() []string {
	return []string{"phone", "email", "signal", "telegram", "whatsapp", "address", "web", "other"}
}

// FileRef points at an attached file. Its name and kind are sealed with the
// file, so the reference holds nothing but the ID.
type FileRef struct {
	ID ID `json:"id"`
}

// IsZero reports whether the field is empty and gives no reason.
func (v Value) IsZero() bool { return v.Missing == "" && len(v.Items) == 0 }

// First returns the first item, or the zero Item.
func (v Value) First() Item {
	if len(v.Items) == 0 {
		return Item{}
	}
	return v.Items[0]
}

// Equal compares by canonical JSON, which is what the ledger commits to.
func (v Value) Equal(w Value) bool {
	a, errA := json.Marshal(v)
	b, errB := json.Marshal(w)
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

// Clone returns a deep copy.
func (vs Values) Clone() Values {
	out := make(Values, len(vs))
	for k, v := range vs {
		out[k] = v.Clone()
	}
	return out
}

// Clone returns a deep copy.
func (v Value) Clone() Value {
	out := Value{Missing: v.Missing}
	if len(v.Items) == 0 {
		return out
	}
	out.Items = make([]Item, len(v.Items))
	for i, item := range v.Items {
		out.Items[i] = item.clone()
	}
	return out
}

func (i Item) clone() Item {
	i.Note = maps.Clone(i.Note)
	i.Date = copyOf(i.Date)
	i.Money = copyOf(i.Money)
	i.Name = copyOf(i.Name)
	i.Contact = copyOf(i.Contact)
	i.File = copyOf(i.File)
	i.Yes = copyOf(i.Yes)
	if i.Number = copyOf(i.Number); i.Number != nil {
		i.Number.Max = copyOf(i.Number.Max)
	}
	if i.Place = copyOf(i.Place); i.Place != nil {
		i.Place.Lat, i.Place.Lon = copyOf(i.Place.Lat), copyOf(i.Place.Lon)
	}
	return i
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// Convenience constructors for code that builds values (importers, the demo,
// tests).

// TextValue is a text field with the given items.
func TextValue(items ...string) Value {
	var v Value
	for _, s := range items {
		v.Items = append(v.Items, Item{Text: s})
	}
	return v
}

// NoteValue is a note from alternating language and text.
func NoteValue(pairs ...string) Value {
	w := Words{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			w[pairs[i]] = pairs[i+1]
		}
	}
	if len(w) == 0 {
		return Value{}
	}
	return Value{Items: []Item{{Note: w}}}
}

// TermValue is a term field with the given codes.
func TermValue(codes ...string) Value {
	var v Value
	for _, c := range codes {
		v.Items = append(v.Items, Item{Term: c})
	}
	return v
}

// LinkValue is a link field with the given targets.
func LinkValue(ids ...ID) Value {
	var v Value
	for _, id := range ids {
		v.Items = append(v.Items, Item{Link: id})
	}
	return v
}

// NumberValue is an exact number.
func NumberValue(n float64) Value {
	return Value{Items: []Item{{Number: &Number{Value: n}}}}
}

// DateValue is one date.
func DateValue(d Date) Value { return Value{Items: []Item{{Date: &d}}} }

// MissingValue is an empty field with its reason.
func MissingValue(m Missing) Value { return Value{Missing: m} }
