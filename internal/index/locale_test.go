package index

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	keyInCode   = regexp.MustCompile(`"(index\.[a-z_]+)"`)
	placeholder = regexp.MustCompile(`\{[a-z]+\}`)
)

func catalogue(t *testing.T, name string) map[string]string {
	t.Helper()
	data, err := fs.ReadFile(Locale(), name)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

func TestEveryMessageIsThereInBothLanguages(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no sources", err)
	}
	used := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range keyInCode.FindAllStringSubmatch(string(src), -1) {
			used[m[1]] = true
		}
	}
	ru, en := catalogue(t, "ru.json"), catalogue(t, "en.json")
	for key := range used {
		if ru[key] == "" || en[key] == "" {
			t.Errorf("%s lacks a message", key)
		}
		a, b := placeholder.FindAllString(ru[key], -1), placeholder.FindAllString(en[key], -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s: placeholders differ: %v, %v", key, a, b)
		}
	}
	for _, c := range []map[string]string{ru, en} {
		for key := range c {
			if !used[key] {
				t.Errorf("%s is never used", key)
			}
		}
	}
}
