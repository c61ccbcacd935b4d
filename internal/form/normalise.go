package form

import (
	"strings"
	"unicode"

	"svod/internal/core"
)

// line makes one line of text: valid UTF-8, no control or invisible direction
// signs, single blanks, none at the ends. A no-break space becomes a blank.
func line(s string) string {
	return strings.Join(strings.Fields(clean(s)), " ")
}

// note keeps lines apart: line ends become \n, no blanks before them, no empty
// lines at the ends.
func note(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(clean(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRightFunc(l, unicode.IsSpace)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// clean drops what no record should hold: broken UTF-8, NUL and other control
// characters, and the signs that turn text round to hide what it says.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r == '\ufeff', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// normalise brings an item into the form in which it is stored; ok is false
// when nothing is left of it.
func normalise(f *core.Field, it core.Item) (out core.Item, ok bool) {
	it.Clarify = note(it.Clarify)
	switch f.Kind {
	case core.FieldText:
		it.Text = line(it.Text)
		ok = it.Text != ""
	case core.FieldNote:
		it.Note = normaliseWords(it.Note)
		ok = len(it.Note) > 0
	case core.FieldTerm:
		it.Term = line(it.Term)
		ok = it.Term != ""
	case core.FieldDate:
		ok = it.Date != nil && !it.Date.IsZero()
	case core.FieldNumber:
		ok = it.Number != nil
	case core.FieldMoney:
		ok = it.Money != nil
	case core.FieldPlace:
		ok = it.Place != nil
		if ok {
			p := *it.Place
			p.Code, p.Local = line(p.Code), line(p.Local)
			it.Place = &p
			ok = p != (core.Place{})
		}
	case core.FieldName:
		ok = it.Name != nil
		if ok {
			n := *it.Name
			n.Full, n.Family, n.Given, n.Patronymic = line(n.Full), line(n.Family), line(n.Given), line(n.Patronymic)
			it.Name = &n
			ok = n.String() != ""
		}
	case core.FieldContact:
		ok = it.Contact != nil
		if ok {
			c := *it.Contact
			c.Channel, c.Value = line(c.Channel), line(c.Value)
			it.Contact = &c
			ok = c.Value != ""
		}
	case core.FieldLink:
		ok = it.Link != ""
	case core.FieldFile:
		ok = it.File != nil && it.File.ID != ""
	case core.FieldYesNo:
		ok = it.Yes != nil
	}
	return it, ok || it.Clarify != ""
}

func normaliseWords(w core.Words) core.Words {
	out := core.Words{}
	for lang, s := range w {
		if s = note(s); s != "" {
			out[lang] = s
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// finish stores the items of a field, or its reason, and drops repeats of
// terms and links. A reason beside items is dropped: what is known wins.
func finish(f *core.Field, items []core.Item, missing core.Missing) core.Value {
	var v core.Value
	seen := map[string]bool{}
	for _, it := range items {
		it, ok := normalise(f, it)
		if !ok {
			continue
		}
		if key := it.Term + string(it.Link); key != "" && it.Clarify == "" {
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		v.Items = append(v.Items, it)
	}
	if len(v.Items) == 0 {
		v.Missing = missing
	}
	return v
}
