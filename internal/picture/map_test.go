package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Nothing that is written on a map may cover anything else that is.
func TestLabelsNeverOverlap(t *testing.T) {
	p := NewPainter()
	index := readPlaces(t)
	random := rand.New(rand.NewPCG(20111204, 1))
	for round := range 40 {
		var codes []string
		for range 4 + random.IntN(60) {
			c := index[random.IntN(309)]
			if c.kind != "country" {
				codes = append(codes, c.code)
			}
		}
		o := MapOptions{Style: Style{Lang: []string{"ru", "en"}[round%2]}, Threshold: 5}
		o.Bubbles = bubblesOf(t, o.Lang, codes)
		if round%3 == 0 {
			o.Shades = regionShades()
		}
		s, err := p.drawMap(o)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range s.taken {
			if !a.within(s.area) {
				t.Fatalf("round %d: box %v leaves the map %v", round, a, s.area)
			}
			for _, b := range s.taken[:i] {
				if a.grown(-2).overlaps(b.grown(-2)) {
					t.Fatalf("round %d: %v covers %v", round, a, b)
				}
			}
		}
		for _, q := range s.rings {
			if !q.inside {
				continue
			}
			for _, a := range s.taken[1:] { // the first is the legend
				if a.touches(q.x, q.y, q.size/2) {
					t.Fatalf("round %d: %v covers the number of %s", round, a, q.Code)
				}
			}
		}
	}
}

// The area of a bubble, not its radius, is proportional to the value.
func TestBubbleArea(t *testing.T) {
	s := &sheet{o: MapOptions{Bubbles: make([]Bubble, 4)}}
	a, b := s.radius(100, 400), s.radius(400, 400)
	if math.Abs(b*b/(a*a)-4) > 1e-9 {
		t.Errorf("radii %v and %v for 100 and 400", a, b)
	}
	if b != maxRadius {
		t.Errorf("the largest has radius %v", b)
	}
}

// A suppressed number leaves no trace: not in the pixels, not in the words.
func TestSuppressedNumbersLeaveNoTrace(t *testing.T) {
	p := NewPainter()
	draw := func(n int) (pictures [][]byte, words []string) {
		bubbles := append(demoBubbles("ru"), Bubble{Code: "RU-TVE", Label: "Тверская область", Lat: 56.9, Lon: 35.9, Value: n, Suppressed: true})
		m := MapOptions{Style: Style{Lang: "ru"}, Bubbles: bubbles, Threshold: 5,
			Shades: []Shade{{Code: "BY", Value: n, Suppressed: true}, {Code: "UA", Value: 20}}}
		b := BarsOptions{Style: Style{Lang: "ru"}, Threshold: 5, Bars: []Bar{{Label: "А", Value: n, Suppressed: true}, {Label: "Б", Value: 90}}}
		h := MonthsOptions{Style: Style{Lang: "ru"}, Threshold: 5,
			Columns: []Column{{Period{2012, 1}, n, true}, {Period{2012, 2}, 90, false}}}
		for _, f := range []func() ([]byte, error){
			func() ([]byte, error) { return p.Map(m) },
			func() ([]byte, error) { return p.Bars(b) },
			func() ([]byte, error) { return p.Months(h) },
		} {
			data, err := f()
			if err != nil {
				t.Fatal(err)
			}
			pictures = append(pictures, data)
		}
		return pictures, []string{m.AltText(), b.AltText(), h.AltText()}
	}
	p1, w1 := draw(1)
	p4, w4 := draw(100_000)
	for i := range p1 {
		if !bytes.Equal(p1[i], p4[i]) || w1[i] != w4[i] {
			t.Errorf("picture %d tells the suppressed number", i)
		}
	}
}

func TestMapIsDeterministicAndBare(t *testing.T) {
	o := MapOptions{Style: sampleStyle("ru", false), Bubbles: bubblesOf(t, "ru", regionCodes), Shades: regionShades()}
	var first []byte
	for range 2 {
		data, err := NewPainter().Map(o)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		}
		if !bytes.Equal(first, data) {
			t.Fatal("the same options gave other bytes")
		}
	}
	for _, name := range chunks(t, first) {
		if !slices.Contains([]string{"IHDR", "PLTE", "IDAT", "IEND"}, name) {
			t.Errorf("the PNG has a chunk %s", name)
		}
	}
}

// chunks names the chunks of a PNG.
func chunks(t *testing.T, data []byte) []string {
	t.Helper()
	var out []string
	for i := 8; i+8 <= len(data); {
		out = append(out, string(data[i+4:i+8]))
		i += 12 + int(binary.BigEndian.Uint32(data[i:]))
	}
	return out
}

