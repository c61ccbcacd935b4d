package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
	"svod/internal/stats"
)

// estimateMost bounds the table, which is held in memory, in bytes.
const estimateMost = 64 << 20

// estimateRows is a table as package stats wants it.
type estimateRows struct {
	header  []string
	rows    [][]string
	numbers []int // of the rows, as the person's own program counts them
}

// read gives the tables of the file, one per stratum. What was repaired or left
// out while reading is said to the person. Errors name the row and the column.
func (c *estimateCmd) read(r *run, in io.Reader, name string) (*stats.Parsed, error) {
	data, err := io.ReadAll(io.LimitReader(in, estimateMost+1))
	switch {
	case err != nil:
		return nil, core.Invalid("cli.no_file", "file", c.File)
	case len(data) > estimateMost:
		return nil, core.Invalid("error.file_too_large", "max", int64(estimateMost))
	}
	t, err := r.estimateRows(sheet.BytesSource(name, data))
	if err != nil {
		return nil, err
	}
	p, err := stats.ParseRows(t.header, t.rows, stats.Columns{Lists: c.Lists, Count: c.Count})
	if err != nil {
		return nil, t.place(err)
	}
	if column := t.uncounted(p); column != "" && c.Count == "" && len(c.Lists) == 0 {
		return nil, core.Invalid("cli.estimate_which_count", "column", column)
	}
	return p, nil
}

// estimateRows reads a table. The names of the lists must stand above it: a table
// without them cannot say which list is which.
func (r *run) estimateRows(src sheet.Source) (*estimateRows, error) {
	guess, err := sheet.Sniff(src, sheet.Options{})
	if err != nil {
		return nil, err
	}
	if guess.HeaderRow == 0 { // names that are numbers, such as years, do not look like names
		first := guess.FirstRow
		if guess, err = sheet.Sniff(src, sheet.Options{HeaderRow: first}); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(guess.Columns, func(c sheet.Column) bool { return c.Header == "0" || c.Header == "1" }) {
			return nil, core.Invalid("cli.estimate_no_names").AtCell(first, 0)
		}
	}
	r.describe(guess, kernel.ImportPlan{})
	for _, n := range guess.Notes {
		r.estimateNote(n)
	}
	in, err := sheet.Open(src, guess)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	t := &estimateRows{}
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		for _, n := range row.Notes {
			r.estimateNote(n)
		}
		cells := make([]string, len(row.Cells))
		for i := range cells {
			cells[i] = row.Text(i)
		}
		t.rows, t.numbers = append(t.rows, cells), append(t.numbers, row.Number)
	}
	if _, _, totals, _ := in.Counts(); len(totals) > 0 {
		r.say("cli.estimate_totals", "count", len(totals))
	}
	for i, c := range guess.Columns {
		name := oneLine(c.Name)
		if c.Header == sheet.ColumnLetter(i+1) && t.blank(i) {
			name = ""
		}
		t.header = append(t.header, name)
	}
	return t, nil
}

// estimateNote says what package sheet noticed.
func (r *run) estimateNote(n sheet.Note) {
	text := oneLine(r.t(n.Key, n.Placeholders()...))
	if n.Row > 0 {
		text = r.t("cli.at_row", "row", n.Row, "message", text)
	}
	r.say("cli.estimate_read_note", "message", text)
}

func (t *estimateRows) blank(column int) bool {
	return !slices.ContainsFunc(t.rows, func(row []string) bool { return column < len(row) && strings.TrimSpace(row[column]) != "" })
}

// place turns the row of an error, counted from the first of the data, into the
// row of the file, and names the column.
func (t *estimateRows) place(err error) error {
	var e *core.Error
	if !errors.As(err, &e) || e.Row < 1 || e.Row > len(t.numbers) {
		return err
	}
	out := e.AtCell(t.numbers[e.Row-1], e.Column)
	if e.Column > 0 && e.Column <= len(t.header) && !slices.Contains(e.Args, any("field")) {
		out.Field = t.header[e.Column-1]
	}
	return out
}

// uncounted names a column of whole numbers that was left out of a table in
// which no two rows have the same marks. Such rows are capture histories, and
// the column is their count under an unexpected name; to take each for a person
// would give a wrong answer quietly.
func (t *estimateRows) uncounted(p *stats.Parsed) string {
	for _, table := range p.Tables {
		for _, cell := range table.Cells() {
			if cell.Count > 1 {
				return ""
			}
		}
	}
	for _, n := range p.Notes {
		if len(n.Args) < 2 || n.Args[0] != "field" {
			continue
		}
		if i := slices.Index(t.header, fmt.Sprint(n.Args[1])); i >= 0 && t.whole(i) {
			return t.header[i]
		}
	}
	return ""
}

// whole says that a column holds nothing but whole numbers.
func (t *estimateRows) whole(column int) bool {
	return !slices.ContainsFunc(t.rows, func(row []string) bool {
		if column >= len(row) {
			return true
		}
		_, err := strconv.Atoi(strings.Join(strings.Fields(row[column]), ""))
		return err != nil
	})
}
