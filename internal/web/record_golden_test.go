package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// What differs between two runs: ids, numbers made of them, the present day.
var changing = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`), "ID"},
	{regexp.MustCompile(`\b[A-Z]{3}-[0-9a-f]{8}\b`), "NUMBER"},
	{regexp.MustCompile(`datetime="[^"]*"`), `datetime="NOW"`},
	{regexp.MustCompile(`\d{1,2}[ \x{a0}]\p{L}+ 20(2[6-9]|[3-9]\d)([ \x{a0}]г\.)?(, \d\d:\d\d)?`), "NOW"},
}

// TestGoldenRecordPages holds what is between <main> and </main> of the pages
// of records, in both languages, to the files that were read by a person.
func TestGoldenRecordPages(t *testing.T) {
	s, event, person := recorded(t)
	b := s.as("anna")
	for _, lang := range []string{"ru", "en"} {
		b.post("/language", "lang", lang, "back", "/").want(t, http.StatusSeeOther)
		for name, path := range map[string]string{"list": "/list/event?f.initial_date=2012", "event": "/record/" + string(event),
			"person": "/record/" + string(person), "history": "/record/" + string(event) + "/history", "share": "/record/" + string(event) + "/share"} {
			_, page, _ := strings.Cut(b.get(path).want(t, http.StatusOK).body, "<main")
			page, _, _ = strings.Cut(page, "</main>")
			for _, c := range changing {
				page = c.find.ReplaceAllString(page, c.put)
			}
			golden(t, "record_"+name+"."+lang, "<main"+page+"</main>\n")
		}
	}
}
