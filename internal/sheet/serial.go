package sheet

import (
	"math"
	"strconv"
	"strings"

	"svod/internal/core"
)

// serialOf recognises a spreadsheet's day count: a bare number from 18264
// (1950-01-01) to 73415 (2101-01-01) in the 1900 system, perhaps with a time of
// day as its fraction.
func serialOf(s string) (float64, bool) {
	if len(s) < 5 || s[0] < '1' || s[0] > '7' || strings.Trim(s, "0123456789.") != "" || strings.IndexByte(s, '.') >= 0 && len(s) < 7 {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && f >= 18264-1462 && f <= 73415
}

// datePrecision is what the number format of a date cell shows.
type datePrecision uint8

const (
	precisionNone datePrecision = iota
	precisionYear
	precisionMonth
	precisionDay
	precisionTime
	precisionClock // a time without a day
)

// serialDate converts a day count. 0 in the 1900 system is 1899-12-31 with the
// 29 February 1900 that never was; in the 1904 system it is 1904-01-01. Times are
// rounded to the minute; midnight is not written.
func serialDate(serial float64, is1904 bool, p datePrecision) core.Date {
	if math.IsNaN(serial) || serial < 0 || serial > 2958466 { // 9999-12-31
		return core.Date{}
	}
	minutes := int(math.Round(serial * 1440))
	days, clock := minutes/1440, minutes%1440
	base := core.Day{Year: 1899, Month: 12, Day: 30}
	switch {
	case is1904:
		base = core.Day{Year: 1904, Month: 1, Day: 1}
	case days < 60:
		base = core.Day{Year: 1899, Month: 12, Day: 31}
	}
	day := base.AddDays(days)
	if !day.Valid() {
		return core.Date{}
	}
	text := day.String()
	switch {
	case p == precisionYear:
		text = text[:4]
	case p == precisionMonth:
		text = text[:7]
	case p == precisionTime && clock > 0:
		text += "T" + clockText(clock)
	}
	d, err := core.ParseDate(text)
	if err != nil {
		return core.Date{}
	}
	return d
}

func clockText(minutes int) string {
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return two(minutes/60) + ":" + two(minutes%60)
}

// serialFrom is the inverse for whole days, in the 1900 system; ok is false
// before 1900-03-01, where the systems of spreadsheets differ.
func serialFrom(d core.Day) (int, bool) {
	n := d.Days() - core.Day{Year: 1899, Month: 12, Day: 30}.Days()
	return n, n > 60
}
