package web_test

import (
	"bytes"
	"context"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"svod/internal/core"
	"svod/internal/sheet"
)

// upload sends a file with a form's other inputs before it.
func (b *browser) upload(path, name string, content []byte, pairs ...string) answer {
	b.s.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			b.s.t.Fatal(err)
		}
	}
	f, err := w.CreateFormFile("file", name)
	if err != nil {
		b.s.t.Fatal(err)
	}
	if _, err := f.Write(content); err != nil {
		b.s.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.s.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, b.s.URL+path, &body)
	if err != nil {
		b.s.t.Fatal(err)
	}
	r.Header = b.header.Clone()
	r.Header.Set("Content-Type", w.FormDataContentType())
	resp, err := b.client.Do(r)
	if err != nil {
		b.s.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.s.t.Fatal(err)
	}
	return answer{Response: resp, body: string(text)}
}

var (
	formTag   = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag  = regexp.MustCompile(`<input[^>]*>`)
	selectTag = regexp.MustCompile(`(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>`)
	optionTag = regexp.MustCompile(`<option value="([^"]*)"( selected)?`)
)

func attribute(tag, name string) string {
	m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

// formIn is what a browser without scripts would send from the form of a page
// that goes to the address.
func (a answer) formIn(t *testing.T, action string) url.Values {
	t.Helper()
	for _, f := range formTag.FindAllStringSubmatch(a.body, -1) {
		if html.UnescapeString(f[1]) != action {
			continue
		}
		out := url.Values{}
		for _, in := range inputTag.FindAllString(f[2], -1) {
			name, kind := attribute(in, "name"), attribute(in, "type")
			if name == "" || (kind == "checkbox" || kind == "radio") && !strings.Contains(in, " checked") {
				continue
			}
			out.Add(name, attribute(in, "value"))
		}
		for _, s := range selectTag.FindAllStringSubmatch(f[2], -1) {
			value, first := "", true
			for _, o := range optionTag.FindAllStringSubmatch(s[2], -1) {
				if first || o[2] != "" {
					value = html.UnescapeString(o[1])
				}
				first = false
			}
			out.Set(s[1], value)
		}
		return out
	}
	t.Fatalf("no form to %s in\n%s", action, a.body)
	return nil
}

func (b *browser) send(path string, form url.Values) answer {
	b.s.t.Helper()
	return b.do(http.MethodPost, path, strings.NewReader(form.Encode()))
}

// wait follows a job to its end.
func (b *browser) wait(to string) answer {
	b.s.t.Helper()
	for range 200 {
		a := b.get(to)
		if a.Header.Get("Refresh") == "" {
			return a
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.s.t.Fatal("the job does not end")
	return answer{}
}

func tortureFiles(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", "torture", "*.csv"))
	if err == nil && len(list) > 0 {
		return list
	}
	if os.Getenv("SVOD_REQUIRE") == "all" {
		t.Fatal("the torture files are not here")
	}
	t.Skip("the torture files are not here")
	return nil
}

// TestImportOfTortureFiles walks the wizard as a browser without scripts does,
// taking every guess, for every ugly file.
func TestImportOfTortureFiles(t *testing.T) {
	for _, name := range tortureFiles(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			s := newSite(t)
			b := s.as("anna")
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			staged := b.upload("/import", filepath.Base(name), content, "type", "event", "circle", string(s.circle)).want(t, http.StatusSeeOther)
			to := staged.Header.Get("Location")
			base, _, _ := strings.Cut(to, "?")
			reading := b.get(to).want(t, http.StatusOK, "228", "Первые строки")
			columns := b.send(base+"/columns", reading.formIn(t, base)).want(t, http.StatusOK, "Узнано столбцов")
			trial := b.send(base+"/trial", columns.formIn(t, base+"/trial")).want(t, http.StatusOK, "<b>228</b><span>Строк</span>", "<b>5\u00a0169</b>")
			if strings.Contains(trial.body, "Записать пока нельзя") {
				t.Fatalf("refused: %s", trial.body)
			}
		})
	}
}

// imported walks one file through the wizard and commits it.
func (s *site) imported(b *browser, file string, content []byte) (done answer, address string) {
	s.t.Helper()
	to := b.upload("/import", file, content, "type", "event", "circle", string(s.circle)).Header.Get("Location")
	base, _, _ := strings.Cut(to, "?")
	columns := b.send(base+"/columns", b.get(to).formIn(s.t, base))
	trial := b.send(base+"/trial", columns.formIn(s.t, base+"/trial"))
	job := b.send(base+"/commit", trial.formIn(s.t, base+"/commit"))
	if job.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("commit: %d\n%s", job.StatusCode, job.body)
	}
	over := b.wait(job.Header.Get("Location"))
	m := regexp.MustCompile(`href="(/import/done/[^"]*)"`).FindStringSubmatch(over.body)
	if m == nil {
		s.t.Fatalf("no result:\n%s", over.body)
	}
	return b.get(m[1]), m[1]
}

