package form

import (
	"math"
	"slices"
	"unicode/utf8"

	"svod/internal/core"
)

// Vocabularies knows the terms; pack.Set does. Term returns nil for a code that
// is not there; hidden terms are there.
type Vocabularies interface {
	Term(vocabulary, code string) *core.Term
}

// Check applies the rules of the type to values from any decoder, in field
// order: required fields have a value or a reason, items have the shape of
// their kind, codes exist, nothing is too long or too many. Fields that the
// kernel fills are not checked. Whether a link's target exists and has an
// allowed type depends on what the actor may see, so the kernel checks it.
func Check(t *core.Type, values core.Values, r Vocabularies) core.Errors {
	var errs core.Errors
	for _, key := range sortedKeys(values) {
		if t.Field(key) == nil {
			errs = append(errs, core.Invalid("form.unknown_field", "name", safeName(key)))
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Auto != "" {
			continue
		}
		errs = append(errs, checkField(f, values[f.Key], r)...)
		if f.Key == t.Count && negative(values[f.Key]) {
			errs = append(errs, core.Invalid("form.number_negative").At(f.Key))
		}
	}
	return errs
}

// negative reports whether a number is below zero: nothing that is counted is.
func negative(v core.Value) bool {
	return slices.ContainsFunc(v.Items, func(it core.Item) bool { return it.Number != nil && it.Number.Value < 0 })
}

func checkField(f *core.Field, v core.Value, r Vocabularies) core.Errors {
	var errs core.Errors
	add := func(e *core.Error) {
		if e != nil {
			errs = append(errs, e.At(f.Key))
		}
	}
	if v.IsZero() && f.Required {
		add(core.Invalid("form.required"))
	}
	if v.Missing != "" {
		if len(v.Items) > 0 {
			add(core.Invalid("form.value_and_reason"))
		}
		if !slices.Contains(core.MissingReasons(), v.Missing) {
			add(core.Invalid("form.unknown_reason"))
		}
	}
	if limit := maxItems(f); len(v.Items) > limit {
		if limit == 1 {
			add(core.Invalid("form.one_only"))
		} else {
			add(core.Invalid("form.too_many", "max", limit))
		}
	}
	for n, it := range v.Items {
		if n >= MaxItems {
			break
		}
		add(checkItem(f, it, r))
	}
	return errs
}

// checkItem returns the first thing wrong with an item.
func checkItem(f *core.Field, it core.Item, r Vocabularies) *core.Error {
	if it.Clarify != "" && len(members(it)) == 0 {
		return core.Invalid("form.clarify_alone")
	}
	if !hasOnly(f.Kind, it) {
		return core.Invalid("form.wrong_kind", "kind", string(f.Kind))
	}
	if it.Clarify != "" {
		if !f.Clarify {
			return core.Invalid("form.no_clarify")
		}
		if e := atMost(it.Clarify, MaxClarify); e != nil {
			return e
		}
	}
	switch f.Kind {
	case core.FieldText:
		return atMost(it.Text, maxRunes(f))
	case core.FieldNote:
		return checkNote(f, it.Note)
	case core.FieldTerm:
		return checkTerm(f, it.Term, r)
	case core.FieldNumber:
		return checkNumber(*it.Number)
	case core.FieldMoney:
		return checkMoney(*it.Money)
	case core.FieldPlace:
		return checkPlace(f, *it.Place, r)
	case core.FieldName:
		return checkName(*it.Name)
	case core.FieldContact:
		return checkContact(*it.Contact)
	case core.FieldLink:
		if _, err := core.ParseID(string(it.Link)); err != nil {
			return core.Invalid("form.link_unknown")
		}
	case core.FieldFile:
		if _, err := core.ParseID(string(it.File.ID)); err != nil {
			return core.Invalid("form.file_unknown")
		}
	}
	return nil
}

// hasOnly reports whether an item has the member of its kind and no other.
func hasOnly(kind core.FieldKind, it core.Item) bool {
	set := members(it)
	return len(set) == 1 && set[0] == kind
}

// members lists the kinds of which an item holds a value.
func members(it core.Item) []core.FieldKind {
	var out []core.FieldKind
	add := func(kind core.FieldKind, is bool) {
		if is {
			out = append(out, kind)
		}
	}
	add(core.FieldText, it.Text != "")
	add(core.FieldNote, len(it.Note) > 0)
	add(core.FieldTerm, it.Term != "")
	add(core.FieldDate, it.Date != nil && !it.Date.IsZero())
	add(core.FieldNumber, it.Number != nil)
	add(core.FieldMoney, it.Money != nil)
	add(core.FieldPlace, it.Place != nil)
	add(core.FieldName, it.Name != nil)
	add(core.FieldContact, it.Contact != nil)
	add(core.FieldLink, it.Link != "")
	add(core.FieldFile, it.File != nil)
	add(core.FieldYesNo, it.Yes != nil)
	return out
}

func atMost(s string, limit int) *core.Error {
	if utf8.RuneCountInString(s) > limit {
		return core.Invalid("form.too_long", "max", limit)
	}
	return nil
}

func checkNote(f *core.Field, w core.Words) *core.Error {
	if len(w) > MaxLangs {
		return core.Invalid("form.too_many", "max", MaxLangs)
	}
	for _, lang := range sortedKeys(w) {
		if !knownLang(lang) {
			return core.Invalid("form.language")
		}
		if e := atMost(w[lang], maxRunes(f)); e != nil {
			return e
		}
	}
	return nil
}

func checkTerm(f *core.Field, code string, r Vocabularies) *core.Error {
	if r.Term(f.Vocabulary, code) == nil {
		return core.Invalid("form.term_unknown")
	}
	return nil
}

func checkNumber(n core.Number) *core.Error {
	for _, v := range [...]*float64{&n.Value, n.Max} {
		if v == nil {
			continue
		}
		if math.IsNaN(*v) || math.Abs(*v) > MaxNumber {
			return core.Invalid("form.number_large", "max", writeNumber(MaxNumber))
		}
	}
	if n.Max != nil && *n.Max < n.Value {
		return core.Invalid("form.number_order")
	}
	return nil
}

func checkMoney(m core.Money) *core.Error {
	if !knownCurrency(m.Currency) {
		return core.Invalid("form.currency")
	}
	if m.Minor > MaxMinor || m.Minor < -MaxMinor {
		return core.Invalid("form.number_large", "max", writeNumber(MaxNumber))
	}
	return nil
}

func knownCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for i := range 3 {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

func checkPlace(f *core.Field, p core.Place, r Vocabularies) *core.Error {
	if p.Code == "" && p.Local == "" && p.Lat == nil && p.Lon == nil {
		return core.Invalid("form.place_empty")
	}
	if p.Code != "" && r.Term(f.Vocabulary, p.Code) == nil {
		return core.Invalid("form.place_unknown")
	}
	if (p.Lat == nil) != (p.Lon == nil) {
		return core.Invalid("form.point_half")
	}
	if p.Lat != nil && !(math.Abs(*p.Lat) <= 90 && math.Abs(*p.Lon) <= 180) {
		return core.Invalid("form.point_range")
	}
	if p.Precision != "" && !slices.Contains(core.PlacePrecisions(), p.Precision) {
		return core.Invalid("form.choice")
	}
	return atMost(p.Local, MaxName)
}

func checkName(n core.Name) *core.Error {
	if n.String() == "" {
		return core.Invalid("form.name_empty")
	}
	for _, s := range [...]string{n.Full, n.Family, n.Given, n.Patronymic} {
		if e := atMost(s, MaxName); e != nil {
			return e
		}
	}
	if n.Script != "" && !slices.Contains(Scripts(), n.Script) ||
		n.Use != "" && !slices.Contains(NameUses(), n.Use) {
		return core.Invalid("form.choice")
	}
	return nil
}

func checkContact(c core.Contact) *core.Error {
	if c.Value == "" {
		return core.Invalid("form.contact_empty")
	}
	if !slices.Contains(core.ContactChannels(), c.Channel) {
		return core.Invalid("form.choice")
	}
	return atMost(c.Value, MaxName)
}
