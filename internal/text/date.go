package text

import (
	"fmt"
	"strconv"
)

// FormatDate writes a date as a sentence of lang does: «4 декабря 2011 г.»,
// "4 December 2011". Day 0 or month 0 means unknown and is left out: «декабрь
// 2011 г.», «2011 г.»; so is a month outside 1–12. Year 0 means unknown:
// «4 декабря». The spaces inside are no-break spaces where a line must not end.
func FormatDate(lang string, year, month, day int) string {
	lang = baseLang(lang)
	if month < 1 || month > 12 {
		month = 0
	}
	y, d := strconv.Itoa(year), strconv.Itoa(day)
	switch {
	case month == 0 && year == 0:
		return ""
	case month == 0:
		return yearAlone(lang, y)
	case day < 1 || day > 31:
		if year == 0 {
			return MonthName(lang, month)
		}
		return FormatMonth(lang, year, month)
	case year == 0:
		return dayAndMonth(lang, d, month)
	}
	return fullDate(lang, y, d, month)
}

// FormatMonth writes a month of a year: «декабрь 2011 г.», "December 2011".
func FormatMonth(lang string, year, month int) string {
	lang = baseLang(lang)
	name, y := MonthName(lang, month), strconv.Itoa(year)
	switch lang {
	case "ru", "be":
		return name + " " + y + nbsp + "г."
	case "uk":
		return name + " " + y + nbsp + "р."
	case "kk":
		return y + nbsp + "ж. " + name
	case "ky":
		return y + "-ж. " + name
	case "uz":
		return y + "-yil " + name
	case "hy":
		return y + nbsp + "թ. " + name
	case "ka":
		return name + ", " + y
	}
	return name + " " + y
}

func yearAlone(lang, y string) string {
	switch lang {
	case "ru", "be":
		return y + nbsp + "г."
	case "uk":
		return y + nbsp + "р."
	case "kk":
		return y + nbsp + "ж."
	case "ky":
		return y + "-ж."
	case "hy":
		return y + nbsp + "թ."
	case "uz":
		return y + "-yil"
	}
	return y
}

func dayAndMonth(lang, d string, month int) string {
	switch lang {
	case "ky", "uz":
		return d + "-" + monthInDate(lang, month)
	}
	return d + nbsp + monthInDate(lang, month)
}

// fullDate writes the long dates of each language from our own knowledge of its
// usage; they have not been checked against CLDR.
func fullDate(lang, y, d string, month int) string {
	dm := dayAndMonth(lang, d, month)
	switch lang {
	case "ru", "be":
		return dm + " " + y + nbsp + "г."
	case "uk":
		return dm + " " + y + nbsp + "р."
	case "kk":
		return y + nbsp + "ж. " + dm
	case "ky":
		return y + "-ж., " + dm
	case "uz":
		return y + "-yil " + dm
	case "hy":
		return dm + ", " + y + nbsp + "թ."
	case "ka":
		return dm + ", " + y
	}
	return dm + " " + y
}

// MonthName returns the name of month 1–12 standing alone (nominative), "" for
// any other number. An unknown language gets English names.
func MonthName(lang string, month int) string {
	if month < 1 || month > 12 {
		return ""
	}
	return monthNames(baseLang(lang))[month-1]
}

// monthInDate returns the form used after a day: genitive where the language has
// one, ezafe in Tajik.
func monthInDate(lang string, month int) string {
	if table, ok := monthGenitives(lang); ok {
		return table[month-1]
	}
	return MonthName(lang, month)
}

// FormatISO writes a date in figures for tables and file names: "2011-12-04",
// "2011-12", "2011". Day 0 or month 0 means unknown.
func FormatISO(year, month, day int) string {
	switch {
	case month == 0:
		return fmt.Sprintf("%04d", year)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}
