package web

import (
	"slices"
	"strconv"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
)

// Limits of what stands on a page; a download has everything.
const (
	maxColumns = 12
	maxRows    = 1000
	openRows   = 60 // with more, groups are folded
)

// crossTable is a table of counts whose every number opens its records.
type crossTable struct {
	RowLabel, ColumnLabel string // of the fields; ColumnLabel "" = one-way
	SumLabel              string // "" when nothing is summed
	Columns               []crossColumn
	Groups                []crossGroup
	Foot                  crossRow
	Two                   bool // there are columns
	// RowsOverlap and ColumnsOverlap say that a record can stand in several.
	RowsOverlap, ColumnsOverlap bool
	MoreColumns, MoreRows       int
}

// crossColumn is one heading with its total.
type crossColumn struct {
	Label   Wording
	Count   int
	URL     string
	Unknown bool
}

// crossGroup is a top value with those below it: they fold together.
type crossGroup struct {
	ID    string
	Head  crossRow
	Below []crossRow
	Open  bool
}

// crossRow is one value of the row field.
type crossRow struct {
	Label   Wording
	Depth   int
	Total   crossCell
	Share   int // of the largest row, 0…100
	Sum     float64
	About   int
	Cells   []crossCell
	Unknown bool
}

// crossCell is one number; URL "" when it is 0.
type crossCell struct {
	Label string // of its column, for the card view
	Count int
	URL   string
	Share int // of the largest cell
}

// counts are an overview with what the kernel counts by rows alone.
type counts struct {
	kernel.Overview
	unknownColumn int // records without a value in the columns
}

// crossMaker turns the kernel's counts into a table.
type crossMaker struct {
	v    *visit
	q    overviewQuery
	rows *core.Field
	cols *core.Field
	pick []int // which of the kernel's columns are shown
	all  []kernel.FacetValue
	none int // records without a value in the columns
	top  int // largest cell
	most int // largest row
}

func (v *visit) crossTable(t *core.Type, q overviewQuery, o counts) crossTable {
	m := &crossMaker{v: v, q: q, rows: axisField(t, q.Rows), cols: axisField(t, q.Columns), all: o.Columns, none: o.unknownColumn}
	out := crossTable{RowLabel: v.axisLabel(t, q.Rows), ColumnLabel: v.axisLabel(t, q.Columns), Two: m.cols != nil}
	if f := t.Field(o.Sum.Field); f != nil {
		out.SumLabel = f.Label.In(v.lang)
	}
	m.choose(&out, o.Overview)
	for _, r := range append(slices.Clone(o.Rows), o.UnknownRow) {
		m.most = max(m.most, r.Count)
		for _, i := range m.pick {
			m.top = max(m.top, r.Cells[i])
		}
	}
	m.columns(&out)
	m.groups(&out, o.Overview)
	out.Foot = m.foot(out, o.Overview)
	return out
}

// choose takes the top level of the columns, or the next while there is only
// one value on it, and of these the most frequent.
func (m *crossMaker) choose(out *crossTable, o kernel.Overview) {
	if m.cols == nil {
		return
	}
	for depth := 0; depth < 6; depth++ {
		var pick []int
		for i, c := range o.Columns {
			if m.level(m.cols, c) == depth {
				pick = append(pick, i)
			}
		}
		if len(pick) == 0 {
			break
		}
		if m.pick = pick; len(pick) > 1 {
			break
		}
	}
	sum := 0
	for _, i := range m.pick {
		sum += o.Columns[i].Count
	}
	out.ColumnsOverlap = sum+m.none > o.Total
	if len(m.pick) <= maxColumns {
		return
	}
	out.MoreColumns = len(m.pick) - maxColumns
	byCount := slices.Clone(m.pick)
	slices.SortStableFunc(byCount, func(a, b int) int { return o.Columns[b].Count - o.Columns[a].Count })
	if m.cols.Kind == core.FieldDate {
		byCount = slices.Clone(m.pick[len(m.pick)-maxColumns:]) // the latest periods
		slices.Reverse(byCount)
	}
	m.pick = slices.DeleteFunc(m.pick, func(i int) bool { return !slices.Contains(byCount[:maxColumns], i) })
}

// level is the depth of a value; of periods all are on one.
func (m *crossMaker) level(f *core.Field, c kernel.FacetValue) int {
	if f.Kind == core.FieldDate {
		return 0
	}
	return c.Depth
}

func (m *crossMaker) columns(out *crossTable) {
	for _, i := range m.pick {
		c := m.all[i]
		out.Columns = append(out.Columns, crossColumn{Label: m.v.axisValue(m.cols, c), Count: c.Count,
			URL: m.url(c.Count, "", c.Value)})
	}
}

