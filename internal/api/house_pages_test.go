package api_test

import (
	"net/url"
	"slices"
	"testing"

	"golang.org/x/time/rate"

	"svod/internal/api"
	"svod/internal/core"
)

func TestWhoWhereAndWhatThereIs(t *testing.T) {
	h := newHouse(t, api.Options{})
	me := h.get("/me").want(200)
	if me["name"] != "anna" || me["admin"] != true || me["demo"] != false {
		t.Errorf("me: %v", me)
	}
	circles := h.get("/circles").want(200)
	if at(circles, "items", 0, "name") != "Приёмная" || at(circles, "items", 0, "role") != "steward" {
		t.Errorf("circles: %v", circles)
	}
	types := h.get("/types").want(200)["items"].([]any)
	if len(types) != len(h.Packs().Types()) {
		t.Errorf("%d types", len(types))
	}
	for _, ty := range h.Packs().Types() {
		whole := h.get("/types/" + ty.Name).want(200)
		if len(whole["fields"].([]any)) != len(ty.Fields) {
			t.Errorf("%s: %d fields", ty.Name, len(whole["fields"].([]any)))
		}
	}
	h.get("/types/ufo").problem(404, "error.not_found", "")
	h.get("/terms/ufo").problem(404, "error.not_found", "")
	h.get("/terms/places?parent=ufo").problem(422, "api.parameter", "query.parent")
	top := h.get("/terms/places?parent=-").want(200)["items"].([]any)
	all := h.get("/terms/places").want(200)["items"].([]any)
	if len(top) == 0 || len(top) >= len(all) || len(all) != len(h.Packs().Vocabulary("places").Terms) {
		t.Errorf("%d top places of %d", len(top), len(all))
	}
	found := h.get("/terms/places?q=" + url.QueryEscape("Санкт")).want(200)
	if at(found, "items", 0, "code") != "RU-SPE" {
		t.Errorf("terms: %v", found)
	}
	h.event(h.circle, "Пикет", "2012-05-06")
	head := h.get("/ledger/head").want(200)
	if head["size"].(float64) < 1 || head["text"] == "" || head["verifier"] == "" {
		t.Errorf("head: %v", head)
	}
}

func TestCountsAndCompletions(t *testing.T) {
	h := newHouse(t, api.Options{})
	for title, date := range map[string]string{"Пикет у суда": "2012-05-06", "Пикет у мэрии": "2012-07-01", "Шествие": "2014", "Сход (стихийный)": ""} {
		h.event(h.circle, title, date)
	}
	o := h.get("/overview?type=event&rows=initial_date:year").want(200)
	if at(o, "total") != 4.0 || at(o, "unknown") != 1.0 || at(o, "rows", 0, "value") != "2012" || at(o, "rows", 0, "count") != 2.0 {
		t.Errorf("overview: %v", o)
	}
	hist := h.get("/histogram?type=event").want(200)
	if len(hist["bars"].([]any)) != 3 || at(hist, "bars", 1, "count") != 0.0 || hist["coarse"] != 1.0 || hist["unknown"] != 1.0 {
		t.Errorf("histogram: %v", hist)
	}
	for q, want := range map[string]int{"пик": 2, "Пикет у мэ": 1, "piket": 0, "сход (ст": 1, `"*(`: 0, "or": 0} {
		got := h.get("/suggest?type=event&q=" + url.QueryEscape(q)).want(200)["items"].([]any)
		if len(got) != want && q != "piket" {
			t.Errorf("%s: %v", q, got)
		}
	}
	filtered := h.get("/records?type=event&facets=initial_date&filter=initial_date:2012-05,2014&filter=-initial_date:2014").want(200)
	if filtered["total"] != 1.0 || at(filtered, "facets", 0, "field") != "initial_date" {
		t.Errorf("filtered: %v", filtered)
	}
	facets := h.get("/records?type=event&facets=*").want(200)["facets"].([]any)
	var names []string
	for _, f := range facets {
		names = append(names, at(f, "field").(string))
	}
	if !slices.Contains(names, "places") || slices.Contains(names, "description") {
		t.Errorf("facets: %v", names)
	}
	warned := h.get("/records?q=" + url.QueryEscape(`"пикет`)).want(200)
	if at(warned, "total") != 2.0 || at(warned, "warnings", 0, "code") != "index.open_quote" || at(warned, "warnings", 0, "message") == "index.open_quote" {
		t.Errorf("warned: %v", warned)
	}
}

