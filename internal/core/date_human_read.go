package core

// dateReader turns tokens into one or several dates and what joins them.
type dateReader struct {
	tokens []dateToken
	opts   HumanDateOptions

	points []loosePoint
	joins  []dateCue // joins[i] stands between points[i] and points[i+1]
	before dateCue   // cueFrom, cueBefore, cueAfter, cueBetween before the first date
	night  bool
}

func (r *dateReader) read() (Date, error) {
	cur, have := loosePoint{}, false
	for i, t := range r.tokens {
		switch t.kind {
		case tokenCue:
			if joins(t.cue) && have && !r.commaInside(i, cur) {
				r.points, r.joins = append(r.points, cur), append(r.joins, t.cue)
				cur, have = loosePoint{}, false
				continue
			}
			if !r.cue(t.cue, &cur, have) {
				return Date{}, dateError(errDate)
			}
		case tokenTime:
			if cur.time != "" {
				return Date{}, dateError(errDateTime)
			}
			cur.time, have = t.text, true
		default:
			if !r.add(&cur, t, i) {
				return Date{}, dateError(errDate)
			}
			have = true
		}
	}
	if have {
		r.points = append(r.points, cur)
	} else if len(r.joins) == len(r.points) && len(r.joins) > 0 {
		r.joins = r.joins[:len(r.joins)-1] // a trailing comma or dash
	}
	if len(r.points) == 0 {
		return Date{}, dateError(errDate)
	}
	if err := r.inherit(); err != nil {
		return Date{}, err
	}
	return r.build()
}

func joins(c dateCue) bool {
	switch c {
	case cueDash, cueAnd, cueOr, cueTo, cueOn, cueBefore:
		return true
	}
	return false
}

// commaInside tells the comma of "Dec 6, 2011", "вс, 6 мая" and "6 мая, 14:30"
// (and the dash of 6-Dec-2011) from one that separates dates.
func (r *dateReader) commaInside(i int, cur loosePoint) bool {
	c := r.tokens[i].cue
	if c != cueAnd && c != cueDash || i+1 >= len(r.tokens) {
		return false
	}
	next := r.tokens[i+1]
	switch {
	case next.kind == tokenTime:
		return cur.time == ""
	case next.kind == tokenNumber && next.width == 4:
		return !cur.hasYear && (cur.month > 0 || c == cueAnd && cur.day > 0)
	case next.kind == tokenNumber && next.width == 2 && c == cueDash:
		return cur.month > 0 && cur.day > 0 && !cur.hasYear
	case next.kind == tokenNumber && next.width <= 2 && c == cueAnd: // "May, 6, 2012"
		return cur.month > 0 && cur.day == 0 && !cur.hasYear
	case next.kind == tokenMonth && c == cueAnd: // "2012, май"
		return cur.hasYear && cur.month == 0
	case next.kind == tokenMonth && c == cueDash: // 6-Dec-2011, but not "6 - December"
		return cur.day > 0 && cur.month == 0 && i+3 < len(r.tokens) && r.tokens[i+2].cue == cueDash
	}
	return false
}

// cue applies a word to the date being read; have is whether it has begun.
func (r *dateReader) cue(c dateCue, cur *loosePoint, have bool) bool {
	switch c {
	case cueNoise, cueAnd, cueDash:
	case cueAbout, cueMaybe:
		mark := byte('~')
		if c == cueMaybe {
			mark = '?'
		}
		if cur.mark != 0 && cur.mark != mark {
			mark = '%'
		}
		cur.mark = mark
	case cueEarly, cueMiddle, cueLate, cueFirst, cueSecond:
		if cur.part != cueNone {
			return false
		}
		cur.part = c
	case cueHalf:
		if cur.day == 1 || cur.day == 2 { // "1 половина"
			cur.part = cueFirst + dateCue(cur.day-1)
			cur.day = 0
		}
		return cur.part == cueFirst || cur.part == cueSecond
	case cueQuarter:
		if cur.day < 1 || cur.day > 4 {
			cur.quarter = -1 // "Q1": the number follows
			return true
		}
		cur.quarter, cur.day = cur.day, 0
	case cueFrom, cueBefore, cueAfter, cueBetween, cueTo:
		if have || r.before != cueNone || len(r.points) > 0 {
			return false
		}
		r.before = c
	case cueNight:
		r.night = true
	case cueOn:
		if have || !r.night || len(r.points) > 0 || r.before != cueNone {
			return false
		}
		r.before = c
	default:
		return false
	}
	return true
}

