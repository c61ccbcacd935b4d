package sheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"svod/internal/core"
)

// CSVOptions say how a text table is written. The zero value is what Excel opens
// well in the region: UTF-8 with a byte order mark, semicolons, CRLF.
type CSVOptions struct {
	Encoding  string // UTF8 (default) or an 8-bit encoding
	Separator string // default ";"
	NoBOM     bool
	Unguarded bool // leave cells that begin like a formula as they are: not for spreadsheets
}

// CSVWriter writes a text table row by row. Close (Flush) it at the end.
type CSVWriter struct {
	w     *bufio.Writer
	sep   string
	table *charmap.Charmap // nil: UTF-8
	raw   bool
	row   int
	notes []Note
}

// NewCSVWriter starts a table on w. Errors: core.KindInvalid for an encoding that
// cannot be written or a separator that is not one character.
func NewCSVWriter(w io.Writer, o CSVOptions) (*CSVWriter, error) {
	c := &CSVWriter{w: bufio.NewWriterSize(w, 64<<10), sep: o.Separator, raw: o.Unguarded}
	if c.sep == "" {
		c.sep = ";"
	}
	if len(c.sep) != 1 || strings.ContainsAny(c.sep, "\"\r\n'") {
		return nil, core.Invalid(errEncoding)
	}
	if o.Encoding != "" && o.Encoding != UTF8 {
		if c.table = singleByte(o.Encoding); c.table == nil {
			return nil, core.Invalid(errEncoding)
		}
	}
	if c.table == nil && !o.NoBOM {
		if _, err := c.w.WriteString("\ufeff"); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Write writes one row. A character that the encoding lacks becomes [U+0561], so
// that nobody takes the rest for the whole; Notes tells where.
func (c *CSVWriter) Write(cells []string) error {
	c.row++
	for i, s := range cells {
		if i > 0 {
			if err := c.w.WriteByte(c.sep[0]); err != nil {
				return err
			}
		}
		s = strings.ReplaceAll(s, "\r\n", "\n")
		if !c.raw {
			s = guard(s)
		}
		if strings.ContainsAny(s, c.sep+"\"\r\n\t;,") || s != strings.TrimSpace(s) || s == "" && len(cells) == 1 {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		if err := c.encode(s, i+1); err != nil {
			return err
		}
	}
	_, err := c.w.WriteString("\r\n")
	return err
}

func (c *CSVWriter) encode(s string, col int) error {
	if c.table == nil {
		_, err := c.w.WriteString(strings.ToValidUTF8(s, "\ufffd"))
		return err
	}
	lost := 0
	for _, r := range s {
		b, ok := c.table.EncodeRune(r)
		if !ok {
			if near, found := nearest[r]; found {
				b, ok = c.table.EncodeRune(near)
			}
		}
		var err error
		if ok {
			err = c.w.WriteByte(b)
		} else {
			lost++
			_, err = fmt.Fprintf(c.w, "[U+%04X]", r)
		}
		if err != nil {
			return err
		}
	}
	if lost > 0 && len(c.notes) < 1000 {
		c.notes = append(c.notes, Note{Key: noteUnencodable, Row: c.row, Col: col, Value: s, Args: []any{"count", lost}})
	}
	return nil
}

// nearest are signs that lose nothing by being written with a common one.
var nearest = map[rune]rune{'‑': '-', '‐': '-', '−': '-', '―': '—', '\u202f': '\u00a0', '\u2009': '\u00a0', '\u2007': '\u00a0', 'ʼ': '’', '′': '’'}

// Notes tells which cells lost characters (the first 1,000).
func (c *CSVWriter) Notes() []Note { return c.notes }

// Flush writes what is still in the buffer.
func (c *CSVWriter) Flush() error { return c.w.Flush() }
