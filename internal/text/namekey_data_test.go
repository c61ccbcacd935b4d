package text

import (
	"bufio"
	"compress/gzip"
	"os"
	"strconv"
	"strings"
	"testing"
)

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
	misses := os.Getenv("MISSES") != ""
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
	if met*100 < pairs*40 {
		t.Errorf("only %d of %d pairs meet", met, pairs)
	}
}
