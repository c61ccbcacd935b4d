package pack

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
)

// tableColumns are the columns of a foreign table, under every heading that
// HURIDOCS spreadsheets and OpenEvSys exports are known to use.
var tableColumns = map[string]string{
	"code": "code", "vocab_number": "code", "huri_code": "code", "huridocs code": "code", "код": "code",
	"term": "term", "label": "term", "термин": "term", "название": "term",
	"parent": "parent", "parent_vocab_number": "parent", "родитель": "parent",
	"level": "level", "term_level": "level", "уровень": "level",
	"order": "order", "term_order": "order", "порядок": "order",
	"visible": "visible", "видимость": "visible",
	"lang": "lang", "language": "lang", "locale": "lang", "язык": "lang",
	"list": "list", "list_code": "list", "список": "list",
	"english": "en", "french": "fr", "spanish": "es", "russian": "ru",
}

// columnNames lists what a message offers.
const columnNames = "code, term, parent, level, order, visible, lang, list, ru, en, fr …"

// splitTable splits text into rows with the separator that its first line has
// most of, and gives the line on which each row begins.
func splitTable(text string) (rows [][]string, lines []int, err error) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	first, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ','
	for _, c := range [...]rune{';', '\t'} {
		if strings.Count(first, string(c)) > strings.Count(first, string(r.Comma)) {
			r.Comma = c
		}
	}
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, lines, nil
		}
		if err != nil {
			e := core.Invalid("terms.syntax")
			var broken *csv.ParseError
			if errors.As(err, &broken) {
				e.Row = broken.Line
			}
			return nil, nil, e
		}
		line, _ := r.FieldPos(0)
		rows, lines = append(rows, row), append(lines, line)
	}
}

// termRows reads the rows of a table, the first of which names the columns.
func termRows(rows [][]string, lines []int, list string) ([]core.Term, error) {
	f := &foreign{}
	if len(rows) == 0 {
		return nil, core.Invalid("terms.empty")
	}
	columns := f.columns(rows[0], lines[0])
	if len(f.errs) > 0 {
		return nil, f.errs
	}
	for i, row := range rows[1:] {
		line := lines[i+1]
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		cells := map[string]string{}
		for j, cell := range row {
			if j < len(columns) {
				cells[columns[j]] = strings.TrimSpace(cell)
			} else if strings.TrimSpace(cell) != "" {
				f.fail(line, "terms.row_width", "found", strconv.Itoa(len(row)), "expected", strconv.Itoa(len(columns)))
				break
			}
		}
		f.tableRow(cells, line, slices.Contains(columns, "lang"))
	}
	return f.finish(list)
}

// columns translates the headings.
func (f *foreign) columns(header []string, line int) []string {
	var columns []string
	for _, h := range header {
		name := strings.ToLower(strings.TrimSpace(h))
		known := tableColumns[name]
		if known == "" && len(name) == 2 && matches("lang", name) {
			known = name
		}
		if known == "" {
			f.fail(line, "terms.unknown_column", "found", h, "expected", columnNames)
		} else if slices.Contains(columns, known) {
			f.fail(line, "terms.duplicate", "found", h)
		}
		columns = append(columns, known)
	}
	worded := slices.ContainsFunc(columns, func(c string) bool { return c == "term" || len(c) == 2 })
	for name, there := range map[string]bool{"code": slices.Contains(columns, "code"), "term": worded} {
		if !there {
			f.fail(line, "terms.missing_column", "key", name)
		}
	}
	return columns
}

// tableRow reads one row.
func (f *foreign) tableRow(cells map[string]string, line int, several bool) {
	code, list, ok := splitCode(cells["code"])
	if !ok {
		f.fail(line, "terms.bad_code", "found", cells["code"])
		return
	}
	if n := f.number(line, "list", cells["list"]); list == "" && n > 0 {
		list = twoDigits(n)
	}
	f.number(line, "level", cells["level"])
	t := &foreignTerm{line: line, code: code, list: list, parent: f.parentCode(line, cells["parent"]),
		order: f.number(line, "order", cells["order"]), hidden: isHidden(cells["visible"]), label: core.Words{}}
	lang := baseLanguage(cells["lang"])
	if cells["term"] != "" {
		t.label[lang] = cells["term"]
	}
	for c, v := range cells {
		if len(c) == 2 && v != "" {
			t.label[c] = v
		}
	}
	f.put(t, several)
}

// twoDigits writes a list number as packs do.
func twoDigits(n int) string {
	s := strconv.Itoa(n)
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// isHidden reads the column visible: everything but a clear no is visible.
func isHidden(visible string) bool {
	switch strings.ToLower(strings.TrimSpace(visible)) {
	case "n", "no", "0", "false", "нет":
		return true
	}
	return false
}

// baseLanguage is the language of a locale name ("ru_RU" → "ru"), English when
// there is none.
func baseLanguage(locale string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(locale)), "_", "-"), "-")
	if !matches("lang", base) {
		return "en"
	}
	return base
}
