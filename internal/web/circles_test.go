package web_test

import (
	"net/http"
	"strings"
	"testing"

	"svod/internal/core"
)

func TestCircle(t *testing.T) {
	s := newSite(t)
	boris := s.join("boris", "")
	anna := s.as("anna")
	made := anna.post("/circles", "circle", "Мониторинг").want(t, http.StatusSeeOther)
	url := made.Header.Get("Location")
	anna.follow(made).want(t, http.StatusOK, "Круг создан.", "Мониторинг")
	anna.post("/circles", "circle", "  ").want(t, http.StatusUnprocessableEntity, `id="circle-problem"`)

	anna.post(url+"/members", "name", "никто", "role", "worker").want(t, http.StatusUnprocessableEntity, `id="name-problem"`, `value="никто"`)
	anna.post(url+"/members", "name", "boris", "role", "emperor").want(t, http.StatusUnprocessableEntity, `id="role-problem"`)
	anna.post(url+"/members", "name", " boris ", "role", "reader").want(t, http.StatusSeeOther)
	b := s.as("boris")
	b.get(url).want(t, http.StatusOK, "читатель").wantNot(t, "Добавить человека")
	b.post(url+"/name", "circle", "Чужое").want(t, http.StatusForbidden, "распорядитель")

	anna.post(url+"/role", "person", string(boris.Person), "role", "worker").want(t, http.StatusSeeOther)
	b.get(url).want(t, http.StatusOK, "участник")
	anna.post(url+"/role", "person", string(s.actor("anna").Person), "role", "reader").want(t, http.StatusUnprocessableEntity, "последний распорядитель")

	anna.post(url+"/name", "circle", "Собрания").want(t, http.StatusSeeOther)
	anna.post(url+"/close", "closed", "yes").want(t, http.StatusSeeOther)
	b.get(url).want(t, http.StatusOK, "Собрания", "закрыт")
	anna.post(url+"/close", "closed", "no").want(t, http.StatusSeeOther)
	b.get(url).wantNot(t, "chip warn")

	anna.post(url+"/remove", "person", string(boris.Person)).want(t, http.StatusSeeOther)
	b.get(url).want(t, http.StatusNotFound)
	anna.get(url).want(t, http.StatusOK, "2-е поколение")
}

func TestLeaveCircle(t *testing.T) {
	s := newSite(t)
	boris := s.join("boris", core.Reader)
	b := s.as("boris")
	a := b.post("/circles/"+string(s.circle)+"/remove", "person", string(boris.Person)).want(t, http.StatusSeeOther)
	b.follow(a).want(t, http.StatusOK, "Вы вышли из круга.", "Вы пока не состоите ни в одном круге")
}

// TestAdminOutsideCircle: an administrator knows that a circle exists, and
// nothing from inside it.
func TestAdminOutsideCircle(t *testing.T) {
	s := newSite(t)
	s.join("boris", core.Steward)
	anna, b := s.as("anna"), s.as("boris")
	url := "/circles/" + string(s.circle)
	b.post(url+"/remove", "person", string(s.actor("anna").Person)).want(t, http.StatusSeeOther)
	anna.get(url).want(t, http.StatusOK, "Вы не состоите в этом круге").wantNot(t, "boris")
	anna.get("/circles").want(t, http.StatusOK, "вы не состоите")
	anna.get("/").want(t, http.StatusOK, "вы не состоите")
}

func TestPeople(t *testing.T) {
	s := newSite(t)
	boris := s.join("boris", core.Worker)
	anna, b := s.as("anna"), s.as("boris")
	b.get("/people").want(t, http.StatusOK, "anna", "администратор").wantNot(t, "Закрыть доступ", "Пригласить человека")
	b.post("/people/remove", "person", string(s.actor("anna").Person)).want(t, http.StatusNotFound)
	anna.post("/people/remove", "person", string(s.actor("anna").Person)).want(t, http.StatusUnprocessableEntity, "Себя удалить нельзя")
	a := anna.post("/people/remove", "person", string(boris.Person)).want(t, http.StatusSeeOther)
	anna.follow(a).want(t, http.StatusOK, "Доступ закрыт").wantNot(t, "<bdi>boris</bdi>")
	b.get("/").want(t, http.StatusSeeOther)
}

func TestOrganisations(t *testing.T) {
	s := newSite(t)
	s.join("boris", core.Worker)
	s.as("boris").get("/organisations").want(t, http.StatusForbidden)
	anna := s.as("anna")
	anna.post("/organisations", "name-ru", " ").want(t, http.StatusUnprocessableEntity, "organisation-problem")
	anna.post("/organisations", "name-ru", "Маяк", "name-en", "Lighthouse").want(t, http.StatusSeeOther)
	anna.get("/organisations").want(t, http.StatusOK, "Маяк")
	anna.get("/people/invite").want(t, http.StatusOK, "Маяк")
}

func TestLedger(t *testing.T) {
	s := newSite(t)
	for range 12 { // each sign-in is an entry
		s.actor("anna")
		s.as("anna")
	}
	b := s.as("anna")
	b.get("/ledger").want(t, http.StatusOK, "Контрольная точка", "Состав круга", "svod/")
	a := b.get("/ledger/checkpoint").want(t, http.StatusOK, "svod/")
	if d := a.Header.Get("Content-Disposition"); !strings.Contains(d, "svod-checkpoint-") {
		t.Errorf("Content-Disposition is %q", d)
	}
	b.post("/ledger/verify").want(t, http.StatusOK, "Журнал, версии, доступы и файлы сходятся")
	b.get("/ledger?before=3").want(t, http.StatusOK, "№ 2<", "К новым").wantNot(t, "№ 3<")
	b.get("/ledger?before=nonsense").want(t, http.StatusOK)
}
