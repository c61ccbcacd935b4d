package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/web"
)

var (
	keyShape     = regexp.MustCompile(`^[a-z]+(\.[a-z0-9_]+)+$`)
	prefixShape  = regexp.MustCompile(`^[a-z]+\.([a-z0-9_]+\.)*([a-z0-9_]*_)?$`)
	templateKey  = regexp.MustCompile(`T "([^"]+)"`)
	templateMade = regexp.MustCompile(`T \(print "([^"]+)"`)
)

// usedKeys are the message keys in Go and in templates, and the beginnings of
// those that are put together.
func usedKeys(t *testing.T) (keys map[string]string, prefixes map[string]string) {
	t.Helper()
	keys, prefixes = map[string]string{}, map[string]string{}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				return true
			}
			switch {
			case prefixShape.MatchString(s):
				prefixes[s] = name
			case keyShape.MatchString(s):
				keys[s] = name
			}
			return true
		})
	}
	pages, err := filepath.Glob("html/*/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pages {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range templateKey.FindAllStringSubmatch(string(b), -1) {
			keys[m[1]] = name
		}
		for _, m := range templateMade.FindAllStringSubmatch(string(b), -1) {
			prefixes[m[1]] = name
		}
	}
	return keys, prefixes
}

// TestWordsAreComplete: Russian and English have the same keys, placeholders
// and every plural form.
func TestWordsAreComplete(t *testing.T) {
	own, err := web.OwnWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range own.Check() {
		t.Error(problem)
	}
}

// TestEveryKeyHasWords: a key in Go or a template is in the catalogue.
func TestEveryKeyHasWords(t *testing.T) {
	k, _ := newKernel(t, false)
	all, err := web.AllWords(web.Options{Kernel: k})
	if err != nil {
		t.Fatal(err)
	}
	own, err := web.OwnWords()
	if err != nil {
		t.Fatal(err)
	}
	areas := map[string]bool{"error": true, "flash": true}
	for _, key := range own.Keys("ru") {
		areas[strings.SplitN(key, ".", 2)[0]] = true
	}
	keys, _ := usedKeys(t)
	for key, where := range keys {
		fromTemplate := strings.HasSuffix(where, ".html")
		if (fromTemplate || areas[strings.SplitN(key, ".", 2)[0]]) && !all.Has("ru", key) {
			t.Errorf("%s: no words for %q", where, key)
		}
	}
	for _, made := range madeKeys() {
		if !all.Has("ru", made) {
			t.Errorf("no words for %q, which is put together", made)
		}
	}
}

// madeKeys are the keys put together from a closed list of values.
func madeKeys() []string {
	var out []string
	for _, r := range core.Roles() {
		out = append(out, "role."+string(r), "role_what."+string(r))
	}
	for _, kind := range ledger.Kinds() {
		out = append(out, "ledger.kind."+string(kind))
	}
	for _, kind := range []string{"import", "undo", "export", "rekey", "adopt"} {
		out = append(out, "job.kind."+kind)
	}
	for _, state := range []string{"waiting", "running", "paused", "done", "failed", "cancelled"} {
		out = append(out, "job.state."+state)
	}
	return out
}

// TestNoWordsAreLeftOver: a message nobody shows is deleted.
func TestNoWordsAreLeftOver(t *testing.T) {
	own, err := web.OwnWords()
	if err != nil {
		t.Fatal(err)
	}
	keys, prefixes := usedKeys(t)
next:
	for _, key := range own.Keys("ru") {
		if _, ok := keys[key]; ok {
			continue
		}
		for p := range prefixes {
			if strings.HasPrefix(key, p) {
				continue next
			}
		}
		t.Errorf("%q is used nowhere", key)
	}
}
