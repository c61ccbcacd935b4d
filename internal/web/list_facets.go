package web

import (
	"cmp"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
)

// facetsShown is how many values of a facet stand open; the rest is folded.
const facetsShown = 8

// facetsOpen is how many facets stand open before anybody filters.
const facetsOpen = 3

// facetPanel is one field in the filter panel.
type facetPanel struct {
	Field string
	Label string
	Open  bool
	Not   bool // the ticked values are excluded
	First []facetTick
	More  []facetTick
	Name  string // of the ticks in the address
}

// facetTick is one value with its exact count.
type facetTick struct {
	Name, Value, Label, Lang string
	Depth, Count             int
	Selected, Missing        bool
}

// chip is an active filter that a click removes.
type chip struct {
	Label, Value string
	Not          bool
	URL          string // of the list without it
}

// facetPanels turns counts into the filter panel, fields in form order.
func (v *visit) facetPanels(q listQuery, t *core.Type, facets []kernel.Facet) []facetPanel {
	circles := v.circleNames()
	var out []facetPanel
	for _, fc := range facets {
		filter := q.filter(fc.Field)
		p := facetPanel{Field: fc.Field, Label: v.facetLabel(t, fc.Field), Not: filter.Not,
			Open: len(filter.Values) > 0, Name: paramFilter + fc.Field}
		var ticks []facetTick
		dated := isKind(t, fc.Field, core.FieldDate)
		for _, val := range fc.Values {
			// A year opens its months, a month its days: all of them at once
			// would be hundreds of ticks.
			if dated && val.Depth > 0 && !val.Selected && !contains(filter.Values, upper(val.Value)) {
				continue
			}
			label := wordingIn(val.Label, v.lang)
			if fc.Field == index.FieldCircle {
				label = Wording{Text: circles[core.ID(val.Value)]}
			}
			if fc.Field == index.FieldType {
				label = Wording{Text: v.typePlural(val.Value)}
			}
			if dated {
				label = Wording{Text: v.period(val.Value)}
			}
			if label.Text == "" {
				continue
			}
			ticks = append(ticks, facetTick{Name: p.Name, Value: val.Value, Label: label.Text, Lang: label.Lang,
				Depth: min(val.Depth, 5), Count: val.Count, Selected: val.Selected})
		}
		if isKind(t, fc.Field, core.FieldNumber) {
			sortBands(ticks)
		}
		if fc.Missing > 0 || contains(filter.Values, index.ValueMissing) {
			ticks = append(ticks, facetTick{Name: p.Name, Value: index.ValueMissing, Label: v.T("list.missing"),
				Count: fc.Missing, Selected: contains(filter.Values, index.ValueMissing), Missing: true})
		}
		// A field that is empty everywhere, or a circle that is the only one,
		// sorts nothing.
		if len(filter.Values) == 0 && (len(ticks) == 0 || len(ticks) == 1 && (ticks[0].Missing || fc.Field == index.FieldCircle)) {
			continue
		}
		p.Open = p.Open || len(out) < facetsOpen
		p.First, p.More = splitTicks(ticks)
		out = append(out, p)
	}
	return out
}

// upper is the period that holds a period: "2012" for "2012-05".
func upper(period string) string {
	if at := strings.LastIndexByte(period, '-'); at > 0 {
		return period[:at]
	}
	return ""
}

// sortBands puts the bands of a number in the order of their size, which says
// more than the order of their counts, and writes them with a dash.
func sortBands(ticks []facetTick) {
	for _, t := range ticks {
		if _, _, ok := index.BandBounds(t.Value); !ok {
			return
		}
	}
	slices.SortFunc(ticks, func(a, b facetTick) int {
		x, _, _ := index.BandBounds(a.Value)
		y, _, _ := index.BandBounds(b.Value)
		return cmp.Compare(x, y)
	})
	for i := range ticks {
		ticks[i].Label = band(ticks[i].Label)
	}
}

// band is a band of numbers as people write it.
func band(value string) string { return strings.ReplaceAll(value, "-", "–") }

// splitTicks keeps what is ticked, and the count of the empty ones, in sight.
func splitTicks(ticks []facetTick) (first, more []facetTick) {
	if len(ticks) <= facetsShown+2 {
		return ticks, nil
	}
	for _, t := range ticks {
		if len(first) < facetsShown || t.Selected || t.Missing {
			first = append(first, t)
		} else {
			more = append(more, t)
		}
	}
	return first, more
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

func isKind(t *core.Type, field string, kind core.FieldKind) bool {
	if t == nil {
		return false
	}
	f := t.Field(field)
	return f != nil && f.Kind == kind
}

func (v *visit) facetLabel(t *core.Type, field string) string {
	switch field {
	case index.FieldCircle:
		return v.T("list.circle")
	case index.FieldType:
		return v.T("list.type")
	case index.FieldState:
		return v.T("list.state")
	case index.FieldHas:
		return v.T("list.has")
	case index.FieldImport:
		return v.T("list.import")
	}
	if t != nil {
		if f := t.Field(field); f != nil {
			return f.Label.In(v.lang)
		}
	}
	return field
}

func (v *visit) typePlural(name string) string {
	if t := v.s.kernel.Packs().Type(name); t != nil {
		return t.Plural.In(v.lang)
	}
	return name
}

// chips are the active filters, one for each value.
func (v *visit) chips(q listQuery, t *core.Type) []chip {
	var out []chip
	circles := v.circleNames()
	for _, f := range q.Filters {
		for _, value := range f.Values {
			out = append(out, chip{Label: v.facetLabel(t, f.Field), Value: v.filterValue(t, f.Field, value, circles),
				Not: f.Not, URL: q.without(f.Field, value).url()})
		}
	}
	return out
}

// filterValue is a filter's value in words.
func (v *visit) filterValue(t *core.Type, field, value string, circles map[core.ID]string) string {
	if reason, ok := strings.CutPrefix(value, index.ValueMissing); ok {
		if reason == "" {
			return v.T("list.missing")
		}
		return v.T("form.missing." + reason)
	}
	if s, ok := index.FacetText(value); ok {
		return s
	}
	switch field {
	case index.FieldCircle:
		if name := circles[core.ID(value)]; name != "" {
			return name
		}
		return v.T("list.circle_unknown")
	case index.FieldType:
		return v.typePlural(value)
	}
	if t == nil || t.Field(field) == nil {
		return value
	}
	f := t.Field(field)
	switch {
	case f.Vocabulary != "":
		if s := v.s.kernel.Packs().Label(f.Vocabulary, value).In(v.lang); s != "" {
			return s
		}
	case f.Kind == core.FieldDate:
		return v.period(value)
	case f.Kind == core.FieldYesNo:
		return v.T("form.yes." + value)
	case f.Kind == core.FieldNumber:
		return band(value)
	}
	return value
}

// period is "2012", "2012-05" or "2012-05-06" in words.
func (v *visit) period(value string) string {
	d, err := core.ParseDate(value)
	if err != nil {
		return value
	}
	return unbroken(d.Format(v.lang))
}
