package form

import (
	"math"
	"strconv"
	"strings"

	"svod/internal/core"
)

// readNumber reads a number as people type it: blanks between thousands, a
// comma or a dot before the fraction. "1,234" is refused, because half of the
// readers mean one thousand by it and half one and a bit.
func readNumber(s string) (float64, *core.Error) {
	plain, key := plainNumber(s)
	if key != "" {
		return 0, core.Invalid(key)
	}
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return 0, core.Invalid("form.number_expected")
	}
	if math.Abs(v) > MaxNumber {
		return 0, core.Invalid("form.number_large", "max", strconv.FormatFloat(MaxNumber, 'f', -1, 64))
	}
	return v, nil
}

// plainNumber rewrites a typed number with digits, a minus and one dot only, or
// returns the key of what is wrong.
func plainNumber(s string) (plain, wrong string) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\u2009', '\'', '’':
			return -1
		case '−', '–':
			return '-'
		}
		return r
	}, s)
	digits := strings.TrimPrefix(s, "-")
	if strings.Trim(digits, "0123456789.,") != "" || strings.Trim(digits, ".,") == "" {
		return "", "form.number_expected"
	}
	commas, dots := strings.Count(digits, ","), strings.Count(digits, ".")
	switch {
	case commas == 0 && dots <= 1:
		return s, ""
	case commas == 1 && dots == 0:
		whole, after, _ := strings.Cut(digits, ",")
		if len(after) == 3 && len(whole) >= 1 && len(whole) <= 3 && whole != "0" {
			return "", "form.number_ambiguous"
		}
		return strings.Replace(s, ",", ".", 1), ""
	case commas >= 1 && dots <= 1 && grouped(digits, ",", "."):
		return strings.ReplaceAll(s, ",", ""), ""
	case dots >= 1 && commas <= 1 && grouped(digits, ".", ","):
		return strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1), ""
	}
	return "", "form.number_expected"
}

// grouped reports whether the sign parts the whole into groups of three.
func grouped(s, sign, point string) bool {
	whole, fraction, _ := strings.Cut(s, point)
	if strings.Contains(fraction, sign) {
		return false
	}
	for i, g := range strings.Split(whole, sign) {
		if i == 0 && (g == "" || len(g) > 3) || i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}

func writeNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// minorDigits is the number of decimals of a currency by ISO 4217.
func minorDigits(currency string) int {
	switch currency {
	case "JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF", "RWF", "KMF", "GNF", "DJF", "BIF", "VUV":
		return 0
	case "KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD":
		return 3
	}
	return 2
}

// readAmount reads an amount of money into minor units, exactly.
func readAmount(s, currency string) (int64, *core.Error) {
	plain, key := plainNumber(s)
	if key != "" {
		return 0, core.Invalid(key)
	}
	negative := strings.HasPrefix(plain, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(plain, "-"), ".")
	digits := minorDigits(currency)
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > digits {
		return 0, core.Invalid("form.money_fraction", "digits", digits)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", digits-len(fraction)), 10, 64)
	if err != nil || n > MaxMinor {
		return 0, core.Invalid("form.number_large", "max", strconv.FormatFloat(MaxNumber, 'f', -1, 64))
	}
	if negative {
		n = -n
	}
	return n, nil
}

func writeAmount(m core.Money) string {
	digits := minorDigits(m.Currency)
	n, sign := m.Minor, ""
	if n < 0 {
		n, sign = -n, "-"
	}
	s := strconv.FormatInt(n, 10)
	if digits == 0 {
		return sign + s
	}
	if len(s) <= digits {
		s = strings.Repeat("0", digits-len(s)+1) + s
	}
	return sign + s[:len(s)-digits] + "." + s[len(s)-digits:]
}
