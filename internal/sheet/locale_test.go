package sheet

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/text"
)

func TestLocaleComplete(t *testing.T) {
	c, err := text.Load(Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	want := append(NoteKeys(), ErrorKeys()...)
	want = append(want, core.DateErrorKeys()...)
	want = append(want, "sheet.place_cell", "sheet.place_row")
	for _, k := range ColumnKinds() {
		want = append(want, "sheet.kind_"+string(k))
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
	n := Note{Key: noteDateImprecise, Row: 7, Col: 28, Field: "дата", Value: "май 2012", Args: []any{"date", "2012-05"}}
	if got := c.T("ru", n.Key, n.Placeholders()...); got != "Дата неточная: «май 2012» прочитано как 2012-05." {
		t.Error(got)
	}
	if got := c.T("en", "sheet.place_cell", n.Placeholders()...); got != "row 7, column AB (“дата”)" {
		t.Error(got)
	}
}

// TestKeysListed: every constant that looks like a key is in a list.
func TestKeysListed(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "note.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	all := append(NoteKeys(), ErrorKeys()...)
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				key, _ := strconv.Unquote(lit.Value)
				if (strings.HasPrefix(key, "sheet.") || strings.HasPrefix(key, "error.")) && !slices.Contains(all, key) {
					t.Errorf("%s is not listed", key)
				}
			}
		}
		return true
	})
}
