package sheet

import (
	"errors"
	"io"
	"math"

	"svod/internal/core"
)

// Reader gives the data rows of a table one after the other. It holds one row
// (of a workbook also the shared texts) in memory. It is not safe for concurrent use.
type Reader struct {
	src   rowSource
	guess Guess

	rows, empty int
	sums        []float64 // by column, for the check of totals
	since       []float64 // since the last row of totals
	totals      []Total
	hidden      int
}

// Total is a row of totals: left out of the data, and checked against it.
type Total struct {
	Row   int         `json:"row"`
	Cells []TotalCell `json:"cells"`
}

// TotalCell is one stated total. Sum is what the rows above give: all of them or
// those since the previous row of totals, whichever is nearer.
type TotalCell struct {
	Col    int     `json:"col"` // from 1
	Field  string  `json:"field"`
	Stated float64 `json:"stated"`
	Sum    float64 `json:"sum"`
}

// Matches reports whether the stated total is right (to half a cent).
func (t TotalCell) Matches() bool { return math.Abs(t.Stated-t.Sum) < 0.005 }

// Open starts reading. g comes from Sniff, perhaps with corrected Columns.
func Open(src Source, g Guess) (*Reader, error) {
	var rows rowSource
	var err error
	if g.Format == XLSX {
		rows, err = openXLSX(src, g.Sheet)
	} else {
		rows, err = openCSV(src, g)
	}
	if err != nil {
		return nil, err
	}
	n := len(g.Columns)
	return &Reader{src: rows, guess: g, sums: make([]float64, n), since: make([]float64, n)}, nil
}

func openCSV(src Source, g Guess) (rowSource, error) {
	skip := int64(0)
	if g.BOM {
		skip = map[string]int64{UTF8: 3, UTF16LE: 2, UTF16BE: 2}[g.Encoding]
	}
	lines, err := newLineReader(io.NewSectionReader(src, skip, max(0, src.Size-skip)), g.Encoding, g.LineEnd)
	if err != nil {
		return nil, err
	}
	if g.Separator == "" {
		return nil, core.Invalid(errNotTable)
	}
	c := &csvSource{lines: lines, sep: g.Separator, fix: &repairer{columns: len(g.Columns), guess: g.Columns, sep: g.Separator}}
	if g.Quotes {
		c.quote = '"'
	}
	return c, nil
}

// Close releases the file. The Source stays open.
func (r *Reader) Close() error { return r.src.Close() }

// Next gives the next data row, io.EOF after the last. Title rows, the header,
// empty rows and rows of totals are left out (see Counts). A row has at least
// one cell per column of the guess; a workbook's row that is longer keeps its
// cells and carries a note. Errors are core.KindInvalid for a damaged file.
func (r *Reader) Next() (Row, error) {
	for {
		raw, err := r.src.next()
		if err != nil {
			var known *core.Error
			if errors.Is(err, io.EOF) || errors.As(err, &known) {
				return Row{}, err
			}
			return Row{}, &core.Error{Kind: core.KindInvalid, Key: errDamaged, Err: err}
		}
		switch {
		case raw.number < r.guess.FirstRow:
			continue
		case raw.empty():
			r.empty++
			continue
		case !r.guess.KeepTotal && isTotalRow(raw.cells):
			r.addTotal(raw)
			continue
		}
		r.rows++
		if raw.hidden {
			r.hidden++
		}
		return r.row(raw), nil
	}
}

func (r *Reader) row(raw rawRow) Row {
	n := len(r.guess.Columns)
	cells := raw.cells[:max(lastFilled(raw.cells)+1, min(n, len(raw.cells)))]
	for len(cells) < n {
		cells = append(cells, Cell{})
	}
	row := Row{Number: raw.number, Cells: cells, Notes: raw.notes}
	if len(cells) > n {
		row.Notes = append(row.Notes, Note{Key: noteRowLong, Row: raw.number, Args: []any{"have", len(cells), "want", n}})
	}
	for i := range row.Notes {
		note := &row.Notes[i]
		note.Row = raw.number
		if note.Field == "" && note.Col > 0 && note.Col <= n {
			note.Field = r.guess.Columns[note.Col-1].Name
		}
	}
	for i, c := range r.guess.Columns {
		if c.Kind != ColumnNumber {
			continue
		}
		if v, _, err := c.Number(cells[i]); err == nil && !v.Empty {
			r.sums[i] += v.Value
			r.since[i] += v.Value
		}
	}
	return row
}

