package pack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"svod/internal/core"
)

// Schemas returns the published JSON Schemas (draft 2020-12) of the files of a
// pack by file name: pack.schema.json, type.schema.json, block.schema.json and
// guide.schema.json (front matter). They are made from the same descriptions
// that the loader decodes by; what relates files to each other only
// [Check] knows.
func Schemas() (map[string][]byte, error) {
	files := map[string]struct {
		title string
		shape reflect.Type
	}{
		"pack.schema.json":  {"pack.yaml of a Svod pack", reflect.TypeFor[packFile]()},
		"type.schema.json":  {"types/*.yaml of a Svod pack", reflect.TypeFor[typeFile]()},
		"block.schema.json": {"blocks/*.yaml of a Svod pack", reflect.TypeFor[blockFile]()},
		"guide.schema.json": {"Front matter of guides/*/*.md of a Svod pack", reflect.TypeFor[guideFile]()},
	}
	out := map[string][]byte{}
	for name, f := range files {
		s := object(f.shape)
		s = append(members{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", f.title}}, s...)
		if name == "type.schema.json" {
			s = append(s, typeOrExtension()...)
		}
		data, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return nil, fmt.Errorf("pack: schema %s: %w", name, err)
		}
		out[name] = append(data, '\n')
	}
	return out, nil
}

// member is one key of a JSON object; members keep their order, so that the
// published files can be read and compared.
type member struct {
	key   string
	value any
}

// members is a JSON object in a fixed order.
type members []member

// MarshalJSON writes the members in their order.
func (m members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, e := range m {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(e.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(e.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// typeOrExtension says which keys a type needs that an extension must leave
// out.
func typeOrExtension() members {
	own := []string{"name", "label", "plural", "about", "title", "fields"}
	var never []any
	for _, k := range [...]string{"name", "number", "label", "plural", "about", "part"} {
		never = append(never, members{{"required", []string{k}}})
	}
	return members{
		{"if", members{{"required", []string{"extend"}}}},
		{"then", members{{"not", members{{"anyOf", never}}}}},
		{"else", members{{"required", own}}},
	}
}

// object is the schema of a struct.
func object(t reflect.Type) members {
	var properties members
	var required []string
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("yaml")
		properties = append(properties, member{key, property(f)})
		if f.Tag.Get("need") == "yes" {
			required = append(required, key)
		}
	}
	m := members{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}}
	if len(required) > 0 {
		m = append(m, member{"required", required})
	}
	return m
}

// property is the schema of one key.
func property(f reflect.StructField) members {
	m := members{{"description", f.Tag.Get("about")}}
	switch {
	case f.Type == reflect.TypeFor[core.Words]():
		return append(m, wording()...)
	case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
		m = append(m, member{"type", "array"}, member{"items", object(f.Type.Elem())})
	case f.Type.Kind() == reflect.Slice:
		m = append(m, member{"type", "array"}, member{"items", scalar(f.Tag)})
	case f.Type.Kind() == reflect.Pointer:
		return append(m, object(f.Type.Elem())...)
	case f.Type.Kind() == reflect.Bool:
		return append(m, member{"type", "boolean"})
	case f.Type.Kind() == reflect.Int:
		return append(m, member{"type", "integer"}, member{"minimum", 0})
	default:
		return append(m, scalar(f.Tag)...)
	}
	if f.Tag.Get("need") == "yes" {
		m = append(m, member{"minItems", 1})
	}
	return m
}

// scalar is the schema of a text.
func scalar(tag reflect.StructTag) members {
	if one := tag.Get("one"); one != "" {
		return members{{"enum", strings.Split(one, "|")}}
	}
	m := members{{"type", "string"}}
	if form := tag.Get("form"); form != "" {
		return append(m, member{"pattern", forms[form]})
	}
	return append(m, member{"pattern", `\S`})
}

// wording is the schema of a text in several languages.
func wording() members {
	return members{
		{"type", "object"},
		{"propertyNames", members{{"pattern", forms["lang"]}}},
		{"additionalProperties", members{{"type", "string"}}},
		{"properties", members{
			{"ru", members{{"type", "string"}, {"pattern", `\S`}}},
			{"en", members{{"type", "string"}, {"pattern", `\S`}}},
		}},
		{"required", []string{"ru", "en"}},
	}
}
