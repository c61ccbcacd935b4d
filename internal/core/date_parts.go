package core

import "strings"

func (e dateExpr) date() Date {
	var b strings.Builder
	switch e.shape {
	case shapeOneOf:
		b.WriteByte('[')
	case shapeAllOf:
		b.WriteByte('{')
	}
	for i, it := range e.items {
		if i > 0 {
			b.WriteByte(',')
		}
		switch {
		case !it.span:
			b.WriteString(it.from.text())
		case e.shape == shapeRange:
			b.WriteString(it.from.text() + "/" + it.to.text())
		default: // in a set the dots themselves are the open end
			if !it.from.open() {
				b.WriteString(it.from.text())
			}
			b.WriteString("..")
			if !it.to.open() {
				b.WriteString(it.to.text())
			}
		}
	}
	switch e.shape {
	case shapeOneOf:
		b.WriteByte(']')
	case shapeAllOf:
		b.WriteByte('}')
	}
	return Date{edtf: b.String()}
}

func (e dateExpr) bounds() (from, to Day) {
	for i, it := range e.items {
		last := it.from
		if it.span {
			last = it.to
		}
		f, t := it.from.earliest(), last.latest()
		if i == 0 || f.Before(from) {
			from = f
		}
		if i == 0 || to.Before(t) {
			to = t
		}
	}
	return from, to
}

func (p datePoint) open() bool   { return p.gap != 0 }
func (p datePoint) timed() bool  { return p.time != "" }
func (p datePoint) season() bool { return p.month > 12 }

// exact reports a full day without doubt; an open end is not exact.
func (p datePoint) exact() bool {
	return p.gap == 0 && p.blanks == 0 && p.month > 0 && p.day > 0 && p.mark == 0
}

func (p datePoint) minutes() int {
	return (int(p.time[0]-'0')*10+int(p.time[1]-'0'))*60 + int(p.time[3]-'0')*10 + int(p.time[4]-'0')
}

func (p datePoint) precision() Precision {
	switch {
	case p.blanks == 1:
		return PrecisionDecade
	case p.blanks > 1:
		return PrecisionCentury
	case p.time != "":
		return PrecisionTime
	case p.season():
		return PrecisionSeason
	case p.month <= 0:
		return PrecisionYear
	case p.day <= 0:
		return PrecisionMonth
	}
	return PrecisionDay
}

func (p datePoint) text() string {
	switch p.gap {
	case 'o':
		return ".."
	case 'u':
		return ""
	}
	s := pad(p.year, 4)
	s = s[:4-p.blanks] + "XXXX"[:p.blanks]
	for _, n := range [2]int{p.month, p.day} {
		switch n {
		case absent:
		case unknown:
			s += "-XX"
		default:
			s += "-" + pad(n, 2)
		}
	}
	if p.time != "" {
		s += "T" + p.time
	}
	if p.mark != 0 {
		s += string(rune(p.mark))
	}
	return s
}

// lastYear is the last year that the known digits allow.
func (p datePoint) lastYear() int {
	span := 1
	for range p.blanks {
		span *= 10
	}
	return p.year + span - 1
}

func (p datePoint) earliest() Day {
	if p.open() {
		return MinDay
	}
	d := Day{p.year, 1, 1}
	switch {
	case p.season():
		d.Month = seasonMonths[p.month-21][0]
	case p.month > 0:
		d.Month = p.month
	}
	if p.day > 0 {
		d.Day = p.day
		for d.Day > daysInMonth(d.Year, d.Month) { // 29 February of an unknown year
			d.Year++
		}
	}
	return d
}

func (p datePoint) latest() Day {
	if p.open() {
		return MaxDay
	}
	d := Day{p.lastYear(), 12, 31}
	switch {
	case p.season():
		d.Month = seasonMonths[p.month-21][1]
	case p.month > 0:
		d.Month = p.month
	}
	d.Day = daysInMonth(d.Year, d.Month)
	if p.day > 0 {
		for p.day > daysInMonth(d.Year, d.Month) {
			d.Year--
		}
		d.Day = p.day
	}
	return d
}

// seasonMonths holds first and last month. "Winter 2012" is said of January and
// February 2012 and of December 2012 alike, so its bounds are the whole year.
var seasonMonths = [4][2]int{{3, 5}, {6, 8}, {9, 11}, {1, 12}}
