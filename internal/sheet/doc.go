// Package sheet reads the tables that people bring (CSV in any of the region's
// encodings, XLSX) into rows, and writes tables back.
//
// Use: Sniff looks at a Source and guesses everything about it (encoding,
// separator, line ends, header, kinds of the columns); the person may correct any
// part of the guess through Options; Open then reads row by row, and Scan reads
// all rows once for a report (counts, totals, profiles). Cells become values
// through Column.Number, Column.Date, ParseYesNo and MissingWord. NewCSVWriter
// and NewXLSXWriter write.
//
// Promises: rows are streamed, so the size of a table does not matter; a row is
// never dropped silently: what is skipped (title rows, totals, empty rows) or
// repaired (split fields, stray quotes, broken characters) is counted or carries
// a Note with the row as the person's own program counts it. Nothing is written to
// disk, because tables hold what will be sealed; that is why the XLSX code is our
// own and not a library which spills large sheets to temporary files.
//
// Never promised: that a guess is right. It is shown to the person first.
package sheet
