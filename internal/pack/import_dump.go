package pack

import (
	"slices"
	"strings"

	"svod/internal/core"
)

// dumpColumns are the columns of the two tables of an OpenEvSys database that
// hold terms, in the order of their CREATE TABLE: a dump may leave them out.
var dumpColumns = map[string][]string{
	"mt_vocab": {"vocab_number", "huri_code", "english", "french", "otherlanguages", "list_code", "visible",
		"term_order", "parent_vocab_number", "term_level"},
	"mt_vocab_l10n": {"msgid", "locale", "msgstr"},
}

// readDump reads the INSERT statements of a MySQL dump.
func readDump(text, list string) ([]core.Term, error) {
	f := &foreign{}
	d := &dump{text: text, line: 1}
	type wording struct {
		line              int
		code, list, label string
		lang              string
	}
	var wordings []wording
	err := d.inserts(func(table string, line int, row map[string]string) {
		key := row["vocab_number"] + row["msgid"]
		code, list, ok := splitCode(key)
		switch {
		case !ok:
			f.fail(line, "terms.bad_code", "found", key)
		case table == "mt_vocab":
			f.dumpRow(code, list, line, row)
		default:
			wordings = append(wordings, wording{line, code, list, row["msgstr"], baseLanguage(row["locale"])})
		}
	})
	if err != nil {
		return nil, err
	}
	for _, w := range wordings {
		if t := f.byKey[w.list+"/"+w.code]; t != nil && w.label != "" {
			t.label[w.lang] = w.label
		}
	}
	return f.finish(list)
}

// dumpRow adds a row of mt_vocab.
func (f *foreign) dumpRow(code, list string, line int, row map[string]string) {
	if n := f.number(line, "list_code", row["list_code"]); list == "" {
		list = twoDigits(n)
	}
	t := &foreignTerm{line: line, code: code, list: list, parent: f.parentCode(line, row["parent_vocab_number"]),
		order: f.number(line, "term_order", row["term_order"]), hidden: isHidden(row["visible"]), label: core.Words{}}
	for lang, column := range map[string]string{"en": "english", "fr": "french"} {
		if row[column] != "" {
			t.label[lang] = row[column]
		}
	}
	f.put(t, false)
}

// dump reads SQL text just well enough to find INSERT statements and their
// values: strings with both kinds of escapes, numbers, NULL and comments.
type dump struct {
	text string
	at   int
	line int
}

// inserts calls row for every row of the tables that hold terms.
func (d *dump) inserts(row func(table string, line int, row map[string]string)) error {
	for {
		word := d.token()
		if word == "" {
			return nil
		}
		if !strings.EqualFold(word, "insert") {
			continue
		}
		for word = d.token(); strings.EqualFold(word, "into") || strings.EqualFold(word, "ignore"); {
			word = d.token()
		}
		table := unquote(word)
		columns, known := dumpColumns[table]
		if !known {
			d.skipStatement()
			continue
		}
		if err := d.values(table, columns, row); err != nil {
			return err
		}
	}
}

// values reads the rest of one INSERT: a column list that may be there, and the
// rows.
func (d *dump) values(table string, columns []string, row func(string, int, map[string]string)) error {
	word := d.token()
	if word == "(" {
		named, ok := d.tuple()
		if !ok {
			return d.broken()
		}
		columns = named
		word = d.token()
	}
	if !strings.EqualFold(word, "values") {
		return d.broken()
	}
	for {
		if d.token() != "(" {
			return d.broken()
		}
		line := d.line
		cells, ok := d.tuple()
		if !ok || len(cells) != len(columns) {
			return d.broken()
		}
		named := map[string]string{}
		for i, c := range columns {
			named[c] = cells[i]
		}
		row(table, line, named)
		switch word = d.token(); word {
		case ",":
		case ";", "":
			return nil
		default: // ON DUPLICATE KEY UPDATE …
			d.skipStatement()
			return nil
		}
	}
}

// tuple reads up to the closing bracket.
func (d *dump) tuple() ([]string, bool) {
	var cells []string
	for {
		word := d.token()
		if word == "" || strings.ContainsAny(word[:1], "(),;") {
			return nil, false
		}
		if word == "NULL" {
			word = ""
		}
		cells = append(cells, unquote(word))
		switch d.token() {
		case ",":
		case ")":
			return cells, true
		default:
			return nil, false
		}
	}
}

// broken is the error for text that is not as expected.
func (d *dump) broken() error {
	e := core.Invalid("terms.syntax")
	e.Row = d.line
	return core.Errors{e}
}

// skipStatement moves behind the next semicolon outside a string.
func (d *dump) skipStatement() {
	for word := d.token(); word != "" && word != ";"; {
		word = d.token()
	}
}

// token returns the next word, string (with its quotes, escapes resolved) or
// sign, or "" at the end.
func (d *dump) token() string {
	d.skipSpace()
	if d.at >= len(d.text) {
		return ""
	}
	c := d.text[d.at]
	switch {
	case c == '\'' || c == '"' || c == '`':
		return d.quoted(c)
	case strings.IndexByte("(),;", c) >= 0:
		d.at++
		return string(c)
	}
	start := d.at
	for d.at < len(d.text) && strings.IndexByte(" \t\r\n(),;'\"`", d.text[d.at]) < 0 {
		d.at++
	}
	return d.text[start:d.at]
}

// quoted reads a string. The result keeps one leading quote, so that an empty
// string differs from the end of the text and a quoted sign from a bare one.
func (d *dump) quoted(quote byte) string {
	b := []byte{quote}
	for d.at++; d.at < len(d.text); d.at++ {
		c := d.text[d.at]
		switch {
		case c == '\\' && quote != '`' && d.at+1 < len(d.text):
			d.at++
			b = append(b, unescape(d.text[d.at]))
		case c == quote && d.at+1 < len(d.text) && d.text[d.at+1] == quote:
			d.at++
			b = append(b, quote)
		case c == quote:
			d.at++
			return string(b)
		default:
			if c == '\n' {
				d.line++
			}
			b = append(b, c)
		}
	}
	return ""
}

// unescape resolves MySQL's backslash escapes.
func unescape(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'r':
		return '\r'
	case '0':
		return 0
	}
	return c
}

// unquote drops the leading quote of a string token.
func unquote(word string) string {
	if word != "" && slices.Contains([]byte("'\"`"), word[0]) {
		return word[1:]
	}
	return word
}

// skipSpace moves over white space and comments.
func (d *dump) skipSpace() {
	for d.at < len(d.text) {
		rest := d.text[d.at:]
		end := ""
		switch {
		case rest[0] == '\n':
			d.line++
			d.at++
			continue
		case strings.IndexByte(" \t\r", rest[0]) >= 0:
			d.at++
			continue
		case strings.HasPrefix(rest, "-- ") || strings.HasPrefix(rest, "--\n") || rest[0] == '#':
			end = "\n"
		case strings.HasPrefix(rest, "/*"):
			end = "*/"
		default:
			return
		}
		stop := strings.Index(rest, end)
		if stop < 0 {
			d.at = len(d.text)
			return
		}
		if end == "*/" {
			stop += len(end)
		}
		d.line += strings.Count(rest[:stop], "\n")
		d.at += stop
	}
}
