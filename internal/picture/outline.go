package picture

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// Territory names a rule for disputed borders. The outline file is made under
// exactly one of them (see build/outline), and a map states which.
type Territory string

// UNGA68_262 follows UN General Assembly resolution 68/262 of 27 March 2014
// on the territorial integrity of Ukraine: Crimea and Sevastopol are Ukraine.
// It is the default and, so far, the only setting.
const UNGA68_262 Territory = "UNGA68_262"

// OutlineAttribution names the source of the borders.
const OutlineAttribution = "Natural Earth, public domain"

//go:embed outline.json
var outlineFile []byte

// Outline is the political base layer: countries as polygons whose rings are
// made of arcs that neighbours share.
type Outline struct {
	Attribution string
	Territory   Territory
	countries   []country
	arcs        [][]point
	edge        []edge // per arc
}

// edge names the countries on the two sides of an arc, as positions in
// countries counted from 1: {n, 0} is a coast, {n, m} a border, {n, n} lies
// inside one country and is never drawn.
type edge [2]int

// country is one country: ISO 3166-1 alpha-2 code, or "" where there is none.
type country struct {
	code  string
	rings []ring
}

// ring is a closed line of places, an outline or a hole, and its extent.
type ring struct {
	line     []point
	min, max point
	outer    bool
}

// point is longitude and latitude in degrees, longitude in [-20, 340).
type point struct{ lon, lat float64 }

// outlineForm is the JSON of the file. Arcs hold longitude and latitude in
// turn as multiples of Unit degrees, each the difference from the one before;
// a ring is a list of arc numbers, ^i meaning arc i run backwards.
type outlineForm struct {
	Attribution string
	Territory   Territory
	Unit        float64
	Arcs        [][]int
	Countries   []struct {
		Code     string
		Polygons [][][]int
	}
}

// decodeOutline reads an outline file and checks that it holds together.
func decodeOutline(data []byte) (*Outline, error) {
	var f outlineForm
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("outline: %w", err)
	}
	if f.Territory != UNGA68_262 || f.Unit <= 0 {
		return nil, fmt.Errorf("outline: territory %q, unit %v", f.Territory, f.Unit)
	}
	o := &Outline{Attribution: f.Attribution, Territory: f.Territory}
	for _, deltas := range f.Arcs {
		line := make([]point, 0, len(deltas)/2)
		var x, y int
		for i := 0; i+1 < len(deltas); i += 2 {
			x, y = x+deltas[i], y+deltas[i+1]
			line = append(line, point{float64(x) * f.Unit, float64(y) * f.Unit})
		}
		o.arcs = append(o.arcs, line)
	}
	if err := o.markEdges(f); err != nil {
		return nil, err
	}
	for _, c := range f.Countries {
		n := country{code: c.Code}
		for _, polygon := range c.Polygons {
			for k, arcs := range polygon {
				n.rings = append(n.rings, o.ring(arcs, k == 0))
			}
		}
		o.countries = append(o.countries, n)
	}
	return o, nil
}

// markEdges says of each arc which countries it separates.
func (o *Outline) markEdges(f outlineForm) error {
	o.edge = make([]edge, len(o.arcs))
	for i, c := range f.Countries {
		for _, p := range c.Polygons {
			for _, r := range p {
				for _, a := range r {
					n := arcNumber(a)
					if n >= len(o.arcs) {
						return fmt.Errorf("outline: %s names arc %d of %d", c.Code, n, len(o.arcs))
					}
					if o.edge[n][0] == 0 {
						o.edge[n][0] = i + 1
					} else {
						o.edge[n][1] = i + 1
					}
				}
			}
		}
	}
	return nil
}

// arcNumber undoes the sign that marks a reversed arc.
func arcNumber(i int) int {
	if i < 0 {
		return ^i
	}
	return i
}

// ring joins arcs to a closed line; the last place joins the first.
func (o *Outline) ring(arcs []int, outer bool) ring {
	r := ring{outer: outer, min: point{math.Inf(1), math.Inf(1)}, max: point{math.Inf(-1), math.Inf(-1)}}
	for _, i := range arcs {
		line := o.arcs[arcNumber(i)]
		for k := range line {
			p := line[k]
			if i < 0 {
				p = line[len(line)-1-k]
			}
			r.line = append(r.line, p)
			r.min = point{math.Min(r.min.lon, p.lon), math.Min(r.min.lat, p.lat)}
			r.max = point{math.Max(r.max.lon, p.lon), math.Max(r.max.lat, p.lat)}
		}
	}
	return r
}

// CountryAt gives the ISO 3166-1 code of the country in which a place lies,
// "" for the sea and for territory without a code. Latitude and longitude in
// degrees; places outside the region view are unknown and give "".
func (o *Outline) CountryAt(lat, lon float64) string {
	if lon < -20 {
		lon += 360
	}
	for _, c := range o.countries {
		inside := false
		for _, r := range c.rings {
			if r.contains(point{lon, lat}) {
				inside = !inside
			}
		}
		if inside {
			return c.code
		}
	}
	return ""
}

// contains tells by the even-odd rule whether p lies inside the ring.
func (r ring) contains(p point) bool {
	if p.lon < r.min.lon || p.lon > r.max.lon || p.lat < r.min.lat || p.lat > r.max.lat {
		return false
	}
	inside := false
	line := r.line
	for i, j := 0, len(line)-1; i < len(line); j, i = i, i+1 {
		a, b := line[i], line[j]
		if (a.lat > p.lat) != (b.lat > p.lat) &&
			p.lon < (b.lon-a.lon)*(p.lat-a.lat)/(b.lat-a.lat)+a.lon {
			inside = !inside
		}
	}
	return inside
}
