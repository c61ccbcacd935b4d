package web_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"

	"svod/internal/core"
	"svod/internal/kernel"
)

// lived is a demo site with people, circles, an invite and records in it.
func lived(t *testing.T) *site {
	t.Helper()
	s := newSite(t, func(o *siteOptions) { o.demo = true; o.web.Version = "0.1" })
	ctx, anna := context.Background(), s.actor("anna")
	second, err := s.kernel.CircleCreate(ctx, anna, "Мониторинг собраний")
	if err != nil {
		t.Fatal(err)
	}
	s.join("Гоар Ш.", core.Worker)
	s.join("ნინო", core.Reader)
	org, err := s.kernel.OrganisationCreate(ctx, anna, core.Words{"ru": "Правозащитный центр «Маяк»", "en": "Lighthouse"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.kernel.Invite(ctx, anna, kernel.Invite{Name: "Карим", Organisation: org.ID, Admin: true}); err != nil {
		t.Fatal(err)
	}
	for i, title := range []string{"Одиночный пикет у здания суда", "Обыск в редакции «Полярной звезды»", "Задержания на площади Сахарова"} {
		circle := s.circle
		if i == 2 {
			circle = second.ID
		}
		if _, err := s.kernel.Create(ctx, anna, kernel.Draft{Type: "event", Circle: circle,
			Values: core.Values{"title": core.NoteValue("ru", title)}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := s.kernel.TokenCreate(ctx, anna, "выгрузка для отчёта", 0); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestAccessPagesOnScreen looks at the pages of access without scripts.
func TestAccessPagesOnScreen(t *testing.T) {
	s := lived(t)
	newScreen(t, s.browser()).tour(map[string]string{"sign-in": "/sign-in", "join": "/join"})
	newScreen(t, s.as("anna")).tour(map[string]string{"home": "/", "missing": "/nowhere", "account": "/account",
		"factor": "/account/second-factor", "circles": "/circles", "circle": "/circles/" + string(s.circle), "people": "/people",
		"invite": "/people/invite", "organisations": "/organisations", "ledger": "/ledger", "help": "/help", "style": "/-/style"})
	empty := newSite(t)
	newScreen(t, empty.as("anna")).tour(map[string]string{"home-empty": "/"})
}

// TestScriptIsOptionalAndSmall: with scripts on, "/" goes to the search box and
// a page reports no breach of its own policy.
func TestScriptIsOptionalAndSmall(t *testing.T) {
	s := newSite(t)
	sc := newScreen(t, s.as("anna"))
	sc.open("/help", look{width: 1280, scripts: true})
	got := act(sc, chromedp.Evaluate[string](`(() => {
		document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true}));
		return document.activeElement.id;
	})()`))
	if got != "q-top" {
		t.Errorf("the key / went to %q", got)
	}
}

// TestPrintedPage: what is printed has the content and nothing to click.
func TestPrintedPage(t *testing.T) {
	s := lived(t)
	sc := newScreen(t, s.as("anna"))
	sc.open("/circles/"+string(s.circle), look{width: 794, print: true})
	visible := act(sc, chromedp.Evaluate[[]string](`["header.top", "footer", "button", "a.exit"].filter(q =>
		[...document.querySelectorAll(q)].some(e => e.getBoundingClientRect().height > 0))`))
	if len(visible) > 0 {
		t.Errorf("printed: %v", visible)
	}
	sc.shot("circle-print")
}
