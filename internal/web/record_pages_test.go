package web_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
)

// create writes a record as anna.
func (s *site) create(typ string, values core.Values) core.Record {
	s.t.Helper()
	r, err := s.kernel.Create(context.Background(), s.actor("anna"), kernel.Draft{Type: typ, Circle: s.circle, Values: values})
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *site) event(title, date string) core.Record {
	s.t.Helper()
	values := core.Values{"title": core.NoteValue("ru", title), "places": {Items: []core.Item{{Place: &core.Place{Code: "RU-MOW"}}}}}
	if date != "" {
		values["initial_date"] = core.DateValue(day(s.t, date))
	}
	return s.create("event", values)
}

func (s *site) person(family, given string) core.Record {
	s.t.Helper()
	return s.create("person", core.Values{"name": {Items: []core.Item{{Name: &core.Name{Family: family, Given: given, Script: "Cyrl"}}}}})
}

func day(t *testing.T, s string) core.Date {
	t.Helper()
	d, err := core.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// postFile sends a form with one file; pairs stand before the file.
func (b *browser) postFile(path, field, name string, content []byte, pairs ...string) answer {
	b.s.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			b.s.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		b.s.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		b.s.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.s.t.Fatal(err)
	}
	old := b.header
	b.header = old.Clone()
	b.header.Set("Content-Type", w.FormDataContentType())
	defer func() { b.header = old }()
	return b.do(http.MethodPost, path, &body)
}

// inputs reads back what the form of a page would send: hidden and text inputs,
// text areas, chosen options, ticked boxes.
func inputs(a answer) url.Values {
	out := url.Values{}
	_, a.body, _ = strings.Cut(a.body, "<main")
	for _, m := range regexp.MustCompile(`<input ([^>]*)>`).FindAllStringSubmatch(a.body, -1) {
		typ, name, value := attr(m[1], "type"), attr(m[1], "name"), attr(m[1], "value")
		if name == "" || typ == "file" || (typ == "checkbox" || typ == "radio") && !strings.Contains(m[1], " checked") {
			continue
		}
		out.Add(name, value)
	}
	for _, m := range regexp.MustCompile(`(?s)<textarea ([^>]*)>(.*?)</textarea>`).FindAllStringSubmatch(a.body, -1) {
		out.Add(attr(m[1], "name"), unescape(m[2]))
	}
	for _, m := range regexp.MustCompile(`(?s)<select ([^>]*)>(.*?)</select>`).FindAllStringSubmatch(a.body, -1) {
		o := regexp.MustCompile(`<option value="([^"]*)" selected`).FindStringSubmatch(m[2])
		if o == nil {
			o = regexp.MustCompile(`<option value="([^"]*)"`).FindStringSubmatch(m[2])
		}
		if o != nil {
			out.Add(attr(m[1], "name"), unescape(o[1]))
		}
	}
	return out
}

