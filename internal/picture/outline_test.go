package picture

import (
	"math"
	"testing"
)

// outlineOf gives the committed outline.
func outlineOf(t testing.TB) *Outline {
	t.Helper()
	o, err := NewPainter().Outline()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// The base layer is political. Natural Earth draws Simferopol inside Russia;
// the outline follows UN General Assembly resolution 68/262.
func TestTerritory(t *testing.T) {
	o := outlineOf(t)
	if o.Territory != UNGA68_262 {
		t.Fatalf("territory %q", o.Territory)
	}
	for _, c := range []struct {
		place    string
		lat, lon float64
		want     string
	}{
		{"Simferopol", 44.95, 34.10, "UA"},
		{"Yevpatoria", 45.25, 33.45, "UA"},
		{"Kerch", 45.33, 36.40, "UA"},
		{"Donetsk", 48.00, 37.80, "UA"},
		{"Luhansk", 48.57, 39.30, "UA"},
		{"Melitopol", 46.85, 35.37, "UA"},
		{"Sukhumi", 43.05, 41.05, "GE"},
		{"Tskhinvali", 42.23, 43.97, "GE"},
		{"Tiraspol", 46.84, 29.62, "MD"},
		{"Khankendi", 39.82, 46.75, "AZ"},
		{"Nakhchivan", 39.21, 45.41, "AZ"},
		{"Kaliningrad", 54.70, 20.60, "RU"},
		{"Anadyr", 64.73, 177.3, "RU"},
		{"Uelen, west of 180°", 66.10, -170.5, "RU"},
		{"Minsk", 53.90, 27.57, "BY"},
		{"Osh", 40.53, 72.80, "KG"},
		{"Khorog", 37.60, 71.60, "TJ"},
		{"Nukus", 42.46, 59.60, "UZ"},
		{"the northern part of Cyprus", 35.28, 33.55, "CY"},
		{"the Black Sea", 43.20, 34.50, ""},
		{"the Caspian Sea", 42.00, 50.80, ""},
	} {
		if got := o.CountryAt(c.lat, c.lon); got != c.want {
			t.Errorf("%s lies in %q, want %q", c.place, got, c.want)
		}
	}
}

// Perekop, between Crimea and the mainland, is inside one country: no border
// is drawn there.
func TestNoBorderAtPerekop(t *testing.T) {
	o := outlineOf(t)
	for i, line := range o.arcs {
		if e := o.edge[i]; e[1] == 0 || e[0] == e[1] {
			continue
		}
		for _, p := range line {
			if math.Abs(p.lat-46.1) < 0.4 && p.lon > 33 && p.lon < 34.8 {
				t.Fatalf("a border runs through %.2f, %.2f", p.lat, p.lon)
			}
		}
	}
}

func TestOutlineFile(t *testing.T) {
	if n := len(outlineFile); n > 200_000 {
		t.Errorf("the outline has %d bytes, more than 200,000", n)
	}
	o := outlineOf(t)
	if o.Attribution != OutlineAttribution {
		t.Errorf("attribution %q", o.Attribution)
	}
	have := map[string]bool{}
	for _, c := range o.countries {
		have[c.code] = true
		for _, r := range c.rings {
			if len(r.line) < 3 {
				t.Errorf("%s: a ring of %d points", c.code, len(r.line))
			}
		}
	}
	for _, l := range append(home(), neighbours()...) {
		if !have[l.code] {
			t.Errorf("%s is not in the outline", l.code)
		}
	}
}

func TestDecodeOutlineRejects(t *testing.T) {
	for name, data := range map[string]string{
		"not JSON":          `{`,
		"no territory":      `{"unit":0.001,"arcs":[],"countries":[]}`,
		"another territory": `{"territory":"DE_FACTO","unit":0.001}`,
		"missing arc":       `{"territory":"UNGA68_262","unit":1,"arcs":[[0,0,1,1]],"countries":[{"code":"RU","polygons":[[[1]]]}]}`,
	} {
		if _, err := decodeOutline([]byte(data)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestProjectionRoundTrip(t *testing.T) {
	p := newProjection(55, 60)
	for _, c := range [][2]float64{{55, 60}, {41.3, 19.9}, {66.1, 189.5}, {36.8, 71}, {81, 100}} {
		x, y := p.forward(c[0], c[1])
		lat, lon := p.inverse(x, y)
		if math.Abs(lat-c[0]) > 1e-9 || math.Abs(math.Mod(lon-c[1]+540, 360)-180) > 1e-9 {
			t.Errorf("%v comes back as %v, %v", c, lat, lon)
		}
	}
}

// Equal-area: a cell of one degree has its true size wherever it lies.
func TestProjectionKeepsAreas(t *testing.T) {
	p := newProjection(55, 60)
	for _, c := range [][2]float64{{55, 60}, {40, 20}, {68, 170}} {
		x0, y0 := p.forward(c[0], c[1])
		x1, y1 := p.forward(c[0], c[1]+0.01)
		x2, y2 := p.forward(c[0]+0.01, c[1])
		got := math.Abs((x1-x0)*(y2-y0) - (x2-x0)*(y1-y0))
		step := 0.01 * math.Pi / 180 * earthRadius
		want := step * step * math.Cos((c[0]+0.005)*math.Pi/180)
		if math.Abs(got/want-1) > 1e-3 {
			t.Errorf("%v: area %v, want %v", c, got, want)
		}
	}
}
