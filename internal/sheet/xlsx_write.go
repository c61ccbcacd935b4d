package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"svod/internal/core"
)

// XLSXWriter writes a workbook row by row, without temporary files, and with
// nothing in it but the data: no author, program name or time, so that the same
// rows always give the same bytes. Cells are typed, so a text that begins with
// "=" stays a text.
type XLSXWriter struct {
	zip    *zip.Writer
	sheets []string
	cur    *bufio.Writer
	row    int
	notes  []Note
}

// NewXLSXWriter starts a workbook on w.
func NewXLSXWriter(w io.Writer) *XLSXWriter { return &XLSXWriter{zip: zip.NewWriter(w)} }

// maxCellText is Excel's limit for one cell, in UTF-16 units; we count characters
// conservatively.
const maxCellText = 32767

const (
	styleText = iota
	styleDate
	styleTime
	styleHead
)

// AddSheet ends the current sheet and starts the next with its header (none if
// empty). The name is made acceptable: at most 31 characters, none of []:*?/\,
// unique.
func (x *XLSXWriter) AddSheet(name string, header []string) error {
	if err := x.endSheet(); err != nil {
		return err
	}
	x.sheets = append(x.sheets, x.sheetName(name))
	part, err := x.create("xl/worksheets/sheet" + itoa(len(x.sheets)) + ".xml")
	if err != nil {
		return err
	}
	x.cur, x.row = bufio.NewWriterSize(part, 64<<10), 0
	x.cur.WriteString(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	if len(header) > 0 {
		x.cur.WriteString(`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	}
	x.cur.WriteString(`<sheetData>`)
	if len(header) == 0 {
		return nil
	}
	cells := make([]Cell, len(header))
	for i, h := range header {
		cells[i] = Cell{Text: h}
	}
	return x.write(cells, styleHead)
}

// create adds a part. Its time is fixed: archives carry none of ours.
func (x *XLSXWriter) create(name string) (io.Writer, error) {
	return x.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
}

func (x *XLSXWriter) sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(squeeze(name), "'")
	if name == "" {
		name = "Sheet" + itoa(len(x.sheets)+1)
	}
	base := []rune(name)
	base = base[:min(len(base), 26)]
	name = string(base)
	for n := 2; ; n++ {
		taken := false
		for _, s := range x.sheets {
			taken = taken || strings.EqualFold(s, name)
		}
		if !taken {
			return name
		}
		name = string(base) + " " + itoa(n)
	}
}

// Write writes one row to the current sheet. Exact days become spreadsheet
// dates; other dates stay EDTF texts. Errors: core.KindTooLarge beyond 1,048,576
// rows.
func (x *XLSXWriter) Write(cells []Cell) error { return x.write(cells, styleText) }

func (x *XLSXWriter) write(cells []Cell, style int) error {
	if x.cur == nil {
		if err := x.AddSheet("", nil); err != nil {
			return err
		}
	}
	if x.row++; x.row > maxRows || len(cells) > maxColumns {
		return &core.Error{Kind: core.KindTooLarge, Key: errTooManyRows, Args: []any{"limit", maxRows}}
	}
	row := itoa(x.row)
	x.cur.WriteString(`<row r="` + row + `">`)
	for i, c := range cells {
		if c.Text == "" && c.Kind != CellNumber {
			continue
		}
		x.cell(ColumnLetter(i+1)+row, i+1, c, style)
	}
	_, err := x.cur.WriteString("</row>")
	return err
}

// cell leaves errors to the buffered writer, which keeps the first.
func (x *XLSXWriter) cell(ref string, col int, c Cell, style int) {
	w := x.cur
	switch c.Kind {
	case CellNumber:
		if !math.IsNaN(c.Number) && !math.IsInf(c.Number, 0) {
			w.WriteString(`<c r="` + ref + `"><v>` + strconv.FormatFloat(c.Number, 'f', -1, 64) + `</v></c>`)
			return
		}
	case CellBool:
		value := "0"
		if c.Text == "true" {
			value = "1"
		}
		w.WriteString(`<c r="` + ref + `" t="b"><v>` + value + `</v></c>`)
		return
	case CellDate:
		if serial, style, ok := dateSerial(c.Date); ok {
			w.WriteString(`<c r="` + ref + `" s="` + itoa(style) + `"><v>` + serial + `</v></c>`)
			return
		}
	}
	text := c.Text
	if utf8.RuneCountInString(text) > maxCellText/2 && utf16Length(text) > maxCellText {
		x.notes = append(x.notes, Note{Key: noteCellTooLong, Row: x.row, Col: col, Args: []any{"limit", maxCellText}})
		text = cutUTF16(text, maxCellText-1) + "…"
	}
	w.WriteString(`<c r="` + ref + `" t="inlineStr"`)
	if style != styleText {
		w.WriteString(` s="` + itoa(style) + `"`)
	}
	w.WriteString(`><is><t xml:space="preserve">`)
	_ = xml.EscapeText(w, []byte(escapeXLSX(text)))
	w.WriteString(`</t></is></c>`)
}

// dateSerial converts exact days, with a time of day if it has no zone.
func dateSerial(d core.Date) (serial string, style int, ok bool) {
	day, last := d.Bounds()
	if d.IsZero() || d.Imprecise() || day != last {
		return "", 0, false
	}
	n, ok := serialFrom(day)
	if !ok {
		return "", 0, false
	}
	text := d.String()
	switch len(text) {
	case len("2012-05-06"):
		return itoa(n), styleDate, true
	case len("2012-05-06T14:30"):
		minutes := int(text[11]-'0')*600 + int(text[12]-'0')*60 + int(text[14]-'0')*10 + int(text[15]-'0')
		return strconv.FormatFloat(float64(n)+float64(minutes)/1440, 'f', 10, 64), styleTime, true
	}
	return "", 0, false
}

func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

func cutUTF16(s string, limit int) string {
	n := 0
	for i, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
		if n > limit {
			return s[:i]
		}
	}
	return s
}

// escapeXLSX keeps control characters and literal _x0041_ as the format wants it.
func escapeXLSX(s string) string {
	if !strings.Contains(s, "_x") && strings.IndexFunc(s, isXLSXControl) < 0 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case isXLSXControl(r):
			b.WriteString("_x00" + string("0123456789ABCDEF"[r>>4]) + string("0123456789ABCDEF"[r&15]) + "_")
		case r == '_' && len(s) >= i+7 && s[i+1] == 'x' && s[i+6] == '_':
			b.WriteString("_x005F_")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isXLSXControl(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }

func (x *XLSXWriter) endSheet() error {
	if x.cur == nil {
		return nil
	}
	x.cur.WriteString("</sheetData></worksheet>")
	return x.cur.Flush()
}

// Notes tells which texts were cut at Excel's limit of one cell.
func (x *XLSXWriter) Notes() []Note { return x.notes }

// Close ends the workbook; the underlying writer stays open.
func (x *XLSXWriter) Close() error {
	if x.cur == nil {
		if err := x.AddSheet("", nil); err != nil {
			return err
		}
	}
	if err := x.endSheet(); err != nil {
		return err
	}
	const (
		office  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		pkg     = "http://schemas.openxmlformats.org/package/2006/"
		main    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
		content = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	)
	var types, sheets, rels strings.Builder
	for i, name := range x.sheets {
		n := itoa(i + 1)
		types.WriteString(`<Override PartName="/xl/worksheets/sheet` + n + `.xml" ContentType="` + content + `worksheet+xml"/>`)
		sheets.WriteString(`<sheet name="`)
		_ = xml.EscapeText(&sheets, []byte(name))
		sheets.WriteString(`" sheetId="` + n + `" r:id="rId` + n + `"/>`)
		rels.WriteString(`<Relationship Id="rId` + n + `" Type="` + office + `/worksheet" Target="worksheets/sheet` + n + `.xml"/>`)
	}
	styles := itoa(len(x.sheets) + 1)
	parts := [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + pkg + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + content + `sheet.main+xml"/>` +
			types.String() + `<Override PartName="/xl/styles.xml" ContentType="` + content + `styles+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + pkg + `relationships"><Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + office + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + pkg + `relationships">` + rels.String() +
			`<Relationship Id="rId` + styles + `" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet xmlns="` + main + `"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/>` +
			`<numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
			`<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>` +
			`<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
			`<cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`},
	}
	for _, p := range parts {
		w, err := x.create(p[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, xml.Header+p[1]); err != nil {
			return err
		}
	}
	return x.zip.Close()
}
