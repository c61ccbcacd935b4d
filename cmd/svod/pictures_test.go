package main

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"golang.org/x/text/encoding/charmap"

	"svod/internal/cli"
)

// maxShot is what a picture in the README may weigh, in bytes.
const maxShot = 200_000

// TestReadmePictures takes the pictures of the README from the demo itself, in
// a browser without scripts. With SVOD_SHOTS_README=1 they replace those in
// docs/shots; look at them before committing. Otherwise they are taken, checked
// and thrown away.
func TestReadmePictures(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal("chromium is required")
		}
		t.Skip("chromium is not installed")
	}
	dir := t.TempDir()
	if os.Getenv("SVOD_SHOTS_README") == "1" {
		dir = "../../docs/shots"
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	d := startDemo(t)
	eye := newEye(t, d)
	d.speak("ru")
	event := d.first("/list/event?" + url.Values{"q": {"Митинг за свободу собраний в Москве, задержано 28 человек"}}.Encode())
	table := d.upload("monitoring-2012.csv", uglyTable(t))
	const wide, phone = 1280, 390
	for _, p := range []struct {
		name, path    string
		width, height int64
	}{
		{"home", "/", wide, 760},
		{"list", "/list/event?" + url.Values{"q": {"митингов"}, "f.initial_date": {"2012"}}.Encode(), wide, 860},
		{"event", event, wide, 1180},
		{"overview", "/overview/event", wide, 1400},
		{"import", table, wide, 760},
		{"phone", "/list/event?" + url.Values{"q": {"пикет"}}.Encode(), phone, 1180},
	} {
		keepShot(t, dir, p.name, eye.look(p.path, p.width, p.height), p.width, p.height)
	}
	d.speak("en")
	keepShot(t, dir, "list-en", eye.look("/list/event?q=rally", wide, 860), wide, 860)
	keepShot(t, dir, "event-en", eye.look(event, wide, 1180), wide, 1180)
}

// uglyTable is an invented table as people keep them: Windows-1251, a title, a
// total, mixed dates, a number that is no number.
func uglyTable(t *testing.T) []byte {
	t.Helper()
	const table = "Мониторинг, весна 2012;;;\r\n" +
		"Дата;Название;Город;Задержано\r\n" +
		"10.03.2012;Пикет у городской управы;Москва;4\r\n" +
		"12 марта 2012;Сход во дворе;Москва;около 20\r\n" +
		"18/03/2012;Шествие по набережной;Санкт-Петербург;31 чел.\r\n" +
		"апрель 2012;Раздача листовок у метро;Санкт-Петербург;2\r\n" +
		"01.05.2012;Первомайская колонна;Москва;1 104\r\n" +
		"06.05.2012;Прогулка с белыми лентами;Москва;нет данных\r\n" +
		"09.05.2012;Одиночный пикет на площади;Воронеж;1\r\n" +
		"Итого;;;1162\r\n"
	b, err := charmap.Windows1251.NewEncoder().Bytes([]byte(table))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// servedDemo is a demo that runs, and a browser of ours signed in as the
// documentalist.
type servedDemo struct {
	t      *testing.T
	base   *url.URL
	client *http.Client
}

// startDemo runs the command as people do and ends it with the test.
func startDemo(t *testing.T) *servedDemo {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := &url.URL{Scheme: "http", Host: ln.Addr().String()}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	d := &servedDemo{t: t, base: base, client: &http.Client{Jar: jar, Timeout: time.Minute}}
	out := &safeBuffer{}
	p := program()
	p.Terminal, p.ScryptLogN, p.Out, p.Err, p.Live = nil, 10, out, io.Discard, false
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- cli.Main(ctx, p, []string{"demo", "--addr", base.Host, "--dir", filepath.Join(t.TempDir(), "demo")})
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	for deadline := time.Now().Add(3 * time.Minute); !strings.Contains(out.String(), "svod: ready"); time.Sleep(50 * time.Millisecond) {
		if len(ended) > 0 || time.Now().After(deadline) {
			t.Fatal("the demo did not start:", out.String())
		}
	}
	words := regexp.MustCompile(`(?m)^  vera\n +.*: (.+)$`).FindStringSubmatch(out.String())
	if words == nil {
		t.Fatal("the demo does not say how to sign in:", out.String())
	}
	d.post("/sign-in", url.Values{"name": {"vera"}, "passphrase": {words[1]}})
	return d
}

// safeBuffer is written by the program while the test reads it.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// answer reads a page that must be there.
func (d *servedDemo) answer(res *http.Response, err error) (*url.URL, string) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close() // read to its end below
	body, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		d.t.Fatalf("%s: %s", res.Request.URL, res.Status)
	}
	return res.Request.URL, string(body)
}

