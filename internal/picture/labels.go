package picture

import (
	"image/color"
	"math"
	"sort"
	"strings"
)

// label is a text to place beside a bubble or on a country.
type label struct {
	lines   []string
	figure  string // set in bold at the end of the last line; may be ""
	x, y, r float64
	side    side
	weight  string
	size    float64
	ground  string // code of a shaded country the label may lie on
}

const (
	labelSize = 13.0
	lineStep  = 15.0
)

// drawLabels names bubbles and shaded countries, largest first, where there
// is room.
func (s *sheet) drawLabels() {
	for _, p := range s.rings {
		l := label{lines: s.broken(p.Label), x: p.x, y: p.y, r: p.r,
			side: preferred(p.Code), weight: regular, size: labelSize}
		if !p.inside {
			l.figure = p.figure
		}
		if !s.area.grown(20).touches(p.x, p.y, p.r) {
			continue
		}
		if !s.place(l, s.colours.ink) && (p.Label != "") {
			s.unplaced = append(s.unplaced, p.Label+" "+p.figure)
		}
	}
	named := map[string]bool{}
	for _, p := range s.rings {
		named[p.Code] = true
	}
	for _, d := range s.o.Shades {
		mark, ok := find(d.Code)
		if !ok || named[d.Code] {
			continue
		}
		l := label{lines: []string{mark.name(s.o.Lang)}, side: mark.side, weight: bold, size: labelSize,
			figure: number(s.o.Lang, d.Value), ground: d.Code}
		if d.Suppressed {
			l.figure = hidden(s.o.Threshold)
		}
		l.lines = append(l.lines, "")
		l.x, l.y = s.view.at(mark.lat, mark.lon)
		if mark.side == below || mark.side == above {
			l.r = -8 // on the country itself
		}
		if !s.place(l, s.colours.ink) {
			s.unplaced = append(s.unplaced, mark.name(s.o.Lang)+" "+l.figure)
		}
	}
}

// drawNeighbours names, in a quiet colour, the countries that have no label
// of their own, for orientation only.
func (s *sheet) drawNeighbours() {
	named := map[string]bool{}
	for _, d := range s.o.Shades {
		named[d.Code] = true
	}
	for _, p := range s.rings {
		named[p.Code] = true
	}
	inside := s.visible()
	for _, mark := range append(home(), neighbours()...) {
		if named[mark.code] {
			continue
		}
		l := label{lines: []string{mark.name(s.o.Lang)}, weight: regular, size: 12}
		w := s.measure(l.lines[0], l.weight, l.size)
		x, y := s.view.at(mark.lat, mark.lon)
		spots := append([][2]float64{{x, y}}, inside[mark.code]...)
		for i, p := range spots {
			spot := box{p[0] - w/2, p[1] - 8, p[0] + w/2, p[1] + 8}
			if s.free(spot.grown(3)) && (i == 0 || s.liesOn(spot.grown(6), mark.code)) {
				s.write(l, spot, s.colours.muted)
				s.taken = append(s.taken, spot.grown(3))
				break
			}
		}
	}
}

// visible gives, per country, the points of a coarse grid over the map that
// lie in it, those in the middle of them first.
func (s *sheet) visible() map[string][][2]float64 {
	const step = 36.0
	out := map[string][][2]float64{}
	for y := s.area.y0 + step/2; y < s.area.y1; y += step {
		for x := s.area.x0 + step/2; x < s.area.x1; x += step {
			lat, lon := s.view.place(x, y)
			if code := s.outline.CountryAt(lat, lon); code != "" {
				out[code] = append(out[code], [2]float64{x, y})
			}
		}
	}
	for _, points := range out {
		var mx, my float64
		for _, p := range points {
			mx, my = mx+p[0]/float64(len(points)), my+p[1]/float64(len(points))
		}
		sort.SliceStable(points, func(i, j int) bool {
			return math.Hypot(points[i][0]-mx, points[i][1]-my) < math.Hypot(points[j][0]-mx, points[j][1]-my)
		})
	}
	return out
}

// liesOn tells whether the corners of a box lie in a country.
func (s *sheet) liesOn(b box, code string) bool {
	for _, p := range [][2]float64{{b.x0, b.y0}, {b.x1, b.y0}, {b.x0, b.y1}, {b.x1, b.y1}} {
		lat, lon := s.view.place(p[0], p[1])
		if s.outline.CountryAt(lat, lon) != code {
			return false
		}
	}
	return true
}

// find gives the landmark of one of the twelve countries or a neighbour.
func find(code string) (landmark, bool) {
	for _, l := range append(home(), neighbours()...) {
		if l.code == code {
			return l, true
		}
	}
	return landmark{}, false
}

