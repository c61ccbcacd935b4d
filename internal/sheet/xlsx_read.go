package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"svod/internal/core"
)

func sniffXLSX(src Source, o Options) (Guess, error) {
	g := Guess{Format: XLSX, Confidence: 1, KeepTotal: o.KeepTotal}
	book, err := openWorkbook(src)
	if err != nil {
		return g, err
	}
	g.Dates1904 = book.is1904
	hidden := 0
	for _, s := range book.sheets {
		g.Sheets = append(g.Sheets, s.SheetInfo)
		if s.Hidden {
			hidden++
		}
	}
	if hidden > 0 {
		g.Notes = append(g.Notes, Note{Key: noteHiddenSheets, Args: []any{"count", hidden}})
	}
	if o.Sheet != "" && !slices.ContainsFunc(book.sheets, func(s workbookSheet) bool { return s.Name == o.Sheet }) {
		return g, core.Invalid(errNoSheet)
	}
	var candidates []string
	for _, pass := range []bool{false, true} { // visible sheets first
		for _, s := range book.sheets {
			if s.Hidden == pass && (o.Sheet == "" || s.Name == o.Sheet) {
				candidates = append(candidates, s.Name)
			}
		}
	}
	for _, name := range candidates { // the first with anything in it
		rows, more, err := sampleSheet(src, name)
		if err != nil {
			return g, err
		}
		if !slices.ContainsFunc(rows, func(r rawRow) bool { return !r.empty() }) {
			continue
		}
		g.Sheet, g.Partial = name, more
		g.settle(findLayout(rows, false, o), rows, o)
		return g, nil
	}
	return g, core.Invalid(errEmpty)
}

func sampleSheet(src Source, name string) (rows []rawRow, more bool, err error) {
	s, err := openXLSX(src, name)
	if err != nil {
		return nil, false, err
	}
	defer s.Close()
	for len(rows) < sampleRows {
		r, err := s.next()
		if errors.Is(err, io.EOF) {
			return rows, false, nil
		}
		if err != nil {
			return nil, false, damaged(err)
		}
		rows = append(rows, r)
	}
	return rows, true, nil
}

// xlsxSource streams the rows of one sheet.
type xlsxSource struct {
	book   *workbook
	rc     io.ReadCloser
	tags   *tokens
	merges map[int][]mergedColumn // by row
	row    int
	cells  []Cell
}

func openXLSX(src Source, name string) (rowSource, error) {
	book, err := openWorkbook(src)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(book.sheets, func(s workbookSheet) bool { return s.Name == name })
	if i < 0 {
		return nil, core.Invalid(errNoSheet)
	}
	if err := book.readShared(); err != nil {
		return nil, err
	}
	file := book.files[book.sheets[i].path]
	merges, err := readMerges(file)
	if err != nil {
		return nil, damaged(err)
	}
	rc, err := file.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return &xlsxSource{book: book, rc: rc, tags: newTokens(io.LimitReader(rc, maxSheetXML)), merges: merges}, nil
}

func (x *xlsxSource) Close() error { return x.rc.Close() }

func (x *xlsxSource) next() (rawRow, error) {
	for {
		t, err := x.tags.next()
		if err != nil {
			return rawRow{}, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "row" {
				return x.readRow(t)
			}
		case xml.EndElement:
			if t.Name.Local == "sheetData" {
				return rawRow{}, io.EOF
			}
		}
	}
}

