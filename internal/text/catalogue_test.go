package text

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func catalogueOf(t *testing.T, files map[string]string) *Catalogue {
	t.Helper()
	c, err := loadFiles(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func loadFiles(files map[string]string) (*Catalogue, error) {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys["locale/"+name] = &fstest.MapFile{Data: []byte(data)}
	}
	return Load(fsys, "locale")
}

var goodFiles = map[string]string{
	"ru.json": `{
		"save": "Сохранить",
		"rows": {"description": "after an import", "one": "Загружена {count} строка", "few": "Загружены {count} строки", "many": "Загружено {count} строк", "other": "Загружено {count} строки"},
		"who": "{name} — {role}",
		"nav": {"home": "Главная", "deep": {"list": "Список"}}
	}`,
	"en.json": `{
		"save": "Save",
		"rows": {"one": "One row loaded", "other": "{count} rows loaded"},
		"who": "{name}, {role}",
		"nav": {"home": "Home", "deep": {"list": "List"}}
	}`,
	"active.uk.json": `{"save": "Зберегти"}`,
	"notes.txt":      `not a catalogue`,
}

type named int16

func TestCatalogueT(t *testing.T) {
	c := catalogueOf(t, goodFiles)
	for _, x := range []struct {
		lang, key string
		args      []any
		want      string
	}{
		{"ru", "save", nil, "Сохранить"},
		{"ru-RU", "save", nil, "Сохранить"},
		{"uk", "save", nil, "Зберегти"},
		{"uk", "nav.home", nil, "Главная"},
		{"ka", "nav.home", nil, "Home"},
		{"", "nav.deep.list", nil, "List"},
		{"ru", "no.such.key", nil, "no.such.key"},
		{"ru", "rows", []any{"count", 1}, "Загружена 1 строка"},
		{"ru", "rows", []any{"count", 3}, "Загружены 3 строки"},
		{"ru", "rows", []any{"count", int64(5169)}, "Загружено 5_169 строк"},
		{"ru", "rows", []any{"count", 1.5}, "Загружено 1,5 строки"},
		{"ru", "rows", []any{"count", uint8(11)}, "Загружено 11 строк"},
		{"en", "rows", []any{"count", named(2)}, "2 rows loaded"},
		{"en", "who", []any{"name", nil, "role", true}, "<nil>, true"},
		{"en", "rows", []any{"count", 1}, "One row loaded"},
		{"en", "rows", []any{"count", 7206}, "7,206 rows loaded"},
		{"uk", "rows", []any{"count", 2}, "Загружены 2 строки"},
		{"ru", "who", []any{"name", "Юлия", "role", []string{"а", "б"}}, "Юлия — а и б"},
		{"ru", "who", []any{"name", "{role}", "role", errors.New("x")}, "{role} — x"},
		{"ru", "who", []any{"name", "Юлия"}, "Юлия — {role}"},
		{"ru", "who", []any{"name"}, "{name} — {role}"},
		{"ru", "rows", nil, "Загружено {count} строки"},
	} {
		if got := visible(c.T(x.lang, x.key, x.args...)); got != x.want {
			t.Errorf("T(%s, %s, %v) = %q, want %q", x.lang, x.key, x.args, got, x.want)
		}
	}
	if errs := c.Check(); len(errs) > 0 {
		t.Errorf("Check: %v", errs)
	}
	if got := c.Languages(); !slices.Equal(got, []string{"en", "ru", "uk"}) {
		t.Errorf("Languages: %v", got)
	}
	if got := c.Missing("uk"); !slices.Equal(got, []string{"nav.deep.list", "nav.home", "rows", "who"}) {
		t.Errorf("Missing: %v", got)
	}
}

func TestCatalogueCheckFinds(t *testing.T) {
	for _, x := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"missing key", map[string]string{"ru.json": `{"a": "А", "b": "Б"}`, "en.json": `{"a": "A"}`}, `en: key "b" of locale/ru.json is missing`},
		{"missing in Russian", map[string]string{"ru.json": `{"a": "А"}`, "en.json": `{"a": "A", "c": "C"}`}, `ru: key "c" of locale/en.json is missing`},
		{"stray key", map[string]string{"ru.json": `{"a": "А"}`, "en.json": `{"a": "A"}`, "ka.json": `{"z": "ზ"}`}, `locale/ka.json: key "z" is in no complete language (ru, en)`},
		{"missing form", map[string]string{"ru.json": `{"a": {"one": "{count} дело", "few": "{count} дела", "other": "{count} дела"}}`, "en.json": `{"a": {"one": "case", "other": "{count} cases"}}`}, `locale/ru.json: key "a" lacks the plural form "many"`},
		{"foreign form", map[string]string{"ru.json": `{"a": "{count}"}`, "en.json": `{"a": {"one": "case", "few": "{count} cases", "other": "{count} cases"}}`}, `locale/en.json: key "a" has the plural form "few", which en does not use`},
		{"unknown placeholder", map[string]string{"ru.json": `{"a": "{name}"}`, "en.json": `{"a": "{name} {nmae}"}`}, `locale/en.json: key "a", form "other": placeholder {nmae} is not in locale/ru.json`},
		{"lost placeholder", map[string]string{"ru.json": `{"a": "{name}"}`, "en.json": `{"a": "x"}`}, `locale/en.json: key "a", form "other" lacks the placeholder {name}`},
		{"empty", map[string]string{"ru.json": `{"a": "А"}`, "en.json": `{"a": " "}`}, `locale/en.json: key "a" is empty`},
	} {
		errs := catalogueOf(t, x.files).Check()
		if len(errs) != 1 || errs[0].Error() != x.want {
			t.Errorf("%s: have %v, want one: %s", x.name, errs, x.want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for _, x := range []struct{ data, want string }{
		{`{"a": "x", "a": "y"}`, "appears twice"},
		{`{"a": {"b": "x"}, "a": {"c": "x"}}`, "appears twice"},
		{`{"a": 5}`, "want a text or an object"},
		{`{"a": ["x"]}`, "have a list"},
		{`["a"]`, `want "{"`},
		{`{"a": "x"`, "EOF"},
		{`{"a": "x"} {"b": "y"}`, "after the closing brace"},
		{``, "EOF"},
	} {
		_, err := loadFiles(map[string]string{"ru.json": x.data})
		if err == nil || !strings.Contains(err.Error(), x.want) || !strings.Contains(err.Error(), "locale/ru.json") {
			t.Errorf("%s: have %v, want %q with the file name", x.data, err, x.want)
		}
	}
	if c, err := Load(fstest.MapFS{}, "locale"); err != nil || len(c.Languages()) != 0 {
		t.Errorf("missing folder: %v", err)
	}
}

func TestCatalogueMerge(t *testing.T) {
	c := catalogueOf(t, map[string]string{"ru.json": `{"a": "А"}`})
	if err := c.Merge(catalogueOf(t, map[string]string{"ru.json": `{"a": "А", "pack.b": "Б"}`, "en.json": `{"pack.b": "B"}`})); err != nil {
		t.Fatal(err)
	}
	if c.T("ru", "pack.b") != "Б" || c.T("en", "pack.b") != "B" || !slices.Equal(c.Keys("ru"), []string{"a", "pack.b"}) {
		t.Error("messages of the pack are not there")
	}
	err := c.Merge(catalogueOf(t, map[string]string{"ru.json": `{"a": "Другое"}`}))
	if err == nil || !strings.Contains(err.Error(), `"a"`) {
		t.Errorf("a pack overwrote a key: %v", err)
	}
	var zero Catalogue
	if zero.T("ru", "x") != "x" || zero.Check() != nil {
		t.Error("the zero catalogue is not usable")
	}
}

// Examples by hand; cldr_test.go compares with CLDR itself.
func TestPluralForm(t *testing.T) {
	for _, x := range []struct {
		langs string
		want  map[string][]int64
	}{
		{"ru uk be", map[string][]int64{One: {1, 21, 31, 101, 1001}, Few: {2, 3, 4, 22, 24, 102}, Many: {0, 5, 11, 12, 14, 19, 20, 25, 111, 112, 1011}}},
		{"en az kk ky uz ka", map[string][]int64{One: {1}, Other: {0, 2, 11, 21, 100}}},
		{"ro", map[string][]int64{One: {1}, Few: {0, 2, 19, 101, 119}, Other: {20, 100, 120}}},
		{"hy", map[string][]int64{One: {0, 1}, Other: {2, 21}}},
		{"tg", map[string][]int64{Other: {0, 1, 2, 5}}},
	} {
		for _, lang := range strings.Fields(x.langs) {
			for form, numbers := range x.want {
				for _, n := range numbers {
					if got := PluralForm(lang, n); got != form {
						t.Errorf("PluralForm(%s, %d) = %s, want %s", lang, n, got, form)
					}
					if !slices.Contains(PluralForms(lang), PluralForm(lang, -n)) {
						t.Errorf("%s: form of %d is not among its forms", lang, -n)
					}
				}
			}
		}
	}
	for lang, want := range map[string]string{"ru": Other, "en": Other, "ro": Few, "hy": One, "tg": Other} {
		if got := PluralFormFloat(lang, 1.5); got != want {
			t.Errorf("PluralFormFloat(%s, 1.5) = %s, want %s", lang, got, want)
		}
	}
	if PluralFormFloat("ru", 5) != Many {
		t.Error("a whole float is a whole number")
	}
}