func TestImportAndUndo(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	content := sharedFile(t, "torture", "01_cp1251_semicolon_crlf.csv")
	done, address := s.imported(b, "аресты.csv", content)
	done.want(t, http.StatusOK, "завершён", "<b>228</b>")
	m := regexp.MustCompile(`href="(/list/event\?[^"]*)"`).FindStringSubmatch(done.body)
	if m == nil || s.listed(s.actor("anna"), html.UnescapeString(m[1])) != 228 {
		t.Errorf("the records of the import: %v", m)
	}
	b.get("/import").want(t, http.StatusOK, "аресты.csv", address)
	again, _ := s.imported(b, "аресты.csv", content)
	again.want(t, http.StatusOK, "Без изменений")
	b.post(address+"/undo").want(t, http.StatusUnprocessableEntity, "Подтвердите")
	undo := b.post(address+"/undo", "sure", "1", "reason", "не тот файл").want(t, http.StatusSeeOther)
	b.wait(undo.Header.Get("Location")).want(t, http.StatusOK, "готово")
	b.get(address).want(t, http.StatusOK, "отменён").wantNot(t, "Да, отменить весь импорт")
	if n := s.listed(s.actor("anna"), "/list/event"); n != 0 {
		t.Errorf("%d records after undoing", n)
	}
	for _, line := range strings.Split(s.log.String(), "\n") {
		if strings.Contains(line, "аресты") || strings.Contains(line, "сход") {
			t.Errorf("content in the log: %s", line)
		}
	}
}

const ugly = "Название;Дата;Форма акции;Задержано\nПервая акция;не помню;сходка;5\nВторая акция;06.05.2012;митинг;около 20\n"

func TestImportRefusedRows(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	to := b.upload("/import", "ugly.csv", []byte(ugly), "type", "event", "circle", string(s.circle)).Header.Get("Location")
	base, _, _ := strings.Cut(to, "?")
	reading := b.get(to).want(t, http.StatusOK, "UTF-8", "точка с запятой")
	// Read otherwise: as one column.
	other := reading.formIn(t, base)
	other.Set("sep", "tab")
	b.send(base, other).want(t, http.StatusOK, "табуляция")
	columns := b.send(base+"/columns", reading.formIn(t, base)).want(t, http.StatusOK, "«сходка»", "Что значит")
	form := columns.formIn(t, base+"/trial")
	trial := b.send(base+"/trial", form).want(t, http.StatusOK, "Записать пока нельзя", "Строка 2", "B «Дата»", "«около 20»").wantNot(t, ">Записать<")
	b.send(base+"/commit", form).want(t, http.StatusUnprocessableEntity, "не записывается ничего")
	report := trial.formIn(t, base+"/commit")
	report.Set("do", "report")
	csv := b.send(base+"/trial", report).want(t, http.StatusOK, "\ufeff", "B «Дата»", "отказ")
	if d := csv.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") {
		t.Errorf("report: %q", d)
	}
	// Decided: the word is a rally, the date is left out.
	for name := range form {
		if strings.HasPrefix(name, "t.") && form.Get(name) == "сходка" {
			form.Set("u"+name[1:], "rally")
		}
		if form.Get(name) == "initial_date" {
			form.Set(name, "")
		}
	}
	again := b.send(base+"/trial", form).want(t, http.StatusOK, "Можно записывать", "<b>25</b>")
	// Settings are kept under a name and found again.
	form.Set("do", "save")
	form.Set("mapping-name", "Список дежурного")
	b.send(base+"/columns", form).want(t, http.StatusOK, "Список дежурного")
	form.Set("do", "load")
	m := regexp.MustCompile(`<option value="([0-9a-f-]{36})">Список дежурного`).FindStringSubmatch(b.send(base+"/columns", reading.formIn(t, base)).body)
	if m == nil {
		t.Fatal("the saved settings are not offered")
	}
	form = reading.formIn(t, base)
	form.Set("do", "load")
	form.Set("mapping", m[1])
	loaded := b.send(base+"/columns", form).want(t, http.StatusOK)
	if got := loaded.formIn(t, base+"/trial"); got.Get("c.1") != "" || got.Get("u.2.0") != "rally" {
		t.Errorf("loaded settings: %v", got)
	}
	job := b.send(base+"/commit", again.formIn(t, base+"/commit")).want(t, http.StatusSeeOther)
	b.wait(job.Header.Get("Location")).want(t, http.StatusOK, "готово")
	if n := s.listed(s.actor("anna"), "/list/event"); n != 2 {
		t.Errorf("%d records", n)
	}
}

