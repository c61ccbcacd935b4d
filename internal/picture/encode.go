package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"sort"
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

// reduce maps the picture to the colours it uses most; the rest, shades
// on the edges of shapes, go to the nearest of them. It is deterministic:
// equally frequent colours are taken in the order of their value.
func reduce(img *image.RGBA) *image.Paletted {
	counts := countColours(img)
	colours := make([]uint32, 0, len(counts))
	for v := range counts {
		colours = append(colours, v)
	}
	sort.Slice(colours, func(i, j int) bool {
		if a, b := counts[colours[i]], counts[colours[j]]; a != b {
			return a > b
		}
		return colours[i] < colours[j]
	})
	kept := colours[:min(maxColours, len(colours))]
	index := make(map[uint32]uint8, len(colours))
	pal := make(color.Palette, len(kept))
	for i, v := range kept {
		index[v] = uint8(i)
		pal[i] = color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
	}
	for _, v := range colours[len(kept):] {
		index[v] = nearest(kept, v)
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

// nearest finds the kept colour with the smallest weighted distance to v;
// the eye is keenest on green.
func nearest(kept []uint32, v uint32) uint8 {
	best, bestDistance := 0, 1<<30
	for i, k := range kept {
		dr := int(k>>16&255) - int(v>>16&255)
		dg := int(k>>8&255) - int(v>>8&255)
		db := int(k&255) - int(v&255)
		if d := 3*dr*dr + 6*dg*dg + db*db; d < bestDistance {
			best, bestDistance = i, d
		}
	}
	return uint8(best)
}
