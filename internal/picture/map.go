package picture

import (
	"fmt"
	"image/color"
	"math"
	"sort"
	"strings"
)

// Bubble is a number at a place.
type Bubble struct {
	// Code is the ISO 3166 code of the place ("RU-MOW", "MD"); its first two
	// letters say to which country the map may zoom.
	Code string
	// Label is the name to show, in the language of the picture.
	Label string
	// Lat and Lon are degrees.
	Lat, Lon float64
	// Value is the number; the area of the bubble is proportional to it.
	Value int
	// Suppressed marks a number too small to be shown: the bubble is a hollow
	// ring of one size and Value is not read.
	Suppressed bool
}

// Shade is a number for a whole country, shown by colour.
type Shade struct {
	// Code is the ISO 3166-1 alpha-2 code.
	Code string
	// Value is the number; Suppressed hides it and leaves the lightest colour
	// out of the scale.
	Value      int
	Suppressed bool
}

// View says what part of the region a map shows.
type View string

const (
	// ViewFit, the default, shows what has numbers: a country with its
	// surroundings when all of them lie in one.
	ViewFit View = ""
	// ViewRegion shows the twelve countries of the region as far as Lake Baikal
	// and whatever has numbers beyond.
	ViewRegion View = "region"
)

// MapOptions says what a map shows. At least one of Bubbles and Shades is
// usually given; a map of neither is an empty base map.
type MapOptions struct {
	Style
	Bubbles []Bubble
	Shades  []Shade
	View    View
	// Territory must be that of the outline; "" means UNGA68_262.
	Territory Territory
	// Unit says what is counted, in the genitive plural in Russian and the
	// plural in English: "задержаний", "detentions". For legend and text.
	Unit string
	// Threshold is the k of "fewer than k" for suppressed numbers; 0 shows "…".
	Threshold int
	// Unknown is the number that has no place and so is not on the map.
	Unknown int
}

// MapWidth and MapHeight are the layout size of a map in pixels.
const (
	MapWidth  = 960
	MapHeight = 560
)

// sheet is a map while it is drawn.
type sheet struct {
	*canvas
	o        MapOptions
	outline  *Outline
	view     view
	subjects map[string]bool // countries the map is about
	area     box
	breaks   []int
	rings    []placed // bubbles, largest first
	taken    []box    // where labels and legend already stand
	unplaced []string // labels that found no room
}

// Map draws a map of the region, or of the part of it that has numbers, as a
// paletted PNG of 960 by 560 pixels, or of twice that at Scale 2. Labels never
// overlap: one that finds no room is named in the line below the map. It
// returns an error for a territory setting the outline was not made under.
func (p *Painter) Map(o MapOptions) ([]byte, error) {
	s, err := p.drawMap(o)
	if err != nil {
		return nil, err
	}
	return encode(s.img)
}

// drawMap draws the whole map and returns the sheet.
func (p *Painter) drawMap(o MapOptions) (*sheet, error) {
	outline, err := p.Outline()
	if err != nil {
		return nil, err
	}
	if o.Territory != "" && o.Territory != outline.Territory {
		return nil, fmt.Errorf("picture: territory %q, the outline has %q", o.Territory, outline.Territory)
	}
	s := &sheet{canvas: newCanvas(MapWidth, MapHeight, o.Style), o: o, outline: outline}
	s.area = box{0, 0, MapWidth, MapHeight - 34}
	if o.Title != "" {
		s.area.y0 = 46
	}
	s.subjects = subjectCodes(o)
	s.view = s.frame()
	s.breaks = classBreaks(o.Shades)
	s.drawLand()
	s.watermark(o.Watermark, s.area)
	s.layBubbles()
	s.drawLegend()
	s.drawBubbles()
	s.drawLabels()
	s.drawNeighbours()
	s.drawMargins()
	return s, nil
}

// drawLand paints sea, countries and borders.
func (s *sheet) drawLand() {
	s.rect(s.area, s.colours.sea)
	for _, c := range s.outline.countries {
		s.gc.BeginPath()
		for _, r := range c.rings {
			s.trace(r.line)
			s.gc.Close()
		}
		s.gc.SetFillColor(s.fillOf(c.code))
		s.gc.Fill()
	}
	s.strokeArcs(s.colours.coast, 0.7, func(e edge) bool { return e[1] == 0 })
	border := func(e edge) bool { return e[1] != 0 && e[0] != e[1] }
	s.strokeArcs(s.colours.border, 1, border)
	if len(s.o.Shades) > 0 {
		// grey vanishes beside a strong colour
		s.strokeArcs(s.colours.paper, 1, func(e edge) bool { return border(e) && (s.shaded(e[0]) || s.shaded(e[1])) })
	}
}

