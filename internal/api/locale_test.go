package api_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"svod/internal/api"
	"svod/internal/core"
	"svod/internal/text"
)

func TestEveryMessageIsThereInBothLanguagesAndUsed(t *testing.T) {
	c, err := text.Load(api.Locale(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range c.Check() {
		t.Error(err)
	}
	var source strings.Builder
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no sources", err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(b)
	}
	used := map[string]bool{}
	for _, m := range regexp.MustCompile(`"(api\.[a-z_.]+)"`).FindAllStringSubmatch(source.String(), -1) {
		used[m[1]] = true
	}
	for _, kind := range []core.Kind{core.KindInternal, core.KindInvalid, core.KindNotFound, core.KindForbidden, core.KindConflict,
		core.KindSignedOut, core.KindTooLarge, core.KindTooMany, core.KindUnavail, core.KindNewerStore} {
		used["api.title."+string(kind)] = true
	}
	for _, role := range core.Roles() {
		used["api.role."+string(role)] = true
	}
	for key := range used {
		if !strings.HasSuffix(key, ".") && !c.Has("ru", key) {
			t.Errorf("%s is used and has no words", key)
		}
	}
	for _, key := range c.Keys("ru") {
		if !used[key] {
			t.Errorf("%s has words and is not used", key)
		}
	}
	if _, err := fs.Stat(api.Locale(), "en.json"); err != nil {
		t.Error(err)
	}
}
