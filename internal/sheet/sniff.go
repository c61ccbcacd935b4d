package sheet

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"svod/internal/core"
)

// Source is a file that can be read again and again. Name is what the person
// called it; only its ending matters, and only as a hint.
type Source struct {
	io.ReaderAt
	Size int64
	Name string
}

// BytesSource makes a Source of data in memory.
func BytesSource(name string, data []byte) Source {
	return Source{ReaderAt: bytes.NewReader(data), Size: int64(len(data)), Name: name}
}

// Format is the kind of file.
type Format string

// The formats.
const (
	CSV  Format = "csv" // any separated text
	XLSX Format = "xlsx"
)

// Options are what the person decides; zero values leave it to the guess.
type Options struct {
	Encoding  string         `json:"encoding,omitempty"`
	Separator string         `json:"separator,omitempty"` // one character
	LineEnd   LineEnd        `json:"line_end,omitempty"`
	NoQuotes  bool           `json:"no_quotes,omitempty"`  // quotation marks are text
	Sheet     string         `json:"sheet,omitempty"`      // name of the sheet
	HeaderRow int            `json:"header_row,omitempty"` // row number; -1: there is no header
	KeepTotal bool           `json:"keep_total,omitempty"` // rows of totals are data
	DateOrder core.DateOrder `json:"date_order,omitempty"`
	Comma     CommaStyle     `json:"comma,omitempty"`
}

// SheetInfo is one sheet of a workbook.
type SheetInfo struct {
	Name   string `json:"name"`
	Hidden bool   `json:"hidden,omitempty"`
}

// Guess is everything that was found out about a file. It can be kept: Open
// needs nothing else.
type Guess struct {
	Format     Format  `json:"format"`
	Encoding   string  `json:"encoding,omitempty"`
	Confidence float64 `json:"confidence"` // of the encoding, 0–1; 1 if stated
	BOM        bool    `json:"bom,omitempty"`
	Separator  string  `json:"separator,omitempty"`
	LineEnd    LineEnd `json:"line_end,omitempty"`
	Quotes     bool    `json:"quotes,omitempty"`

	Sheets    []SheetInfo `json:"sheets,omitempty"`
	Sheet     string      `json:"sheet,omitempty"`
	Dates1904 bool        `json:"dates_1904,omitempty"`

	TitleRows int  `json:"title_rows"` // rows above the header
	HeaderRow int  `json:"header_row"` // row number; 0: no header
	FirstRow  int  `json:"first_row"`  // row number of the first data row
	TotalRow  bool `json:"total_row"`  // a row of totals was seen in the sample or the tail
	KeepTotal bool `json:"keep_total,omitempty"`

	Columns    []Column `json:"columns"`
	SampleRows int      `json:"sample_rows"` // data rows that the column guesses rest on
	Partial    bool     `json:"partial"`     // there is more than the sample
	Notes      []Note   `json:"notes,omitempty"`
}

const (
	headBytes  = 256 << 10
	tailBytes  = 64 << 10
	sampleRows = 2000
)

// Sniff looks at the beginning and the end of a file. Errors are core.KindInvalid:
// nothing in it, not a table, an old or damaged workbook, an unknown option.
func Sniff(src Source, o Options) (Guess, error) {
	head, err := readPart(src, 0, headBytes)
	if err != nil {
		return Guess{}, err
	}
	if len(bytes.TrimSpace(head)) == 0 {
		return Guess{}, core.Invalid(errEmpty)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return sniffXLSX(src, o)
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return Guess{}, core.Invalid(errOldXLS)
	case notText(head):
		return Guess{}, core.Invalid(errNotTable)
	}
	return sniffCSV(src, head, o)
}

func readPart(src Source, from int64, n int64) ([]byte, error) {
	n = min(n, src.Size-from)
	if n <= 0 {
		return nil, nil
	}
	buf := make([]byte, n)
	got, err := src.ReadAt(buf, from)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, core.Internal(err)
	}
	return buf[:got], nil
}

