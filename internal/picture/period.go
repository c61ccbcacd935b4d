package picture

import (
	"fmt"
	"strconv"
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

// index numbers periods without gaps.
func (s Step) index(p Period) int {
	n := s.perYear()
	if n == 1 {
		return p.Year
	}
	return p.Year*n + p.Part - 1
}

// period undoes index.
func (s Step) period(i int) Period {
	n := s.perYear()
	if n == 1 {
		return Period{Year: i}
	}
	return Period{Year: i / n, Part: i%n + 1}
}

// short names the part of the year for the axis: "дек", "IV кв.", "Q4".
func (s Step) short(lang string, p Period) string {
	switch s.perYear() {
	case 1:
		return strconv.Itoa(p.Year)
	case 4:
		return phrase(lang, roman(p.Part)+" кв.", "Q"+strconv.Itoa(p.Part))
	}
	names := monthNames(lang)
	return string([]rune(names[(p.Part+11)%12])[:3])
}

// long names the period in a sentence: "декабрь 2011 года", "December 2011".
func (s Step) long(lang string, p Period) string {
	switch s.perYear() {
	case 1:
		return phrase(lang, fmt.Sprintf("%d год", p.Year), strconv.Itoa(p.Year))
	case 4:
		return phrase(lang, fmt.Sprintf("%s квартал %d года", roman(p.Part), p.Year),
			fmt.Sprintf("the %s quarter of %d", ordinal(p.Part), p.Year))
	}
	name := monthNames(lang)[(p.Part+11)%12]
	return phrase(lang, fmt.Sprintf("%s %d года", name, p.Year), fmt.Sprintf("%s %d", name, p.Year))
}

func roman(n int) string { return [...]string{"I", "II", "III", "IV"}[(n+3)%4] }

func ordinal(n int) string { return [...]string{"first", "second", "third", "fourth"}[(n+3)%4] }

// monthNames gives the twelve months in the nominative.
func monthNames(lang string) []string {
	if lang == "ru" {
		return []string{"январь", "февраль", "март", "апрель", "май", "июнь",
			"июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}
	}
	return []string{"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"}
}