func attr(tag, name string) string {
	m := regexp.MustCompile(`(?:^| )` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return unescape(m[1])
}

func unescape(s string) string {
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&#43;", "+", "&amp;", "&").Replace(s)
}

// sent is a form as pairs, with changes.
func sent(in url.Values, change ...string) []string {
	for i := 0; i+1 < len(change); i += 2 {
		in.Set(change[i], change[i+1])
	}
	var out []string
	for name, values := range in {
		for _, v := range values {
			out = append(out, name, v)
		}
	}
	return out
}

func TestListSearchAndFilters(t *testing.T) {
	s := newSite(t)
	s.event("Пикет у суда", "2012-05-06")
	s.event("Митинг за честные выборы", "2012-06-01")
	s.event("Обыск в редакции", "2013")
	s.person("Сокольников", "Тимофей")
	b := s.as("anna")
	b.get("/list/event").want(t, 200, "3 события", "Пикет у суда", "Обыск в редакции", "2012\u00a0г.").wantNot(t, "Сокольников")
	b.get("/list/event?f.initial_date=2012").want(t, 200, "2 события", "Пикет у суда").wantNot(t, "Обыск в редакции</a>")
	b.get("/list/event?f.initial_date=2012&not=initial_date").want(t, 200, "1 событие", "Обыск в редакции").wantNot(t, ">Пикет у суда</a>")
	b.get("/list?q="+url.QueryEscape("митингов")).want(t, 200, "<mark>Митинг</mark> за честные выборы", "1 запись")
	b.get("/list?q=Sokolnikov").want(t, 200, "Сокольников")
	b.get("/list?q=Sokolnikov&exact=1").want(t, 200, "Ничего не найдено", "в любой письменности")
	b.get("/list/event?q="+url.QueryEscape("крокодил")+"&f.places=RU-MOW").want(t, 200, "Ничего не найдено", "убрать слова поиска")
	b.get("/list/nosuch").want(t, 404)
	b.get("/list/event?q="+url.QueryEscape("nosuchfield:5")).want(t, 422, "nosuchfield")
	// Nothing that was searched for is logged.
	if strings.Contains(s.log.String(), "крокодил") || strings.Contains(s.log.String(), "Sokolnikov") {
		t.Error("the log holds searched words")
	}
	newSite(t).as("anna").get("/list/event").want(t, 200, "Здесь пока ничего нет", "/list/event/new")
}

func TestRecordPageKeepsNamesOutOfTheTitle(t *testing.T) {
	s := newSite(t)
	p := s.person("Сокольников", "Тимофей")
	a := s.as("anna").get("/record/"+string(p.ID)).want(t, 200, "Сокольников Тимофей", "запечатано")
	title := regexp.MustCompile(`<title>([^<]*)</title>`).FindStringSubmatch(a.body)[1]
	if strings.Contains(title, "Сокольников") || !strings.Contains(title, p.ID.Short()) {
		t.Errorf("title %q", title)
	}
}

func TestOutsideTheScopeIsLikeNothing(t *testing.T) {
	s := newSite(t)
	p := s.person("Сокольников", "Тимофей")
	s.join("olga", "")
	b := s.as("olga")
	for _, tail := range []string{"", "/edit", "/history", "/share", "/withdraw", "/act", "/version/1"} {
		there := b.get("/record/"+string(p.ID)+tail).want(t, 404)
		nowhere := b.get("/record/"+string(core.NewID())+tail).want(t, 404)
		if there.body != nowhere.body {
			t.Errorf("%s: the answers differ", tail)
		}
	}
	reader := func() *browser { s.join("reader", core.Reader); return s.as("reader") }()
	reader.get("/record/"+string(p.ID)).want(t, 200).wantNot(t, "/edit")
	reader.get("/record/"+string(p.ID)+"/edit").want(t, 403)
	reader.post("/record/"+string(p.ID)+"/withdraw", "reason", "x").want(t, 403)
}

func TestNewRecordWithRowsDuplicatesAndErrors(t *testing.T) {
	s := newSite(t)
	b := s.as("anna")
	form := b.get("/list/person/new").want(t, 200, "Имя или название")
	// "Add another" keeps what was typed and shows one row more.
	more := b.post("/list/person/new", sent(inputs(form), "name.0.family", "Лисицына", "_add", "name")...).want(t, 200, "Лисицына", `name="name.2.family"`)
	// Wrong dates come back as typed.
	wrong := b.post("/list/person/new", sent(inputs(more), "birth_date.0.date", "как-то весной")...).want(t, 422, "как-то весной", "Лисицына", `<a href="#c-birth_date">Дата рождения: Дата не распознана`)
	made := b.post("/list/person/new", sent(inputs(wrong), "birth_date.0.date", "около 1987")...)
	made.want(t, 303)
	b.follow(made).want(t, 200, "Запись создана", "Лисицына", "1987")
	// The same name again, in Latin letters: the page asks first.
	double := b.post("/list/person/new", sent(inputs(form), "name.0.family", "Lisitsyna")...).want(t, 200, "Возможно, такая запись уже есть", "Лисицына")
	b.post("/list/person/new", sent(inputs(double), "_sure", "1")...).want(t, 303)
}

func TestCollisionShowsBothSides(t *testing.T) {
	s := newSite(t)
	e := s.event("Пикет у суда", "2012-05-06")
	path := "/record/" + string(e.ID) + "/edit"
	b := s.as("anna")
	form := b.get(path).want(t, 200, "Пикет у суда")
	mine, other := inputs(form), inputs(form)
	b.post(path, sent(other, "title.0.note.ru", "Пикет у городского суда", "initial_date.0.date", "2012-05-07")...).want(t, 303)
	page := b.post(path, sent(mine, "title.0.note.ru", "Одиночный пикет у суда")...).
		want(t, 409, "Две правки одного поля", "Одиночный пикет у суда", "Пикет у городского суда", "Дата начала")
	// The other side's date is kept, my title wins.
	saved := b.post("/record/"+string(e.ID)+"/collision", sent(inputs(page))...)
	saved.want(t, 303)
	b.follow(saved).want(t, 200, "Одиночный пикет у суда", "7 мая 2012", "версия 3")
	// Or theirs.
	page = b.post(path, sent(mine, "title.0.note.ru", "Ещё одно название")...).want(t, 409)
	saved = b.post("/record/"+string(e.ID)+"/collision", sent(inputs(page), "_pick.title", "theirs")...)
	b.follow(saved).want(t, 200, "Одиночный пикет у суда").wantNot(t, "Ещё одно название")
}

func TestActInOneGo(t *testing.T) {
	s := newSite(t)
	e := s.event("Пикет у суда", "2012-05-06")
	known := s.person("Сокольников", "Тимофей")
	path := "/record/" + string(e.ID) + "/act"
	b := s.as("anna")
	page := b.get(path).want(t, 200, "2012-05-06")
	cut := b.post(path, sent(inputs(page), "_filter", "избиен", "_filter_go", "1")...).want(t, 200, "optgroup")
	_, types, _ := strings.Cut(cut.body, `id="act-type"`)
	types, _, _ = strings.Cut(types, "</select>")
	if n := strings.Count(types, "<option"); n < 2 || n > 60 {
		t.Errorf("%d types are left of all", n)
	}
	found := b.post(path, sent(inputs(page), "v.find", "Sokolnikov", "_find", "v.")...).want(t, 200, "Какая запись имеется в виду?", string(known.ID))
	// Nothing chosen yet, no type: everything is said, nothing is lost.
	bad := b.post(path, sent(inputs(found), "p0.find", "Патруль Н", "p0.link", "new", "p0.new.name.0.full", "Патруль Н")...).
		want(t, 422, "Вид действия", "Степень участия", "Sokolnikov", "Патруль Н")
	done := b.post(path, sent(inputs(bad), "v.link", string(known.ID), "act.type_of_act.0.term", "death-in-custody",
		"p0.link", "new", "p0.new.name.0.full", "Патруль Н", "p0.inv.degree.0.term", firstTerm(t, s, "mt18"))...)
	done.want(t, 303)
	b.follow(done).want(t, 200, "Действие добавлено", "Сокольников Тимофей", "Патруль Н", "Смерть в полиции или заключении", "1 действие, 1 пострадавший")
	n, err := s.kernel.Count(context.Background(), s.actor("anna"), kernel.FindQuery{Type: "involvement"})
	if err != nil || n != 1 {
		t.Errorf("%d involvements, %v", n, err)
	}
}

func firstTerm(t *testing.T, s *site, vocabulary string) string {
	t.Helper()
	return s.kernel.Packs().Vocabulary(vocabulary).Terms[0].Code
}

func TestHistoryComparesAndRestores(t *testing.T) {
	s := newSite(t)
	e := s.event("Пикет у суда", "2012-05-06")
	b := s.as("anna")
	path := "/record/" + string(e.ID)
	form := b.get(path + "/edit")
	b.post(path+"/edit", sent(inputs(form), "title.0.note.ru", "Пикет у городского суда", "_reason", "по решению суда")...).want(t, 303)
	b.get(path+"/history").want(t, 200, "<ins> городского</ins>", "по решению суда", "версия 2", "строка журнала №")
	b.get(path+"/history?from=1&to=2").want(t, 200, "Что изменилось между версиями 1 и 2")
	b.get(path+"/version/1").want(t, 200, "прежняя версия 1", "Пикет у суда")
	b.get(path+"/version/9").want(t, 404)
	b.follow(b.post(path+"/restore", "version", "1")).want(t, 200, "восстановлена как новая", "версия 3")
}

func TestWithdrawShareAndHeld(t *testing.T) {
	s := newSite(t)
	ctx, anna := context.Background(), s.actor("anna")
	e := s.event("Пикет у суда", "2012-05-06")
	other, err := s.kernel.CircleCreate(ctx, anna, "Адвокаты")
	if err != nil {
		t.Fatal(err)
	}
	b := s.as("anna")
	path := "/record/" + string(e.ID)
	b.get(path+"/share").want(t, 200, "Прочитанное нельзя отозвать", "Адвокаты")
	b.post(path+"/share", "do", "share").want(t, 422, "Выберите круг")
	b.follow(b.post(path+"/share", "do", "share", "circle", string(other.ID))).want(t, 200, "читает: Адвокаты")
	b.follow(b.post(path+"/share", "do", "unshare", "circle", string(other.ID))).want(t, 200).wantNot(t, "читает: Адвокаты")
	b.follow(b.post(path+"/share", "do", "move", "circle", string(other.ID))).want(t, 200, "круг: Адвокаты")
	b.post(path+"/withdraw").want(t, 422, "Назовите причину")
	b.follow(b.post(path+"/withdraw", "reason", "внесена дважды")).want(t, 200, "отозвана")
	b.get("/list/event").want(t, 200).wantNot(t, "Пикет у суда")
	b.follow(b.post(path+"/withdraw", "reason", "ошибка")).want(t, 200, "снова действует")
	// The session ends while somebody types: the form comes back whole.
	form := b.get(path + "/edit")
	held := s.browser().post(path+"/edit", sent(inputs(form), "title.0.note.ru", "Долгий текст")...).want(t, 401, "форма цела", "Долгий текст")
	b.follow(b.post(path+"/edit", sent(inputs(held))...)).want(t, 200, "Долгий текст")
}

func TestFilesAreSealedShownSmallAndDownloaded(t *testing.T) {
	s := newSite(t)
	e := s.event("Пикет у суда", "2012-05-06")
	var picture bytes.Buffer
	img := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for i := range 900 {
		img.Set(i, i%600, color.RGBA{200, 30, 30, 255})
	}
	if err := png.Encode(&picture, img); err != nil {
		t.Fatal(err)
	}
	b := s.as("anna")
	path := "/record/" + string(e.ID)
	form := b.get(path+"/edit").want(t, 200, `enctype="multipart/form-data"`, `name="_file.files"`)
	b.postFile(path+"/edit", "_file.files", "фото \"у суда\".png", picture.Bytes(), sent(inputs(form))...).want(t, 303)
	page := b.get(path).want(t, 200, "фото &#34;у суда&#34;.png", "/thumb/")
	link := regexp.MustCompile(`/record/[^"]*/file/[0-9a-f-]+`).FindString(page.body)
	r, err := http.NewRequest(http.MethodGet, s.URL+link, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := b.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil || !bytes.Equal(got, picture.Bytes()) {
		t.Errorf("the download differs: %d bytes, %v", len(got), err)
	}
	h := resp.Header
	if h.Get("Content-Type") != "application/octet-stream" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") ||
		!strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || !strings.Contains(h.Get("Content-Disposition"), "filename*=UTF-8''%D1%84") ||
		h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Length") != strconv.Itoa(picture.Len()) {
		t.Errorf("headers %v", h)
	}
	thumb := b.get(strings.Replace(link, "/file/", "/thumb/", 1)).want(t, 200)
	if !strings.HasPrefix(thumb.Header.Get("Content-Type"), "image/") {
		t.Errorf("thumbnail is %q", thumb.Header.Get("Content-Type"))
	}
	// A wrong field beside a file: the file is not asked for again.
	form = b.get(path + "/edit")
	again := b.postFile(path+"/edit", "_file.files", "второй.txt", []byte("показания"), sent(inputs(form), "initial_date.0.date", "никогда")...).want(t, 422, "второй.txt")
	b.follow(b.post(path+"/edit", sent(inputs(again), "initial_date.0.date", "2012-05-06")...)).want(t, 200, "второй.txt", "фото")
}

func TestSavedQueries(t *testing.T) {
	s := newSite(t)
	s.event("Пикет у суда", "2012-05-06")
	b := s.as("anna")
	page := b.get("/list/event?q="+url.QueryEscape("пикет")+"&f.initial_date=2012").want(t, 200, "Сохранить этот запрос")
	_ = page
	b.follow(b.post("/saved", "type", "event", "q", "пикет", "f.initial_date", "2012", "name", "Пикеты 2012", "for", string(s.circle))).
		want(t, 200, "Пикеты 2012", "Запрос сохранён", "кругу «Приёмная»")
	list := b.get("/saved")
	one := regexp.MustCompile(`action="(/saved/[0-9a-f-]+)"`).FindStringSubmatch(list.body)[1]
	run := b.get(one).want(t, 303)
	b.follow(run).want(t, 200, "1 событие", "<mark>Пикет</mark> у суда")
	b.follow(b.post(one, "do", "share", "for", "")).want(t, 200, "только мне")
	b.follow(b.post(one, "do", "delete")).want(t, 200, "Сохранённых запросов пока нет")
}
