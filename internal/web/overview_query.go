package web

import (
	"net/url"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
)

// overviewQuery is an overview as its address says it: the query of a list, and
//
//	rows=places  columns=assembly_form  of=sum
//
// where dates are counted by "field:year" or "field:month".
type overviewQuery struct {
	listQuery
	Rows, Columns string
	// Sum draws the sum of the type's Count field instead of the records.
	Sum bool
}

const (
	paramRows    = "rows"
	paramColumns = "columns"
	paramOf      = "of"
	ofSum        = "sum"
)

func parseOverviewQuery(t *core.Type, in url.Values) overviewQuery {
	q := overviewQuery{listQuery: parseListQuery(t.Name, in), Rows: in.Get(paramRows), Columns: in.Get(paramColumns),
		Sum: in.Get(paramOf) == ofSum && t.Count != ""}
	q.Sort, q.Cursor = "", ""
	if q.Rows == "" {
		q.Rows = defaultRows(t)
		if !in.Has(paramColumns) {
			q.Columns = defaultColumns(t, q.Rows)
		}
	}
	if q.Columns == q.Rows {
		q.Columns = ""
	}
	return q
}

// counted are the fields a table can be made of, in form order.
func counted(t *core.Type) []*core.Field {
	var out []*core.Field
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Facet && f.Sensitivity != core.Sealed {
			out = append(out, f)
		}
	}
	return out
}

// defaultRows is the place field, else the first that can be counted.
func defaultRows(t *core.Type) string {
	if f := t.Field(t.Where); f != nil && f.Sensitivity != core.Sealed {
		return f.Key
	}
	for _, f := range counted(t) {
		if f.Kind == core.FieldTerm {
			return f.Key
		}
	}
	if list := counted(t); len(list) > 0 {
		return axisKey(list[0])
	}
	return ""
}

// defaultColumns is a single-valued term of the group that the type's number
// stands in, so that the first table says something about it.
func defaultColumns(t *core.Type, rows string) string {
	group := ""
	if f := t.Field(t.Count); f != nil {
		group = f.Group
	}
	best := ""
	for _, f := range counted(t) {
		if f.Kind != core.FieldTerm || f.Many || f.Key == rows {
			continue
		}
		if f.Group == group {
			return f.Key
		}
		if best == "" {
			best = f.Key
		}
	}
	return best
}

func axisKey(f *core.Field) string {
	if f.Kind == core.FieldDate {
		return f.Key + ":" + string(index.ByYear)
	}
	return f.Key
}

func axisField(t *core.Type, axis string) *core.Field {
	name, _, _ := strings.Cut(axis, ":")
	return t.Field(name)
}

// values are the address's query; the axes always stand in it, so that an
// address means the same when the defaults change.
func (q overviewQuery) values() url.Values {
	out := q.listQuery.values()
	out.Set(paramRows, q.Rows)
	out.Set(paramColumns, q.Columns)
	if q.Sum {
		out.Set(paramOf, ofSum)
	}
	return out
}

func (q overviewQuery) url() string { return withQuery(overviewURL(q.Type), q.values()) }

// part is the address of a picture or table of this overview.
func (q overviewQuery) part(name string, extra ...string) string {
	v := q.values()
	for i := 0; i+1 < len(extra); i += 2 {
		v.Set(extra[i], extra[i+1])
	}
	return withQuery(overviewURL(q.Type)+"/"+name, v)
}

func (q overviewQuery) kernel() kernel.OverviewQuery {
	out := q.counted()
	out.Rows, out.Columns = q.Rows, q.Columns
	return out
}

// measured is the query drawn by records or by the sum.
func (q overviewQuery) measured(sum bool) overviewQuery {
	q.Sum = sum
	return q
}

// cell is the list of exactly the records that a value of a field counts. A
// filter that already stands on the field and does not follow from the value
// goes on in the words of the query, where a field can be named twice.
func (v *visit) cell(q listQuery, f *core.Field, value string) listQuery {
	old := q.filter(f.Key)
	q.Cursor = ""
	if len(old.Values) == 0 {
		return q.with(f.Key, value)
	}
	if !old.Not && v.implies(f, value, old.Values) {
		return q.with(f.Key, value)
	}
	clause := f.Key + ":" + quoted(value)
	if value == index.ValueMissing {
		clause = "-has:" + f.Key
	}
	q.Text = strings.TrimSpace(q.Text + " " + clause)
	return q
}

// implies reports whether every record with the value passes a filter for any
// of the others, because one of them is the value or stands above it.
func (v *visit) implies(f *core.Field, value string, any []string) bool {
	if slices.Contains(any, value) {
		return true
	}
	if f.Kind == core.FieldDate {
		return slices.ContainsFunc(any, func(a string) bool { return strings.HasPrefix(value, a+"-") })
	}
	for _, up := range v.s.kernel.Packs().Ancestors(f.Vocabulary, value) {
		if slices.Contains(any, up) {
			return true
		}
	}
	return false
}

// quoted is a value as the query language wants it.
func quoted(value string) string {
	if s, ok := index.FacetText(value); ok {
		value = s
	}
	if strings.ContainsAny(value, " :()\"*~|") {
		return `"` + strings.ReplaceAll(value, `"`, " ") + `"`
	}
	return value
}
