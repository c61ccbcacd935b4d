package sheet

import "strings"

// splitter cuts lines into fields. It forgives what people's programs write: a
// quotation mark inside a field that is not doubled, blanks around a quoted field.
type splitter struct {
	sep   string
	quote byte // 0: quotation marks mean nothing

	fields []string
	buf    []byte
	open   bool // the last field is quoted and goes on in the next line
	stray  bool // a quoted field holds a mark that is not doubled
}

// feed adds one physical line.
func (s *splitter) feed(line string) {
	i := 0
	if s.open {
		s.buf = append(s.buf, '\n')
		if i = s.quoted(line, 0); s.open {
			return
		}
		if i >= len(line) {
			return
		}
		i += len(s.sep)
	}
	for {
		start := i
		for i < len(line) && line[i] == ' ' && s.sep != " " {
			i++
		}
		if s.quote != 0 && i < len(line) && line[i] == s.quote {
			s.open = true
			if i = s.quoted(line, i+1); s.open {
				return
			}
		} else {
			i = start
			j := strings.Index(line[i:], s.sep)
			if j < 0 {
				j = len(line) - i
			}
			s.fields = append(s.fields, line[i:i+j])
			i += j
		}
		if i >= len(line) {
			return
		}
		i += len(s.sep)
	}
}

// quoted reads a quoted field from i on and returns where it ended: at a
// separator or at the end of the line.
func (s *splitter) quoted(line string, i int) int {
	for {
		j := strings.IndexByte(line[i:], s.quote)
		if j < 0 {
			s.buf = append(s.buf, line[i:]...)
			return len(line)
		}
		s.buf = append(s.buf, line[i:i+j]...)
		i += j + 1
		if i < len(line) && line[i] == s.quote {
			s.buf = append(s.buf, s.quote)
			i++
			continue
		}
		rest := strings.TrimLeft(line[i:], " ")
		if rest == "" || strings.HasPrefix(rest, s.sep) {
			s.fields = append(s.fields, string(s.buf))
			s.buf, s.open = s.buf[:0], false
			return len(line) - len(rest)
		}
		s.stray = true
		s.buf = append(s.buf, s.quote)
	}
}

// splitLiteral cuts one line, taking a quotation mark literally wherever it does
// not close cleanly before the next separator would begin a new field.
func splitLiteral(line, sep string, quote byte) []string {
	var fields []string
	for {
		trimmed := strings.TrimLeft(line, " ")
		if trimmed != "" && trimmed[0] == quote {
			s := splitter{sep: sep, quote: quote, open: true}
			if end := s.quoted(trimmed, 1); !s.open && !s.stray {
				fields = append(fields, s.fields[0])
				if end >= len(trimmed) {
					return fields
				}
				line = trimmed[end+len(sep):]
				continue
			}
		}
		field, rest, more := strings.Cut(line, sep)
		fields = append(fields, field)
		if !more {
			return fields
		}
		line = rest
	}
}
