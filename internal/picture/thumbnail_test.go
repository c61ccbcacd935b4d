package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"svod/internal/core"
)

// corners4 is a picture whose left top quarter is red and right top quarter
// blue, the rest white, so that a turn shows.
func corners4(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 255, 255, 255}
			if y < h/2 {
				c = color.NRGBA{R: 255, A: 255}
				if x >= w/2 {
					c = color.NRGBA{B: 255, A: 255}
				}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// gpsMarker stands in the GPS directory of the made JPEG; it must not survive.
const gpsMarker = "WGS-84-SECRET-PLACE"

// jpegWithEXIF makes a JPEG with an EXIF segment (orientation, GPS directory
// with a map datum), a comment and an XMP segment.
func jpegWithEXIF(t *testing.T, img image.Image, order binary.ByteOrder, orientation uint16) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, img, nil); err != nil {
		t.Fatal(err)
	}
	var tiff bytes.Buffer
	put := func(v any) { _ = binary.Write(&tiff, order, v) }
	if order == binary.LittleEndian {
		tiff.WriteString("II")
	} else {
		tiff.WriteString("MM")
	}
	put(uint16(42))
	put(uint32(8))
	put(uint16(2)) // directory: orientation and pointer to GPS
	put(uint16(0x0112))
	put(uint16(3))
	put(uint32(1))
	put(orientation)
	put(uint16(0))
	put(uint16(0x8825))
	put(uint16(4))
	put(uint32(1))
	put(uint32(38))
	put(uint32(0))
	put(uint16(1)) // GPS directory: map datum
	put(uint16(0x0012))
	put(uint16(2))
	put(uint32(len(gpsMarker) + 1))
	put(uint32(56))
	put(uint32(0))
	tiff.WriteString(gpsMarker + "\x00")
	out := []byte{0xff, 0xd8}
	for _, s := range []struct {
		marker byte
		body   string
	}{
		{0xe1, "Exif\x00\x00" + tiff.String()},
		{0xe1, "http://ns.adobe.com/xap/1.0/\x00<x>" + gpsMarker + "</x>"},
		{0xfe, gpsMarker},
	} {
		out = append(out, 0xff, s.marker)
		out = binary.BigEndian.AppendUint16(out, uint16(len(s.body)+2))
		out = append(out, s.body...)
	}
	return append(out, plain.Bytes()[2:]...)
}

func TestThumbnailDropsMetadata(t *testing.T) {
	file := jpegWithEXIF(t, corners4(400, 300), binary.BigEndian, 1)
	if !bytes.Contains(file, []byte(gpsMarker)) || !bytes.Contains(file, []byte("Exif")) {
		t.Fatal("the made file carries no marker")
	}
	out, w, h, err := Thumbnail(bytes.NewReader(file), 100)
	if err != nil {
		t.Fatal(err)
	}
	if w != 100 || h != 75 {
		t.Errorf("size %d by %d", w, h)
	}
	for _, trace := range []string{gpsMarker, "Exif", "adobe", "II*\x00", "MM\x00*"} {
		if bytes.Contains(out, []byte(trace)) {
			t.Errorf("the thumbnail holds %q", trace)
		}
	}
	for i := 2; i+4 <= len(out) && out[i] == 0xff && out[i+1] != 0xda; {
		if m := out[i+1]; (m >= 0xe0 && m <= 0xef) || m == 0xfe {
			t.Errorf("the thumbnail has a segment %#x", m)
		}
		i += 2 + int(binary.BigEndian.Uint16(out[i+2:]))
	}
}

// The eight orientations of EXIF: where red and blue, at the top left and top
// right of the stored pixels, must come to lie.
func TestThumbnailOrientation(t *testing.T) {
	type spot struct{ x, y float64 }
	topLeft, topRight, bottomLeft, bottomRight := spot{.25, .25}, spot{.75, .25}, spot{.25, .75}, spot{.75, .75}
	for orientation, want := range map[uint16][2]spot{
		1: {topLeft, topRight}, 2: {topRight, topLeft}, 3: {bottomRight, bottomLeft}, 4: {bottomLeft, bottomRight},
		5: {topLeft, bottomLeft}, 6: {topRight, bottomRight}, 7: {bottomRight, topRight}, 8: {bottomLeft, topLeft},
		9: {topLeft, topRight},
	} {
		for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
			out, w, h, err := Thumbnail(bytes.NewReader(jpegWithEXIF(t, corners4(160, 80), order, orientation)), 80)
			if err != nil {
				t.Fatal(err)
			}
			if tall := orientation >= 5 && orientation <= 8; tall != (h > w) {
				t.Errorf("orientation %d: %d by %d", orientation, w, h)
			}
			img, err := jpeg.Decode(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			at := func(s spot) color.NRGBA {
				return color.NRGBAModel.Convert(img.At(int(s.x*float64(w)), int(s.y*float64(h)))).(color.NRGBA)
			}
			if c := at(want[0]); c.R < 200 || c.B > 90 {
				t.Errorf("orientation %d, %v: %v where red belongs", orientation, order, c)
			}
			if c := at(want[1]); c.B < 200 || c.R > 90 {
				t.Errorf("orientation %d, %v: %v where blue belongs", orientation, order, c)
			}
		}
	}
}