func TestSavedQueriesAreOnesOwnOrTheCircles(t *testing.T) {
	h := newHouse(t, api.Options{})
	ev, other := h.event(h.circle, "Пикет", "2012"), h.newCircle("Архив")
	_ = ev
	_, boris := h.join("boris", core.Worker, other)
	mine := h.ask(h.token, "POST", "/saved", object{"name": "Двенадцатый", "type": "event", "filters": []object{{"field": "initial_date", "values": []string{"2012"}}}, "sort": "-initial_date"}).want(201)
	h.ask(h.token, "POST", "/saved", object{"name": "Общий", "circle": other, "q": "пикет"}).want(201)
	list := h.get("/saved").want(200)["items"].([]any)
	if len(list) != 2 {
		t.Fatalf("saved: %v", list)
	}
	theirs := h.ask(boris, "GET", "/saved", nil).want(200)["items"].([]any)
	if len(theirs) != 1 || at(theirs[0], "name") != "Общий" || at(theirs[0], "mine") != nil {
		t.Errorf("boris sees %v", theirs)
	}
	id := mine["id"].(string)
	h.ask(boris, "DELETE", "/saved/"+id, nil).problem(404, "error.not_found", "")
	h.ask(boris, "DELETE", "/saved/"+at(theirs[0], "id").(string), nil).problem(403, "error.not_yours", "")
	h.ask(h.token, "POST", "/saved", object{"name": ""}).problem(422, "error.required", "$.name")
	h.ask(h.token, "POST", "/saved", object{"name": "x", "type": "event", "filters": []object{{"field": "description", "values": []string{"x"}}}}).problem(422, "error.not_countable", "$.filters")
	h.ask(h.token, "POST", "/saved", object{"name": "x", "circle": "nowhere"}).problem(404, "error.not_found", "")
	if a := h.ask(h.token, "DELETE", "/saved/"+id, nil); a.status != 204 || len(a.raw) > 0 {
		t.Errorf("delete: %d %s", a.status, a.raw)
	}
}

func TestActsOnAWholeRecord(t *testing.T) {
	h := newHouse(t, api.Options{})
	other := h.newCircle("Архив")
	_, boris := h.join("boris", core.Worker, other)
	ev := h.event(h.circle, "Пикет", "2012")
	path := "/records/" + string(ev.ID)
	h.ask(h.token, "PUT", path, object{"base": 1, "values": object{"title": object{"ru": "Сход"}, "initial_date": "2012"}}).want(200)
	if r := h.ask(h.token, "POST", path+"/restore", object{"version": 1, "reason": "ошибка"}).want(200); at(r, "title", "ru") != "Пикет" || r["version"] != 3.0 {
		t.Errorf("restored: %v", r)
	}
	h.ask(h.token, "POST", path+"/restore", object{}).problem(422, "error.required", "$.version")
	h.ask(h.token, "POST", path+"/restore", object{"version": 77}).problem(404, "error.not_found", "")
	if r := h.ask(h.token, "POST", path+"/withdraw", object{"reason": "дубль"}).want(200); r["state"] != "withdrawn" {
		t.Errorf("withdrawn: %v", r)
	}
	if n := h.get("/records?type=event").want(200)["total"]; n != 0.0 {
		t.Errorf("%v found after withdrawal", n)
	}
	h.ask(h.token, "PUT", path, object{"base": 4, "values": object{"title": object{"ru": "x"}, "initial_date": "2012"}}).problem(422, "error.withdrawn", "")
	if r := h.ask(h.token, "POST", path+"/reinstate", object{}).want(200); r["state"] != "active" {
		t.Errorf("reinstated: %v", r)
	}
	h.ask(boris, "GET", path, nil).want(404)
	if r := h.ask(h.token, "POST", path+"/share", object{"circle": other}).want(200); at(r, "shared", 0) != string(other) {
		t.Errorf("shared: %v", r)
	}
	h.ask(boris, "GET", path, nil).want(200)
	h.ask(h.token, "POST", path+"/unshare", object{"circle": other}).want(200)
	h.ask(boris, "GET", path, nil).want(404)
	if r := h.ask(h.token, "POST", path+"/move", object{"circle": other}).want(200); r["circle"] != string(other) {
		t.Errorf("moved: %v", r)
	}
	h.ask(boris, "GET", path, nil).want(200)
	h.ask(h.token, "POST", path+"/move", object{}).problem(404, "error.not_found", "")
}

