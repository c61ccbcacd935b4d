package sheet

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"svod/internal/text"
)

// layout is where in a table the header and the data are.
type layout struct {
	header  int // row number, 0: none
	first   int // row number of the first data row
	columns []Column
	notes   []Note
	hxl     bool
}

// headerWords are names that columns of such tables often have; folded.
var headerWords = []string{"id", "no", "#", "n", "п/п", "№ п/п", "дата", "date", "имя", "фио", "name", "место", "place", "город", "city", "регион", "region",
	"количество", "кол-во", "number", "count", "описание", "description", "тип", "type", "вид", "адрес", "address", "ссылка", "ссылки",
	"link", "links", "url", "источник", "source", "примечание", "примечания", "comment", "notes", "статус", "status", "возраст", "age", "пол", "sex",
	"статья", "код", "code", "телефон", "phone", "email", "год", "year", "month", "месяц", "итого", "всего"}

// findLayout looks at the first rows of a table. fixed says that every row has
// its true width (text tables); o may pin the header.
func findLayout(rows []rawRow, fixed bool, o Options) layout {
	width, filled := tableWidth(rows, fixed)
	at := -1
	for i, r := range rows {
		if o.HeaderRow > 0 {
			if r.number == o.HeaderRow {
				at = i
			}
			continue
		}
		if at < 0 && !r.empty() && (!fixed || len(r.cells) == width) && countFilled(r.cells)*10 >= filled*6 {
			at = i
		}
	}
	l := layout{first: 1}
	if at < 0 || o.HeaderRow < 0 { // told that there is no header: everything is data
		at = slices.IndexFunc(rows, func(r rawRow) bool { return !r.empty() })
	}
	if at < 0 {
		return l
	}
	if o.HeaderRow > 0 && fixed {
		width = max(width, len(rows[at].cells))
	}
	if o.HeaderRow < 0 || o.HeaderRow == 0 && !looksLikeHeader(rows[at], rows[at+1:]) {
		l.first = rows[at].number
		l.columns = nameColumns(nil, width, &l)
		l.notes = append(l.notes, Note{Key: noteHeaderMissing, Row: l.first})
		return l
	}
	l.header, l.first = rows[at].number, rows[at].number+1
	l.columns = nameColumns(rows[at].cells, width, &l)
	if at+1 < len(rows) && isHXL(rows[at+1].cells) {
		l.hxl, l.first = true, rows[at+1].number+1
		l.notes = append(l.notes, Note{Key: noteHXL, Row: rows[at+1].number})
	}
	return l
}

// tableWidth gives the usual number of cells of a row and the median of filled ones.
func tableWidth(rows []rawRow, fixed bool) (width, filled int) {
	widths := map[int]int{}
	var counts []int
	for _, r := range rows {
		if r.empty() {
			continue
		}
		n := len(r.cells)
		if !fixed {
			n = lastFilled(r.cells) + 1
			width = max(width, n)
		}
		widths[n]++
		counts = append(counts, countFilled(r.cells))
	}
	if len(counts) == 0 {
		return 0, 0
	}
	slices.Sort(counts)
	filled = counts[len(counts)/2]
	if fixed {
		for n, times := range widths {
			if times > widths[width] || times == widths[width] && n > width {
				width = n
			}
		}
	}
	return width, filled
}

func countFilled(cells []Cell) int {
	n := 0
	for _, c := range cells {
		if c.Text != "" {
			n++
		}
	}
	return n
}

func lastFilled(cells []Cell) int {
	for i := len(cells) - 1; i >= 0; i-- {
		if cells[i].Text != "" {
			return i
		}
	}
	return -1
}

