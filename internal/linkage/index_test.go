package linkage_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"svod/internal/linkage"
)

func TestIndexFinds(t *testing.T) {
	g := generate(51, 4000)
	held, rest, truth := heldOut(g, 300)
	x, err := linkage.NewIndex(context.Background(), rest, linkage.Options{Columns: cisColumns, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	known, first := 0, 0
	for i, row := range held.rows {
		hints := x.Find(row, .3, 10)
		if !slices.Contains(truth, held.truth[i]) {
			continue
		}
		known++
		if len(hints) > 0 && truth[hints[0].Row] == held.truth[i] {
			first++
			if len(hints[0].Evidence) == 0 {
				t.Fatal("a hint without evidence")
			}
		}
	}
	t.Logf("the right person first for %d of %d", first, known)
	if float64(first) < .93*float64(known) {
		t.Errorf("the right person first for only %d of %d", first, known)
	}
	// A question leaves nothing behind.
	a := x.Find(held.rows[0], .01, 10)
	x.Find(linkage.Row{"", "", "Небывалов", "Нетакой", "Никогдаевич"}, .01, 10)
	if b := x.Find(held.rows[0], .01, 10); !reflect.DeepEqual(a, b) {
		t.Error("the same question is answered differently the second time")
	}
	if got := x.Find(nil, 0, 10); len(got) != 0 {
		t.Errorf("an empty question has %d answers", len(got))
	}
}

// TestIndexOfCleanList asks a list that holds nobody twice, so that no match was
// there to learn from.
func TestIndexOfCleanList(t *testing.T) {
	g := generate(53, 6000)
	clean := singles(g, len(g.rows)+1)
	asked := generated{}
	held := map[string]bool{}
	for i, row := range g.rows {
		if len(asked.rows) < 400 && !slices.ContainsFunc(clean.rows, func(r linkage.Row) bool { return r[0] == row[0] }) {
			asked.rows, asked.truth = append(asked.rows, row), append(asked.truth, g.truth[i])
			held[g.truth[i]] = true
		}
	}
	x, err := linkage.NewIndex(context.Background(), clean.rows, linkage.Options{Columns: cisColumns, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	first := 0
	for i, row := range asked.rows {
		if hints := x.Find(row, .3, 3); len(hints) > 0 && clean.truth[hints[0].Row] == asked.truth[i] {
			first++
		}
	}
	t.Logf("the right person first for %d of %d", first, len(asked.rows))
	if float64(first) < .93*float64(len(asked.rows)) {
		t.Errorf("the right person first for only %d of %d", first, len(asked.rows))
	}
}

// heldOut takes the last n rows out of g.
func heldOut(g generated, n int) (held generated, rest []linkage.Row, truth []string) {
	at := len(g.rows) - n
	return generated{g.rows[at:], g.truth[at:]}, g.rows[:at], g.truth[:at]
}
