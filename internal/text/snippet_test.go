package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func show2(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Hit {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func stemIs(words ...string) func(string) bool {
	return func(w string) bool {
		for _, q := range words {
			if Stem(w) == Stem(q) {
				return true
			}
		}
		return false
	}
}

func TestHighlight(t *testing.T) {
	for _, c := range []struct{ in, query, want string }{
		{"Участники митинга, Митингов было два", "митинг", "Участники [митинга], [Митингов] было два"},
		{"По ст. 20.2 КоАП", "20.2", "По ст. [20.2] КоАП"},
		{"4.12.2011 в Москве", "2011", "4.12.[2011] в Москве"},
		{"Ёлка и м’ята", "елка", "[Ёлка] и м’ята"},
		{"Rallies were banned", "rally", "[Rallies] were banned"},
		{"Ничего", "митинг", "Ничего"},
		{"", "митинг", ""},
	} {
		if got := show2(Highlight(c.in, stemIs(c.query))); got != c.want {
			t.Errorf("Highlight(%q, %q) = %q, want %q", c.in, c.query, got, c.want)
		}
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("Обычный рабочий день без происшествий. ", 10) +
		"Вечером полиция разогнала митинг у здания суда, митингующих задержали. " +
		strings.Repeat("Потом снова тишина. ", 10)
	got := show2(Snippet(long, stemIs("митинг", "суд"), 80))
	for _, part := range []string{"[митинг]", "[суда]", "…"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q lacks %q", got, part)
		}
	}
	if n := utf8.RuneCountInString(got); n > 95 {
		t.Errorf("%d characters: %q", n, got)
	}
	if !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") {
		t.Errorf("%q does not show that text is left out", got)
	}
	if strings.HasPrefix(got, "… ") {
		t.Errorf("%q begins with a space", got)
	}
}

func TestSnippetWithoutHit(t *testing.T) {
	got := show2(Snippet("Обычный рабочий день без происшествий и новостей", stemIs("митинг"), 20))
	if got != "Обычный рабочий день…" {
		t.Errorf("%q", got)
	}
	if got := show2(Snippet("коротко", stemIs("митинг"), 20)); got != "коротко" {
		t.Errorf("%q", got)
	}
	if got := show2(Snippet(strings.Repeat("я", 50), stemIs("митинг"), 10)); got != strings.Repeat("я", 10)+"…" {
		t.Errorf("%q", got)
	}
}
