package web

import (
	"net/http"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
	"svod/internal/picture"
)

// overviewPage counts the records of a type: figures, a table by any two
// fields, a histogram and a map.
type overviewPage struct {
	Frame
	Heading  string
	Type     string
	Types    []MenuItem // the other types
	Text     string
	Carried  []hiddenInput // filters, through the form
	Chips    []chip
	Clear    string
	Filtered bool
	List     string // the records behind all of it
	Export   string
	Rows     []axisOption
	Columns  []axisOption
	Empty    bool
	Tiles    []tile
	Table    crossTable
	TableCSV string
	Measures []MenuItem
	Time     *overviewTime
	Map      *overviewMap
}

// axisOption is one field to count by.
type axisOption struct {
	Value, Label string
	Selected     bool
}

// tile is one figure with its words; URL "" = not a link.
type tile struct {
	Number, Label, Note, URL string
}

// shot is a picture of ours at the addresses of its looks.
type shot struct {
	Light, Light2, Dark, Dark2 string
	Alt                        string
	Width, Height              int
	PNG, PNG2, CSV             string // to download
}

// overviewTime is the histogram and the same as a table.
type overviewTime struct {
	Shot    shot
	Label   string // of the date field
	Of      string // what is drawn
	Bars    []placeLine
	Unknown int
	None    string // the list of the undated
	Coarse  int
	Monthly bool
	Sum     string // label of the sum, ""
}

// overviewMap is the map and the same as a table.
type overviewMap struct {
	Shot    shot
	Label   string
	Of      string
	Places  []placeLine
	Unknown int
	None    string
	Floor   int
	Hidden  bool // some numbers are too small for the picture
	Sum     string
}

// placeLine is one place or period with its number.
type placeLine struct {
	Label  Wording
	Period string // "2012-05", of a period
	URL    string
	Count  int
	Sum    float64
	Share  int
}

// overviewHome leads to the overview of the first type.
func (s *Server) overviewHome(v *visit) error {
	for _, t := range s.kernel.Packs().Types() {
		if !t.Part {
			return v.redirect(withQuery(overviewURL(t.Name), v.query()))
		}
	}
	return core.NotFound()
}

func (s *Server) overviewShow(v *visit) error {
	t := s.kernel.Packs().Type(v.r.PathValue("type"))
	if t == nil {
		return core.NotFound()
	}
	q := parseOverviewQuery(t, v.query())
	page := v.overviewShell(t, q)
	o, err := v.counts(q)
	if err != nil {
		problems, ok := v.problems(err)
		if !ok {
			return err
		}
		for i := range problems.List {
			if problems.List[i].Field == "" {
				problems.List[i].Field = "q"
			}
		}
		page.Frame, page.Empty = page.with(problems), true
		return v.render(problems.Status, "overview", page)
	}
	if page.Empty = o.Total == 0; page.Empty {
		return v.render(http.StatusOK, "overview", page)
	}
	page.Table, page.TableCSV = v.crossTable(t, q, o), q.part("table.csv")
	if page.Time, err = v.overviewTime(t, q); err != nil {
		return err
	}
	if page.Map, err = v.overviewMap(t, q); err != nil {
		return err
	}
	page.Tiles = v.tiles(t, q, o.Overview, page.Time, page.Map)
	return v.render(http.StatusOK, "overview", page)
}

// counts asks the kernel for the table.
func (v *visit) counts(q overviewQuery) (counts, error) {
	var out counts
	var err error
	if out.Overview, err = v.s.kernel.Overview(v.ctx, v.actor, q.kernel()); err != nil || q.Columns == "" {
		return out, err
	}
	kq := q.kernel()
	kq.Rows, kq.Columns = q.Columns, ""
	o, err := v.s.kernel.Overview(v.ctx, v.actor, kq)
	out.unknownColumn = o.Unknown
	return out, err
}

// overviewShell is the page before anything has been counted.
func (v *visit) overviewShell(t *core.Type, q overviewQuery) overviewPage {
	title := v.T("overview.title", "type", t.Plural.In(v.lang))
	p := overviewPage{Frame: v.frameTitled(title).in("overview"), Heading: title, Type: t.Name, Text: q.Text,
		Filtered: !q.empty(), List: q.listQuery.url(), Export: withQuery(exportURL(t.Name), q.listQuery.values()),
		Chips: v.overviewChips(t, q)}
	clear := q
	clear.Text, clear.Filters, clear.Exact = "", nil, false
	p.Clear = clear.url()
	carried := q.listQuery
	carried.Text = ""
	p.Carried = hidden(carried.values())
	if q.Sum {
		p.Carried = append(p.Carried, hiddenInput{paramOf, ofSum})
	}
	for _, other := range v.s.kernel.Packs().Types() {
		if len(counted(other)) > 0 {
			p.Types = append(p.Types, MenuItem{Key: other.Name, Label: other.Plural.In(v.lang), URL: overviewURL(other.Name), Current: other.Name == t.Name})
		}
	}
	p.Rows, p.Columns = v.axisOptions(t, q.Rows), v.axisOptions(t, q.Columns)
	if f := t.Field(t.Count); f != nil {
		p.Measures = []MenuItem{{Label: t.Plural.In(v.lang), URL: q.measured(false).url(), Current: !q.Sum},
			{Label: f.Label.In(v.lang), URL: q.measured(true).url(), Current: q.Sum}}
	}
	return p
}

// overviewChips are the filters, each removable without leaving the overview.
func (v *visit) overviewChips(t *core.Type, q overviewQuery) []chip {
	out := v.chips(q.listQuery, t)
	i := 0
	for _, f := range q.Filters {
		for _, value := range f.Values {
			to := q
			to.listQuery = q.without(f.Field, value)
			out[i].URL = to.url()
			i++
		}
	}
	return out
}