func TestABatchIsWrittenWholeOrNotAtAll(t *testing.T) {
	h := newHouse(t, api.Options{})
	event := object{"type": "event", "circle": h.circle, "ref": "#event", "values": object{"title": object{"ru": "Задержания"}, "initial_date": "2012-05-06"}}
	person := object{"type": "person", "circle": h.circle, "ref": "#victim", "values": object{"name": "Щербаков Дмитрий", "counting_unit": "individual"}}
	code := h.Packs().Vocabulary("mt04").Terms[0].Code
	act := object{"type": "act", "circle": h.circle, "values": object{"event": "#event", "victim": "#victim", "type_of_act": code}}
	bad := object{"type": "act", "circle": h.circle, "values": object{"event": "#nobody", "victim": "#victim", "type_of_act": code}}
	h.ask(h.token, "POST", "/records/batch", []object{event, person, bad}).problem(422, "api.several", "$[2].values.event")
	h.ask(h.token, "POST", "/records/batch", []object{event, event}).problem(422, "api.ref", "$[1].ref")
	h.ask(h.token, "POST", "/records/batch", []object{}).problem(422, "api.batch_size", "")
	if n := h.get("/records").want(200)["total"]; n != 0.0 {
		t.Fatalf("%v records after refused batches", n)
	}
	done := h.ask(h.token, "POST", "/records/batch", []object{event, person, act}).want(201)
	links := h.get("/records/" + at(done, "items", 1, "id").(string) + "/links").want(200)
	if at(links, "items", 0, "incoming") != true || at(links, "items", 0, "field") != "victim" || at(links, "items", 0, "record", "id") != at(done, "items", 2, "id") {
		t.Errorf("links: %v", links)
	}
	if n := h.get("/suggest?type=person&q=shcherbakov").want(200)["items"].([]any); len(n) != 1 {
		t.Errorf("a Latin spelling suggests %v", n)
	}
}

func TestAReaderReads(t *testing.T) {
	h := newHouse(t, api.Options{})
	_, rita := h.join("rita", core.Reader, h.circle)
	ev := h.event(h.circle, "Пикет", "2012")
	h.ask(rita, "GET", "/records/"+string(ev.ID), nil).want(200)
	p := h.ask(rita, "POST", "/records", object{"type": "event", "circle": h.circle, "values": object{"title": object{"ru": "x"}, "initial_date": "2012"}}, "Accept-Language", "en").
		problem(403, "error.need_role", "")
	if p["detail"] != "This needs the role “worker” in the circle. Ask a steward of the circle." {
		t.Errorf("detail: %v", p["detail"])
	}
}

func TestOneTokenCannotAskWithoutEnd(t *testing.T) {
	h := newHouse(t, api.Options{Rate: rate.Limit(0.001), Burst: 5})
	_, rita := h.join("rita", core.Reader, h.circle)
	for range 5 {
		h.get("/me").want(200)
	}
	a := h.get("/me")
	a.problem(429, "api.too_many_requests", "")
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	h.ask(rita, "GET", "/me", nil).want(200)
}

func TestBodiesHaveALimit(t *testing.T) {
	h := newHouse(t, api.Options{})
	big := make([]byte, 5<<20)
	for i := range big {
		big[i] = ' '
	}
	h.ask(h.token, "POST", "/records", big).problem(413, "api.body_large", "")
}
