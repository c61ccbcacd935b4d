package text

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// A Catalogue holds messages by language and key. It is filled by [Load] and
// [Catalogue.Merge] and read-only (and safe for concurrent use) afterwards.
// The zero value is empty and ready.
type Catalogue struct {
	messages map[string]map[string]message // language, key
}

// A message is one text per plural form; a message without plurals has only
// the form other.
type message struct {
	forms  map[string]string
	plural bool
	source string // file, for error messages
}

// Load reads every *.json file of dir: the language is the last dotted part of
// the file name ("ru.json", "active.ru.json"). The format is that of go-i18n v2:
// an object of key to text, or key to {"one", "few", "many", "other"} (with
// "description" and "hash" allowed and ignored); objects may nest, and their keys
// are joined with a dot. A missing dir is an empty catalogue.
func Load(fsys fs.FS, dir string) (*Catalogue, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return &Catalogue{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("text: read catalogue %s: %w", dir, err)
	}
	c := &Catalogue{}
	for _, e := range entries {
		name, isJSON := strings.CutSuffix(e.Name(), ".json")
		if e.IsDir() || !isJSON {
			continue
		}
		file := path.Join(dir, e.Name())
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("text: read catalogue %s: %w", file, err)
		}
		lang := name[strings.LastIndexByte(name, '.')+1:]
		if err := c.add(lang, file, data); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Merge adds the messages of other to c. A key that both have in one language
// with different texts is an error: packs must not overwrite each other.
func (c *Catalogue) Merge(other *Catalogue) error {
	for _, lang := range other.Languages() {
		for key, m := range other.messages[lang] {
			if err := c.put(lang, key, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// Languages lists the languages of c in alphabetical order.
func (c *Catalogue) Languages() []string { return slices.Sorted(maps.Keys(c.messages)) }

// Keys lists the keys c has in lang in alphabetical order.
func (c *Catalogue) Keys(lang string) []string {
	return slices.Sorted(maps.Keys(c.messages[baseLang(lang)]))
}

// Has reports whether lang itself, without its fallbacks, has key.
func (c *Catalogue) Has(lang, key string) bool {
	_, ok := c.messages[baseLang(lang)][key]
	return ok
}

func (c *Catalogue) put(lang, key string, m message) error {
	if old, ok := c.messages[lang][key]; ok {
		if maps.Equal(old.forms, m.forms) {
			return nil
		}
		return fmt.Errorf("text: %s: key %q (%s) is already defined in %s", m.source, key, lang, old.source)
	}
	if c.messages == nil {
		c.messages = map[string]map[string]message{}
	}
	if c.messages[lang] == nil {
		c.messages[lang] = map[string]message{}
	}
	c.messages[lang][key] = m
	return nil
}

func (c *Catalogue) add(lang, file string, data []byte) error {
	dec := json.NewDecoder(strings.NewReader(string(data)))
	if err := expectDelim(dec, '{'); err != nil {
		return fmt.Errorf("text: %s: %w", file, err)
	}
	if err := c.addObject(dec, lang, file, ""); err != nil {
		return fmt.Errorf("text: %s: %w", file, err)
	}
	if dec.More() {
		return fmt.Errorf("text: %s: text after the closing brace", file)
	}
	return nil
}

// addObject reads the members of an object whose brace is already read. It works
// on the token stream, because a key written twice must be an error and
// json.Unmarshal would silently keep the second.
func (c *Catalogue) addObject(dec *json.Decoder, lang, file, prefix string) error {
	forms := map[string]string{}
	nested := map[string]bool{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return err
		}
		name, _ := tok.(string)
		key := name
		if prefix != "" {
			key = prefix + "." + name
		}
		val, err := dec.Token()
		if err != nil {
			return err
		}
		switch v := val.(type) {
		case string:
			if _, twice := forms[name]; twice || nested[name] {
				return fmt.Errorf("key %q appears twice", key)
			}
			forms[name] = v
		case json.Delim:
			if v != '{' {
				return fmt.Errorf("key %q: want a text or an object, have a list", key)
			}
			if _, twice := forms[name]; twice || nested[name] {
				return fmt.Errorf("key %q appears twice", key)
			}
			nested[name] = true
			if err := c.addObject(dec, lang, file, key); err != nil {
				return err
			}
		default:
			return fmt.Errorf("key %q: want a text or an object, have %v", key, val)
		}
	}
	if err := expectDelim(dec, '}'); err != nil {
		return err
	}
	return c.addForms(lang, file, prefix, forms)
}

// addForms stores the texts of one object: as the plural forms of the key prefix
// when every name is one of go-i18n's, as messages of their own otherwise.
func (c *Catalogue) addForms(lang, file, prefix string, forms map[string]string) error {
	if _, ok := forms[Other]; ok && prefix != "" && onlyMessageNames(forms) {
		m := message{forms: map[string]string{}, source: file}
		for name, s := range forms {
			if isForm(name) {
				m.forms[name] = s
			}
		}
		m.plural = len(m.forms) > 1
		return c.put(lang, prefix, m)
	}
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		key := name
		if prefix != "" {
			key = prefix + "." + name
		}
		m := message{forms: map[string]string{Other: forms[name]}, source: file}
		if err := c.put(lang, key, m); err != nil {
			return err
		}
	}
	return nil
}

func isForm(name string) bool {
	switch name {
	case "zero", One, "two", Few, Many, Other:
		return true
	}
	return false
}

func onlyMessageNames(forms map[string]string) bool {
	for name := range forms {
		if !isForm(name) && name != "description" && name != "hash" && name != "id" {
			return false
		}
	}
	return true
}

func expectDelim(dec *json.Decoder, want json.Delim) error {
	tok, err := dec.Token()
	if err != nil {
		return err
	}
	if d, ok := tok.(json.Delim); !ok || d != want {
		return fmt.Errorf("want %q, have %v", want, tok)
	}
	return nil
}
