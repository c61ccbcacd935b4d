package kernel_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
)

func event(title string) core.Values {
	return core.Values{"title": core.NoteValue("ru", title)}
}

func with(v core.Values, field string, value core.Value) core.Values {
	out := v.Clone()
	out[field] = value
	return out
}

func TestSavesInDifferentFieldsMergeAndInTheSameFieldCollide(t *testing.T) {
	h := newHouse(t)
	r := h.create(h.anna, "event", h.circle, event("Пикет"))
	boris := h.join("boris", core.Worker, h.circle)

	_, err := h.Save(h.ctx, boris, kernel.Edit{Record: r.ID, Base: 1, Values: with(r.Values, "impact", core.NoteValue("ru", "страх"))})
	if err != nil {
		t.Fatal(err)
	}
	saved, err := h.Save(h.ctx, h.anna, kernel.Edit{Record: r.ID, Base: 1, Values: with(r.Values, "title", core.NoteValue("ru", "Одиночный пикет")), Reason: "уточнение"})
	if err != nil {
		t.Fatal(err)
	}
	if saved.Collision != nil || saved.Record.Version != 3 || len(saved.Merged) != 1 || saved.Merged[0] != "impact" {
		t.Fatalf("saved %+v", saved)
	}
	if got := saved.Record.Values["impact"].First().Note["ru"]; got != "страх" {
		t.Errorf("boris's change was lost: %q", got)
	}

	clash, err := h.Save(h.ctx, boris, kernel.Edit{Record: r.ID, Base: 2, Values: with(r.Values, "title", core.NoteValue("ru", "Пикет у суда"))})
	if err != nil {
		t.Fatal(err)
	}
	c := clash.Collision
	if c == nil || len(c.Fields) == 0 || c.Theirs != 3 || c.TheirAuthor != "anna" {
		t.Fatalf("collision %+v", c)
	}
	now, err := h.Record(h.ctx, boris, r.ID)
	if err != nil || now.Version != 3 {
		t.Fatalf("a collision wrote version %d (%v)", now.Version, err)
	}
	if _, err := h.Save(h.ctx, boris, kernel.Edit{Record: r.ID, Base: c.Theirs, Values: c.Values}); err != nil {
		t.Fatal(err)
	}
}

func TestHistoryDiffAndRestore(t *testing.T) {
	h := newHouse(t)
	r := h.create(h.anna, "event", h.circle, event("Пикет"))
	for _, s := range []string{"Митинг", "Шествие"} {
		now, err := h.Record(h.ctx, h.anna, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Save(h.ctx, h.anna, kernel.Edit{Record: r.ID, Base: now.Version, Values: with(now.Values, "title", core.NoteValue("ru", s)), Reason: s}); err != nil {
			t.Fatal(err)
		}
	}
	back, err := h.Restore(h.ctx, h.anna, r.ID, 1, "ошибка")
	if err != nil {
		t.Fatal(err)
	}
	if back.Version != 4 || back.Title["ru"] != "Пикет" {
		t.Fatalf("restored version %d %q", back.Version, back.Title["ru"])
	}
	hist, err := h.History(h.ctx, h.anna, r.ID)
	if err != nil || len(hist) != 4 {
		t.Fatalf("%d versions (%v)", len(hist), err)
	}
	top := hist[0]
	if top.Number != 4 || top.Base != 1 || top.AuthorName != "anna" || top.Reason != "ошибка" || top.Ledger == 0 ||
		len(top.Changes) != 1 || top.Changes[0].Field != "title" {
		t.Errorf("newest %+v", top)
	}
	diff, err := h.Diff(h.ctx, h.anna, r.ID, 1, 4)
	if err != nil || len(diff) != 0 {
		t.Errorf("version 4 should be as version 1: %+v (%v)", diff, err)
	}
}

func TestAnEditDoesNotCutALinkItCannotSee(t *testing.T) {
	h := newHouse(t)
	other, err := h.CircleCreate(h.ctx, h.anna, "Закрытый")
	if err != nil {
		t.Fatal(err)
	}
	ev := h.create(h.anna, "event", h.circle, event("Обыск"))
	victim := h.create(h.anna, "person", other.ID, core.Values{"name": name("Тайный Свидетель"), "counting_unit": core.TermValue("individual")})
	act := h.create(h.anna, "act", h.circle, core.Values{"event": core.LinkValue(ev.ID), "victim": core.LinkValue(victim.ID), "type_of_act": core.TermValue("home-search")})
	boris := h.join("boris", core.Worker, h.circle)

	seen, err := h.Record(h.ctx, boris, act.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, shown := seen.Values["victim"]; shown {
		t.Error("a link outside the scope is shown")
	}
	saved, err := h.Save(h.ctx, boris, kernel.Edit{Record: act.ID, Base: 1, Values: with(seen.Values, "remarks", core.NoteValue("ru", "дополнено"))})
	if err != nil || saved.Collision != nil {
		t.Fatalf("%v %+v", err, saved.Collision)
	}
	whole, err := h.Record(h.ctx, h.anna, act.ID)
	if err != nil || whole.Values["victim"].First().Link != victim.ID {
		t.Errorf("the hidden link was cut (%v)", err)
	}
}

func TestAFileIsSealedHashedAndGivenOnlyInScope(t *testing.T) {
	h := newHouse(t)
	content := strings.Repeat("СЕКРЕТ протокол\n", 5000)
	f, err := h.PutFile(h.ctx, h.anna, h.circle, `C:\дело\протокол.txt`, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "протокол.txt" || f.Media != "text/plain" || f.Size != int64(len(content)) {
		t.Errorf("file %+v", f)
	}
	r := h.create(h.anna, "event", h.circle, with(event("Обыск"), "files", core.Value{Items: []core.Item{{File: &core.FileRef{ID: f.ID}}}}))
	o, err := h.OpenFile(h.ctx, h.anna, r.ID, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(o)
	o.Close()
	if err != nil || !bytes.Equal(got, []byte(content)) {
		t.Fatalf("content differs (%v)", err)
	}
	outsider := h.join("boris", core.Reader)
	if _, err := h.OpenFile(h.ctx, outsider, r.ID, f.ID); core.KindOf(err) != core.KindNotFound {
		t.Errorf("outsider: %v", err)
	}
	other, err := h.CircleCreate(h.ctx, h.anna, "Суд")
	if err != nil {
		t.Fatal(err)
	}
	vera := h.join("vera", core.Reader, other.ID)
	if err := h.Share(h.ctx, h.anna, r.ID, other.ID, true, ""); err != nil {
		t.Fatal(err)
	}
	if o, err := h.OpenFile(h.ctx, vera, r.ID, f.ID); err != nil {
		t.Errorf("a shared file: %v", err)
	} else {
		o.Close()
	}
	if err := h.Unshare(h.ctx, h.anna, r.ID, other.ID, true, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := h.OpenFile(h.ctx, vera, r.ID, f.ID); core.KindOf(err) != core.KindNotFound {
		t.Errorf("after unsharing: %v", err)
	}
	report, err := h.Verify(h.ctx, nil)
	if err != nil || !report.OK() || report.Files != 1 {
		t.Errorf("verify: %v %+v", err, report)
	}
}
