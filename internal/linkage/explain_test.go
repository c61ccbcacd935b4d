package linkage_test

import (
	"context"
	"strings"
	"testing"

	"svod/internal/linkage"
	"svod/internal/text"
)

// TestMessages holds the catalogue complete: every key a caller can meet has a
// text in both languages.
func TestMessages(t *testing.T) {
	c, err := text.Load(linkage.Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range c.Check() {
		t.Error(err)
	}
	used := map[string]bool{}
	for _, k := range append(linkage.EvidenceKeys(), linkage.ErrorKeys()...) {
		used[k] = true
		for _, lang := range []string{"ru", "en"} {
			if !c.Has(lang, k) {
				t.Errorf("%s has no %s", lang, k)
			}
		}
	}
	for _, k := range c.Keys("en") {
		if !used[k] {
			t.Errorf("%s is never used", k)
		}
	}
}

func TestExplain(t *testing.T) {
	rows := generate(3, 800)
	target := linkage.Row{"x1", "org1", "Задунайская", "Наталья", "Петровна", "1970-05-06", "f", "Томская область", "2015-03-04", "20.2"}
	other := linkage.Row{"x2", "org3", "Zadunayskaya", "Natasha", "", "1981-02-11", "f", "Томская область", "2015-03-04", "20.2"}
	enemy := linkage.Row{"x3", "org3", "Zadunayskaya", "Natalya", "Ivanovna", "1970-05-06", "f", "Томская область", "2015-03-04", "20.2"}
	all := append(rows.rows, target, other, enemy)
	r, err := linkage.Link(context.Background(), all, linkage.Options{Columns: cisColumns, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	c, err := text.Load(linkage.Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	n := len(rows.rows)
	say := func(a, b int, lang string) string {
		e, err := r.Explain(a, b)
		if err != nil {
			t.Fatal(err)
		}
		return linkage.InWords(c, lang, e)
	}
	for _, part := range []string{"surname agrees across scripts, rare", "year of birth disagrees", "short form"} {
		if s := say(n, n+1, "en"); !strings.Contains(s, part) {
			t.Errorf("%q is not in %q", part, s)
		}
	}
	for _, part := range []string{"отчества разные, значит, это разные люди", "дата рождения совпадает"} {
		if s := say(n, n+2, "ru"); !strings.HasPrefix(s, "отчества") || !strings.Contains(s, part) {
			t.Errorf("%q is not in %q", part, s)
		}
	}
	if say(n, n+1, "en") != say(n+1, n, "en") {
		t.Error("the explanation depends on the order of the two rows")
	}
	for _, group := range r.Clusters {
		if len(group) > 1 && contains(group, n) && contains(group, n+2) {
			t.Error("two people who differ in patronymic are in one cluster")
		}
	}
	if _, err := r.Explain(0, len(all)); err == nil {
		t.Error("a row that is not there was explained")
	}
}

func contains(s []int, v int) bool {
	for _, x := range s {
		if x == v {
			return true
		}
	}
	return false
}
