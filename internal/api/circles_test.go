package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"svod/internal/api"
	"svod/internal/core"
	"svod/internal/kernel"
)

func TestTwoCirclesShareNothingUnasked(t *testing.T) {
	h := newHouse(t, api.Options{})
	other := h.newCircle("Архив")
	third := h.newCircle("Третий")
	_, boris := h.join("boris", core.Worker, other)
	secret := h.event(h.circle, "Шествие тайное", "2012-05-06")
	shared := h.event(h.circle, "Шествие общее", "2013-06-12")
	own := h.event(other, "Шествие своё", "2014-01-02")
	person := func(circle core.ID, name string) core.Record {
		r, err := h.Create(h.ctx, h.anna, kernel.Draft{Type: "person", Circle: circle, Values: core.Values{
			"name":          {Items: []core.Item{{Name: &core.Name{Full: name, Script: "Cyrl"}}}},
			"counting_unit": core.TermValue("individual")}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	victim := person(h.circle, "Щербаков Дмитрий")
	code := h.Packs().Vocabulary("mt04").Terms[0].Code
	act := func(circle, event, victim core.ID) string {
		return h.ask(h.token, "POST", "/records", object{"type": "act", "circle": circle,
			"values": object{"event": event, "victim": victim, "type_of_act": code}}).want(201)["id"].(string)
	}
	hiddenAct := act(h.circle, shared.ID, victim.ID)
	ownAct := act(other, own.ID, victim.ID)
	for _, to := range []core.ID{other, third} {
		if err := h.Share(h.ctx, h.anna, shared.ID, to, false, ""); err != nil {
			t.Fatal(err)
		}
	}
	q := url.QueryEscape("шествие")
	found := h.ask(boris, "GET", "/records?type=event&facets=*&full=true&q="+q, nil)
	body := found.want(200)
	if at(body, "total") != 2.0 {
		t.Errorf("total: %s", found.raw)
	}
	for _, hidden := range []string{string(secret.ID), "тайное", string(h.circle) + `","label`, string(third), `"2012"`} {
		if strings.Contains(string(found.raw), hidden) {
			t.Errorf("%s shows in %s", hidden, found.raw)
		}
	}
	for _, f := range body["facets"].([]any) {
		n := 0.0
		for _, v := range at(f, "values").([]any) {
			n = max(n, at(v, "count").(float64))
		}
		if n > 2 {
			t.Errorf("facet %v counts %v", at(f, "field"), n)
		}
	}
	for path, total := range map[string]float64{"/overview?type=event&rows=initial_date:year": 2, "/overview?type=event&q=" + url.QueryEscape("тайное"): 0} {
		if got := h.ask(boris, "GET", path, nil).want(200); at(got, "total") != total {
			t.Errorf("%s: %v", path, got)
		}
	}
	bars := 0.0
	for _, b := range h.ask(boris, "GET", "/histogram?type=event&by=year", nil).want(200)["bars"].([]any) {
		bars += at(b, "count").(float64)
	}
	if bars != 2 {
		t.Errorf("histogram counts %v", bars)
	}
	if n := at(h.ask(boris, "GET", "/suggest?q="+url.QueryEscape("Шествие т"), nil).want(200), "items"); len(n.([]any)) != 0 {
		t.Errorf("suggested: %v", n)
	}
	if n := at(h.ask(boris, "GET", "/suggest?type=person&q=shcherbak", nil).want(200), "items"); len(n.([]any)) != 0 {
		t.Errorf("suggested: %v", n)
	}
	if got := h.ask(boris, "GET", "/records?filter=@circle:"+string(third), nil).want(200); at(got, "total") != 0.0 {
		t.Errorf("a filter says with whom else a record is shared: %v", got)
	}
	if got := h.ask(boris, "GET", "/records/"+string(shared.ID), nil); strings.Contains(string(got.raw), string(third)) {
		t.Errorf("the record says so: %s", got.raw)
	}
	h.ask(boris, "PUT", "/records/"+string(shared.ID), object{"base": 1, "values": object{"title": object{"ru": "x"}, "initial_date": "2013"}}).
		problem(403, "error.shared_is_read_only", "")
	if got := h.ask(boris, "GET", "/records/"+string(shared.ID)+"/links", nil); got.status != 200 || strings.Contains(string(got.raw), hiddenAct) {
		t.Errorf("links: %s", got.raw)
	}
	for _, path := range []string{"", "/links", "/history", "?version=1"} {
		if got := h.ask(boris, "GET", "/records/"+ownAct+path, nil); got.status != 200 || strings.Contains(string(got.raw), string(victim.ID)) {
			t.Errorf("%s: %s", path, got.raw)
		}
	}
	h.ask(boris, "PUT", "/records/"+ownAct, object{"base": 1, "values": object{"event": own.ID, "type_of_act": code, "initial_date": "2014"}}).want(200)
	if got := h.get("/records/" + ownAct).want(200); at(got, "version") != 2.0 || at(got, "values", "victim", "items", 0, "link") != string(victim.ID) {
		t.Errorf("an edit cut a link that its author could not see: %v", got)
	}
	hidden := h.ask(boris, "POST", "/records", object{"type": "act", "circle": other, "values": object{"event": own.ID, "victim": victim.ID, "type_of_act": code}})
	none := h.ask(boris, "POST", "/records", object{"type": "act", "circle": other, "values": object{"event": own.ID, "victim": "0190a6c4-0000-7000-8000-000000000000", "type_of_act": code}})
	if hidden.status != 422 || string(hidden.raw) != string(none.raw) {
		t.Errorf("a link to what is elsewhere: %s\n%s", hidden.raw, none.raw)
	}
	circles := h.ask(boris, "GET", "/circles", nil).want(200)["items"].([]any)
	if len(circles) != 1 || at(circles[0], "id") != string(other) {
		t.Errorf("circles: %v", circles)
	}
}

func TestPagesGoForthAndBackWithoutLoss(t *testing.T) {
	h := newHouse(t, api.Options{})
	var drafts []kernel.Draft
	for i := range 120 {
		vals := core.Values{"title": core.NoteValue("ru", fmt.Sprintf("Событие %03d", i)), "initial_date": core.MissingValue(core.Unknown)}
		if i%3 > 0 {
			d, err := core.ParseDate(fmt.Sprintf("2012-%02d-%02d", i%12+1, i%5+1))
			if err != nil {
				t.Fatal(err)
			}
			vals["initial_date"] = core.DateValue(d)
		}
		drafts = append(drafts, kernel.Draft{Type: "event", Circle: h.circle, Values: vals})
	}
	if _, err := h.CreateMany(h.ctx, h.anna, drafts); err != nil {
		t.Fatal(err)
	}
	for _, sort := range []string{"", "updated", "initial_date", "-initial_date"} {
		t.Run("by "+sort, func(t *testing.T) {
			path := "/records?type=event&limit=17&sort=" + sort
			forth := h.walk(path, "", "next")
			seen := map[string]bool{}
			for _, p := range forth {
				for _, id := range p.ids {
					seen[id] = true
				}
			}
			if len(forth) != 8 || len(forth[7].ids) != 1 || len(seen) != 120 {
				t.Fatalf("%d pages, %d different records", len(forth), len(seen))
			}
			back := h.walk(path, forth[7].prev, "prev")
			slices.Reverse(back)
			for i, p := range back {
				if !slices.Equal(p.ids, forth[i].ids) {
					t.Errorf("page %d is another one on the way back:\n%v\n%v", i, forth[i].ids, p.ids)
				}
			}
			if len(back) != 7 || forth[0].prev != "" {
				t.Errorf("%d pages on the way back; before the first is %q", len(back), forth[0].prev)
			}
			all := h.get("/records?type=event&limit=500&sort=" + sort).want(200)
			for i, item := range all["items"].([]any) {
				if at(item, "id") != forth[i/17].ids[i%17] {
					t.Fatalf("record %d stands elsewhere in pages", i)
				}
			}
		})
	}
}

type page struct {
	ids        []string
	next, prev string
}

// walk follows cursors in a direction to the end.
func (h *house) walk(path, cursor, direction string) []page {
	h.t.Helper()
	var out []page
	for range 20 {
		body := h.get(path + "&cursor=" + cursor).want(200)
		if at(body, "total") != 120.0 {
			h.t.Fatalf("total %v", body["total"])
		}
		var p page
		for _, item := range body["items"].([]any) {
			p.ids = append(p.ids, at(item, "id").(string))
		}
		p.next, _ = body["next"].(string)
		p.prev, _ = body["prev"].(string)
		out = append(out, p)
		if cursor, _ = body[direction].(string); cursor == "" {
			return out
		}
	}
	h.t.Fatal("no end of pages")
	return nil
}

func TestAConcurrentEditShowsBothSides(t *testing.T) {
	h := newHouse(t, api.Options{})
	ev := h.event(h.circle, "Пикет", "2012")
	path := "/records/" + string(ev.ID)
	values := func(title, impact string) object {
		out := object{"title": object{"ru": title}, "initial_date": "2012"}
		if impact != "" {
			out["impact"] = object{"ru": impact}
		}
		return out
	}
	h.ask(h.token, "PUT", path, object{"base": 1, "values": values("Пикет у суда", "")}).want(200)
	merged := h.ask(h.token, "PUT", path, object{"base": 1, "values": values("Пикет", "Приговор отложен")}).want(200)
	if at(merged, "merged", 0) != "title" || at(merged, "record", "title", "ru") != "Пикет у суда" {
		t.Errorf("merged: %v", merged)
	}
	clash := h.ask(h.token, "PUT", path, object{"base": 1, "values": values("Пикет у тюрьмы", "")})
	c := clash.problem(409, "api.collision", "$.values.title")
	if at(c, "fields", 0) != "title" || at(c, "theirs", "version") != 3.0 || at(c, "theirs", "author") != "anna" ||
		at(c, "base", "values", "title", "items", 0, "note", "ru") != "Пикет" ||
		at(c, "theirs", "values", "title", "items", 0, "note", "ru") != "Пикет у суда" ||
		at(c, "mine", "title", "items", 0, "note", "ru") != "Пикет у тюрьмы" {
		t.Errorf("collision: %s", clash.raw)
	}
	solved := h.ask(h.token, "PUT", path, object{"base": at(c, "theirs", "version"), "values": c["values"]}).want(200)
	if at(solved, "record", "title", "ru") != "Пикет у тюрьмы" || at(solved, "record", "values", "impact", "items", 0, "note", "ru") != "Приговор отложен" {
		t.Errorf("solved: %v", solved)
	}
	history := h.get(path + "/history").want(200)
	if at(history, "items", 0, "version") != 4.0 || at(history, "items", 3, "author") != "anna" || at(history, "items", 0, "changes", 0, "field") != "title" {
		t.Errorf("history: %v", history)
	}
	diff := h.get(path + "/diff?from=1&to=4").want(200)
	if len(diff["changes"].([]any)) != 2 {
		t.Errorf("diff: %v", diff)
	}
}