// TestImportIsTheirOwn: a staged file, a job and an import are nobody else's.
func TestImportIsTheirOwn(t *testing.T) {
	s := newSite(t)
	s.join("boris", "")
	s.join("vera", core.Reader)
	anna, boris := s.as("anna"), s.as("boris")
	to := anna.upload("/import", "a.csv", []byte(ugly), "type", "event", "circle", string(s.circle)).Header.Get("Location")
	base, _, _ := strings.Cut(to, "?")
	boris.get(to).want(t, http.StatusNotFound)
	boris.send(base+"/trial", url.Values{"type": {"event"}, "circle": {string(s.circle)}}).want(t, http.StatusNotFound)
	boris.get("/import").want(t, http.StatusOK, "Импортировать пока некуда")
	s.as("vera").get("/import").want(t, http.StatusOK, "Импортировать пока некуда")
	content := sharedFile(t, "torture", "02_utf8_bom_semicolon.csv")
	_, address := s.imported(anna, "b.csv", content)
	boris.get(address).want(t, http.StatusNotFound)
	boris.post(address+"/undo", "sure", "1").want(t, http.StatusNotFound)
	vera := s.as("vera").get(address).want(t, http.StatusOK).wantNot(t, "Да, отменить весь импорт")
	if vera.StatusCode == http.StatusOK {
		s.as("vera").post(address+"/undo", "sure", "1").want(t, http.StatusForbidden)
	}
	jobs, err := s.kernel.Jobs(context.Background(), s.actor("anna"))
	if err != nil || len(jobs) == 0 {
		t.Fatalf("jobs: %v, %v", jobs, err)
	}
	boris.get("/jobs/"+string(jobs[0].ID)).want(t, http.StatusNotFound)
	boris.post("/jobs/"+string(jobs[0].ID)+"/cancel").want(t, http.StatusNotFound)
	anna.post(base+"/forget").want(t, http.StatusSeeOther)
	anna.get(to).want(t, http.StatusNotFound)
}

func TestImportOfNoTable(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	b.post("/import", "type", "event").want(t, http.StatusUnprocessableEntity, "Выберите файл")
	to := b.upload("/import", "a.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old book"), "type", "event", "circle", string(s.circle)).Header.Get("Location")
	b.get(to).want(t, http.StatusUnprocessableEntity, "старая книга Excel", "Так прочитать файл не получается")
}

// TestImportOfWorkbook chooses a sheet, and refuses one that is not there.
func TestImportOfWorkbook(t *testing.T) {
	var book bytes.Buffer
	x := sheet.NewXLSXWriter(&book)
	for _, one := range []struct{ name, title string }{{"Первый", "Акция с первого листа"}, {"Второй", "Акция со второго листа"}} {
		if err := x.AddSheet(one.name, []string{"Название", "Дата", "Задержано"}); err != nil {
			t.Fatal(err)
		}
		if err := x.Write([]sheet.Cell{{Text: one.title}, {Text: "06.05.2012"}, {Text: "7", Kind: sheet.CellNumber, Number: 7}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	s := newSite(t)
	b := s.as("anna")
	to := b.upload("/import", "книга.xlsx", book.Bytes(), "type", "event", "circle", string(s.circle)).Header.Get("Location")
	base, _, _ := strings.Cut(to, "?")
	reading := b.get(to).want(t, http.StatusOK, "Акция с первого листа", "Лист").wantNot(t, "Кодировка")
	form := reading.formIn(t, base)
	form.Set("sheet", "Второй")
	second := b.send(base, form).want(t, http.StatusOK, "Акция со второго листа")
	trial := b.send(base+"/columns", second.formIn(t, base))
	b.send(base+"/trial", trial.formIn(t, base+"/trial")).want(t, http.StatusOK, "Можно записывать", "<b>7</b>")
	form.Set("sheet", "Третий")
	b.send(base, form).want(t, http.StatusUnprocessableEntity, "В книге нет листа")
}
