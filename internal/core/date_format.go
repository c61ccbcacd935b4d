package core

import (
	"strconv"
	"strings"
)

// Format writes d in words for readers: "4–6 мая 2012 г.", "about May 2012".
// lang is a language tag; "ru…" gives Russian, everything else English. The
// zero Date gives "".
func (d Date) Format(lang string) string {
	if d.IsZero() {
		return ""
	}
	var w dateWriter = dateWriterEn{}
	if lang == "ru" || strings.HasPrefix(lang, "ru-") || strings.HasPrefix(lang, "ru_") {
		w = dateWriterRu{}
	}
	e := d.expr()
	switch e.shape {
	case shapeRange:
		return formatRange(w, e.items[0])
	case shapePoint:
		return w.alone(e.items[0].from)
	}
	if len(e.items) == 1 {
		return formatBetween(w, e.items[0])
	}
	points := make([]datePoint, 0, len(e.items))
	spans := false
	for _, it := range e.items {
		points = append(points, it.from)
		spans = spans || it.span
	}
	or := e.shape == shapeOneOf
	if !spans {
		return joinPoints(w, points, w.conjunction(or), nominative)
	}
	texts := make([]string, len(e.items))
	for i, it := range e.items {
		switch {
		case !it.span:
			texts[i] = w.full(it.from, nominative)
		case or:
			texts[i] = formatBetween(w, it)
		default:
			texts[i] = formatRange(w, it)
		}
	}
	return joinTexts(texts, w.conjunction(or))
}

// grammarCase is the Russian case a date must stand in; English ignores it.
type grammarCase uint8

const (
	nominative grammarCase = iota
	genitive
	instrumental
	accusative
)

// dateWriter is one language.
type dateWriter interface {
	alone(p datePoint) string                            // a date that stands by itself
	full(p datePoint, c grammarCase) string              // a date inside a phrase
	marked(mark byte) (prefix string, c grammarCase)     // "about ", and the case that follows
	head(p datePoint, c grammarCase) string              // without the year: "6 мая", "май"
	year(s string, many bool) string                     // "2012 г.", "2011–2012 гг."
	monthYear(days string, p datePoint) string           // "4–6" → "4–6 мая 2012 г."
	withYear(heads string, year string) string           // "май–июнь" → "май–июнь 2012 г."
	conjunction(or bool) string                          // " или ", " и "
	fromTo(from, to string, start, end datePoint) string // texts are "" for an open end
	limits(from, to string) string                       // no earlier / no later than
	between(pair string) string
	rangeCases() (start, end grammarCase)
}

// plain dates have no gaps or marks, so their texts can be merged.
func (p datePoint) plain() bool {
	return p.gap == 0 && p.blanks == 0 && p.mark == 0 && p.time == "" && p.month != unknown && p.day != unknown
}

func joinTexts(texts []string, last string) string {
	if last == "–" {
		last = " – "
	}
	n := len(texts) - 1
	if n < 1 || last == " – " {
		return strings.Join(texts, last)
	}
	return strings.Join(texts[:n], ", ") + last + texts[n]
}

// joinPoints names a shared month and year only once. last stands before the
// last date: "–", " или ", " и ".
func joinPoints(w dateWriter, points []datePoint, last string, c grammarCase) string {
	first := points[0]
	sameMonth, sameYear, onlyYears, mergeable := true, true, true, true
	for _, p := range points {
		mergeable = mergeable && p.plain() && p.precision() == first.precision()
		sameYear = sameYear && p.year == first.year
		sameMonth = sameMonth && p.month == first.month && p.day > 0
		onlyYears = onlyYears && p.month == absent
	}
	texts := make([]string, len(points))
	for i, p := range points {
		switch {
		case mergeable && sameYear && sameMonth:
			texts[i] = strconv.Itoa(p.day)
		case mergeable && onlyYears:
			texts[i] = strconv.Itoa(p.year)
		case mergeable && sameYear:
			texts[i] = w.head(p, c)
		default:
			texts[i] = w.full(p, c)
		}
	}
	text := joinTexts(texts, last)
	if last == "–" && mergeable && (onlyYears || sameYear && (sameMonth || first.day == 0)) {
		text = strings.Join(texts, last) // no blanks around the dash between single words
	}
	switch {
	case mergeable && sameYear && sameMonth:
		return w.monthYear(text, first)
	case mergeable && onlyYears:
		return w.year(text, true)
	case mergeable && sameYear:
		return w.withYear(text, strconv.Itoa(first.year))
	}
	return text
}

func formatRange(w dateWriter, it dateItem) string {
	if it.from.plain() && it.to.plain() && it.from.precision() == it.to.precision() {
		if it.from == it.to {
			return w.full(it.from, nominative)
		}
		return joinPoints(w, []datePoint{it.from, it.to}, "–", nominative)
	}
	if mark := it.from.mark; mark != 0 && mark == it.to.mark { // "about 5–6 May 2012"
		a, b := it.from, it.to
		a.mark, b.mark = 0, 0
		if a.plain() && b.plain() && a.precision() == b.precision() && a != b {
			prefix, c := w.marked(mark)
			return prefix + joinPoints(w, []datePoint{a, b}, "–", c)
		}
	}
	if a, b := it.from, it.to; a.timed() && b.timed() && a.mark|b.mark == 0 && len(a.time) == len(b.time) {
		a.time, b.time = "", ""
		if a == b && len(it.from.time) <= 8 { // hours of one day, no zones
			return w.full(it.from, nominative) + "–" + it.to.time
		}
	}
	start, end := w.rangeCases()
	var from, to string
	if !it.from.open() {
		from = w.full(it.from, start)
	}
	if !it.to.open() {
		to = w.full(it.to, end)
	}
	return w.fromTo(from, to, it.from, it.to)
}

// formatBetween writes a stretch in which the date lies.
func formatBetween(w dateWriter, it dateItem) string {
	switch {
	case it.from.open():
		return w.limits("", w.full(it.to, genitive))
	case it.to.open():
		return w.limits(w.full(it.from, genitive), "")
	}
	return w.between(joinPoints(w, []datePoint{it.from, it.to}, w.conjunction(false), instrumental))
}

// clock splits a time into what is read and its zone: "14:30", " (UTC+3)".
func clock(t string) string {
	i := strings.IndexAny(t, "Z+-")
	if i < 0 {
		return t
	}
	zone := "UTC"
	if t[i] != 'Z' {
		sign := "+"
		if t[i] == '-' {
			sign = "−"
		}
		zone += sign + strings.TrimPrefix(t[i+1:i+3], "0")
		if m := t[i+4:]; m != "00" {
			zone += ":" + m
		}
	}
	return t[:i] + " (" + zone + ")"
}
