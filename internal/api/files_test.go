package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"svod/internal/api"
	"svod/internal/core"
)

func TestAFileIsSentAttachedAndDownloaded(t *testing.T) {
	h := newHouse(t, api.Options{})
	page := []byte("<html><script>alert(1)</script>" + strings.Repeat("протокол ", 20_000))
	up := h.ask(h.token, "POST", "/files?circle="+string(h.circle)+"&name=%D0%BF%D1%80%D0%BE%D1%82%D0%BE%D0%BA%D0%BE%D0%BB.html", page, "Content-Type", "text/html")
	file := up.want(201)
	sum := sha256.Sum256(page)
	if file["name"] != "протокол.html" || file["size"] != float64(len(page)) || file["sha256"] != hex.EncodeToString(sum[:]) {
		t.Errorf("file: %s", up.raw)
	}
	made := h.ask(h.token, "POST", "/records", object{"type": "event", "circle": h.circle, "values": object{
		"title": object{"ru": "Обыск"}, "initial_date": "2024-03-01", "files": file["id"]}}).want(201)
	path := "/records/" + made["id"].(string) + "/files"
	if list := h.get(path).want(200); at(list, "items", 0, "id") != file["id"] {
		t.Errorf("files: %v", list)
	}
	down := h.get(path + "/" + file["id"].(string))
	if down.status != 200 || !bytes.Equal(down.raw, page) {
		t.Fatalf("download: %d, %d bytes", down.status, len(down.raw))
	}
	for name, want := range map[string]string{"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff",
		"Content-Disposition": "attachment; filename*=utf-8''%D0%BF%D1%80%D0%BE%D1%82%D0%BE%D0%BA%D0%BE%D0%BB.html", "Cache-Control": "no-store"} {
		if got := down.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	_, boris := h.join("boris", core.Worker, h.newCircle("Архив"))
	h.ask(boris, "GET", path+"/"+file["id"].(string), nil).problem(404, "error.not_found", "")
	h.ask(boris, "POST", "/files?circle="+string(h.circle)+"&name=x", []byte("x")).problem(404, "error.not_found", "")
	h.ask(h.token, "POST", "/files?circle="+string(h.circle)+"&name=x", nil).problem(422, "error.file_empty", "")
	h.ask(h.token, "POST", "/files?circle="+string(h.circle), []byte("x")).problem(422, "api.parameter_required", "query.name")
	h.ask(h.token, "POST", "/files?circle="+string(h.circle)+"&name="+strings.Repeat("x", 1001), []byte("x")).problem(422, "api.parameter", "query.name")
}
