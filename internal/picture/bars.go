package picture

import "math"

// Bar is one row of a bar chart.
type Bar struct {
	Label      string
	Value      int
	Suppressed bool // the number is too small to be shown
	// Quiet draws the row in grey: "not stated" is not a category like others.
	Quiet bool
}

// BarsOptions says what a bar chart shows, from top to bottom.
type BarsOptions struct {
	Style
	Bars      []Bar
	Unit      string // as in MapOptions
	Threshold int    // as in MapOptions
}

// Layout of a bar chart, in pixels. A picture holds at most maxBars rows, the
// rest is for the table beside it.
const (
	barsWidth = 800
	barHeight = 20.0
	barStep   = 32.0
	maxBars   = 60
	barText   = 14.0
)

// Bars draws horizontal bars with their numbers as a paletted PNG, 800 pixels
// wide and as high as the rows need, or twice that at Scale 2.
func (p *Painter) Bars(o BarsOptions) ([]byte, error) {
	rows := o.Bars[:min(len(o.Bars), maxBars)]
	top, bottom := 14.0, 14.0
	if o.Title != "" {
		top = 52
	}
	if o.Source != "" {
		bottom = 38
	}
	c := newCanvas(barsWidth, int(top+bottom+barStep*math.Max(1, float64(len(rows)))), o.Style)
	c.titles(o.Style, 16)
	labels, figures, highest := c.columns(o, rows)
	x0 := 16 + labels + 12
	full := barsWidth - 16 - figures - 8 - x0
	for i, b := range rows {
		y := top + barStep*float64(i)
		lines := c.wrap(b.Label, regular, barText, labels+1, 2)
		c.rowLabel(lines, 16+labels, y)
		text := figureOf(o.Lang, b.Value, b.Suppressed, o.Threshold)
		w := 0.0
		switch {
		case b.Suppressed:
			w = 12
			c.gc.BeginPath()
			c.boxPath(box{x0 + 0.5, y + 6.5, x0 + w, y + 5.5 + barHeight})
			c.stroke(c.colours.brand, 1.2)
		case b.Value > 0:
			w = math.Max(1.5, full*float64(b.Value)/float64(highest))
			fill := c.colours.brand
			if b.Quiet {
				fill = c.colours.border
			}
			c.rect(box{x0, y + 6, x0 + w, y + 6 + barHeight}, fill)
		}
		c.text(text, x0+w+7, y+21, bold, barText, c.colours.ink)
	}
	c.line(x0, top, x0, top+barStep*float64(len(rows)), c.colours.muted, 1)
	c.watermark(o.Watermark, box{0, top, barsWidth, c.height - bottom})
	return encode(c.img)
}

// rowLabel writes one line or two against the right edge of the label column.
func (c *canvas) rowLabel(lines []string, right, y float64) {
	size, base := barText, y+21
	if len(lines) > 1 {
		size, base = barText-1.5, y+14
	}
	for i, line := range lines {
		c.text(line, right-c.measure(line, regular, size), base+14*float64(i), regular, size, c.colours.ink)
	}
}

// columns gives the widths of the label and the number columns, and the
// largest number.
func (c *canvas) columns(o BarsOptions, rows []Bar) (labels, figures float64, highest int) {
	highest = 1
	for _, b := range rows {
		labels = math.Max(labels, c.measure(b.Label, regular, barText))
		figures = math.Max(figures, c.measure(figureOf(o.Lang, b.Value, b.Suppressed, o.Threshold), bold, barText))
		if !b.Suppressed {
			highest = max(highest, b.Value)
		}
	}
	return math.Min(labels, 250), figures, highest
}

// figureOf writes a number or the mark of a suppressed one.
func figureOf(lang string, value int, suppressed bool, threshold int) string {
	if suppressed {
		return hidden(threshold)
	}
	return number(lang, value)
}
