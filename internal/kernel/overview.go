package kernel

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/index"
)

// SmallNumber is the count below which a place is not shown with its exact
// number: a bubble with "1" in a small town points at a person.
const SmallNumber = 5

// Overview counts the records a query finds by one or two fields.
func (k *Kernel) Overview(ctx context.Context, a core.Actor, q OverviewQuery) (Overview, error) {
	var out Overview
	t := k.Packs().Type(q.Type)
	if t == nil {
		return out, core.Invalid("error.unknown_type", "type", q.Type).At("type")
	}
	rows, err := axisOf(t, q.Rows)
	if err != nil {
		return out, err
	}
	columns, err := axisOf(t, q.Columns)
	if err != nil {
		return out, err
	}
	err = k.read(ctx, a, func(v *view) error {
		ans, err := v.ask(FindQuery{Type: q.Type, Text: q.Text, Filters: q.Filters, Exact: q.Exact}, nil)
		if err != nil {
			return err
		}
		table, err := index.CrossTable(ctx, ans.result, rows, columns, t.Count, ans.chunks)
		if err != nil {
			return err
		}
		out = k.overviewOf(t, rows, columns, table)
		return nil
	})
	return out, err
}

// axisOf reads "field", "field:year" or "field:month". Sealed fields have no
// facets and cannot be counted by.
func axisOf(t *core.Type, s string) (index.Axis, error) {
	if s == "" {
		return index.Axis{}, nil
	}
	name, by, _ := strings.Cut(s, ":")
	f := t.Field(name)
	if f == nil || f.Sensitivity == core.Sealed {
		return index.Axis{}, core.Invalid("error.not_countable", "field", name).At("rows")
	}
	axis := index.Axis{Field: name}
	if f.Kind == core.FieldDate {
		axis.By = index.ByYear
		if by == string(index.ByMonth) {
			axis.By = index.ByMonth
		}
	}
	return axis, nil
}

func (k *Kernel) overviewOf(t *core.Type, rows, columns index.Axis, table index.Table) Overview {
	out := Overview{Total: table.Total, Sum: sumOf(t, table.Sum), Unknown: table.UnknownRow.Count,
		Many: table.ManyRows || table.ManyColumns}
	rf, cf := t.Field(rows.Field), t.Field(columns.Field)
	columnAt := make([]int, 0, len(table.Columns))
	for _, c := range table.Columns {
		out.Columns = append(out.Columns, FacetValue{Value: c.Value, Count: c.Count,
			Label: k.valueLabel(cf, c.Value), Depth: k.depth(cf, c.Value)})
	}
	k.orderValues(cf, out.Columns)
	for _, c := range out.Columns {
		columnAt = append(columnAt, slices.IndexFunc(table.Columns, func(tc index.TableColumn) bool { return tc.Value == c.Value }))
	}
	byValue := make(map[string]index.TableRow, len(table.Rows))
	heads := make([]FacetValue, 0, len(table.Rows))
	for _, r := range table.Rows {
		byValue[r.Value] = r
		heads = append(heads, FacetValue{Value: r.Value, Count: r.Count, Label: k.valueLabel(rf, r.Value), Depth: k.depth(rf, r.Value)})
	}
	k.orderValues(rf, heads)
	for _, h := range heads {
		r := byValue[h.Value]
		row := OverviewRow{FacetValue: h, Unknown: r.Unknown, Sum: sumOf(t, r.Sum), Cells: make([]int, len(columnAt))}
		for i, from := range columnAt {
			row.Cells[i] = r.Cells[from]
		}
		out.Rows = append(out.Rows, row)
	}
	none := table.UnknownRow
	out.UnknownRow = OverviewRow{FacetValue: FacetValue{Value: index.ValueMissing, Count: none.Count}, Unknown: none.Unknown,
		Sum: sumOf(t, none.Sum), Cells: make([]int, len(columnAt))}
	for i, from := range columnAt {
		out.UnknownRow.Cells[i] = none.Cells[from]
	}
	return out
}

func sumOf(t *core.Type, s index.Sum) Sum {
	if t.Count == "" {
		return Sum{}
	}
	return Sum{Field: t.Count, Value: s.Value, About: s.About, Missing: s.Missing}
}

