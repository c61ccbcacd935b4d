package kernel_test

import (
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/store"
)

// imports commits a table under the guessed plan, changed by edit.
func (h *house) imports(name string, content []byte, typ string, edit func(*kernel.ImportPlan)) (kernel.ImportInfo, error) {
	h.t.Helper()
	p, err := h.ImportPreview(h.ctx, h.anna, h.stage(name, content, typ))
	if err != nil {
		h.t.Fatal(err)
	}
	p.Plan.Source = "список"
	if edit != nil {
		edit(&p.Plan)
	}
	return h.ImportNow(h.ctx, h.anna, p.Plan, nil)
}

func (h *house) mustImport(name, content, typ string) kernel.ImportInfo {
	h.t.Helper()
	info, err := h.imports(name, []byte(content), typ, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return info
}

func (h *house) count(a core.Actor, q kernel.FindQuery) int {
	h.t.Helper()
	n, err := h.Count(h.ctx, a, q)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// verified fails the test when the ledger and the tables disagree.
func (h *house) verified() {
	h.t.Helper()
	r, err := h.Verify(h.ctx, nil)
	if err != nil || !r.OK() {
		h.t.Fatalf("verify: %v %+v", err, r.Findings)
	}
}

func TestTortureCommits(t *testing.T) {
	h := newHouse(t)
	tt := torture[8]
	info, err := h.imports(tt.file, shared(t, "torture/"+tt.file), "event", nil)
	if err != nil {
		t.Fatal(err)
	}
	if info.State != "done" || info.Report.New != 228 || info.Report.Sum.Value != 5169 || info.Name != tt.file || info.By != "anna" {
		t.Errorf("info: %+v", info)
	}
	if n := h.count(h.anna, kernel.FindQuery{Type: "event"}); n != 228 {
		t.Errorf("%d events", n)
	}
	o, err := h.Overview(h.ctx, h.anna, kernel.OverviewQuery{Type: "event", Rows: "assembly_form"})
	if err != nil || o.Sum.Value != 5169 {
		t.Errorf("overview: %v %v", err, o.Sum)
	}
	if n := h.count(h.anna, kernel.FindQuery{Text: "митингов"}); n == 0 {
		t.Error("nothing found by words")
	}
	h.verified()

	// The same list in another disguise changes nothing.
	again, err := h.imports("список.csv", shared(t, "torture/"+torture[3].file), "event", nil)
	if err != nil {
		t.Fatal(err)
	}
	if r := again.Report; r.Unchanged != 228 || r.New+r.Updated+r.Doubt != 0 {
		t.Errorf("again: %+v", r)
	}

	undone, err := h.UndoNow(h.ctx, h.anna, info.ID, "ошиблись файлом", nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := h.count(h.anna, kernel.FindQuery{Type: "event"}); n != 0 || undone.State != "undone" {
		t.Errorf("%d events after undo, %s", n, undone.State)
	}
	if n := h.count(h.anna, kernel.FindQuery{Type: "event", Text: "is:withdrawn"}); n != 228 {
		t.Errorf("%d withdrawn", n)
	}
	if _, err := h.UndoNow(h.ctx, h.anna, info.ID, "", nil); core.KindOf(err) != core.KindConflict {
		t.Errorf("a second undo: %v", err)
	}
	h.verified()
}

const listOne = "№;Дата;Название;Задержано\n1;04.12.2011;Сход на Триумфальной;198\n2;05.12.2011;Митинг на Чистых прудах;300\n3;06.12.2011;Протест;600\n"

func TestReimportUpdatesWhatChangedInTheList(t *testing.T) {
	for _, engine := range []string{store.SQLite, store.PostgreSQL} {
		t.Run(engine, func(t *testing.T) { reimport(newHouseOn(t, engine, nil)) })
	}
}

func reimport(h *house) {
	t := h.t
	h.mustImport("a.csv", listOne, "event")
	byHand := h.find("Протест")
	edited := byHand.Values.Clone()
	edited["detained"] = core.NumberValue(601)
	if _, err := h.Save(h.ctx, h.anna, kernel.Edit{Record: byHand.ID, Base: 1, Values: edited}); err != nil {
		t.Fatal(err)
	}
	// Row 1: a new number. Row 3: the list still says 600, so 601 stays.
	two := strings.Replace(listOne, "198", "205", 1)
	info := h.mustImport("b.csv", two, "event")
	if r := info.Report; r.Updated != 1 || r.Unchanged != 2 || r.New != 0 {
		t.Fatalf("report: %+v", r)
	}
	if got := h.find("Сход").Values["detained"].First().Number.Value; got != 205 {
		t.Errorf("row 1 has %v", got)
	}
	if got := h.find("Протест").Values["detained"].First().Number.Value; got != 601 {
		t.Errorf("row 3 has %v", got)
	}
	// The third import still knows what the list said before the edit by hand.
	info = h.mustImport("c.csv", strings.Replace(two, "205", "206", 1), "event")
	if r := info.Report; r.Updated != 1 || r.Unchanged != 2 {
		t.Fatalf("third: %+v", r)
	}
	// Row 3 changed on both sides: nobody decides but a person.
	_, err := h.imports("d.csv", []byte(strings.Replace(two, "600", "640", 1)), "event", nil)
	if err == nil {
		t.Fatal("a field changed on both sides was accepted")
	}
	left, err := h.imports("d.csv", []byte(strings.Replace(two, "600", "640", 1)), "event", func(p *kernel.ImportPlan) { p.SkipDoubt = true })
	if err != nil || left.Report.Doubt != 1 {
		t.Fatalf("skipping: %v %+v", err, left.Report)
	}
	undone, err := h.UndoNow(h.ctx, h.anna, left.ID, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := h.find("Сход").Values["detained"].First().Number.Value; got != 206 || undone.Report.Edited != 0 {
		t.Errorf("undo of an update gives %v, want 206", got)
	}
	h.verified()
}

// find returns the one record whose title has the word.
func (h *house) find(word string) core.Record {
	h.t.Helper()
	f, err := h.Find(h.ctx, h.anna, kernel.FindQuery{Text: word, Full: true})
	if err != nil || len(f.Items) != 1 {
		h.t.Fatalf("%s: %v, %d found", word, err, f.Total)
	}
	r, err := h.Record(h.ctx, h.anna, f.Items[0].ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func TestAReusedIDIsDoubted(t *testing.T) {
	h := newHouse(t)
	h.mustImport("a.csv", listOne, "event")
	other := strings.Replace(listOne, "2;05.12.2011;Митинг на Чистых прудах;300", "2;17.03.2014;Пикет у посольства;4", 1)
	p, err := h.ImportPreview(h.ctx, h.anna, h.stage("b.csv", []byte(other), "event"))
	if err != nil {
		t.Fatal(err)
	}
	p.Plan.Source = "список"
	r, err := h.ImportDryRun(h.ctx, h.anna, p.Plan)
	if err != nil || r.Doubt != 1 || r.Unchanged != 2 || r.OK() {
		t.Fatalf("%v %+v", err, r)
	}
	if _, err := h.ImportNow(h.ctx, h.anna, p.Plan, nil); core.KindOf(err) != core.KindInvalid {
		t.Errorf("commit: %v", err)
	}
	if got := h.find("Чистых").Version; got != 1 {
		t.Errorf("version %d", got)
	}
}

func TestARefusedRowLeavesNothing(t *testing.T) {
	h := newHouse(t)
	bad := listOne + "4;41 мартобря;Шествие;5\n2;07.12.2011;Дважды;5\n"
	before, _ := h.Head(h.ctx)
	_, err := h.imports("bad.csv", []byte(bad), "event", nil)
	if core.KindOf(err) != core.KindInvalid {
		t.Fatalf("%v", err)
	}
	after, _ := h.Head(h.ctx)
	if n := h.count(h.anna, kernel.FindQuery{}); n != 0 || before.Size != after.Size {
		t.Errorf("%d records, ledger %d to %d", n, before.Size, after.Size)
	}
	h.verified()
}
