package text

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// SVOD_MISSES=1 makes the tests below list every pair that does not meet.
func openShared(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open("../../../shared/data/" + name)
	if err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatalf("shared data required: %v", err)
		}
		t.Skipf("shared data absent: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestNameKeyMeets measures on transcribed names of the whole world how often the
// two scripts meet on the key itself.
func TestNameKeyMeets(t *testing.T) {
	z, err := gzip.NewReader(openShared(t, "linkage/wd_russian_16.tsv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	var pairs, met, weight, metWeight int
	misses := os.Getenv("SVOD_MISSES") != ""
	for sc := bufio.NewScanner(z); sc.Scan(); {
		f := strings.Split(sc.Text(), "\t")
		latin, cyrillic := f[0], strings.ReplaceAll(f[1], " ", "")
		n, err := strconv.Atoi(f[2])
		if err != nil {
			t.Fatal(err)
		}
		pairs++
		weight += n
		if a, b := NameKey(latin), NameKey(cyrillic); a == b {
			met++
			metWeight += n
		} else if misses {
			t.Logf("MISS %s %s %s %s %d", latin, cyrillic, a, b, n)
		}
	}
	t.Logf("pairs %d, meet %.1f %%; by frequency %.1f %%", pairs, 100*float64(met)/float64(pairs), 100*float64(metWeight)/float64(weight))
	if met*100 < pairs*60 {
		t.Errorf("only %d of %d pairs meet", met, pairs)
	}
}

// TestNameKeyAcrossOrganisations takes the invented records of one person as six
// organisations wrote them (two in Cyrillic, four in Latin, with typing errors in
// about a fifth on either side, so that about two thirds can meet at best) and measures how often a Cyrillic and a Latin spelling of the
// surname meet, and how often surnames of two different people do.
func TestNameKeyAcrossOrganisations(t *testing.T) {
	z, err := gzip.NewReader(openShared(t, "linkage/cis20k_dev.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	people := map[string][][]string{}
	for _, r := range rows[1:] {
		people[r[1]] = append(people[r[1]], r)
	}
	var pairs, met, apart, mixed int
	var before string // the surname of somebody else
	for _, id := range slices.Sorted(maps.Keys(people)) {
		for _, a := range people[id] {
			for _, b := range people[id] {
				if !mixesScripts(a[3]+b[3]) || !mixesScripts(a[4]+b[4]) || isLatin([]rune(a[3])[0]) {
					continue
				}
				pairs++
				if NameKey(a[3]) == NameKey(b[3]) {
					met++
				} else if os.Getenv("SVOD_MISSES") != "" {
					t.Logf("MISS %s %s %s %s", a[3], b[3], NameKey(a[3]), NameKey(b[3]))
				}
			}
		}
		if name := people[id][0][3]; before != "" && name != before {
			apart++
			if NameKey(name) == NameKey(before) {
				mixed++
			}
		}
		before = people[id][0][3]
	}
	t.Logf("%d pairs of one person, %.1f %% meet; %d pairs of two people, %d meet", pairs, 100*float64(met)/float64(pairs), apart, mixed)
	if met*100 < pairs*60 {
		t.Errorf("only %d of %d pairs meet", met, pairs)
	}
	if mixed*1000 > apart*5 {
		t.Errorf("%d of %d different surnames meet", mixed, apart)
	}
}

// TestNameKeyOnNameBench looks at whole names: the sets of keys of their words are
// equal, for pairs a human called the same person and for pairs called different.
func TestNameKeyOnNameBench(t *testing.T) {
	rows, err := csv.NewReader(openShared(t, "names/name_bench_visible.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var same, sameMet, other, otherMet int
	for _, r := range rows[1:] {
		if r[1] != "Person" {
			continue
		}
		key := nameKeys(r[2])
		met := key != "" && key == nameKeys(r[3])
		switch {
		case r[4] == "true":
			same++
			if met {
				sameMet++
			}
		default:
			other++
			if met {
				otherMet++
				t.Logf("meet though different: %s, %s", r[2], r[3])
			}
		}
	}
	t.Logf("same person: %d of %d meet; different: %d of %d", sameMet, same, otherMet, other)
	if sameMet*10 < same*2 || otherMet*20 > other {
		t.Error("the exact key got worse on whole names")
	}
}

func nameKeys(name string) string {
	var keys []string
	for _, tok := range Tokenize(name) {
		if k := NameKey(name[tok.Start:tok.End]); k != "" {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return strings.Join(slices.Compact(keys), " ")
}
