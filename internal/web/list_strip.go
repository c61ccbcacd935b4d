package web

import (
	"svod/internal/core"
	"svod/internal/kernel"
)

// strip is the histogram above a list: bars that open the list of their period.
type strip struct {
	Label    string // of the date field
	Bars     []stripBar
	Years    []stripYear
	From, To string
	Unknown  int
	Coarse   int // known by the year only, in no bar
	Missing  string
}

// stripBar is one month or year. Height is in steps of five percent, 0…20.
type stripBar struct {
	Label, URL string
	Count      int
	Height     int
	Current    bool
}

// stripYear is a mark below the bars of its months, Share percent of them all.
type stripYear struct {
	Label, URL string
	Current    bool
	Share      int
	bars       int
}

// maxMonths is how many months stand side by side before the strip shows years.
const maxMonths = 60

// strip counts the query by the type's date field; nil without one, or when
// there is nothing to compare.
func (v *visit) strip(q listQuery, t *core.Type) (*strip, error) {
	if t == nil || t.When == "" || t.Field(t.When).Sensitivity == core.Sealed {
		return nil, nil
	}
	h, err := v.s.kernel.Histogram(v.ctx, v.actor, q.counted(), "month")
	if err == nil && len(h.Bars) > maxMonths {
		h, err = v.s.kernel.Histogram(v.ctx, v.actor, q.counted(), "year")
	}
	if err != nil {
		return nil, err
	}
	picked := q.filter(t.When)
	if len(h.Bars) == 0 || len(h.Bars) < 2 && len(picked.Values) == 0 || len(h.Bars) > 2*maxMonths {
		return nil, nil
	}
	out := &strip{Label: t.Field(t.When).Label.In(v.lang), Unknown: h.Unknown, Coarse: h.Coarse}
	if h.Unknown > 0 {
		out.Missing = q.with(t.When, "?").url()
	}
	out.From, out.To = v.period(h.Bars[0].Period), v.period(h.Bars[len(h.Bars)-1].Period)
	out.fill(v, q, t.When, h, picked)
	return out, nil
}

func (s *strip) fill(v *visit, q listQuery, field string, h kernel.Histogram, picked kernel.Filter) {
	top := 1
	for _, b := range h.Bars {
		top = max(top, b.Count)
	}
	year := ""
	for _, b := range h.Bars {
		bar := stripBar{Label: v.period(b.Period), Count: b.Count, Current: contains(picked.Values, b.Period),
			Height: (20*b.Count + top - 1) / top}
		if b.Count > 0 {
			bar.URL = q.with(field, b.Period).url()
		}
		s.Bars = append(s.Bars, bar)
		if y := b.Period[:4]; y != year {
			year = y
			s.Years = append(s.Years, stripYear{Label: y, URL: q.with(field, y).url(), Current: contains(picked.Values, y)})
		}
		s.Years[len(s.Years)-1].bars++
	}
	for i := range s.Years {
		s.Years[i].Share = 100 * s.Years[i].bars / len(s.Bars)
	}
	if h.By == "year" {
		s.Years = nil // the bars are years and say so themselves
	}
}
