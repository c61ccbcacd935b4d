package text

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

// T returns the message key in lang with its placeholders filled.
//
// args are pairs of a name and a value: T("ru", "import.rows", "count", 5).
// {name} in the message is replaced by the value: a string as it is, an integer or
// float as lang writes numbers (pass years and ids as strings), an error or
// Stringer by its own text. The value named "count" chooses the plural form. A
// placeholder without a value stays visible as {name}.
//
// Without the key in lang the message is looked for in Russian (for the languages
// whose readers usually know it) and then in English, or the other way round;
// without any, the key itself is returned. The values are not escaped: in HTML the
// caller escapes the result.
func (c *Catalogue) T(lang, key string, args ...any) string {
	lang = baseLang(lang)
	m, ok := c.messages[lang][key]
	if !ok {
		for _, next := range fallbacks(lang) {
			if m, ok = c.messages[next][key]; ok {
				lang = next
				break
			}
		}
	}
	if !ok {
		return key
	}
	return fill(m.pick(lang, args), lang, args)
}

// fallbacks lists where to look when lang has no message.
func fallbacks(lang string) []string {
	switch lang {
	case "uk", "be", "kk", "ky", "tg", "uz", "hy", "az":
		return []string{"ru", "en"}
	}
	return []string{"en", "ru"}
}

// pick returns the text of the plural form which args ask for.
func (m message) pick(lang string, args []any) string {
	if !m.plural {
		return m.forms[Other]
	}
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] != "count" {
			continue
		}
		form := Other
		if n, ok := toInt(args[i+1]); ok {
			form = PluralForm(lang, n)
		} else if f, ok := toFloat(args[i+1]); ok {
			form = PluralFormFloat(lang, f)
		}
		if s, ok := m.forms[form]; ok {
			return s
		}
	}
	return m.forms[Other]
}

// fill replaces the placeholders of s.
func fill(s, lang string, args []any) string {
	if !strings.Contains(s, "{") {
		return s
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			break
		}
		name := s[open+1 : open+end]
		b.WriteString(s[:open])
		if v, ok := argument(args, name); ok {
			b.WriteString(show(lang, v))
		} else {
			b.WriteString(s[open : open+end+1])
		}
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

// show writes one value as a reader of lang expects it.
func show(lang string, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	case []string:
		return JoinList(lang, v)
	}
	if n, ok := toInt(v); ok {
		return FormatNumber(lang, n)
	}
	if f, ok := toFloat(v); ok {
		return FormatFloat(lang, f, -1)
	}
	return fmt.Sprint(v)
}

func toInt(v any) (int64, bool) {
	if n, ok := v.(int); ok {
		return int64(n), true
	}
	switch r := reflect.ValueOf(v); {
	case r.CanInt():
		return r.Int(), true
	case r.CanUint():
		return int64(r.Uint()), r.Uint() <= math.MaxInt64
	}
	return 0, false
}

func toFloat(v any) (float64, bool) {
	if r := reflect.ValueOf(v); r.CanFloat() {
		return r.Float(), true
	}
	return 0, false
}
