package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"svod/internal/core"
)

// body is the JSON of a request that reads as a T. Huma describes it by the
// schema of T and hands over the bytes; decode reads them strictly, so that an
// error has a code and a path and never the value.
type body[T any] struct{ data []byte }

// Schema describes the body.
func (body[T]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[T](), true, "")
}

func (b *body[T]) take(data []byte) { b.data = bytes.Clone(data) }

// takeBody is how huma "decodes" JSON here: huma's buffer is used again, so the
// bytes are copied.
func takeBody(data []byte, v any) error {
	if b, ok := v.(interface{ take([]byte) }); ok {
		b.take(data)
		return nil
	}
	return json.Unmarshal(data, v)
}

// decode reads the body: one JSON value, no unknown or repeated member, nothing
// after it. Errors: KindInvalid with the path in argument "path".
func (b body[T]) decode() (T, error) {
	var v T
	w := walker{dec: json.NewDecoder(bytes.NewReader(b.data)), raw: rawMembers(reflect.TypeFor[T]())}
	if err := w.value("$", 0); err != nil {
		return v, spotted{error: err, root: "$"}
	}
	if _, err := w.dec.Token(); err != io.EOF {
		return v, spotted{error: core.Invalid("form.json_syntax", "path", "$", "offset", strconv.FormatInt(w.dec.InputOffset(), 10)), root: "$"}
	}
	dec := json.NewDecoder(bytes.NewReader(b.data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return v, spotted{error: decodeError(err), root: "$"}
	}
	return v, nil
}

func decodeError(err error) *core.Error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return core.Invalid("form.json_type", "path", strings.TrimSuffix("$."+wrong.Field, "."))
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return core.Invalid("api.json_member", "path", "$", "name", printable(strings.Trim(name, `"`)))
	}
	return core.Invalid("api.body")
}

// walker reads JSON once for what encoding/json lets through: a member given
// twice or in another case.
type walker struct {
	dec *json.Decoder
	raw map[string]bool // members that are read by form.DecodeJSON, which checks them itself
}

const maxDepth = 24

func (w walker) value(path string, depth int) *core.Error {
	tok, err := w.dec.Token()
	if err != nil || depth > maxDepth {
		return w.syntax(path)
	}
	switch tok {
	case json.Delim('['):
		for n := 0; w.dec.More(); n++ {
			if err := w.value(path+"["+strconv.Itoa(n)+"]", depth+1); err != nil {
				return err
			}
		}
	case json.Delim('{'):
		seen := map[string]bool{}
		for w.dec.More() {
			tok, err := w.dec.Token()
			if err != nil {
				return w.syntax(path)
			}
			key, _ := tok.(string)
			at := path + "." + printable(key)
			if folded := strings.ToLower(key); seen[folded] {
				return core.Invalid("form.json_twice", "path", at)
			} else {
				seen[folded] = true
			}
			if w.raw[key] {
				var skipped json.RawMessage
				if w.dec.Decode(&skipped) != nil {
					return w.syntax(at)
				}
				continue
			}
			if err := w.value(at, depth+1); err != nil {
				return err
			}
		}
	default:
		return nil
	}
	if _, err := w.dec.Token(); err != nil {
		return w.syntax(path)
	}
	return nil
}

func (w walker) syntax(path string) *core.Error {
	return core.Invalid("form.json_syntax", "path", path, "offset", strconv.FormatInt(w.dec.InputOffset(), 10))
}

// rawMembers are the members of T (or of the items of a list T) of type values.
func rawMembers(t reflect.Type) map[string]bool {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	out := map[string]bool{}
	for i := 0; t.Kind() == reflect.Struct && i < t.NumField(); i++ {
		if t.Field(i).Type == reflect.TypeFor[values]() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			out[name] = true
		}
	}
	return out
}

// values are the values of a record as they came, for form.DecodeJSON.
type values struct{ json.RawMessage }

// Schema refers to the description of values of any type; openapi.go narrows it
// where the type is known.
func (values) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Ref: "#/components/schemas/Values"}
}
