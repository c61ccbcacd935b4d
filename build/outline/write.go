package main

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"strconv"

	"svod/internal/picture"
)

// unit is the step of the written coordinates in degrees: about 100 metres.
const unit = 0.001

// write gives the outline file: one line per arc and per country, so that a
// change is readable in a diff. The form is described at picture.Outline.
func write(a *atlas, countries []*country, t picture.Territory) []byte {
	sort.SliceStable(countries, func(i, j int) bool { return countries[i].code < countries[j].code })
	number := map[int]int{}
	var order []int
	for _, c := range countries {
		for _, p := range c.polygons {
			for _, r := range p {
				for _, i := range r {
					if _, seen := number[arcNumber(i)]; !seen {
						number[arcNumber(i)] = len(order)
						order = append(order, arcNumber(i))
					}
				}
			}
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"attribution\":%q,\n\"territory\":%q,\n\"unit\":%v,\n\"arcs\":[\n", picture.OutlineAttribution, t, unit)
	for k, i := range order {
		comma(&b, k)
		writeArc(&b, simplify(a.arcs[i], minTriangle))
	}
	b.WriteString("\n],\n\"countries\":[\n")
	for k, c := range countries {
		comma(&b, k)
		fmt.Fprintf(&b, "{\"code\":%q,\"polygons\":", c.code)
		writePolygons(&b, c.polygons, number)
		b.WriteByte('}')
	}
	b.WriteString("\n]}\n")
	return b.Bytes()
}

// comma separates lines of a list.
func comma(b *bytes.Buffer, k int) {
	if k > 0 {
		b.WriteString(",\n")
	}
}

// writeArc writes longitudes and latitudes in turn, each as the difference
// from the one before.
func writeArc(b *bytes.Buffer, line []position) {
	b.WriteByte('[')
	var x, y int
	for i, p := range line {
		nx, ny := int(math.Round(p.lon/unit)), int(math.Round(p.lat/unit))
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(nx - x))
		b.WriteByte(',')
		b.WriteString(strconv.Itoa(ny - y))
		x, y = nx, ny
	}
	b.WriteByte(']')
}

// writePolygons writes arcs under their new numbers.
func writePolygons(b *bytes.Buffer, polygons []polygon, number map[int]int) {
	b.WriteByte('[')
	for i, p := range polygons {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('[')
		for j, r := range p {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('[')
			for k, arc := range r {
				if k > 0 {
					b.WriteByte(',')
				}
				n := number[arcNumber(arc)]
				if arc < 0 {
					n = ^n
				}
				b.WriteString(strconv.Itoa(n))
			}
			b.WriteByte(']')
		}
		b.WriteByte(']')
	}
	b.WriteByte(']')
}
