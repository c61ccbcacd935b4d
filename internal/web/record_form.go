package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/form"
)

// recordFormPage is the form of a new or an existing record.
type recordFormPage struct {
	Frame
	Heading   string
	About     string
	Action    string
	Cancel    string
	Multipart bool
	New       bool
	Part      string // title of the record it will be part of
	Carried   []hiddenInput
	Circles   []circleChoice // to choose from; empty when the circle is settled
	Circle    string         // its name when settled
	Groups    []formGroup
	Reason    string
	Double    []hintView // records that may be the same
}

// formGroup is a section of a form.
type formGroup struct {
	Key, Label, Hint string
	Closed           bool
	Controls         []control
}

// formState is what a form is built from, at first and again after each POST.
type formState struct {
	typ    *core.Type
	values core.Values
	raw    url.Values // nil the first time
	errs   core.Errors
	extra  map[string]int
	found  map[string]*candidates
	locked []string
	names  map[core.ID]string // of files
	hide   string             // field that the address decides
}

// groups builds the sections of a form.
func (v *visit) formGroups(st formState) []formGroup {
	titles := v.linkTitles(st.typ, st.values)
	w := v.writer(nil)
	m := form.Model(st.typ, st.values, v.lang, form.Options{Terms: v.s.kernel.Packs(), Raw: st.raw, Errors: st.errs,
		Extra: st.extra, Locked: st.locked,
		Title:    func(id core.ID) string { return titleOr(titles, id) },
		FileName: func(id core.ID) string { return st.names[id] },
		Show:     w.plain})
	mk := &formMaker{v: v, found: st.found, fileNames: st.names, titles: titles, upload: true}
	var out []formGroup
	for _, g := range m.Groups {
		fg := formGroup{Key: g.Key, Label: g.Label, Hint: g.Hint, Closed: g.Closed}
		for _, c := range g.Controls {
			if c.Field.Key == st.hide || c.Fixed && c.Shown == "" {
				continue // settled, or nothing to say before the first save
			}
			fg.Controls = append(fg.Controls, mk.control(c))
			if c.Field.Kind == core.FieldLink && anyFound(st.found, c.Field.Key) {
				fg.Closed = false
			}
		}
		if len(fg.Controls) > 0 {
			out = append(out, fg)
		}
	}
	return out
}

func titleOr(titles map[core.ID]string, id core.ID) string {
	if t := titles[id]; t != "" {
		return t
	}
	return id.Short()
}

func anyFound(found map[string]*candidates, key string) bool {
	for name := range found {
		if strings.HasPrefix(name, key+".") {
			return true
		}
	}
	return false
}

// addRows is how many blank rows a form shows beyond the first, after "add
// another" was pressed: as many as stood there blank.
func addRows(t *core.Type, field string, in url.Values, values core.Values) map[string]int {
	f := t.Field(field)
	if f == nil {
		return nil
	}
	rows := map[string]bool{}
	for name := range in {
		if key, rest, _ := strings.Cut(name, "."); key == field {
			if n, _, ok := strings.Cut(rest, "."); ok {
				if _, err := strconv.Atoi(n); err == nil {
					rows[n] = true
				}
			}
		}
	}
	return map[string]int{field: max(1, len(rows)-len(values[field].Items))}
}

// hasFiles reports whether a form of the type takes files.
func hasFiles(t *core.Type) bool {
	for i := range t.Fields {
		if t.Fields[i].Kind == core.FieldFile {
			return true
		}
	}
	return false
}

// inForm makes problems fit a record form: each names its field, leads to its
// control, and stands in form order.
func (v *visit) inForm(p Problems, t *core.Type) Problems {
	at := map[string]int{}
	for i := range t.Fields {
		at[t.Fields[i].Key] = i + 1
	}
	list := slices.Clone(p.List)
	slices.SortStableFunc(list, func(a, b Problem) int { return cmp.Compare(at[a.Field], at[b.Field]) })
	for i, one := range list {
		if f := t.Field(one.Field); f != nil {
			list[i] = Problem{Field: "c-" + one.Field, Text: f.Label.In(v.lang) + ": " + one.Text}
		}
	}
	return Problems{Status: p.Status, List: list}
}

// errorsOf is an error as a list, for a form to show beside its fields.
func errorsOf(err error) core.Errors {
	switch e := err.(type) {
	case core.Errors:
		return e
	case *core.Error:
		return core.Errors{e}
	}
	return nil
}

// mergedErrors joins the errors of decoding with those of checking, one a field and
// row: what could not be read needs no second complaint that it is missing.
func mergedErrors(decoded, checked core.Errors) core.Errors {
	seen := map[string]bool{}
	var out core.Errors
	for _, e := range decoded {
		seen[e.Field] = true
		out = append(out, e)
	}
	for _, e := range checked {
		if e.Field == "" || !seen[e.Field] {
			out = append(out, e)
		}
	}
	return out
}
