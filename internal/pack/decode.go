package pack

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"svod/internal/core"
)

// forms are the patterns that the tag form names. The JSON Schemas use the
// same expressions, so they stay within the syntax both sides know.
var forms = map[string]string{
	"id":      `^[a-z][a-z0-9_]{0,39}$`,
	"number":  `^([0-9]{2}|NN)[0-9]{2}$`,
	"series":  `^[0-9]{2}xx$`,
	"list":    `^[0-9]{2}$`,
	"version": `^[0-9]+\.[0-9]+\.[0-9]+$`,
	"lang":    `^[a-z]{2,3}$`,
}

// formPatterns are the same, compiled once.
var formPatterns = func() map[string]*regexp.Regexp {
	m := map[string]*regexp.Regexp{}
	for name, expression := range forms {
		m[name] = regexp.MustCompile(expression)
	}
	return m
}()

// matches reports whether s has the form; an unknown form matches nothing.
func matches(form, s string) bool {
	p := formPatterns[form]
	return p != nil && p.MatchString(s)
}

// source is one decoded YAML file: it collects problems and remembers on which
// line each value stands, by path ("fields[2].link.owner").
type source struct {
	pack, file string
	offset     int // lines before the YAML (front matter of a guide)
	lines      map[string]int
	wheres     map[string]string
	problems   Problems
}

// report adds a problem at a path of the file.
func (s *source) report(path string, p Problem) {
	p.Pack, p.File = s.pack, s.file
	if p.Line == 0 {
		p.Line = s.line(path)
	}
	if p.Where == "" {
		p.Where = s.where(path)
	}
	s.problems = append(s.problems, p)
}

// line is where the value at the path stands, or the nearest enclosing one.
func (s *source) line(path string) int {
	for {
		if n := s.lines[path]; n > 0 || path == "" {
			return n
		}
		path = outer(path)
	}
}

// where names the list member that encloses the path: `field "title"`.
func (s *source) where(path string) string {
	for path != "" {
		if w := s.wheres[path]; w != "" {
			return w
		}
		path = outer(path)
	}
	return ""
}

// outer drops the last step of a path.
func outer(path string) string {
	return path[:max(strings.LastIndexAny(path, ".["), 0)]
}

// step appends a key to a path.
func step(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// decodeYAML decodes data strictly into the struct that into points at. What
// cannot be decoded is left zero and reported.
func decodeYAML(pack, file string, data []byte, into any, offset int) *source {
	s := &source{pack: pack, file: file, offset: offset, lines: map[string]int{}, wheres: map[string]string{}}
	f, err := parse(data)
	if err != nil {
		s.report("", syntaxProblem(err, offset))
		return s
	}
	if len(f.Docs) != 1 || f.Docs[0].Body == nil {
		s.report("", Problem{Line: offset + 1, Message: "pack.expect_map", Found: "0"})
		return s
	}
	s.object("", f.Docs[0].Body, reflect.ValueOf(into).Elem())
	return s
}

// parse calls the YAML parser. A pack may come from anywhere, so that even a
// fault of the parser must end in a problem and not in a crash.
func parse(data []byte) (f *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("pack: YAML parser: %v", r)
		}
	}()
	return parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
}

// syntaxProblem reads the position out of the parser's error. Its wording is
// English and therefore not passed on; the offending text is.
func syntaxProblem(err error, offset int) Problem {
	p := Problem{Line: offset + 1, Message: "pack.syntax"}
	if e, ok := err.(yaml.Error); ok && e.GetToken() != nil {
		p.Line = offset + e.GetToken().Position.Line
		p.Found = strings.TrimSpace(e.GetToken().Value)
	}
	return p
}

// object decodes a mapping into a struct.
func (s *source) object(path string, n ast.Node, v reflect.Value) {
	entries, ok := s.entries(path, n)
	if !ok {
		return
	}
	fields := map[string]reflect.StructField{}
	var keys []string
	for i := range v.NumField() {
		f := v.Type().Field(i)
		k := f.Tag.Get("yaml")
		fields[k] = f
		keys = append(keys, k)
	}
	s.name(path, entries)
	for _, e := range entries {
		f, known := fields[e.key]
		if !known {
			s.report(path, Problem{Line: e.line, Message: "pack.unknown_key", Found: e.key,
				Expected: strings.Join(keys, ", "), Near: nearest(e.key, keys)})
			continue
		}
		s.value(step(path, e.key), e, v.FieldByIndex(f.Index), f.Tag)
	}
	for _, k := range keys {
		if fields[k].Tag.Get("need") == "yes" && s.lines[step(path, k)] == 0 {
			s.report(path, Problem{Message: "pack.missing_key", Key: k})
		}
	}
}

// name remembers what the list member at the path is called, from its key or
// name, before anything inside it is reported.
func (s *source) name(path string, entries []entry) {
	item, named := s.wheres[path]
	if !named {
		return
	}
	for _, e := range entries {
		if e.key == "key" || e.key == "name" {
			if str, ok := e.node.(*ast.StringNode); ok {
				s.wheres[path] = item + " " + strconv.Quote(str.Value)
				return
			}
		}
	}
}

// entry is one key of a mapping.
type entry struct {
	key  string
	line int
	node ast.Node
}

// entries lists the keys of a mapping, reporting repeated ones.
func (s *source) entries(path string, n ast.Node) ([]entry, bool) {
	if s.lines[path] == 0 {
		s.lines[path] = s.offset + n.GetToken().Position.Line
	}
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		s.report(path, Problem{Message: "pack.expect_map", Key: last(path), Found: found(n)})
		return nil, false
	}
	var list []entry
	seen := map[string]bool{}
	for _, m := range values {
		e := entry{key: m.Key.GetToken().Value, line: s.offset + m.Key.GetToken().Position.Line, node: m.Value}
		if seen[e.key] {
			s.report(path, Problem{Line: e.line, Message: "pack.duplicate_key", Found: e.key})
			continue
		}
		seen[e.key] = true
		list = append(list, e)
	}
	return list, true
}

