package sheet

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/transform"

	"svod/internal/core"
)

// LineEnd is what ends a row in a text table.
type LineEnd string

// The line ends. LF and CRLF files are read alike; in a CR file a lone CR ends
// the row. U+0085 (NEL) and U+2028 never do: 0x85 is «…» in windows-1251.
const (
	CRLF LineEnd = "crlf"
	LF   LineEnd = "lf"
	CR   LineEnd = "cr"
)

const (
	maxLine     = 4 << 20 // bytes of one physical line
	maxJoin     = 256 << 10
	maxJoinRows = 100 // physical lines inside one quoted field
	maxUnclosed = 50
)

// lineReader gives physical lines as valid UTF-8.
type lineReader struct {
	r       *bufio.Reader
	end     LineEnd
	pushed  []string // lines put back, last first
	buf     []byte
	started bool
}

func newLineReader(r io.Reader, name string, end LineEnd) (*lineReader, error) {
	enc, ok := encodingOf(name)
	if !ok {
		return nil, core.Invalid(errEncoding)
	}
	if name != UTF8 {
		r = transform.NewReader(r, enc.NewDecoder())
	}
	return &lineReader{r: bufio.NewReaderSize(r, 64<<10), end: end}, nil
}

func (l *lineReader) push(line string) { l.pushed = append(l.pushed, line) }

// next returns a line without its end; io.EOF after the last one. A final line
// end does not begin another line.
func (l *lineReader) next() (string, error) {
	if n := len(l.pushed); n > 0 {
		line := l.pushed[n-1]
		l.pushed = l.pushed[:n-1]
		return line, nil
	}
	l.buf = l.buf[:0]
	for {
		c, err := l.r.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) && len(l.buf) > 0 {
				return l.text(), nil
			}
			return "", err
		}
		switch {
		case c == '\n':
			return l.text(), nil
		case c == '\r':
			if next, err := l.r.Peek(1); err == nil && next[0] == '\n' {
				continue
			}
			if l.end == CR {
				return l.text(), nil
			}
		}
		if l.buf = append(l.buf, c); len(l.buf) > maxLine {
			return "", core.Invalid(errRowSize, "limit", maxLine>>20)
		}
	}
}

func (l *lineReader) text() string {
	s := string(l.buf)
	if !l.started {
		l.started = true
		s = strings.TrimPrefix(s, "\ufeff")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return s
}
