package core

import "strconv"

// dateWriterEn writes dates in (British) English.
type dateWriterEn struct{}

func (w dateWriterEn) alone(p datePoint) string { return w.full(p, nominative) }

func (w dateWriterEn) full(p datePoint, _ grammarCase) string {
	s := w.yearOf(p)
	if p.month > 0 {
		if p.blanks > 0 {
			s = w.head(p, nominative) + ", " + s
		} else {
			s = w.head(p, nominative) + " " + s
		}
	}
	switch {
	case p.month == unknown && p.day == unknown:
		s += ", month and day unknown"
	case p.month == unknown:
		s += ", month unknown"
	case p.day == unknown:
		s += ", day unknown"
	}
	if p.time != "" {
		s += ", " + clock(p.time)
	}
	prefix, _ := w.marked(p.mark)
	return prefix + s
}

func (dateWriterEn) marked(mark byte) (string, grammarCase) {
	switch mark {
	case '~':
		return "about ", nominative
	case '?':
		return "possibly ", nominative
	case '%':
		return "possibly about ", nominative
	}
	return "", nominative
}

func (dateWriterEn) yearOf(p datePoint) string {
	switch p.blanks {
	case 0:
		return strconv.Itoa(p.year)
	case 1:
		return "the " + strconv.Itoa(p.year) + "s"
	case 4:
		return "year unknown"
	}
	return strconv.Itoa(p.year) + "–" + strconv.Itoa(p.lastYear())
}

func (dateWriterEn) head(p datePoint, _ grammarCase) string {
	switch {
	case p.day > 0:
		return strconv.Itoa(p.day) + " " + dateMonthsEn[p.month-1]
	case p.season():
		return dateSeasonsEn[p.month-21]
	}
	return dateMonthsEn[p.month-1]
}

func (dateWriterEn) year(s string, _ bool) string { return s }

func (dateWriterEn) monthYear(days string, p datePoint) string {
	return days + " " + dateMonthsEn[p.month-1] + " " + strconv.Itoa(p.year)
}

func (dateWriterEn) withYear(heads, year string) string { return heads + " " + year }

func (dateWriterEn) conjunction(or bool) string {
	if or {
		return " or "
	}
	return " and "
}

func (dateWriterEn) rangeCases() (start, end grammarCase) { return nominative, nominative }

func (dateWriterEn) fromTo(from, to string, start, end datePoint) string {
	switch {
	case from == "" && start.gap == 'u':
		return "until " + to + ", start unknown"
	case from == "":
		return "until " + to
	case to == "" && end.gap == 'u':
		return "from " + from + ", end unknown"
	case to == "":
		return "from " + from
	}
	return "from " + from + " to " + to
}

func (dateWriterEn) limits(from, to string) string {
	if from == "" {
		return "no later than " + to
	}
	return "no earlier than " + from
}

func (dateWriterEn) between(pair string) string { return "between " + pair }