// value decodes one value by the Go type it goes to.
func (s *source) value(path string, e entry, v reflect.Value, tag reflect.StructTag) {
	s.lines[path] = e.line
	if _, null := e.node.(*ast.NullNode); null || e.node == nil {
		s.report(path, Problem{Message: "pack.empty_key", Key: e.key})
		return
	}
	switch {
	case v.Type() == reflect.TypeFor[core.Words]():
		v.Set(reflect.ValueOf(s.words(path, e)))
	case v.Kind() == reflect.String:
		if str, ok := s.text(path, e.key, e.node); ok && s.accepts(path, e.key, str, tag) {
			v.SetString(str)
		}
	case v.Kind() == reflect.Bool:
		if b, ok := e.node.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
		} else {
			s.report(path, Problem{Message: "pack.expect_bool", Key: e.key, Found: found(e.node)})
		}
	case v.Kind() == reflect.Int:
		if n, ok := whole(e.node); ok {
			v.SetInt(n)
		} else {
			s.report(path, Problem{Message: "pack.expect_whole", Key: e.key, Found: found(e.node)})
		}
	case v.Kind() == reflect.Slice:
		s.list(path, e, v, tag)
	case v.Kind() == reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		v.Set(p)
		s.object(path, e.node, p.Elem())
	}
}

// list decodes a sequence of texts or of structs.
func (s *source) list(path string, e entry, v reflect.Value, tag reflect.StructTag) {
	seq, ok := e.node.(*ast.SequenceNode)
	if !ok {
		s.report(path, Problem{Message: "pack.expect_list", Key: e.key, Found: found(e.node)})
		return
	}
	if len(seq.Values) == 0 && tag.Get("need") == "yes" {
		s.report(path, Problem{Message: "pack.empty_key", Key: e.key})
	}
	for i, n := range seq.Values {
		at := path + "[" + strconv.Itoa(i) + "]"
		s.lines[at] = s.offset + n.GetToken().Position.Line
		item := reflect.New(v.Type().Elem()).Elem()
		if item.Kind() == reflect.Struct {
			s.lines[at] = s.offset + firstLine(n)
			s.wheres[at] = tag.Get("item")
			s.object(at, n, item)
		} else if str, ok := s.text(at, e.key, n); ok && s.accepts(at, e.key, str, tag) {
			item.SetString(str)
		}
		v.Set(reflect.Append(v, item))
	}
}

// firstLine is the line of a node's first key or of the node itself: the token
// of a block mapping is its first colon.
func firstLine(n ast.Node) int {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		return m.Values[0].Key.GetToken().Position.Line
	}
	return n.GetToken().Position.Line
}

// text decodes a text. Numbers and yes/no without quotes are refused: YAML
// would read 0113 as an octal number and no as false.
func (s *source) text(path, key string, n ast.Node) (string, bool) {
	switch t := n.(type) {
	case *ast.StringNode:
		return t.Value, true
	case *ast.LiteralNode:
		return strings.TrimSpace(t.Value.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		s.report(path, Problem{Message: "pack.expect_quotes", Key: key, Found: found(n)})
	default:
		s.report(path, Problem{Message: "pack.expect_text", Key: key, Found: found(n)})
	}
	return "", false
}

// accepts checks a text against the tags form and one.
func (s *source) accepts(path, key, str string, tag reflect.StructTag) bool {
	if strings.TrimSpace(str) == "" {
		s.report(path, Problem{Message: "pack.empty_key", Key: key})
		return false
	}
	if f := tag.Get("form"); f != "" && !matches(f, str) {
		s.report(path, Problem{Message: "pack.bad_form", Key: key, Found: str, Expected: forms[f]})
		return false
	}
	if one := tag.Get("one"); one != "" {
		words := strings.Split(one, "|")
		for _, w := range words {
			if w == str {
				return true
			}
		}
		s.report(path, Problem{Message: "pack.unknown_value", Key: key, Found: str,
			Expected: strings.Join(words, ", "), Near: nearest(str, words)})
		return false
	}
	return true
}

// words decodes a wording: at least Russian and English, none of them empty.
func (s *source) words(path string, e entry) core.Words {
	entries, ok := s.entries(path, e.node)
	if !ok {
		return nil
	}
	w := core.Words{}
	for _, l := range entries {
		at := step(path, l.key)
		s.lines[at] = l.line
		if !matches("lang", l.key) {
			s.report(at, Problem{Message: "pack.bad_form", Key: e.key, Found: l.key, Expected: forms["lang"]})
		} else if str, ok := s.text(at, e.key, l.node); ok && strings.TrimSpace(str) != "" {
			w[l.key] = str
		}
	}
	for _, lang := range [...]string{"ru", "en"} {
		if w[lang] == "" {
			s.report(path, Problem{Message: "pack.missing_language", Key: e.key, Expected: lang})
		}
	}
	return w
}

// whole reads a whole number of 0 or more.
func whole(n ast.Node) (int64, bool) {
	if _, ok := n.(*ast.IntegerNode); !ok {
		return 0, false
	}
	i, err := strconv.ParseInt(n.GetToken().Value, 10, 32)
	return i, err == nil && i >= 0
}

// found shows a scalar as it is written and anything else by its first token.
func found(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "{…}"
	case *ast.SequenceNode:
		return "[…]"
	case nil:
		return ""
	}
	return n.GetToken().Value
}

// last is the last key of a path.
func last(path string) string {
	return path[strings.LastIndexByte(path, '.')+1:]
}
