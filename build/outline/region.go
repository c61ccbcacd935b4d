package main

import "fmt"

// The box of the region view in degrees: a polygon is kept when any of its
// points lies inside. It reaches as far as a map of Russia or Central Asia
// shows anything at all.
const (
	viewWest, viewEast   = -6.0, 192.0
	viewSouth, viewNorth = 24.0, 83.0
	// islands below this many square kilometres are a pixel or less
	minIsland = 90.0
)

// country is a selected country: ISO 3166-1 alpha-2 code, empty where ISO
// gives none, and its polygons.
type country struct {
	code     string
	polygons []polygon
}

// selectCountries keeps the polygons that the region view can show. A
// country keeps its largest polygon however small it is.
func selectCountries(a *atlas) ([]*country, error) {
	var out []*country
	byCode := map[string]*country{}
	for _, source := range a.countries {
		kept := keptPolygons(a, source.polygons)
		if len(kept) == 0 {
			continue
		}
		code, known := codes[source.numeric]
		if source.numeric == "" {
			code, known = unnumbered[source.name]
		}
		if !known {
			return nil, fmt.Errorf("no code for %s (%s): extend codes.go", source.name, source.numeric)
		}
		if c := byCode[code]; c != nil && code != "" {
			c.polygons = append(c.polygons, kept...)
			continue
		}
		c := &country{code: code, polygons: kept}
		byCode[code] = c
		out = append(out, c)
	}
	return out, nil
}

// keptPolygons drops what lies outside the view and the smallest islands.
func keptPolygons(a *atlas, polygons []polygon) []polygon {
	var kept []polygon
	largest, largestArea := -1, 0.0
	for i, p := range polygons {
		line := a.points(p[0])
		if !inView(line) {
			continue
		}
		size := area(line)
		if size > largestArea {
			largest, largestArea = i, size
		}
		if size >= minIsland {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 && largest >= 0 {
		kept = append(kept, polygons[largest])
	}
	return kept
}

// inView tells whether any point of the line lies in the box of the view.
func inView(line []position) bool {
	for _, p := range line {
		if p.lon > viewWest && p.lon < viewEast && p.lat > viewSouth && p.lat < viewNorth {
			return true
		}
	}
	return false
}
