package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/web"
)

func TestSecurityHeaders(t *testing.T) {
	s := newSite(t)
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; " +
			"form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Referrer-Policy":              "same-origin",
		"X-Content-Type-Options":       "nosniff",
		"Cache-Control":                "no-store",
	}
	for _, path := range []string{"/sign-in", "/help", "/", "/nowhere"} {
		a := s.browser().get(path)
		for name, value := range want {
			if got := a.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if a.Header.Get("Permissions-Policy") == "" {
			t.Errorf("%s: no Permissions-Policy", path)
		}
	}
}

// TestNothingInline: the policy forbids it, so a page that has it is broken.
func TestNothingInline(t *testing.T) {
	s := lived(t)
	b := s.as("anna")
	for _, r := range web.Routes() {
		if r.Method != http.MethodGet || r.Path == "/exit" || strings.Contains(r.Path, "{") && r.Path != "/{$}" {
			continue
		}
		path := strings.TrimSuffix(r.Path, "{$}")
		b.get(path).wantNot(t, " style=", "<style", "<svg", "onclick", "javascript:", "http://", "https://")
	}
}

func TestCookies(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := newSite(t, func(o *siteOptions) { o.web.Secure = secure })
		a := s.browser().post("/sign-in", "name", "anna", "passphrase", passphrase)
		var session *http.Cookie
		for _, c := range a.Cookies() {
			if strings.HasSuffix(c.Name, "svod") {
				session = c
			}
		}
		if session == nil {
			t.Fatal("no session cookie")
		}
		if !session.HttpOnly || session.SameSite != http.SameSiteLaxMode || session.Path != "/" || session.Secure != secure {
			t.Errorf("secure %v: %s", secure, session)
		}
		if strings.HasPrefix(session.Name, "__Host-") != secure {
			t.Errorf("secure %v: name %s", secure, session.Name)
		}
	}
}

// TestCrossOriginFormIsRefused: a form that another site posts does nothing.
func TestCrossOriginFormIsRefused(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	for _, h := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Origin": {"https://evil.example"}}} {
		b.header = h
		b.post("/circles", "circle", "Чужой").want(t, http.StatusForbidden)
	}
	b.header = http.Header{"Origin": {s.URL}}
	b.post("/circles", "circle", "Свой").want(t, http.StatusSeeOther)
	circles, err := s.kernel.Circles(t.Context(), s.actor("anna"))
	if err != nil {
		t.Fatal(err)
	}
	if len(circles) != 2 {
		t.Errorf("%d circles, want 2", len(circles))
	}
}

// TestMissingAndForeignLookAlike: a page outside the scope and one that does
// not exist are the same bytes.
func TestMissingAndForeignLookAlike(t *testing.T) {
	s := newSite(t)
	s.join("boris", "")
	b := s.as("boris")
	b.header.Set("Accept-Encoding", "identity")
	record, err := s.kernel.Create(t.Context(), s.actor("anna"), kernel.Draft{Type: "event", Circle: s.circle,
		Values: core.Values{"title": core.NoteValue("ru", "Чужая запись")}})
	if err != nil {
		t.Fatal(err)
	}
	missing := b.get("/circles/"+string(core.NewID())).want(t, http.StatusNotFound)
	for _, path := range []string{"/circles/" + string(s.circle), "/circles/nonsense", "/nowhere", "/record/" + string(record.ID),
		"/record/" + string(core.NewID())} {
		if a := b.get(path).want(t, http.StatusNotFound); a.body != missing.body {
			t.Errorf("%s differs from a missing page:\n%s\n%s", path, a.body, missing.body)
		}
	}
}

func TestLogHoldsNoWords(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	b.get("/help?q=Сахарова")
	b.get("/people/invite?secret=Сахарова")
	b.post("/sign-in", "name", "Сахарова", "passphrase", "не та фраза совсем")
	log := s.log.String()
	if !strings.Contains(log, "route=/help") || !strings.Contains(log, "status=200") {
		t.Errorf("the log does not tell of visits:\n%s", log)
	}
	for _, word := range []string{"Сахарова", "%D0", "фраза", "svod_s_", "anna"} {
		if strings.Contains(log, word) {
			t.Errorf("%q is in the log:\n%s", word, log)
		}
	}
}

