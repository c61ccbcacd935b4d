package picture

import (
	"strconv"

	"svod/internal/text"
)

// Step is the length of the periods of a time axis.
type Step string

// The steps of a time axis.
const (
	ByMonth   Step = "month"
	ByQuarter Step = "quarter"
	ByYear    Step = "year"
)

// perYear gives the number of periods in a year; an unknown step is a month.
func (s Step) perYear() int {
	switch s {
	case ByQuarter:
		return 4
	case ByYear:
		return 1
	}
	return 12
}

// Period is a month, a quarter or a year. Part counts months or quarters from
// 1 and is not read for years.
type Period struct{ Year, Part int }

// index numbers periods without gaps; a part outside the year counts as its
// first or last.
func (s Step) index(p Period) int {
	n := s.perYear()
	if n == 1 {
		return p.Year
	}
	return p.Year*n + max(1, min(p.Part, n)) - 1
}

// period undoes index.
func (s Step) period(i int) Period {
	n := s.perYear()
	if n == 1 {
		return Period{Year: i}
	}
	return Period{Year: i / n, Part: i%n + 1}
}

// short names the part of the year for the axis: "дек", "4-й кв.", "Q4".
func (s Step) short(lang string, p Period) string {
	switch s.perYear() {
	case 1:
		return strconv.Itoa(p.Year)
	case 4:
		return say(lang, "quarter_short", "number", p.Part)
	}
	return string([]rune(text.MonthName(pictureLang(lang), p.Part))[:3])
}

// long names the period in a sentence: "декабрь 2011 года", "December 2011".
func (s Step) long(lang string, p Period) string {
	year := strconv.Itoa(p.Year)
	switch s.perYear() {
	case 1:
		return say(lang, "year", "year", year)
	case 4:
		return say(lang, "quarter."+strconv.Itoa(p.Part), "year", year)
	}
	return say(lang, "month", "month", text.MonthName(pictureLang(lang), p.Part), "year", year)
}
