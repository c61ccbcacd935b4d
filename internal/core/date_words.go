package core

import "strings"

// dateWords are the words of one language that Format needs.
type dateWords struct {
	nominative, genitive, instrumental                               [12]string // months as written after a day, after "about", …
	seasons, seasonsGenitive, seasonsAccusative, seasonsInstrumental [4]string
}

var dateWordsRu = dateWords{
	nominative: [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
	genitive:   [12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	instrumental: [12]string{"январём", "февралём", "мартом", "апрелем", "маем", "июнем", "июлем", "августом", "сентябрём", "октябрём",
		"ноябрём", "декабрём"},
	seasons:             [4]string{"весна", "лето", "осень", "зима"},
	seasonsGenitive:     [4]string{"весны", "лета", "осени", "зимы"},
	seasonsAccusative:   [4]string{"весну", "лето", "осень", "зиму"},
	seasonsInstrumental: [4]string{"весной", "летом", "осенью", "зимой"},
}

var dateMonthsEn = [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

var dateSeasonsEn = [4]string{"spring", "summer", "autumn", "winter"}

// monthWord recognises a month in lower-case Russian, Ukrainian, Belarusian or
// English, in any case form or usual abbreviation; 0 if it is none.
func monthWord(w string) int {
	w = strings.TrimSuffix(w, ".")
	if n, ok := monthExact[w]; ok {
		return n
	}
	for _, m := range monthStems {
		if rest, ok := strings.CutPrefix(w, m.stem); ok && len(rest) <= len("ями") {
			return m.month
		}
	}
	return 0
}

var monthExact = map[string]int{
	"янв": 1, "фев": 2, "февр": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "мае": 5, "маем": 5, "маю": 5,
	"июн": 6, "июл": 7, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "ноя": 11, "нояб": 11, "дек": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10,
	"november": 11, "december": 12, "травень": 5, "травня": 5, "травні": 5,
}

// monthStems hold what the case forms of a month have in common.
var monthStems = []struct {
	stem  string
	month int
}{
	{"январ", 1}, {"феврал", 2}, {"март", 3}, {"апрел", 4}, {"июн", 6}, {"июл", 7}, {"август", 8}, {"сентябр", 9},
	{"октябр", 10}, {"ноябр", 11}, {"декабр", 12},
	{"січ", 1}, {"лют", 2}, {"берез", 3}, {"квіт", 4}, {"червн", 6}, {"липн", 7}, {"серпн", 8}, {"верес", 9}, {"жовт", 10},
	{"листопад", 11}, {"груд", 12},
	{"студзен", 1}, {"сакавік", 3}, {"красавік", 4}, {"чэрвен", 6}, {"ліпен", 7}, {"жні", 8}, {"верас", 9}, {"кастрычнік", 10},
	{"лістапад", 11}, {"снежн", 12},
}

// seasonWord gives 21–24 for a season's name, 0 for anything else.
func seasonWord(w string) int {
	switch w {
	case "весна", "весны", "весной", "весною", "весне", "весну", "spring":
		return 21
	case "лето", "лета", "летом", "лету", "summer":
		return 22
	case "осень", "осени", "осенью", "autumn", "fall":
		return 23
	case "зима", "зимы", "зимой", "зимою", "зиме", "зиму", "winter":
		return 24
	}
	return 0
}

// The meanings of the small words around a date.
type dateCue uint8

const (
	cueNone    dateCue = iota
	cueNoise           // "г.", "года", "в", "on", weekdays
	cueAbout           // "около", "about"
	cueMaybe           // "предположительно", "possibly"
	cueEarly           // beginning of
	cueMiddle          // middle of
	cueLate            // end of
	cueHalf            // "половина": needs an ordinal before it
	cueQuarter         // "квартал": needs a number before it
	cueFrom            // "с", "from", "since"
	cueTo              // "по", "until"
	cueOn              // "на" as in "с 5 на 6"
	cueBefore          // "до", "не позднее", "before"
	cueAfter           // "после", "не ранее", "after"
	cueBetween         // "между", "between"
	cueAnd             // "и", "and", ","
	cueOr              // "или", "or"
	cueNight           // "ночь", "в ночь"
	cueDash            // – between two dates
	cueFirst           // "первый", for halves
	cueSecond
)

var dateCues = map[string]dateCue{
	"г": cueNoise, "гг": cueNoise, "год": cueNoise, "года": cueNoise, "году": cueNoise, "годы": cueNoise,
	"годов": cueNoise, "годах": cueNoise, "в": cueNoise, "во": cueNoise, "за": cueNoise, "месяц": cueNoise, "месяца": cueNoise,
	"число": cueNoise, "числа": cueNoise, "date": cueNoise, "дата": cueNoise, "on": cueNoise, "in": cueNoise, "of": cueNoise, "the": cueNoise,
	"at": cueNoise, "st": cueNoise, "nd": cueNoise, "rd": cueNoise, "th": cueNoise, "year": cueNoise, "s": cueNoise, "е": cueNoise, "х": cueNoise,
	"го": cueNoise, "ого": cueNoise, "р": cueNoise, "року": cueNoise, "рік": cueNoise, "ч": cueNoise,
	"утром": cueNoise, "утра": cueNoise, "днем": cueNoise, "дня": cueNoise, "вечером": cueNoise, "вечера": cueNoise, "morning": cueNoise,
	"afternoon": cueNoise, "evening": cueNoise,
	"понедельник": cueNoise, "вторник": cueNoise, "среда": cueNoise, "среду": cueNoise, "четверг": cueNoise, "пятница": cueNoise,
	"пятницу": cueNoise, "суббота": cueNoise, "субботу": cueNoise, "воскресенье": cueNoise, "пн": cueNoise, "вт": cueNoise, "ср": cueNoise,
	"чт": cueNoise, "пт": cueNoise, "сб": cueNoise, "вс": cueNoise, "monday": cueNoise, "tuesday": cueNoise, "wednesday": cueNoise,
	"thursday": cueNoise, "friday": cueNoise, "saturday": cueNoise, "sunday": cueNoise, "mon": cueNoise, "tue": cueNoise, "wed": cueNoise,
	"thu": cueNoise, "fri": cueNoise, "sat": cueNoise, "sun": cueNoise,

	"около": cueAbout, "ок": cueAbout, "примерно": cueAbout, "приблизительно": cueAbout, "прим": cueAbout,
	"ориентировочно": cueAbout, "~": cueAbout, "≈": cueAbout, "about": cueAbout, "around": cueAbout, "approx": cueAbout,
	"approximately": cueAbout, "circa": cueAbout, "ca": cueAbout, "c": cueAbout,
	"предположительно": cueMaybe, "вероятно": cueMaybe, "возможно": cueMaybe, "possibly": cueMaybe, "probably": cueMaybe, "perhaps": cueMaybe,
	"?": cueMaybe,

	"начало": cueEarly, "начале": cueEarly, "начала": cueEarly, "нач": cueEarly, "early": cueEarly, "beginning": cueEarly,
	"середина": cueMiddle, "середине": cueMiddle, "середины": cueMiddle, "сер": cueMiddle, "mid": cueMiddle, "middle": cueMiddle,
	"конец": cueLate, "конце": cueLate, "конца": cueLate, "кон": cueLate, "late": cueLate, "end": cueLate,
	"половина": cueHalf, "половине": cueHalf, "половину": cueHalf, "half": cueHalf,
	"квартал": cueQuarter, "квартале": cueQuarter, "кв": cueQuarter, "quarter": cueQuarter, "q": cueQuarter,
	"первая": cueFirst, "первой": cueFirst, "первую": cueFirst, "first": cueFirst, "вторая": cueSecond, "второй": cueSecond, "вторую": cueSecond,
	"second": cueSecond,

	"с": cueFrom, "со": cueFrom, "от": cueFrom, "from": cueFrom, "since": cueFrom, "по": cueTo, "to": cueTo, "until": cueTo, "till": cueTo,
	"through": cueTo, "на": cueOn, "до": cueBefore, "before": cueBefore, "by": cueBefore, "после": cueAfter, "after": cueAfter,
	"между": cueBetween, "between": cueBetween, "и": cueAnd, "and": cueAnd, "&": cueAnd, "или": cueOr, "либо": cueOr, "or": cueOr,
	"ночь": cueNight, "ночью": cueNight, "night": cueNight,
}
