package cli

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"svod/internal/core"
	"svod/internal/instance"
	"svod/internal/kernel"
)

func TestMessagesAreCompleteInBothLanguages(t *testing.T) {
	w, err := loadWords("ru")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range w.all.Check() {
		t.Error(err)
	}
}

// The code must not name a message that does not exist, nor keep one that
// nothing names.
func TestEveryMessageIsUsedAndEveryUsedOneExists(t *testing.T) {
	w, err := loadWords("en")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, dir := range []string{".", "../instance", "../../cmd/svod"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(f, "_test.go") {
				code.Write(b)
			}
		}
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile(`"((?:cli|instance|error)\.[a-z_.]*[a-z])"`).FindAllStringSubmatch(code.String(), -1) {
		named[m[1]] = true
		if m[1] != "instance.json" && !w.all.Has("en", m[1]) {
			t.Errorf("no message %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`\$\{([a-z_]+)\}`).FindAllStringSubmatch(code.String(), -1) {
		named["cli.help."+m[1]] = true
		if !w.all.Has("en", "cli.help."+m[1]) {
			t.Errorf("no help %s", m[1])
		}
	}
	for _, key := range w.all.Keys("en") {
		made := strings.HasPrefix(key, "cli.role.") || strings.HasPrefix(key, "cli.outcome.")
		if strings.HasPrefix(key, "cli.") && !named[key] && !made {
			t.Errorf("nothing says %s", key)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for _, c := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{nil, nil, "en"},
		{nil, map[string]string{"LANG": "ru_RU.UTF-8"}, "ru"},
		{nil, map[string]string{"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"},
		{nil, map[string]string{"LANG": "uk_UA"}, "ru"},
		{nil, map[string]string{"LANG": "hy_AM"}, "en"},
		{[]string{"search", "--lang", "ru"}, map[string]string{"LANG": "en_GB"}, "ru"},
		{[]string{"--lang=en", "search"}, map[string]string{"LANG": "ru_RU"}, "en"},
		{[]string{"--lang=xx"}, map[string]string{"LANG": "ru_RU"}, "ru"},
	} {
		if got := languageOf(c.args, func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%v %v: %s, want %s", c.args, c.env, got, c.want)
		}
	}
}

func TestExitCodes(t *testing.T) {
	kinds := map[core.Kind]int{core.KindInternal: 8, core.KindInvalid: 2, core.KindNotFound: 3, core.KindForbidden: 3,
		core.KindConflict: 5, core.KindSignedOut: 4, core.KindTooLarge: 2, core.KindTooMany: 6, core.KindUnavail: 6, core.KindNewerStore: 7}
	for kind, want := range kinds {
		if got := exitCode(&core.Error{Kind: kind}); got != want {
			t.Errorf("%s: %d, want %d", kind, got, want)
		}
	}
	if exitCode(nil) != 0 || exitCode(errFound) != 1 || exitCode(errors.New("x")) != 8 {
		t.Error("nil, found or unknown")
	}
	if got := exitCode(errors.Join(core.Conflict("x"), nil)); got != 5 {
		t.Errorf("joined: %d", got)
	}
}

// An absent record and an absent page must read the same; an internal error
// must not show its cause.
func TestExplain(t *testing.T) {
	w, err := loadWords("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{core.NotFound(), "There is no such record, or you cannot see it."},
		{core.Internal(errors.New("the victim's name")), "Something went wrong"},
		{core.Invalid("error.required").At("title").AtCell(7, 1), "row 7, title: Fill in this field."},
		{core.Forbidden("error.need_role", "role", core.Steward), "“steward”"},
		{core.Invalid("error.file_too_large", "max", int64(2<<30)), "2,048 MB"},
		{core.Errors{core.Invalid("error.required").At("a"), core.Invalid("error.required").At("b")}, "a: Fill in this field.|b: Fill in this field."},
	} {
		got := strings.Join(w.explain(c.err), "|")
		if !strings.Contains(got, c.want) || strings.Contains(got, "victim") {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

func TestEveryCommandHasHelpInBothLanguages(t *testing.T) {
	for _, lang := range []string{"ru", "en"} {
		w, err := loadWords(lang)
		if err != nil {
			t.Fatal(err)
		}
		r := &run{words: w}
		var g grammar
		parser, err := kong.New(&g, kong.Name("svod"), r.vars())
		if err != nil {
			t.Fatal(err)
		}
		leaves := parser.Model.Leaves(true)
		if len(leaves) < 19 {
			t.Errorf("only %d commands", len(leaves))
		}
		for _, n := range leaves {
			if n.Help == "" {
				t.Errorf("%s: %s has no help", lang, n.FullPath())
			}
			for _, group := range n.AllFlags(false) {
				for _, f := range group {
					if f.Help == "" {
						t.Errorf("%s: %s --%s has no help", lang, n.FullPath(), f.Name)
					}
				}
			}
		}
	}
}

func TestMappingFile(t *testing.T) {
	write := func(text string) string {
		file := filepath.Join(t.TempDir(), "m.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	m, err := readMapping(write("source: s\nencoding: cp1251\ncolumns:\n  - {heading: ' ДАТА ', field: initial_date, order: mdy}\n  - {index: 3, field: assembly_form, terms: {сходка: gathering}}\n"), "event")
	if err != nil {
		t.Fatal(err)
	}
	columns := []kernel.ColumnPlan{{Heading: "№", Field: "@id"}, {Heading: "дата", Index: 1}, {Heading: "форма", Index: 2}}
	if err := m.apply(columns); err != nil {
		t.Fatal(err)
	}
	want := []kernel.ColumnPlan{{Heading: "№"}, {Heading: "дата", Index: 1, Field: "initial_date", Order: "mdy"},
		{Heading: "форма", Index: 2, Field: "assembly_form", Terms: map[string]string{"сходка": "gathering"}}}
	if !reflect.DeepEqual(columns, want) {
		t.Errorf("%+v", columns)
	}
	if m.Options.Encoding != "windows-1251" || m.Source != "s" {
		t.Errorf("%+v", m)
	}
	for text, key := range map[string]string{
		"columns: [{heading: нет, field: title}]": "cli.map_heading",
		"type: person\n": "cli.map_type",
		"kolumns: []\n":  "cli.map_bad",
	} {
		m, err := readMapping(write(text), "event")
		if err == nil {
			err = m.apply(columns)
		}
		var e *core.Error
		if !errors.As(err, &e) || e.Key != key {
			t.Errorf("%q: %v, want %s", text, err, key)
		}
	}
}

// removeDemo must never remove anything real.
func TestARealFolderIsNeverRemoved(t *testing.T) {
	f, err := instance.Create(filepath.Join(t.TempDir(), "d"), false, "sqlite")
	if err != nil {
		t.Fatal(err)
	}
	if err := removeDemo(f); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Dir()); err != nil {
		t.Error(err)
	}
}

func TestAPathWithSpacesCanBePasted(t *testing.T) {
	for in, want := range map[string]string{
		"/var/lib/svod": "/var/lib/svod", "/home/anna/мой свод": "'/home/anna/мой свод'", "it's": `'it'\''s'`, "": "''",
	} {
		if got := quoted(in); got != want {
			t.Errorf("%q is quoted %s, want %s", in, got, want)
		}
	}
}
