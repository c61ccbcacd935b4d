package kernel_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"svod/internal/form"
	"svod/internal/index"
	"svod/internal/kernel"
	"svod/internal/sheet"
	"svod/internal/text"
)

var messageKey = regexp.MustCompile(`"((?:error|verify|hint|import|export)\.[a-z0-9_.]+)"`)

// keysIn are the message keys in the Go files of a package.
func keysIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range messageKey.FindAllStringSubmatch(string(b), -1) {
			out[m[1]] = filepath.Base(name)
		}
	}
	return out
}

// TestEveryErrorHasWords: each key of the kernel has a message in both
// languages, here or in a package beneath, and no message is left over.
func TestEveryErrorHasWords(t *testing.T) {
	own, err := text.Load(kernel.Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range own.Check() {
		t.Error(problem)
	}
	all := &text.Catalogue{}
	for _, c := range []*text.Catalogue{own, load(t, "form"), load(t, "index"), load(t, "sheet")} {
		if err := all.Merge(c); err != nil {
			t.Error(err)
		}
	}
	used := keysIn(t, ".")
	for key, where := range keysIn(t, "../core") {
		used[key] = where
	}
	for key, where := range used {
		if !all.Has("ru", key) || !all.Has("en", key) {
			t.Errorf("%s: no words for %q", where, key)
		}
	}
	for _, key := range own.Keys("ru") {
		if _, ok := used[key]; !ok {
			t.Errorf("%q is used nowhere", key)
		}
	}
}

func load(t *testing.T, name string) *text.Catalogue {
	t.Helper()
	source := form.Locale()
	switch name {
	case "index":
		source = index.Locale()
	case "sheet":
		source = sheet.Locale()
	}
	c, err := text.Load(source, ".")
	if err != nil {
		t.Fatal(err)
	}
	return c
}
