package web

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// drawIcon draws the letter С, which is also a vault seen from below, on teal.
// It is drawn and not stored: thirty lines are easier to review than a file.
func drawIcon() ([]byte, error) {
	const side, centre, outer, inner, corner = 64, 31.5, 20.0, 12.5, 13.0
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			dx, dy := float64(x)-centre, float64(y)-centre
			// Distance to a rounded square, then to a ring; the edge is one pixel soft.
			qx, qy := math.Max(math.Abs(dx)-(side/2-corner), 0), math.Max(math.Abs(dy)-(side/2-corner), 0)
			ground := soft(corner - math.Hypot(qx, qy))
			r := math.Hypot(dx, dy)
			ring := soft(outer-r) * soft(r-inner)
			if dx > 0 && math.Abs(dy) < dx*0.75 { // the opening of the letter
				ring = 0
			}
			img.SetNRGBA(x, y, color.NRGBA{R: mix(0x0b, ring), G: mix(0x5d, ring), B: mix(0x5e, ring), A: uint8(255 * ground)})
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// soft is how much of a pixel is covered at a distance from an edge.
func soft(d float64) float64 { return math.Min(1, math.Max(0, d+0.5)) }

// mix lightens one channel towards white.
func mix(from uint8, part float64) uint8 { return from + uint8(float64(255-from)*part) }
