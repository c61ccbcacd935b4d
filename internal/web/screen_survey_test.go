package web_test

import "testing"

// TestSurveyPagesOnScreen looks at the pages about many records.
func TestSurveyPagesOnScreen(t *testing.T) {
	s := newSite(t, func(o *siteOptions) { o.demo = true })
	s.facts(463)
	c := newScreen(t, s.as("anna"))
	c.tour(map[string]string{"overview": "/overview/event", "overview-two": "/overview/event?rows=assembly_topic&columns=initial_date%3Ayear&f.places=RU&of=sum"})
	c.open("/overview/event", look{width: 900, print: true})
	c.shot("overview-print")
}
