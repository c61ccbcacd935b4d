package text

import (
	"math"
	"strconv"
	"strings"
)

// Integer is any whole-number type.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

const (
	nbsp  = "\u00a0"
	minus = "−"
)

// FormatNumber writes a whole number with the digit groups of lang: «7 206»
// (with a no-break space), "7,206". Years and identifiers are not numbers: write
// them with strconv.
func FormatNumber[N Integer](lang string, n N) string {
	if n < 0 {
		return minus + groupDigits(lang, strconv.FormatInt(int64(n), 10)[1:])
	}
	return groupDigits(lang, strconv.FormatUint(uint64(n), 10))
}

// FormatFloat writes f with the given number of decimals, or as many as it needs
// when decimals is negative: «1,5», "1.5". NaN and infinities become "—" and "∞".
func FormatFloat(lang string, f float64, decimals int) string {
	switch {
	case math.IsNaN(f):
		return "—"
	case math.IsInf(f, 1):
		return "∞"
	case math.IsInf(f, -1):
		return minus + "∞"
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(f), 'f', decimals, 64), ".")
	out := groupDigits(lang, whole)
	if fraction != "" {
		_, point := separators(lang)
		out += point + fraction
	}
	if f < 0 && strings.Trim(out, "0.,"+nbsp) != "" {
		return minus + out
	}
	return out
}

// separators returns the signs between groups of three digits and before the
// fraction, by CLDR 32 (TestSeparatorsAgreeWithCLDR).
func separators(lang string) (group, point string) {
	switch baseLang(lang) {
	case "en", "":
		return ",", "."
	case "az", "ro":
		return ".", ","
	}
	return nbsp, ","
}

func groupDigits(lang, digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	group, _ := separators(lang)
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// FormatSize writes a number of bytes in decimal units (1 MB = 1,000,000 bytes):
// «512 байт», «1,4 МБ», "1.4 MB". Languages without names of their own here use
// the Latin ones.
func FormatSize(lang string, bytes int64) string {
	lang = baseLang(lang)
	if bytes > -1000 && bytes < 1000 {
		return FormatNumber(lang, bytes) + nbsp + byteWord(lang, bytes)
	}
	units := []string{"kB", "MB", "GB", "TB", "PB", "EB"}
	switch lang {
	case "ru", "be", "kk", "ky", "tg":
		units = []string{"КБ", "МБ", "ГБ", "ТБ", "ПБ", "ЭБ"}
	case "uk":
		units = []string{"КБ", "МБ", "ГБ", "ТБ", "ПБ", "ЕБ"}
	}
	f, i := float64(bytes)/1000, 0
	// 999,500 rounds to 1000 and belongs to the next unit.
	for math.Abs(f) >= 999.5 && i < len(units)-1 {
		f, i = f/1000, i+1
	}
	decimals := 1
	if tenths := math.Round(f * 10); math.Abs(tenths) >= 1000 || math.Mod(tenths, 10) == 0 {
		decimals = 0
	}
	return FormatFloat(lang, f, decimals) + nbsp + units[i]
}

func byteWord(lang string, n int64) string {
	form := PluralForm(lang, n)
	switch lang {
	case "ru":
		if form == Few {
			return "байта"
		}
		return "байт"
	case "uk":
		switch form {
		case One:
			return "байт"
		case Few:
			return "байти"
		}
		return "байтів"
	case "be":
		switch form {
		case One:
			return "байт"
		case Few:
			return "байты"
		}
		return "байтаў"
	case "kk", "ky", "tg":
		return "байт"
	case "en", "":
		if n == 1 || n == -1 {
			return "byte"
		}
		return "bytes"
	}
	return "B"
}

// JoinList joins items as a sentence does: «а, б и в», "a, b and c".
func JoinList(lang string, items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + listAnd(lang) + " " + items[last]
}

func listAnd(lang string) string {
	switch baseLang(lang) {
	case "ru":
		return "и"
	case "uk", "be":
		return "і"
	case "hy":
		return "և"
	case "ka":
		return "და"
	case "az":
		return "və"
	case "kk":
		return "және"
	case "ky":
		return "жана"
	case "tg", "uz":
		if baseLang(lang) == "tg" {
			return "ва"
		}
		return "va"
	case "ro":
		return "și"
	}
	return "and"
}
