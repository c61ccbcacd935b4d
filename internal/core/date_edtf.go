package core

import "strings"

// datePoint is one calendar date with its gaps. The text of an EDTF date is
// kept as these parts only while it is being worked on.
type datePoint struct {
	year   int    // 0–9999; the first year that the digits allow
	blanks int    // trailing digits of the year that are not known, 0–4
	month  int    // 1–12, 21–24 season, absent or unknown
	day    int    // 1–31, absent or unknown
	time   string // "" or HH:MM[:SS][zone]
	mark   byte   // 0, '~', '?' or '%'
	gap    byte   // 0 = a date; 'o' = open end (..); 'u' = unknown end (nothing written)
}

const (
	absent  = 0
	unknown = -1
)

// dateItem is a date or, if span, a stretch between two dates.
type dateItem struct {
	from, to datePoint
	span     bool
}

type dateShape uint8

const (
	shapePoint dateShape = iota
	shapeRange           // a/b
	shapeOneOf           // [a,b,c..d]
	shapeAllOf           // {a,b,c..d}
)

type dateExpr struct {
	shape dateShape
	items []dateItem
}

func parseEDTF(s string) (dateExpr, error) {
	if s == "" {
		return dateExpr{}, dateError(errDate)
	}
	switch {
	case s[0] == '[' || s[0] == '{':
		return parseDateSet(s)
	case strings.Contains(s, "/"):
		from, to, _ := strings.Cut(s, "/")
		it, err := parseDateSpan(from, to, true)
		return dateExpr{shape: shapeRange, items: []dateItem{it}}, err
	}
	p, err := parseDatePoint(s)
	return dateExpr{items: []dateItem{{from: p}}}, err
}

func parseDateSet(s string) (dateExpr, error) {
	e := dateExpr{shape: shapeOneOf}
	closing := byte(']')
	if s[0] == '{' {
		e.shape, closing = shapeAllOf, '}'
	}
	if s[len(s)-1] != closing {
		return e, dateError(errDateSet)
	}
	parts := strings.Split(s[1:len(s)-1], ",")
	if len(parts) > maxDateSet {
		return e, dateError(errDateSet)
	}
	for _, part := range parts {
		part = strings.TrimSpace(part)
		var it dateItem
		var err error
		if from, to, ok := strings.Cut(part, ".."); ok {
			if e.shape == shapeAllOf && (from == "" || to == "") {
				return e, dateError(errDateSet) // "all days since" is a range
			}
			it, err = parseDateSpan(openIfEmpty(from), openIfEmpty(to), false)
		} else {
			it.from, err = parseDatePoint(part)
		}
		if err != nil {
			return e, err
		}
		e.items = append(e.items, it)
	}
	if len(e.items) == 1 && !e.items[0].span { // a set of one is that one
		e.shape = shapePoint
	}
	return e, nil
}

func openIfEmpty(s string) string {
	if s == "" {
		return ".."
	}
	return s
}

// parseDateSpan reads the two ends of a range; an end may be ".." (open) and,
// where unknownOK, empty (not known). At least one end must be a date.
func parseDateSpan(from, to string, unknownOK bool) (dateItem, error) {
	it := dateItem{span: true}
	for i, s := range [2]string{from, to} {
		p := datePoint{}
		var err error
		switch s = strings.TrimSpace(s); {
		case s == "..":
			p.gap = 'o'
		case s == "" && unknownOK:
			p.gap = 'u'
		default:
			p, err = parseDatePoint(s)
		}
		if err != nil {
			return it, err
		}
		if i == 0 {
			it.from = p
		} else {
			it.to = p
		}
	}
	if it.from.open() && it.to.open() {
		return it, dateError(errDateRange)
	}
	if !it.from.open() && !it.to.open() && it.to.latest().Before(it.from.earliest()) {
		return it, dateError(errDateOrder)
	}
	return it, nil
}

