package api_test

import (
	"bytes"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"svod/internal/api"
)

func TestTheLogHoldsNoContent(t *testing.T) {
	var log bytes.Buffer
	h := newHouse(t, api.Options{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	const canary = "канарейка"
	ask := func() {
		h.get("/records?q=" + url.QueryEscape(canary+" nope:"+canary))
		h.get("/records?type=event&filter=places:" + url.QueryEscape(canary))
		h.get("/records?type=" + url.QueryEscape(canary))
		h.ask(h.token, "POST", "/records", `{"type":"event","circle":"`+string(h.circle)+`","values":{"title":{"ru":"`+canary+`"},"initial_date":"`+canary+`"}}`)
		h.ask(h.token, "POST", "/records", object{"type": "event", "circle": h.circle, "values": object{"title": object{"ru": canary}, "initial_date": "2012"}})
	}
	ask()
	if err := h.store.Close(); err != nil { // from here everything fails
		t.Fatal(err)
	}
	ask()
	if a := h.get("/me"); a.status != 503 && a.status != 500 {
		t.Errorf("a house without a database answers %d %s", a.status, a.raw)
	}
	if log.Len() == 0 {
		t.Fatal("nothing was logged")
	}
	for _, bad := range []string{canary, url.QueryEscape(canary), h.token} {
		if strings.Contains(log.String(), bad) {
			t.Errorf("the log holds %q:\n%s", bad, log.String())
		}
	}
}

func TestAnErrorDoesNotRepeatWhatWasSent(t *testing.T) {
	h := newHouse(t, api.Options{})
	const canary = "канарейка"
	for _, body := range []string{
		`{"type":"event","circle":"` + string(h.circle) + `","values":{"title":"` + canary + `"}}`,
		`{"type":"event","circle":"` + string(h.circle) + `","values":{"description":{"note":"` + canary + `"}}}`,
		`{"type":"event","circle":"` + string(h.circle) + `","reason":["` + canary + `"]}`,
		`{"type":"` + canary + `"}`, `{"` + canary + `":1}`, canary,
	} {
		if a := h.ask(h.token, "POST", "/records", body); strings.Contains(string(a.raw), canary) || a.status != 422 {
			t.Errorf("%d: %s", a.status, a.raw)
		}
	}
	for _, path := range []string{"/records?limit=", "/records?" + url.QueryEscape(canary) + "=", "/records/x?version=", "/histogram?by="} {
		if a := h.get(path + url.QueryEscape(canary)); strings.Contains(string(a.raw), canary) {
			t.Errorf("%s: %s", path, a.raw)
		}
	}
}
