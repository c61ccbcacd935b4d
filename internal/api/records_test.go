package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"svod/internal/api"
)

type object = map[string]any

func TestARecordIsCreatedReadFoundAndSaved(t *testing.T) {
	h := newHouse(t, api.Options{})
	made := h.ask(h.token, "POST", "/records", object{"type": "event", "circle": h.circle, "reason": "first",
		"values": object{"title": object{"ru": "Марш на проспекте Сахарова"}, "initial_date": "2012-05-06",
			"description": object{"items": []any{object{"note": object{"ru": "Колонна остановлена у моста"}}}}}})
	body := made.want(201)
	id := at(body, "id").(string)
	if made.header.Get("Location") != api.Prefix+"/records/"+id || made.header.Get("ETag") != `"1"` {
		t.Errorf("location %q, etag %q", made.header.Get("Location"), made.header.Get("ETag"))
	}
	got := h.get("/records/" + id)
	read := got.want(200)
	if at(read, "values", "initial_date", "items", 0, "date") != "2012-05-06" {
		t.Errorf("date: %s", got.raw)
	}
	if got.header.Get("Cache-Control") != "no-store" || got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("headers %v", got.header)
	}
	if a := h.get("/records/"+id, "If-None-Match", `W/"1"`); a.status != 304 || len(a.raw) > 0 {
		t.Errorf("known version: %d %s", a.status, a.raw)
	}
	for q, total := range map[string]float64{"марш": 1, "мосту": 1, "initial_date:2012-05": 1, "парад": 0} {
		found := h.get("/records?type=event&q=" + url.QueryEscape(q)).want(200)
		if at(found, "total") != total {
			t.Errorf("%s: %v", q, at(found, "total"))
		}
	}
	snippet := h.get("/records?q=" + url.QueryEscape("моста")).want(200)
	if at(snippet, "items", 0, "snippets", 0, "field") != "description" {
		t.Errorf("snippets: %v", at(snippet, "items", 0, "snippets"))
	}
	read["values"].(object)["title"] = object{"ru": "Марш"}
	saved := h.ask(h.token, "PUT", "/records/"+id, object{"values": read["values"], "reason": "shorter"}, "If-Match", `"1"`)
	if at(saved.want(200), "record", "version") != 2.0 || saved.header.Get("ETag") != `"2"` {
		t.Errorf("saved: %s", saved.raw)
	}
	again := h.ask(h.token, "PUT", "/records/"+id, object{"base": 2, "values": read["values"]}).want(200)
	if again["unchanged"] != true {
		t.Errorf("the same values wrote a version: %v", again)
	}
	old := h.get("/records/" + id + "?version=1").want(200)
	if at(old, "title", "ru") != "Марш на проспекте Сахарова" {
		t.Errorf("version 1: %v", old["title"])
	}
}

