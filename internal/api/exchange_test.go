package api_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"svod/internal/api"
	"svod/internal/core"
	"svod/internal/ledger"
)

const table = "Название;Дата;Регион\nПикет у суда;06.05.2012;Москва\nСход;июль 2013;Санкт-Петербург\n;;\n"

// followed waits for a job to end.
func (h *house) followed(a answer) object {
	h.t.Helper()
	job := a.want(202)
	where := strings.TrimPrefix(a.header.Get("Location"), api.Prefix)
	for range 200 {
		job = h.get(where).want(200)
		switch job["state"] {
		case "done", "failed", "cancelled":
			return job
		}
		time.Sleep(20 * time.Millisecond)
	}
	h.t.Fatalf("the job does not end: %v", job)
	return nil
}

func (h *house) stageTable(text []byte) object {
	h.t.Helper()
	staged := h.ask(h.token, "POST", "/imports/stage?name=list.csv", text).want(201)
	return object{"stage": staged["id"], "type": "event", "circle": h.circle}
}

func TestATableIsImportedAndTakenBack(t *testing.T) {
	h := newHouse(t, api.Options{})
	plan := h.stageTable([]byte(table))
	preview := h.ask(h.token, "POST", "/imports/preview", plan).want(200)
	if preview["total"] != 2.0 || at(preview, "plan", "columns", 0, "field") != "title" {
		t.Fatalf("preview: %v", preview)
	}
	plan["columns"] = at(preview, "plan", "columns")
	dry := h.ask(h.token, "POST", "/imports/dry-run", plan).want(200)
	if dry["ok"] != true || dry["new"] != 2.0 || dry["imprecise"] != 1.0 {
		t.Fatalf("dry run: %v", dry)
	}
	if n := h.get("/records").want(200)["total"]; n != 0.0 {
		t.Errorf("a dry run wrote %v records", n)
	}
	job := h.followed(h.ask(h.token, "POST", "/imports", plan))
	if job["state"] != "done" || h.get("/records?type=event").want(200)["total"] != 2.0 {
		t.Fatalf("job: %v", job)
	}
	list := h.get("/imports").want(200)
	if at(list, "items", 0, "id") != job["result"] || at(list, "items", 0, "state") != "done" {
		t.Errorf("imports: %v", list)
	}
	_, boris := h.join("boris", core.Worker, h.newCircle("Архив"))
	if theirs := h.ask(boris, "GET", "/imports", nil).want(200)["items"].([]any); len(theirs) != 0 {
		t.Errorf("boris sees %v", theirs)
	}
	for _, path := range []string{"/imports/" + job["result"].(string), "/jobs/" + job["id"].(string)} {
		if a, b := h.ask(boris, "GET", path, nil), h.ask(boris, "GET", "/imports/x", nil); a.status != 404 || string(a.raw) != string(b.raw) {
			t.Errorf("%s: %s", path, a.raw)
		}
	}
	undone := h.followed(h.ask(h.token, "POST", "/imports/"+job["result"].(string)+"/undo", object{"reason": "не тот список"}))
	if undone["state"] != "done" || h.get("/records?type=event").want(200)["total"] != 0.0 {
		t.Errorf("undone: %v", undone)
	}
}

func TestAnImportThatCannotBeIsRefused(t *testing.T) {
	h := newHouse(t, api.Options{})
	plan := h.stageTable([]byte(table))
	_, boris := h.join("boris", core.Worker, h.newCircle("Архив"))
	for _, path := range []string{"/imports/preview", "/imports/dry-run", "/imports"} {
		h.ask(boris, "POST", path, plan).problem(404, "error.not_found", "")
		h.ask(h.token, "POST", path, object{"type": "event"}).problem(422, "error.required", "$.stage")
		h.ask(h.token, "POST", path, object{"stage": "x", "type": "event"}).problem(404, "error.not_found", "")
		h.ask(h.token, "POST", path, object{"stage": plan["stage"], "type": "ufo", "circle": h.circle}).want(422)
		h.ask(h.token, "POST", path, object{"stage": plan["stage"], "typ": "event"}).problem(422, "api.json_member", "$")
	}
	h.ask(h.token, "POST", "/imports/stage?name=x.csv", nil).want(422)
	h.ask(h.token, "POST", "/imports/x/undo", object{}).problem(404, "error.not_found", "")
}

func TestATortureTableIsReadThroughTheAPI(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "torture")
	files, _ := filepath.Glob(filepath.Join(dir, "*.csv"))
	if len(files) == 0 {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal("no torture tables in " + dir)
		}
		t.Skip("no torture tables in " + dir)
	}
	h := newHouse(t, api.Options{})
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	dry := h.ask(h.token, "POST", "/imports/dry-run", h.stageTable(text)).want(200)
	if dry["rows"] != 228.0 || at(dry, "sum", "value") != 5169.0 {
		t.Errorf("%s: %v rows, sum %v", files[0], dry["rows"], dry["sum"])
	}
}

func TestAnExportHoldsWhatIsFoundAndIsInTheLedger(t *testing.T) {
	h := newHouse(t, api.Options{})
	other := h.newCircle("Архив")
	_, boris := h.join("boris", core.Worker, other)
	h.event(h.circle, "Тайное", "2012")
	h.ask(h.token, "POST", "/records", object{"type": "event", "circle": other, "values": object{"title": object{"ru": "Общее"}, "initial_date": "2013", "description": object{"ru": "канарейка"}}}).want(201)
	for _, c := range []struct{ query, name, media string }{
		{"&format=jsonl", ".jsonl", "application/x-ndjson"},
		{"&format=csv&lang=ru", ".csv", "text/csv; charset=utf-8"},
	} {
		a := h.ask(boris, "GET", "/export?type=event"+c.query, nil)
		if a.status != 200 || a.header.Get("Content-Type") != c.media || !strings.Contains(a.header.Get("Content-Disposition"), c.name) {
			t.Fatalf("%s: %d %v %s", c.query, a.status, a.header, a.raw)
		}
		if text := string(a.raw); !strings.Contains(text, "Общее") || strings.Contains(text, "Тайное") || strings.Contains(text, "канарейка") {
			t.Errorf("%s: %s", c.query, text)
		}
	}
	sealed := h.ask(boris, "GET", "/export?type=event&format=jsonl&sealed=true", nil)
	if !strings.Contains(string(sealed.raw), "канарейка") {
		t.Errorf("sealed fields were asked for: %s", sealed.raw)
	}
	lines := bytes.Split(bytes.TrimSpace(sealed.raw), []byte("\n"))
	if len(lines) != 1 || !json.Valid(lines[0]) {
		t.Errorf("%d lines", len(lines))
	}
	for _, format := range []string{"xlsx", "esf"} {
		if a := h.ask(boris, "GET", "/export?type=event&format="+format, nil); a.status != 200 || !bytes.HasPrefix(a.raw, []byte("PK")) {
			t.Errorf("%s: %d, %d bytes", format, a.status, len(a.raw))
		}
	}
	log, err := h.Ledger(h.ctx, h.anna, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range log {
		if l.Kind == string(ledger.KindExport) {
			n++
		}
	}
	if n != 5 {
		t.Errorf("%d exports in the ledger", n)
	}
	h.ask(boris, "GET", "/export?type=event&format=doc", nil).problem(422, "api.parameter_choice", "query.format")
	h.ask(boris, "GET", "/export?type=event&fields=nope", nil).problem(422, "export.unknown_field", "query.fields")
	h.ask(boris, "GET", "/export?format=csv", nil).problem(422, "export.type_needed", "query.type")
}
