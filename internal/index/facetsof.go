package index

import (
	"cmp"
	"slices"

	"svod/internal/core"
)

// Ancestry knows which terms stand above a term: the parent first, then its
// parent. An unknown code has no ancestors.
type Ancestry interface {
	Ancestors(vocabulary, code string) []string
}

// FacetsOf lists the sets a record belongs to by its values, sorted and without
// repeats. Sealed fields give nothing, not even whether they are empty.
//
//   - terms and places: the code and every ancestor, so that counts roll up;
//   - dates: the year, month and day on which the date begins ("2012",
//     "2012-05", "2012-05-06"), for each item. A date with an open beginning
//     stands where it ends. An imprecise date so counts once in a histogram,
//     and ValueWideMonth and its kin mark it, so that a histogram can show
//     apart what is known by the year only. Filters by date use the whole span
//     (see SortKeysOf);
//   - numbers: the band of the first item, "about", and the bits of its value,
//     from which Sum adds up without reading records;
//   - money: currency; contact: channel; yes/no: "yes", "no"; text where the
//     pack marks the field as a facet;
//   - every field: whether it has an item, is empty, and why.
func FacetsOf(t *core.Type, values core.Values, terms Ancestry) []FacetKey {
	var keys []FacetKey
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Sensitivity == core.Sealed {
			continue
		}
		v := values[f.Key]
		keys = append(keys, presence(f, v)...)
		for n, item := range v.Items {
			for _, value := range itemFacets(f, item, n, terms) {
				keys = append(keys, FacetKey{f.Key, value})
			}
		}
	}
	return sortKeys(keys)
}

func presence(f *core.Field, v core.Value) []FacetKey {
	if len(v.Items) == 0 {
		keys := []FacetKey{MissingKey(f.Key, "")}
		if v.Missing != "" {
			keys = append(keys, MissingKey(f.Key, v.Missing))
		}
		return keys
	}
	keys := []FacetKey{{f.Key, ValueAny}}
	if f.Kind == core.FieldFile {
		keys = append(keys, FacetKey{FieldHas, HasFile})
	}
	return keys
}

// itemFacets are the values of the n-th item of a field.
func itemFacets(f *core.Field, item core.Item, n int, terms Ancestry) []string {
	switch f.Kind {
	case core.FieldTerm:
		return withAncestors(f.Vocabulary, item.Term, terms)
	case core.FieldPlace:
		if item.Place != nil {
			return withAncestors(f.Vocabulary, item.Place.Code, terms)
		}
	case core.FieldDate:
		if item.Date != nil {
			return dateFacets(*item.Date)
		}
	case core.FieldNumber:
		if item.Number != nil && n == 0 {
			return numberFacets(*item.Number)
		}
	case core.FieldMoney:
		if item.Money != nil {
			return []string{item.Money.Currency}
		}
	case core.FieldContact:
		if item.Contact != nil {
			return []string{item.Contact.Channel}
		}
	case core.FieldYesNo:
		if item.Yes != nil {
			return []string{yesNo(*item.Yes)}
		}
	case core.FieldText:
		if f.Facet && item.Text != "" {
			return []string{TextFacetValue(item.Text)}
		}
	}
	return nil
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func withAncestors(vocabulary, code string, terms Ancestry) []string {
	if code == "" {
		return nil
	}
	return append([]string{code}, terms.Ancestors(vocabulary, code)...)
}

// dateFacets are the three buckets and the marks of vagueness.
func dateFacets(d core.Date) []string {
	at, ok := bucketDay(d)
	if !ok {
		return nil
	}
	day := at.String()
	out := []string{day[:4], day[:7], day}
	from, to := d.Bounds()
	if d.Approximate() {
		out = append(out, ValueAbout)
	}
	if from.Year != to.Year {
		out = append(out, ValueWideYear)
	}
	if from.Year != to.Year || from.Month != to.Month {
		out = append(out, ValueWideMonth)
	}
	if from != to {
		out = append(out, ValueWideDay)
	}
	return out
}

// bucketDay is the one day under which a date is counted. A date open at both
// ends has none.
func bucketDay(d core.Date) (core.Day, bool) {
	if d.IsZero() {
		return core.Day{}, false
	}
	from, to := d.Bounds()
	if from != core.MinDay {
		return from, true
	}
	return to, to != core.MaxDay
}

func numberFacets(n core.Number) []string {
	out := append([]string{Band(n.Value)}, numberSlices(n.Value)...)
	if n.About || n.Max != nil {
		out = append(out, ValueAbout)
	}
	return out
}

// sortKeys orders keys by field and value and drops repeats.
func sortKeys(keys []FacetKey) []FacetKey {
	slices.SortFunc(keys, compareKeys)
	return slices.Compact(keys)
}

func compareKeys(a, b FacetKey) int {
	if c := cmp.Compare(a.Field, b.Field); c != 0 {
		return c
	}
	return cmp.Compare(a.Value, b.Value)
}
