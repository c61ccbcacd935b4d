package kernel_test

import (
	"slices"
	"testing"

	"svod/internal/core"
	"svod/internal/kernel"
)

func TestDuplicatesSayWhy(t *testing.T) {
	h := newHouse(t)
	known := h.create(h.anna, "person", h.circle, core.Values{"name": name("Щербаков Дмитрий Павлович"),
		"birth_date": date(t, "1988-03-14"), "counting_unit": core.TermValue("individual")})
	h.create(h.anna, "person", h.circle, core.Values{"name": name("Щербаков Илья"), "birth_date": date(t, "1960"), "counting_unit": core.TermValue("individual")})
	outsider := h.join("boris", core.Reader)
	tests := []struct {
		name, born string
		why        []string // of the first hint; nil = no hint
	}{
		{"Dmitry Shcherbakov", "", []string{"hint.same_name"}},
		{"Дмитрий Щербаков", "1988", []string{"hint.same_name", "hint.same_birth_year"}},
		{"Щербаков Дмитрий", "1988-03-14", []string{"hint.same_name", "hint.same_birth_date"}},
		{"Щербаков Пётр", "1988-03-14", []string{"hint.similar_name", "hint.same_birth_date"}},
		{"Щербаков Дмитрий", "1955", nil},
		{"Совсем Другой", "1988-03-14", nil},
	}
	for _, tt := range tests {
		values := core.Values{"name": name(tt.name)}
		if tt.born != "" {
			values["birth_date"] = date(t, tt.born)
		}
		got, err := h.Duplicates(h.ctx, h.anna, "person", values, "")
		if err != nil {
			t.Fatal(err)
		}
		if tt.why == nil {
			if len(got) != 0 {
				t.Errorf("%s %s: %d hints, first %v %.2f", tt.name, tt.born, len(got), got[0].Why, got[0].Score)
			}
			continue
		}
		if len(got) == 0 || got[0].ID != known.ID {
			t.Errorf("%s %s: %d hints", tt.name, tt.born, len(got))
			continue
		}
		for _, w := range tt.why {
			if !slices.Contains(got[0].Why, w) {
				t.Errorf("%s %s: %v, want %s", tt.name, tt.born, got[0].Why, w)
			}
		}
		if theirs, err := h.Duplicates(h.ctx, outsider, "person", values, ""); err != nil || len(theirs) != 0 {
			t.Errorf("%s: an outsider gets %d hints, %v", tt.name, len(theirs), err)
		}
		if self, _ := h.Duplicates(h.ctx, h.anna, "person", values, known.ID); slices.ContainsFunc(self, func(x kernel.Hint) bool { return x.ID == known.ID }) {
			t.Errorf("%s: the record hints at itself", tt.name)
		}
	}
}

func TestEventsOfTheSameDayAreHinted(t *testing.T) {
	h := newHouse(t)
	known := h.create(h.anna, "event", h.circle, core.Values{"title": core.NoteValue("ru", "Митинг на площади Ленина"), "initial_date": date(t, "2017-03-26")})
	for _, tt := range []struct {
		title, day string
		want       bool
	}{
		{"Митинг на пл. Ленина", "2017-03-26", true},
		{"Обыск у журналиста", "2017-03-26", false},
		{"Митинг на площади Ленина", "2017-06-12", false},
	} {
		got, err := h.Duplicates(h.ctx, h.anna, "event", core.Values{"title": core.NoteValue("ru", tt.title), "initial_date": date(t, tt.day)}, "")
		if err != nil {
			t.Fatal(err)
		}
		if found := len(got) == 1 && got[0].ID == known.ID; found != tt.want {
			t.Errorf("%s: hinted %v", tt.title, found)
		}
	}
}

func TestSuggestCompletesInAnyScript(t *testing.T) {
	h := newHouse(t)
	p := h.create(h.anna, "person", h.circle, core.Values{"name": name("Щербаков Дмитрий"), "counting_unit": core.TermValue("individual")})
	outsider := h.join("boris", core.Reader)
	for _, typed := range []string{"щерб", "Щербаков", "Shcherbakov", "Scherbakov", "дмитрий щ", "Щербаков Дмитрий"} {
		got, err := h.Suggest(h.ctx, h.anna, []string{"person"}, typed, 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 || got[0].ID != p.ID {
			t.Errorf("%s: %d suggestions", typed, len(got))
		}
		if theirs, _ := h.Suggest(h.ctx, outsider, nil, typed, 5); len(theirs) != 0 {
			t.Errorf("%s: an outsider gets %d", typed, len(theirs))
		}
	}
	for _, typed := range []string{"", "  ", `"(:-*`, "field:x OR", "-щерб"} {
		if _, err := h.Suggest(h.ctx, h.anna, nil, typed, 5); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
}
