package sheet

import (
	"embed"
	"io/fs"
)

// Note tells the person something about a file, a row or a cell. Key names a
// message in Locale; Args are alternating placeholder names and values. Row
// counts from 1 as the person's own program does (0: the whole file), Col is the
// column from 1 (0: the whole row), Field its name. Value is what stood in the
// cell: it may be confidential and must not be logged.
type Note struct {
	Key   string `json:"key"`
	Args  []any  `json:"args,omitempty"`
	Row   int    `json:"row,omitempty"`
	Col   int    `json:"col,omitempty"`
	Field string `json:"field,omitempty"`
	Value string `json:"value,omitempty"`
}

// Placeholders returns everything that the message of n may mention: Args and
// row, column (its letter), field and value.
func (n Note) Placeholders() []any {
	return append([]any{"row", n.Row, "column", ColumnLetter(n.Col), "field", n.Field, "value", n.Value}, n.Args...)
}

// Doubtful reports whether somebody should look at the row or cell: the value
// was repaired, imprecise or not understood. Other notes only inform.
func (n Note) Doubtful() bool {
	switch n.Key {
	case noteDateSerial, noteTotalMatches, noteHeaderMended, noteHidden, noteHXL, noteMerged, noteHiddenSheets:
		return false
	}
	return true
}

// The keys of notes. Those of one cell first, then row, then file.
const (
	noteNumberAbout    = "sheet.number_about"    // «около 20»
	noteNumberRange    = "sheet.number_range"    // «20–30»
	noteNumberAtLeast  = "sheet.number_at_least" // «более 100»
	noteNumberAtMost   = "sheet.number_at_most"  // «до 50»
	noteNumberComma    = "sheet.number_comma"    // 1,200: thousands or decimals
	noteNumberComment  = "sheet.number_comment"  // 198 (оценка)
	noteNumberUnknown  = "sheet.number_expected"
	noteYesNoUnknown   = "sheet.yesno_expected"
	noteDateImprecise  = "sheet.date_imprecise"
	noteDateAmbiguous  = "sheet.date_ambiguous"
	noteDateSerial     = "sheet.date_serial"
	noteDateUnknown    = "sheet.date_expected"
	noteCellError      = "sheet.cell_error" // #REF!
	noteFormulaEmpty   = "sheet.formula_empty"
	noteBroken         = "sheet.broken_characters"
	noteUnencodable    = "sheet.unencodable"
	noteCellTooLong    = "sheet.cell_too_long"
	noteRowShort       = "sheet.row_short"
	noteRowLong        = "sheet.row_long"
	noteRowJoined      = "sheet.row_joined"     // a separator inside an unquoted field
	noteRowEntity      = "sheet.row_entity"     // &#8212; was cut by the separator ;
	noteQuoteStray     = "sheet.quote_stray"    // a quotation mark that opens nothing
	noteQuoteUnclosed  = "sheet.quote_unclosed" // … that is never closed
	noteMerged         = "sheet.merged"         // filled from a merged cell
	noteTotalMatches   = "sheet.total_matches"  // stated total = sum
	noteTotalDiffers   = "sheet.total_differs"
	noteHeaderMissing  = "sheet.header_missing"
	noteHeaderMended   = "sheet.header_mended"
	noteHeaderRepeated = "sheet.header_repeated"
	noteEncodingUnsure = "sheet.encoding_unsure"
	noteHXL            = "sheet.hxl"
	noteHidden         = "sheet.hidden_rows"
	noteHiddenSheets   = "sheet.hidden_sheets"

	errEmpty       = "error.sheet_empty"
	errOldXLS      = "error.sheet_xls"
	errODS         = "error.sheet_ods"
	errNotTable    = "error.sheet_not_table"
	errEncoding    = "error.sheet_encoding"
	errNoSheet     = "error.sheet_no_such_sheet"
	errDamaged     = "error.sheet_damaged"
	errRowSize     = "error.sheet_row_size"
	errTooBig      = "error.sheet_too_big"
	errTooManyRows = "error.sheet_too_many_rows"
)

// NoteKeys lists the keys of all notes.
func NoteKeys() []string {
	return []string{
		noteNumberAbout, noteNumberRange, noteNumberAtLeast, noteNumberAtMost, noteNumberComma, noteNumberComment, noteNumberUnknown,
		noteYesNoUnknown, noteDateImprecise, noteDateAmbiguous, noteDateSerial, noteDateUnknown, noteCellError, noteFormulaEmpty, noteBroken,
		noteUnencodable, noteCellTooLong, noteRowShort, noteRowLong, noteRowJoined, noteRowEntity, noteQuoteStray, noteQuoteUnclosed,
		noteMerged, noteTotalMatches, noteTotalDiffers, noteHeaderMissing, noteHeaderMended, noteHeaderRepeated, noteEncodingUnsure,
		noteHXL, noteHidden, noteHiddenSheets,
	}
}

// ErrorKeys lists the keys of the errors (*core.Error) of this package.
func ErrorKeys() []string {
	return []string{errEmpty, errOldXLS, errODS, errNotTable, errEncoding, errNoSheet, errDamaged, errRowSize, errTooBig, errTooManyRows}
}

//go:embed locale/*.json
var localeFiles embed.FS

// Locale holds the messages of NoteKeys, ErrorKeys, the kinds of columns
// ("sheet.kind_…") and core.DateErrorKeys in ru.json and en.json, for text.Load
// with the directory ".".
func Locale() fs.FS {
	sub, err := fs.Sub(localeFiles, "locale")
	if err != nil {
		return localeFiles // cannot happen: the directory is embedded above
	}
	return sub
}

// ColumnLetter names column n (from 1) as spreadsheets do: A, B, … Z, AA. It
// returns "" for n < 1.
func ColumnLetter(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