func (r *Reader) addTotal(raw rawRow) {
	t := Total{Row: raw.number}
	for i, c := range r.guess.Columns {
		if c.Kind != ColumnNumber || i >= len(raw.cells) || raw.cells[i].Text == "" {
			continue
		}
		v, _, err := c.Number(raw.cells[i])
		if err != nil || v.Empty {
			continue
		}
		cell := TotalCell{Col: i + 1, Field: c.Name, Stated: v.Value, Sum: r.sums[i]}
		if math.Abs(v.Value-r.since[i]) < math.Abs(v.Value-r.sums[i]) {
			cell.Sum = r.since[i]
		}
		t.Cells = append(t.Cells, cell)
	}
	clear(r.since)
	r.totals = append(r.totals, t)
}

// Counts tells what was read so far: data rows, empty rows left out, rows of
// totals, rows hidden in the workbook (they are data too).
func (r *Reader) Counts() (rows, empty int, totals []Total, hidden int) {
	return r.rows, r.empty, r.totals, r.hidden
}

// Summary is the report of a whole table.
type Summary struct {
	Rows      int      `json:"rows"`
	Empty     int      `json:"empty"`
	Hidden    int      `json:"hidden"`
	Totals    []Total  `json:"totals,omitempty"`
	Columns   []Column `json:"columns"` // profiled over all rows
	Notes     []Note   `json:"notes,omitempty"`
	MoreNotes int      `json:"more_notes,omitempty"` // beyond the limit
}

// Scan reads the whole table once, parses the cells of number and date columns,
// and keeps at most maxNotes notes.
func Scan(src Source, g Guess, maxNotes int) (Summary, error) {
	r, err := Open(src, g)
	if err != nil {
		return Summary{}, err
	}
	defer r.Close()
	s := Summary{}
	profilers := make([]*profiler, len(g.Columns))
	for i, c := range g.Columns {
		profilers[i] = newProfiler(Column{Index: c.Index, Header: c.Header, Name: c.Name, Match: c.Match, Dates1904: c.Dates1904})
	}
	add := func(n *Note, row int) {
		switch {
		case n == nil:
		case len(s.Notes) >= maxNotes:
			s.MoreNotes++
		default:
			n.Row = row
			s.Notes = append(s.Notes, *n)
		}
	}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return s, err
		}
		for _, n := range row.Notes {
			add(&n, row.Number)
		}
		for i, c := range g.Columns {
			profilers[i].add(row.Cells[i])
			add(profilers[i].value(c, row.Cells[i]), row.Number)
		}
	}
	s.Rows, s.Empty, s.Totals, s.Hidden = r.Counts()
	for i, p := range profilers {
		c := p.column()
		given := g.Columns[i]
		c.Kind = given.Kind
		if given.DateOrder != core.OrderUnknown {
			c.DateOrder = given.DateOrder
		}
		if given.Comma != CommaUnknown {
			c.Comma = given.Comma
		}
		s.Columns = append(s.Columns, c)
	}
	for _, t := range s.Totals {
		for _, c := range t.Cells {
			key := noteTotalMatches
			if !c.Matches() {
				key = noteTotalDiffers
			}
			add(&Note{Key: key, Col: c.Col, Field: c.Field, Args: []any{"stated", c.Stated, "sum", c.Sum}}, t.Row)
		}
	}
	if s.Hidden > 0 {
		add(&Note{Key: noteHidden, Args: []any{"count", s.Hidden}}, 0)
	}
	return s, nil
}

// value counts what a cell of a number or date column holds.
func (p *profiler) value(c Column, cell Cell) *Note {
	switch c.Kind {
	case ColumnNumber:
		v, note, err := c.Number(cell)
		if err == nil && !v.Empty {
			p.col.Numbers++
			p.col.Sum += v.Value
			if v.About {
				p.col.About++
			}
		}
		return note
	case ColumnDate:
		v, note, err := c.Date(cell)
		if err == nil && !v.Empty {
			p.col.Dates++
			if v.Date.Imprecise() {
				p.col.Imprecise++
			}
		}
		return note
	}
	return nil
}
