package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"svod/internal/core"
)

// Limits of what is decoded. They are checked on the header, before any pixel
// is: a file of a kilobyte can announce a picture of gigabytes.
const (
	// MaxPixels is the largest picture a thumbnail is made of.
	MaxPixels = 40_000_000
	// MaxImageBytes is the largest file that is read.
	MaxImageBytes = 64 << 20
	// maxMemory bounds the decoded picture in bytes; it lowers MaxPixels for
	// 16-bit and for progressive files, which need more per pixel.
	maxMemory = 200_000_000
	// MaxThumbnail is the largest side of a thumbnail.
	MaxThumbnail = 2048
)

// Thumbnail makes a small picture of a JPEG, PNG, GIF (first frame) or WebP
// file: at most max pixels wide and high, upright as its EXIF orientation
// says, and made of pixels only. Nothing else of the file is copied: no place,
// camera, date, comment, colour profile or embedded preview. Opaque pictures
// come back as JPEG, others as PNG; w and h are the size of the result. A
// picture is never enlarged. max lies within 1 and MaxThumbnail.
//
// Errors are core errors: "picture.unreadable" when the file is no such
// picture or is damaged, "picture.too_large" when it exceeds the limits. They
// never quote the file.
func Thumbnail(r io.Reader, max int) (data []byte, w, h int, err error) {
	if max < 1 || max > MaxThumbnail {
		return nil, 0, 0, core.Invalid("picture.bad_size", "max", MaxThumbnail)
	}
	file, err := io.ReadAll(io.LimitReader(r, MaxImageBytes+1))
	if err != nil {
		return nil, 0, 0, core.Internal(err)
	}
	if len(file) > MaxImageBytes {
		return nil, 0, 0, tooLarge()
	}
	f := sniff(file)
	if f == nil {
		return nil, 0, 0, core.Invalid("picture.unreadable")
	}
	config, err := f.config(bytes.NewReader(file))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return nil, 0, 0, core.Invalid("picture.unreadable")
	}
	info := f.inspect(file)
	pixels := int64(config.Width) * int64(config.Height)
	if pixels > MaxPixels || pixels*bytesPerPixel(config.ColorModel, info.progressive) > maxMemory {
		return nil, 0, 0, tooLarge()
	}
	source, err := f.decode(bytes.NewReader(file))
	if err != nil {
		return nil, 0, 0, core.Invalid("picture.unreadable")
	}
	small := turn(shrink(source, max), info.orientation)
	data, err = encodeThumbnail(small)
	if err != nil {
		return nil, 0, 0, core.Internal(err)
	}
	return data, small.Bounds().Dx(), small.Bounds().Dy(), nil
}

// tooLarge says which limit a picture exceeds.
func tooLarge() error {
	return &core.Error{Kind: core.KindTooLarge, Key: "picture.too_large",
		Args: []any{"megapixels", MaxPixels / 1_000_000, "megabytes", MaxImageBytes >> 20}}
}

// format is one kind of file that can be read.
type format struct {
	config  func(io.Reader) (image.Config, error)
	decode  func(io.Reader) (image.Image, error)
	inspect func([]byte) inspection
}

// sniff tells the format by its first bytes, never by name or declared type.
func sniff(file []byte) *format {
	nothing := func([]byte) inspection { return inspection{orientation: 1} }
	switch {
	case bytes.HasPrefix(file, []byte("\xff\xd8\xff")):
		return &format{jpeg.DecodeConfig, jpeg.Decode, inspectJPEG}
	case bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n")):
		return &format{png.DecodeConfig, png.Decode, nothing}
	case bytes.HasPrefix(file, []byte("GIF87a")), bytes.HasPrefix(file, []byte("GIF89a")):
		return &format{gif.DecodeConfig, gif.Decode, nothing}
	case len(file) > 12 && string(file[:4]) == "RIFF" && string(file[8:12]) == "WEBP":
		return &format{webp.DecodeConfig, webp.Decode, inspectWebP}
	}
	return nil
}

// bytesPerPixel estimates what decoding needs per pixel: the picture itself
// and, for a progressive JPEG, its coefficients.
func bytesPerPixel(m color.Model, progressive bool) int64 {
	n := int64(4)
	switch m {
	case color.RGBA64Model, color.NRGBA64Model:
		n = 8
	case color.YCbCrModel:
		n = 3
	case color.GrayModel:
		n = 1
	}
	if progressive {
		n *= 5
	}
	return n
}

// shrink scales a picture into a square of the given side.
func shrink(source image.Image, side int) *image.NRGBA {
	b := source.Bounds()
	w, h := b.Dx(), b.Dy()
	if w > side || h > side {
		if w >= h {
			w, h = side, max(1, (h*side+w/2)/w)
		} else {
			w, h = max(1, (w*side+h/2)/h), side
		}
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(out, out.Bounds(), source, b, draw.Src, nil)
	return out
}

// turn applies an EXIF orientation from 1 to 8 (EXIF 2.32, tag 0x0112).
func turn(in *image.NRGBA, orientation int) *image.NRGBA {
	if orientation < 2 || orientation > 8 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	outW, outH := w, h
	if orientation >= 5 {
		outW, outH = h, w
	}
	out := image.NewNRGBA(image.Rect(0, 0, outW, outH))
	for y := range h {
		for x := range w {
			ox, oy := x, y
			switch orientation {
			case 2:
				ox = w - 1 - x
			case 3:
				ox, oy = w-1-x, h-1-y
			case 4:
				oy = h - 1 - y
			case 5:
				ox, oy = y, x
			case 6:
				ox, oy = h-1-y, x
			case 7:
				ox, oy = h-1-y, w-1-x
			case 8:
				ox, oy = y, w-1-x
			}
			out.SetNRGBA(ox, oy, in.NRGBAAt(x, y))
		}
	}
	return out
}

// encodeThumbnail writes JPEG where nothing is transparent, else PNG. The
// encoders of the standard library write no metadata.
func encodeThumbnail(img *image.NRGBA) ([]byte, error) {
	var b bytes.Buffer
	if img.Opaque() {
		err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 82})
		return b.Bytes(), err
	}
	err := png.Encode(&b, img)
	return b.Bytes(), err
}
