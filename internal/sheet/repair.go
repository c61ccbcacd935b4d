package sheet

import (
	"regexp"
	"strings"
)

// repairer brings a row of a text table to the width of the header.
type repairer struct {
	columns int
	guess   []Column // nil until the columns are profiled
	sep     string
}

// cutEntity is a character reference whose closing semicolon was taken for a separator.
var cutEntity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|quot|amp|lt|gt|nbsp|laquo|raquo|mdash|ndash|hellip|apos)$`)

func (r *repairer) width(fields []string) ([]string, []Note) {
	n := len(fields)
	if r.columns == 0 || n == r.columns || strings.TrimSpace(strings.Join(fields, "")) == "" {
		return fields, nil
	}
	if n < r.columns {
		for len(fields) < r.columns {
			fields = append(fields, "")
		}
		return fields, []Note{{Key: noteRowShort, Args: []any{"have", n, "want", r.columns}}}
	}
	for len(fields) > r.columns && strings.TrimSpace(fields[len(fields)-1]) == "" {
		fields = fields[:len(fields)-1]
	}
	var notes []Note
	if r.sep == ";" {
		for i := 0; i+1 < len(fields) && len(fields) > r.columns; {
			if !cutEntity.MatchString(fields[i]) {
				i++
				continue
			}
			joined := fields[i] + ";" + fields[i+1]
			fields = append(append(append([]string{}, fields[:i]...), joined), fields[i+2:]...)
			notes = append(notes, Note{Key: noteRowEntity, Col: i + 1, Value: cleanText(joined)})
		}
	}
	if excess := len(fields) - r.columns; excess > 0 {
		at := r.bestJoin(fields, excess)
		joined := strings.Join(fields[at:at+excess+1], r.sep)
		fields = append(append(append([]string{}, fields[:at]...), joined), fields[at+excess+1:]...)
		notes = append(notes, Note{Key: noteRowJoined, Col: at + 1, Args: []any{"have", n, "want", r.columns}, Value: cleanText(joined)})
	}
	return fields, notes
}

// bestJoin finds the column whose text most likely held the extra separators:
// the one that leaves numbers under numbers and dates under dates. A blank after
// a separator speaks for text; without evidence it is the last column.
func (r *repairer) bestJoin(fields []string, excess int) int {
	if r.guess == nil || len(fields) > 400 {
		return r.columns - 1
	}
	classes := make([]cellClass, len(fields))
	for i, f := range fields {
		classes[i] = classify(Cell{Text: cleanText(f)})
	}
	best, bestScore := r.columns-1, -1<<30
	for at := r.columns - 1; at >= 0; at-- {
		score := 0
		for col := range r.columns {
			field := col
			if col > at {
				field += excess
			}
			if col != at {
				score += r.fit(col, classes[field], fields[field])
			}
		}
		switch r.guess[at].Kind {
		case ColumnNumber, ColumnDate, ColumnYesNo:
			score -= 8
		case ColumnTerm:
			score--
		case ColumnLong:
			score++
		}
		for _, f := range fields[at+1 : at+excess+1] {
			if strings.HasPrefix(f, " ") {
				score += 2
			}
		}
		if score > bestScore {
			best, bestScore = at, score
		}
	}
	return best
}

// fit says how well a field stands in a column.
func (r *repairer) fit(col int, class cellClass, text string) int {
	c := r.guess[col]
	blank := class == classEmpty || class == classMissing
	switch {
	case blank:
		return 0
	case c.Kind == ColumnNumber:
		return sign(class == classNumber || class == classSerial, 4)
	case c.Kind == ColumnDate:
		return sign(class == classDate || class == classSerial, 4)
	case c.Kind == ColumnYesNo:
		return sign(class == classYesNo, 4)
	case c.Kind == ColumnURL:
		return sign(class == classURL, 3)
	case c.Kind == ColumnTerm:
		text = cleanText(text)
		for _, d := range c.Distinct {
			if d.Text == text {
				return 3
			}
		}
		return -1
	}
	return sign(class != classNumber && class != classDate, 1)
}

func sign(yes bool, n int) int {
	if yes {
		return n
	}
	return -n
}