func notText(b []byte) bool {
	trimmed := bytes.ToLower(bytes.TrimSpace(b[:min(len(b), 200)]))
	for _, magic := range []string{"%pdf", "{\\rtf", "<!doctype", "<html", "<?xml", "\x89png", "\xff\xd8\xff", "gif8", "rar!", "7z\xbc\xaf", "\x1f\x8b"} {
		if bytes.HasPrefix(trimmed, []byte(magic)) {
			return true
		}
	}
	_, wide := detectUTF16(b)
	mark := bytes.HasPrefix(b, []byte{0xFF, 0xFE}) || bytes.HasPrefix(b, []byte{0xFE, 0xFF})
	return !wide && !mark && bytes.Count(b, []byte{0})*50 > len(b)
}

func sniffCSV(src Source, head []byte, o Options) (Guess, error) {
	cut := int64(len(head)) < src.Size
	g := Guess{Format: CSV, Partial: cut, Quotes: !o.NoQuotes, KeepTotal: o.KeepTotal}
	d, err := detectThrough(src, head, cut)
	if err != nil {
		return g, err
	}
	g.Encoding, g.Confidence, g.BOM = d.encoding, d.confidence, d.bom > 0
	if o.Encoding != "" {
		if _, ok := encodingOf(o.Encoding); !ok {
			return g, core.Invalid(errEncoding)
		}
		if o.Encoding != g.Encoding {
			g.BOM = false
		}
		g.Encoding, g.Confidence, d.broken = o.Encoding, 1, false
	}
	switch {
	case d.broken:
		g.Notes = append(g.Notes, Note{Key: noteBroken})
	case g.Confidence < 0.9:
		g.Notes = append(g.Notes, Note{Key: noteEncodingUnsure, Args: []any{"encoding", g.Encoding}})
	}
	decoded, err := decodeHead(head, g.Encoding, cut)
	if err != nil {
		return g, err
	}
	g.LineEnd = lineEndOf(decoded)
	if o.LineEnd != "" {
		g.LineEnd = o.LineEnd
	}
	g.Separator = o.Separator
	if g.Separator == "" {
		g.Separator = separatorOf(decoded, g)
	}
	rows := sampleOf(decoded, g, cut, sampleRows)
	if len(rows) == 0 {
		return g, core.Invalid(errEmpty)
	}
	l := findLayout(rows, true, o)
	g.settle(l, rows, o)
	if cut && !g.TotalRow {
		g.TotalRow = tailHasTotal(src, g)
	}
	return g, nil
}

// settle takes over the layout and profiles the columns on the sample.
func (g *Guess) settle(l layout, rows []rawRow, o Options) {
	g.HeaderRow, g.FirstRow = l.header, l.first
	g.TitleRows = l.first - 1
	if l.header > 0 {
		g.TitleRows = l.header - 1
	}
	g.Notes = append(g.Notes, l.notes...)
	profilers := make([]*profiler, len(l.columns))
	for i, c := range l.columns {
		c.Dates1904 = g.Dates1904
		profilers[i] = newProfiler(c)
	}
	for _, r := range rows {
		if r.number < l.first || r.empty() || g.Format == CSV && len(r.cells) != len(l.columns) {
			continue
		}
		if !g.KeepTotal && isTotalRow(r.cells) {
			g.TotalRow = true
			continue
		}
		g.SampleRows++
		for i, p := range profilers {
			if i < len(r.cells) {
				p.add(r.cells[i])
			} else {
				p.add(Cell{})
			}
		}
	}
	g.Columns = make([]Column, len(profilers))
	for i, p := range profilers {
		c := p.column()
		if o.DateOrder != core.OrderUnknown {
			c.DateOrder = o.DateOrder
		}
		if o.Comma != CommaUnknown {
			c.Comma = o.Comma
		}
		g.Columns[i] = c
	}
}

