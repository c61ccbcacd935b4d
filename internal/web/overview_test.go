package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"html"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/web"
)

// sharedFile reads a file of the shared data, or skips the test.
func sharedFile(t *testing.T, path ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, path...)...))
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal(err)
		}
		t.Skip("the shared data is not here: ", err)
	}
	return b
}

// facts enters the events of 2011–2013, at most n of them.
func (s *site) facts(n int) {
	s.t.Helper()
	all, err := csv.NewReader(bytes.NewReader(sharedFile(s.t, "demo", "protest_detention_facts.csv"))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	anna, topics := s.actor("anna"), s.kernel.Packs()
	for _, r := range all[1:min(n+1, len(all))] {
		values := core.Values{"title": core.NoteValue("ru", "Событие "+r[0]), "assembly_form": core.TermValue(r[4])}
		if topics.Term("assembly_topic", r[5]) != nil {
			values["assembly_topic"] = core.TermValue(r[5])
		}
		if d, err := core.ParseDate(r[1]); err == nil {
			values["initial_date"] = core.DateValue(d)
		}
		if r[2] != "" {
			values["places"] = core.Value{Items: []core.Item{{Place: &core.Place{Code: r[2]}}}}
		}
		if n, err := strconv.ParseFloat(r[6], 64); err == nil {
			values["detained"] = core.NumberValue(n)
		}
		if _, err := s.kernel.Create(context.Background(), anna, kernel.Draft{Type: "event", Circle: s.circle, Values: values}); err != nil {
			s.t.Fatal(err)
		}
	}
}

var cellLink = regexp.MustCompile(`href="(/list/event\?[^"]*)">([0-9\x{a0}\x{202f} ]+)</a>`)

func numberIn(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(regexp.MustCompile(`\D`).ReplaceAllString(s, ""))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestOverviewNumbersOpenTheirRecords holds every number of the table, the
// histogram and the map to the list it leads to.
func TestOverviewNumbersOpenTheirRecords(t *testing.T) {
	s := newSite(t)
	s.facts(463)
	b, anna := s.as("anna"), s.actor("anna")
	for _, address := range []string{
		"/overview/event",
		"/overview/event?rows=initial_date%3Amonth&columns=places",
		"/overview/event?rows=assembly_topic&columns=initial_date%3Ayear&f.places=RU",
		"/overview/event?rows=places&columns=assembly_form&f.places=RU-MOW&not=places",
		"/overview/event?rows=notified&columns=places&f.assembly_form=rally&f.assembly_form=picket",
	} {
		page := b.get(address).want(t, http.StatusOK)
		links := cellLink.FindAllStringSubmatch(page.body, -1)
		if len(links) < 5 {
			t.Errorf("%s: %d numbers", address, len(links))
		}
		seen := map[string]bool{}
		for i, l := range links {
			if seen[l[1]] || i > 30 && i%5 != 0 {
				continue
			}
			seen[l[1]] = true
			to := html.UnescapeString(l[1])
			if got, want := s.listed(anna, to), numberIn(t, l[2]); got != want {
				t.Errorf("%s: %s says %d, the list %d", address, to, want, got)
			}
		}
	}
}

// listed is how many records the list at an address has.
func (s *site) listed(a core.Actor, address string) int {
	s.t.Helper()
	q, err := web.QueryOf(address)
	if err != nil {
		s.t.Fatal(err)
	}
	n, err := s.kernel.Count(context.Background(), a, q)
	if err != nil {
		s.t.Fatalf("%s: %v", address, err)
	}
	return n
}

func TestOverviewFigures(t *testing.T) {
	s := newSite(t)
	s.facts(1000)
	page := s.as("anna").get("/overview").want(t, http.StatusSeeOther)
	page = s.as("anna").follow(page).want(t, http.StatusOK, "463", "7\u00a0206", "Задержано человек", "Территория × Форма акции", "Не указано")
	if !strings.Contains(page.body, "/overview/event/map.png?") {
		t.Error("no map")
	}
}

// TestOverviewOutsideScope: who is in no circle counts nothing and is shown an
// empty map, whatever others have drawn before.
func TestOverviewOutsideScope(t *testing.T) {
	s := newSite(t)
	s.facts(60)
	s.join("boris", "")
	anna, boris := s.as("anna"), s.as("boris")
	const picture = "/overview/event/map.png?columns=assembly_form&rows=places"
	full := anna.get(picture).want(t, http.StatusOK)
	empty := boris.get(picture).want(t, http.StatusOK)
	if full.body == empty.body {
		t.Error("the outsider is shown the same map")
	}
	if again := anna.get(picture); again.body != full.body {
		t.Error("the kept map differs from the one first drawn")
	}
	s2 := newSite(t)
	if blank := s2.as("anna").get(picture); blank.body != empty.body {
		t.Error("the outsider's map is not that of an empty instance")
	}
	boris.get("/overview/event").want(t, http.StatusOK, "Считать нечего").wantNot(t, "Москва", "60")
	csv := boris.get("/overview/event/table.csv?rows=places").want(t, http.StatusOK)
	if strings.Contains(csv.body, "Москва") || !strings.Contains(csv.body, "Всего;;0") {
		t.Errorf("outsider's table:\n%s", csv.body)
	}
}

func TestOverviewDownloads(t *testing.T) {
	s := newSite(t, func(o *siteOptions) { o.demo = true })
	s.facts(120)
	b := s.as("anna")
	for _, name := range []string{"map", "months"} {
		for scale, width := range map[string]int{"1": map[string]int{"map": 960, "months": 800}[name], "2": 2 * map[string]int{"map": 960, "months": 800}[name]} {
			a := b.get("/overview/event/"+name+".png?rows=places&download=1&dark=1&scale="+scale).want(t, http.StatusOK)
			img, err := png.Decode(strings.NewReader(a.body))
			if err != nil {
				t.Fatal(err)
			}
			if got := img.Bounds().Dx(); got != width {
				t.Errorf("%s at %s is %d wide, want %d", name, scale, got, width)
			}
			if r, _, _, _ := img.At(2, 2).RGBA(); r < 0xe000 {
				t.Errorf("%s to download is dark", name)
			}
			if d := a.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename=svod-event-"+name) {
				t.Errorf("disposition %q", d)
			}
		}
		b.get("/overview/event/"+name+".csv?rows=places").want(t, http.StatusOK, "\ufeff", "ДЕМО")
	}
	table := b.get("/overview/event/table.csv?rows=places&columns=assembly_form&f.places=RU-MOW").want(t, http.StatusOK, "Территория: Москва", "Митинг", "Не указано")
	rows, err := readSemicolons(table.body)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:4] {
		if len(r) != len(rows[0]) {
			t.Errorf("row %q has %d cells of %d", r, len(r), len(rows[0]))
		}
	}
	b.get("/overview/event/secret.png").want(t, http.StatusNotFound)
	b.get("/overview/nothing").want(t, http.StatusNotFound)
	b.get("/overview/event?rows=description").want(t, http.StatusUnprocessableEntity)
}