// add puts a number, month, season or numeric date into the date being read.
func (r *dateReader) add(cur *loosePoint, t dateToken, i int) bool {
	switch t.kind {
	case tokenMonth, tokenSeason:
		if cur.month != 0 {
			return false
		}
		cur.month = t.value
	case tokenPoint:
		if cur.day != 0 || cur.month != 0 || cur.hasYear {
			return false
		}
		p := t.point
		p.mark, p.part, p.time = cur.mark, cur.part, cur.time
		*cur = p
	case tokenNumber:
		return r.addNumber(cur, t, i)
	}
	return true
}

func (r *dateReader) addNumber(cur *loosePoint, t dateToken, i int) bool {
	switch {
	case t.width > 2 && t.width != 4:
		return false
	case t.width == 4:
		if cur.hasYear {
			return false
		}
		cur.year, cur.hasYear = t.value, true
	case cur.quarter < 0:
		if t.value < 1 || t.value > 4 {
			return false
		}
		cur.quarter = t.value
	case cur.day == 0 && !(cur.month > 12) && t.value >= 1 && t.value <= 31 && !(cur.month > 0 && r.last(i) && t.width == 2 && r.points == nil && r.monthFirst(i)):
		cur.day = t.value
	case !cur.hasYear && t.width == 2:
		cur.year, cur.hasYear = r.opts.fullYear(t.value), true
	default:
		return false
	}
	return true
}

// last reports whether nothing but small words follows token i.
func (r *dateReader) last(i int) bool {
	for _, t := range r.tokens[i+1:] {
		if t.kind != tokenCue || t.cue != cueNoise {
			return false
		}
	}
	return true
}

// monthFirst: "декабрь 11 г." names a month and a year, "December 11" a day.
func (r *dateReader) monthFirst(i int) bool {
	return i+1 < len(r.tokens) && i > 0 && r.tokens[i-1].kind == tokenMonth
}

// inherit fills "5–6 мая 2012" from the right: what a date lacks, the next has.
func (r *dateReader) inherit() error {
	n := len(r.points)
	for i := n - 2; i >= 0; i-- {
		p, next := &r.points[i], r.points[i+1]
		if p.month == 0 && !p.hasYear && p.quarter == 0 {
			p.month = next.month
			if p.day == 0 && p.time != "" {
				p.day = next.day
			}
		}
		if !p.hasYear {
			p.year, p.blanks, p.hasYear = next.year, next.blanks, next.hasYear
			if next.hasYear && p.month > next.month && next.month > 0 && p.month <= 12 && next.month <= 12 {
				p.year-- // "30 декабря – 2 января 2012"
			}
		}
	}
	for i := 1; i < n; i++ { // "6 мая 2012 14:30 - 18:00", "May 5-6, 2012"
		p, prev := &r.points[i], r.points[i-1]
		if p.hasYear && (p.day > 0 || p.month > 0) && p.month != 0 {
			continue
		}
		if p.month == 0 && p.day == 0 && p.time != "" {
			p.day = prev.day
		}
		if p.month == 0 && p.day != 0 {
			p.month = prev.month
		}
		if !p.hasYear {
			p.year, p.blanks, p.hasYear = prev.year, prev.blanks, prev.hasYear
		}
		if !r.points[i-1].hasYear {
			r.points[i-1].year, r.points[i-1].hasYear = p.year, p.hasYear
		}
	}
	for _, p := range r.points {
		if !p.hasYear {
			return dateError(errDateYear)
		}
	}
	return nil
}