func TestWhatIsWrongIsSaidWithItsPlace(t *testing.T) {
	h := newHouse(t, api.Options{})
	ev := h.event(h.circle, "Пикет", "")
	one := "/records/" + string(ev.ID)
	draft := func(values string) string {
		return `{"type":"event","circle":"` + string(h.circle) + `","values":` + values + `}`
	}
	const title = `"title":{"ru":"Пикет"},"initial_date":{"missing":"unknown"}`
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		code, location           string
	}{
		{"no body", "POST", "/records", "", 400, "api.body", ""},
		{"not JSON", "POST", "/records", "{", 422, "form.json_syntax", "$"},
		{"text after", "POST", "/records", draft("{"+title+"}") + "x", 422, "form.json_syntax", "$"},
		{"unknown member", "POST", "/records", `{"type":"event","kind":1}`, 422, "api.json_member", "$"},
		{"member twice", "POST", "/records", `{"type":"event","Type":"act"}`, 422, "form.json_twice", "$.Type"},
		{"wrong kind", "POST", "/records", `{"type":7}`, 422, "form.json_type", "$.type"},
		{"no type", "POST", "/records", `{}`, 422, "error.required", "$.type"},
		{"unknown type", "POST", "/records", `{"type":"ufo"}`, 422, "error.unknown_type", "$.type"},
		{"no circle", "POST", "/records", `{"type":"event"}`, 422, "error.required", "$.circle"},
		{"strange circle", "POST", "/records", `{"type":"event","circle":"x","values":{}}`, 404, "error.not_found", ""},
		{"no values", "POST", "/records", `{"type":"event","circle":"` + string(h.circle) + `"}`, 422, "error.required", "$.values"},
		{"unknown field", "POST", "/records", draft(`{` + title + `,"titel":"x"}`), 422, "form.unknown_field", "$.values"},
		{"field twice", "POST", "/records", draft(`{` + title + `,"title":{"ru":"x"}}`), 422, "form.json_twice", "$.values.title"},
		{"bad date", "POST", "/records", draft(`{"title":{"ru":"x"},"initial_date":["2012-13-41"]}`), 422, "", "$.values.initial_date[0]"},
		{"several", "POST", "/records", draft(`{"initial_date":7,"places":"XX-1"}`), 422, "api.several", "$.values.places"},
		{"link to nothing", "POST", "/records", draft(`{` + title + `,"documents":"0190a6c4-0000-7000-8000-000000000000"}`), 422, "", "$.values.documents"},
		{"limit", "GET", "/records?limit=501", "", 422, "api.parameter_range", "query.limit"},
		{"limit is a word", "GET", "/records?limit=many", "", 422, "api.parameter_range", "query.limit"},
		{"unknown parameter", "GET", "/records?page=2", "", 422, "api.unknown_parameter", "query.page"},
		{"cursor", "GET", "/records?cursor=%21", "", 422, "error.bad_cursor", "query.cursor"},
		{"escape", "GET", "/records?filter=%zz", "", 422, "api.parameters", ""},
		{"empty filter", "GET", "/records?type=event&filter=", "", 422, "api.filter", "query.filter"},
		{"sealed filter", "GET", "/records?type=event&filter=description:x", "", 422, "error.not_countable", "query.filter"},
		{"unknown facet", "GET", "/records?type=event&facets=nope", "", 422, "error.not_countable", "query.facets"},
		{"sort", "GET", "/records?type=event&sort=description", "", 422, "api.sort", "query.sort"},
		{"type", "GET", "/records?type=ufo", "", 422, "error.unknown_type", "query.type"},
		{"unknown query field", "GET", "/records?q=nope:x", "", 422, "", ""},
		{"long query", "GET", "/records?q=" + strings.Repeat("a", 2001), "", 413, "", "query.q"},
		{"no base", "PUT", one, `{"values":{}}`, 422, "api.base", "$.base"},
		{"future base", "PUT", one, `{"base":9,"values":{` + title + `}}`, 422, "error.bad_base", ""},
		{"long reason", "PUT", one, `{"base":1,"values":{},"reason":"` + strings.Repeat("я", 501) + `"}`, 422, "form.too_long", "$.reason"},
		{"no version", "GET", one + "?version=7", "", 404, "error.not_found", ""},
		{"diff", "GET", one + "/diff?from=1", "", 422, "api.parameter_required", "query.to"},
		{"no such address", "GET", "/nothing", "", 404, "error.not_found", ""},
		{"method", "PATCH", one, "", 405, "api.method", ""},
		{"by", "GET", "/histogram?type=event&by=day", "", 422, "api.parameter_choice", "query.by"},
		{"overview of nothing", "GET", "/overview?rows=places", "", 422, "error.required", "query.type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := h.ask(h.token, c.method, c.path, c.body)
			a.t = t
			p := a.want(c.status)
			code := c.code
			if code == "" {
				code = p["code"].(string)
			}
			a.problem(c.status, code, c.location)
			if strings.Contains(string(a.raw), code+`","errors`) && p["detail"] == code {
				t.Errorf("no words for %s", code)
			}
			if d, _ := p["detail"].(string); d == p["code"] || strings.Contains(d, "{") {
				t.Errorf("detail is %q", d)
			}
		})
	}
}

