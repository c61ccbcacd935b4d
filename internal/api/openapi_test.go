package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"svod/internal/api"
	"svod/internal/core"
)

func description(t *testing.T, h *house, token string) object {
	t.Helper()
	a := h.ask(token, "GET", "/openapi.json", nil)
	return a.want(200)
}

func TestTheDescriptionIsWellFormed(t *testing.T) {
	h := newHouse(t, api.Options{})
	doc := description(t, h, "")
	if v, _ := doc["openapi"].(string); !strings.HasPrefix(v, "3.1.") {
		t.Fatalf("openapi is %v", doc["openapi"])
	}
	if at(doc, "info", "title") == nil || at(doc, "info", "version") == nil || at(doc, "servers", 0, "url") != api.Prefix {
		t.Errorf("info or servers: %v %v", doc["info"], doc["servers"])
	}
	schemas := at(doc, "components", "schemas").(object)
	var check func(path string, v any)
	check = func(path string, v any) {
		switch v := v.(type) {
		case object:
			if ref, ok := v["$ref"].(string); ok {
				name := strings.TrimPrefix(ref, "#/components/schemas/")
				if schemas[name] == nil {
					t.Errorf("%s: %s leads nowhere", path, ref)
				}
			}
			if typ, ok := v["type"].(string); ok && strings.HasSuffix(path, "schema") &&
				!slices.Contains([]string{"object", "array", "string", "integer", "number", "boolean", "null"}, typ) {
				t.Errorf("%s: type %q", path, typ)
			}
			for key, below := range v {
				check(path+"/"+key, below)
			}
		case []any:
			for i, below := range v {
				check(fmt.Sprintf("%s/%d", path, i), below)
			}
		}
	}
	check("#", doc)
	component := regexp.MustCompile(`^[a-zA-Z0-9._-]+$`)
	for name := range schemas {
		if !component.MatchString(name) {
			t.Errorf("component %q", name)
		}
	}
	ids := map[string]bool{}
	inPath := regexp.MustCompile(`\{([a-z]+)\}`)
	for path, item := range doc["paths"].(object) {
		for method, op := range item.(object) {
			where := method + " " + path
			id, _ := at(op, "operationId").(string)
			if id == "" || ids[id] || at(op, "summary") == nil {
				t.Errorf("%s: operationId %q twice or empty, or no summary", where, id)
			}
			ids[id] = true
			params, _ := at(op, "parameters").([]any)
			var named []string
			for _, p := range params {
				if at(p, "in") == "path" {
					named = append(named, at(p, "name").(string))
				}
				if at(p, "schema") == nil {
					t.Errorf("%s: parameter %v has no schema", where, at(p, "name"))
				}
			}
			for _, m := range inPath.FindAllStringSubmatch(path, -1) {
				if !slices.Contains(named, m[1]) {
					t.Errorf("%s: {%s} is not described", where, m[1])
				}
			}
			for status, r := range at(op, "responses").(object) {
				if at(r, "description") == nil {
					t.Errorf("%s: answer %s has no description", where, status)
				}
			}
		}
	}
	if at(doc, "components", "securitySchemes", "token", "scheme") != "bearer" || at(doc, "security", 0, "token") == nil {
		t.Error("the token is not described")
	}
}

func TestTheDescriptionHasEveryTypeAndField(t *testing.T) {
	h := newHouse(t, api.Options{})
	doc := description(t, h, "")
	for _, ty := range h.Packs().Types() {
		props, _ := at(doc, "components", "schemas", "values_"+ty.Name, "properties").(object)
		if len(props) != len(ty.Fields) {
			t.Errorf("%s: %d of %d fields", ty.Name, len(props), len(ty.Fields))
		}
		for _, f := range ty.Fields {
			p := props[f.Key]
			if at(p, "x-svod-sensitivity") != string(f.Sensitivity) || f.Number != "" && at(p, "x-esf-number") != f.Number {
				t.Errorf("%s.%s: %v", ty.Name, f.Key, p)
			}
			if d, _ := at(p, "description").(string); !strings.Contains(d, f.Label["ru"]) || !strings.Contains(d, f.Label["en"]) {
				t.Errorf("%s.%s: description %q", ty.Name, f.Key, d)
			}
			if f.Vocabulary == "" {
				continue
			}
			term := at(doc, "components", "schemas", "term_"+f.Vocabulary)
			codes, _ := at(term, "enum").([]any)
			if n := len(h.Packs().Vocabulary(f.Vocabulary).Terms); n > 200 && (at(term, "pattern") == nil || codes != nil) {
				t.Errorf("%s: %d terms and no pattern", f.Vocabulary, n)
			}
			if at(p, "x-svod-terms") != api.Prefix+"/terms/"+f.Vocabulary {
				t.Errorf("%s.%s: terms at %v", ty.Name, f.Key, at(p, "x-svod-terms"))
			}
		}
	}
}

