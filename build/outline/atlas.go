package main

import (
	"encoding/json"
	"fmt"
	"math"
)

// position is longitude and latitude in degrees. Longitudes west of 20° W are
// counted on past 180°, so that Chukotka joins the rest of Russia.
type position struct{ lon, lat float64 }

// ring is a closed line of arcs; a negative number i is arc ^i run backwards.
type ring []int

// polygon is an outer ring followed by its holes.
type polygon []ring

// atlasCountry is one geometry of the atlas.
type atlasCountry struct {
	numeric, name string
	polygons      []polygon
}

// atlas is the decoded TopoJSON file.
type atlas struct {
	arcs      [][]position
	countries []atlasCountry
}

// topology mirrors the parts of TopoJSON that the file uses.
type topology struct {
	Transform struct {
		Scale, Translate [2]float64
	}
	Arcs    [][][2]float64
	Objects struct {
		Countries struct {
			Geometries []struct {
				ID         string
				Type       string
				Properties struct{ Name string }
				Arcs       json.RawMessage
			}
		}
	}
}

// decodeAtlas reads TopoJSON (github.com/topojson/topojson-specification):
// quantised, delta-encoded arcs and geometries that name arcs by number.
func decodeAtlas(data []byte) (*atlas, error) {
	var t topology
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, fmt.Errorf("countries-50m.json: %w", err)
	}
	a := &atlas{}
	for _, deltas := range t.Arcs {
		var x, y float64
		line := make([]position, 0, len(deltas))
		for _, d := range deltas {
			x, y = x+d[0], y+d[1]
			p := position{
				lon: x*t.Transform.Scale[0] + t.Transform.Translate[0],
				lat: y*t.Transform.Scale[1] + t.Transform.Translate[1],
			}
			if p.lon < -20 {
				p.lon += 360
			}
			line = append(line, p)
		}
		a.arcs = append(a.arcs, line)
	}
	for _, g := range t.Objects.Countries.Geometries {
		c := atlasCountry{numeric: g.ID, name: g.Properties.Name}
		var err error
		switch g.Type {
		case "Polygon":
			c.polygons = make([]polygon, 1)
			err = json.Unmarshal(g.Arcs, &c.polygons[0])
		case "MultiPolygon":
			err = json.Unmarshal(g.Arcs, &c.polygons)
		default:
			err = fmt.Errorf("unexpected geometry type %q", g.Type)
		}
		if err != nil {
			return nil, fmt.Errorf("countries-50m.json: %s: %w", c.name, err)
		}
		a.countries = append(a.countries, c)
	}
	if len(a.arcs) == 0 || len(a.countries) == 0 {
		return nil, fmt.Errorf("countries-50m.json holds no countries")
	}
	return a, nil
}

// points gives the positions along a ring, without repeating the joints.
func (a *atlas) points(r ring) []position {
	var out []position
	for _, i := range r {
		line := a.arcs[arcNumber(i)]
		for k := range line {
			p := line[k]
			if i < 0 {
				p = line[len(line)-1-k]
			}
			if len(out) == 0 || out[len(out)-1] != p {
				out = append(out, p)
			}
		}
	}
	return out
}

// arcNumber undoes the sign that marks a reversed arc.
func arcNumber(i int) int {
	if i < 0 {
		return ^i
	}
	return i
}

// contains tells by the even-odd rule whether p lies inside the closed line.
func contains(line []position, p position) bool {
	inside := false
	for i, j := 0, len(line)-1; i < len(line); j, i = i, i+1 {
		a, b := line[i], line[j]
		if (a.lat > p.lat) != (b.lat > p.lat) &&
			p.lon < (b.lon-a.lon)*(p.lat-a.lat)/(b.lat-a.lat)+a.lon {
			inside = !inside
		}
	}
	return inside
}

// earthRadius in kilometres: the sphere of the same volume as the Earth.
const earthRadius = 6371.0

// plane maps a position to kilometres on the cylindrical equal-area
// projection, so that triangle areas are true areas.
func plane(p position) (x, y float64) {
	const rad = math.Pi / 180
	return earthRadius * p.lon * rad, earthRadius * math.Sin(p.lat*rad)
}

// area gives the area inside a closed line in square kilometres.
func area(line []position) float64 {
	var sum float64
	for i, j := 0, len(line)-1; i < len(line); j, i = i, i+1 {
		x1, y1 := plane(line[j])
		x2, y2 := plane(line[i])
		sum += x1*y2 - x2*y1
	}
	return math.Abs(sum) / 2
}
