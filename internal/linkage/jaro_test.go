package linkage

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestJaroWinkler(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"martha", "marhta", .9611}, {"dixon", "dicksonx", .8133}, {"dwayne", "duane", .84}, {"", "a", 0}, {"", "", 0}, {"a", "a", 1},
		{"abc", "xyz", 0},
	} {
		if got := jaroWinkler(encode(c.a), encode(c.b)); math.Abs(got-c.want) > 5e-5 {
			t.Errorf("%s, %s: %.4f, want %.4f", c.a, c.b, got, c.want)
		}
	}
}

// TestJaroWinklerAgreesWithPlain compares the bits with a plain implementation of
// the definition, up to the longest keys.
func TestJaroWinklerAgreesWithPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	random := func() string {
		b := make([]byte, rng.IntN(maxKey+1))
		for i := range b {
			b[i] = "abcdef"[rng.IntN(6)]
		}
		return encode(string(b))
	}
	for range 20_000 {
		a, b := random(), random()
		got, want := jaroWinkler(a, b), plainJaroWinkler(a, b)
		if math.Abs(got-want) > 1e-12 {
			t.Fatalf("%v, %v: %v, want %v", []byte(a), []byte(b), got, want)
		}
		if got < 0 || got > 1 {
			t.Fatalf("%v is outside 0–1", got)
		}
	}
}

func plainJaroWinkler(a, b string) float64 {
	if a == "" || b == "" {
		return 0
	}
	window := max(max(len(a), len(b))/2-1, 0)
	usedA, usedB := make([]bool, len(a)), make([]bool, len(b))
	m := 0
	for j := range len(b) {
		for i := max(0, j-window); i <= min(len(a)-1, j+window); i++ {
			if !usedA[i] && a[i] == b[j] {
				usedA[i], usedB[j] = true, true
				m++
				break
			}
		}
	}
	if m == 0 {
		return 0
	}
	var x, y []byte
	for i := range len(a) {
		if usedA[i] {
			x = append(x, a[i])
		}
	}
	for j := range len(b) {
		if usedB[j] {
			y = append(y, b[j])
		}
	}
	swaps := 0
	for k := range x {
		if x[k] != y[k] {
			swaps++
		}
	}
	f := float64(m)
	jaro := (f/float64(len(a)) + f/float64(len(b)) + (f-float64(swaps/2))/f) / 3
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + .1*float64(prefix)*(1-jaro)
}

func TestOneEdit(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"ivanov", "ivanv", true}, {"ivanov", "iavnov", true}, {"ivanov", "ivanof", true}, {"ivanov", "vianof", false}, {"", "a", true},
		{"ab", "ba", true}, {"abc", "cab", false}, {"abcd", "ab", false}, {"same", "same", true},
	} {
		if got := oneEdit(c.a, c.b); got != c.want || oneEdit(c.b, c.a) != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}

func BenchmarkJaroWinkler(b *testing.B) {
	x, y := encode("wxerbakovski"), encode("wxerbkaova")
	for b.Loop() {
		jaroWinkler(x, y)
	}
}

func TestCompareDates(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		birth uint8
		date  uint8
	}{
		{"1970-05-06", "06.05.1970", birthSame, dateSame},
		{"19700506", "1970-06-05", birthSwapped, dateMonths},
		{"1970-05-06", "1970", birthPartial, datePartial},
		{"1970-05-06", "1970-05", birthPartial, datePartial},
		{"1970-05-06", "1971-05-06", birthYearNear, dateYear},
		{"1970-05-06", "1982-05-06", birthYearOther, dateDiffer},
		{"1970-05-06", "1970-05-09", birthOneOff, dateDays},
		{"1970-05-06", "1970-09-17", birthSameYear, dateYear},
		{"1970-05-06", "1972", birthNearYear, dateDiffer},
		{"1970-05-06", "1999-12-31", birthDiffer, dateDiffer},
		{"ок. 1970", "1970-05-06", birthPartial, datePartial},
		{"", "1970", 0, 0},
		{"не помнит", "1970", 0, 0},
	} {
		x, y := parseDay(c.a), parseDay(c.b)
		if got := compareBirth(&x, &y); got != c.birth {
			t.Errorf("births %q, %q: level %d, want %d", c.a, c.b, got, c.birth)
		}
		if got := compareDate(&x, &y); got != c.date {
			t.Errorf("dates %q, %q: level %d, want %d", c.a, c.b, got, c.date)
		}
		if compareBirth(&x, &y) != compareBirth(&y, &x) || compareDate(&x, &y) != compareDate(&y, &x) {
			t.Errorf("%q, %q: the comparison is not symmetric", c.a, c.b)
		}
	}
}
