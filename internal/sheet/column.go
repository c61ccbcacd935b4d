package sheet

import (
	"strings"
	"unicode/utf8"

	"svod/internal/core"
)

// ColumnKind is a guess at what a column holds.
type ColumnKind string

// The kinds of columns.
const (
	ColumnEmpty  ColumnKind = "empty"
	ColumnDate   ColumnKind = "date"
	ColumnNumber ColumnKind = "number"
	ColumnYesNo  ColumnKind = "yesno"
	ColumnTerm   ColumnKind = "term" // few short values, often repeated
	ColumnURL    ColumnKind = "url"
	ColumnText   ColumnKind = "text"
	ColumnLong   ColumnKind = "long_text"
)

// ColumnKinds lists the kinds in the order a form offers them.
func ColumnKinds() []ColumnKind {
	return []ColumnKind{ColumnText, ColumnLong, ColumnTerm, ColumnDate, ColumnNumber, ColumnYesNo, ColumnURL, ColumnEmpty}
}

// Column describes one column: what the header says and what the cells show.
// Counts are over the rows seen so far (the sample in a Guess, all in a Summary).
type Column struct {
	Index  int        `json:"index"`  // from 0
	Header string     `json:"header"` // as written, or its letter where there is no header
	Name   string     `json:"name"`   // unique: a repeated header has " (2)" behind it
	Match  string     `json:"match"`  // folded, homoglyphs mended: compare names with this
	Kind   ColumnKind `json:"kind"`

	Rows     int      `json:"rows"`
	Filled   int      `json:"filled"`  // cells with a value
	Missing  int      `json:"missing"` // cells that say "unknown", "n/a", "-"
	Examples []string `json:"examples,omitempty"`
	// Distinct are the different values in order of appearance, at most 50; with
	// more, Many is set and Distinct is empty.
	Distinct []DistinctValue `json:"distinct,omitempty"`
	Many     bool            `json:"many,omitempty"`

	Numbers   int     `json:"numbers,omitempty"` // cells that are numbers
	About     int     `json:"about,omitempty"`   // of these, not exact
	Sum       float64 `json:"sum,omitempty"`     // of the numbers
	Dates     int     `json:"dates,omitempty"`   // cells that are dates
	Imprecise int     `json:"imprecise,omitempty"`

	DateOrder core.DateOrder `json:"date_order,omitempty"`
	Comma     CommaStyle     `json:"comma,omitempty"`
	Dates1904 bool           `json:"dates_1904,omitempty"`
}

// DistinctValue is a value and how often it occurs.
type DistinctValue struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// FilledShare is the share of rows with a value, 0–1.
func (c Column) FilledShare() float64 {
	if c.Rows == 0 {
		return 0
	}
	return float64(c.Filled) / float64(c.Rows)
}

// Number reads a cell of the column, using what its other cells reveal. The
// note, if any, has Col and Field set; Row is the caller's.
func (c Column) Number(cell Cell) (ParsedNumber, *Note, error) {
	if cell.Kind == CellNumber {
		return ParsedNumber{Number: core.Number{Value: cell.Number}}, nil, nil
	}
	if cell.Kind == CellError {
		return ParsedNumber{Empty: true}, c.note(noteCellError, cell), nil
	}
	n, err := ParseNumberStyle(cell.Text, c.Comma)
	if err != nil {
		return n, c.note(noteNumberUnknown, cell), core.Invalid(noteNumberUnknown).At(c.Name)
	}
	if n.Note != "" {
		return n, c.note(n.Note, cell), nil
	}
	return n, nil, nil
}

// ParsedDate is what a cell says about a date.
type ParsedDate struct {
	Date    core.Date
	Missing core.Missing // why there is none, if Empty
	Empty   bool
}

// Date reads a cell of the column. A bare number in a column of dates is a
// spreadsheet's day count (1900 or 1904 system, days from 1950 to 2100).
func (c Column) Date(cell Cell) (ParsedDate, *Note, error) {
	switch {
	case cell.Kind == CellDate:
		return ParsedDate{Date: cell.Date}, c.dateNote(cell.Date, cell), nil
	case cell.Kind == CellError:
		return ParsedDate{Empty: true}, c.note(noteCellError, cell), nil
	}
	if m, ok := MissingWord(cell.Text); ok {
		return ParsedDate{Empty: true, Missing: m}, nil, nil
	}
	if serial, ok := serialOf(cell.Text); ok {
		d := serialDate(serial, c.Dates1904, precisionTime)
		return ParsedDate{Date: d}, c.note(noteDateSerial, cell, "date", d.String()), nil
	}
	d, _, err := core.ParseHumanDate(cell.Text, core.HumanDateOptions{Order: c.DateOrder})
	if err != nil {
		return ParsedDate{}, c.note(noteDateUnknown, cell), err
	}
	return ParsedDate{Date: d}, c.dateNote(d, cell), nil
}

func (c Column) dateNote(d core.Date, cell Cell) *Note {
	switch {
	case !d.Imprecise():
		return nil
	case d.Ambiguous():
		return c.note(noteDateAmbiguous, cell, "date", d.String())
	}
	return c.note(noteDateImprecise, cell, "date", d.String())
}

func (c Column) note(key string, cell Cell, args ...any) *Note {
	return &Note{Key: key, Args: args, Col: c.Index + 1, Field: c.Name, Value: cell.Text}
}

// cellClass is what a single cell looks like.
type cellClass uint8

const (
	classEmpty cellClass = iota
	classMissing
	classNumber
	classDate
	classSerial // a bare number that can be a day count
	classYesNo
	classURL
	classText
	classLong
)

func classify(c Cell) cellClass {
	switch c.Kind {
	case CellNumber:
		if _, ok := serialOf(c.Text); ok {
			return classSerial
		}
		return classNumber
	case CellDate:
		return classDate
	case CellBool:
		return classYesNo
	case CellError:
		return classMissing
	}
	s := c.Text
	if s == "" {
		return classEmpty
	}
	if len(s) > 160 || strings.IndexByte(s, '\n') >= 0 {
		return classLong
	}
	if _, ok := MissingWord(s); ok {
		return classMissing
	}
	if _, ok := serialOf(s); ok {
		return classSerial
	}
	if len(s) > 1 && s[0] == '0' && strings.Trim(s, "0123456789") == "" {
		return classText // 00123 is a code, not a number
	}
	if n, err := ParseNumber(s); err == nil && !n.Empty {
		return classNumber
	}
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.") {
		return classURL
	}
	if _, ok := ParseYesNo(s); ok {
		return classYesNo
	}
	if len(s) <= 80 && strings.ContainsAny(s, "0123456789") {
		if _, _, err := core.ParseHumanDate(s, core.HumanDateOptions{}); err == nil {
			return classDate
		}
	}
	if utf8.RuneCountInString(s) > 80 {
		return classLong
	}
	return classText
}
