package kernel_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/text"
)

// preview stages a table and plans its import.
func (h *house) preview(content, typ string) kernel.ImportPreview {
	h.t.Helper()
	p, err := h.ImportPreview(h.ctx, h.anna, h.stage("list.csv", []byte(content), typ))
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func (h *house) dryRun(plan kernel.ImportPlan) kernel.ImportReport {
	h.t.Helper()
	r, err := h.ImportDryRun(h.ctx, h.anna, plan)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func TestHeadingsFindTheirFields(t *testing.T) {
	h := newHouse(t)
	tests := []struct{ typ, headings, row, want string }{
		{"event", "Id;date;event_type;event_type_eng;description;description_eng", "1;2012-05-06;митинг;Rally;Сход;Gathering",
			"@id,initial_date,assembly_form,,title/ru,title/en"},
		{"event", "№ п/п;Дaта cобытия;Нaзвание;Описание;Субъект РФ;Mесто", "1;06.05.2012;Сход;Долгий рассказ;Москва;Болотная",
			"@id,initial_date,title/ru,description/ru,places,location"},
		{"event", "title;description", "Rally at the square;They came", "title/en,description/en"},
		{"event", "Название [ru];Название [en];Место: место", "Сход;Gathering;у фонтана", "title/ru,title/en,location.local"},
		{"event", "0113;0102;0111", "2012-05-06;Сход;RU-MOW", "initial_date,title/ru,places"},
		{"event", "когда это было;Название", "06.05.2012;Сход", "initial_date,title/ru"}, // by its content
		{"person", "Фамилия;Имя;Отчество;Дата рождения", "Щербаков;Дмитрий;Павлович;14.03.1988",
			"name.family,name.given,name.patronymic,birth_date"},
		{"person", "ФИО;name_en;Пол", "Щербаков Дмитрий;Dmitry Shcherbakov;мужской", "name,name,sex"},
	}
	for _, tt := range tests {
		p := h.preview(tt.headings+"\n"+tt.row+"\n", tt.typ)
		var got []string
		for _, c := range p.Plan.Columns {
			s := c.Field
			if c.Lang != "" {
				s += "/" + c.Lang
			}
			got = append(got, s)
		}
		if s := strings.Join(got, ","); s != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.headings, s, tt.want)
		}
	}
}

func TestNamesAreSplitOnlyWhereTheWordsProveIt(t *testing.T) {
	h := newHouse(t)
	tests := []struct{ cell, family, given, patronymic string }{
		{"Щербаков Дмитрий Павлович", "Щербаков", "Дмитрий", "Павлович"},
		{"Дмитрий Павлович Щербаков", "Щербаков", "Дмитрий", "Павлович"},
		{"Анна Петровна", "", "Анна", "Петровна"},
		{"Алиева Лейла Рашид кызы", "Алиева", "Лейла", "Рашид кызы"},
		{"Анна Политковская", "Политковская", "Анна", ""},
		{"Shcherbakov, Dmitry", "Shcherbakov", "Dmitry", ""},
		{"Ян Ли", "", "", ""},
		{"Инициативная группа", "", "", ""},
	}
	list := "№;ФИО\n"
	for i, tt := range tests {
		list += string(rune('1'+i)) + `;"` + tt.cell + "\"\n"
	}
	p := h.preview(list, "person")
	if _, err := h.ImportNow(h.ctx, h.anna, p.Plan, nil); err != nil {
		t.Fatal(err)
	}
	f, err := h.Find(h.ctx, h.anna, kernel.FindQuery{Type: "person", Full: true, Sort: "updated"})
	if err != nil || f.Total != len(tests) {
		t.Fatalf("%v %d", err, f.Total)
	}
	got := map[string]core.Name{}
	for _, it := range f.Items {
		n := *it.Values["name"].First().Name
		got[n.Full] = n
	}
	for _, tt := range tests {
		n := got[strings.ReplaceAll(tt.cell, ",", "")]
		if n.Family != tt.family || n.Given != tt.given || n.Patronymic != tt.patronymic || n.Script == "" {
			t.Errorf("%s: %+v", tt.cell, n)
		}
	}
}

