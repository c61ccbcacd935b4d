package demo

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"svod/internal/core"
)

// madeFile is a file that the demo makes for itself.
type madeFile struct {
	Make  string   `json:"make"` // photo, letter, text
	Name  string   `json:"name"`
	Lines []string `json:"lines"` // of letter and text
}

// file makes a file, seals it for the record's circle and refers to it.
func (w *writer) file(m map[string]any) (core.Item, error) {
	var f madeFile
	if err := strict(m, &f); err != nil {
		return core.Item{}, err
	}
	b, err := f.bytes()
	if err != nil {
		return core.Item{}, err
	}
	info, err := w.l.k.PutFile(w.l.ctx, w.actor, w.circle, f.Name, bytes.NewReader(b))
	if err != nil {
		return core.Item{}, err
	}
	return core.Item{File: &core.FileRef{ID: info.ID}}, nil
}

func (f madeFile) bytes() ([]byte, error) {
	switch f.Make {
	case "photo":
		return scene(f.Name)
	case "letter":
		return letter(f.Lines)
	case "text":
		return []byte(strings.Join(f.Lines, "\n") + "\n"), nil
	}
	return nil, fmt.Errorf("make: %q; want photo, letter or text", f.Make)
}

// scene draws a street as a JPEG: sky, houses with lit windows, road. The seed
// decides how it looks, so that a demo is the same every time.
func scene(seed string) ([]byte, error) {
	const width, height, horizon, road = 960, 640, 520, 560
	h := fnv.New64a()
	_, _ = io.WriteString(h, seed) // a hash takes everything
	state := h.Sum64()
	next := func(n int) int {
		state = state*6364136223846793005 + 1442695040888963407 // Knuth's MMIX
		return int(state>>33) % n
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range horizon {
		c := color.RGBA{uint8(90 + y/6), uint8(110 + y/6), uint8(140 + y/7), 255}
		draw.Draw(img, image.Rect(0, y, width, y+1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill := func(r image.Rectangle, c color.RGBA) {
		draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	for x := 0; x < width; {
		wide, tall := 110+next(90), 160+next(240)
		shade := uint8(70 + next(70))
		fill(image.Rect(x, horizon-tall, x+wide, horizon), color.RGBA{shade, shade - 10, shade - 20, 255})
		for wy := horizon - tall + 20; wy < horizon-30; wy += 44 {
			for wx := x + 16; wx < x+wide-24; wx += 36 {
				c := color.RGBA{40, 46, 60, 255}
				if next(3) == 0 {
					c = color.RGBA{232, 200, 130, 255}
				}
				fill(image.Rect(wx, wy, wx+18, wy+26), c)
			}
		}
		x += wide + 4
	}
	fill(image.Rect(0, horizon, width, road), color.RGBA{150, 148, 142, 255})
	fill(image.Rect(0, road, width, height), color.RGBA{66, 66, 70, 255})
	return encodeJPEG(img, 82)
}

// Size of a letter's page in pixels: A4 at about 100 to the inch.
const pageWidth, pageHeight = 827, 1169

// letter sets lines on a page and wraps the picture of it as a PDF, as scanned
// answers of offices are.
func letter(lines []string) ([]byte, error) {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 12, DPI: 100, Hinting: font.HintingFull})
	if err != nil {
		return nil, err
	}
	defer face.Close()
	img := image.NewGray(image.Rect(0, 0, pageWidth, pageHeight))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.Gray{252}), image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.NewUniform(color.Gray{30}), Face: face}
	for i, line := range lines {
		d.Dot = fixed.P(90, 110+i*26)
		d.DrawString(line)
	}
	page, err := encodeJPEG(img, 80)
	if err != nil {
		return nil, err
	}
	return scannedPDF(page), nil
}

func encodeJPEG(img image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}

// scannedPDF is a PDF of one A4 page filled by a grey JPEG (ISO 32000-1, 7.5).
func scannedPDF(page []byte) []byte {
	const draw = "q 595 0 0 842 0 0 cm /Im Do Q"
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	object := func(text string, stream []byte) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s", len(at), text)
		if stream != nil {
			b.WriteString("\nstream\n")
			b.Write(stream)
			b.WriteString("\nendstream")
		}
		b.WriteString("\nendobj\n")
	}
	object("<< /Type /Catalog /Pages 2 0 R >>", nil)
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", nil)
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>", nil)
	object(fmt.Sprintf("<< /Length %d >>", len(draw)), []byte(draw))
	object(fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>",
		pageWidth, pageHeight, len(page)), page)
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
