package linkage

import (
	"strings"

	"svod/internal/core"
)

// day is a date as it is compared. Year 0 is no date; month or day 0 is not known.
type day struct {
	year       int16
	month, day uint8
	low, high  int32 // first and last possible day, counted from year 0
}

func (d day) known() bool { return d.year != 0 }
func (d day) full() bool  { return d.day != 0 }

// parseDay reads a cell: 19081209, 1908-12-09, 1908-12, 1908 and 09.12.1908
// without help, everything else as people write dates. Unreadable cells are no date.
func parseDay(s string) day {
	s = strings.TrimSpace(s)
	if s == "" {
		return day{}
	}
	if y, m, d, ok := plainDay(s); ok {
		return newDay(y, m, d)
	}
	date, _, err := core.ParseHumanDate(s, core.HumanDateOptions{})
	if err != nil || date == (core.Date{}) {
		return day{}
	}
	from, to := date.Bounds()
	if from == core.MinDay || to == core.MaxDay {
		return day{}
	}
	out := newDay(from.Year, from.Month, from.Day)
	if from != to {
		out.day = 0
		if from.Month != to.Month || from.Year != to.Year {
			out.month = 0
		}
		out.low, out.high = dayNumber(from.Year, from.Month, from.Day), dayNumber(to.Year, to.Month, to.Day)
	}
	return out
}

func plainDay(s string) (y, m, d int, ok bool) {
	digits := func(s string) int {
		n := 0
		for i := 0; i < len(s); i++ {
			if s[i] < '0' || s[i] > '9' {
				return -1
			}
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	switch {
	case len(s) == 8 && digits(s) > 0:
		y, m, d = digits(s[:4]), digits(s[4:6]), digits(s[6:])
	case len(s) == 10 && s[4] == '-' && s[7] == '-':
		y, m, d = digits(s[:4]), digits(s[5:7]), digits(s[8:])
	case len(s) == 10 && s[2] == '.' && s[5] == '.':
		y, m, d = digits(s[6:]), digits(s[3:5]), digits(s[:2])
	case len(s) == 7 && s[4] == '-':
		y, m = digits(s[:4]), digits(s[5:])
	case len(s) == 4 && digits(s) > 0:
		y = digits(s)
	default:
		return 0, 0, 0, false
	}
	if len(s) != 4 && m < 1 || y < 1 || m > 12 || d < 0 || d > 31 {
		return 0, 0, 0, false
	}
	return y, m, d, true
}

func newDay(y, m, d int) day {
	out := day{year: int16(y), month: uint8(m), day: uint8(d)}
	switch {
	case m == 0:
		out.low, out.high = dayNumber(y, 1, 1), dayNumber(y, 12, 31)
	case d == 0:
		out.low, out.high = dayNumber(y, m, 1), dayNumber(y, m, 31)
	default:
		out.low = dayNumber(y, m, d)
		out.high = out.low
	}
	return out
}

// dayNumber counts days well enough for distances up to some months: all months
// have 30.44 days on average.
func dayNumber(y, m, d int) int32 {
	return int32(y*365+y/4) + int32((m-1)*3044/100) + int32(d)
}

// The levels of a date of birth.
const (
	birthSame      = 1 + iota
	birthPartial   // as far as both are known, the same
	birthSwapped   // day and month exchanged
	birthYearNear  // same day and month, year one off
	birthYearOther // same day and month, another year
	birthOneOff    // same year, and day or month agree
	birthSameYear  // only the year agrees
	birthNearYear  // years one or two apart, nothing else agrees
	birthDiffer
	birthLevels = birthDiffer
)

func compareBirth(a, b *day) uint8 {
	if !a.known() || !b.known() {
		return 0
	}
	gap := int(a.year) - int(b.year)
	if gap < 0 {
		gap = -gap
	}
	if !a.full() || !b.full() {
		switch {
		case a.low <= b.high && b.low <= a.high:
			return birthPartial
		case gap <= 2:
			return birthNearYear
		}
		return birthDiffer
	}
	sameDay := a.month == b.month && a.day == b.day
	switch {
	case gap == 0 && sameDay:
		return birthSame
	case gap == 0 && a.month == b.day && a.day == b.month:
		return birthSwapped
	case sameDay && gap == 1:
		return birthYearNear
	case sameDay:
		return birthYearOther
	case gap == 0 && (a.month == b.month || a.day == b.day):
		return birthOneOff
	case gap == 0:
		return birthSameYear
	case gap <= 2:
		return birthNearYear
	}
	return birthDiffer
}

// The levels of any other date.
const (
	dateSame    = 1 + iota
	dateDays    // up to 3 days apart
	dateWeeks   // up to 16 days apart
	datePartial // as far as both are known, the same
	dateMonths  // up to 60 days apart
	dateYear    // up to a year apart
	dateDiffer
	dateLevels = dateDiffer
)

func compareDate(a, b *day) uint8 {
	if !a.known() || !b.known() {
		return 0
	}
	if !a.full() || !b.full() {
		if a.low <= b.high && b.low <= a.high {
			return datePartial
		}
	}
	gap := max(a.low-b.high, b.low-a.high, 0)
	switch {
	case gap == 0:
		return dateSame
	case gap <= 3:
		return dateDays
	case gap <= 16:
		return dateWeeks
	case gap <= 60:
		return dateMonths
	case gap <= 366:
		return dateYear
	}
	return dateDiffer
}
