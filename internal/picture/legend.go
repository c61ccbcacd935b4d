package picture

import (
	"fmt"
	"image/color"
	"math"
)

// entry is a line of the legend.
type entry struct {
	text   string
	colour color.RGBA
	ring   bool
}

// drawLegend explains colours and bubbles in the corner with most room.
func (s *sheet) drawLegend() {
	entries := s.legendEntries()
	values := s.legendBubbles()
	if len(entries) == 0 && len(values) == 0 {
		return
	}
	head := say(s.o.Lang, "number_of", "unit", unitOr(s.o.Lang, s.o.Unit))
	lines := s.wrap(head, regular, 12, 190, 2)
	w := 0.0
	for _, l := range lines {
		w = math.Max(w, s.measure(l, regular, 12))
	}
	for _, e := range entries {
		w = math.Max(w, 24+s.measure(e.text, regular, 12))
	}
	big := 0.0
	if len(values) > 0 {
		big = s.radius(values[0], s.highest())
		w = math.Max(w, 2*big+12+s.measure(number(s.o.Lang, values[0]), regular, 12))
	}
	h := 16*float64(len(lines)) + 6 + 18*float64(len(entries))
	if big > 0 {
		h += 2*big + 12
	}
	if len(entries) > 0 {
		h -= 10
	}
	spot := s.legendSpot(w+24, h+14)
	s.card(spot)
	s.taken = append(s.taken, spot.grown(2))
	x, y := spot.x0+12, spot.y0+19
	for _, l := range lines {
		s.text(l, x, y, regular, 12, s.colours.muted)
		y += 16
	}
	if big > 0 {
		s.drawScale(x, y-3+2*big, values)
		y += 2*big + 14
	}
	for _, e := range entries {
		s.drawEntry(e, x, y)
		y += 18
	}
}

// drawEntry draws a colour sample or a ring with its meaning.
func (s *sheet) drawEntry(e entry, x, y float64) {
	if e.ring {
		s.circle(x+8, y-4, 5.5, e.colour, 2)
	} else {
		s.rect(box{x, y - 11, x + 16, y + 2}, e.colour)
	}
	s.text(e.text, x+24, y, regular, 12, s.colours.ink)
}

// drawScale draws nested bubbles of round values standing on one line.
func (s *sheet) drawScale(x, base float64, values []int) {
	fill, _ := s.bubbleColours()
	big := s.radius(values[0], s.highest())
	for _, v := range values {
		r := s.radius(v, s.highest())
		s.circle(x+big, base-r, r, fill, 1.2)
		s.line(x+big, base-2*r, x+2*big+8, base-2*r, s.colours.muted, 0.7)
		s.text(number(s.o.Lang, v), x+2*big+12, base-2*r+4.5, regular, 12, s.colours.ink)
	}
}

// highest is the largest number shown by a bubble.
func (s *sheet) highest() int {
	highest := 1
	for _, p := range s.rings {
		if !p.Suppressed {
			highest = max(highest, p.Value)
		}
	}
	return highest
}

// legendBubbles gives one or two round values for the scale of bubbles.
func (s *sheet) legendBubbles() []int {
	shown := 0
	for _, p := range s.rings {
		if !p.Suppressed {
			shown++
		}
	}
	if shown == 0 {
		return nil
	}
	top := niceBelow(s.highest() + 1)
	small := niceBelow(niceBelow(top))
	if small < 1 || s.radius(top, s.highest())-s.radius(small, s.highest()) < 8 {
		return []int{top}
	}
	return []int{top, small}
}

// niceBelow gives the largest of 1, 2, 5, 10, … below n, 0 where there is none.
func niceBelow(n int) int {
	below := 0
	for m := 1; m < n; m = nice(float64(m) + 1) {
		below = m
	}
	return below
}

// legendEntries explains the classes and the ring.
func (s *sheet) legendEntries() []entry {
	var out []entry
	if s.anyShade() {
		lower := max(1, s.o.Threshold) // smaller numbers are suppressed
		if len(s.breaks) > 0 {
			lower = min(lower, s.breaks[0]-1)
		}
		for i := 0; i <= len(s.breaks); i++ {
			text := say(s.o.Lang, "or_more", "value", lower)
			if i < len(s.breaks) {
				text = fmt.Sprintf("%s–%s", number(s.o.Lang, lower), number(s.o.Lang, s.breaks[i]-1))
				if lower == s.breaks[i]-1 {
					text = number(s.o.Lang, lower)
				}
				lower = s.breaks[i]
			}
			out = append(out, entry{text: text, colour: s.colours.ramp[s.rampIndex(i)]})
		}
	}
	text := hiddenWords(s.o.Lang, s.o.Threshold)
	for _, d := range s.o.Shades {
		if d.Suppressed {
			out = append(out, entry{text: text, colour: s.colours.masked})
			break
		}
	}
	for _, p := range s.rings {
		if p.Suppressed {
			fill, _ := s.bubbleColours()
			return append(out, entry{text: text, colour: fill, ring: true})
		}
	}
	return out
}

// anyShade tells whether any country has a colour of the ramp.
func (s *sheet) anyShade() bool {
	for _, d := range s.o.Shades {
		if !d.Suppressed {
			return true
		}
	}
	return false
}

// legendSpot chooses the corner where the legend hides least.
func (s *sheet) legendSpot(w, h float64) box {
	a := s.area.grown(-14)
	corners := []box{
		{a.x0, a.y1 - h, a.x0 + w, a.y1},
		{a.x1 - w, a.y1 - h, a.x1, a.y1},
		{a.x1 - w, a.y0, a.x1, a.y0 + h},
		{a.x0, a.y0, a.x0 + w, a.y0 + h},
	}
	best, bestCost := corners[0], math.Inf(1)
	for _, c := range corners {
		cost := 0.0
		for _, p := range s.rings {
			if c.grown(20).touches(p.x, p.y, p.r) {
				cost += p.r
			}
		}
		if cost < bestCost {
			best, bestCost = c, cost
		}
	}
	return best
}
