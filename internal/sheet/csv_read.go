package sheet

import (
	"errors"
	"io"
	"strings"
)

// rawRow is a row as it stands in the file.
type rawRow struct {
	number int // from 1, as a spreadsheet counts: a field with line breaks is one row
	cells  []Cell
	notes  []Note
	hidden bool
}

func (r rawRow) empty() bool {
	for _, c := range r.cells {
		if c.Text != "" {
			return false
		}
	}
	return true
}

// rowSource is a table of either format.
type rowSource interface {
	next() (rawRow, error) // io.EOF at the end
	io.Closer
}

// csvSource reads the rows of a text table.
type csvSource struct {
	lines *lineReader
	sep   string
	quote byte
	row   int
	fix   *repairer // nil while sniffing

	unclosed int // quotation marks that led nowhere; after many, we stop looking far
}

func (c *csvSource) Close() error { return nil }

func (c *csvSource) next() (rawRow, error) {
	line, err := c.lines.next()
	if err != nil {
		return rawRow{}, err
	}
	c.row++
	if c.row == 1 && isSepLine(line) { // Excel's own directive
		return rawRow{number: 1}, nil
	}
	row := rawRow{number: c.row}
	fields, key, err := c.fields(line)
	if err != nil {
		return row, err
	}
	if key != "" {
		row.notes = append(row.notes, Note{Key: key, Row: c.row})
	}
	if c.fix != nil {
		var notes []Note
		fields, notes = c.fix.width(fields)
		row.notes = append(row.notes, notes...)
	}
	row.cells = make([]Cell, len(fields))
	for i, f := range fields {
		if strings.Contains(f, "\ufffd") {
			row.notes = append(row.notes, Note{Key: noteBroken, Col: i + 1, Value: f})
		}
		row.cells[i] = Cell{Text: cleanText(unguard(f))}
	}
	for i := range row.notes {
		row.notes[i].Row = c.row
	}
	return row, nil
}

func isSepLine(line string) bool {
	return len(line) >= 5 && len(line) <= 8 && strings.EqualFold(line[:4], "sep=")
}

// fields cuts a logical row, reading further lines for a quoted field that
// spans them. key is a note about quotation marks.
func (c *csvSource) fields(line string) (fields []string, key string, err error) {
	if c.quote == 0 || strings.IndexByte(line, c.quote) < 0 {
		return strings.Split(line, c.sep), "", nil
	}
	s := splitter{sep: c.sep, quote: c.quote}
	s.feed(line)
	strayFirst := s.stray
	var taken []string
	size := len(line)
	limit := maxJoinRows
	if c.unclosed > maxUnclosed {
		limit = 2
	}
	for s.open && len(taken) < limit && size < maxJoin {
		more, err := c.lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, "", err
		}
		taken, size = append(taken, more), size+len(more)
		s.feed(more)
	}
	want := 0
	if c.fix != nil {
		want = c.fix.columns
	}
	if !s.open && !s.stray && (want == 0 || len(taken) == 0 || len(s.fields) == want) {
		return s.fields, "", nil
	}
	literal := splitLiteral(line, c.sep, c.quote)
	key = noteQuoteUnclosed
	if strayFirst {
		key = noteQuoteStray
	}
	switch alone := len(taken) == 0; {
	case s.open, !alone && s.stray && len(literal) == want:
	case len(s.fields) == want || want == 0 && alone:
		return s.fields, noteQuoteStray, nil // a mark inside a quoted field, otherwise sound
	case !alone && len(literal) != want && !s.stray:
		return s.fields, "", nil // wrong width both ways: believe the quotation marks
	}
	if s.open {
		c.unclosed++
	}
	for i := len(taken) - 1; i >= 0; i-- { // the other lines are rows of their own
		c.lines.push(taken[i])
	}
	return literal, key, nil
}