func (v *visit) axisOptions(t *core.Type, chosen string) []axisOption {
	var out []axisOption
	for _, f := range counted(t) {
		axes := []string{f.Key}
		if f.Kind == core.FieldDate {
			axes = []string{f.Key + ":" + string(index.ByYear), f.Key + ":" + string(index.ByMonth)}
		}
		for _, a := range axes {
			out = append(out, axisOption{a, v.axisLabel(t, a), a == chosen})
		}
	}
	return out
}

// tiles are the figures at the top.
func (v *visit) tiles(t *core.Type, q overviewQuery, o kernel.Overview, when *overviewTime, where *overviewMap) []tile {
	out := []tile{{Number: formatNumber(v.lang, o.Total), Label: t.Plural.In(v.lang), URL: q.listQuery.url()}}
	if f := t.Field(o.Sum.Field); f != nil {
		about := tile{Number: formatNumber(v.lang, o.Sum.Value), Label: f.Label.In(v.lang)}
		switch {
		case o.Sum.About > 0 && o.Sum.Missing > 0:
			about.Note = v.T("overview.sum_about", "count", o.Sum.About) + " " + v.T("overview.sum_missing", "count", o.Sum.Missing)
		case o.Sum.About > 0:
			about.Note = v.T("overview.sum_about", "count", o.Sum.About)
		case o.Sum.Missing > 0:
			about.Note = v.T("overview.sum_missing", "count", o.Sum.Missing)
		}
		out = append(out, about)
	}
	if where != nil && len(where.Places) > 0 {
		out = append(out, tile{Number: formatNumber(v.lang, len(where.Places)), Label: v.T("overview.places", "count", len(where.Places)),
			Note: v.unknownNote(where.Unknown)})
	}
	if when != nil && len(when.Bars) > 0 {
		from, to := when.Bars[0], when.Bars[len(when.Bars)-1]
		years := from.Period[:4]
		if to.Period[:4] != years {
			years += "–" + to.Period[:4]
		}
		out = append(out, tile{Number: years, Label: v.T("overview.period", "from", from.Label.Text, "to", to.Label.Text), Note: v.unknownNote(when.Unknown)})
	}
	return out
}

func (v *visit) unknownNote(n int) string {
	if n == 0 {
		return ""
	}
	return v.T("overview.without", "count", n)
}

// measure is what a picture draws, in words.
func (v *visit) measure(t *core.Type, q overviewQuery) string {
	if f := t.Field(t.Count); f != nil && q.Sum {
		return f.Label.In(v.lang)
	}
	return t.Plural.In(v.lang)
}

func (v *visit) overviewTime(t *core.Type, q overviewQuery) (*overviewTime, error) {
	if t.When == "" || t.Field(t.When).Sensitivity == core.Sealed {
		return nil, nil
	}
	h, err := v.histogram(q)
	if err != nil {
		return nil, err
	}
	f := t.Field(t.When)
	out := &overviewTime{Label: f.Label.In(v.lang), Of: v.measure(t, q), Unknown: h.Unknown, Coarse: h.Coarse,
		Monthly: h.By == string(index.ByMonth), Shot: q.shot("months", 800, 380)}
	if count := t.Field(t.Count); count != nil {
		out.Sum = count.Label.In(v.lang)
	}
	if h.Unknown > 0 {
		out.None = v.cell(q.listQuery, f, index.ValueMissing).url()
	}
	most := 0.0
	for _, b := range h.Bars {
		most = max(most, picked(q.Sum, b.Count, b.Sum))
	}
	for _, b := range h.Bars {
		line := placeLine{Label: Wording{Text: v.period(b.Period)}, Period: b.Period, Count: b.Count, Sum: b.Sum, Share: share(picked(q.Sum, b.Count, b.Sum), most)}
		if b.Count > 0 {
			line.URL = v.cell(q.listQuery, f, b.Period).url()
		}
		out.Bars = append(out.Bars, line)
	}
	out.Shot.Alt = v.monthsOptions(t, q, h, picture.Style{}).AltText()
	return out, nil
}

// histogram is by month, or by year when the months are too many to be read.
func (v *visit) histogram(q overviewQuery) (kernel.Histogram, error) {
	h, err := v.s.kernel.Histogram(v.ctx, v.actor, q.kernel(), string(index.ByMonth))
	if err == nil && len(h.Bars) > 2*maxMonths {
		h, err = v.s.kernel.Histogram(v.ctx, v.actor, q.kernel(), string(index.ByYear))
	}
	return h, err
}

func picked(sum bool, count int, total float64) float64 {
	if sum {
		return total
	}
	return float64(count)
}

func (v *visit) overviewMap(t *core.Type, q overviewQuery) (*overviewMap, error) {
	if t.Where == "" || t.Field(t.Where).Sensitivity == core.Sealed {
		return nil, nil
	}
	m, err := v.s.kernel.MapOf(v.ctx, v.actor, q.kernel())
	if err != nil {
		return nil, err
	}
	f := t.Field(t.Where)
	out := &overviewMap{Label: f.Label.In(v.lang), Of: v.measure(t, q), Unknown: m.Unknown, Floor: m.Floor,
		Shot: q.shot("map", picture.MapWidth, picture.MapHeight)}
	if count := t.Field(t.Count); count != nil {
		out.Sum = count.Label.In(v.lang)
	}
	if m.Unknown > 0 {
		out.None = v.cell(q.listQuery, f, index.ValueMissing).url()
	}
	out.Places = v.placeLines(f, q, m)
	for _, p := range m.Places {
		out.Hidden = out.Hidden || p.Suppressed
	}
	out.Shot.Alt = v.mapOptions(t, q, m, picture.Style{}).AltText()
	return out, nil
}
