package stats

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"svod/internal/core"
)

// Columns says which columns of a table of rows mean what. Names are compared
// without case and surrounding space. The zero value guesses.
type Columns struct {
	// Lists are the columns of 0 and 1; empty: every column that holds marks (see
	// ParseRows) in more than half of its filled cells, except those below.
	Lists []string
	// Count is the column with the number of people; empty: one called count, n,
	// freq, число, количество or the like, and without one every row is a person.
	Count string
	// Stratum is the column that splits the population; empty: one called
	// stratum, страта or слой, and without one there is a single table.
	Stratum string
}

// Parsed is what ParseRows made of the rows.
type Parsed struct {
	Tables []*Table  // one per stratum, in the order of their names
	Notes  []Message // columns and people left out, blanks read as 0
}

var (
	countNames   = []string{"count", "counts", "n", "freq", "frequency", "число", "количество", "кол-во", "человек"}
	stratumNames = []string{"stratum", "strata", "страта", "слой"}
	idNames      = []string{"id", "unique_id", "cluster", "person", "номер", "№"}
)

// ParseRows reads rows of text: one column of marks per list, and either a
// column of counts or one row per person. A mark is 1, x, +, yes, true, да or 0, -, no,
// false, нет; a blank is 0 and is noted. People on none of the lists are an error, unless
// c.Lists chose among the lists: then they are left out and noted. Rows without any content are passed over.
// Errors carry the row (1 is the first after the header) and the column.
func ParseRows(header []string, rows [][]string, c Columns) (*Parsed, error) {
	p, err := newRowReader(header, rows, c)
	if err != nil {
		return nil, err
	}
	tables := map[string]*Table{}
	blanks := 0
	for r, row := range rows {
		if blankRow(row) {
			continue
		}
		mask, n, blank, err := p.row(row)
		if err != nil {
			err.Row = r + 1
			return nil, err
		}
		if mask == 0 && len(c.Lists) > 0 {
			p.outside += n
			continue
		}
		blanks += blank
		stratum := strings.TrimSpace(at(row, p.stratum))
		t := tables[stratum]
		if t == nil {
			var err error
			if t, err = emptyTable(p.names, stratum); err != nil {
				return nil, err
			}
			tables[stratum] = t
		}
		if err := t.add(mask, n); err != nil {
			return nil, err.AtCell(r+1, 0)
		}
	}
	return p.finish(tables, blanks)
}

type rowReader struct {
	names          []string // of the lists
	lists          []int    // columns
	count, stratum int      // columns; -1: none
	notes          []Message
	outside        int64 // people on none of the lists that were asked for
}

func newRowReader(header []string, rows [][]string, c Columns) (*rowReader, error) {
	p := &rowReader{}
	var err error
	if p.count, err = findColumn(header, c.Count, countNames); err != nil {
		return nil, err
	}
	if p.stratum, err = findColumn(header, c.Stratum, stratumNames); err != nil {
		return nil, err
	}
	for _, name := range c.Lists {
		i, err := findColumn(header, name, nil)
		if err != nil {
			return nil, err
		}
		if i < 0 {
			return nil, core.Invalid(errColumn, "value", name)
		}
		p.lists = append(p.lists, i)
	}
	if len(c.Lists) == 0 {
		p.guessLists(header, rows)
	}
	for _, i := range p.lists {
		p.names = append(p.names, strings.TrimSpace(header[i]))
	}
	if _, err := emptyTable(p.names, ""); err != nil {
		return nil, err
	}
	return p, nil
}

// guessLists takes every column of marks. A column in which most of what is filled
// is marks is a list with a mistake: reading it will say in which row.
func (p *rowReader) guessLists(header []string, rows [][]string) {
	for i, name := range header {
		if i == p.count || i == p.stratum || slices.Contains(idNames, fold(name)) {
			continue
		}
		filled, marks, anyOn := 0, 0, false
		for _, row := range rows {
			if strings.TrimSpace(at(row, i)) == "" {
				continue
			}
			filled++
			if on, ok := readMark(at(row, i)); ok {
				marks++
				anyOn = anyOn || on
			}
		}
		switch {
		case filled > 0 && (marks == filled || anyOn && 2*marks > filled):
			p.lists = append(p.lists, i)
		case strings.TrimSpace(name) != "":
			p.notes = append(p.notes, Message{noteLeftOut, []any{"field", strings.TrimSpace(name)}})
		}
	}
}

