package linkage_test

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"svod/internal/linkage"
)

func link(t testing.TB, rows []linkage.Row, o linkage.Options) linkage.Result {
	t.Helper()
	if o.Columns == nil {
		o.Columns = cisColumns
	}
	r, err := linkage.Link(context.Background(), rows, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGeneratedSeeds measures invented tables of several seeds: the result must not
// hang on one.
func TestGeneratedSeeds(t *testing.T) {
	for _, seed := range []uint64{11, 12, 13} {
		g := generate(seed, 4500)
		r := link(t, g.rows, linkage.Options{Seed: seed})
		s := linkage.Evaluate(r.Clusters, g.truth)
		t.Logf("seed %d: pairs P %.4f R %.4f F1 %.4f, clusters F1 %.4f; expected P %.4f R %.4f; threshold %.3f", seed, s.PairPrecision,
			s.PairRecall, s.PairF1, s.ClusterF1, r.EstimatedPrecision, r.EstimatedRecall, r.Threshold)
		if s.PairF1 < .955 || s.ClusterF1 < .94 {
			t.Errorf("seed %d: F1 of pairs %.4f, of clusters %.4f", seed, s.PairF1, s.ClusterF1)
		}
		if d := s.PairPrecision - r.EstimatedPrecision; d > .05 || d < -.05 {
			t.Errorf("seed %d: precision %.3f, expected %.3f", seed, s.PairPrecision, r.EstimatedPrecision)
		}
	}
}

// TestOtherRomanisations replaces one organisation's scheme by ones the description
// does not name.
func TestOtherRomanisations(t *testing.T) {
	for _, c := range []struct{ name, letters string }{
		{"German", "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja"},
		{"French", "a b v g d e io j z i i k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia"},
		{"Polish", "a b w g d e jo ż z i j k l m n o p r s t u f ch c cz sz szcz - y - e ju ja"},
		{"ISO 9", "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â"},
		{"English, old", "a b v g d e yo j z i y k l m n o p r s t oo f kh ts ch sh sch - y - e yu ya"},
	} {
		with := schemes
		with[4] = strings.Fields(c.letters)
		g := generateIn(with, 81, 2500)
		s := linkage.Evaluate(link(t, g.rows, linkage.Options{Seed: 1}).Clusters, g.truth)
		t.Logf("%s: pairs P %.4f R %.4f F1 %.4f, clusters F1 %.4f", c.name, s.PairPrecision, s.PairRecall, s.PairF1, s.ClusterF1)
		if s.PairF1 < .97 || s.ClusterF1 < .96 {
			t.Errorf("%s: F1 of pairs %.4f, of clusters %.4f", c.name, s.PairF1, s.ClusterF1)
		}
	}
}

// TestThresholdNearBest compares the threshold the engine chooses with all others.
func TestThresholdNearBest(t *testing.T) {
	check := func(name string, r linkage.Result, truth []string) {
		t.Helper()
		own := linkage.Evaluate(r.Clusters, truth)
		if same := linkage.Evaluate(r.ClustersAt(r.Threshold), truth); same != own {
			t.Errorf("%s: its own threshold gives other clusters the second time", name)
		}
		best, at := linkage.Score{}, 0.
		for _, threshold := range []float64{.02, .05, .1, .2, .35, .5, .65, .8, .9, .95, .98, .99, .999} {
			if s := linkage.Evaluate(r.ClustersAt(threshold), truth); s.PairF1 > best.PairF1 {
				best, at = s, threshold
			}
		}
		t.Logf("%s: F1 of pairs %.4f at its own threshold %.3f, best %.4f at %.3f", name, own.PairF1, r.Threshold, best.PairF1, at)
		if best.PairF1 > own.PairF1+.01 {
			t.Errorf("%s: more than .01 below the best", name)
		}
	}
	for _, seed := range []uint64{21, 22} {
		g := generate(seed, 6000)
		check("generated", link(t, g.rows, linkage.Options{Seed: 1}), g.truth)
	}
	for _, file := range []string{"linkage/cis20k_dev.csv.gz", "linkage/febrl3.csv", "linkage/RLdata500.csv"} {
		header, rows := shared(t, file)
		check(file, link(t, rows, linkage.Options{Columns: linkage.GuessColumns(header, rows), Seed: 1}), truthOf(header, rows))
	}
}

func TestOrderSeedAndWorkersDoNotMatter(t *testing.T) {
	g := generate(5, 1500)
	want := link(t, g.rows, linkage.Options{Seed: 9, Workers: 1})
	again := link(t, g.rows, linkage.Options{Seed: 9, Workers: 4})
	if !reflect.DeepEqual(want.Clusters, again.Clusters) || !reflect.DeepEqual(want.Pairs, again.Pairs) ||
		!reflect.DeepEqual(want.Report, again.Report) || want.Threshold != again.Threshold {
		t.Fatal("the number of workers changes the result")
	}
	for seed := range uint64(3) {
		rng := rand.New(rand.NewPCG(seed, 1))
		perm := rng.Perm(len(g.rows))
		rows := make([]linkage.Row, len(perm))
		for i, p := range perm {
			rows[i] = g.rows[p]
		}
		got := link(t, rows, linkage.Options{Seed: 9})
		if !reflect.DeepEqual(partition(want.Clusters, nil, len(rows)), partition(got.Clusters, perm, len(rows))) {
			t.Errorf("order %d of the rows gives other clusters", seed)
		}
		if got.Threshold != want.Threshold || got.EstimatedPrecision != want.EstimatedPrecision || len(got.Pairs) != len(want.Pairs) {
			t.Errorf("order %d of the rows gives another model", seed)
		}
	}
}

// partition names the cluster of each row by its smallest row; perm tells which
// original row stands at each place.
func partition(clusters [][]int, perm []int, n int) []int {
	out := make([]int, n)
	for _, c := range clusters {
		least := n
		for _, i := range c {
			if perm != nil {
				i = perm[i]
			}
			least = min(least, i)
		}
		for _, i := range c {
			if perm != nil {
				i = perm[i]
			}
			out[i] = least
		}
	}
	return out
}

func TestClustersNeverContradict(t *testing.T) {
	g := generate(31, 3000)
	r := link(t, g.rows, linkage.Options{Seed: 2})
	for _, p := range r.Pairs {
		if p.Contradicts && inOneCluster(r.Clusters, p.A, p.B) {
			t.Errorf("rows %d and %d contradict and are one: %v %v", p.A, p.B, g.rows[p.A], g.rows[p.B])
		}
	}
	distinct := link(t, g.rows, linkage.Options{Seed: 2, ListsAreDistinct: true})
	for _, c := range distinct.Clusters {
		seen := map[string]bool{}
		for _, i := range c {
			if seen[g.rows[i][1]] {
				t.Fatalf("two rows of one list in %v", c)
			}
			seen[g.rows[i][1]] = true
		}
	}
}

func TestDecisionsOfPeopleStand(t *testing.T) {
	g := generate(41, 1000)
	r := link(t, g.rows, linkage.Options{Seed: 2})
	var pair linkage.Pair
	for _, p := range r.Pairs {
		if inOneCluster(r.Clusters, p.A, p.B) {
			pair = p
			break
		}
	}
	parted := link(t, g.rows, linkage.Options{Seed: 2, Different: [][2]int{{pair.B, pair.A}}})
	if inOneCluster(parted.Clusters, pair.A, pair.B) {
		t.Error("rows declared different are in one cluster")
	}
	far := [2]int{r.Clusters[0][0], r.Clusters[len(r.Clusters)-1][0]}
	joined := link(t, g.rows, linkage.Options{Seed: 2, Same: [][2]int{far}})
	if !inOneCluster(joined.Clusters, far[0], far[1]) {
		t.Error("rows declared the same are in two clusters")
	}
}

// TestPeopleOfOneFamily plants people who are easily taken for one another, and
// one who has married.
func TestPeopleOfOneFamily(t *testing.T) {
	g := generate(71, 3000)
	n := len(g.rows)
	row := func(family, given, patronymic, dob, sex string) linkage.Row {
		return linkage.Row{"", "org1", family, given, patronymic, dob, sex, regions[3], "2017-03-26", "20.2"}
	}
	rows := append(g.rows,
		// Twins, two fathers a letter apart, a marriage, namesakes.
		row("Солодовников", "Иван", "Ильич", "1971-02-03", "m"), row("Солодовников", "Пётр", "Ильич", "1971-02-03", "m"),
		row("Кружилин", "Андрей", "Егорович", "1980-05-05", "m"), row("Кружилин", "Андрей", "Игоревич", "1980-05-05", "m"),
		row("Забелина", "Мария", "Львовна", "1991-07-09", "f"), row("Остроумова", "Мария", "Львовна", "1991-07-09", "f"),
		row("Тучков", "Олег", "Ильич", "1950-01-31", "m"), row("Tuchkov", "Oleg", "Ilyich", "1980-10-20", "m"),
	)
	rows[n+7][7], rows[n+7][8], rows[n+7][9] = regions[40], "2021-01-23", "20.3.3"
	r := link(t, rows, linkage.Options{Seed: 3})
	for k, want := range []bool{false, false, true, false} {
		a, b := n+2*k, n+2*k+1
		if inOneCluster(r.Clusters, a, b) != want {
			e, _ := r.Explain(a, b)
			for _, v := range e {
				t.Logf("%+v", v)
			}
			t.Errorf("%v and %v: one person is %v", rows[a], rows[b], !want)
		}
	}
}

func inOneCluster(clusters [][]int, a, b int) bool {
	for _, c := range clusters {
		if contains(c, a) {
			return contains(c, b)
		}
	}
	return false
}

// singles keeps the first row of each person of g, and every further row whose
// number is a multiple of every.
func singles(g generated, every int) (out generated) {
	seen := map[string]bool{}
	for i, p := range g.truth {
		if !seen[p] || i%every == 0 {
			seen[p] = true
			out.rows, out.truth = append(out.rows, g.rows[i]), append(out.truth, p)
		}
	}
	return out
}

// TestFewDuplicates holds the engine honest where there is little or nothing to find.
func TestFewDuplicates(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		g := singles(generate(seed, 7000), math.MaxInt)
		r := link(t, g.rows, linkage.Options{Seed: 1})
		t.Logf("no duplicates among %d rows: %d rows linked", len(g.rows), r.Report.Linked)
		if r.Report.Linked > len(g.rows)/500 {
			t.Errorf("%d of %d rows linked, and there are no duplicates", r.Report.Linked, len(g.rows))
		}
		g = singles(generate(seed+10, 7000), 50)
		r = link(t, g.rows, linkage.Options{Seed: 1})
		s := linkage.Evaluate(r.Clusters, g.truth)
		t.Logf("few duplicates among %d rows: pairs P %.4f R %.4f F1 %.4f; expected P %.4f R %.4f", len(g.rows), s.PairPrecision, s.PairRecall,
			s.PairF1, r.EstimatedPrecision, r.EstimatedRecall)
		if s.PairF1 < .88 {
			t.Errorf("F1 of pairs %.4f where duplicates are few", s.PairF1)
		}
	}
}