// broken breaks a long name into two lines of similar length.
func (s *sheet) broken(name string) []string {
	if name == "" {
		return nil
	}
	name = shortened(s.o.Lang, name)
	full := s.measure(name, regular, labelSize)
	if full <= 112 {
		return []string{name}
	}
	words := strings.Fields(name)
	best, bestWidth := 0, math.Inf(1)
	for i := 1; i < len(words); i++ {
		w := math.Max(s.measure(strings.Join(words[:i], " "), regular, labelSize),
			s.measure(strings.Join(words[i:], " "), regular, labelSize))
		if w < bestWidth {
			best, bestWidth = i, w
		}
	}
	if best == 0 {
		return []string{s.fit(name, regular, labelSize, 170)}
	}
	return []string{
		s.fit(strings.Join(words[:best], " "), regular, labelSize, 170),
		s.fit(strings.Join(words[best:], " "), regular, labelSize, 170),
	}
}

// shortened abbreviates the kind of a region the way Russian maps do.
func shortened(lang, name string) string {
	if lang != "ru" {
		return name
	}
	return strings.NewReplacer("автономный округ", "АО", "автономная область", "АО",
		"Автономная Республика", "АР", "Республика", "Респ.", "область", "обл.", " район", " р-н").Replace(name)
}

// place writes the label at the first side of its bubble where it covers
// nothing and nothing covers it, and reports whether there was one.
func (s *sheet) place(l label, ink color.RGBA) bool {
	if len(l.lines) == 0 && l.figure == "" {
		return true
	}
	w, h := s.labelSize(l)
	for _, d := range sides(l.side) {
		spot := beside(l, d, w, h)
		if s.free(spot) {
			s.write(l, spot, ink)
			s.taken = append(s.taken, spot)
			return true
		}
	}
	return false
}

// sides lists the directions, the preferred one first.
func sides(first side) []side {
	out := []side{first}
	for _, d := range []side{below, right, left, above, rightBelow, leftBelow, rightAbove, leftAbove} {
		if d != first {
			out = append(out, d)
		}
	}
	return out
}

// free tells whether a label may stand in the box.
func (s *sheet) free(b box) bool {
	if !b.within(s.area.grown(-3)) {
		return false
	}
	for _, t := range s.taken {
		if b.overlaps(t) {
			return false
		}
	}
	for _, p := range s.rings {
		if b.touches(p.x, p.y, p.r-1) {
			return false
		}
	}
	return true
}

// labelSize gives width and height of a label.
func (s *sheet) labelSize(l label) (w, h float64) {
	lines := len(l.lines)
	for i, line := range l.lines {
		lw := s.measure(line, l.weight, l.size)
		if i == lines-1 {
			lw += s.figureWidth(l, line)
		}
		w = math.Max(w, lw)
	}
	if lines == 0 {
		lines, w = 1, s.figureWidth(l, "")
	}
	return w, float64(lines)*lineStep + 1
}

// figureWidth is the width of the number and the space before it.
func (s *sheet) figureWidth(l label, line string) float64 {
	if l.figure == "" {
		return 0
	}
	w := s.measure(l.figure, bold, l.size)
	if line != "" {
		w += 5
	}
	return w
}

// beside gives the box of a label on one side of its bubble.
func beside(l label, d side, w, h float64) box {
	gap := l.r + 3
	slant := math.Max(l.r, 0)*0.72 + 2
	x, y := l.x-w/2, l.y-h/2
	switch d {
	case below:
		y = l.y + gap
	case above:
		y = l.y - gap - h
	case right:
		x = l.x + gap
	case left:
		x = l.x - gap - w
	case rightBelow:
		x, y = l.x+slant, l.y+slant
	case leftBelow:
		x, y = l.x-slant-w, l.y+slant
	case rightAbove:
		x, y = l.x+slant, l.y-slant-h
	case leftAbove:
		x, y = l.x-slant-w, l.y-slant-h
	}
	return box{x, y, x + w, y + h}
}

// write draws the lines of a label, centred in its box, with a halo.
func (s *sheet) write(l label, spot box, ink color.RGBA) {
	halo := faded(s.colours.paper, 0.8)
	if l.ground != "" && s.liesOn(spot, l.ground) {
		halo = s.fillOf(l.ground)
		ink = readableOn(halo)
	}
	for i, line := range l.lines {
		y := spot.y0 + lineStep*float64(i) + l.size*0.92
		w := s.measure(line, l.weight, l.size)
		last := i == len(l.lines)-1
		if last {
			w += s.figureWidth(l, line)
		}
		x := (spot.x0+spot.x1)/2 - w/2
		s.haloed(line, x, y, l.weight, l.size, ink, halo)
		if last && l.figure != "" {
			s.haloed(l.figure, x+w-s.measure(l.figure, bold, l.size), y, bold, l.size, ink, halo)
		}
	}
	if len(l.lines) == 0 {
		s.haloed(l.figure, spot.x0, spot.y0+l.size*0.92, bold, l.size, ink, halo)
	}
}
