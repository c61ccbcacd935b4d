package picture

import (
	"image/color"
	"math"
	"sort"
)

// Line is a named series over time.
type Line struct {
	Name string
	// Values hold one number per period from LinesOptions.Start on; NaN is a
	// gap: not known, or suppressed.
	Values []float64
}

// LinesOptions says what a line chart shows; at most four lines, the rest is
// for a table.
type LinesOptions struct {
	Style
	Step  Step
	Start Period
	Lines []Line
	Unit  string // as in MapOptions
}

// maxLines is the number of colours that can be told apart.
const maxLines = 4

// Lines draws series over time as a paletted PNG of 800 by 380 pixels, or of
// twice that at Scale 2. Names stand at the ends of the lines, not in a
// legend, so that colour alone never carries the meaning.
func (p *Painter) Lines(o LinesOptions) ([]byte, error) {
	lines := o.Lines[:min(len(o.Lines), maxLines)]
	count, highest := 1, 0.0
	for _, l := range lines {
		count = max(count, min(len(l.Values), maxPeriods))
		for _, v := range l.Values {
			if v > highest { // false for NaN
				highest = v
			}
		}
	}
	g := newPlot(o.Style, o.Step, o.Step.index(o.Start), count, highest, 170)
	g.timeAxis()
	for i, l := range lines {
		g.series(l, g.colours.series[i])
	}
	g.lineNames(lines)
	g.watermark(o.Watermark, g.area)
	return encode(g.img)
}

// series draws one line; a lone point between gaps becomes a dot.
func (p *plot) series(l Line, ink color.RGBA) {
	at := func(i int) (float64, float64) {
		x, w := p.slot(i)
		return x + w/2, p.y(l.Values[i])
	}
	known := func(i int) bool { return i >= 0 && i < min(len(l.Values), p.count) && !math.IsNaN(l.Values[i]) }
	p.gc.BeginPath()
	for i := range l.Values {
		if !known(i) {
			continue
		}
		x, y := at(i)
		if known(i - 1) {
			p.gc.LineTo(x, y)
		} else {
			p.gc.MoveTo(x, y)
		}
	}
	p.stroke(ink, 2.4)
	for i := range l.Values {
		if known(i) && (p.count <= 40 || (!known(i-1) && !known(i+1))) {
			x, y := at(i)
			p.disc(x, y, 3.2, ink, p.colours.paper, 1)
		}
	}
}

// lineNames writes names at the right, moved apart where
// lines end close together.
func (p *plot) lineNames(lines []Line) {
	type end struct {
		line int
		y    float64
	}
	var ends []end
	for i, l := range lines {
		for k := min(len(l.Values), p.count) - 1; k >= 0; k-- {
			if !math.IsNaN(l.Values[k]) {
				ends = append(ends, end{i, p.y(l.Values[k])})
				break
			}
		}
	}
	sort.SliceStable(ends, func(i, j int) bool { return ends[i].y < ends[j].y })
	const apart = 34.0
	for i := 1; i < len(ends); i++ {
		ends[i].y = math.Max(ends[i].y, ends[i-1].y+apart)
	}
	limit := p.area.y1 - 4
	for i := len(ends) - 1; i >= 0; i-- {
		ends[i].y = math.Min(ends[i].y, limit)
		limit = ends[i].y - apart
	}
	x := p.area.x1 + 8
	for _, e := range ends {
		ink := p.colours.series[e.line]
		for k, text := range p.wrap(lines[e.line].Name, bold, 13, p.width-x-12, 2) {
			p.text(text, x, e.y+4+14*float64(k), bold, 13, ink)
		}
	}
}
