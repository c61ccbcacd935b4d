package picture

import "math"

// Layout of a chart with a time axis, in pixels.
const (
	chartWidth  = 800
	chartHeight = 380
	axisSize    = 12.0
)

// plot is the drawing area of a chart and its scales.
type plot struct {
	*canvas
	style Style
	area  box
	top   float64 // value at the upper edge
	first int     // index of the first period
	count int     // number of periods
	step  Step
}

// newPlot lays out a chart: title above, source below, room for the numbers
// of the value axis on the left.
func newPlot(s Style, step Step, first, count int, highest float64, right float64) *plot {
	p := &plot{canvas: newCanvas(chartWidth, chartHeight, s), style: s, step: step, first: first, count: count}
	unit := niceStep(highest / 4)
	p.top = math.Max(unit, unit*math.Ceil(highest/unit))
	label := p.measure(number(s.Lang, int(p.top)), regular, axisSize)
	p.area = box{16 + label + 8, 22, chartWidth - right, chartHeight - 62}
	if s.Title != "" {
		p.area.y0 = 64
	}
	if step == ByYear {
		p.area.y1 += 16
	}
	for v := 0.0; v <= p.top+unit/2; v += unit {
		y := p.y(v)
		ink := p.colours.line
		if v == 0 {
			ink = p.colours.muted
		}
		p.line(p.area.x0, y, p.area.x1, y, ink, 1)
		text := number(s.Lang, int(v))
		p.text(text, p.area.x0-8-p.measure(text, regular, axisSize), y+4, regular, axisSize, p.colours.muted)
	}
	p.titles(s, 16)
	return p
}

// titles writes title and source.
func (c *canvas) titles(s Style, margin float64) {
	if s.Title != "" {
		c.text(c.fit(s.Title, bold, 17, c.width-2*margin), margin, 30, bold, 17, c.colours.ink)
	}
	if s.Source != "" {
		c.text(c.fit(s.Source, regular, 12, c.width-2*margin), margin, c.height-12, regular, 12, c.colours.muted)
	}
}

// niceStep gives a round step for the value axis, at least 1: values count.
func niceStep(v float64) float64 { return float64(nice(math.Max(1, v))) }

// y gives the height of a value.
func (p *plot) y(v float64) float64 {
	return math.Round(p.area.y1 - (p.area.y1-p.area.y0)*v/p.top)
}

// slot gives the left edge and width of period i, counted from 0.
func (p *plot) slot(i int) (x, w float64) {
	w = p.area.width() / float64(p.count)
	return p.area.x0 + w*float64(i), w
}

// timeAxis writes periods, as many as fit, and years under them.
func (p *plot) timeAxis() {
	_, w := p.slot(0)
	widest := 0.0
	for i := range min(p.count, 12) {
		widest = math.Max(widest, p.measure(p.step.short(p.style.Lang, p.step.period(p.first+i)), regular, axisSize))
	}
	every := p.every(widest+8, w)
	for i := range p.count {
		q := p.step.period(p.first + i)
		x, w := p.slot(i)
		aligned := q.Part - 1
		if p.step == ByYear {
			aligned = q.Year
		}
		if aligned%every == 0 {
			text := p.step.short(p.style.Lang, q)
			p.text(text, x+w/2-p.measure(text, regular, axisSize)/2, p.area.y1+17, regular, axisSize, p.colours.muted)
		}
	}
	if p.step != ByYear {
		p.years()
	}
}

// years writes the years under the periods, each at the start of its span. The
// first span may be a month wide: its year then reaches out to the left.
func (p *plot) years() {
	for i := 0; i < p.count; {
		q := p.step.period(p.first + i)
		n := min(p.step.perYear()-q.Part+1, p.count-i)
		x, w := p.slot(i)
		text := ByYear.short(p.style.Lang, q)
		tw := p.measure(text, bold, axisSize)
		p.line(x, p.area.y1, x, p.area.y1+36, p.colours.line, 1)
		span := w * float64(n)
		switch {
		case tw+8 <= span || n == p.count-i:
			p.text(text, x+5, p.area.y1+34, bold, axisSize, p.colours.ink)
		case i == 0:
			p.text(text, x+span-5-tw, p.area.y1+34, bold, axisSize, p.colours.ink)
		}
		i += n
	}
}

// every gives how many periods to advance from one label to the next so that
// labels of the given width do not meet: a divisor of the year for months and
// quarters, a round number for years.
func (p *plot) every(need, slot float64) int {
	steps := []int{1, 2, 3, 6, 12}
	switch p.step {
	case ByQuarter:
		steps = []int{1, 2, 4}
	case ByYear:
		steps = []int{1, 2, 5, 10, 20, 50, 100}
	}
	for _, n := range steps {
		if float64(n)*slot >= need {
			return n
		}
	}
	return 1 << 20 // only the years under the axis
}