func TestTheOrganisationsOwnTermsAreDescribedToItsPeopleOnly(t *testing.T) {
	h := newHouse(t, api.Options{})
	if err := h.PutTerms(h.ctx, h.anna, "mt28", "", []core.Term{{Code: "own-term", Label: core.Words{"ru": "своё", "en": "own"}}}); err != nil {
		t.Fatal(err)
	}
	seen := func(token string) bool {
		b, err := json.Marshal(description(t, h, token))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(b), "own-term")
	}
	if seen("") || seen("svod_t_x") {
		t.Error("strangers see the organisation's own terms")
	}
	if !seen(h.token) {
		t.Error("its people do not")
	}
}

// Requests that are described as right must be accepted, and what comes back
// must be as described.
func TestExamplesAgreeWithTheDescription(t *testing.T) {
	h := newHouse(t, api.Options{})
	s := schemas{t, at(description(t, h, h.token), "components", "schemas").(object)}
	person := object{"type": "person", "circle": string(h.circle), "values": object{"name": []any{"Щербаков Дмитрий", object{"name": object{"family": "Shcherbakov", "script": "Latn"}}}, "counting_unit": "individual"}}
	event := object{"type": "event", "circle": string(h.circle), "reason": "из списка", "values": object{
		"title": object{"ru": "Задержания", "en": "Arrests"}, "initial_date": []any{"2012-05"}, "final_date": object{"missing": "unknown"},
		"places": object{"items": []any{object{"place": object{"code": "RU-MOW", "local": "Болотная площадь"}}}}, "description": nil}}
	for _, draft := range []object{person, event} {
		plain := roundTrip(t, draft)
		if err := s.valid("Draft", plain); err != "" {
			t.Errorf("%v: %s", draft["type"], err)
		}
		made := h.ask(h.token, "POST", "/records", draft).want(201)
		if err := s.valid("Record", made); err != "" {
			t.Errorf("answer: %s", err)
		}
		if err := s.valid("values_"+draft["type"].(string), made["values"]); err != "" {
			t.Errorf("values that came back: %s", err)
		}
		path := "/records/" + made["id"].(string)
		edit := roundTrip(t, object{"base": 1, "values": made["values"]})
		if err := s.valid("Edit", edit); err != "" {
			t.Errorf("edit: %s", err)
		}
		if saved := h.ask(h.token, "PUT", path, edit).want(200); saved["unchanged"] != true {
			t.Errorf("what came back is not the same when sent: %v", saved)
		}
	}
	for path, name := range map[string]string{"/records?type=event&facets=*": "Found", "/me": "Me", "/circles": "Circles", "/types": "Types",
		"/types/event": "TypeWhole", "/terms/mt04": "Terms", "/overview?type=event&rows=places": "Overview", "/histogram?type=event": "Histogram",
		"/saved": "SavedQueries", "/ledger/head": "LedgerHead", "/suggest?q=%D0%B7": "Suggestions", "/jobs": "Jobs", "/imports": "Imports"} {
		if err := s.valid(name, h.get(path).want(200)); err != "" {
			t.Errorf("%s: %s", path, err)
		}
	}
	if err := s.valid("Problem", h.get("/records/x").want(404)); err != "" {
		t.Errorf("problem: %s", err)
	}
	for name, draft := range map[string]object{
		"unknown field": {"type": "person", "circle": string(h.circle), "values": object{"nam": "x", "counting_unit": "individual"}},
		"no values":     {"type": "person", "circle": string(h.circle)},
		"unknown code":  {"type": "person", "circle": string(h.circle), "values": object{"name": "x", "counting_unit": "ufo"}},
		"other type":    {"type": "event", "circle": string(h.circle), "values": person["values"]},
	} {
		if s.valid("Draft", roundTrip(t, draft)) == "" {
			t.Errorf("%s is described as right", name)
		}
		if a := h.ask(h.token, "POST", "/records", draft); a.status != 422 {
			t.Errorf("%s: %d", name, a.status)
		}
	}
}

