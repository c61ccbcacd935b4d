package text

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// CompleteLanguages are the languages in which every message must exist.
func CompleteLanguages() []string { return []string{"ru", "en"} }

// Check returns everything a translator still has to mend, in a stable order:
//
//   - a key that Russian or English has and the other lacks;
//   - a key of another language that neither of them has (it is never shown);
//   - a message with plurals without one of the forms its language needs;
//   - a placeholder which the reference (Russian, else English) does not have, or
//     one of the reference that a translation leaves out. A singular form may
//     leave {count} out ("one page").
//
// Languages other than the complete ones may lack keys: T falls back.
func (c *Catalogue) Check() []error {
	var errs []error
	reference := c.referenceMessages()
	for _, lang := range CompleteLanguages() {
		for _, key := range slices.Sorted(maps.Keys(reference)) {
			if _, ok := c.messages[lang][key]; !ok {
				errs = append(errs, fmt.Errorf("%s: key %q of %s is missing", lang, key, reference[key].source))
			}
		}
	}
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			m := c.messages[lang][key]
			ref, ok := reference[key]
			if !ok {
				errs = append(errs, fmt.Errorf("%s: key %q is in no complete language (%s)", m.source, key, strings.Join(CompleteLanguages(), ", ")))
				continue
			}
			errs = append(errs, checkForms(lang, key, m)...)
			errs = append(errs, checkPlaceholders(key, m, ref)...)
		}
	}
	return errs
}

// Missing lists the keys that the complete languages have and lang lacks.
func (c *Catalogue) Missing(lang string) []string {
	var out []string
	for key := range c.referenceMessages() {
		if !c.Has(lang, key) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// referenceMessages is the union of the complete languages; the first that has a
// key decides on its placeholders.
func (c *Catalogue) referenceMessages() map[string]message {
	ref := map[string]message{}
	for _, lang := range CompleteLanguages() {
		for key, m := range c.messages[lang] {
			if _, ok := ref[key]; !ok {
				ref[key] = m
			}
		}
	}
	return ref
}

func checkForms(lang, key string, m message) []error {
	var errs []error
	need := PluralForms(lang)
	if m.plural {
		for _, form := range need {
			if m.forms[form] == "" {
				errs = append(errs, fmt.Errorf("%s: key %q lacks the plural form %q", m.source, key, form))
			}
		}
	}
	for _, form := range slices.Sorted(maps.Keys(m.forms)) {
		switch {
		case !slices.Contains(need, form):
			errs = append(errs, fmt.Errorf("%s: key %q has the plural form %q, which %s does not use", m.source, key, form, lang))
		case strings.TrimSpace(m.forms[form]) == "":
			if !m.plural {
				errs = append(errs, fmt.Errorf("%s: key %q is empty", m.source, key))
			}
		}
	}
	return errs
}

func checkPlaceholders(key string, m, ref message) []error {
	var errs []error
	want := map[string]bool{}
	for _, s := range ref.forms {
		for _, name := range Placeholders(s) {
			want[name] = true
		}
	}
	for _, form := range slices.Sorted(maps.Keys(m.forms)) {
		have := Placeholders(m.forms[form])
		for _, name := range have {
			if !want[name] {
				errs = append(errs, fmt.Errorf("%s: key %q, form %q: placeholder {%s} is not in %s", m.source, key, form, name, ref.source))
			}
		}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			mayOmit := m.plural && form != Other && name == "count"
			if !slices.Contains(have, name) && !mayOmit {
				errs = append(errs, fmt.Errorf("%s: key %q, form %q lacks the placeholder {%s}", m.source, key, form, name))
			}
		}
	}
	return errs
}

// Placeholders lists the names in braces of a message, in order of appearance.
func Placeholders(s string) []string {
	var out []string
	for {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			return out
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			return out
		}
		out = append(out, s[open+1:open+end])
		s = s[open+end+1:]
	}
}
