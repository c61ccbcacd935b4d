package form

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"svod/internal/core"
)

var (
	keyInCode   = regexp.MustCompile(`"(form\.[a-z_]+(\.[a-z_]+)?)"`)
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

// usedKeys are those written in the code and those that a form shows.
func usedKeys(t *testing.T) map[string]bool {
	t.Helper()
	used := map[string]bool{"form.part.remove": true, "form.term.none": true}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no sources", err)
	}
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
	for _, c := range controls(Model(allKinds(), core.Values{}, "ru", Options{Terms: testPacks()})) {
		inputs := []Input{}
		if c.Missing != nil {
			inputs = append(inputs, *c.Missing)
		}
		for _, r := range c.Rows {
			inputs = append(inputs, r.Inputs...)
		}
		for _, in := range inputs {
			used[in.LabelKey] = true
			for _, o := range in.Options {
				used[o.LabelKey] = true
			}
		}
	}
	delete(used, "")
	return used
}

func TestEveryMessageIsThereInBothLanguages(t *testing.T) {
	used := usedKeys(t)
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
