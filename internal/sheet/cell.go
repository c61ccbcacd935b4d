package sheet

import "svod/internal/core"

// CellKind is what the file itself says about a cell. Text tables only have
// CellText.
type CellKind uint8

// The kinds of cells.
const (
	CellText CellKind = iota
	CellNumber
	CellDate
	CellBool
	CellError // #N/A, #REF!, a formula without a value
)

// Cell is one cell. Text is what a reader would type: numbers without exponents
// and with a decimal point, dates in EDTF, booleans as "true" and "false".
type Cell struct {
	Text   string
	Kind   CellKind
	Number float64   // CellNumber
	Date   core.Date // CellDate
}

// Row is one data row. Cells has exactly one cell per column of the guess.
type Row struct {
	Number int // from 1, as the person's program counts
	Cells  []Cell
	Notes  []Note
}

// Text returns the text of column i (from 0), "" beyond the last.
func (r Row) Text(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i].Text
}
