package web

import (
	"mime"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
)

// overviewPart is a picture or a table of an overview, by its ending.
func (s *Server) overviewPart(v *visit) error {
	if strings.HasSuffix(v.r.PathValue("picture"), ".csv") {
		return s.overviewTableCSV(v)
	}
	return s.overviewPicture(v)
}

// overviewTableCSV is a table, the histogram or the map as numbers.
func (s *Server) overviewTableCSV(v *visit) error {
	t := s.kernel.Packs().Type(v.r.PathValue("type"))
	if t == nil {
		return core.NotFound()
	}
	q := parseOverviewQuery(t, v.query())
	name := strings.TrimSuffix(v.r.PathValue("picture"), ".csv")
	var rows [][]string
	var err error
	switch name {
	case "table":
		rows, err = v.tableRows(t, q)
	case "months":
		rows, err = v.timeRows(t, q)
	case "map":
		rows, err = v.mapRows(t, q)
	default:
		return core.NotFound()
	}
	if err != nil {
		return err
	}
	if s.kernel.Info().Demo {
		rows = append(rows, []string{}, []string{v.T("site.demo_mark")})
	} else {
		rows = append(rows, []string{})
	}
	rows = append(rows, []string{v.caption(t, q)}, []string{v.T("overview.csv_small", "floor", kernel.SmallNumber)})
	return v.csv(v.fileName(t, name, "csv"), rows)
}

// csv sends rows as a table that Excel opens well: UTF-8 with a byte order
// mark, semicolons, formulas disarmed.
func (v *visit) csv(name string, rows [][]string) error {
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", attachment(name))
	w, err := sheet.NewCSVWriter(v.w, sheet.CSVOptions{})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			return nil // the reader has gone: nothing to tell anybody
		}
	}
	_ = w.Flush()
	return nil
}

// attachment is the header of a file to save.
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// fileName holds the type and the day, never the query.
func (v *visit) fileName(t *core.Type, part, ext string) string {
	day := v.s.kernel.Now().In(v.s.opts.Zone).Format("2006-01-02")
	return "svod-" + t.Name + "-" + part + "-" + day + "." + ext
}

func plainNumber(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func (v *visit) tableRows(t *core.Type, q overviewQuery) ([][]string, error) {
	o, err := v.counts(q)
	if err != nil {
		return nil, err
	}
	rf, cf := axisField(t, q.Rows), axisField(t, q.Columns)
	head := []string{v.axisLabel(t, q.Rows), v.T("overview.level"), t.Plural.In(v.lang)}
	if o.Sum.Field != "" {
		head = append(head, t.Field(o.Sum.Field).Label.In(v.lang))
	}
	for _, c := range o.Columns {
		head = append(head, v.axisValue(cf, c).Text)
	}
	if cf != nil {
		head = append(head, v.T("overview.unknown"))
	}
	line := func(label, level string, r kernel.OverviewRow) []string {
		out := []string{label, level, strconv.Itoa(r.Count)}
		if o.Sum.Field != "" {
			out = append(out, plainNumber(r.Sum.Value))
		}
		for _, n := range r.Cells {
			out = append(out, strconv.Itoa(n))
		}
		if cf != nil {
			out = append(out, strconv.Itoa(r.Unknown))
		}
		return out
	}
	rows := [][]string{head}
	for _, r := range o.Rows {
		level := r.Depth + 1
		if rf.Kind == core.FieldDate {
			level = 1
		}
		rows = append(rows, line(v.axisValue(rf, r.FacetValue).Text, strconv.Itoa(level), r))
	}
	rows = append(rows, line(v.T("overview.unknown"), "", o.UnknownRow))
	all := kernel.OverviewRow{FacetValue: kernel.FacetValue{Count: o.Total}, Sum: o.Sum, Unknown: o.unknownColumn}
	for _, c := range o.Columns {
		all.Cells = append(all.Cells, c.Count)
	}
	return append(rows, line(v.T("overview.all"), "", all)), nil
}

func (v *visit) timeRows(t *core.Type, q overviewQuery) ([][]string, error) {
	h, err := v.histogram(q)
	if err != nil {
		return nil, err
	}
	rows := [][]string{v.lineHead(t, t.Field(t.When).Label.In(v.lang))}
	for _, b := range h.Bars {
		rows = append(rows, v.line(t, b.Period, b.Count, b.Sum))
	}
	rows = append(rows, []string{v.T("overview.unknown"), strconv.Itoa(h.Unknown)})
	if h.Coarse > 0 {
		rows = append(rows, []string{v.T("overview.year_only"), strconv.Itoa(h.Coarse)})
	}
	return rows, nil
}

func (v *visit) mapRows(t *core.Type, q overviewQuery) ([][]string, error) {
	m, err := v.s.kernel.MapOf(v.ctx, v.actor, q.kernel())
	if err != nil {
		return nil, err
	}
	rows := [][]string{append([]string{"ISO 3166"}, v.lineHead(t, t.Field(t.Where).Label.In(v.lang))...)}
	for _, p := range m.Places {
		rows = append(rows, append([]string{p.Code}, v.line(t, p.Label.In(v.lang), p.Count, p.Sum)...))
	}
	return append(rows, []string{"", v.T("overview.unknown"), strconv.Itoa(m.Unknown)}), nil
}

func (v *visit) lineHead(t *core.Type, first string) []string {
	out := []string{first, t.Plural.In(v.lang)}
	if f := t.Field(t.Count); f != nil {
		out = append(out, f.Label.In(v.lang))
	}
	return out
}

func (v *visit) line(t *core.Type, first string, count int, sum float64) []string {
	out := []string{first, strconv.Itoa(count)}
	if t.Count != "" {
		out = append(out, plainNumber(sum))
	}
	return out
}

// caption says what was counted, under which filters and when.
func (v *visit) caption(t *core.Type, q overviewQuery) string {
	parts := []string{t.Plural.In(v.lang)}
	for _, c := range v.chips(q.listQuery, t) {
		sign := ": "
		if c.Not {
			sign = " ≠ "
		}
		parts = append(parts, c.Label+sign+c.Value)
	}
	if q.Text != "" {
		parts = append(parts, v.T("overview.words", "words", q.Text))
	}
	return strings.Join(parts, " · ") + " · " + formatDay(v.lang, v.s.kernel.Now().In(v.s.opts.Zone))
}
