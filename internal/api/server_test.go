package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"svod/internal/api"
)

// Over a real connection: several clients at once, and a body that is sent in
// pieces without a length.
func TestManyAskAtOnceOverTheWire(t *testing.T) {
	h := newHouse(t, api.Options{})
	for range 3 {
		h.event(h.circle, "Пикет", "2012-05-06")
	}
	srv := httptest.NewServer(h.api)
	defer srv.Close()
	do := func(method, path string, body io.Reader) (int, []byte) {
		req, err := http.NewRequest(method, srv.URL+api.Prefix+path, body)
		if err != nil {
			t.Error(err)
			return 0, nil
		}
		req.Header.Set("Authorization", "Bearer "+h.token)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Error(err)
			return 0, nil
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Error(err)
		}
		return resp.StatusCode, b
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, path := range []string{"/records?type=event&facets=*", "/openapi.json", "/export?type=event&format=jsonl", "/records?q=x&page=1"} {
				status, b := do("GET", path, nil)
				if status != 200 && status != 422 || len(b) == 0 {
					t.Errorf("%s: %d %s", path, status, b)
				}
			}
			big := bytes.Repeat([]byte("протокол "), 100_000)
			status, b := do("POST", "/files?name=x.txt&circle="+string(h.circle), struct{ io.Reader }{bytes.NewReader(big)})
			var file struct{ Size int }
			if err := json.Unmarshal(b, &file); err != nil || status != 201 || file.Size != len(big) {
				t.Errorf("upload: %d %s", status, b)
			}
		})
	}
	wg.Wait()
}

func TestEveryAddressDescribesItsProblems(t *testing.T) {
	h := newHouse(t, api.Options{})
	doc := description(t, h, "")
	if at(doc, "components", "schemas", "ErrorModel") != nil {
		t.Error("an error that is never sent is described")
	}
	for path, item := range doc["paths"].(object) {
		for method, op := range item.(object) {
			if path == "/openapi.json" {
				continue
			}
			found := false
			for _, r := range at(op, "responses").(object) {
				found = found || at(r, "content", "application/problem+json", "schema") != nil
			}
			if !found {
				t.Errorf("%s %s: no problem is described", method, path)
			}
		}
	}
}
