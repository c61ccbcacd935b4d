package web

import (
	"encoding/base64"
	"html/template"
)

// This file holds every conversion to a type that html/template trusts. Each
// says why its content cannot be anything else.

// pngURL is a picture that stands inside a page.
type pngURL template.URL

// URL is the address for src.
func (u pngURL) URL() template.URL { return template.URL(u) }

// inlinePNG makes an address that holds the picture itself: base64 has no
// character that could end the attribute or begin another scheme.
func inlinePNG(png []byte) pngURL {
	return pngURL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
}
