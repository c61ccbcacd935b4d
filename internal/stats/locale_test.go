package stats

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"svod/internal/text"
)

func catalogue(t *testing.T) *text.Catalogue {
	t.Helper()
	c, err := text.Load(Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLocaleComplete(t *testing.T) {
	c := catalogue(t)
	want := slices.Concat(ErrorKeys(), RefusalKeys(), SentenceKeys())
	for _, f := range Families() {
		want = append(want, "stats.family_"+string(f))
	}
	for _, i := range Intervals() {
		want = append(want, "stats.interval_"+string(i))
	}
	slices.Sort(want)
	for _, lang := range []string{"ru", "en"} {
		got := c.Keys(lang)
		for _, k := range want {
			if !slices.Contains(got, k) {
				t.Errorf("%s lacks %s", lang, k)
			}
		}
		for _, k := range got {
			if !slices.Contains(want, k) {
				t.Errorf("%s has %s, which nothing uses", lang, k)
			}
		}
	}
	for _, err := range c.Check() {
		t.Error(err)
	}
}

// TestKeysListed: every constant that looks like a key is in a list.
func TestKeysListed(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "message.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Concat(ErrorKeys(), RefusalKeys(), SentenceKeys())
	found := 0
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				key, _ := strconv.Unquote(lit.Value)
				if strings.HasPrefix(key, "stats.") || strings.HasPrefix(key, "error.") {
					found++
					if !slices.Contains(all, key) {
						t.Errorf("%s is not listed", key)
					}
				}
			}
		}
		return true
	})
	if found != len(all) {
		t.Errorf("%d constants, %d listed", found, len(all))
	}
}

// everyPlaceholder fails for a message that keeps a placeholder unfilled.
func everyPlaceholder(t *testing.T, c *text.Catalogue, m Message) {
	t.Helper()
	for _, lang := range []string{"ru", "en"} {
		if s := c.T(lang, m.Key, m.Args...); strings.ContainsAny(s, "{}") || s == m.Key {
			t.Errorf("%s %s is %q", lang, m.Key, s)
		}
	}
}
