package picture

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	xdraw "golang.org/x/image/draw"
)

var update = flag.Bool("update", false, "write the golden pictures anew; then look at them")

// Golden pictures are kept at half size, in reduced colours, and compared pixel by pixel, with a
// tolerance for the last bit of floating point on other processors.
func TestGolden(t *testing.T) {
	p := NewPainter()
	hot := sampleStyle("ru", false)
	hot.Watermark = ""
	for name, draw := range map[string]func() ([]byte, error){
		"map-russia-ru": func() ([]byte, error) {
			return p.Map(MapOptions{Style: sampleStyle("ru", false), Bubbles: demoBubbles("ru"), Unit: "задержаний"})
		},
		"map-region-ru": func() ([]byte, error) {
			return p.Map(MapOptions{Style: hot, Bubbles: bubblesOf(t, "ru", regionCodes), Unit: "задержаний", Threshold: 5, Unknown: 14})
		},
		"map-shades-en-dark": func() ([]byte, error) {
			return p.Map(MapOptions{Style: sampleStyle("en", true), Shades: regionShades(), Unit: "detentions", Threshold: 5})
		},
		"months-ru":      func() ([]byte, error) { return p.Months(sampleMonths("ru", false)) },
		"months-en-dark": func() ([]byte, error) { return p.Months(sampleMonths("en", true)) },
		"bars-ru":        func() ([]byte, error) { return p.Bars(sampleBars("ru", false)) },
		"lines-en":       func() ([]byte, error) { return p.Lines(sampleLines()) },
	} {
		t.Run(name, func(t *testing.T) {
			data, err := draw()
			if err != nil {
				t.Fatal(err)
			}
			got := halved(t, data)
			path := filepath.Join("testdata", name+".png")
			if *update {
				writeGolden(t, path, got)
				return
			}
			file, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want, err := png.Decode(bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, reduce(got), want)
		})
	}
}

// halved decodes a picture and scales it to half its size.
func halved(t *testing.T, data []byte) *image.RGBA {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/2, b.Dy()/2))
	xdraw.BiLinear.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}

func writeGolden(t *testing.T, path string, img *image.RGBA) {
	t.Helper()
	data, err := encode(img)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// compare fails when more than one pixel in 500 differs visibly.
func compare(t *testing.T, got, want image.Image) {
	t.Helper()
	if got.Bounds() != want.Bounds() {
		t.Fatalf("size %v, want %v", got.Bounds(), want.Bounds())
	}
	b, differing := got.Bounds(), 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r1, g1, b1, _ := got.At(x, y).RGBA()
			r2, g2, b2, _ := want.At(x, y).RGBA()
			if apart(r1, r2)+apart(g1, g2)+apart(b1, b2) > 60 {
				differing++
			}
		}
	}
	if limit := b.Dx() * b.Dy() / 500; differing > limit {
		t.Errorf("%d pixels differ, %d allowed; if the change is meant, run with -update and look at testdata", differing, limit)
	}
}

// apart gives the difference of two 16-bit channels in steps of 1/255.
func apart(a, b uint32) int {
	d := int(a>>8) - int(b>>8)
	if d < 0 {
		return -d
	}
	return d
}
