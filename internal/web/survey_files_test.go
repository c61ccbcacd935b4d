package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"svod/internal/core"
	"svod/internal/kernel"
)

// withSecret enters an event with a sealed organiser.
func (s *site) withSecret(title, organiser string) {
	s.t.Helper()
	_, err := s.kernel.Create(context.Background(), s.actor("anna"), kernel.Draft{Type: "event", Circle: s.circle, Values: core.Values{
		"title": core.NoteValue("ru", title), "organiser": core.TextValue(organiser), "assembly_form": core.TermValue("rally")}})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestExport(t *testing.T) {
	s := newSite(t)
	s.facts(30)
	s.withSecret("=опасное название", "Тайный Организатор")
	b := s.as("anna")
	page := b.get("/export/event?f.assembly_form=rally").want(t, http.StatusOK, "Форма акции", "Митинг", "Запечатанные поля")
	form := page.formIn(t, "/export/event")
	if form.Get("f.assembly_form") != "rally" || form.Get("sealed") != "" {
		t.Errorf("form: %v", form)
	}
	list := s.listed(s.actor("anna"), "/list/event?f.assembly_form=rally")
	form.Set("format", "csv")
	csv := b.send("/export/event", form).want(t, http.StatusOK, "\ufeff", "опасное название").wantNot(t, "Тайный Организатор", ";=опасное", "\n=опасное")
	rows, err := readSemicolons(csv.body)
	if err != nil || len(rows) != list+1 {
		t.Errorf("%d rows for %d records, %v", len(rows)-1, list, err)
	}
	if d := csv.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename=event-") {
		t.Errorf("disposition %q", d)
	}
	form.Set("sealed", "1")
	b.send("/export/event", form).want(t, http.StatusUnprocessableEntity, "Напишите, зачем")
	form.Set("reason", "для адвоката")
	b.send("/export/event", form).want(t, http.StatusOK, "Тайный Организатор")
	form.Set("format", "csv-cp1251")
	text, err := charmap.Windows1251.NewDecoder().String(b.send("/export/event", form).want(t, http.StatusOK).body)
	if err != nil || !strings.Contains(text, "опасное название") {
		t.Errorf("windows-1251: %v", err)
	}
	for format, member := range map[string]string{"xlsx": "xl/workbook.xml", "esf": ""} {
		form.Set("format", format)
		body := b.send("/export/event", form).want(t, http.StatusOK).body
		z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
		if err != nil {
			t.Errorf("%s: %v", format, err)
			continue
		}
		if _, err := z.Open(member); member != "" && err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
	form.Set("format", "jsonl")
	for _, line := range strings.Split(strings.TrimSpace(b.send("/export/event", form).body), "\n") {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %.80s", line)
		}
	}
	form.Set("format", "csv")
	form["field"] = []string{"title"}
	form.Del("sealed")
	b.send("/export/event", form).want(t, http.StatusOK, "Название").wantNot(t, "Форма акции")
	form.Set("format", "pdf")
	b.send("/export/event", form).want(t, http.StatusUnprocessableEntity)
	b.get("/export/nothing").want(t, http.StatusNotFound)
	s.join("boris", "")
	boris := s.as("boris")
	form = boris.get("/export/event").want(t, http.StatusOK, "0 записей", "disabled").formIn(t, "/export/event")
	form.Set("format", "csv")
	boris.send("/export/event", form).want(t, http.StatusOK).wantNot(t, "Событие OVD")
}

// TestExportJob takes a large export through the pages of its job.
func TestExportJob(t *testing.T) {
	s := newSite(t)
	s.withSecret("Одно событие", "Никто")
	s.join("boris", core.Reader)
	b, anna := s.as("anna"), s.actor("anna")
	job, err := s.kernel.ExportStart(context.Background(), anna, kernel.ExportPlan{Find: kernel.FindQuery{Type: "event"}, Format: "csv", Lang: "ru"})
	if err != nil {
		t.Fatal(err)
	}
	done := b.wait("/jobs/"+string(job.ID)).want(t, http.StatusOK, "готово", "Скачать файл")
	_ = done
	b.get("/jobs").want(t, http.StatusOK, "Выгрузка", "Скачать файл")
	file := b.get("/jobs/"+string(job.ID)+"/file").want(t, http.StatusOK, "Одно событие")
	if !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment; filename=event-") {
		t.Errorf("disposition %q", file.Header.Get("Content-Disposition"))
	}
	s.as("boris").get("/jobs/"+string(job.ID)+"/file").want(t, http.StatusNotFound)
	b.get("/jobs/not-an-id").want(t, http.StatusNotFound)
}

func TestVocabulary(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	b.get("/vocabularies").want(t, http.StatusOK, "Форма акции", "заполняет организация")
	b.get("/vocabularies/mt61").want(t, http.StatusOK, "Здесь пока пусто")
	b.upload("/vocabularies/mt61", "own.csv", []byte("code,ru\nabc,Плохой код\n")).want(t, http.StatusUnprocessableEntity, "строка 2")
	trial := b.upload("/vocabularies/mt61", "own.csv", []byte("code,term,ru,en,parent\n010000000000,Squares,Площади,Squares,\n010100000000,Bolotnaya,Болотная,Bolotnaya,010000000000\n")).
		want(t, http.StatusOK, "Что изменится", "Болотная", "<b>2</b><span>добавится</span>")
	if s.kernel.Packs().Term("mt61", "010100000000") != nil {
		t.Fatal("a preview wrote terms")
	}
	form := trial.formIn(t, "/vocabularies/mt61/adopt")
	s.join("boris", core.Worker)
	s.as("boris").send("/vocabularies/mt61/adopt", form).want(t, http.StatusForbidden)
	b.send("/vocabularies/mt61/adopt", form).want(t, http.StatusSeeOther)
	b.get("/vocabularies/mt61").want(t, http.StatusOK, "Болотная", "2 термина")
	cp1251, err := charmap.Windows1251.NewEncoder().String("code;term;ru\n010200000000;Triumfalnaya;Триумфальная\n")
	if err != nil {
		t.Fatal(err)
	}
	b.upload("/vocabularies/mt61", "own.csv", []byte(cp1251)).want(t, http.StatusOK, "Триумфальная")
	s.as("boris").get("/vocabularies/mt61").want(t, http.StatusOK, "администратор организации")
	b.get("/vocabularies/mt99").want(t, http.StatusNotFound)
}
