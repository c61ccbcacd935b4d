package text

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestSortKey(t *testing.T) {
	for _, want := range [][]string{
		{"Егоров", "Ёжиков", "Ельцин", "Жуков"},
		{"ёлка", "елочка", "ель"},
		{"Иванов", "Йозеф", "Кузнецов"},
		{"гак", "ґанок", "дім"},
		{"еда", "єдність", "жук"},
		{"кава", "Қазақ", "лава"},
		{"азбука", "Ананас", "арбуз"},
		{"Čapek", "cukr", "dům"},
		{"Ivanov", "Иванов", "გიორგი", "Բագրատ"},
	} {
		for i := 1; i < len(want); i++ {
			if bytes.Compare(SortKey(want[i-1]), SortKey(want[i])) >= 0 {
				t.Errorf("%s does not sort before %s", want[i-1], want[i])
			}
		}
	}
	if bytes.Equal(SortKey("елка"), SortKey("ёлка")) {
		t.Error("е and ё must differ at the last level, or order is unstable")
	}
}

func TestSortKeyIsStable(t *testing.T) {
	a := SortKey("Щербаков Юрий")
	SortKey("другое")
	if !bytes.Equal(a, SortKey("Щербаков Юрий")) {
		t.Error("same text, other key")
	}
	long := strings.Repeat("ж", 5000)
	if len(SortKey(long)) > 2000 {
		t.Errorf("key of %d bytes", len(SortKey(long)))
	}
	if !bytes.Equal(SortKey(long), SortKey(long+"я")) {
		t.Error("text past the limit counts")
	}
}

func TestSortKeyConcurrent(t *testing.T) {
	words := []string{"Ёлкин", "Егоров", "Щербаков", "Ivanov", "Պետրոսյան"}
	want := make([][]byte, len(words))
	for i, w := range words {
		want[i] = SortKey(w)
	}
	done := make(chan bool)
	for range 4 {
		go func() {
			ok := true
			for n := range 200 {
				ok = ok && slices.Equal(SortKey(words[n%len(words)]), want[n%len(words)])
			}
			done <- ok
		}()
	}
	for range 4 {
		if !<-done {
			t.Error("keys differ between goroutines")
		}
	}
}
