package web_test

import (
	"net/http"
	"testing"
)

func TestSignIn(t *testing.T) {
	s := newSite(t)
	b := s.browser()
	b.get("/").want(t, http.StatusSeeOther)
	b.get("/sign-in").want(t, http.StatusOK, "Парольная фраза", `lang="ru"`)
	b.post("/sign-in", "name", "anna", "passphrase", "wrong wrong wrong").
		want(t, http.StatusUnprocessableEntity, "Имя или парольная фраза не подходят", `value="anna"`).wantNot(t, "wrong wrong")
	a := b.post("/sign-in", "name", "anna", "passphrase", passphrase, "next", "/ledger").want(t, http.StatusSeeOther)
	if to := a.Header.Get("Location"); to != "/ledger" {
		t.Errorf("sign-in leads to %q", to)
	}
	b.get("/").want(t, http.StatusOK, "Приёмная")
}