// Histogram counts by the type's When field, by "month" or "year". Empty
// periods between the first and the last are filled in, at most 600 bars.
func (k *Kernel) Histogram(ctx context.Context, a core.Actor, q OverviewQuery, by string) (Histogram, error) {
	out := Histogram{By: by}
	t := k.Packs().Type(q.Type)
	if t == nil || t.When == "" {
		return out, core.Invalid("error.no_date_field", "type", q.Type).At("type")
	}
	period := index.ByMonth
	if by == string(index.ByYear) {
		period = index.ByYear
	}
	err := k.read(ctx, a, func(v *view) error {
		ans, err := v.ask(FindQuery{Type: q.Type, Text: q.Text, Filters: q.Filters, Exact: q.Exact}, nil)
		if err != nil {
			return err
		}
		h, err := index.HistogramOf(ctx, ans.result, t.When, period, t.Count, ans.chunks)
		if err != nil {
			return err
		}
		out.Unknown, out.Coarse = h.Unknown, h.Coarse
		out.Bars = out.Bars[:0]
		for _, b := range h.Bars {
			if b.Count == 0 {
				continue
			}
			out.Bars = fillTo(out.Bars, b.Period)
			out.Bars = append(out.Bars, Month{Period: b.Period, Count: b.Count, Sum: b.Sum.Value})
		}
		return nil
	})
	return out, err
}

const maxBars = 600

// fillTo adds empty periods up to, not including, the given one.
func fillTo(bars []Month, period string) []Month {
	if len(bars) == 0 {
		return bars
	}
	for p := nextPeriod(bars[len(bars)-1].Period); p < period && len(bars) < maxBars; p = nextPeriod(p) {
		bars = append(bars, Month{Period: p})
	}
	return bars
}

// nextPeriod is the month after "2012-05" or the year after "2012".
func nextPeriod(p string) string {
	year, err := strconv.Atoi(p[:4])
	if err != nil {
		return "9999"
	}
	if len(p) == 4 {
		return pad(year+1, 4)
	}
	month, err := strconv.Atoi(p[5:7])
	if err != nil {
		return "9999"
	}
	if month == 12 {
		return pad(year+1, 4) + "-01"
	}
	return p[:5] + pad(month+1, 2)
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// MapOf counts by the type's Where field for the map: one bubble per region
// that has a point, the deepest known.
func (k *Kernel) MapOf(ctx context.Context, a core.Actor, q OverviewQuery) (MapData, error) {
	out := MapData{Floor: SmallNumber}
	t := k.Packs().Type(q.Type)
	if t == nil || t.Where == "" || t.Field(t.Where).Sensitivity == core.Sealed {
		return out, core.Invalid("error.no_place_field", "type", q.Type).At("type")
	}
	f := t.Field(t.Where)
	err := k.read(ctx, a, func(v *view) error {
		ans, err := v.ask(FindQuery{Type: q.Type, Text: q.Text, Filters: q.Filters, Exact: q.Exact}, nil)
		if err != nil {
			return err
		}
		table, err := index.CrossTable(ctx, ans.result, index.Axis{Field: t.Where}, index.Axis{}, t.Count, ans.chunks)
		if err != nil {
			return err
		}
		out.Unknown = table.UnknownRow.Count
		out.Places = k.bubbles(f, table)
		return nil
	})
	return out, err
}

// bubbles takes a region instead of its country where regions are known, so
// that nothing is drawn twice: what a country has beyond its regions stays with
// the country.
func (k *Kernel) bubbles(f *core.Field, table index.Table) []PlaceCount {
	packs := k.Packs()
	beyond := map[string]index.TableRow{}
	for _, r := range table.Rows {
		beyond[r.Value] = r
	}
	for _, r := range table.Rows {
		if up := packs.Ancestors(f.Vocabulary, r.Value); len(up) > 0 {
			if parent, ok := beyond[up[0]]; ok {
				parent.Count -= r.Count
				parent.Sum.Value -= r.Sum.Value
				beyond[up[0]] = parent
			}
		}
	}
	var out []PlaceCount
	for _, r := range table.Rows {
		own := beyond[r.Value]
		term := packs.Term(f.Vocabulary, r.Value)
		if own.Count <= 0 || term == nil || term.Lat == 0 && term.Lon == 0 {
			continue
		}
		out = append(out, PlaceCount{Code: r.Value, Label: term.Label, Lat: term.Lat, Lon: term.Lon,
			Count: own.Count, Sum: own.Sum.Value, Suppressed: own.Count < SmallNumber})
	}
	return out
}
