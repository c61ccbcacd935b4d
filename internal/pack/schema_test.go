package pack_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"svod/internal/pack"
	"svod/packs"
)

var update = flag.Bool("update", false, "write docs/schema anew")

const schemaFolder = "../../docs/schema"

func TestPublishedSchemasAreCurrent(t *testing.T) {
	schemas, err := pack.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range schemas {
		file := filepath.Join(schemaFolder, name)
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is not current: go test ./internal/pack -run Schemas -update", file)
		}
	}
}

// TestSchemasAcceptShippedPacks also checks the first line by which editors
// find the schema.
func TestSchemasAcceptShippedPacks(t *testing.T) {
	schemas := readSchemas(t)
	count := 0
	for _, fsys := range packs.All() {
		for pattern, name := range map[string]string{"pack.yaml": "pack", "types/*.yaml": "type", "blocks/*.yaml": "block"} {
			files, err := fs.Glob(fsys, pattern)
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				count++
				data, err := fs.ReadFile(fsys, file)
				if err != nil {
					t.Fatal(err)
				}
				line, _, _ := strings.Cut(string(data), "\n")
				up := strings.Repeat("../", strings.Count(file, "/")+2)
				if want := "# yaml-language-server: $schema=" + up + "docs/schema/" + name + ".schema.json"; line != want {
					t.Errorf("%s begins with\n%s\nwant\n%s", file, line, want)
				}
				for _, fault := range validate(schemas[name], asJSON(t, data), "") {
					t.Errorf("%s: %s", file, fault)
				}
			}
		}
	}
	if count < 18 {
		t.Errorf("only %d files were checked", count)
	}
}

// TestSchemaAndLoaderAgree gives both the same files: what one refuses for its
// shape, the other must refuse.
func TestSchemaAndLoaderAgree(t *testing.T) {
	schemas := readSchemas(t)
	for _, c := range []struct{ schema, file, old, new string }{
		{"type", "types/event.yaml", "", ""},
		{"type", "types/act.yaml", "", ""},
		{"pack", "pack.yaml", "", ""},
		{"block", "blocks/shared.yaml", "", ""},
		{"type", "types/event.yaml", "kind: text", "knd: text"},
		{"type", "types/event.yaml", "kind: text", "kind: txt"},
		{"type", "types/event.yaml", "    kind: text\n", ""},
		{"type", "types/event.yaml", `number: "0102"`, "number: 102"},
		{"type", "types/event.yaml", `number: "0102"`, `number: "102"`},
		{"type", "types/event.yaml", ", en: Title}", "}"},
		{"type", "types/event.yaml", "ru: Название", `ru: ""`},
		{"type", "types/event.yaml", "ru: Название", `RU: Название`},
		{"type", "types/event.yaml", "ru: Название", `uk: Назва, ru: Название`},
		{"type", "types/event.yaml", "    label: {ru: Название, en: Title}\n", ""},
		{"type", "types/event.yaml", "label: {ru: Событие, en: Event}\n", ""},
		{"type", "types/event.yaml", "title: [title]", "title: title"},
		{"type", "types/event.yaml", "key: title", "key: Title"},
		{"type", "types/event.yaml", "group: main", "group: main\n    max: -1"},
		{"type", "types/event.yaml", "group: main", "group: main\n    max: 10"},
		{"type", "types/event.yaml", "group: main", "group: main\n    many: 1"},
		{"type", "types/event.yaml", "aliases: [name]", "aliases: [1]"},
		{"type", "types/act.yaml", "      role: part_of\n", ""},
		{"type", "types/act.yaml", "types: [event]", "types: []"},
		{"pack", "pack.yaml", `"1.0.0"`, "1.0"},
		{"pack", "pack.yaml", `list: "04"`, "list: 4"},
		{"pack", "pack.yaml", "about:", "abuot:"},
		{"pack", "pack.yaml", "    file: terms/kinds.csv\n", ""},
		{"block", "blocks/shared.yaml", "sensitivity: sealed", "sensitivity: secret"},
	} {
		data := whole[c.file]
		if c.old != "" {
			data = strings.Replace(data, c.old, c.new, 1)
			if data == whole[c.file] {
				t.Fatalf("%s: nothing to replace: %q", c.file, c.old)
			}
		}
		faults := validate(schemas[c.schema], asJSON(t, []byte(data)), "")
		problems := pack.Check(broken(c.file, c.old, c.new))
		if c.old == "" {
			problems = pack.Check(broken("", "", ""))
		}
		if (len(faults) == 0) != (len(problems) == 0) {
			t.Errorf("%s, %q: schema says %v, loader says %v", c.file, c.new, faults, problems)
		}
	}
}