func (x *xlsxSource) readRow(start xml.StartElement) (rawRow, error) {
	number := x.row + 1
	if n, err := strconv.Atoi(attr(start, "r")); err == nil && n >= number && n <= maxRows {
		number = n
	}
	x.row = number
	row := rawRow{number: number, hidden: isTrue(attr(start, "hidden"))}
	next := 0
	for {
		t, err := x.tags.next()
		if err != nil {
			return row, unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			col := columnOf(attr(t, "r"), next)
			if col >= maxColumns {
				return row, core.Invalid(errDamaged)
			}
			cell, key, err := x.readCell(t)
			if err != nil {
				return row, err
			}
			for len(row.cells) <= col {
				row.cells = append(row.cells, Cell{})
			}
			row.cells[col], next = cell, col+1
			if key != "" {
				row.notes = append(row.notes, Note{Key: key, Row: number, Col: col + 1, Value: cell.Text})
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				x.fillMerged(&row)
				return row, nil
			}
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// columnOf reads the letters of a reference like "AB12".
func columnOf(ref string, next int) int {
	col, i := 0, 0
	for ; i < len(ref) && i < 4 && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z'; i++ {
		col = col*26 + int(ref[i]|0x20-'a') + 1
	}
	if i == 0 {
		return next
	}
	return col - 1
}

// readCell reads up to the end of the cell. key is a note about it.
func (x *xlsxSource) readCell(start xml.StartElement) (cell Cell, key string, err error) {
	kind := attr(start, "t")
	style, _ := strconv.Atoi(attr(start, "s"))
	var value, inline []byte
	formula, phonetic := false, 0
	in := byte(0)
	for {
		t, err := x.tags.next()
		if err != nil {
			return cell, "", unexpected(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v", "t":
				in = t.Name.Local[0]
			case "f":
				formula = true
			case "rPh":
				phonetic++
			}
		case xml.CharData:
			switch {
			case in == 'v':
				value = append(value, t...)
			case in == 't' && phonetic == 0:
				inline = append(inline, t...)
			}
			if len(value)+len(inline) > maxLine {
				return cell, "", core.Invalid(errRowSize, "limit", maxLine>>20)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				in = 0
			case "rPh":
				phonetic--
			case "c":
				cell, key = x.cell(kind, style, string(value), string(inline))
				if formula && len(value) == 0 && cell.Text == "" {
					key = noteFormulaEmpty
				}
				return cell, key, nil
			}
		}
	}
}

func (x *xlsxSource) cell(kind string, style int, value, inline string) (Cell, string) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(x.book.shared.ends) {
			return Cell{Kind: CellError, Text: "#REF!"}, noteCellError
		}
		return Cell{Text: cleanText(unescapeXLSX(x.book.shared.at(i)))}, ""
	case "inlineStr":
		return Cell{Text: cleanText(unescapeXLSX(inline))}, ""
	case "str":
		return Cell{Text: cleanText(unescapeXLSX(value))}, ""
	case "b":
		return Cell{Kind: CellBool, Text: strconv.FormatBool(strings.TrimSpace(value) == "1")}, ""
	case "e":
		return Cell{Kind: CellError, Text: strings.TrimSpace(value)}, noteCellError
	case "d":
		if d, err := core.ParseDate(value); err == nil && !d.IsZero() {
			return Cell{Kind: CellDate, Text: d.String(), Date: d}, ""
		}
		return Cell{Text: cleanText(value)}, ""
	}
	value = strings.TrimSpace(value)
	if value == "" {
		return Cell{}, ""
	}
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return Cell{Text: cleanText(value)}, ""
	}
	if style >= 0 && style < len(x.book.formats) {
		if c, ok := dateCell(f, x.book.is1904, x.book.formats[style]); ok {
			return c, ""
		}
	}
	return Cell{Kind: CellNumber, Number: f, Text: plainNumber(f)}, ""
}

func dateCell(f float64, is1904 bool, p datePrecision) (Cell, bool) {
	switch {
	case p == precisionNone || f < 0:
		return Cell{}, false
	case p == precisionClock && f < 1:
		return Cell{Text: clockText(int(math.Round(f*1440)) % 1440)}, true
	case p == precisionClock && f < 1000: // a duration
		return Cell{}, false
	case p == precisionClock:
		p = precisionTime
	}
	d := serialDate(f, is1904, p)
	return Cell{Kind: CellDate, Text: d.String(), Date: d}, !d.IsZero()
}

// plainNumber writes a number without an exponent, with the 15 digits that
// spreadsheets keep: 12000000000, not 1.2E+10; 0.3, not 0.30000000000000004.
func plainNumber(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		short = f
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// unescapeXLSX undoes _x000D_ and its like.
func unescapeXLSX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			break
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteRune(rune(n))
		s = s[i+7:]
	}
	b.WriteString(s)
	return b.String()
}
