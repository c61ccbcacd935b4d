package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"svod/internal/core"
)

var (
	shownSecret = regexp.MustCompile(`<p class="secret" id="secret">([^<]+)</p>`)
	hiddenField = regexp.MustCompile(`name="(secret|step)" value="([^"]+)"`)
)

// shown is the secret on a page that shows one.
func (a answer) shown(t *testing.T) string {
	t.Helper()
	m := shownSecret.FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("no secret on the page:\n%s", a.body)
	}
	return m[1]
}

// hidden is the value of a hidden field.
func (a answer) hidden(t *testing.T, name string) string {
	t.Helper()
	for _, m := range hiddenField.FindAllStringSubmatch(a.body, -1) {
		if m[1] == name {
			return m[2]
		}
	}
	t.Fatalf("no hidden %s:\n%s", name, a.body)
	return ""
}

// TestInviteAndJoin walks the whole way: invite, open the code, refuse weak and
// different passphrases, join, be a member, and find the code used up.
func TestInviteAndJoin(t *testing.T) {
	s := newSite(t)
	anna := s.as("anna")
	anna.get("/people/invite").want(t, http.StatusOK, "Приёмная")
	made := anna.post("/people/invite", "name", "boris", "circle-"+string(s.circle), "worker", "days", "3").want(t, http.StatusOK)
	code := made.shown(t)
	anna.get("/people").want(t, http.StatusOK, "Приглашения, которых ещё не приняли", "boris").wantNot(t, code)

	b := s.browser()
	b.get("/join").want(t, http.StatusOK, "svod_i_")
	b.post("/join", "code", "svod_i_nonsense").want(t, http.StatusUnprocessableEntity, `id="code-problem"`, `href="#code"`)
	b.post("/join", "code", " "+code[:20]+"\n"+code[20:]+" ").want(t, http.StatusOK, "Ладога", "Приёмная", `value="boris"`)
	b.post("/join/accept", "code", code, "name", "boris", "passphrase", passphrase, "again", "other").
		want(t, http.StatusUnprocessableEntity, `id="again-problem"`).wantNot(t, passphrase)
	b.post("/join/accept", "code", code, "name", "boris", "passphrase", "qwerty", "again", "qwerty").
		want(t, http.StatusUnprocessableEntity, `id="passphrase-problem"`)
	b.post("/join/accept", "code", code, "name", "anna", "passphrase", passphrase, "again", passphrase).
		want(t, http.StatusUnprocessableEntity, "уже занято")
	done := b.post("/join/accept", "code", code, "name", "boris", "passphrase", passphrase, "again", passphrase).want(t, http.StatusSeeOther)
	b.follow(done).want(t, http.StatusOK, "Добро пожаловать", "Приёмная")
	b.get("/").wantNot(t, "Добро пожаловать")
	b.get("/circles/"+string(s.circle)).want(t, http.StatusOK, "участник", "Выйти из круга").wantNot(t, "Добавить человека")
	s.browser().post("/join", "code", code).want(t, http.StatusUnprocessableEntity)
}

func TestRevokedInviteIsUseless(t *testing.T) {
	s := newSite(t)
	anna := s.as("anna")
	code := anna.post("/people/invite", "circle-"+string(s.circle), "reader").shown(t)
	page := anna.get("/people")
	id := regexp.MustCompile(`name="invite" value="([^"]+)"`).FindStringSubmatch(page.body)
	if id == nil {
		t.Fatal("no invite in the list")
	}
	anna.post("/people/invites/revoke", "invite", id[1]).want(t, http.StatusSeeOther)
	s.browser().post("/join", "code", code).want(t, http.StatusUnprocessableEntity)
}

// TestSecondFactor sets it up, signs in with it in two steps, and takes it away.
func TestSecondFactor(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	page := b.get("/account/second-factor").want(t, http.StatusOK, `src="data:image/png;base64,`)
	if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "img-src 'self' data:;") {
		t.Errorf("the picture may not be shown: %s", csp)
	}
	secret := page.hidden(t, "secret")
	b.post("/account/second-factor", "secret", secret, "code", "000000").want(t, http.StatusUnprocessableEntity, `id="code-problem"`)
	at := time.Now()
	b.post("/account/second-factor", "secret", secret, "code", codeAt(t, secret, at)).want(t, http.StatusSeeOther)
	b.get("/account").want(t, http.StatusOK, "Второй фактор включён", "Отключить второй фактор")

	other := s.browser()
	step := other.post("/sign-in", "name", "anna", "passphrase", passphrase, "next", "/circles").
		want(t, http.StatusOK, "Одноразовый код").wantNot(t, passphrase).hidden(t, "step")
	wrong := other.post("/sign-in", "step", step, "code", "000000", "next", "/circles").want(t, http.StatusUnprocessableEntity, `id="code-problem"`)
	// A code works once, so this is the next one; the clock may be a step off.
	a := other.post("/sign-in", "step", wrong.hidden(t, "step"), "code", " "+codeAt(t, secret, at.Add(30*time.Second))+" ", "next", "/circles")
	if to := a.Header.Get("Location"); a.StatusCode != http.StatusSeeOther || to != "/circles" {
		t.Errorf("with the code: %d to %q", a.StatusCode, to)
	}
	// The sealed step of one browser opens nothing in another.
	s.browser().post("/sign-in", "step", step, "code", "123456").want(t, http.StatusUnprocessableEntity, `id="name-problem"`)

	b.post("/account/second-factor/remove", "factor-passphrase", "wrong").want(t, http.StatusUnprocessableEntity, `id="factor-passphrase-problem"`)
	b.post("/account/second-factor/remove", "factor-passphrase", passphrase).want(t, http.StatusSeeOther)
	s.as("anna")
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestChangePassphrase(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	const fresh = "copper window river saddle moth"
	b.post("/account/passphrase", "old", "wrong", "passphrase", fresh, "again", fresh).want(t, http.StatusUnprocessableEntity, `id="old-problem"`)
	b.post("/account/passphrase", "old", passphrase, "passphrase", fresh, "again", "x").want(t, http.StatusUnprocessableEntity, `id="again-problem"`)
	a := b.post("/account/passphrase", "old", passphrase, "passphrase", fresh, "again", fresh).want(t, http.StatusSeeOther)
	b.follow(a).want(t, http.StatusOK, "Парольная фраза изменена.")
	s.browser().post("/sign-in", "name", "anna", "passphrase", passphrase).want(t, http.StatusUnprocessableEntity)
	s.browser().post("/sign-in", "name", "anna", "passphrase", fresh).want(t, http.StatusSeeOther)
}

