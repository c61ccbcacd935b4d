package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"svod/internal/picture"
)

// tiny is a TopoJSON of two countries: Ukraine (a square whose east side is
// arc 1) and Russia (the square east of it, and a peninsula around Simferopol
// that hangs on Ukraine by arc 3).
const tiny = `{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[0,0]},
"arcs":[
 [[340,460],[-40,0],[0,60],[100,0]],
 [[400,520],[0,-60]],
 [[400,520],[100,0],[0,-60],[-100,0]],
 [[340,460],[20,0]],
 [[360,460],[0,-20],[-20,0],[0,20]],
 [[400,460],[-40,0]]
],
"objects":{"countries":{"type":"GeometryCollection","geometries":[
 {"type":"Polygon","id":"804","properties":{"name":"Ukraine"},"arcs":[[0,1,5,-4]]},
 {"type":"MultiPolygon","id":"643","properties":{"name":"Russia"},"arcs":[[[2,-2]],[[3,4]]]},
 {"type":"Polygon","id":"076","properties":{"name":"Far away"},"arcs":[[1]]}
]}}}`

// tinyAtlas decodes the TopoJSON and puts the third country out of view.
func tinyAtlas(t *testing.T) *atlas {
	t.Helper()
	a, err := decodeAtlas([]byte(tiny))
	if err != nil {
		t.Fatal(err)
	}
	a.countries = a.countries[:2]
	return a
}

func TestTransferMovesCrimea(t *testing.T) {
	a := tinyAtlas(t)
	countries, err := selectCountries(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := applyTerritory(a, countries, picture.UNGA68_262); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, c := range countries {
		count[c.code] = len(c.polygons)
	}
	if count["UA"] != 2 || count["RU"] != 1 {
		t.Errorf("polygons %v, want UA 2 and RU 1", count)
	}
	if err := applyTerritory(a, countries, picture.UNGA68_262); err == nil {
		t.Error("a second transfer found Simferopol in Russia")
	}
	if err := applyTerritory(a, countries, "DE_FACTO"); err == nil {
		t.Error("an unknown setting was accepted")
	}
}

// A transfer never moves a mainland, even if the atlas one day joins Crimea
// to it.
func TestTransferRefusesAMainland(t *testing.T) {
	a := tinyAtlas(t)
	a.arcs[4] = []position{{36, 46}, {60, 46}, {60, 30}, {34, 30}, {34, 46}}
	countries, err := selectCountries(a)
	if err != nil {
		t.Fatal(err)
	}
	err = applyTerritory(a, countries, picture.UNGA68_262)
	if err == nil || !strings.Contains(err.Error(), "not one of its own") {
		t.Errorf("error %v", err)
	}
}

func TestWriteIsDeterministicJSON(t *testing.T) {
	var first []byte
	for range 3 {
		data, err := convertSelected(t)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		}
		if !bytes.Equal(first, data) {
			t.Fatal("the same input gave other bytes")
		}
	}
	var f struct {
		Attribution, Territory string
		Unit                   float64
		Arcs                   [][]int
		Countries              []struct{ Code string }
	}
	if err := json.Unmarshal(first, &f); err != nil {
		t.Fatal(err)
	}
	if f.Attribution != picture.OutlineAttribution || f.Territory != "UNGA68_262" || len(f.Arcs) != 6 || len(f.Countries) != 2 {
		t.Errorf("wrote %+v", f)
	}
}

// convertSelected runs the steps of convert on the tiny atlas.
func convertSelected(t *testing.T) ([]byte, error) {
	a := tinyAtlas(t)
	countries, err := selectCountries(a)
	if err != nil {
		return nil, err
	}
	if err := applyTerritory(a, countries, picture.UNGA68_262); err != nil {
		return nil, err
	}
	return write(a, countries, picture.UNGA68_262), nil
}

func TestSimplifyKeepsEndsAndShape(t *testing.T) {
	var coast []position
	for i := range 400 {
		lon := 30 + float64(i)/100
		coast = append(coast, position{lon, 45 + 0.5*math.Sin(float64(i)/40) + 0.002*float64(i%2)})
	}
	got := simplify(coast, minTriangle)
	if got[0] != coast[0] || got[len(got)-1] != coast[len(coast)-1] {
		t.Error("the ends of an arc moved: neighbours would drift apart")
	}
	if len(got) > 100 || len(got) < 10 {
		t.Errorf("%d of %d points left", len(got), len(coast))
	}
	island := []position{{30, 45}, {30.01, 45}, {30.01, 45.01}, {30.005, 45.012}, {30, 45.01}, {30, 45}}
	if n := len(simplify(island, 1e9)); n != 4 {
		t.Errorf("an island of %d points, want 4 to keep an area", n)
	}
	if n := len(simplify(coast[:2], 1e9)); n != 2 {
		t.Errorf("a segment of %d points", n)
	}
}

func TestAreaIsTrue(t *testing.T) {
	// a cell of one degree at 60° N has 6,182 km² on the sphere
	cell := []position{{30, 59.5}, {31, 59.5}, {31, 60.5}, {30, 60.5}}
	if got := area(cell); math.Abs(got-6182) > 5 {
		t.Errorf("area %.0f km²", got)
	}
}

func TestDecodeRejects(t *testing.T) {
	for name, data := range map[string]string{
		"not JSON":     "{",
		"no countries": `{"arcs":[],"objects":{}}`,
		"a point":      `{"arcs":[[[0,0]]],"objects":{"countries":{"geometries":[{"type":"Point","id":"1"}]}}}`,
	} {
		if _, err := decodeAtlas([]byte(data)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// With the atlas at hand (SVOD_ATLAS names its folder) the committed file must
// be what the program writes.
func TestCommittedFileIsReproducible(t *testing.T) {
	folder := os.Getenv("SVOD_ATLAS")
	if folder == "" {
		t.Log("SVOD_ATLAS is not set: the committed outline is checked by internal/picture alone")
		return
	}
	data, err := os.ReadFile(filepath.Join(folder, "countries-50m.json"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := convert(data, picture.UNGA68_262)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "..", "internal", "picture", "outline.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("internal/picture/outline.json is not what this program writes: run it again")
	}
}