// readSchemas reads the published schemas by short name.
func readSchemas(t *testing.T) map[string]map[string]any {
	t.Helper()
	out := map[string]map[string]any{}
	for _, name := range []string{"pack", "type", "block", "guide"} {
		data, err := os.ReadFile(filepath.Join(schemaFolder, name+".schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		var s map[string]any
		if err := json.Unmarshal(data, &s); err != nil {
			t.Fatal(err)
		}
		out[name] = s
	}
	return out
}

// asJSON reads YAML the way an editor does.
func asJSON(t *testing.T, data []byte) any {
	t.Helper()
	text, err := yaml.YAMLToJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// validate knows the part of JSON Schema that the published files use, and
// fails on any keyword beyond it.
func validate(schema map[string]any, v any, at string) (faults []string) {
	fail := func(format string, args ...any) { faults = append(faults, at+": "+fmt.Sprintf(format, args...)) }
	object, isObject := v.(map[string]any)
	list, isList := v.([]any)
	text, isText := v.(string)
	number, isNumber := v.(float64)
	for keyword, arg := range schema {
		switch keyword {
		case "$schema", "title", "description", "then", "else":
		case "type":
			_, isBool := v.(bool)
			ok := map[string]bool{"object": isObject, "array": isList, "string": isText, "boolean": isBool,
				"integer": isNumber && number == float64(int(number))}[arg.(string)]
			if !ok {
				fail("not of type %v", arg)
			}
		case "properties", "additionalProperties", "propertyNames", "required":
			faults = append(faults, validateObject(schema, keyword, object, at)...)
		case "enum":
			if !slices.Contains(arg.([]any), v) {
				fail("none of %v", arg)
			}
		case "pattern":
			if isText && !regexp.MustCompile(arg.(string)).MatchString(text) {
				fail("%q does not match %v", text, arg)
			}
		case "items":
			for i, item := range list {
				faults = append(faults, validate(arg.(map[string]any), item, fmt.Sprintf("%s/%d", at, i))...)
			}
		case "minItems":
			if isList && float64(len(list)) < arg.(float64) {
				fail("too few items")
			}
		case "minimum":
			if isNumber && number < arg.(float64) {
				fail("too small")
			}
		case "not":
			if len(validate(arg.(map[string]any), v, at)) == 0 {
				fail("is what it must not be")
			}
		case "anyOf":
			ok := false
			for _, s := range arg.([]any) {
				ok = ok || len(validate(s.(map[string]any), v, at)) == 0
			}
			if !ok {
				fail("none of the alternatives")
			}
		case "if":
			branch := "then"
			if len(validate(arg.(map[string]any), v, at)) > 0 {
				branch = "else"
			}
			if s, there := schema[branch].(map[string]any); there {
				faults = append(faults, validate(s, v, at)...)
			}
		default:
			fail("keyword %s is not understood by this test", keyword)
		}
	}
	return faults
}

// validateObject is the part of validate that looks at the keys of an object.
func validateObject(schema map[string]any, keyword string, object map[string]any, at string) (faults []string) {
	fail := func(format string, args ...any) { faults = append(faults, at+": "+fmt.Sprintf(format, args...)) }
	arg := schema[keyword]
	switch keyword {
	case "properties":
		for k, s := range arg.(map[string]any) {
			if member, there := object[k]; there {
				faults = append(faults, validate(s.(map[string]any), member, at+"/"+k)...)
			}
		}
	case "additionalProperties":
		known, _ := schema["properties"].(map[string]any)
		for k, member := range object {
			if known[k] != nil {
				continue
			}
			if s, isSchema := arg.(map[string]any); isSchema {
				faults = append(faults, validate(s, member, at+"/"+k)...)
			} else if arg == false {
				fail("unknown %s", k)
			}
		}
	case "propertyNames":
		for k := range object {
			faults = append(faults, validate(arg.(map[string]any), k, at+"/"+k)...)
		}
	case "required":
		for _, k := range arg.([]any) {
			if _, there := object[k.(string)]; object != nil && !there {
				fail("missing %s", k)
			}
		}
	}
	return faults
}

func TestSchemasAreReadable(t *testing.T) {
	for name, s := range readSchemas(t) {
		if s["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
			t.Errorf("%s: draft %v", name, s["$schema"])
		}
		if utf8.RuneCountInString(fmt.Sprint(s["title"])) < 10 {
			t.Errorf("%s has no title", name)
		}
	}
}