func roundTrip(t *testing.T, v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// schemas is a checker for the part of JSON Schema that the description uses.
type schemas struct {
	t     *testing.T
	named object
}

func (s schemas) valid(name string, v any) string {
	schema, ok := s.named[name].(object)
	if !ok {
		return "no schema " + name
	}
	return s.check("$", schema, v)
}

func (s schemas) check(path string, schema object, v any) string {
	if ref, ok := schema["$ref"].(string); ok {
		return s.check(path, s.named[strings.TrimPrefix(ref, "#/components/schemas/")].(object), v)
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		list, ok := schema[key].([]any)
		if !ok {
			continue
		}
		n, why := 0, []string{}
		for _, one := range list {
			if err := s.check(path, one.(object), v); err == "" {
				n++
			} else {
				why = append(why, err)
			}
		}
		if n == 0 || key == "oneOf" && n > 1 {
			return fmt.Sprintf("%s: %d of %s fit: %s", path, n, key, strings.Join(why, " | "))
		}
	}
	if enum, ok := schema["enum"].([]any); ok && !slices.ContainsFunc(enum, func(e any) bool { return reflect.DeepEqual(e, v) }) {
		return fmt.Sprintf("%s: %v is not offered", path, v)
	}
	if err := s.typed(path, schema, v); err != "" {
		return err
	}
	switch v := v.(type) {
	case object:
		return s.object(path, schema, v)
	case []any:
		if most, ok := schema["maxItems"].(float64); ok && float64(len(v)) > most {
			return path + ": too many"
		}
		for i, item := range v {
			if below, ok := schema["items"].(object); ok {
				if err := s.check(fmt.Sprintf("%s[%d]", path, i), below, item); err != "" {
					return err
				}
			}
		}
	case string:
		if p, ok := schema["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
			return path + ": does not match " + p
		}
		if most, ok := schema["maxLength"].(float64); ok && float64(utf8.RuneCountInString(v)) > most {
			return path + ": too long"
		}
		if schema["format"] == "edtf" {
			if _, err := core.ParseDate(v); err != nil {
				return path + ": not EDTF"
			}
		}
	}
	return ""
}

func (s schemas) typed(path string, schema object, v any) string {
	want, ok := schema["type"]
	if !ok {
		return ""
	}
	is := "null"
	switch v := v.(type) {
	case object:
		is = "object"
	case []any:
		is = "array"
	case string:
		is = "string"
	case bool:
		is = "boolean"
	case float64:
		is = "number"
		if v == math.Trunc(v) && want == "integer" {
			is = "integer"
		}
	}
	if list, several := want.([]any); several && slices.Contains(list, any(is)) || want == is {
		return ""
	}
	return fmt.Sprintf("%s: %s, want %v", path, is, want)
}

func (s schemas) object(path string, schema, v object) string {
	props, _ := schema["properties"].(object)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			return fmt.Sprintf("%s: no %v", path, name)
		}
	}
	for key, below := range v {
		p, known := props[key].(object)
		if !known {
			switch more := schema["additionalProperties"].(type) {
			case bool:
				if !more {
					return path + ": unknown " + key
				}
				continue
			case object:
				p = more
			default:
				continue
			}
		}
		if err := s.check(path+"."+key, p, below); err != "" {
			return err
		}
	}
	return ""
}

// The description is what outside programs are built on: a change in it is
// looked at in the open. SVOD_UPDATE=1 writes it anew.
func TestTheListOfAddressesIsFrozen(t *testing.T) {
	h := newHouse(t, api.Options{})
	var lines []string
	for path, item := range description(t, h, "")["paths"].(object) {
		for method, op := range item.(object) {
			var params []string
			list, _ := at(op, "parameters").([]any)
			for _, p := range list {
				params = append(params, fmt.Sprint(at(p, "name")))
			}
			slices.Sort(params)
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", path, strings.ToUpper(method), strings.Join(params, " "))))
		}
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	const golden = "testdata/addresses.txt"
	if os.Getenv("SVOD_UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("addresses changed:\n%s", got)
	}
}