func TestTheLanguageIsThatAskedFor(t *testing.T) {
	h := newHouse(t, api.Options{})
	for header, want := range map[string]string{"": "Не найдено", "en": "Not found", "ru-RU,ru;q=0.9,en;q=0.5": "Не найдено", "fr, en;q=0.3": "Not found"} {
		p := h.get("/records/x", "Accept-Language", header).want(404)
		if p["title"] != want {
			t.Errorf("%q: %v", header, p["title"])
		}
	}
	if p := h.ask("", "GET", "/me", nil).want(401); p["title"] != "A valid token is needed" {
		t.Errorf("nobody: %v", p["title"])
	}
}

func TestWhatIsElsewhereAndWhatIsNotLookTheSame(t *testing.T) {
	h := newHouse(t, api.Options{})
	ev := h.event(h.circle, "Чужое", "2012")
	_, boris := h.join("boris", "worker", h.newCircle("Архив"))
	const absent = "0190a6c4-0000-7000-8000-000000000000"
	body := object{"base": 1, "version": 1, "circle": h.circle, "values": object{"title": object{"ru": "x"}, "initial_date": "2012"}}
	for _, path := range []string{"", "/history", "/links", "/files", "/diff?from=1&to=1", "/files/" + absent} {
		theirs := h.ask(boris, "GET", "/records/"+string(ev.ID)+path, nil)
		for _, id := range []string{absent, "x", "%00", strings.ToUpper(string(ev.ID))} {
			none := h.ask(boris, "GET", "/records/"+id+path, nil)
			if string(theirs.raw) != string(none.raw) || fmt.Sprint(theirs.header) != fmt.Sprint(none.header) || theirs.status != 404 || none.status != 404 {
				t.Errorf("%s %s: %d %v %s\n%d %v %s", path, id, theirs.status, theirs.header, theirs.raw, none.status, none.header, none.raw)
			}
		}
	}
	for path, b := range map[string]object{"": {"base": 1, "values": body["values"]}, "/restore": {"version": 1}, "/withdraw": {}, "/reinstate": {},
		"/share": {"circle": h.circle}, "/unshare": {"circle": h.circle}, "/move": {"circle": h.circle}} {
		method := "POST"
		if path == "" {
			method = "PUT"
		}
		theirs := h.ask(boris, method, "/records/"+string(ev.ID)+path, b)
		for _, id := range []string{absent, "x"} {
			none := h.ask(boris, method, "/records/"+id+path, b)
			if string(theirs.raw) != string(none.raw) || theirs.status != 404 || none.status != 404 {
				t.Errorf("%s %s: %d %s\n%d %s", path, id, theirs.status, theirs.raw, none.status, none.raw)
			}
		}
	}
	theirs := h.ask(boris, "POST", "/records", object{"type": "event", "circle": h.circle, "values": body["values"]})
	none := h.ask(boris, "POST", "/records", object{"type": "event", "circle": absent, "values": body["values"]})
	if theirs.status != 404 || string(theirs.raw) != string(none.raw) {
		t.Errorf("create: %s\n%s", theirs.raw, none.raw)
	}
}

func TestNoTokenAndABadOneLookTheSame(t *testing.T) {
	h := newHouse(t, api.Options{})
	first := h.ask("", "GET", "/records", nil)
	first.problem(http.StatusUnauthorized, "error.bad_token", "")
	for _, token := range []string{"x", "svod_t_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", h.token + "x"} {
		a := h.ask(token, "GET", "/records", nil)
		if a.status != 401 || string(a.raw) != string(first.raw) {
			t.Errorf("%s: %d %s", token, a.status, a.raw)
		}
	}
	tokens, err := h.Tokens(h.ctx, h.anna)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.TokenRevoke(h.ctx, h.anna, tokens[0].ID); err != nil {
		t.Fatal(err)
	}
	if a := h.get("/records"); string(a.raw) != string(first.raw) {
		t.Errorf("revoked: %s", a.raw)
	}
}
