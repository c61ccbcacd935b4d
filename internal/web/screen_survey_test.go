package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"svod/internal/kernel"
)

// TestSurveyPagesOnScreen looks at the pages about many records.
func TestSurveyPagesOnScreen(t *testing.T) {
	s := newSite(t, func(o *siteOptions) { o.demo = true })
	s.facts(463)
	b := s.as("anna")
	_, done := s.imported(b, "detentions-2012.csv", []byte(ugly2))
	job, err := s.kernel.ExportStart(context.Background(), s.actor("anna"), kernel.ExportPlan{Find: kernel.FindQuery{Type: "event"}, Format: "csv"})
	if err != nil {
		t.Fatal(err)
	}
	b.wait("/jobs/" + string(job.ID))
	c := newScreen(t, b)
	c.tour(map[string]string{
		"overview":     "/overview/event",
		"overview-two": "/overview/event?rows=assembly_topic&columns=initial_date%3Ayear&f.places=RU&of=sum",
		"overview-no":  "/overview/person",
		"import":       "/import", "import-done": done, "jobs": "/jobs", "job": "/jobs/" + string(job.ID),
		"export": "/export/event?f.assembly_form=rally", "vocabularies": "/vocabularies", "vocabulary": "/vocabularies/assembly_topic",
	})
	c.open("/overview/event", look{width: 900, print: true})
	c.shot("overview-print")
	b.post("/language", "lang", "en", "back", "/").want(t, http.StatusSeeOther)
	c.tour(map[string]string{"overview-en": "/overview/event?rows=initial_date%3Amonth&columns=notified", "import-en": "/import", "export-en": "/export/event",
		"import-done-en": done, "job-en": "/jobs/" + string(job.ID), "vocabulary-en": "/vocabularies/mt61"})
}

const ugly2 = "Название;Дата;Регион;Форма акции;Задержано\nМитинг у прокуратуры;06.05.2012;Москва;митинг;около 20\nПикет у консульства;май 2012;Воронежская область;пикет;3\n"

// TestWizardOnScreen walks the wizard by hand, without scripts.
func TestWizardOnScreen(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	content := ugly + strings.Repeat("Третья акция с очень длинным названием, в котором много слов;31.12.2011;шествие;20–30 чел.\n", 8)
	to := b.upload("/import", "detentions-2012.csv", []byte(content), "type", "event", "circle", string(s.circle)).Header.Get("Location")
	if to == "" {
		t.Fatal("not staged")
	}
	b.get(to).want(t, http.StatusOK)
	c := newScreen(t, b)
	for _, l := range []struct {
		suffix string
		look
	}{{"320", look{width: 320}}, {"390", look{width: 390}}, {"wide", look{width: 1280}}, {"dark", look{width: 1280, dark: true}}} {
		c.open(to, l.look)
		for _, next := range []struct{ name, press string }{
			{"wizard-2", `button[formaction$="/columns"]`}, {"wizard-3", `form[action$="/trial"] .actions button:not([formaction])`}, {"wizard-4", ""}} {
			if pixels, culprit := c.overflow(); pixels > 0 {
				t.Errorf("%s at %s: %d px too wide: %s", next.name, l.suffix, pixels, culprit)
			}
			for _, fault := range c.faults() {
				t.Errorf("%s at %s: %s", next.name, l.suffix, fault)
			}
			c.shot(next.name + "-" + l.suffix)
			if next.press != "" {
				c.press(next.press)
			}
		}
	}
}

// press clicks what the selector finds first and waits for the page it leads to.
func (s *screen) press(selector string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, 30*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(selector)); err != nil {
		s.t.Fatalf("%s: %v", selector, err)
	}
}
