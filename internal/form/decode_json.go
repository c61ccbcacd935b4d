package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
)

// DecodeJSON reads a record's values as a JSON object by field key. Each field
// is, in full, {"items":[…]} or {"missing":"unknown"}; in short, one item or a
// list of items; null empties it. An item is an object as in core.Item, or in
// short: a string for text, term, date (EDTF or as people write it), link, file,
// the code of a place and the full form of a name; a number; true or false.
//
// It is strict: an unknown field or member, a key given twice, a wrong type, or
// anything after the object is an error. Errors carry the JSON path as argument
// "path" ("$.start.items[0].date"). Fields that the kernel fills are read and
// dropped, so that what the API returned can be sent back.
func DecodeJSON(t *core.Type, data []byte) Decoded {
	d := Decoded{Values: core.Values{}}
	if len(data) > MaxJSON {
		d.Errors = core.Errors{{Kind: core.KindTooLarge, Key: "form.json_large", Args: []any{"max", MaxJSON >> 20}}}
		return d
	}
	if path, err := checkJSON(data); err != nil {
		d.Errors = core.Errors{jsonError(err, path)}
		return d
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil || fields == nil {
		d.Errors = core.Errors{core.Invalid("form.json_object", "path", "$")}
		return d
	}
	for _, key := range sortedKeys(fields) {
		if t.Field(key) == nil {
			d.Errors = append(d.Errors, core.Invalid("form.unknown_field", "name", safeName(key)))
		}
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		raw, sent := fields[f.Key]
		if !sent || f.Auto != "" {
			continue
		}
		j := jsonDecoder{field: f, out: &d}
		items, missing := j.value(raw, "$."+f.Key)
		d.Values[f.Key] = finish(f, items, missing)
		if len(items) > 0 && missing != "" {
			j.fail("form.value_and_reason", "$."+f.Key)
		}
	}
	return d
}

var errDuplicate = errors.New("duplicate key")

// checkJSON walks the text once for what encoding/json lets through: a key
// given twice, and anything after the value.
func checkJSON(data []byte) (path string, err error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if path, err = walkJSON(dec, "$", 0); err != nil {
		return path, err
	}
	if _, err = dec.Token(); err != io.EOF {
		return "$", errors.New("text after the value")
	}
	return "", nil
}

// maxJSONDepth is far above what core.Values needs.
const maxJSONDepth = 20

func walkJSON(dec *json.Decoder, path string, depth int) (string, error) {
	if depth > maxJSONDepth {
		return path, errors.New("too deep")
	}
	tok, err := dec.Token()
	if err != nil {
		return path, err
	}
	switch tok {
	case json.Delim('['):
		for n := 0; dec.More(); n++ {
			if p, err := walkJSON(dec, path+"["+strconv.Itoa(n)+"]", depth+1); err != nil {
				return p, err
			}
		}
		_, err = dec.Token()
	case json.Delim('{'):
		seen := map[string]bool{}
		for dec.More() {
			tok, err := dec.Token()
			if err != nil {
				return path, err
			}
			key, _ := tok.(string)
			at := path + "." + safeName(key)
			if seen[key] {
				return at, errDuplicate
			}
			seen[key] = true
			if p, err := walkJSON(dec, at, depth+1); err != nil {
				return p, err
			}
		}
		_, err = dec.Token()
	}
	return path, err
}

func jsonError(err error, path string) *core.Error {
	if errors.Is(err, errDuplicate) {
		return core.Invalid("form.json_twice", "path", path)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return core.Invalid("form.json_syntax", "path", path, "offset", strconv.FormatInt(syntax.Offset, 10))
	}
	return core.Invalid("form.json_syntax", "path", path, "offset", "0")
}

type jsonDecoder struct {
	field *core.Field
	out   *Decoded
}

func (j *jsonDecoder) fail(key, path string, args ...any) {
	e := core.Invalid(key, append([]any{"path", path}, args...)...).At(j.field.Key)
	j.out.Errors = append(j.out.Errors, e)
}

// value reads the full form, a list, or a single item.
func (j *jsonDecoder) value(raw json.RawMessage, path string) ([]core.Item, core.Missing) {
	switch first(raw) {
	case 'n':
		return nil, ""
	case '[':
		return j.list(raw, path), ""
	case '{':
		var full struct {
			Missing *core.Missing   `json:"missing"`
			Items   json.RawMessage `json:"items"`
		}
		if strictly(raw, &full) != nil || full.Missing == nil && full.Items == nil && len(bytes.TrimSpace(raw)) > 2 {
			// Not the full form: an item in short.
			return j.list(append(append([]byte{'['}, raw...), ']'), path), ""
		}
		var items []core.Item
		if full.Items != nil && first(full.Items) != 'n' {
			if first(full.Items) != '[' {
				j.fail("form.json_list", path+".items")
				return nil, ""
			}
			items = j.list(full.Items, path+".items")
		}
		if full.Missing != nil {
			return items, *full.Missing
		}
		return items, ""
	}
	item, ok := j.item(raw, path)
	if !ok {
		return nil, ""
	}
	return []core.Item{item}, ""
}

func (j *jsonDecoder) list(raw json.RawMessage, path string) []core.Item {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		j.fail("form.json_list", path)
		return nil
	}
	var items []core.Item
	for n, r := range list {
		if item, ok := j.item(r, path+"["+strconv.Itoa(n)+"]"); ok {
			items = append(items, item)
		}
	}
	return items
}