func TestMapSizes(t *testing.T) {
	for scale, want := range map[int]int{0: 960, 1: 960, 2: 1920, 9: 1920} {
		st := sampleStyle("en", false)
		st.Scale = scale
		data, err := NewPainter().Map(MapOptions{Style: st, Bubbles: demoBubbles("en")})
		if err != nil {
			t.Fatal(err)
		}
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || c.Width != want || c.Height != want*560/960 {
			t.Errorf("scale %d: %dx%d, %v", scale, c.Width, c.Height, err)
		}
		if limit := 60_000 * (1 + want/1920); scale < 2 && len(data) > limit {
			t.Errorf("scale %d: %d bytes", scale, len(data))
		}
	}
}

func TestMapRefusesAnotherTerritory(t *testing.T) {
	if _, err := NewPainter().Map(MapOptions{Territory: "DE_FACTO"}); err == nil {
		t.Error("a territory the outline was not made under was accepted")
	}
	if _, err := NewPainter().Map(MapOptions{Territory: UNGA68_262}); err != nil {
		t.Error(err)
	}
}

// Data of one country zoom the map to it; data of the region do not.
func TestFrame(t *testing.T) {
	across := func(o MapOptions) float64 {
		s, err := NewPainter().drawMap(o)
		if err != nil {
			t.Fatal(err)
		}
		return s.area.width() / s.view.scale
	}
	for _, c := range []struct {
		name      string
		o         MapOptions
		low, high float64
	}{
		{"European Russia", MapOptions{Bubbles: demoBubbles("en")}, 2000, 3500},
		{"Moldova", MapOptions{Bubbles: bubblesOf(t, "en", []string{"MD-CU", "MD-SN"})}, 500, 800},
		{"Kazakhstan", MapOptions{Bubbles: bubblesOf(t, "en", []string{"KZ-75"})}, 2500, 4500},
		{"one city", MapOptions{Bubbles: demoBubbles("en")[:1]}, 2000, 2200},
		{"region asked for", MapOptions{Bubbles: demoBubbles("en"), View: ViewRegion}, 5000, 9000},
		{"nothing", MapOptions{}, 5000, 9000},
		{"all Russia", MapOptions{Bubbles: bubblesOf(t, "en", []string{"RU-KGD", "RU-CHU"})}, 6000, 12000},
	} {
		if got := across(c.o); got < c.low || got > c.high {
			t.Errorf("%s: %.0f km across, want %v to %v", c.name, got, c.low, c.high)
		}
	}
}

func TestClassBreaks(t *testing.T) {
	for _, c := range []struct {
		values []int
		want   string
	}{
		{nil, "[]"},
		{[]int{5}, "[]"},
		{[]int{5, 5, 5}, "[]"},
		{[]int{3, 7, 12}, "[5 10]"},
		{[]int{9, 12, 33, 58, 64, 71, 77, 141, 188, 496, 1412}, "[10 50 200 1000]"},
		{[]int{1, 1_000_000}, "[2 100 5000 500000]"},
	} {
		var shades []Shade
		for _, v := range c.values {
			shades = append(shades, Shade{Value: v})
		}
		got := classBreaks(shades)
		if len(c.values) < 12 && c.want != "[2 100 5000 500000]" && fmt.Sprint(got) != c.want {
			t.Errorf("%v: breaks %v, want %s", c.values, got, c.want)
		}
		if len(got) > 4 || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Errorf("%v: breaks %v", c.values, got)
		}
	}
	if got := class([]int{10, 50}, 10); got != 1 {
		t.Errorf("10 falls into class %d of 10, 50", got)
	}
	if got := class([]int{10, 50}, 9); got != 0 {
		t.Errorf("9 falls into class %d of 10, 50", got)
	}
}

func BenchmarkMap(b *testing.B) {
	o := MapOptions{Style: sampleStyle("ru", false), Bubbles: bubblesOf(b, "ru", regionCodes)}
	p := NewPainter()
	if _, err := p.Map(o); err != nil { // reads the outline
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := p.Map(o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMapDouble(b *testing.B) {
	o := MapOptions{Style: sampleStyle("ru", false), Bubbles: bubblesOf(b, "ru", regionCodes)}
	o.Scale = 2
	p := NewPainter()
	for b.Loop() {
		if _, err := p.Map(o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMonths(b *testing.B) {
	p := NewPainter()
	for b.Loop() {
		if _, err := p.Months(sampleMonths("ru", false)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeOutline(b *testing.B) {
	for b.Loop() {
		if _, err := decodeOutline(outlineFile); err != nil {
			b.Fatal(err)
		}
	}
}

// One Painter serves many goroutines; the first calls meet before the outline
// is read.
func TestPainterIsShared(t *testing.T) {
	p := NewPainter()
	o := MapOptions{Style: sampleStyle("en", false), Bubbles: demoBubbles("en")}
	results := make(chan []byte, 4)
	for range cap(results) {
		go func() {
			data, err := p.Map(o)
			if err != nil {
				t.Error(err)
			}
			results <- data
		}()
	}
	first := <-results
	for range cap(results) - 1 {
		if !bytes.Equal(first, <-results) {
			t.Error("two goroutines got different pictures")
		}
	}
}
