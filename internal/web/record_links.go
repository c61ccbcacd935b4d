package web

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/kernel"
)

// newLink is the value of a link that asks for a new record.
const newLink = "new"

// wish is a link row whose record is to be made: the words become its name.
type wish struct {
	field string
	row   string
	words string
	id    core.ID
}

// takeWishes finds the link rows that ask for a new person and gives each an
// ID. in is left as it was sent, so that the form can be shown again; what
// comes back is the form with the IDs in it.
func takeWishes(t *core.Type, in url.Values) (url.Values, []wish) {
	var wishes []wish
	out := url.Values{}
	for _, name := range sortedNames(in) {
		out[name] = in[name]
		key, rest, _ := strings.Cut(name, ".")
		row, part, _ := strings.Cut(rest, ".")
		f := t.Field(key)
		if f == nil || f.Kind != core.FieldLink || part != "link" || in.Get(name) != newLink {
			continue
		}
		w := wish{field: key, row: row, words: strings.TrimSpace(in.Get(key + "." + row + ".find")), id: core.NewID()}
		if w.words == "" || !mayMake(f) {
			out.Del(name)
			continue
		}
		out.Set(name, string(w.id))
		wishes = append(wishes, w)
	}
	return out, wishes
}

// mayMake reports whether a link's target can be made from a name alone.
func mayMake(f *core.Field) bool { return f.Link != nil && slices.Contains(f.Link.Types, typePerson) }

// drafts are the records the wishes ask for.
func drafts(wishes []wish, circle core.ID, reason string) []kernel.Draft {
	var out []kernel.Draft
	for _, w := range wishes {
		out = append(out, kernel.Draft{ID: w.id, Type: typePerson, Circle: circle, Reason: reason,
			Values: core.Values{fieldName: {Items: []core.Item{{Name: &core.Name{Full: w.words, Script: scriptOf(w.words)}}}}}})
	}
	return out
}

// scriptOf is the ISO 15924 code of the first letter's script, "" when it is
// none that names are kept in.
func scriptOf(s string) string {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			return "Cyrl"
		case unicode.Is(unicode.Latin, r):
			return "Latn"
		case unicode.Is(unicode.Armenian, r):
			return "Armn"
		case unicode.Is(unicode.Georgian, r):
			return "Geor"
		case unicode.Is(unicode.Arabic, r):
			return "Arab"
		}
	}
	return ""
}

// candidatesOf looks for what the words of link rows mean, and shows again the
// rows for which a new record was asked.
func (v *visit) candidatesOf(t *core.Type, prefix string, finds []form.Find, in url.Values) (map[string]*candidates, error) {
	out := map[string]*candidates{}
	for _, f := range finds {
		if err := v.candidatesFor(out, t.Field(f.Field), prefix, form.InputName(f.Field, f.Row, "link"), f.Words, ""); err != nil {
			return nil, err
		}
	}
	for _, name := range sortedNames(in) {
		if in.Get(name) != newLink || !strings.HasSuffix(name, ".link") {
			continue
		}
		key, _, _ := strings.Cut(name, ".")
		words := in.Get(strings.TrimSuffix(name, "link") + "find")
		f := t.Field(key)
		if f == nil || f.Kind != core.FieldLink || words == "" {
			continue
		}
		if err := v.candidatesFor(out, f, prefix, name, words, newLink); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (v *visit) candidatesFor(out map[string]*candidates, f *core.Field, prefix, name, words, chosen string) error {
	if f == nil || f.Link == nil {
		return nil
	}
	hints, err := v.suggest(f.Link.Types, words)
	if err != nil {
		return err
	}
	c := &candidates{Name: prefix + name, Hints: v.hintViews(hints, core.ID(chosen))}
	if mayMake(f) {
		c.NewLabel, c.NewValue, c.NewSelected = v.T("form.make_new", "name", words), newLink, chosen == newLink
	}
	out[name] = c
	return nil
}

// linkTitles are the titles of all records a form links to.
func (v *visit) linkTitles(t *core.Type, values core.Values) map[core.ID]string {
	var ids []core.ID
	for i := range t.Fields {
		for _, it := range values[t.Fields[i].Key].Items {
			if it.Link != "" {
				ids = append(ids, it.Link)
			}
		}
	}
	out := map[core.ID]string{}
	if len(ids) == 0 {
		return out
	}
	found, err := v.s.kernel.Records(v.ctx, v.actor, ids)
	if err != nil {
		return out // the form shows numbers instead
	}
	for _, r := range found {
		out[r.ID] = r.Title.In(v.lang)
	}
	return out
}
