package core

import "strings"

// Date says when something happened, as exactly as it is known and no more so.
// Its canonical form is a string of the Extended Date/Time Format (EDTF,
// ISO 8601-2): level 0, level 1 and the part of level 2 that casework needs.
//
//	2012-05-06  2012-05  2012  2012-05-06T14:30  2012-05-06T14:30:15+03:00
//	2012-05-XX  2012-XX-XX  201X  20XX        digits that are not known
//	2012-21 … 2012-24                         spring, summer, autumn, winter
//	2012-05~  2012-05-06?  2012%              about, uncertain, both
//	2012-05-06/2012-05-08  2012-05/..  2012/  lasted from–to, still open, end not known
//	[2012-05-06,2012-05-07]  [2012-05..]      one of these; not before
//	{2012-05-06,2012-05-09}                   on all of these
//
// Date is a small comparable value: equal dates are == and may be map keys.
// The zero Date is no date. Only this package makes a non-zero Date, so its
// string is always valid and canonical.
type Date struct{ edtf string }

// Precision is how finely a date is known.
type Precision uint8

// The precisions, finest first. PrecisionNone belongs to the zero Date.
const (
	PrecisionNone Precision = iota
	PrecisionTime
	PrecisionDay
	PrecisionMonth
	PrecisionSeason
	PrecisionYear
	PrecisionDecade
	PrecisionCentury // two or more digits of the year are unspecified
	PrecisionRange
	PrecisionAlternatives
)

// String returns the English name used in exports and the API.
func (p Precision) String() string {
	names := [...]string{"none", "time", "day", "month", "season", "year", "decade", "century", "range", "alternatives"}
	if int(p) < len(names) {
		return names[p]
	}
	return "none"
}

// DateErrorKeys lists the message key of every error about dates. Such an
// error never repeats the text, which may come from a sealed field.
func DateErrorKeys() []string {
	return []string{
		errDate, errDateYear, errDateMonth, errDateDay, errDateTime, errDateMask, errDateRange,
		errDateOrder, errDateSet, errDateSerial, errDateLong, errDateType,
	}
}

const (
	errDate       = "error.date_expected"      // nothing like a date
	errDateYear   = "error.date_year"          // four-digit year missing
	errDateMonth  = "error.date_month"         // month must be 01–12, season 21–24
	errDateDay    = "error.date_day"           // arg: days in that month
	errDateTime   = "error.date_time"          // time must be HH:MM or HH:MM:SS
	errDateMask   = "error.date_mask"          // X only at the end: 201X, 2012-XX, 2012-05-XX
	errDateRange  = "error.date_range"         // from/to with two dates or ..
	errDateOrder  = "error.date_order"         // the end is before the beginning
	errDateSet    = "error.date_set"           // [a,b] or {a,b} with at most 32 dates
	errDateSerial = "error.date_serial"        // a bare number: perhaps a spreadsheet's day count
	errDateLong   = "error.date_long"          // longer than maxDateText
	errDateType   = "error.date_huridocs_type" // not a term of MT48
)

const (
	maxDateText = 512
	maxDateSet  = 32
)

func dateError(key string, args ...any) error { return Invalid(key, args...) }

// ParseDate reads EDTF as listed at Date. Lower-case x and t, and blanks around
// the text, are accepted; the result is canonical. "" is the zero Date.
// The error is an *Error of KindInvalid.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Date{}, nil
	}
	if len(s) > maxDateText {
		return Date{}, dateError(errDateLong)
	}
	e, err := parseEDTF(s)
	if err != nil {
		return Date{}, err
	}
	return e.date(), nil
}

// String returns the canonical EDTF text, "" for no date.
func (d Date) String() string { return d.edtf }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.edtf == "" }

// MarshalText returns String; it never fails.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.edtf), nil }

// UnmarshalText is ParseDate.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// expr reads back the canonical text, which is valid by construction.
func (d Date) expr() dateExpr {
	e, _ := parseEDTF(d.edtf)
	return e
}

// Bounds returns the first and the last day on which d may lie or, for a
// range, which it may cover. Open and unknown ends give MinDay and MaxDay. The
// zero Date gives two zero days. Times keep the day as written: time zones
// are not converted.
func (d Date) Bounds() (earliest, latest Day) {
	if d.IsZero() {
		return Day{}, Day{}
	}
	return d.expr().bounds()
}

// Precision returns how finely d is known. 2012-05-XX has month precision.
func (d Date) Precision() Precision {
	if d.IsZero() {
		return PrecisionNone
	}
	e := d.expr()
	switch e.shape {
	case shapeRange:
		return PrecisionRange
	case shapeOneOf, shapeAllOf:
		return PrecisionAlternatives
	}
	return e.items[0].from.precision()
}

// Imprecise reports whether any doubt about the day is left. Exact days, with or
// without a time, ranges between two exact days, and lists of exact days that
// all hold ({…}) are precise; everything else is not. No date is not imprecise.
func (d Date) Imprecise() bool {
	if d.IsZero() {
		return false
	}
	e := d.expr()
	if e.shape == shapeOneOf {
		return true
	}
	for _, it := range e.items {
		if !it.from.exact() || (it.span && !it.to.exact()) {
			return true
		}
	}
	return false
}

// Approximate reports whether d, or a part of it, carries "about" (~ or %).
func (d Date) Approximate() bool { return strings.ContainsAny(d.edtf, "~%") }

// Uncertain reports whether d, or a part of it, is doubted (? or %).
func (d Date) Uncertain() bool { return strings.ContainsAny(d.edtf, "?%") }

// Ambiguous reports whether d offers a choice between several dates ([…]).
func (d Date) Ambiguous() bool { return strings.HasPrefix(d.edtf, "[") }

// Start returns the first date of a range (zero if open or unknown), else d.
func (d Date) Start() Date { return d.end(false) }

// End returns the last date of a range (zero if open or unknown), else d.
func (d Date) End() Date { return d.end(true) }

func (d Date) end(last bool) Date {
	if d.IsZero() {
		return d
	}
	e := d.expr()
	if e.shape != shapeRange {
		return d
	}
	p := e.items[0].from
	if last {
		p = e.items[0].to
	}
	if p.open() {
		return Date{}
	}
	return Date{edtf: p.text()}
}

// SortKey orders dates: by first possible day; on the same day a date without
// a time, then dates by time, then less precise ones, the vaguer the later. No
// date sorts before every date. The key is stable and may be stored.
func (d Date) SortKey() int {
	const perDay = 2048 // 1,440 minutes and room for the precisions
	if d.IsZero() {
		return (MinDay.Days() - 1) * perDay
	}
	e := d.expr()
	from, to := e.bounds()
	key := from.Days() * perDay
	p := e.items[0].from
	switch {
	case e.shape == shapePoint && p.timed():
		return key + 1 + p.minutes()
	case from == to && e.shape == shapePoint:
		return key
	}
	vague := to.Days() - from.Days()
	bits := 0
	for vague > 0 {
		vague >>= 1
		bits++
	}
	return key + 1500 + bits
}
