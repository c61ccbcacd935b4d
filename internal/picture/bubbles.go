package picture

import (
	"image/color"
	"math"
	"sort"
)

// Radii in pixels. The largest bubble shrinks as bubbles become many, so that
// they cover the map no more than a few do.
const (
	maxRadius    = 40.0
	leastRadius  = 15.0 // of the largest bubble
	minRadius    = 3.0  // of any bubble
	hiddenRadius = 6.0
	fewBubbles   = 8
)

// largestRadius gives the radius of the largest bubble among n.
func largestRadius(n int) float64 {
	if n <= fewBubbles {
		return maxRadius
	}
	return math.Max(leastRadius, maxRadius*math.Sqrt(fewBubbles/float64(n)))
}

// placed is a bubble on the canvas.
type placed struct {
	Bubble
	x, y, r float64
	figure  string // the number as written
	inside  bool   // the number stands in the bubble
	size    float64
}

// layBubbles computes places and sizes; the largest come first, so that
// smaller ones are drawn over them.
func (s *sheet) layBubbles() {
	highest := 0
	for _, b := range s.o.Bubbles {
		if !b.Suppressed {
			highest = max(highest, b.Value)
		}
	}
	for _, b := range s.o.Bubbles {
		if !b.Suppressed && b.Value <= 0 {
			continue // nothing there is not a point of size nothing
		}
		p := placed{Bubble: b, r: hiddenRadius, figure: hidden(s.o.Threshold)}
		if !b.Suppressed {
			p.r = s.radius(b.Value, highest)
			p.figure = number(s.o.Lang, b.Value)
		}
		q := unwrapped(b.Lat, b.Lon)
		p.x, p.y = s.view.at(q.lat, q.lon)
		s.rings = append(s.rings, p)
	}
	sort.SliceStable(s.rings, func(i, j int) bool {
		a, b := s.rings[i], s.rings[j]
		if a.r != b.r {
			return a.r > b.r
		}
		return a.Code < b.Code
	})
	for i := range s.rings {
		s.placeFigure(i)
	}
}

// radius makes the area of a bubble proportional to its value.
func (s *sheet) radius(value, highest int) float64 {
	return math.Max(minRadius, largestRadius(len(s.o.Bubbles))*math.Sqrt(float64(value)/float64(highest)))
}

// placeFigure puts the number into the bubble where it fits and no smaller
// bubble, drawn later, hides it.
func (s *sheet) placeFigure(i int) {
	p := &s.rings[i]
	if p.Suppressed {
		return
	}
	for _, size := range []float64{17, 15, 13, 11.5, 10.5} {
		w := s.measure(p.figure, bold, size)
		if math.Hypot(w, size*0.75) > 1.72*p.r {
			continue
		}
		middle := box{p.x - w/2, p.y - size*0.4, p.x + w/2, p.y + size*0.4}
		for _, q := range s.rings[i+1:] {
			if middle.touches(q.x, q.y, q.r+1) {
				return
			}
		}
		p.inside, p.size = true, size
		return
	}
}

// drawBubbles draws discs with their numbers, and rings for what is
// suppressed.
func (s *sheet) drawBubbles() {
	fill, ink := s.bubbleColours()
	for _, p := range s.rings {
		if p.Suppressed {
			s.circle(p.x, p.y, p.r, s.colours.paper, 4)
			s.circle(p.x, p.y, p.r, fill, 2)
			continue
		}
		s.disc(p.x, p.y, p.r, faded(fill, 0.9), s.colours.paper, 1.2)
		if p.inside {
			w := s.measure(p.figure, bold, p.size)
			s.text(p.figure, p.x-w/2, p.y+p.size*0.355, bold, p.size, ink)
		}
	}
}

// bubbleColours keeps bubbles apart from the teal of a choropleth.
func (s *sheet) bubbleColours() (fill, ink color.RGBA) {
	if len(s.o.Shades) > 0 {
		return s.colours.accent, s.colours.accentInk
	}
	return s.colours.brand, s.colours.brandInk
}
