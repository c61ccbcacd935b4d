package main

import (
	"cmp"
	"context"
	"image"
	"image/color"
	"slices"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// see runs an action in the browser and returns its value.
func see[T any](e *eye, a chromedp.Action[T]) T {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(e.ctx, 30*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		e.t.Fatal(err)
	}
	return v
}

// send sends one command of the browser's protocol.
func send[P, R any](e *eye, c cdp.Command[P, R], params P) R {
	e.t.Helper()
	return see(e, func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, c, params) })
}

// fewColours maps a picture to the 128 colours it has most of: pages are flat,
// and the rest are edges of letters. ink is the share of pixels, 0 to 1, that
// do not have the colour it has most of.
func fewColours(img image.Image) (few *image.Paletted, ink float64) {
	type tally struct {
		colour color.RGBA
		pixels int
	}
	box := img.Bounds()
	counts := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(img.At(x, y)).(color.RGBA) }
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	all := make([]tally, 0, len(counts))
	for c, n := range counts {
		all = append(all, tally{c, n})
	}
	slices.SortFunc(all, func(a, b tally) int {
		return cmp.Or(b.pixels-a.pixels, cmp.Compare(a.colour.R, b.colour.R), cmp.Compare(a.colour.G, b.colour.G), cmp.Compare(a.colour.B, b.colour.B))
	})
	var pal color.Palette
	for _, one := range all[:min(128, len(all))] {
		pal = append(pal, one.colour)
	}
	nearest := map[color.RGBA]uint8{}
	few = image.NewPaletted(box, pal)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := at(x, y)
			i, known := nearest[c]
			if !known {
				i = uint8(pal.Index(c))
				nearest[c] = i
			}
			few.SetColorIndex(x, y, i)
		}
	}
	return few, 1 - float64(all[0].pixels)/float64(box.Dx()*box.Dy())
}
