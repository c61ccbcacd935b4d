package web_test

import (
	"context"
	"net/url"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
)

// recorded is a demo site with an event, its act and people, in three versions,
// shared with another circle, with a saved query.
func recorded(t *testing.T) (s *site, event, person core.ID) {
	t.Helper()
	s = newSite(t, func(o *siteOptions) { o.demo = true })
	ctx, anna := context.Background(), s.actor("anna")
	second, err := s.kernel.CircleCreate(ctx, anna, "Адвокаты и приёмная по делам задержанных")
	if err != nil {
		t.Fatal(err)
	}
	e := s.event("Разгон собрания у здания областного суда, задержания прохожих", "2012-05-06")
	s.event("Одиночный пикет", "2012-06")
	victim := s.person("Сокольников-Преображенский", "Тимофей")
	b := s.as("anna")
	path := "/record/" + string(e.ID)
	act := b.get(path + "/act")
	b.post(path+"/act", sent(inputs(act), "v.link", string(victim.ID), "act.type_of_act.0.term", "death-in-custody", "act.exact_place.0.text",
		"ОВД «Тверской», камера 3", "p0.link", "new", "p0.new.name.0.full", "Патруль № 7", "p0.inv.degree.0.term", firstTerm(t, s, "mt18"))...).want(t, 303)
	for _, title := range []string{"Разгон собрания у здания суда", "Разгон собрания у здания городского суда"} {
		form := b.get(path + "/edit")
		b.post(path+"/edit", sent(inputs(form), "title.0.note.ru", title, "title.0.note.en", "Assembly dispersed at the court", "_reason", "уточнено по решению суда")...).want(t, 303)
	}
	if err := s.kernel.Share(ctx, anna, e.ID, second.ID, true, "защита"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.kernel.SaveQuery(ctx, anna, kernel.SavedQuery{Name: "Собрания 2012 года", Type: "event", Circle: s.circle,
		Filters: []kernel.Filter{{Field: "initial_date", Values: []string{"2012"}}}}); err != nil {
		t.Fatal(err)
	}
	return s, e.ID, victim.ID
}

// TestRecordPagesOnScreen looks at the pages of records without scripts, in
// both languages.
func TestRecordPagesOnScreen(t *testing.T) {
	s, event, person := recorded(t)
	b, path := s.as("anna"), "/record/"+string(event)
	pages := map[string]string{"list": "/list/event?f.initial_date=2012", "search": "/list?q=" + url.QueryEscape("Sokolnikov*"),
		"list-nothing": "/list/event?q=" + url.QueryEscape("крокодил") + "&f.places=RU-MOW", "list-empty": "/list/document",
		"event": path, "person": "/record/" + string(person), "act": path + "/act", "event-edit": path + "/edit",
		"person-new": "/list/person/new", "information-new": "/list/information/new?_event=" + string(event),
		"history": path + "/history?from=1&to=3", "version": path + "/version/1", "share": path + "/share",
		"withdraw": path + "/withdraw", "saved": "/saved"}
	newScreen(t, b).tour(pages)
	b.post("/language", "lang", "en", "back", "/").want(t, 303)
	english := map[string]string{}
	for _, name := range []string{"list", "event", "act", "history"} {
		english[name+"-en"] = pages[name]
	}
	newScreen(t, b).tour(english)
}
