package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"

	"github.com/go-analyze/charts/chartdraw/drawing"
)

// The two faces of the pictures: Noto Sans Display, which the chart library
// embeds and which covers Latin and all the region's Cyrillic alphabets.
const (
	regular = "notosans"
	bold    = "notosans-bold"
)

// canvas draws in layout pixels; on a canvas of scale 2 each is four device
// pixels. Coordinates count from the top left corner.
type canvas struct {
	img           *image.RGBA
	gc            *drawing.RasterGraphicContext
	width, height float64
	colours       palette
}

// newCanvas makes a canvas filled with paper.
func newCanvas(width, height int, s Style) *canvas {
	k := s.scale()
	c := &canvas{
		img:     image.NewRGBA(image.Rect(0, 0, width*k, height*k)),
		width:   float64(width),
		height:  float64(height),
		colours: s.palette(),
	}
	draw.Draw(c.img, c.img.Bounds(), image.NewUniform(c.colours.paper), image.Point{}, draw.Src)
	c.gc = drawing.NewRasterGraphicContext(c.img)
	c.gc.SetDPI(72) // one point is one layout pixel
	c.gc.Scale(float64(k), float64(k))
	return c
}

// box is a rectangle: left, top, right, bottom.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) width() float64  { return b.x1 - b.x0 }
func (b box) height() float64 { return b.y1 - b.y0 }

// overlaps tells whether two boxes share any area.
func (b box) overlaps(o box) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}

// within tells whether b lies inside o.
func (b box) within(o box) bool {
	return b.x0 >= o.x0 && b.y0 >= o.y0 && b.x1 <= o.x1 && b.y1 <= o.y1
}

// touches tells whether the circle reaches into the box.
func (b box) touches(x, y, r float64) bool {
	dx := x - math.Max(b.x0, math.Min(x, b.x1))
	dy := y - math.Max(b.y0, math.Min(y, b.y1))
	return dx*dx+dy*dy < r*r
}

// grown gives the box with a margin on all sides.
func (b box) grown(m float64) box { return box{b.x0 - m, b.y0 - m, b.x1 + m, b.y1 + m} }

// rect fills a box.
func (c *canvas) rect(b box, fill color.RGBA) {
	c.gc.BeginPath()
	c.boxPath(b)
	c.gc.SetFillColor(fill)
	c.gc.Fill()
}

func (c *canvas) boxPath(b box) {
	c.gc.MoveTo(b.x0, b.y0)
	c.gc.LineTo(b.x1, b.y0)
	c.gc.LineTo(b.x1, b.y1)
	c.gc.LineTo(b.x0, b.y1)
	c.gc.Close()
}

// card fills a box with paper and frames it with a hairline.
func (c *canvas) card(b box) {
	c.rect(b, faded(c.colours.paper, 0.93))
	c.gc.BeginPath()
	c.boxPath(b)
	c.stroke(c.colours.line, 1)
}

// stroke draws the current path.
func (c *canvas) stroke(ink color.RGBA, width float64) {
	c.gc.SetLineWidth(width)
	c.gc.SetStrokeColor(ink)
	c.gc.Stroke()
}

// line draws one straight line.
func (c *canvas) line(x0, y0, x1, y1 float64, ink color.RGBA, width float64) {
	c.gc.BeginPath()
	c.gc.MoveTo(x0, y0)
	c.gc.LineTo(x1, y1)
	c.stroke(ink, width)
}

// disc fills a circle and outlines it.
func (c *canvas) disc(x, y, r float64, fill, edge color.RGBA, width float64) {
	c.gc.BeginPath()
	c.gc.ArcTo(x, y, r, r, 0, 2*math.Pi)
	c.gc.Close()
	c.gc.SetFillColor(fill)
	c.gc.Fill()
	if width > 0 {
		c.circle(x, y, r, edge, width)
	}
}

// circle draws the outline of a circle.
func (c *canvas) circle(x, y, r float64, ink color.RGBA, width float64) {
	c.gc.BeginPath()
	c.gc.ArcTo(x, y, r, r, 0, 2*math.Pi)
	c.gc.Close()
	c.stroke(ink, width)
}

// face chooses the typeface and its size in layout pixels.
func (c *canvas) face(name string, size float64) {
	c.gc.SetFont(drawing.GetFont(name))
	c.gc.SetFontSize(size)
}

// measure gives the width of a text in layout pixels.
func (c *canvas) measure(s, face string, size float64) float64 {
	c.face(face, size)
	_, _, right, _, err := c.gc.GetStringBounds(s)
	if err != nil {
		return 0
	}
	return right
}

// text writes s with its baseline at y, from x on.
func (c *canvas) text(s string, x, y float64, face string, size float64, ink color.RGBA) {
	c.face(face, size)
	c.gc.BeginPath()
	// the only error is a missing font, and the two are embedded
	_, _ = c.gc.CreateStringPath(s, x, y)
	c.gc.SetFillColor(ink)
	c.gc.Fill()
}

// haloed writes s over a soft edge of the halo colour, so that it reads on
// any ground.
func (c *canvas) haloed(s string, x, y float64, face string, size float64, ink, halo color.RGBA) {
	c.face(face, size)
	c.gc.BeginPath()
	_, _ = c.gc.CreateStringPath(s, x, y)
	c.stroke(halo, 3)
	c.text(s, x, y, face, size, ink)
}

// fit shortens s with an ellipsis until it is at most width wide.
func (c *canvas) fit(s, face string, size, width float64) string {
	if c.measure(s, face, size) <= width {
		return s
	}
	runes := []rune(s)
	for n := len(runes) - 1; n > 0; n-- {
		short := strings.TrimRight(string(runes[:n]), " ,.;:—-") + "…"
		if c.measure(short, face, size) <= width {
			return short
		}
	}
	return "…"
}

// wrap breaks s at spaces into lines at most width wide; the last of at most
// limit lines is shortened when the text is longer.
func (c *canvas) wrap(s, face string, size, width float64, limit int) []string {
	var lines []string
	words := strings.Fields(s)
	for len(words) > 0 {
		if len(lines) == limit-1 {
			return append(lines, c.fit(strings.Join(words, " "), face, size, width))
		}
		n := 1
		for n < len(words) && c.measure(strings.Join(words[:n+1], " "), face, size) <= width {
			n++
		}
		lines = append(lines, c.fit(strings.Join(words[:n], " "), face, size, width))
		words = words[n:]
	}
	return lines
}

// watermark writes the text large and slanted across a box.
func (c *canvas) watermark(s string, b box) {
	if s == "" {
		return
	}
	size := 150.0
	if w := c.measure(s, bold, size); w > b.width()*0.8 {
		size *= b.width() * 0.8 / w
	}
	size = math.Min(size, b.height()*0.55)
	w := c.measure(s, bold, size)
	c.gc.Save()
	c.gc.Translate((b.x0+b.x1)/2, (b.y0+b.y1)/2)
	c.gc.Rotate(-math.Pi / 10)
	c.text(s, -w/2, size*0.36, bold, size, c.colours.watermark)
	c.gc.Restore()
}
