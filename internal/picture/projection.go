package picture

import "math"

// earthRadius in kilometres: the sphere of the same volume as the Earth.
const earthRadius = 6371.0

// projection is the Lambert azimuthal equal-area projection of the sphere
// (Snyder, Map Projections: A Working Manual, 1987, eq. 24-2 to 24-4). It
// maps degrees to kilometres east and north of its centre.
type projection struct {
	lon, sinLat, cosLat float64
}

// newProjection centres a projection on a place.
func newProjection(lat, lon float64) projection {
	s, c := math.Sincos(lat * math.Pi / 180)
	return projection{lon: lon * math.Pi / 180, sinLat: s, cosLat: c}
}

// forward gives kilometres east and north. A place near the antipode, which
// no picture shows, is moved to the rim.
func (p projection) forward(lat, lon float64) (x, y float64) {
	s, c := math.Sincos(lat * math.Pi / 180)
	sl, cl := math.Sincos(lon*math.Pi/180 - p.lon)
	d := 1 + p.sinLat*s + p.cosLat*c*cl
	k := earthRadius * math.Sqrt(2/math.Max(d, 1e-6))
	return k * c * sl, k * (p.cosLat*s - p.sinLat*c*cl)
}

// inverse gives latitude and longitude in degrees.
func (p projection) inverse(x, y float64) (lat, lon float64) {
	rho := math.Hypot(x, y)
	if rho < 1e-9 {
		return math.Asin(p.sinLat) * 180 / math.Pi, p.lon * 180 / math.Pi
	}
	s, c := math.Sincos(2 * math.Asin(math.Min(1, rho/(2*earthRadius))))
	lat = math.Asin(c*p.sinLat + y*s*p.cosLat/rho)
	lon = p.lon + math.Atan2(x*s, rho*p.cosLat*c-y*p.sinLat*s)
	return lat * 180 / math.Pi, lon * 180 / math.Pi
}

// view places a projection on the canvas.
type view struct {
	projection
	area  box     // where the map is drawn
	scale float64 // layout pixels per kilometre
	x, y  float64 // kilometres shown at the centre of the area
}

// at gives the place on the canvas.
func (v view) at(lat, lon float64) (x, y float64) {
	x, y = v.forward(lat, lon)
	return (v.area.x0+v.area.x1)/2 + (x-v.x)*v.scale,
		(v.area.y0+v.area.y1)/2 - (y-v.y)*v.scale
}

// place gives latitude and longitude of a place on the canvas.
func (v view) place(x, y float64) (lat, lon float64) {
	return v.inverse((x-(v.area.x0+v.area.x1)/2)/v.scale+v.x,
		((v.area.y0+v.area.y1)/2-y)/v.scale+v.y)
}

// fitView chooses centre and scale so that all places lie in the area, at
// least margin pixels from its sides, and at least minWidth kilometres are
// seen across. North is up in the middle of the picture.
func fitView(places []point, area box, margin, minWidth float64) view {
	v := view{area: area}
	lat, lon := middle(places)
	var west, south, east, north float64
	for range 3 { // each round centres the projection on what it shows
		v.projection = newProjection(lat, lon)
		west, south, east, north = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, p := range places {
			x, y := v.forward(p.lat, p.lon)
			west, east = math.Min(west, x), math.Max(east, x)
			south, north = math.Min(south, y), math.Max(north, y)
		}
		v.x, v.y = (west+east)/2, (south+north)/2
		lat, lon = v.inverse(v.x, v.y)
	}
	w, h := area.width()-2*margin, area.height()-2*margin
	v.scale = math.Min(area.width()/minWidth,
		math.Min(w/math.Max(east-west, 1), h/math.Max(north-south, 1)))
	return v
}

// middle gives the middle of the range of the places.
func middle(places []point) (lat, lon float64) {
	if len(places) == 0 {
		return 50, 60
	}
	a, b := places[0], places[0]
	for _, p := range places {
		a = point{math.Min(a.lon, p.lon), math.Min(a.lat, p.lat)}
		b = point{math.Max(b.lon, p.lon), math.Max(b.lat, p.lat)}
	}
	return (a.lat + b.lat) / 2, (a.lon + b.lon) / 2
}
