package core

// Day is one day of the proleptic Gregorian calendar, without a time zone.
// Year is 0–9999, Month 1–12, Day 1–31; the zero value is no day.
type Day struct {
	Year  int
	Month int
	Day   int
}

// MinDay and MaxDay stand for "no limit" in the answers of Date.Bounds.
var (
	MinDay = Day{0, 1, 1}
	MaxDay = Day{9999, 12, 31}
)

// IsZero reports whether d is no day at all.
func (d Day) IsZero() bool { return d == Day{} }

// Valid reports whether d exists in the calendar.
func (d Day) Valid() bool {
	return d.Year >= 0 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 &&
		d.Day >= 1 && d.Day <= daysInMonth(d.Year, d.Month)
}

// Compare returns -1, 0 or 1 as d is before, equal to or after o.
func (d Day) Compare(o Day) int {
	for _, p := range [3][2]int{{d.Year, o.Year}, {d.Month, o.Month}, {d.Day, o.Day}} {
		if p[0] != p[1] {
			if p[0] < p[1] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// Before reports whether d is earlier than o.
func (d Day) Before(o Day) bool { return d.Compare(o) < 0 }

// Days returns the number of days since 1970-01-01 (negative before it).
// The arithmetic is Howard Hinnant's days_from_civil: years are counted from
// March, so that the leap day is the last day of a year.
func (d Day) Days() int {
	y, m := d.Year, d.Month
	if m <= 2 {
		y--
		m += 12
	}
	era := floorDiv(y, 400)
	yearOfEra := y - era*400
	dayOfYear := (153*(m-3)+2)/5 + d.Day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return era*146097 + dayOfEra - 719468
}

// DayFromDays is the inverse of Day.Days.
func DayFromDays(n int) Day {
	n += 719468
	era := floorDiv(n, 146097)
	dayOfEra := n - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	mp := (5*dayOfYear + 2) / 153
	d := Day{Year: yearOfEra + era*400, Month: mp + 3, Day: dayOfYear - (153*mp+2)/5 + 1}
	if d.Month > 12 {
		d.Month -= 12
		d.Year++
	}
	return d
}

// AddDays returns the day n days later (earlier if n is negative).
func (d Day) AddDays(n int) Day { return DayFromDays(d.Days() + n) }

// String returns YYYY-MM-DD, or "" for no day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return pad(d.Year, 4) + "-" + pad(d.Month, 2) + "-" + pad(d.Day, 2)
}

// Date returns d as an exact Date; an invalid day gives the zero Date.
func (d Day) Date() Date {
	if !d.Valid() {
		return Date{}
	}
	return Date{edtf: d.String()}
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func leapYear(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysInMonth(year, month int) int {
	switch month {
	case 2:
		if leapYear(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// pad writes a non-negative n with at least width digits.
func pad(n, width int) string {
	var b [20]byte
	i := len(b)
	for n > 0 || width > 0 {
		i--
		b[i] = byte('0' + n%10)
		n /= 10
		width--
	}
	return string(b[i:])
}