func readSemicolons(s string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(s, "\ufeff")))
	r.Comma, r.FieldsPerRecord = ';', -1
	return r.ReadAll()
}

// TestOverviewOfTheUncertain: what stands in two places, or has no place, no
// day or no number, is counted where it says.
func TestOverviewOfTheUncertain(t *testing.T) {
	s := newSite(t)
	anna := s.actor("anna")
	place := func(codes ...string) core.Value {
		var v core.Value
		for _, c := range codes {
			v.Items = append(v.Items, core.Item{Place: &core.Place{Code: c}})
		}
		return v
	}
	date := func(edtf string) core.Value {
		d, err := core.ParseDate(edtf)
		if err != nil {
			t.Fatal(err)
		}
		return core.DateValue(d)
	}
	for _, values := range []core.Values{
		{"places": place("RU-MOW", "BY"), "initial_date": date("2012"), "detained": core.NumberValue(3)},
		{"places": place("RU-MOW"), "initial_date": date("2012-03-05"), "assembly_form": core.TermValue("rally")},
		{"places": core.MissingValue(core.Unknown), "assembly_form": core.TermValue("rally")},
		{"places": place("BY"), "initial_date": date("2012-04-05")},
	} {
		values["title"] = core.NoteValue("ru", "Событие")
		if _, err := s.kernel.Create(context.Background(), anna, kernel.Draft{Type: "event", Circle: s.circle, Values: values}); err != nil {
			t.Fatal(err)
		}
	}
	b := s.as("anna")
	page := b.get("/overview/event?rows=places&columns=assembly_form").want(t, http.StatusOK,
		"Запись может стоять в нескольких строках", "без места: 1 запись", "без даты: 1 запись", "известен только год: 1 запись", "нет числа в 3 записях")
	for _, l := range cellLink.FindAllStringSubmatch(page.body, -1) {
		to := html.UnescapeString(l[1])
		if got, want := s.listed(anna, to), numberIn(t, l[2]); got != want {
			t.Errorf("%s says %d, the list %d", to, want, got)
		}
	}
	if !strings.Contains(page.body, "f.assembly_form=%3F&amp;f.places=BY") {
		t.Error("records of Belarus without a form cannot be opened")
	}
	// Two places and a filter on one: the other's number still opens its own.
	page = b.get("/overview/event?rows=places&columns=&f.places=RU-MOW").want(t, http.StatusOK)
	m := regexp.MustCompile(`Беларусь</span></div></th><td class="num total"><a href="([^"]*)">1</a>`).FindStringSubmatch(page.body)
	if m == nil || s.listed(anna, html.UnescapeString(m[1])) != 1 {
		t.Errorf("Belarus under a filter on Moscow: %v", m)
	}
}