func (j *jsonDecoder) item(raw json.RawMessage, path string) (core.Item, bool) {
	switch first(raw) {
	case '{':
		return j.object(raw, path)
	case '"':
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return j.short(s, path)
		}
	case 't', 'f':
		if j.field.Kind == core.FieldYesNo {
			yes := first(raw) == 't'
			return core.Item{Yes: &yes}, true
		}
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		var v float64
		if j.field.Kind == core.FieldNumber && json.Unmarshal(raw, &v) == nil {
			return core.Item{Number: &core.Number{Value: v}}, true
		}
	}
	j.fail("form.json_kind", path, "kind", string(j.field.Kind))
	return core.Item{}, false
}

// short reads an item given as a string.
func (j *jsonDecoder) short(s, path string) (core.Item, bool) {
	switch j.field.Kind {
	case core.FieldText:
		return core.Item{Text: s}, true
	case core.FieldTerm:
		return core.Item{Term: s}, true
	case core.FieldLink:
		return core.Item{Link: core.ID(s)}, true
	case core.FieldFile:
		return core.Item{File: &core.FileRef{ID: core.ID(s)}}, true
	case core.FieldPlace:
		return core.Item{Place: &core.Place{Code: s}}, true
	case core.FieldName:
		return core.Item{Name: &core.Name{Full: s}}, true
	case core.FieldDate:
		date, err := readDate(line(s))
		if err != nil {
			j.fail(err.Key, path, err.Args...)
			return core.Item{}, false
		}
		return core.Item{Date: &date}, !date.IsZero()
	}
	j.fail("form.json_kind", path, "kind", string(j.field.Kind))
	return core.Item{}, false
}

// object reads an item in full. A note may also be given as its languages.
func (j *jsonDecoder) object(raw json.RawMessage, path string) (core.Item, bool) {
	var it core.Item
	err := strictly(raw, &it)
	if err == nil {
		// A value under another kind's member would be dropped without a word.
		if slices.ContainsFunc(members(it), func(kind core.FieldKind) bool { return kind != j.field.Kind }) {
			j.fail("form.json_kind", path, "kind", string(j.field.Kind))
			return core.Item{}, false
		}
		return it, true
	}
	if j.field.Kind == core.FieldNote {
		var words core.Words
		if json.Unmarshal(raw, &words) == nil {
			return core.Item{Note: words}, true
		}
	}
	var typeErr *json.UnmarshalTypeError
	var own *core.Error
	switch {
	case errors.As(err, &own):
		j.fail(own.Key, path, own.Args...)
	case errors.As(err, &typeErr):
		j.fail("form.json_type", strings.TrimSuffix(path+"."+typeErr.Field, "."))
	default:
		j.fail("form.json_member", path, "name", unknownMember(err))
	}
	return core.Item{}, false
}

// unknownMember finds the name in encoding/json's only error without a type of
// its own: `json: unknown field "x"`.
func unknownMember(err error) string {
	_, after, ok := strings.Cut(err.Error(), "unknown field ")
	if !ok {
		return "?"
	}
	return safeName(strings.Trim(after, `"`))
}

func strictly(raw []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

func first(raw []byte) byte {
	raw = bytes.TrimLeft(raw, " \t\r\n")
	if len(raw) == 0 {
		return 0
	}
	return raw[0]
}
