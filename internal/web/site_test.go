package web_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"svod/internal/blob/fs"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/internal/web"
	"svod/packs"
)

const passphrase = "ferry lantern moss orchard tin"

// site is a server over a fresh kernel with one admin, "anna", steward of the
// circle "Приёмная". Its log is kept for tests to read.
type site struct {
	*httptest.Server
	t      *testing.T
	kernel *kernel.Kernel
	circle core.ID
	log    *bytes.Buffer
}

// siteOptions change what newSite makes.
type siteOptions struct {
	demo bool
	web  web.Options
}

func newSite(t *testing.T, change ...func(*siteOptions)) *site {
	t.Helper()
	var o siteOptions
	for _, c := range change {
		c(&o)
	}
	k, circle := newKernel(t, o.demo)
	log := &bytes.Buffer{}
	o.web.Kernel, o.web.Log = k, slog.New(slog.NewTextHandler(log, nil))
	if o.web.Zone == nil {
		o.web.Zone = time.UTC
	}
	h, err := web.New(o.web)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{Server: httptest.NewServer(h), t: t, kernel: k, circle: circle, log: log}
	t.Cleanup(s.Close)
	return s
}

func newKernel(t *testing.T, demo bool) (*kernel.Kernel, core.ID) {
	t.Helper()
	dir, ctx := t.TempDir(), context.Background()
	key := crypt.NewInstanceKey()
	dbKey := crypt.DeriveInstance(key, crypt.ForDatabase)
	st, err := sqlstore.OpenSQLite(ctx, filepath.Join(dir, "svod.db"), dbKey[:], sqlstore.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := fs.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := pack.Load(packs.All()...)
	if err != nil {
		t.Fatal(err)
	}
	k, err := kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: set, InstanceKey: key.Bytes(), ScryptLogN: 10, Demo: demo})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close(); st.Close() })
	done, err := k.Setup(ctx, kernel.Setup{Organisation: core.Words{"ru": "Ладога", "en": "Ladoga"}, Name: "anna",
		Passphrase: passphrase, Lang: "ru", Circle: "Приёмная"})
	if err != nil {
		t.Fatal(err)
	}
	return k, done.Circle.ID
}

// actor opens a person for direct use of the kernel.
func (s *site) actor(name string) core.Actor {
	s.t.Helper()
	a, err := s.kernel.Unlock(context.Background(), kernel.SignIn{Name: name, Passphrase: passphrase}, "test")
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

// join invites a person into the site's circle (none when role is "").
func (s *site) join(name string, role core.Role) core.Actor {
	s.t.Helper()
	ctx, in := context.Background(), kernel.Invite{}
	if role != "" {
		in.Circles = []kernel.InviteCircle{{Circle: s.circle, Role: role}}
	}
	code, _, err := s.kernel.Invite(ctx, s.actor("anna"), in)
	if err != nil {
		s.t.Fatal(err)
	}
	_, a, err := s.kernel.AcceptInvite(ctx, kernel.Accept{Code: code, Name: name, Passphrase: passphrase, Lang: "ru"})
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

// browser is one browser with its cookies. It does not follow redirects.
type browser struct {
	s      *site
	client *http.Client
	header http.Header // sent with every request
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

func (s *site) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{s: s, header: http.Header{"Accept-Language": {"ru"}}, client: &http.Client{Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as is a browser in which the person has signed in.
func (s *site) as(name string) *browser {
	s.t.Helper()
	b := s.browser()
	a := b.post("/sign-in", "name", name, "passphrase", passphrase)
	if a.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("sign-in of %s: %d\n%s", name, a.StatusCode, a.body)
	}
	return b
}

func (b *browser) get(path string) answer {
	b.s.t.Helper()
	return b.do(http.MethodGet, path, nil)
}

// post sends a form; pairs are names and values.
func (b *browser) post(path string, pairs ...string) answer {
	b.s.t.Helper()
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return b.do(http.MethodPost, path, strings.NewReader(f.Encode()))
}

func (b *browser) do(method, path string, body io.Reader) answer {
	b.s.t.Helper()
	r, err := http.NewRequest(method, b.s.URL+path, body)
	if err != nil {
		b.s.t.Fatal(err)
	}
	for name, values := range b.header {
		r.Header[name] = values
	}
	if method == http.MethodPost && r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := b.client.Do(r)
	if err != nil {
		b.s.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.s.t.Fatal(err)
	}
	return answer{Response: resp, body: string(text)}
}

// follow gets the page a redirect leads to.
func (b *browser) follow(a answer) answer {
	b.s.t.Helper()
	to := a.Header.Get("Location")
	if to == "" {
		b.s.t.Fatalf("no redirect: %d\n%s", a.StatusCode, a.body)
	}
	return b.get(to)
}

// want fails unless the answer has the status and each text.
func (a answer) want(t *testing.T, status int, texts ...string) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("%s %s: status %d, want %d", a.Request.Method, a.Request.URL.Path, a.StatusCode, status)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("%s %s: no %q in\n%s", a.Request.Method, a.Request.URL.Path, text, a.body)
		}
	}
	return a
}

// wantNot fails when the answer has any of the texts.
func (a answer) wantNot(t *testing.T, texts ...string) answer {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			t.Errorf("%s %s: unwanted %q", a.Request.Method, a.Request.URL.Path, text)
		}
	}
	return a
}
