package picture

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// place is a row of packs/geo/terms/places.csv.
type place struct {
	code, parent, ru, en, kind string
	lat, lon                   float64
}

// readPlaces reads the gazetteer.
func readPlaces(t testing.TB) []place {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "packs", "geo", "terms", "places.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(rows[0], ","), "code,parent,ru,en,lat,lon,kind,mt15,note"; got != want {
		t.Fatalf("header %q, want %q", got, want)
	}
	var out []place
	for i, r := range rows[1:] {
		lat, err1 := strconv.ParseFloat(r[4], 64)
		lon, err2 := strconv.ParseFloat(r[5], 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("row %d: coordinates %q, %q", i+2, r[4], r[5])
		}
		out = append(out, place{r[0], r[1], r[2], r[3], r[6], lat, lon})
	}
	return out
}

// byCode indexes the gazetteer.
func byCode(places []place) map[string]place {
	out := map[string]place{}
	for _, p := range places {
		out[p.code] = p
	}
	return out
}

func TestGazetteerRows(t *testing.T) {
	places := readPlaces(t)
	index := byCode(places)
	if len(index) != len(places) {
		t.Errorf("%d rows, %d codes: a code occurs twice", len(places), len(index))
	}
	cyrillic := regexp.MustCompile(`^[А-ЯЁ][а-яё]`)
	latin := regexp.MustCompile(`^[\p{Latin}]`)
	form := regexp.MustCompile(`^[A-Z]{2}(-[A-Z0-9]{1,3})?$`)
	for _, p := range places {
		if !form.MatchString(p.code) {
			t.Errorf("%s: not an ISO 3166 code", p.code)
		}
		if !cyrillic.MatchString(p.ru) || !latin.MatchString(p.en) || strings.ContainsAny(p.en, "абвгдежзиклмнопрстуфхцчшщыьэюя") {
			t.Errorf("%s: names %q, %q", p.code, p.ru, p.en)
		}
		if math.Abs(p.lat) > 90 || math.Abs(p.lon) > 180 || (p.lat == 0 && p.lon == 0) {
			t.Errorf("%s: coordinates %v, %v", p.code, p.lat, p.lon)
		}
		if want := len(p.code) == 2; want != (p.kind == "country") || !slices.Contains([]string{"country", "region", "city"}, p.kind) {
			t.Errorf("%s: kind %q", p.code, p.kind)
		}
		if p.kind == "country" {
			if p.parent != "" {
				t.Errorf("%s: a country has the parent %s", p.code, p.parent)
			}
			continue
		}
		if _, ok := index[p.parent]; !ok || p.parent[:2] != p.code[:2] {
			t.Errorf("%s: parent %q", p.code, p.parent)
		}
	}
}

func TestGazetteerCounts(t *testing.T) {
	want := map[string]int{"RU": 83, "UA": 27, "BY": 7, "MD": 37, "AM": 11, "AZ": 78,
		"GE": 12, "KZ": 20, "KG": 9, "TJ": 5, "TM": 6, "UZ": 14}
	got, countries := map[string]int{}, 0
	for _, p := range readPlaces(t) {
		if p.kind == "country" {
			countries++
			continue
		}
		got[p.code[:2]]++
	}
	for code, n := range want {
		if got[code] != n {
			t.Errorf("%s: %d subdivisions, want %d", code, got[code], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("subdivisions of %d countries, want %d", len(got), len(want))
	}
	if countries != 249 {
		t.Errorf("%d countries, want the 249 of ISO 3166-1", countries)
	}
}

// Every subdivision must lie in its country on the map, or so close to it that
// simplified coasts and coordinates rounded to 0.1° explain the difference.
func TestGazetteerLiesInItsCountry(t *testing.T) {
	o := outlineOf(t)
	for _, p := range readPlaces(t) {
		if p.kind == "country" {
			continue
		}
		country := p.code[:2]
		found := false
		for _, d := range [][2]float64{{0, 0}, {.15, 0}, {-.15, 0}, {0, .25}, {0, -.25}, {.15, .25}, {-.15, -.25}, {.15, -.25}, {-.15, .25}} {
			found = found || o.CountryAt(p.lat+d[0], p.lon+d[1]) == country
		}
		if !found {
			t.Errorf("%s %s at %v, %v lies in %q", p.code, p.en, p.lat, p.lon, o.CountryAt(p.lat, p.lon))
		}
	}
}

func TestGazetteerHasTheRegionsOfTheDemo(t *testing.T) {
	index := byCode(readPlaces(t))
	for region := range demoSums(t) {
		if _, ok := index[region]; !ok {
			t.Errorf("the demo has the region %s, the gazetteer has not", region)
		}
	}
}

func TestLandmarksAreNamedAsInTheGazetteer(t *testing.T) {
	index := byCode(readPlaces(t))
	o := outlineOf(t)
	for _, l := range append(home(), neighbours()...) {
		p, ok := index[l.code]
		if !ok || p.ru != l.ru || p.en != l.en {
			t.Errorf("%s: %q, %q; the gazetteer has %q, %q", l.code, l.ru, l.en, p.ru, p.en)
		}
		if got := o.CountryAt(l.lat, l.lon); got != l.code {
			t.Errorf("%s: its anchor lies in %q", l.code, got)
		}
	}
}

// demoSums gives the detentions per region of the demo facts.
func demoSums(t testing.TB) map[string]int {
	t.Helper()
	sums := map[string]int{}
	for _, r := range demoFacts(t) {
		n, err := strconv.Atoi(r[6])
		if err != nil {
			t.Fatal(err)
		}
		sums[r[2]] += n
	}
	return sums
}

// demoFacts reads the rows of the shared demo table without its header.
func demoFacts(t testing.TB) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "demo", "protest_detention_facts.csv"))
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal(err)
		}
		t.Skip("the shared demo data are absent:", err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatal("demo facts:", err)
	}
	return rows[1:]
}
