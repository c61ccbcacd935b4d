package sheet

import "strings"

// numberWords are the words for whole numbers, in any case form that tables use.
var numberWords = map[string]float64{
	"ноль": 0, "ни одного": 0, "никого": 0, "один": 1, "одна": 1, "одно": 1, "одного": 1, "одну": 1, "два": 2, "две": 2, "двое": 2, "двух": 2, "пара": 2,
	"три": 3, "трое": 3, "трех": 3, "четыре": 4, "четверо": 4, "четырех": 4, "пять": 5, "пятеро": 5, "пяти": 5, "шесть": 6, "шестеро": 6,
	"шести": 6, "семь": 7, "семеро": 7, "семи": 7, "восемь": 8, "восьмеро": 8, "восьми": 8, "девять": 9, "девятеро": 9, "девяти": 9,
	"десять": 10, "десятеро": 10, "десяти": 10, "десяток": 10, "десятка": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13,
	"четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20,
	"двадцати": 20, "тридцать": 30, "тридцати": 30, "сорок": 40, "сорока": 40, "пятьдесят": 50, "пятидесяти": 50, "шестьдесят": 60,
	"шестидесяти": 60, "семьдесят": 70, "семидесяти": 70, "восемьдесят": 80, "восьмидесяти": 80, "девяносто": 90, "сто": 100, "ста": 100, "сотня": 100,
	"сотни": 100, "двести": 200, "двухсот": 200, "триста": 300, "трехсот": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700,
	"восемьсот": 800, "девятьсот": 900,
	"zero": 0, "none": 0, "nobody": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
	"dozen": 12, "дюжина": 12,
}

// vagueNumberWords are round by nature: «сотня» is about a hundred.
var vagueNumberWords = map[string]bool{"десяток": true, "десятка": true, "сотня": true, "сотни": true, "пара": true, "дюжина": true, "dozen": true}

// multipliers stand behind a number: 1,5 тыс.
var multipliers = map[string]float64{
	"тыс": 1e3, "тысяча": 1e3, "тысячи": 1e3, "тысяч": 1e3, "thousand": 1e3, "млн": 1e6, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6,
	"million": 1e6, "млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "billion": 1e9,
}

// numberCues say how the number is meant. Several words are tried first.
var numberCues = []struct {
	words string
	key   string // noteNumberAbout, noteNumberAtLeast, noteNumberAtMost
}{
	{"не менее чем", noteNumberAtLeast}, {"не менее", noteNumberAtLeast}, {"не меньше", noteNumberAtLeast}, {"более чем", noteNumberAtLeast},
	{"at least", noteNumberAtLeast}, {"more than", noteNumberAtLeast}, {"no less than", noteNumberAtLeast}, {"no fewer than", noteNumberAtLeast},
	{"как минимум", noteNumberAtLeast}, {"по меньшей мере", noteNumberAtLeast}, {"по крайней мере", noteNumberAtLeast}, {"хотя бы", noteNumberAtLeast},
	{"не более чем", noteNumberAtMost}, {"не более", noteNumberAtMost}, {"не больше", noteNumberAtMost}, {"at most", noteNumberAtMost},
	{"up to", noteNumberAtMost}, {"less than", noteNumberAtMost}, {"fewer than", noteNumberAtMost}, {"no more than", noteNumberAtMost},
	{"и более", noteNumberAtLeast}, {"и больше", noteNumberAtLeast}, {"or more", noteNumberAtLeast}, {"and more", noteNumberAtLeast},
	{"или более", noteNumberAtLeast}, {"or so", noteNumberAbout},

	{"более", noteNumberAtLeast}, {"больше", noteNumberAtLeast}, {"свыше", noteNumberAtLeast}, {"св", noteNumberAtLeast}, {"минимум", noteNumberAtLeast},
	{"мин", noteNumberAtLeast}, {"over", noteNumberAtLeast}, {"above", noteNumberAtLeast}, {"min", noteNumberAtLeast}, {"minimum", noteNumberAtLeast},
	{"менее", noteNumberAtMost}, {"меньше", noteNumberAtMost}, {"максимум", noteNumberAtMost}, {"макс", noteNumberAtMost}, {"до", noteNumberAtMost},
	{"under", noteNumberAtMost}, {"max", noteNumberAtMost}, {"почти", noteNumberAbout}, {"almost", noteNumberAbout}, {"nearly", noteNumberAbout},
	{"около", noteNumberAbout}, {"ок", noteNumberAbout}, {"примерно", noteNumberAbout}, {"приблизительно", noteNumberAbout}, {"прим", noteNumberAbout},
	{"порядка", noteNumberAbout}, {"ориентировочно", noteNumberAbout}, {"предположительно", noteNumberAbout},
	{"about", noteNumberAbout}, {"around", noteNumberAbout}, {"approx", noteNumberAbout}, {"approximately", noteNumberAbout},
	{"roughly", noteNumberAbout}, {"circa", noteNumberAbout}, {"ca", noteNumberAbout}, {"some", noteNumberAbout},
}

// isUnit knows the words that are counted in this field of work.
func isUnit(w string) bool {
	for _, stem := range []string{"чел", "люд", "лиц", "задерж", "активист", "участник", "шт", "руб", "год", "лет", "дн", "день", "сут", "час", "раз",
		"мин", "мес", "убит", "ранен", "погиб", "пострада", "арест", "дет", "женщин", "мужчин", "всего", "итого",
		"people", "person", "detain", "arrest", "activist", "rub", "usd", "eur", "day", "hour", "year", "time", "wound", "kill", "total", "child",
		"women", "men"} {
		if strings.HasPrefix(w, stem) && len(w) <= len(stem)+12 {
			return true
		}
	}
	return w == "р" || w == "$" || w == "€" || w == "₽" || w == "%"
}
