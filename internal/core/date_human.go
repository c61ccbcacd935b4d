package core

import "strings"

// DateOrder is the order of day and month in numeric dates.
type DateOrder uint8

// The orders. OrderUnknown reads dots as day.month (nobody writes them
// otherwise) and leaves 05/06/2012 open between two days.
const (
	OrderUnknown DateOrder = iota
	OrderDayMonth
	OrderMonthDay
)

// HumanDateOptions guide ParseHumanDate.
type HumanDateOptions struct {
	// Order decides 05/06/2012 and 05-06-2012.
	Order DateOrder
	// NotAfter, if set, moves a two-digit year back a century when the date
	// would otherwise start after it: use today for births.
	NotAfter Day
}

// fullYear applies the rule for two-digit years: 00–69 are 2000–2069, 70–99
// are 1970–1999.
func (o HumanDateOptions) fullYear(y int) int {
	if y < 70 {
		y += 2000
	} else {
		y += 1900
	}
	if !o.NotAfter.IsZero() && y > o.NotAfter.Year {
		y -= 100
	}
	return y
}

// ParseHumanDate reads a date as people type it, in Russian or English (and
// with Ukrainian or Belarusian months), besides everything that ParseDate
// reads: 04.12.2011, 4.12.11, 6 декабря 2011 г., декабрь 2011, Dec 6, 2011,
// 5–6.05.2012, в ночь с 5 на 6 мая 2012, нач. мая 2012, ок. 2012, весной 2012.
// imprecise is Date.Imprecise of the result. A numeric date that can be read
// two ways becomes the alternatives [2012-05-06,2012-06-05]. A time of
// 00:00(:00) behind a day is dropped: spreadsheets add it to every date.
// "" gives the zero Date. The error is an *Error that says what was expected.
func ParseHumanDate(s string, o HumanDateOptions) (d Date, imprecise bool, err error) {
	if len(s) > maxDateText {
		return Date{}, false, dateError(errDateLong)
	}
	s = normaliseDate(s)
	if s == "" {
		return Date{}, false, nil
	}
	if d, err = ParseDate(s); err == nil {
		d = d.withoutMidnight()
		return d, d.Imprecise(), nil
	}
	edtfErr := err
	tokens, err := tokenizeDate(s, o)
	if err != nil {
		if s[0] == '[' || s[0] == '{' {
			err = edtfErr
		}
		return Date{}, false, err
	}
	d, err = (&dateReader{tokens: tokens, opts: o}).read()
	if err != nil {
		return Date{}, false, err
	}
	// what was built goes through the one grammar, so it is valid or refused
	if d, err = ParseDate(d.edtf); err != nil {
		return Date{}, false, err
	}
	d = d.withoutMidnight()
	return d, d.Imprecise(), nil
}

func (d Date) withoutMidnight() Date {
	for _, zero := range []string{"T00:00:00", "T00:00"} {
		if s, ok := strings.CutSuffix(d.edtf, zero); ok && len(s) == len("2012-05-06") {
			return Date{edtf: s}
		}
	}
	return d
}

// normaliseDate lower-cases and evens out blanks, dashes and ё.
func normaliseDate(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', '\u2009', '\u2007', '\t', '\r', '\n':
			return ' '
		case '–', '—', '−', '‑', '‒', '‐':
			return '-'
		case '«', '»', '"', '“', '”', '\u200b', '\ufeff', '\u00ad', '\u200e':
			return -1
		case '’', '`', '‘':
			return '\''
		case 'ё', 'Ё':
			return 'е'
		}
		return r
	}, s)
	s = strings.TrimSpace(strings.ToLower(s))
	for _, pair := range [][2]string{
		{"не позднее", "до"}, {"не позже", "до"}, {"no later than", "before"}, {"not later than", "before"}, {"не ранее", "после"},
		{"не раньше", "после"}, {"no earlier than", "after"}, {"not before", "after"},
	} {
		s = strings.Replace(s, pair[0], pair[1], 1)
	}
	for _, now := range []string{"по настоящее время", "по наст. время", "- настоящее время", "- наст. время", "по сей день", "to the present", "to present", "- present"} {
		if start, ok := strings.CutSuffix(s, now); ok && start != "" {
			for _, from := range []string{"с ", "со ", "from ", "since "} {
				start = strings.TrimPrefix(start, from)
			}
			return "с " + strings.TrimSpace(start)
		}
	}
	return s
}

// loosePoint is a date with parts still missing. ambiguous: day and month may
// be the other way round.
type loosePoint struct {
	year, blanks, month, day int
	hasYear                  bool
	ambiguous                bool
	time                     string
	mark                     byte
	part                     dateCue // cueEarly, cueMiddle, cueLate, cueFirst, cueSecond (half)
	quarter                  int
}

// DateOrderOf tells what a numeric date reveals about the order of day and
// month in its column: 19/01/12 is OrderDayMonth, 01/19/2012 OrderMonthDay,
// everything else OrderUnknown.
func DateOrderOf(s string) DateOrder {
	parts, _ := numericParts(normaliseDate(s))
	if len(parts) != 3 || parts[0].width > 2 {
		return OrderUnknown
	}
	a, b := parts[0].value, parts[1].value
	switch {
	case a > 12 && a <= 31 && b >= 1 && b <= 12:
		return OrderDayMonth
	case b > 12 && b <= 31 && a >= 1 && a <= 12:
		return OrderMonthDay
	}
	return OrderUnknown
}

// numericDate reads two or three joined numbers.
func (o HumanDateOptions) numericDate(n []numericPart, sep byte) (loosePoint, error) {
	part := func(p numericPart) int {
		if p.blank || p.value == 0 {
			return unknown
		}
		return p.value
	}
	switch {
	case n[0].width == 4 && len(n) == 2:
		return loosePoint{year: n[0].value, hasYear: true, month: part(n[1])}, nil
	case n[0].width == 4:
		return loosePoint{year: n[0].value, hasYear: true, month: part(n[1]), day: part(n[2])}, nil
	case len(n) == 2 && n[1].width == 4:
		return loosePoint{year: n[1].value, hasYear: true, month: part(n[0])}, nil
	case len(n) == 2:
		return loosePoint{month: part(n[1]), day: part(n[0])}, nil
	}
	p := loosePoint{year: n[2].value, hasYear: true, day: part(n[0]), month: part(n[1])}
	switch {
	case n[2].blank || n[2].width == 3 || n[2].width == 1:
		return p, dateError(errDateYear)
	case n[2].width == 2:
		p.year = o.fullYear(n[2].value)
	}
	swapped := o.Order == OrderMonthDay && sep != '.' || p.month > 12 && p.day <= 12 && p.day > 0
	if swapped && p.day <= 12 {
		p.day, p.month = p.month, p.day
	}
	p.ambiguous = o.Order == OrderUnknown && sep != '.' && p.day > 0 && p.day <= 12 && p.month > 0 && p.month <= 12 && p.day != p.month
	if !p.ambiguous && p.month > 12 {
		return p, dateError(errDateMonth)
	}
	if !o.NotAfter.IsZero() && n[2].width == 2 && p.lowest().Compare(o.NotAfter) > 0 {
		p.year -= 100
	}
	return p, nil
}

func (p loosePoint) lowest() Day {
	return Day{p.year, max(p.month, 1), max(p.day, 1)}
}