// shaded tells whether country n of the outline, counted from 1, has a colour
// of the ramp.
func (s *sheet) shaded(n int) bool {
	code := s.outline.countries[n-1].code
	for _, d := range s.o.Shades {
		if d.Code == code {
			return true
		}
	}
	return false
}

// fillOf gives the colour of a country: its class, or a quiet tone that sets
// the countries the numbers are about apart from the rest.
func (s *sheet) fillOf(code string) color.RGBA {
	for _, d := range s.o.Shades {
		if d.Code == code && d.Suppressed {
			return s.colours.masked
		}
		if d.Code == code {
			return s.colours.ramp[s.rampIndex(class(s.breaks, d.Value))]
		}
	}
	if s.subjects[code] {
		return s.colours.home
	}
	return s.colours.land
}

// subjectCodes gives the countries the map is about: those with numbers, or
// all twelve.
func subjectCodes(o MapOptions) map[string]bool {
	out := map[string]bool{}
	for _, b := range o.Bubbles {
		if len(b.Code) >= 2 {
			out[b.Code[:2]] = true
		}
	}
	for _, d := range o.Shades {
		out[d.Code] = true
	}
	if len(out) == 0 || o.View == ViewRegion {
		for _, l := range home() {
			out[l.code] = true
		}
	}
	return out
}

// strokeArcs draws the arcs that are wanted.
func (s *sheet) strokeArcs(ink color.RGBA, width float64, wanted func(edge) bool) {
	s.gc.BeginPath()
	for i, line := range s.outline.arcs {
		if wanted(s.outline.edge[i]) {
			s.trace(line)
		}
	}
	s.stroke(ink, width)
}

// trace adds a line of places to the path, leaving out the points that fall
// into the pixel of the one before.
func (s *sheet) trace(line []point) {
	var lastX, lastY float64
	for i, p := range line {
		x, y := s.view.at(p.lat, p.lon)
		switch {
		case i == 0:
			s.gc.MoveTo(x, y)
		case i < len(line)-1 && math.Abs(x-lastX)+math.Abs(y-lastY) < 0.4:
			continue
		default:
			s.gc.LineTo(x, y)
		}
		lastX, lastY = x, y
	}
}

// drawMargins covers what the map drew outside its area and writes title,
// source and what could not be shown.
func (s *sheet) drawMargins() {
	if s.o.Title != "" {
		s.rect(box{0, 0, s.width, s.area.y0}, s.colours.paper)
		s.text(s.fit(s.o.Title, bold, 19, s.width-32), 16, 30, bold, 19, s.colours.ink)
	}
	s.rect(box{0, s.area.y1, s.width, s.height}, s.colours.paper)
	s.line(0, s.area.y1, s.width, s.area.y1, s.colours.line, 1)
	right := s.width - 16
	credit := say(s.o.Lang, "borders")
	w := s.measure(credit, regular, 11)
	s.text(credit, right-w, s.height-12, regular, 11, s.colours.muted)
	left := s.fit(s.notes(), regular, 12, right-w-16-24)
	s.text(left, 16, s.height-12, regular, 12, s.colours.muted)
}

// notes joins source, unknown places and labels that found no room.
func (s *sheet) notes() string {
	var out []string
	if s.o.Source != "" {
		out = append(out, s.o.Source)
	}
	if n := s.o.Unknown; n > 0 {
		out = append(out, say(s.o.Lang, "place_unknown", "value", n))
	}
	if n := len(s.unplaced); n > 0 {
		out = append(out, say(s.o.Lang, "not_labelled", "list", listed(s.o.Lang, s.unplaced, 2)))
	}
	return strings.Join(out, " · ")
}

// classBreaks gives the lower bounds, above the first class, of at most five
// classes: round numbers spread evenly over the orders of magnitude present.
func classBreaks(shades []Shade) []int {
	low, high := 0, 0
	for _, d := range shades {
		if d.Suppressed || d.Value <= 0 {
			continue
		}
		if low == 0 || d.Value < low {
			low = d.Value
		}
		high = max(high, d.Value)
	}
	var steps []int
	for n := nice(float64(low) + 1); n <= high && high > 0; n = nice(float64(n) + 1) {
		steps = append(steps, n)
	}
	if len(steps) <= 4 {
		return steps
	}
	var out []int
	for i := range 4 {
		out = append(out, steps[(i*(len(steps)-1)+1)/3])
	}
	return out
}

// class gives the number of breaks that value reaches.
func class(breaks []int, value int) int {
	return sort.SearchInts(breaks, value+1)
}

// rampIndex spreads the classes over the whole ramp.
func (s *sheet) rampIndex(class int) int {
	if len(s.breaks) == 0 {
		return len(s.colours.ramp) / 2
	}
	return class * (len(s.colours.ramp) - 1) / len(s.breaks)
}