func TestLargeFormIsRefused(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	b.post("/circles", "circle", strings.Repeat("я", 2<<20)).want(t, http.StatusRequestEntityTooLarge, "2")
}

func TestPagesAreCompressed(t *testing.T) {
	s := newSite(t)
	b := s.browser()
	b.header.Set("Accept-Encoding", "gzip")
	if a := b.get("/help"); a.Header.Get("Content-Encoding") != "gzip" {
		t.Error("the page is not compressed")
	}
	b.header.Set("Accept-Encoding", "identity")
	b.get("/help").want(t, http.StatusOK, "</html>")
}

// TestEveryRouteAsksWho: what is not open answers a stranger with the sign-in
// page, whatever it is.
func TestEveryRouteAsksWho(t *testing.T) {
	s := newSite(t)
	b := s.browser()
	for _, r := range web.Routes() {
		if r.Open {
			continue
		}
		method := r.Method
		if method == "" {
			method = http.MethodGet
		}
		path := strings.NewReplacer("{$}", "", "{id}", string(core.NewID()), "{type}", "event").Replace(r.Path)
		a := b.do(method, path, strings.NewReader(""))
		if method == http.MethodPost {
			a.want(t, http.StatusForbidden, "Сеанс закончился", `target="_blank"`)
			continue
		}
		if a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), "/sign-in") {
			t.Errorf("%s %s: %d to %q", method, r.Path, a.StatusCode, a.Header.Get("Location"))
		}
	}
}

// TestPanicBecomesAPage: a defect answers with an error page that names the
// visit, and nothing of what was being shown.
func TestPanicBecomesAPage(t *testing.T) {
	k, _ := newKernel(t, false)
	log := &bytes.Buffer{}
	h, err := web.WithPanic(web.Options{Kernel: k, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "Номер ошибки") {
		t.Errorf("status %d\n%s", w.Code, w.Body)
	}
	if strings.Contains(w.Body.String(), "sealed words") || strings.Contains(log.String(), "sealed words") {
		t.Error("the value of the panic was shown or logged")
	}
	if !strings.Contains(log.String(), "stack=") {
		t.Errorf("no stack in the log:\n%s", log)
	}
}

// TestTrustedTypesInOneFile: only trusted.go may tell html/template not to
// escape.
func TestTrustedTypesInOneFile(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	conversion := regexp.MustCompile(`template\.(HTML|HTMLAttr|JS|JSStr|CSS|URL|Srcset)\b`)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name != "trusted.go" && !strings.HasSuffix(name, "_test.go") && conversion.Match(b) {
			t.Errorf("%s: %s", name, conversion.Find(b))
		}
	}
}

func TestSignInLeadsToThisServerOnly(t *testing.T) {
	s := newSite(t)
	for _, next := range []string{"https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"} {
		a := s.browser().post("/sign-in", "name", "anna", "passphrase", passphrase, "next", next)
		if to := a.Header.Get("Location"); to != "/" {
			t.Errorf("next %q leads to %q", next, to)
		}
	}
}

// TestTextNoStoreKeeps: NUL and broken UTF-8 in what is typed are left out, and
// are no failure of the server.
func TestTextNoStoreKeeps(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	const odd = "a\x00b\xff"
	for _, path := range []string{"/list/event?sort=%00&q=a%00%ff", "/list/event?cursor=%00", "/overview/event?rows=%ff"} {
		if a := b.get(path); a.StatusCode >= http.StatusInternalServerError {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	for path, fields := range map[string][]string{
		"/saved":                                 {"type", "event", "name", odd},
		"/circles":                               {"name", odd},
		"/account/tokens":                        {"label", odd, "days", "30"},
		"/circles/" + string(s.circle) + "/name": {"circle", odd},
		"/organisations":                         {"name-ru", odd, "name-en", odd},
		"/sign-in":                               {"name", odd, "passphrase", odd},
	} {
		if a := b.post(path, fields...); a.StatusCode >= http.StatusInternalServerError {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	b.get("/saved").want(t, http.StatusOK, "ab")
}
