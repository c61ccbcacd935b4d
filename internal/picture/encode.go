package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// maxColours is a compromise: the edges of shapes take most of the bytes, and
// with more shades of them a map grows by a third and looks the same.
const maxColours = 64

// encode gives a PNG of at most maxColours colours and without any metadata.
func encode(img *image.RGBA) ([]byte, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, reduce(img)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// reduce maps the picture to at most maxColours colours. The palette starts
// with the most frequent colour and grows by the one whose pixels would
// otherwise be wrong by most; so flat areas keep their colour and thin lines,
// though rare, do not sink into the ground. It is deterministic: of equals the
// smaller value is taken.
func reduce(img *image.RGBA) *image.Paletted {
	counts := countColours(img)
	colours := make([]uint32, 0, len(counts))
	for v := range counts {
		colours = append(colours, v)
	}
	slices.Sort(colours)
	index := make(map[uint32]uint8, len(colours))
	pal := make(color.Palette, 0, maxColours)
	nearest := make([]uint8, len(colours))
	wrong := make([]int, len(colours)) // distance to the nearest colour taken
	next := 0
	for i, v := range colours {
		wrong[i] = 1 << 20
		if counts[v] > counts[colours[next]] {
			next = i
		}
	}
	for len(pal) < min(maxColours, len(colours)) {
		taken := colours[next]
		worst := -1
		for i, v := range colours {
			if d := distance(taken, v); d < wrong[i] {
				wrong[i], nearest[i] = d, uint8(len(pal))
			}
			if loss := wrong[i] * counts[v]; loss > worst {
				worst, next = loss, i
			}
		}
		pal = append(pal, color.RGBA{uint8(taken >> 16), uint8(taken >> 8), uint8(taken), 255})
	}
	for i, v := range colours {
		index[v] = nearest[i]
	}
	out := image.NewPaletted(img.Bounds(), pal)
	var last uint32 = 1 << 31
	var lastIndex uint8
	for i := range out.Pix {
		v := colourAt(img.Pix, i)
		if v != last {
			last, lastIndex = v, index[v]
		}
		out.Pix[i] = lastIndex
	}
	return out
}

// colourAt gives pixel i as 0xRRGGBB; pictures are opaque.
func colourAt(pix []uint8, i int) uint32 {
	p := pix[4*i : 4*i+3 : 4*i+3]
	return uint32(p[0])<<16 | uint32(p[1])<<8 | uint32(p[2])
}

// countColours counts the pixels of each colour.
func countColours(img *image.RGBA) map[uint32]int {
	counts := map[uint32]int{}
	last, run := colourAt(img.Pix, 0), 0
	for i := 0; i < len(img.Pix)/4; i++ {
		v := colourAt(img.Pix, i)
		if v != last {
			counts[last] += run
			last, run = v, 0
		}
		run++
	}
	counts[last] += run
	return counts
}

// distance weighs the channels as the eye does, which is keenest on green.
func distance(a, b uint32) int {
	dr := int(a>>16&255) - int(b>>16&255)
	dg := int(a>>8&255) - int(b>>8&255)
	db := int(a&255) - int(b&255)
	return 3*dr*dr + 6*dg*dg + db*db
}
