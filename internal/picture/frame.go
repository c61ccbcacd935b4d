package picture

// The least a map shows across, in kilometres: closer in, the simplified
// borders look crude and a place loses its surroundings.
const (
	minAcross      = 620.0
	minAcrossLarge = 2100.0
)

// corners are the outer points of the region view: from the western borders
// to Lake Baikal, from the Kola peninsula to the Panj.
func corners() []point {
	return []point{
		{20, 54.7}, {22.3, 48.4}, {28, 45.3}, {44, 39}, {54, 36.6}, {62, 35.2},
		{71, 36.8}, {80, 42}, {87, 49}, {33, 69}, {68, 67}, {90, 57},
	}
}

// frame chooses what the map shows.
func (s *sheet) frame() view {
	var places []point
	for _, b := range s.o.Bubbles {
		places = append(places, unwrapped(b.Lat, b.Lon))
	}
	wide := s.o.View == ViewRegion || len(s.o.Bubbles)+len(s.o.Shades) == 0
	for _, d := range s.o.Shades {
		wide = wide || d.Code == "RU"
	}
	if wide {
		return fitView(append(places, corners()...), s.area, 12, minAcrossLarge)
	}
	for _, c := range s.outline.countries {
		// Russia is shown as far as it has numbers: the whole of it would
		// press every other place into a corner
		if s.subjects[c.code] && c.code != "RU" {
			places = append(places, c.extent()...)
		}
	}
	if s.subjects["RU"] {
		return fitView(places, s.area, 64, minAcrossLarge)
	}
	return fitView(places, s.area, 40, minAcross)
}

// unwrapped gives a place with the longitude counted as the outline does.
func unwrapped(lat, lon float64) point {
	if lon < -20 {
		lon += 360
	}
	return point{lon, lat}
}

// extent gives the outer rings of a country, thinned: enough to fit a view.
func (c country) extent() []point {
	var out []point
	for _, r := range c.rings {
		for i, p := range r.line {
			if r.outer && i%4 == 0 {
				out = append(out, p)
			}
		}
	}
	return out
}
