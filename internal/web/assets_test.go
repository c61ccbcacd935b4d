package web_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"svod/internal/web"
)

// maxStyle is the promise of DESIGN.md: 15 kB gzipped.
const maxStyle = 15_000

func TestStyleSheetIsSmall(t *testing.T) {
	css, err := web.StyleSheet()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.DefaultCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = z.Write(css)
	_ = z.Close()
	t.Logf("style sheet: %d bytes, %d gzipped", len(css), b.Len())
	if b.Len() > maxStyle {
		t.Errorf("the style sheet has %d bytes gzipped, at most %d", b.Len(), maxStyle)
	}
	if open, shut := bytes.Count(css, []byte("{")), bytes.Count(css, []byte("}")); open != shut {
		t.Errorf("%d opening and %d closing braces", open, shut)
	}
	if m := regexp.MustCompile(`url\(|@import|@font-face`).Find(css); m != nil {
		t.Errorf("the style sheet loads something: %s", m)
	}
}

// TestAssetsAreKept: what has a hash in its address may be kept for good, and a
// page names exactly what is served.
func TestAssetsAreKept(t *testing.T) {
	b := newSite(t).browser()
	page := b.get("/sign-in").want(t, http.StatusOK)
	found := regexp.MustCompile(`(?:href|src)="(/-/[^"]+)"`).FindAllStringSubmatch(page.body, -1)
	if len(found) != 3 {
		t.Fatalf("assets on the page: %v", found)
	}
	for _, m := range found {
		a := b.get(m[1]).want(t, http.StatusOK)
		if c := a.Header.Get("Cache-Control"); !strings.Contains(c, "immutable") {
			t.Errorf("%s: Cache-Control %q", m[1], c)
		}
	}
}