func TestUnknownTermsAreNamedAndMapped(t *testing.T) {
	h := newHouse(t)
	p := h.preview("Название;Форма\nА;митинг\nБ;велопарад\nВ;велопарад\nГ;прочерк\n", "event")
	if len(p.Unknown) != 2 || p.Unknown[0].Text != "велопарад" || p.Unknown[0].Count != 2 || p.Unknown[0].Field != "assembly_form" {
		t.Fatalf("unknown: %+v", p.Unknown)
	}
	r := h.dryRun(p.Plan)
	if r.Refused != 3 || len(r.Unknown) != 2 || r.Unknown[0].Count != 2 {
		t.Errorf("refused %d, unknown %+v", r.Refused, r.Unknown)
	}
	p.Plan.Columns[1].Terms = map[string]string{"велопарад": "vehicle-run", "прочерк": ""}
	if r = h.dryRun(p.Plan); r.Refused != 0 || r.New != 4 || len(r.Unknown) != 0 {
		t.Errorf("mapped: %+v", r)
	}
	m, err := h.MappingSave(h.ctx, h.anna, kernel.Mapping{Name: "Список фонда", Type: "event", Columns: p.Plan.Columns})
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.Mappings(h.ctx, h.anna)
	if err != nil || len(all) != 1 || all[0].Columns[1].Terms["велопарад"] != "vehicle-run" || all[0].ID != m.ID {
		t.Errorf("%v %+v", err, all)
	}
	boris := h.join("boris", core.Worker, h.circle)
	if err := h.MappingDelete(h.ctx, boris, m.ID); core.KindOf(err) != core.KindNotFound {
		t.Errorf("somebody else deletes it: %v", err)
	}
	if err := h.MappingDelete(h.ctx, h.anna, m.ID); err != nil {
		t.Error(err)
	}
}

func TestRequiredFieldsCanBeSaidToBeUnknown(t *testing.T) {
	h := newHouse(t)
	p := h.preview("Дата;Название;Задержано\n06.05.2012;;436\n12.06.2017;Прогулка;866\n07.05.2012;н/д;120\n", "event")
	if r := h.dryRun(p.Plan); r.Refused != 1 || r.New != 2 {
		t.Errorf("%+v", r)
	}
	p.Plan.EmptyAs = core.Unknown
	if r := h.dryRun(p.Plan); r.Refused != 0 || r.New != 3 || r.Sum.Value != 1422 {
		t.Errorf("%+v", r)
	}
	rows, err := h.ImportRows(h.ctx, h.anna, p.Plan, 3, 1)
	if err != nil || len(rows) != 1 || rows[0].Row != 3 || rows[0].Title != "Прогулка" {
		t.Errorf("%v %+v", err, rows)
	}
}

func TestOnlyWorkersOfTheCircleImport(t *testing.T) {
	h := newHouse(t)
	plan := h.stage("a.csv", []byte(listOne), "event")
	reader := h.join("boris", core.Reader, h.circle)
	outsider := h.join("vera", core.Reader)
	for _, tt := range []struct {
		who  core.Actor
		want core.Kind
	}{{reader, core.KindForbidden}, {outsider, core.KindNotFound}} {
		s, err := h.Stage(h.ctx, tt.who, "a.csv", bytesReader([]byte(listOne)))
		if err != nil {
			t.Fatal(err)
		}
		own := kernel.ImportPlan{Stage: s.ID, Type: "event", Circle: h.circle}
		if _, err := h.ImportDryRun(h.ctx, tt.who, own); core.KindOf(err) != tt.want {
			t.Errorf("dry run: %v", err)
		}
		if _, err := h.ImportCommit(h.ctx, tt.who, own); core.KindOf(err) != tt.want {
			t.Errorf("commit: %v", err)
		}
	}
	worker := h.join("gleb", core.Worker, h.circle)
	if _, err := h.ImportPreview(h.ctx, worker, plan); core.KindOf(err) != core.KindNotFound {
		t.Errorf("somebody else's upload: %v", err)
	}
	info := h.mustImport("b.csv", listOne, "event")
	if _, err := h.ImportUndo(h.ctx, reader, info.ID, ""); core.KindOf(err) != core.KindForbidden {
		t.Errorf("a reader undoes: %v", err)
	}
	if _, err := h.Import(h.ctx, outsider, info.ID); core.KindOf(err) != core.KindNotFound {
		t.Errorf("an outsider sees the import: %v", err)
	}
	if got, err := h.Import(h.ctx, reader, info.ID); err != nil || got.Name != "b.csv" {
		t.Errorf("a member: %v %+v", err, got)
	}
	job, err := h.ImportUndo(h.ctx, worker, info.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	h.wait(worker, job.ID)
	if n := h.count(h.anna, kernel.FindQuery{}); n != 0 {
		t.Errorf("%d left", n)
	}
}

// TestEveryMessageHasItsWords finds the keys in the source, so that none is
// forgotten in the catalogue.
func TestEveryMessageHasItsWords(t *testing.T) {
	c, err := text.Load(kernel.Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range c.Check() {
		t.Error(e)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`"((?:import|export|hint)\.[a-z_]+)"`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(b), -1) {
			if !c.Has("ru", m[1]) || !c.Has("en", m[1]) {
				t.Errorf("%s: %s has no words", file, m[1])
			}
		}
	}
}
