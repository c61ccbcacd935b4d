package sheet

import (
	"strings"

	"svod/internal/core"
)

const (
	maxDistinct = 50
	maxExamples = 5
	maxExample  = 200 // bytes kept of one value
)

// profiler collects what the cells of one column look like.
type profiler struct {
	col      Column
	class    [classLong + 1]int
	letters  int
	distinct map[string]int // value to its place in col.Distinct
	order    [3]int         // by core.DateOrder
	dotted   int            // dates written with dots: day first
	comma    [3]int
	compact  int // 20111205
}

func newProfiler(c Column) *profiler {
	return &profiler{col: c, distinct: map[string]int{}}
}

func (p *profiler) add(c Cell) {
	p.col.Rows++
	k := classify(c)
	p.class[k]++
	switch k {
	case classEmpty:
		return
	case classMissing:
		p.col.Missing++
		return
	case classDate:
		p.order[core.DateOrderOf(c.Text)]++
		if strings.Count(c.Text, ".") >= 2 {
			p.dotted++
		}
	case classNumber:
		p.comma[CommaStyleOf(c.Text)]++
		if isCompactDate(c.Text) {
			p.compact++
		}
	}
	p.col.Filled++
	text := c.Text
	if len(text) > maxExample {
		text = strings.ToValidUTF8(text[:maxExample], "") + "…"
	}
	p.letters += len(text)
	i, seen := p.distinct[text]
	switch {
	case seen && !p.col.Many:
		p.col.Distinct[i].Count++
	case !seen && len(p.distinct) < maxDistinct:
		p.distinct[text] = len(p.col.Distinct)
		p.col.Distinct = append(p.col.Distinct, DistinctValue{Text: text, Count: 1})
		if len(p.col.Examples) < maxExamples {
			p.col.Examples = append(p.col.Examples, text)
		}
	case !seen:
		p.col.Many = true
	}
}

// column settles the guess.
func (p *profiler) column() Column {
	c := p.col
	if c.Many {
		c.Distinct = nil
	}
	c.Kind = p.kind()
	switch {
	case p.order[core.OrderDayMonth] > p.order[core.OrderMonthDay], p.order[core.OrderMonthDay] == 0 && p.dotted > 0:
		c.DateOrder = core.OrderDayMonth
	case p.order[core.OrderMonthDay] > p.order[core.OrderDayMonth]:
		c.DateOrder = core.OrderMonthDay
	}
	switch {
	case p.comma[CommaDecimal] > p.comma[CommaThousands]:
		c.Comma = CommaDecimal
	case p.comma[CommaThousands] > p.comma[CommaDecimal]:
		c.Comma = CommaThousands
	}
	return c
}

func (p *profiler) kind() ColumnKind {
	n := p.col.Filled
	if n == 0 {
		return ColumnEmpty
	}
	most := func(count, percent int) bool { return count*100 >= n*percent }
	numbers := p.class[classNumber] + p.class[classSerial]
	switch {
	case p.class[classDate] > 0 && most(p.class[classDate]+p.class[classSerial], 70) && p.class[classDate] >= p.class[classSerial]:
		return ColumnDate
	case most(p.class[classYesNo], 90):
		return ColumnYesNo
	case p.onlyYears() && most(numbers, 90):
		return ColumnDate
	case most(p.compact, 90):
		return ColumnDate
	case most(numbers, 80):
		return ColumnNumber
	case most(p.class[classURL], 70):
		return ColumnURL
	case most(p.class[classLong], 30):
		return ColumnLong
	case !p.col.Many && n >= 4 && len(p.distinct)*2 <= n && p.letters/n < 80:
		return ColumnTerm
	}
	return ColumnText
}

// onlyYears: a column named year whose numbers are years holds dates.
func (p *profiler) onlyYears() bool {
	if !strings.HasPrefix(p.col.Match, "год") && !strings.HasPrefix(p.col.Match, "year") || p.col.Many {
		return false
	}
	for _, d := range p.col.Distinct {
		if len(d.Text) != 4 || d.Text < "1800" || d.Text > "2100" {
			return false
		}
	}
	return true
}

// isCompactDate recognises 20111205 from 1850 to 2099.
func isCompactDate(s string) bool {
	if len(s) != 8 || s < "1850" || s > "2099" || strings.Trim(s, "0123456789") != "" {
		return false
	}
	return s[4:6] >= "01" && s[4:6] <= "12" && s[6:] >= "01" && s[6:] <= "31"
}
