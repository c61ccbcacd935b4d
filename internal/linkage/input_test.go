package linkage_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"svod/internal/core"
	"svod/internal/linkage"
)

func TestGuessColumns(t *testing.T) {
	header := []string{"№ id", "Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "Регион", "Дата задержания", "Статья", "Организация", "cluster"}
	rows := make([]linkage.Row, 0, 60)
	for i, r := range generate(1, 60).rows[:60] {
		rows = append(rows, linkage.Row{r[0], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[1], string(rune('a' + i%20))})
	}
	want := []linkage.Kind{linkage.KindID, linkage.KindFamily, linkage.KindGiven, linkage.KindPatronymic, linkage.KindBirth, linkage.KindSex,
		linkage.KindPlace, linkage.KindDate, linkage.KindCategory, linkage.KindList, linkage.KindIgnore}
	for i, c := range linkage.GuessColumns(header, rows) {
		if c.Kind != want[i] {
			t.Errorf("%s is guessed as %s, want %s", header[i], c.Kind, want[i])
		}
	}
	english := []string{"full_name", "date of birth", "passport no", "note", "incident date", "city"}
	rows = nil
	for range 60 {
		rows = append(rows, linkage.Row{"Anna Smith", "1970-01-02", "AB1", "seen at the station", "2020-02-03", "Perm"})
	}
	wantEnglish := []linkage.Kind{linkage.KindName, linkage.KindBirth, linkage.KindCode, linkage.KindCategory, linkage.KindDate, linkage.KindPlace}
	for i, c := range linkage.GuessColumns(english, rows) {
		if c.Kind != wantEnglish[i] {
			t.Errorf("%s is guessed as %s, want %s", english[i], c.Kind, wantEnglish[i])
		}
	}
}

func TestLinkRefusesInput(t *testing.T) {
	rows := []linkage.Row{{"1"}, {"2"}, {"3"}}
	many := make([]linkage.Column, 20)
	for i := range many {
		many[i].Kind = linkage.KindText
	}
	for name, columns := range map[string][]linkage.Column{
		"nothing to compare": {{Name: "id", Kind: linkage.KindID}},
		"no columns":         nil,
		"too many":           many,
		"unknown kind":       {{Name: "x", Kind: "colour"}},
	} {
		_, err := linkage.Link(context.Background(), rows, linkage.Options{Columns: columns})
		var e *core.Error
		if !errors.As(err, &e) || e.Kind != core.KindInvalid {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestLinkSmallTables(t *testing.T) {
	for n := range 4 {
		rows := []linkage.Row{{"1", "org1", "Иванов", "Пётр", "Ильич", "1970-05-06"}, {"2", "org2", "Ivanov", "Petr", "", "1970-05-06"}, {"3"}}[:min(n, 3)]
		r := link(t, rows, linkage.Options{})
		seen := 0
		for _, c := range r.Clusters {
			seen += len(c)
		}
		if seen != n || math.IsNaN(r.Threshold) || math.IsNaN(r.EstimatedPrecision) || math.IsNaN(r.EstimatedRecall) {
			t.Errorf("%d rows: %+v", n, r)
		}
	}
}

func TestLinkStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := linkage.Link(ctx, generate(1, 500).rows, linkage.Options{Columns: cisColumns}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v after the context ended", err)
	}
}

// TestHostileCells feeds cells that are no names, dates or texts at all.
func TestHostileCells(t *testing.T) {
	g := generate(2, 300)
	for i, cell := range []string{"\xff\xfe", "....", "(((", "ԱԲԳ", "阿兰", "A.-B.", "0000-00-00", "99999999", "-", "\u0301", "ʼʼ", "И.", "."} {
		for c := 2; c < 10; c++ {
			g.rows[(i*17+c)%300][c] = cell
		}
	}
	for i := range 20 {
		g.rows[i] = g.rows[i][:i%5] // short rows
	}
	link(t, g.rows, linkage.Options{})
	full := linkage.Options{Columns: []linkage.Column{{Kind: linkage.KindIgnore}, {Kind: linkage.KindIgnore}, {Kind: linkage.KindName},
		{Kind: linkage.KindText}, {Kind: linkage.KindCode}, {Kind: linkage.KindDate}, {Kind: linkage.KindSex}, {Kind: linkage.KindPlace}}}
	link(t, g.rows, full)
}

func TestEvaluate(t *testing.T) {
	truth := []string{"a", "a", "a", "b", "b", "c", ""}
	s := linkage.Evaluate([][]int{{0, 1, 6}, {2}, {3, 4}, {5}}, truth)
	for name, c := range map[string][2]float64{
		"pair precision": {s.PairPrecision, 1}, "pair recall": {s.PairRecall, .5}, "pair F1": {s.PairF1, 2. / 3},
		"cluster precision": {s.ClusterPrecision, .5}, "cluster recall": {s.ClusterRecall, 2. / 3}, "row recall": {s.RowRecall, (4./3 + 1./3 + 3) / 6},
	} {
		if math.Abs(c[0]-c[1]) > 1e-12 {
			t.Errorf("%s is %v, want %v", name, c[0], c[1])
		}
	}
	if s := linkage.Evaluate([][]int{{0}, {1}}, []string{"a", "b"}); s.PairF1 != 1 || s.ClusterF1 != 1 {
		t.Errorf("no pairs and none to find: %+v", s)
	}
}

// regionsOf knows that every town lies in one region.
type regionsOf map[string]string

func (r regionsOf) Relate(a, b string) linkage.PlaceRelation {
	if r[a] == b || r[b] == a {
		return linkage.PlacesNested
	}
	return linkage.PlacesUnknown
}

func TestPlacesByHierarchy(t *testing.T) {
	g := generate(61, 1200)
	towns := regionsOf{}
	for _, r := range regions {
		towns["Город "+r[:4]] = r
	}
	for i, row := range g.rows {
		if i%2 == 0 {
			for town, region := range towns {
				if region == row[7] {
					g.rows[i][7] = town
				}
			}
		}
	}
	without := linkage.Evaluate(link(t, g.rows, linkage.Options{Seed: 1}).Clusters, g.truth).PairF1
	with := linkage.Evaluate(link(t, g.rows, linkage.Options{Seed: 1, Places: towns}).Clusters, g.truth).PairF1
	t.Logf("F1 %.4f without the hierarchy, %.4f with it", without, with)
	if with < without-.002 {
		t.Errorf("the hierarchy makes it worse: %.4f, %.4f without", with, without)
	}
}