func TestTokens(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	b.post("/account/tokens", "label", " ").want(t, http.StatusUnprocessableEntity, `id="label-problem"`)
	token := b.post("/account/tokens", "label", "отчёт", "days", "30").want(t, http.StatusOK, "отчёт").shown(t)
	if _, err := s.kernel.OpenToken(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	page := b.get("/account").want(t, http.StatusOK, "отчёт").wantNot(t, token)
	id := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(page.body)
	b.post("/account/tokens/revoke", "token", id[1]).want(t, http.StatusSeeOther)
	if _, err := s.kernel.OpenToken(t.Context(), token); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("a revoked token opens: %v", err)
	}
}

func TestSessions(t *testing.T) {
	s := newSite(t)
	one := s.browser()
	one.header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
	one.post("/sign-in", "name", "anna", "passphrase", passphrase).want(t, http.StatusSeeOther)
	two := s.as("anna")
	page := two.get("/account").want(t, http.StatusOK, "Firefox, Linux", "это устройство")
	ids := regexp.MustCompile(`name="session" value="([^"]+)"`).FindAllStringSubmatch(page.body, -1)
	if len(ids) != 1 {
		t.Fatalf("%d other sessions, want 1", len(ids))
	}
	two.post("/account/sessions/end", "session", ids[0][1]).want(t, http.StatusSeeOther)
	one.get("/account").want(t, http.StatusSeeOther)
	two.get("/account").want(t, http.StatusOK, "Сеанс завершён.")
	three := s.as("anna")
	two.post("/account/lock").want(t, http.StatusSeeOther)
	three.get("/account").want(t, http.StatusSeeOther)
}

func TestQuickExit(t *testing.T) {
	s := newSite(t, func(o *siteOptions) { o.web.ExitURL = "https://weather.example/" })
	b := s.as("anna")
	secret := ""
	for _, c := range b.client.Jar.Cookies(b.get("/").Request.URL) {
		secret = c.Value
	}
	a := b.get("/exit").want(t, http.StatusSeeOther)
	if to := a.Header.Get("Location"); to != "https://weather.example/" {
		t.Errorf("exit leads to %q", to)
	}
	if c := a.Header.Get("Clear-Site-Data"); !strings.Contains(c, `"cookies"`) || !strings.Contains(c, `"cache"`) {
		t.Errorf("Clear-Site-Data is %q", c)
	}
	if _, err := s.kernel.Open(t.Context(), secret); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("the session goes on: %v", err)
	}
	s.browser().get("/exit").want(t, http.StatusSeeOther)
}

func TestLanguage(t *testing.T) {
	s := newSite(t)
	b := s.browser()
	for accept, lang := range map[string]string{"en-GB,ru;q=0.5": "en", "uk": "ru", "fr": "ru", "": "ru", "de,en;q=0.1": "en"} {
		b.header.Set("Accept-Language", accept)
		b.get("/sign-in").want(t, http.StatusOK, `<html lang="`+lang+`">`)
	}
	b.post("/language", "lang", "en", "back", "/sign-in").want(t, http.StatusSeeOther)
	b.header.Set("Accept-Language", "ru")
	b.get("/sign-in").want(t, http.StatusOK, `<html lang="en">`, "Passphrase")
	if to := b.post("/language", "lang", "ru", "back", "//evil.example").Header.Get("Location"); to != "/" {
		t.Errorf("the language form leads to %q", to)
	}
	anna := s.as("anna")
	anna.post("/language", "lang", "en", "back", "/help").want(t, http.StatusSeeOther)
	s.as("anna").get("/help").want(t, http.StatusOK, `<html lang="en">`)
}

// TestFlashNeedsItsSession: a planted cookie says nothing.
func TestFlashNeedsItsSession(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	b.header.Set("Cookie", "svod_flash=flash.circle_left~AAAA")
	b.get("/help").wantNot(t, "Вы вышли из круга")
}

// TestTitlesTellNothing: no name of a circle or a person in a <title>.
func TestTitlesTellNothing(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	title := regexp.MustCompile(`<title>([^<]*)</title>`)
	for _, path := range []string{"/", "/circles/" + string(s.circle), "/people", "/account", "/organisations"} {
		m := title.FindStringSubmatch(b.get(path).body)
		if m == nil || strings.Contains(m[1], "Приёмная") || strings.Contains(m[1], "anna") || strings.Contains(m[1], "Ладога") {
			t.Errorf("%s: title %q", path, m)
		}
	}
}
