package web_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pairs are the colours that stand on each other: text on ground, and the least
// contrast WCAG 2.2 AA asks for (1.4.3 text 4.5, 1.4.11 controls 3).
var pairs = []struct {
	text, ground string
	least        float64
}{
	{"ink", "paper", 7}, {"ink", "bg", 7}, {"ink", "brand-soft", 4.5}, {"ink", "warn-bg", 4.5}, {"ink", "bad-bg", 4.5},
	{"ink", "seal-bg", 4.5}, {"ink", "mark", 4.5}, {"ink", "sunk", 4.5},
	{"muted", "paper", 4.5}, {"muted", "bg", 4.5}, {"muted", "sunk", 4.5}, {"muted", "brand-soft", 4.5},
	{"brand", "paper", 4.5}, {"brand", "bg", 4.5}, {"brand", "brand-soft", 4.5}, {"brand-deep", "paper", 4.5}, {"brand-deep", "brand-soft", 4.5},
	{"brand-ink", "brand", 4.5}, {"brand-ink", "brand-deep", 4.5},
	{"bad", "paper", 4.5}, {"bad", "bad-bg", 4.5}, {"warn", "warn-bg", 4.5}, {"ok", "ok-bg", 4.5},
	{"seal", "seal-bg", 4.5}, {"seal", "paper", 4.5},
	{"edge", "paper", 3}, {"edge", "bg", 3}, {"focus", "paper", 3}, {"focus", "bg", 3}, {"focus-halo", "focus", 3},
}

var colourToken = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6})`)

// TestContrast computes the contrast of every pair in light and in dark.
func TestContrast(t *testing.T) {
	b, err := os.ReadFile("css/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(b), "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark mode")
	}
	colours := map[string]string{}
	for _, mode := range []struct{ name, css string }{{"light", light}, {"dark", dark}} {
		for _, m := range colourToken.FindAllStringSubmatch(mode.css, -1) {
			colours[m[1]] = m[2]
		}
		for _, p := range pairs {
			if got := contrast(t, colours[p.text], colours[p.ground]); got < p.least {
				t.Errorf("%s: %s on %s is %.2f, want %.1f", mode.name, p.text, p.ground, got, p.least)
			}
		}
		if got := contrast(t, "#ffffff", "#a3192b"); got < 4.5 {
			t.Errorf("quick exit is %.2f", got)
		}
	}
}

// contrast is the ratio of WCAG 2: relative luminances with 0.05 added.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) != 7 {
		t.Fatalf("no colour %q", hex)
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
