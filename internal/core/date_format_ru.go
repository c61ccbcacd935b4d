package core

import "strconv"

// dateWriterRu writes dates in Russian.
type dateWriterRu struct{}

func (w dateWriterRu) alone(p datePoint) string {
	prefix, c := w.marked(p.mark)
	p.mark = 0
	return prefix + w.full(p, c)
}

func (dateWriterRu) marked(mark byte) (string, grammarCase) {
	switch mark {
	case '~':
		return "около ", genitive
	case '?':
		return "предположительно ", nominative
	case '%':
		return "предположительно около ", genitive
	}
	return "", nominative
}

func (w dateWriterRu) full(p datePoint, c grammarCase) string {
	year, rest := w.yearOf(p, c), ""
	s := year
	if p.month > 0 {
		if p.blanks > 0 {
			s = w.head(p, c) + ", " + year
		} else {
			s = w.head(p, c) + " " + year
		}
	}
	switch {
	case p.month == unknown && p.day == unknown:
		rest = ", месяц и день неизвестны"
	case p.month == unknown:
		rest = ", месяц неизвестен"
	case p.day == unknown:
		rest = ", день неизвестен"
	}
	if p.time != "" {
		rest += ", " + clock(p.time)
	}
	switch p.mark {
	case '~':
		rest += " (примерно)"
	case '?':
		rest += " (предположительно)"
	case '%':
		rest += " (примерно, предположительно)"
	}
	return s + rest
}

func (w dateWriterRu) yearOf(p datePoint, c grammarCase) string {
	switch p.blanks {
	case 0:
		return w.year(strconv.Itoa(p.year), false)
	case 1:
		ending := map[grammarCase]string{nominative: "-е", genitive: "-х", instrumental: "-ми", accusative: "-е"}[c]
		return w.year(strconv.Itoa(p.year)+ending, true)
	case 4:
		return "год неизвестен"
	}
	return w.year(strconv.Itoa(p.year)+"–"+strconv.Itoa(p.lastYear()), true)
}

func (dateWriterRu) head(p datePoint, c grammarCase) string {
	words := &dateWordsRu
	switch {
	case p.day > 0:
		return strconv.Itoa(p.day) + " " + words.genitive[p.month-1]
	case p.season():
		switch c {
		case genitive:
			return words.seasonsGenitive[p.month-21]
		case accusative:
			return words.seasonsAccusative[p.month-21]
		case instrumental:
			return words.seasonsInstrumental[p.month-21]
		}
		return words.seasons[p.month-21]
	case c == genitive:
		return words.genitive[p.month-1]
	case c == instrumental:
		return words.instrumental[p.month-1]
	}
	return words.nominative[p.month-1] // months look the same in the accusative
}

func (dateWriterRu) year(s string, many bool) string {
	if many {
		return s + " гг."
	}
	return s + " г."
}

func (w dateWriterRu) monthYear(days string, p datePoint) string {
	return days + " " + dateWordsRu.genitive[p.month-1] + " " + w.year(strconv.Itoa(p.year), false)
}

func (w dateWriterRu) withYear(heads, year string) string { return heads + " " + w.year(year, false) }

func (dateWriterRu) conjunction(or bool) string {
	if or {
		return " или "
	}
	return " и "
}

func (dateWriterRu) rangeCases() (start, end grammarCase) { return genitive, accusative }

func (dateWriterRu) fromTo(from, to string, start, end datePoint) string {
	switch {
	case from == "" && start.gap == 'u':
		return "по " + to + ", начало неизвестно"
	case from == "":
		return "по " + to
	case to == "" && end.gap == 'u':
		return "с " + from + ", окончание неизвестно"
	case to == "":
		return "с " + from
	}
	return "с " + from + " по " + to
}

func (dateWriterRu) limits(from, to string) string {
	if from == "" {
		return "не позднее " + to
	}
	return "не ранее " + from
}

func (dateWriterRu) between(pair string) string { return "между " + pair }