// url is the list behind a number, "" of nothing.
func (m *crossMaker) url(count int, row, column string) string {
	if count == 0 {
		return ""
	}
	q := m.q.listQuery
	if row != "" {
		q = m.v.cell(q, m.rows, row)
	}
	if column != "" {
		q = m.v.cell(q, m.cols, column)
	}
	return q.url()
}

func (m *crossMaker) row(r kernel.OverviewRow, columns []crossColumn) crossRow {
	out := crossRow{Depth: min(m.level(m.rows, r.FacetValue), 5), Sum: r.Sum.Value, About: r.Sum.About, Share: share(r.Count, m.most),
		Total: crossCell{Label: m.v.T("overview.total"), Count: r.Count, URL: m.url(r.Count, r.Value, "")},
		Label: m.v.axisValue(m.rows, r.FacetValue)}
	if r.Value == index.ValueMissing {
		out.Label, out.Unknown = Wording{Text: m.v.T("overview.unknown")}, true
	}
	for n, i := range m.pick {
		out.Cells = append(out.Cells, crossCell{Label: columns[n].Label.Text, Count: r.Cells[i],
			URL: m.url(r.Cells[i], r.Value, m.all[i].Value), Share: share(r.Cells[i], m.top)})
	}
	if m.cols != nil {
		out.Cells = append(out.Cells, crossCell{Label: m.v.T("overview.unknown"), Count: r.Unknown,
			URL: m.url(r.Unknown, r.Value, index.ValueMissing), Share: share(r.Unknown, m.top)})
	}
	return out
}

// groups puts what stands below a value under it. A single top value with all
// others below (one country) is always open.
func (m *crossMaker) groups(out *crossTable, o kernel.Overview) {
	rows := o.Rows
	if len(rows) > maxRows {
		out.MoreRows, rows = len(rows)-maxRows, rows[:maxRows]
	}
	for _, r := range rows {
		row := m.row(r, out.Columns)
		if row.Depth == 0 || len(out.Groups) == 0 {
			out.Groups = append(out.Groups, crossGroup{ID: "g" + strconv.Itoa(len(out.Groups)), Head: row})
			continue
		}
		g := &out.Groups[len(out.Groups)-1]
		g.Below = append(g.Below, row)
	}
	sum := o.Unknown
	for i := range out.Groups {
		g := &out.Groups[i]
		g.Open = len(rows) <= openRows || len(out.Groups) == 1
		sum += g.Head.Total.Count
	}
	out.RowsOverlap = out.MoreRows == 0 && sum > o.Total
	out.Groups = append(out.Groups, crossGroup{Head: m.row(o.UnknownRow, out.Columns)})
}

func (m *crossMaker) foot(t crossTable, o kernel.Overview) crossRow {
	out := crossRow{Label: Wording{Text: m.v.T("overview.all")}, Sum: o.Sum.Value, About: o.Sum.About,
		Total: crossCell{Count: o.Total, URL: m.url(o.Total, "", "")}}
	for _, c := range t.Columns {
		out.Cells = append(out.Cells, crossCell{Label: c.Label.Text, Count: c.Count, URL: c.URL})
	}
	if m.cols != nil {
		out.Cells = append(out.Cells, crossCell{Label: m.v.T("overview.unknown"), Count: m.none, URL: m.url(m.none, "", index.ValueMissing)})
	}
	return out
}

// axisLabel is a field as a heading says it: «Дата начала, по месяцам».
func (v *visit) axisLabel(t *core.Type, axis string) string {
	f := axisField(t, axis)
	if f == nil {
		return ""
	}
	label := f.Label.In(v.lang)
	if f.Kind != core.FieldDate {
		return label
	}
	if axis == f.Key+":"+string(index.ByMonth) {
		return v.T("overview.by_month", "field", label)
	}
	return v.T("overview.by_year", "field", label)
}

// axisValue is a value in words.
func (v *visit) axisValue(f *core.Field, fv kernel.FacetValue) Wording {
	if f.Kind == core.FieldDate {
		return Wording{Text: v.period(fv.Value)}
	}
	return wordingIn(fv.Label, v.lang)
}

// crossCells are the numbers of a row; Sum says whether the table has a sum.
type crossCells struct {
	Row crossRow
	Sum bool
}

func cellsOf(r crossRow, sumLabel string) crossCells { return crossCells{r, sumLabel != ""} }

// sumLine is a line of the tables beside pictures.
type sumLine struct {
	Line placeLine
	Sum  bool
}

func lineOf(l placeLine, sumLabel string) sumLine { return sumLine{l, sumLabel != ""} }