// detectThrough detects the encoding; when the beginning is pure ASCII it reads on to
// the first part that is not.
func detectThrough(src Source, head []byte, cut bool) (detected, error) {
	d := detectEncoding(head, cut)
	if !cut || d.bom > 0 || d.encoding != UTF8 || !isASCII(head) {
		return d, nil
	}
	for at := int64(len(head)); at < src.Size; at += headBytes {
		part, err := readPart(src, at, headBytes)
		if err != nil {
			return d, err
		}
		if !isASCII(part) {
			if i := bytes.IndexFunc(part, func(r rune) bool { return r >= 0x80 }); i >= 0 {
				part = part[i:]
			}
			found := detectEncoding(part, true)
			found.bom = 0
			return found, nil
		}
	}
	return d, nil
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || c == 0 {
			return false
		}
	}
	return true
}

func decodeHead(head []byte, name string, cut bool) (string, error) {
	if name == UTF8 {
		return strings.TrimPrefix(strings.ToValidUTF8(string(trimCut(head, cut)), "\ufffd"), "\ufeff"), nil
	}
	enc, ok := encodingOf(name)
	if !ok {
		return "", core.Invalid(errEncoding)
	}
	if strings.HasPrefix(name, "utf-16") {
		head = head[:len(head)&^1]
	}
	out, err := enc.NewDecoder().Bytes(head)
	if err != nil {
		return "", core.Internal(err)
	}
	return strings.TrimPrefix(string(out), "\ufeff"), nil
}

func lineEndOf(s string) LineEnd {
	crlf := strings.Count(s, "\r\n")
	lf := strings.Count(s, "\n") - crlf
	cr := strings.Count(s, "\r") - crlf
	switch {
	case cr > 4*(crlf+lf):
		return CR
	case crlf >= lf && crlf > 0:
		return CRLF
	}
	return LF
}

// separatorOf tries each candidate on the sample: the one that gives most rows
// the same number (> 1) of fields wins; ties go to more fields.
func separatorOf(decoded string, g Guess) string {
	if isSepLine(firstLine(decoded)) {
		return firstLine(decoded)[4:5]
	}
	best, bestScore := ",", 0.0
	for _, sep := range []string{";", ",", "\t", "|"} {
		g.Separator = sep
		rows := sampleOf(decoded, g, true, sampleRows/10)
		width, _ := tableWidth(rows, true)
		same, all := 0, 0
		for _, r := range rows {
			if r.empty() {
				continue
			}
			all++
			if len(r.cells) == width {
				same++
			}
		}
		if width < 2 || all == 0 {
			continue
		}
		share := float64(same) / float64(all)
		if score := share * share * (1 + math.Log(float64(width))); score > bestScore+1e-9 {
			best, bestScore = sep, score
		}
	}
	return best
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimSuffix(line, "\r")
}

// sampleOf reads up to limit rows of the decoded beginning; the last one is left out if
// it may be cut.
func sampleOf(decoded string, g Guess, cut bool, limit int) []rawRow {
	lines, err := newLineReader(strings.NewReader(decoded), UTF8, g.LineEnd)
	if err != nil {
		return nil
	}
	src := &csvSource{lines: lines, sep: g.Separator}
	if g.Quotes {
		src.quote = '"'
	}
	var rows []rawRow
	for len(rows) < limit {
		r, err := src.next()
		if err != nil {
			break
		}
		rows = append(rows, r)
	}
	if cut && len(rows) > 1 && len(rows) < limit {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// tailHasTotal looks for a row of totals at the end of a long file.
func tailHasTotal(src Source, g Guess) bool {
	from := max(0, src.Size-tailBytes)
	tail, err := readPart(src, from&^1, tailBytes+1)
	if err != nil {
		return false
	}
	decoded, err := decodeHead(tail, g.Encoding, false)
	if err != nil {
		return false
	}
	rows := sampleOf(decoded, g, false, tailBytes)
	for i := len(rows) - 1; i >= max(1, len(rows)-10); i-- {
		if isTotalRow(rows[i].cells) {
			return true
		}
	}
	return false
}

func itoa(n int) string { return strconv.Itoa(n) }
