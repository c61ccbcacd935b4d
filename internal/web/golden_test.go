package web_test

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// assetHash is the part of a page that changes with every change of style.
var assetHash = regexp.MustCompile(`svod\.[0-9a-f]{12}\.`)

// TestGoldenPages holds whole pages, in both languages, to the files that were
// read by a person.
func TestGoldenPages(t *testing.T) {
	s := newSite(t, func(o *siteOptions) { o.demo = true; o.web.Version = "0.1" })
	for _, p := range []struct {
		name, path string
		status     int
	}{{"sign_in", "/sign-in", http.StatusOK}, {"join", "/join", http.StatusOK}, {"help", "/help", http.StatusOK}} {
		for _, lang := range []string{"ru", "en"} {
			b := s.browser()
			b.header.Set("Accept-Language", lang)
			golden(t, p.name+"."+lang, b.get(p.path).want(t, p.status).body)
		}
	}
	golden(t, "missing.ru", s.as("anna").get("/nowhere").want(t, http.StatusNotFound).body)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	got = assetHash.ReplaceAllString(got, "svod.HASH.")
	file := filepath.Join("testdata", "golden", name+".html")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from its golden file (go test -update writes it anew):\n%s", name, got)
	}
}
