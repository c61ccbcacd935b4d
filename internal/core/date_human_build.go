package core

// build joins the dates that were read.
func (r *dateReader) build() (Date, error) {
	for _, p := range r.points {
		if p.year < 1 && p.blanks == 0 {
			return Date{}, dateError(errDateYear)
		}
	}
	r.spreadMark()
	first := r.points[0]
	if len(r.points) == 1 {
		return r.buildOne(first)
	}
	second := r.points[1]
	if len(r.points) == 2 && first.month == 24 && (second.month == 24 || second.month == 0) && second.year == first.year+1 { // "зима 2011/2012"
		from, to := datePoint{year: first.year, month: 12}, datePoint{year: second.year, month: 2}
		return oneOf(dateItem{from: from, to: to, span: true}).date(), nil
	}
	join := r.joins[0]
	if len(r.points) == 2 && r.before == cueBetween && join == cueAnd {
		it, err := spanOf(first, second)
		return oneOf(it).date(), err
	}
	e := dateExpr{shape: shapeAllOf}
	for i := 0; i < len(r.points); i++ {
		if i < len(r.joins) && isSpanJoin(r.joins[i]) {
			it, err := spanOf(r.points[i], r.points[i+1])
			if err != nil {
				return Date{}, err
			}
			e.items = append(e.items, it)
			i++
		} else {
			items := itemsOf(r.points[i])
			if len(items) > 1 || items[0].span {
				e.shape = shapeOneOf
			}
			e.items = append(e.items, items...)
		}
		if i < len(r.joins) && r.joins[i] != cueAnd {
			e.shape = shapeOneOf
		}
	}
	if r.before != cueNone && !(r.before == cueFrom && len(e.items) <= 2) || len(e.items) > maxDateSet {
		return Date{}, dateError(errDateRange)
	}
	if len(e.items) == 1 && e.items[0].span && !r.night {
		e.shape = shapeRange
	} else if r.night {
		e.shape = shapeOneOf
	}
	return e.date(), nil
}

func isSpanJoin(c dateCue) bool { return c == cueDash || c == cueTo || c == cueBefore }

// spreadMark lets "ок. 5–6 мая" and "5–6 мая ?" doubt both dates.
func (r *dateReader) spreadMark() {
	var mark byte
	for _, p := range r.points {
		if p.mark != 0 {
			mark = p.mark
		}
	}
	for i := range r.points {
		if r.points[i].mark == 0 {
			r.points[i].mark = mark
		}
	}
}

func (r *dateReader) buildOne(p loosePoint) (Date, error) {
	items := itemsOf(p)
	low, high := items[0].from, items[len(items)-1].from
	if items[0].span {
		high = items[0].to
	}
	open := datePoint{gap: 'o'}
	switch r.before {
	case cueNone:
		if len(items) == 1 && !items[0].span {
			return dateExpr{items: items}.date(), nil
		}
		return dateExpr{shape: shapeOneOf, items: items}.date(), nil
	case cueFrom:
		return dateExpr{shape: shapeRange, items: []dateItem{{from: low, to: open, span: true}}}.date(), nil
	case cueTo:
		return dateExpr{shape: shapeRange, items: []dateItem{{from: open, to: high, span: true}}}.date(), nil
	case cueBefore:
		return oneOf(dateItem{from: open, to: high, span: true}).date(), nil
	case cueAfter:
		return oneOf(dateItem{from: low, to: open, span: true}).date(), nil
	case cueOn: // "в ночь на 6 мая": the 5th or the 6th
		if !high.exact() || !high.earliest().Valid() || high.earliest() == MinDay {
			return Date{}, dateError(errDate)
		}
		day := high.earliest().AddDays(-1)
		before := datePoint{year: day.Year, month: day.Month, day: day.Day}
		high.time = ""
		return dateExpr{shape: shapeOneOf, items: []dateItem{{from: before}, {from: high}}}.date(), nil
	}
	return Date{}, dateError(errDateRange)
}

func oneOf(it dateItem) dateExpr { return dateExpr{shape: shapeOneOf, items: []dateItem{it}} }

// spanOf joins two dates as from–to. What is vague at an end ("с начала мая")
// becomes approximate there; an ambiguous day becomes an uncertain one.
func spanOf(a, b loosePoint) (dateItem, error) {
	from, to := itemsOf(a), itemsOf(b)
	it := dateItem{from: from[0].from, to: to[0].from, span: true}
	if from[0].span {
		it.from.mark = '~'
	}
	if to[0].span {
		it.to = to[0].to
		it.to.mark = '~'
	}
	if len(from) > 1 || len(to) > 1 {
		it.from.mark, it.to.mark = '?', '?'
	}
	return it, nil
}

// itemsOf turns what was read into one date, a stretch, or two alternatives.
func itemsOf(p loosePoint) []dateItem {
	d := datePoint{year: p.year, blanks: p.blanks, month: p.month, day: p.day, time: p.time, mark: p.mark}
	if p.blanks == 1 {
		d.year -= d.year % 10
	}
	switch {
	case p.ambiguous:
		other := d
		other.day, other.month = d.month, d.day
		if other.earliest().Before(d.earliest()) {
			d, other = other, d
		}
		return []dateItem{{from: d}, {from: other}}
	case p.quarter > 0:
		from, to := d, d
		from.month, to.month = p.quarter*3-2, p.quarter*3
		return []dateItem{{from: from, to: to, span: true}}
	case p.part != cueNone && p.day == 0 && p.blanks == 0 && p.month <= 12 && p.month >= 0:
		return []dateItem{partOf(d, p.part)}
	case p.part != cueNone && d.mark == 0:
		d.mark = '~' // "начало весны": no narrower bounds are honest
	}
	return []dateItem{{from: d}}
}

// partOf narrows a month to 1–10, 11–20, 21–end or a half, and a year to four
// months or a half.
func partOf(d datePoint, part dateCue) dateItem {
	from, to := d, d
	if d.month > 0 {
		last := daysInMonth(d.year, min(d.month, 12))
		limits := map[dateCue][2]int{cueEarly: {1, 10}, cueMiddle: {11, 20}, cueLate: {21, last}, cueFirst: {1, 15}, cueSecond: {16, last}}[part]
		from.day, to.day = limits[0], limits[1]
	} else {
		limits := map[dateCue][2]int{cueEarly: {1, 4}, cueMiddle: {5, 8}, cueLate: {9, 12}, cueFirst: {1, 6}, cueSecond: {7, 12}}[part]
		from.month, to.month = limits[0], limits[1]
	}
	return dateItem{from: from, to: to, span: true}
}