// row reads one row: its history, its count and the number of blank marks.
func (p *rowReader) row(row []string) (mask int, n int64, blanks int, err *core.Error) {
	for k, i := range p.lists {
		v := at(row, i)
		on, ok := readMark(v)
		if !ok {
			return 0, 0, 0, core.Invalid(errMark, "value", clip(v), "field", p.names[k]).AtCell(0, i+1)
		}
		if strings.TrimSpace(v) == "" {
			blanks++
		}
		if on {
			mask |= 1 << k
		}
	}
	if p.count < 0 {
		return mask, 1, blanks, nil
	}
	n, ok := readCount(at(row, p.count))
	if !ok {
		return 0, 0, 0, core.Invalid(errCount, "value", clip(at(row, p.count))).AtCell(0, p.count+1)
	}
	return mask, n, blanks, nil
}

func (p *rowReader) finish(tables map[string]*Table, blanks int) (*Parsed, error) {
	out := &Parsed{Notes: p.notes}
	for _, t := range tables {
		if t.Observed() > 0 {
			out.Tables = append(out.Tables, t)
		}
	}
	if len(out.Tables) == 0 {
		return nil, core.Invalid(errNoRows)
	}
	slices.SortFunc(out.Tables, func(a, b *Table) int { return strings.Compare(a.Stratum, b.Stratum) })
	if p.outside > 0 {
		out.Notes = append(out.Notes, Message{noteOutside, []any{"count", p.outside}})
	}
	if blanks > 0 {
		out.Notes = append(out.Notes, Message{noteBlank, []any{"count", blanks}})
	}
	return out, nil
}

// findColumn looks for a column by name, or, without one, for any of guesses;
// -1 when a guess finds nothing.
func findColumn(header []string, name string, guesses []string) (int, error) {
	if name == "" {
		for i, h := range header {
			if slices.Contains(guesses, fold(h)) {
				return i, nil
			}
		}
		return -1, nil
	}
	for i, h := range header {
		if fold(h) == fold(name) {
			return i, nil
		}
	}
	return 0, core.Invalid(errColumn, "value", clip(name))
}

func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func at(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return row[i]
}

func blankRow(row []string) bool {
	return !slices.ContainsFunc(row, func(s string) bool { return strings.TrimSpace(s) != "" })
}

func readMark(s string) (on, ok bool) {
	switch fold(s) {
	case "1", "x", "х", "+", "yes", "true", "да":
		return true, true
	case "", "0", "-", "–", "—", "no", "false", "нет":
		return false, true
	}
	return false, false
}

// readCount reads a whole number of people; spaces between groups of digits
// are allowed, a blank is 0.
func readCount(s string) (int64, bool) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	if s == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

// clip keeps what stands in an error short.
func clip(s string) string {
	if r := []rune(strings.ToValidUTF8(s, "�")); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return strings.ToValidUTF8(s, "�")
}

// ParseHistories reads the compact notation of papers: "100:40 010:30 110:6",
// pairs of history and count separated by space, comma or line. The lists are
// called A, B, C … when names is empty.
func ParseHistories(s string, names []string) (*Table, error) {
	var cells []Cell
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }) {
		h, count, _ := strings.Cut(f, ":")
		n, ok := readCount(count)
		if !ok || count == "" {
			return nil, core.Invalid(errCount, "value", clip(count))
		}
		cells = append(cells, Cell{History: h, Count: n})
	}
	if len(cells) == 0 {
		return nil, core.Invalid(errNoRows)
	}
	if len(names) == 0 {
		if len(cells[0].History) > MaxLists {
			return nil, core.Invalid(errManyLists, "count", len(cells[0].History), "limit", MaxLists)
		}
		for i := range len(cells[0].History) {
			names = append(names, string(rune('A'+i)))
		}
	}
	return NewTable(names, cells)
}

// A Membership says that a list names a person. Person is any stable key (the
// cluster of record linkage); it stays inside FromMemberships.
type Membership struct {
	Person, List, Stratum string
}

// FromMemberships turns the clusters of record linkage into tables, one per
// stratum in the order of their names: a person is on a list when any record of the cluster
// comes from it. lists gives the order of the lists; a membership in another list
// is an error. A person whose records name several strata counts in each of them.
func FromMemberships(lists []string, rows []Membership) ([]*Table, error) {
	probe, err := emptyTable(lists, "")
	if err != nil {
		return nil, err
	}
	type key struct{ stratum, person string }
	masks := map[key]int{}
	for i, r := range rows {
		k := slices.Index(probe.Lists, strings.TrimSpace(r.List))
		if k < 0 {
			return nil, core.Invalid(errColumn, "value", clip(r.List)).AtCell(i+1, 0)
		}
		masks[key{r.Stratum, r.Person}] |= 1 << k
	}
	tables := map[string]*Table{}
	for k, mask := range masks {
		t := tables[k.stratum]
		if t == nil {
			if t, err = emptyTable(lists, k.stratum); err != nil {
				return nil, err
			}
			tables[k.stratum] = t
		}
		t.counts[mask]++
	}
	p, err := (&rowReader{}).finish(tables, 0)
	if err != nil {
		return nil, err
	}
	return p.Tables, nil
}
