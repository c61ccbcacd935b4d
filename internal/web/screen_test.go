package web_test

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// screen is a real browser, headless and without scripts unless asked, with the
// cookies of a browser of ours. Pictures of what it saw go to the folder
// SVOD_SHOTS, when that is set.
type screen struct {
	t    *testing.T
	base string
	ctx  context.Context
}

// look is how a page is looked at.
type look struct {
	width   int64 // CSS pixels
	dark    bool
	scripts bool
	print   bool
}

// newScreen starts the browser, or skips the test where there is none.
func newScreen(t *testing.T, b *browser) *screen {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal("chromium is required")
		}
		t.Skip("chromium is not installed")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.NoSandbox,
		chromedp.Flag("lang", "ru"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	// The first run starts the browser and must carry no timeout.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, base: b.s.URL, ctx: ctx}
	at, err := url.Parse(b.s.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range b.client.Jar.Cookies(at) {
		send(s, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: b.s.URL})
	}
	return s
}

// act runs an action and returns its value.
func act[T any](s *screen, a chromedp.Action[T]) T {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, 30*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// send sends one command of the browser's protocol.
func send[P, R any](s *screen, c cdp.Command[P, R], params P) R {
	s.t.Helper()
	return act(s, func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, c, params) })
}

// open shows a page of the site.
func (s *screen) open(path string, l look) {
	s.t.Helper()
	scheme, medium := "light", ""
	if l.dark {
		scheme = "dark"
	}
	if l.print {
		medium = "print"
	}
	send(s, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !l.scripts})
	send(s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	act(s, chromedp.EmulateViewport(l.width, 900))
	act(s, chromedp.Navigate(s.base+path))
}

// overflow is by how many pixels the page is wider than the window, and what
// sticks out furthest.
func (s *screen) overflow() (pixels int, culprit string) {
	s.t.Helper()
	type measure struct {
		Pixels  int
		Culprit string
	}
	out := act(s, chromedp.Evaluate[measure](`(() => {
		const w = document.documentElement.clientWidth, o = document.documentElement.scrollWidth - w;
		let worst = null, far = w + 0.5;
		if (o > 0) for (const e of document.querySelectorAll("body *")) {
			const r = e.getBoundingClientRect();
			if (r.right > far) { far = r.right; worst = e; }
		}
		return {Pixels: o, Culprit: worst ? worst.outerHTML.slice(0, 160) : ""};
	})()`))
	return out.Pixels, out.Culprit
}

// shot keeps a picture of the whole page under the name.
func (s *screen) shot(name string) {
	s.t.Helper()
	dir := os.Getenv("SVOD_SHOTS")
	if dir == "" {
		return
	}
	png := act(s, chromedp.FullScreenshot(100))
	s.keep(dir, name, png)
}

func (s *screen) keep(dir, name string, png []byte) {
	s.t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, "/", "_")+".png"), png, 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// tour opens each path at phone widths and on a desk, in both colour schemes,
// and fails on a page that scrolls sideways or keeps people out (faults).
func (s *screen) tour(paths map[string]string) {
	s.t.Helper()
	for name, path := range paths {
		for _, l := range []struct {
			suffix string
			look
		}{{"320", look{width: 320}}, {"390", look{width: 390}}, {"wide", look{width: 1280}}, {"dark", look{width: 1280, dark: true}}} {
			s.open(path, l.look)
			if pixels, culprit := s.overflow(); pixels > 0 {
				s.t.Errorf("%s at %s: %d px too wide: %s", path, l.suffix, pixels, culprit)
			}
			if l.suffix == "390" || l.suffix == "wide" {
				for _, fault := range s.faults() {
					s.t.Errorf("%s at %s: %s", path, l.suffix, fault)
				}
			}
			if l.suffix != "320" {
				s.shot(name + "-" + l.suffix)
			}
		}
	}
}