func TestThumbnailFormats(t *testing.T) {
	clear := corners4(90, 60)
	clear.SetNRGBA(80, 50, color.NRGBA{})
	for y := 40; y < 60; y++ {
		for x := 40; x < 90; x++ {
			clear.SetNRGBA(x, y, color.NRGBA{})
		}
	}
	webp, err := base64.StdEncoding.DecodeString("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=")
	if err != nil {
		t.Fatal(err)
	}
	deep := image.NewNRGBA64(image.Rect(0, 0, 50, 200))
	for i := range deep.Pix {
		deep.Pix[i] = 255
	}
	for _, c := range []struct {
		name  string
		file  []byte
		w, h  int
		magic string
	}{
		{"png", pngOf(t, corners4(90, 60)), 60, 40, "\xff\xd8"},
		{"png with holes", pngOf(t, clear), 60, 40, "\x89PNG"},
		{"png of 16 bits", pngOf(t, deep), 15, 60, "\xff\xd8"},
		{"small png, never enlarged", pngOf(t, corners4(20, 10)), 20, 10, "\xff\xd8"},
		{"a line", pngOf(t, corners4(3000, 1)), 60, 1, "\xff\xd8"},
		{"gif", gifOf(t), 60, 40, "\xff\xd8"},
		{"webp", webp, 1, 1, "\xff\xd8"},
	} {
		out, w, h, err := Thumbnail(bytes.NewReader(c.file), 60)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		config, _, err := image.DecodeConfig(bytes.NewReader(out))
		if err != nil || config.Width != w || config.Height != h || w != c.w || h != c.h {
			t.Errorf("%s: %d by %d, %v; want %d by %d", c.name, w, h, err, c.w, c.h)
		}
		if !strings.HasPrefix(string(out), c.magic) {
			t.Errorf("%s: begins with %x", c.name, out[:4])
		}
	}
}

func pngOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, corners4(90, 60), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngHeader announces a picture without holding one.
func pngHeader(w, h uint32, depth, kind byte) []byte {
	body := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	body = append(body, depth, kind, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
}

func TestThumbnailRefuses(t *testing.T) {
	whole := jpegWithEXIF(t, corners4(400, 300), binary.BigEndian, 1)
	progressive := bytes.Clone(whole)
	at := bytes.Index(progressive, []byte{0xff, 0xc0})
	progressive[at+1] = 0xc2
	binary.BigEndian.PutUint16(progressive[at+5:], 4000)
	binary.BigEndian.PutUint16(progressive[at+7:], 6000)
	for _, c := range []struct {
		name string
		file []byte
		kind core.Kind
		key  string
	}{
		{"bomb", pngHeader(50_000, 50_000, 8, 2), core.KindTooLarge, "picture.too_large"},
		{"41 megapixels", pngHeader(41_000, 1000, 8, 2), core.KindTooLarge, "picture.too_large"},
		{"36 megapixels of 16 bits", pngHeader(6000, 6000, 16, 6), core.KindTooLarge, "picture.too_large"},
		{"24 megapixels, progressive", progressive, core.KindTooLarge, "picture.too_large"},
		{"announced, not there", pngHeader(300, 300, 8, 2), core.KindInvalid, "picture.unreadable"},
		{"cut off", whole[:len(whole)/2], core.KindInvalid, "picture.unreadable"},
		{"empty", nil, core.KindInvalid, "picture.unreadable"},
		{"text", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), core.KindInvalid, "picture.unreadable"},
	} {
		_, _, _, err := Thumbnail(bytes.NewReader(c.file), 100)
		var e *core.Error
		if !errors.As(err, &e) || e.Kind != c.kind || e.Key != c.key {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, size := range []int{0, -1, MaxThumbnail + 1} {
		if _, _, _, err := Thumbnail(bytes.NewReader(whole), size); core.KindOf(err) != core.KindInvalid {
			t.Errorf("side %d: %v", size, err)
		}
	}
	if _, _, _, err := Thumbnail(io.LimitReader(zeros{}, MaxImageBytes+10), 100); core.KindOf(err) != core.KindTooLarge {
		t.Errorf("a file of %d bytes: %v", MaxImageBytes+10, err)
	}
}

// zeros reads as zero bytes without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func FuzzThumbnail(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("RIFF\x24\x00\x00\x00WEBPEXIF\xff\xff\xff\xff"))
	f.Add(pngHeader(3, 3, 8, 2))
	f.Fuzz(func(t *testing.T, file []byte) {
		if i := inspectJPEG(file); i.orientation < 1 || i.orientation > 8 {
			t.Errorf("orientation %d", i.orientation)
		}
		inspectWebP(file)
	})
}
