package web

import (
	"net/url"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
)

// listQuery is a list as its address says it: every state of the page is a
// GET address that can be opened again.
//
//	q=words  f.<field>=value (repeated: any of)  not=<field> (none of)
//	sort=-initial_date  exact=1  cursor=…
type listQuery struct {
	Type    string
	Text    string
	Filters []kernel.Filter // in the order of their fields in the address
	Sort    string
	Exact   bool
	Cursor  string
}

// Names of what stands in the address of a list.
const (
	paramText   = "q"
	paramFilter = "f." // followed by the field
	paramNot    = "not"
	paramSort   = "sort"
	paramExact  = "exact"
	paramCursor = "cursor"
	paramCircle = "circle" // short for f.@circle
)

func parseListQuery(typ string, in url.Values) listQuery {
	q := listQuery{Type: typ, Text: strings.TrimSpace(in.Get(paramText)), Sort: in.Get(paramSort),
		Exact: in.Get(paramExact) == "1", Cursor: in.Get(paramCursor)}
	names := make([]string, 0, len(in))
	for name := range in {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		field, ok := strings.CutPrefix(name, paramFilter)
		if name == paramCircle {
			field, ok = index.FieldCircle, true
		}
		if !ok {
			continue
		}
		values := slices.DeleteFunc(slices.Clone(in[name]), func(s string) bool { return s == "" })
		if len(values) > 0 {
			q.Filters = append(q.Filters, kernel.Filter{Field: field, Values: values,
				Not: slices.Contains(in[paramNot], field)})
		}
	}
	return q
}

// values are the address's query. The cursor is left out: whatever changes
// the query starts at its first page.
func (q listQuery) values() url.Values {
	out := url.Values{}
	set := func(name, value string) {
		if value != "" {
			out.Set(name, value)
		}
	}
	set(paramText, q.Text)
	set(paramSort, q.Sort)
	if q.Exact {
		out.Set(paramExact, "1")
	}
	for _, f := range q.Filters {
		out[paramFilter+f.Field] = f.Values
		if f.Not {
			out.Add(paramNot, f.Field)
		}
	}
	return out
}

func (q listQuery) url() string { return withQuery(listURL(q.Type), q.values()) }

func withQuery(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (q listQuery) page(cursor string) string {
	if cursor == "" {
		return ""
	}
	v := q.values()
	v.Set(paramCursor, cursor)
	return withQuery(listURL(q.Type), v)
}

// without is the query without one value of a filter, or with "" without the
// whole filter.
func (q listQuery) without(field, value string) listQuery {
	out := q
	out.Filters = nil
	for _, f := range q.Filters {
		if f.Field == field {
			f.Values = slices.DeleteFunc(slices.Clone(f.Values), func(s string) bool { return value == "" || s == value })
		}
		if len(f.Values) > 0 {
			out.Filters = append(out.Filters, f)
		}
	}
	return out
}

// with is the query with exactly these values of a field.
func (q listQuery) with(field string, values ...string) listQuery {
	out := q.without(field, "")
	out.Filters = append(out.Filters, kernel.Filter{Field: field, Values: values})
	return out
}

func (q listQuery) filter(field string) kernel.Filter {
	for _, f := range q.Filters {
		if f.Field == field {
			return f
		}
	}
	return kernel.Filter{Field: field}
}

func (q listQuery) empty() bool { return q.Text == "" && len(q.Filters) == 0 }

func (q listQuery) find() kernel.FindQuery {
	return kernel.FindQuery{Type: q.Type, Text: q.Text, Filters: q.Filters, Sort: q.Sort, Exact: q.Exact, Cursor: q.Cursor}
}

func (q listQuery) counted() kernel.OverviewQuery {
	return kernel.OverviewQuery{Type: q.Type, Text: q.Text, Filters: q.Filters, Exact: q.Exact}
}

// sortOption is one order of a list.
type sortOption struct {
	Value, Label string
	Selected     bool
}

// sorts are the orders of a type's list: changed last, and each dated, counted
// or named list field both ways.
func (v *visit) sorts(t *core.Type, chosen string) []sortOption {
	out := []sortOption{{Value: "", Label: v.T("list.sort_updated"), Selected: chosen == ""}}
	if t == nil {
		return out
	}
	add := func(value, label string) {
		out = append(out, sortOption{value, label, chosen == value})
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Sensitivity == core.Sealed || f.Auto != "" || !f.List && f.Key != t.When && f.Key != t.Count {
			continue
		}
		label := f.Label.In(v.lang)
		switch f.Kind {
		case core.FieldDate:
			add("-"+f.Key, v.T("list.sort_newest", "field", label))
			add(f.Key, v.T("list.sort_oldest", "field", label))
		case core.FieldNumber:
			add("-"+f.Key, v.T("list.sort_most", "field", label))
			add(f.Key, v.T("list.sort_least", "field", label))
		case core.FieldNote, core.FieldText:
			add(f.Key, v.T("list.sort_alphabet", "field", label))
		}
	}
	return out
}