func parseDatePoint(s string) (datePoint, error) {
	var p datePoint
	if n := len(s); n > 0 && strings.IndexByte("~?%", s[n-1]) >= 0 {
		p.mark, s = s[n-1], s[:n-1]
	}
	if i := strings.IndexAny(s, "Tt"); i >= 0 {
		t, ok := canonicalTime(s[i+1:])
		if !ok || i != len("2012-05-06") {
			return p, dateError(errDateTime)
		}
		p.time, s = t, s[:i]
	}
	parts := strings.Split(s, "-")
	if len(parts) > 3 {
		return p, dateError(errDate)
	}
	if err := p.parseYear(parts[0]); err != nil {
		return p, err
	}
	var err error
	if len(parts) > 1 {
		if p.month, err = twoDigits(parts[1], errDateMonth); err != nil {
			return p, err
		}
	}
	if len(parts) > 2 {
		if p.day, err = twoDigits(parts[2], errDate); err != nil {
			return p, err
		}
	}
	return p, p.check(len(parts))
}

func (p *datePoint) parseYear(s string) error {
	if len(s) != 4 {
		return dateError(errDateYear)
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c == 'X' || c == 'x':
			p.blanks++
			p.year *= 10
		case c >= '0' && c <= '9' && p.blanks == 0:
			p.year = p.year*10 + int(c-'0')
		case c >= '0' && c <= '9':
			return dateError(errDateMask)
		default:
			return dateError(errDateYear)
		}
	}
	return nil
}

func twoDigits(s, key string) (int, error) {
	if s == "XX" || s == "xx" {
		return unknown, nil
	}
	if len(s) != 2 || s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9' {
		return 0, dateError(key)
	}
	n := int(s[0]-'0')*10 + int(s[1]-'0')
	if n == 0 {
		return 0, dateError(key)
	}
	return n, nil
}

// check refuses what the calendar does not have; parts is how many were written.
func (p *datePoint) check(parts int) error {
	season := p.month >= 21 && p.month <= 24
	switch {
	case p.month > 12 && !season:
		return dateError(errDateMonth)
	case parts == 3 && season:
		return dateError(errDateMonth)
	case p.month == unknown && p.day > 0:
		return dateError(errDateMask)
	case p.time != "" && (p.day <= 0 || p.blanks > 0):
		return dateError(errDateTime)
	}
	if p.day > 0 {
		// with unknown digits some year of the span is a leap year
		max := daysInMonth(p.year, p.month)
		if p.blanks > 0 && p.month == 2 {
			max = 29
		}
		if p.day > max {
			return dateError(errDateDay, "max", max)
		}
	}
	return nil
}

// canonicalTime accepts HH:MM, HH:MM:SS with nothing, Z, ±HH or ±HH:MM behind.
func canonicalTime(s string) (string, bool) {
	clock, zone := s, ""
	if i := strings.IndexAny(s, "Zz+-"); i >= 0 {
		clock, zone = s[:i], s[i:]
	}
	if len(clock) != 5 && len(clock) != 8 {
		return "", false
	}
	for i, limit := range [3]int{24, 60, 60} {
		if i*3 >= len(clock) {
			break
		}
		if i > 0 && clock[i*3-1] != ':' {
			return "", false
		}
		a, b := clock[i*3]-'0', clock[i*3+1]-'0'
		if a > 9 || b > 9 || int(a)*10+int(b) >= limit {
			return "", false
		}
	}
	zone, ok := canonicalZone(zone)
	return clock + zone, ok
}

func canonicalZone(z string) (string, bool) {
	switch {
	case z == "":
		return "", true
	case z == "Z" || z == "z":
		return "Z", true
	case len(z) == 3:
		z += ":00"
	}
	if len(z) != 6 || z[3] != ':' {
		return "", false
	}
	for i, c := range []byte(z) {
		if i != 0 && i != 3 && (c < '0' || c > '9') {
			return "", false
		}
	}
	hours, minutes := int(z[1]-'0')*10+int(z[2]-'0'), int(z[4]-'0')*10+int(z[5]-'0')
	if hours > 14 || minutes > 59 {
		return "", false
	}
	if hours == 0 && minutes == 0 {
		return "Z", true
	}
	return z, true
}
