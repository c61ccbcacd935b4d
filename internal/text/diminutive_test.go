package text

import (
	"slices"
	"strings"
	"testing"
)

func TestDiminutives(t *testing.T) {
	for _, c := range []struct{ short, full string }{
		{"саша", "александр"}, {"Саша", "александра"}, {"Дима", "дмитрий"}, {"Лёша", "алексей"}, {"Серёжа", "сергей"},
		{"Женя", "евгения"}, {"Сашко", "олександр"}, {"Катруся", "катерина"}, {"Слава", "ярослав"},
	} {
		if !slices.Contains(Diminutives(c.short), c.full) {
			t.Errorf("Diminutives(%s) = %v, want %s among them", c.short, Diminutives(c.short), c.full)
		}
		if !slices.Contains(ShortForms(c.full), Fold(c.short)) {
			t.Errorf("ShortForms(%s) lacks %s", c.full, c.short)
		}
	}
	if got := Diminutives("Бенедикт"); got != nil {
		t.Errorf("Diminutives(Бенедикт) = %v", got)
	}
}

func TestDiminutiveTableIsClean(t *testing.T) {
	rows := 0
	for line := range strings.Lines(diminutiveTable) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		rows++
		for _, w := range words {
			if w != Fold(w) || len(words) < 2 || slices.Contains(words[1:], words[0]) {
				t.Errorf("row %q: want folded words, a short form and at least one other name", line)
			}
		}
	}
	if rows < 150 {
		t.Errorf("%d rows", rows)
	}
	t.Logf("%d rows", rows)
}

func TestDiminutivesAreCopies(t *testing.T) {
	Diminutives("саша")[0] = "spoiled"
	if Diminutives("саша")[0] == "spoiled" {
		t.Error("a caller can change the table")
	}
}
