package picture

import "math"

// Column is the number of one period.
type Column struct {
	Period
	Value int
	// Suppressed marks a number too small to be shown: a hollow mark on the
	// axis stands for it.
	Suppressed bool
}

// MonthsOptions says what a histogram over time shows. Periods between the
// first and the last that are not given count as zero.
type MonthsOptions struct {
	Style
	Step      Step
	Columns   []Column
	Unit      string // as in MapOptions
	Threshold int    // as in MapOptions
	// Unknown is the number without a date, said in the text alternative and
	// below the picture.
	Unknown int
}

// filled gives the columns from the first period to the last without gaps,
// and the index of the first. Columns of one period are added up.
func (o MonthsOptions) filled() (first int, out []Column) {
	if len(o.Columns) == 0 {
		return 0, nil
	}
	low, high := math.MaxInt, math.MinInt
	for _, c := range o.Columns {
		low = min(low, o.Step.index(c.Period))
		high = max(high, o.Step.index(c.Period))
	}
	high = min(high, low+maxPeriods-1)
	out = make([]Column, high-low+1)
	for i := range out {
		out[i].Period = o.Step.period(low + i)
	}
	for _, c := range o.Columns {
		i := o.Step.index(c.Period) - low
		if i >= len(out) {
			continue
		}
		out[i].Suppressed = out[i].Suppressed || c.Suppressed
		if !c.Suppressed {
			out[i].Value += c.Value
		}
	}
	return low, out
}

// maxPeriods bounds a time axis: a mistyped year must not ask for a picture of
// a million columns. Later periods are left out.
const maxPeriods = 600

// Months draws a histogram over months, quarters or years as a paletted PNG
// of 800 by 380 pixels, or of twice that at Scale 2. Without columns it shows
// an empty axis.
func (p *Painter) Months(o MonthsOptions) ([]byte, error) {
	first, columns := o.filled()
	highest := 0
	for _, c := range columns {
		highest = max(highest, c.Value)
	}
	s := o.Style
	s.Source = o.footer()
	g := newPlot(s, o.Step, first, max(1, len(columns)), float64(highest), 20)
	if len(columns) > 0 {
		g.timeAxis()
	}
	every := g.labelled(columns)
	for i, c := range columns {
		x, w := g.slot(i)
		gap := math.Min(6, w*0.22)
		if c.Suppressed {
			// a dashed column of one size: something is there, how much is not said
			mark := box{x + gap/2 + 0.5, g.area.y1 - 10, x + w - gap/2 - 0.5, g.area.y1}
			g.gc.BeginPath()
			g.boxPath(mark)
			g.stroke(g.colours.brand, 1.2)
			continue
		}
		if c.Value == 0 {
			continue
		}
		bar := box{x + gap/2, math.Min(g.y(float64(c.Value)), g.area.y1-1.5), x + w - gap/2, g.area.y1}
		g.rect(bar, g.colours.brand)
		if every || c.Value == highest {
			text := number(o.Lang, c.Value)
			tw := g.measure(text, bold, axisSize)
			tx := math.Max(g.area.x0, math.Min(x+w/2-tw/2, g.area.x1-tw))
			g.haloed(text, tx, bar.y0-5, bold, axisSize, g.colours.ink, g.colours.paper)
		}
	}
	g.watermark(o.Watermark, g.area)
	return encode(g.img)
}

// labelled tells whether every column has room for its number.
func (p *plot) labelled(columns []Column) bool {
	_, w := p.slot(0)
	for _, c := range columns {
		if p.measure(number(p.style.Lang, c.Value), bold, axisSize) > w+1 {
			return false
		}
	}
	return true
}

// footer joins the source and what the picture cannot show.
func (o MonthsOptions) footer() string {
	text := o.Source
	add := func(s string) {
		if text != "" {
			text += " · "
		}
		text += s
	}
	if o.Unknown > 0 {
		add(say(o.Lang, "date_unknown", "value", o.Unknown))
	}
	for _, c := range o.Columns {
		if c.Suppressed {
			add(say(o.Lang, "hollow", "rule", hiddenWords(o.Lang, o.Threshold)))
			break
		}
	}
	return text
}
