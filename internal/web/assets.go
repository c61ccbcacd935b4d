package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"regexp"
	"strings"
)

//go:embed css/*.css js/*.js
var assetFiles embed.FS

// assets are the style sheet, the script and the icon, each one file whose address holds
// its hash, so that browsers may keep it for good.
type assets struct {
	css, js, icon asset
}

type asset struct {
	url, media string
	body       []byte
}

// cssOrder is the order in which the parts of the style sheet are joined.
var cssOrder = [...]string{"tokens", "base", "layout", "parts", "records", "survey", "utilities", "print"}

func loadAssets() (*assets, error) {
	var b bytes.Buffer
	b.WriteString("@layer tokens,base,layout,parts,utilities,print;")
	for _, name := range cssOrder {
		src, err := fs.ReadFile(assetFiles, "css/"+name+".css")
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		b.WriteString(squeeze(string(src)))
	}
	b.WriteString(widths())
	js, err := fs.ReadFile(assetFiles, "js/svod.js")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	icon, err := drawIcon()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return &assets{
		icon: newAsset("svod", "png", "image/png", icon),
		css:  newAsset("svod", "css", "text/css; charset=utf-8", b.Bytes()),
		js:   newAsset("svod", "js", "text/javascript; charset=utf-8", js),
	}, nil
}

func newAsset(name, ext, media string, body []byte) asset {
	sum := sha256.Sum256(body)
	return asset{url: "/-/" + name + "." + hex.EncodeToString(sum[:6]) + "." + ext, media: media, body: body}
}

// widths are the classes w-0 … w-100 of bars: the policy of our pages allows no
// style attribute.
func widths() string {
	var b strings.Builder
	b.WriteString("@layer utilities{")
	for i := range 101 {
		fmt.Fprintf(&b, ".w-%d{inline-size:%d%%}", i, i)
	}
	b.WriteString("}")
	return b.String()
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSpace   = regexp.MustCompile(`\s+`)
	cssTight   = regexp.MustCompile(` ?([{};,]) ?`)
)

// squeeze takes comments and needless spaces out of a style sheet. It leaves
// the spaces around ":" and ">" alone, where they can mean something.
func squeeze(css string) string {
	css = cssSpace.ReplaceAllString(cssComment.ReplaceAllString(css, ""), " ")
	css = cssTight.ReplaceAllString(css, "$1")
	return strings.TrimSpace(strings.ReplaceAll(css, ";}", "}"))
}

func (a *assets) mount(mux *http.ServeMux) {
	for _, one := range [...]asset{a.css, a.js, a.icon} {
		mux.HandleFunc("GET "+one.url, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", one.media)
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			_, _ = w.Write(one.body)
		})
	}
}
