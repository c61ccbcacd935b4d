package picture

import (
	"bytes"
	"image/png"
	"math"
	"testing"

	"github.com/go-analyze/charts/chartdraw/drawing"
)

// sampleLines has two series, one with a gap.
func sampleLines() LinesOptions {
	o := LinesOptions{Style: sampleStyle("en", false), Step: ByQuarter, Start: Period{2011, 3}}
	for k, name := range []string{"Criminal cases", "Administrative cases under article 20.2"} {
		l := Line{Name: name}
		for i := range 12 {
			v := float64(40 + (i*7+k*31)%60)
			if k == 1 && i == 5 {
				v = math.NaN()
			}
			l.Values = append(l.Values, v)
		}
		o.Lines = append(o.Lines, l)
	}
	return o
}

// Every letter of the Cyrillic and Latin alphabets of the region has a glyph
// in both faces.
func TestFacesCoverTheRegion(t *testing.T) {
	const letters = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя" +
		"ҐґЄєІіЇї" + "Ўў" + "ӘәҒғҚқҢңӨөҰұҮүҺһ" + "ӢӣӮӯҶҷҲҳ" +
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "ƏəÇçĞğIıİiÖöŞşÜüÄäŇňÝýŽž" + "ĂăÂâÎîȘșȚț" + "Ŭŭ" +
		"0123456789«»„“”’—–…·<>№ʻʼ\u00a0"
	for _, face := range []string{regular, bold} {
		f := drawing.GetFont(face)
		if f == nil {
			t.Fatalf("no face %s", face)
		}
		for _, r := range letters {
			if f.Index(r) == 0 {
				t.Errorf("%s has no %c (%U)", face, r, r)
			}
		}
	}
}

func TestChartsOfNothing(t *testing.T) {
	p := NewPainter()
	for name, draw := range map[string]func() ([]byte, error){
		"map":    func() ([]byte, error) { return p.Map(MapOptions{}) },
		"bars":   func() ([]byte, error) { return p.Bars(BarsOptions{}) },
		"months": func() ([]byte, error) { return p.Months(MonthsOptions{}) },
		"lines":  func() ([]byte, error) { return p.Lines(LinesOptions{}) },
		"a line of gaps": func() ([]byte, error) {
			return p.Lines(LinesOptions{Lines: []Line{{Name: "x", Values: []float64{math.NaN(), math.NaN()}}}})
		},
	} {
		data, err := draw()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := png.Decode(bytes.NewReader(data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A mistyped year must not make a picture of a million columns.
func TestMonthsBoundsTheAxis(t *testing.T) {
	o := MonthsOptions{Step: ByMonth, Columns: []Column{{Period: Period{201, 1}, Value: 1}, {Period: Period{2012, 1}, Value: 2}}}
	if _, columns := o.filled(); len(columns) != maxPeriods {
		t.Errorf("%d columns", len(columns))
	}
	if _, err := NewPainter().Months(o); err != nil {
		t.Error(err)
	}
}

func TestPeriods(t *testing.T) {
	for _, s := range []Step{ByMonth, ByQuarter, ByYear} {
		for i := s.index(Period{2011, 1}); i < s.index(Period{2014, 1}); i++ {
			if got := s.index(s.period(i)); got != i {
				t.Errorf("%s: %d comes back as %d", s, i, got)
			}
		}
	}
	for _, c := range []struct {
		step       Step
		lang       string
		p          Period
		short, all string
	}{
		{ByMonth, "ru", Period{2011, 12}, "дек", "декабрь 2011 года"},
		{ByMonth, "en", Period{2012, 5}, "May", "May 2012"},
		{ByQuarter, "ru", Period{2012, 4}, "4-й кв.", "IV квартал 2012 года"},
		{ByQuarter, "en", Period{2012, 1}, "Q1", "the first quarter of 2012"},
		{ByYear, "ru", Period{2012, 0}, "2012", "2012 год"},
	} {
		if a, b := c.step.short(c.lang, c.p), c.step.long(c.lang, c.p); a != c.short || b != c.all {
			t.Errorf("%v: %q, %q", c.p, a, b)
		}
	}
}

func TestNice(t *testing.T) {
	for v, want := range map[float64]int{0: 1, 1: 1, 1.5: 2, 3: 5, 5: 5, 6: 10, 11: 20, 201: 500, 1000: 1000} {
		if got := nice(v); got != want {
			t.Errorf("nice(%v) = %d, want %d", v, got, want)
		}
	}
	for v, want := range map[int]int{1: 0, 2: 1, 5: 2, 6: 5, 462: 200} {
		if got := niceBelow(v); got != want {
			t.Errorf("niceBelow(%v) = %d, want %d", v, got, want)
		}
	}
}
