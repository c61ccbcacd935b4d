package core

import "strings"

// The terms of HURIDOCS micro-thesaurus 48, Types of Dates.
const (
	DateTypeEstimate = "Estimate"
	DateTypeNoDay    = "Unknown day"
	DateTypeNoMonth  = "Unknown month and day"
)

// HURIDOCS returns d as the Events Standard Formats keep it: a full date
// YYYY-MM-DD and a term of MT48 ("" for an exact day). A month is its first day
// with "Unknown day", a year its 1 January with "Unknown month and day";
// anything else imprecise is its first possible day with "Estimate". A range
// has two fields in ESF: call it on Start and on End. An open beginning
// and the zero Date give "", "".
func (d Date) HURIDOCS() (date, kind string) {
	if d.IsZero() {
		return "", ""
	}
	e := d.expr()
	from, _ := e.bounds()
	p := e.items[0].from
	if p.open() {
		return "", ""
	}
	switch {
	case e.shape != shapePoint || p.mark != 0 || p.blanks > 0 || p.season():
		return from.String(), DateTypeEstimate
	case p.month <= 0:
		return from.String(), DateTypeNoMonth
	case p.day <= 0:
		return from.String(), DateTypeNoDay
	}
	return from.String(), ""
}

// DateFromHURIDOCS is the reverse: date is YYYY-MM-DD (parts that the type
// declares unknown may be 00), kind a term of MT48 in any case. An estimate
// becomes an approximate day.
func DateFromHURIDOCS(date, kind string) (Date, error) {
	date = strings.TrimSpace(date)
	if date == "" {
		return Date{}, nil
	}
	if len(date) != len("2012-05-06") || date[4] != '-' || date[7] != '-' {
		return Date{}, dateError(errDate)
	}
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "":
		return ParseDate(date)
	case strings.ToLower(DateTypeEstimate):
		return ParseDate(date + "~")
	case strings.ToLower(DateTypeNoDay):
		return ParseDate(date[:7])
	case strings.ToLower(DateTypeNoMonth):
		return ParseDate(date[:4])
	}
	return Date{}, dateError(errDateType)
}