func (d *servedDemo) post(path string, form url.Values) {
	d.t.Helper()
	d.answer(d.client.PostForm(d.base.JoinPath(path).String(), form))
}

// speak changes the language of the account.
func (d *servedDemo) speak(lang string) {
	d.t.Helper()
	d.post("/language", url.Values{"lang": {lang}, "back": {"/help"}})
}

// first is the address of the first record of a list.
func (d *servedDemo) first(path string) string {
	d.t.Helper()
	_, body := d.answer(d.client.Get(d.base.String() + path))
	found := regexp.MustCompile(`href="(/record/[0-9a-f-]{36})"`).FindStringSubmatch(body)
	if found == nil {
		d.t.Fatalf("no record in %s", path)
	}
	return found[1]
}

// upload begins an import of events and answers the address of its next step.
func (d *servedDemo) upload(name string, content []byte) string {
	d.t.Helper()
	_, body := d.answer(d.client.Get(d.base.JoinPath("/import").String()))
	circle := regexp.MustCompile(`name="circle"[^>]*><option value="([^"]+)"`).FindStringSubmatch(body)
	if circle == nil {
		d.t.Fatal("no circle to import into")
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	err := w.WriteField("type", "event")
	if err == nil {
		err = w.WriteField("circle", circle[1])
	}
	var file io.Writer
	if err == nil {
		file, err = w.CreateFormFile("file", name)
	}
	if err == nil {
		_, err = file.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	at, _ := d.answer(d.client.Post(d.base.JoinPath("/import").String(), w.FormDataContentType(), &b))
	return at.RequestURI()
}

// eye is chromium without scripts, signed in like the demo's browser.
type eye struct {
	t    *testing.T
	base string
	ctx  context.Context
}

func newEye(t *testing.T, d *servedDemo) *eye {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("chromium"), chromedp.NoSandbox)
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // starts the browser: no timeout
		t.Fatal(err)
	}
	e := &eye{t: t, base: d.base.String(), ctx: ctx}
	for _, c := range d.client.Jar.Cookies(d.base) {
		send(e, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: e.base})
	}
	send(e, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return e
}

// look is what the window shows of the page.
func (e *eye) look(path string, width, height int64) []byte {
	e.t.Helper()
	see(e, chromedp.EmulateViewport(width, height))
	see(e, chromedp.Navigate(e.base+path))
	return see(e, chromedp.CaptureScreenshot())
}

// keepShot checks a picture and writes it with few colours.
func keepShot(t *testing.T, dir, name string, raw []byte, width, height int64) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got != image.Pt(int(width), int(height)) {
		t.Errorf("%s is %v, want %d by %d", name, got, width, height)
	}
	few, ink := fewColours(img)
	if ink < 0.02 {
		t.Errorf("%s is blank: %.1f %% of it is not the ground", name, 100*ink)
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, few); err != nil {
		t.Fatal(err)
	}
	if b.Len() > maxShot {
		t.Errorf("%s weighs %d bytes, at most %d may be", name, b.Len(), maxShot)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