// looksLikeHeader weighs the row against what stands below it.
func looksLikeHeader(head rawRow, below []rawRow) bool {
	if len(below) > 60 {
		below = below[:60]
	}
	score := 0
	seen := map[string]bool{}
	for i, c := range head.cells {
		if c.Text == "" {
			continue
		}
		folded := foldHeader(c.Text)
		if slices.Contains(headerWords, folded) {
			score += 3
		}
		if seen[folded] {
			score--
		}
		seen[folded] = true
		class := classify(c)
		typed := class == classNumber || class == classSerial || class == classDate || class == classURL || class == classYesNo
		if typed {
			score -= 2
		}
		if class == classLong {
			score--
		}
		data, typedBelow, same := 0, 0, 0
		for _, r := range below {
			if i >= len(r.cells) || r.cells[i].Text == "" {
				continue
			}
			data++
			switch classify(r.cells[i]) {
			case classNumber, classSerial, classDate, classURL, classYesNo:
				typedBelow++
			}
			if foldHeader(r.cells[i].Text) == folded {
				same++
			}
		}
		if !typed && data > 0 && typedBelow*2 > data {
			score += 2
		}
		if same > 0 {
			score -= 2
		}
	}
	return score >= 0
}

func foldHeader(s string) string { return squeeze(text.Fold(text.FixHomoglyphsIn(s))) }

func isHXL(cells []Cell) bool {
	tags := 0
	for _, c := range cells {
		if c.Text == "" {
			continue
		}
		if len(c.Text) < 2 || c.Text[0] != '#' || c.Text[1] < 'a' || c.Text[1] > 'z' {
			return false
		}
		tags++
	}
	return tags > 0
}

// nameColumns makes the columns; head may be shorter than width or nil.
func nameColumns(head []Cell, width int, l *layout) []Column {
	width = max(width, lastFilled(head)+1)
	columns := make([]Column, width)
	used := map[string]int{}
	for i := range columns {
		c := &columns[i]
		c.Index = i
		if i < len(head) {
			c.Header = squeeze(head[i].Text)
		}
		if c.Header == "" {
			c.Header = ColumnLetter(i + 1)
		}
		c.Name = c.Header
		mended := text.FixHomoglyphsIn(c.Header)
		if mended != c.Header {
			l.notes = append(l.notes, Note{Key: noteHeaderMended, Row: l.header, Col: i + 1, Field: mended, Value: c.Header})
			c.Name = mended
		}
		c.Match = foldHeader(c.Header)
		used[c.Match]++
		if n := used[c.Match]; n > 1 {
			c.Name += " (" + itoa(n) + ")"
			c.Match += " (" + itoa(n) + ")"
			used[c.Match]++
			l.notes = append(l.notes, Note{Key: noteHeaderRepeated, Row: l.header, Col: i + 1, Field: c.Name, Value: c.Header})
		}
	}
	return columns
}

// totalWords begin a row of totals; folded.
var totalWords = []string{"итого", "всего", "итог", "общий итог", "сумма", "разом", "усього", "барлығы", "total", "totals", "grand total", "sum", "subtotal", "σ", "∑"}

// totalInitials are the first letters of totalWords and their look-alikes.
const totalInitials = "ивобсрутtgsσ∑υyopcb"

// isTotalRow recognises «ИТОГО; 5169» anywhere in a row: one cell says total
// (perhaps with a few words behind), and nothing but numbers stands beside it.
func isTotalRow(cells []Cell) bool {
	word, numbers := false, 0
	for _, c := range cells {
		if c.Text == "" {
			continue
		}
		if c.Kind == CellNumber {
			numbers++
			continue
		}
		if len(c.Text) < 80 && isTotalWord(c.Text) {
			if word {
				return false
			}
			word = true
			continue
		}
		if n, err := ParseNumber(c.Text); err != nil || n.Empty && n.Missing != "" {
			return false
		}
		numbers++
	}
	return word && numbers > 0
}

func isTotalWord(s string) bool {
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " :.-=*")); !strings.ContainsRune(totalInitials, unicode.ToLower(first)) {
		return false
	}
	folded := strings.Trim(foldHeader(s), " :.-=*")
	for _, w := range totalWords {
		rest, ok := strings.CutPrefix(folded, w)
		if ok && (rest == "" || strings.ContainsAny(rest[:1], " :,(") && len(strings.Fields(rest)) <= 4) {
			return true
		}
	}
	return false
}
