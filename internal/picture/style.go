package picture

import "image/color"

// Style is what all pictures have in common.
type Style struct {
	// Lang is "ru" or "en"; anything else is taken as "en".
	Lang string
	// Dark chooses the palette for a dark page.
	Dark bool
	// Scale is 1 or 2 device pixels per pixel of the layout; 0 means 1.
	Scale int
	// Title stands above the picture; "" leaves the space to the picture.
	Title string
	// Source stands below: where the numbers come from, and when.
	Source string
	// Watermark is drawn across the picture, for instance "ДЕМО".
	Watermark string
}

// scale gives Scale within its bounds.
func (s Style) scale() int {
	if s.Scale >= 2 {
		return 2
	}
	return 1
}

// palette holds the colours of a picture. The names follow the style sheet.
type palette struct {
	paper, sea, land, home, border, coast color.RGBA
	masked                                color.RGBA // a country whose number is suppressed
	ink, muted, line                      color.RGBA
	brand, brandInk, accent, accentInk    color.RGBA
	series                                []color.RGBA
	ramp                                  []color.RGBA // choropleth, low to high
	watermark                             color.RGBA
}

// rgb makes an opaque colour from 0xRRGGBB.
func rgb(v uint32) color.RGBA {
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

// faded gives c with the given opacity, alpha-premultiplied.
func faded(c color.RGBA, alpha float64) color.RGBA {
	f := func(v uint8) uint8 { return uint8(float64(v)*alpha + 0.5) }
	return color.RGBA{f(c.R), f(c.G), f(c.B), f(255)}
}

// palette gives the colours for the style.
func (s Style) palette() palette {
	if s.Dark {
		return palette{
			paper: rgb(0x172029), sea: rgb(0x111920), land: rgb(0x212c36), home: rgb(0x2a3743),
			border: rgb(0x465663), masked: rgb(0x243a40), coast: rgb(0x3a4854),
			ink: rgb(0xe6ebf0), muted: rgb(0xa3b1bd), line: rgb(0x33424f),
			brand: rgb(0x5fc2bd), brandInk: rgb(0x06201f), accent: rgb(0xf0a35e), accentInk: rgb(0x2a1500),
			series:    []color.RGBA{rgb(0x5fc2bd), rgb(0xf0a35e), rgb(0xc4b5fd), rgb(0xa3b1bd)},
			ramp:      []color.RGBA{rgb(0x1f4546), rgb(0x276161), rgb(0x32807f), rgb(0x45a19e), rgb(0x63c4bf)},
			watermark: faded(rgb(0xe6ebf0), 0.085),
		}
	}
	return palette{
		paper: rgb(0xffffff), sea: rgb(0xe9f0f4), land: rgb(0xfafaf8), home: rgb(0xeeefe9),
		border: rgb(0xb4bdc4), masked: rgb(0xe6edea), coast: rgb(0xc3ced5),
		ink: rgb(0x16212b), muted: rgb(0x52606d), line: rgb(0xd9e0e6),
		brand: rgb(0x0b5d5e), brandInk: rgb(0xffffff), accent: rgb(0x9a2b1c), accentInk: rgb(0xffffff),
		series:    []color.RGBA{rgb(0x0b5d5e), rgb(0xb5651d), rgb(0x4a3b7c), rgb(0x7a8894)},
		ramp:      []color.RGBA{rgb(0xd3e8e5), rgb(0xa3cfcb), rgb(0x6bb0ab), rgb(0x348985), rgb(0x0b5d5e)},
		watermark: faded(rgb(0x16212b), 0.07),
	}
}

// readableOn gives the ink, dark or light, that reads better on c.
func readableOn(c color.RGBA) color.RGBA {
	// relative luminance without the gamma step: enough to choose between two
	if 0.2126*float64(c.R)+0.7152*float64(c.G)+0.0722*float64(c.B) > 140 {
		return rgb(0x0d1b1e)
	}
	return rgb(0xffffff)
}
