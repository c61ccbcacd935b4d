package sheet

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"svod/internal/core"
)

// CommaStyle is what a comma (or a dot) inside the numbers of a column means.
type CommaStyle uint8

// The styles. Unknown reads "300,0" and "1,5" as decimals and "1,200" (a comma
// and three digits) as thousands with a note.
const (
	CommaUnknown CommaStyle = iota
	CommaDecimal
	CommaThousands
)

// ParsedNumber is what a cell says about a number.
type ParsedNumber struct {
	core.Number
	Missing core.Missing // why there is none, if Empty
	Empty   bool         // the cell says that there is no number
	Note    string       // key of a note about how it was read, or ""
}

// ParseNumber reads a number as people write it: 300,0 · 1 200 · 20 чел. ·
// около 20 · 20–30 · более 100 · двадцать пять · 1,5 тыс. Anything but a plain
// number is About; a range keeps both ends, a lower or upper limit is its value.
// «н/д», «неизвестно», a dash or nothing is Empty. The error is core.Invalid and
// says that a number was expected.
func ParseNumber(s string) (ParsedNumber, error) { return ParseNumberStyle(s, CommaUnknown) }

// ParseNumberStyle is ParseNumber for a column whose commas are understood.
func ParseNumberStyle(s string, comma CommaStyle) (ParsedNumber, error) {
	if v, err := strconv.ParseInt(s, 10, 53); err == nil && !strings.HasPrefix(s, "+") {
		return ParsedNumber{Number: core.Number{Value: float64(v)}}, nil
	}
	if len(s) > 200 {
		return ParsedNumber{}, core.Invalid(noteNumberUnknown)
	}
	if m, ok := MissingWord(s); ok {
		return ParsedNumber{Empty: true, Missing: m}, nil
	}
	if !mayBeNumber(s) {
		return ParsedNumber{}, core.Invalid(noteNumberUnknown)
	}
	p := numberReader{comma: comma, text: normaliseNumber(s)}
	return p.read()
}

func normaliseNumber(s string) string { return numberSigns.Replace(strings.ToLower(squeeze(s))) }

var numberSigns = strings.NewReplacer("ё", "е", "–", "-", "—", "-", "−", "-", "‑", "-", "…", "...", "≈", "~", "≥", ">", "≤", "<", "\u200b", "", "’", "'")

// mayBeNumber is a quick look that spares long texts the slow one.
func mayBeNumber(s string) bool {
	if strings.ContainsAny(s, "0123456789") {
		return true
	}
	if len(s) > 80 {
		return false
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		w = strings.ReplaceAll(w, "ё", "е")
		if _, ok := numberWords[w]; ok {
			return true
		}
		if _, ok := multipliers[w]; ok {
			return true
		}
	}
	return false
}

type numberReader struct {
	text  string
	comma CommaStyle
	key   string
}

func (r *numberReader) read() (ParsedNumber, error) {
	bad := core.Invalid(noteNumberUnknown)
	comment := r.cutComment()
	r.cutSigns()
	r.cutCues()
	from, to, isRange := cutRange(r.text)
	low, ok := r.value(from)
	if !ok {
		return ParsedNumber{}, bad
	}
	out := ParsedNumber{Number: core.Number{Value: low}}
	if isRange {
		high, ok := r.value(to)
		if !ok || high < low {
			return ParsedNumber{}, bad
		}
		if m := multiplierOf(to); m > 1 && multiplierOf(from) == 1 && low*m <= high { // «2–3 тыс.»
			out.Value = low * m
		}
		out.Max = &high
		r.key = noteNumberRange
	}
	out.Note = r.key
	switch r.key {
	case noteNumberAbout, noteNumberRange, noteNumberAtLeast, noteNumberAtMost:
		out.About = true
	case "":
		if comment {
			out.Note = noteNumberComment
		}
	}
	return out, nil
}

// cutComment removes a bracketed remark without digits: 198 (оценка).
func (r *numberReader) cutComment() bool {
	open := strings.IndexAny(r.text, "([")
	end := strings.LastIndexAny(r.text, ")]")
	if open < 0 || end < open || strings.ContainsAny(r.text[open:end], "0123456789") {
		return false
	}
	inside := strings.Trim(r.text[open+1:end], " ?")
	r.text = strings.TrimSpace(r.text[:open] + " " + r.text[end+1:])
	if inside == "" {
		r.key = noteNumberAbout // "20 (?)"
	}
	return inside != ""
}

// cutSigns understands ~20, >100, <50, 20+, 20?, 20*.
func (r *numberReader) cutSigns() {
	for {
		t := r.text
		switch {
		case strings.HasPrefix(t, "~"):
			r.key, t = noteNumberAbout, t[1:]
		case strings.HasPrefix(t, ">"):
			r.key, t = noteNumberAtLeast, strings.TrimPrefix(t[1:], "=")
		case strings.HasPrefix(t, "<"):
			r.key, t = noteNumberAtMost, strings.TrimPrefix(t[1:], "=")
		case strings.HasPrefix(t, "+") && len(t) > 1:
			t = t[1:]
		case strings.HasSuffix(t, "+"):
			r.key, t = noteNumberAtLeast, t[:len(t)-1]
		case strings.HasSuffix(t, "?"):
			r.key, t = noteNumberAbout, t[:len(t)-1]
		case strings.HasSuffix(t, "*"):
			r.key, t = noteNumberComment, t[:len(t)-1]
		default:
			return
		}
		r.text = strings.TrimSpace(t)
	}
}

// cutCues removes the words that say how exact the number is.
func (r *numberReader) cutCues() {
	for again := true; again; {
		again = false
		for _, c := range numberCues {
			rest, ok := cutWord(r.text, c.words)
			if !ok {
				continue
			}
			if c.words == "до" && strings.HasPrefix(r.text, "от ") {
				continue
			}
			r.text, again = rest, true
			if r.key == "" || r.key == noteNumberAbout {
				r.key = c.key
			}
		}
	}
}

// cutWord removes w (with an optional dot) from the beginning or end of s.
func cutWord(s, w string) (string, bool) {
	if rest, ok := strings.CutPrefix(s, w); ok {
		rest = strings.TrimPrefix(rest, ".")
		if r, _ := utf8.DecodeRuneInString(rest); rest != "" && !unicode.IsLetter(r) {
			return strings.TrimSpace(rest), true
		}
	}
	if rest, ok := strings.CutSuffix(strings.TrimSuffix(s, "."), w); ok && strings.HasSuffix(rest, " ") {
		return strings.TrimSpace(rest), true
	}
	return s, false
}

// cutRange splits "20-30", "20...30", "от 20 до 30", "двадцать-тридцать".
func cutRange(s string) (from, to string, ok bool) {
	if rest, found := strings.CutPrefix(s, "от "); found {
		if a, b, found := strings.Cut(rest, " до "); found {
			return a, b, true
		}
		return rest, "", false
	}
	for _, sep := range []string{"...", "..", " - ", "-", " to ", " или ", " or "} {
		i := strings.Index(s, sep)
		if sep == "-" && i <= 2 && len(s)-i == len("-2012") && (s[i+1:i+3] == "19" || s[i+1:i+3] == "20") {
			return s, "", false // 05-2012 is a month
		}
		if i > 0 && i+len(sep) < len(s) {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(sep):]), true
		}
	}
	return s, "", false
}

func multiplierOf(s string) float64 {
	for _, w := range strings.Fields(s) {
		if m, ok := multipliers[strings.Trim(w, ".,")]; ok {
			return m
		}
	}
	return 1
}

// value reads one number with units around it.
func (r *numberReader) value(s string) (float64, bool) {
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimSpace(strings.TrimPrefix(s, "-"))
	digits, rest := "", s
	if i := strings.IndexFunc(s, unicode.IsDigit); i >= 0 {
		if !r.unitsOnly(s[:i]) {
			return 0, false
		}
		s = s[i:]
		end := strings.LastIndexFunc(s, unicode.IsDigit) + 1
		digits, rest = s[:end], s[end:]
	}
	factor := 1.0
	var total float64
	var words bool
	for _, w := range strings.Fields(rest) {
		w = strings.Trim(w, ".,;:")
		n, isWord := numberWords[w]
		m, isFactor := multipliers[w]
		switch {
		case isWord && digits == "":
			total, words = addNumberWord(total, n), true
			if vagueNumberWords[w] && r.key == "" {
				r.key = noteNumberAbout
			}
		case isFactor && (digits != "" || words || len(strings.Fields(rest)) == 1):
			factor *= m
			if digits == "" && !words {
				total, words = 1, true
			}
		case w == "" || isUnit(w):
		default:
			return 0, false
		}
	}
	if digits != "" {
		v, ok := r.digits(digits, factor > 1)
		if !ok {
			return 0, false
		}
		total, words = v, true
	}
	if negative {
		total = -total
	}
	total *= factor
	return total, words && !math.IsInf(total, 0)
}

// addNumberWord composes "двадцать" + "пять" and "two" + "hundred".
func addNumberWord(total, n float64) float64 {
	if n == 100 && total > 0 && total < 10 {
		return total * 100
	}
	return total + n
}

func (r *numberReader) unitsOnly(s string) bool {
	for _, w := range strings.Fields(s) {
		if w = strings.Trim(w, ".,;:"); w != "" && !isUnit(w) {
			return false
		}
	}
	return true
}

// digits reads digits with group and decimal signs.
func (r *numberReader) digits(s string, multiplied bool) (float64, bool) {
	if strings.ContainsAny(s, "eE") {
		return 0, false
	}
	groups := strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == '\'' })
	for i, g := range groups[1:] {
		whole := g
		if i == len(groups)-2 {
			whole, _, _ = strings.Cut(strings.ReplaceAll(g, ",", "."), ".")
		}
		if len(whole) != 3 || len(groups[0]) > 3 {
			return 0, false
		}
	}
	s = strings.Join(groups, "")
	commas, dots := strings.Count(s, ","), strings.Count(s, ".")
	switch {
	case commas == 1 && dots == 0:
		_, after, _ := strings.Cut(s, ",")
		thousands := len(after) == 3 && len(groups) == 1 && !strings.HasPrefix(s, "0") && len(s) <= 7 && !multiplied
		if r.comma == CommaUnknown && thousands && r.key == "" {
			r.key = noteNumberComma
		}
		if thousands && r.comma != CommaDecimal {
			s = strings.Replace(s, ",", "", 1)
		} else {
			s = strings.Replace(s, ",", ".", 1)
		}
	case commas > 0 && dots <= 1 && (dots == 0 || strings.LastIndex(s, ",") < strings.Index(s, ".")):
		if !grouped(s, ",") { // 1,234,567.89
			return 0, false
		}
		s = strings.ReplaceAll(s, ",", "")
	case commas == 1 && dots > 0, commas == 0 && dots > 1:
		if !grouped(s, ".") { // 1.234.567,89
			return 0, false
		}
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	case commas > 1:
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// grouped reports whether sep cuts the whole part of s into groups of three.
func grouped(s, sep string) bool {
	decimal := "."
	if sep == "." {
		decimal = ","
	}
	whole, _, _ := strings.Cut(s, decimal)
	parts := strings.Split(whole, sep)
	if len(parts[0]) == 0 || len(parts[0]) > 3 {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return true
}

// CommaStyleOf tells what the comma of one number reveals: 12,5 and 12,3456 are
// CommaDecimal, 1,234,567 and 1,234.5 CommaThousands, the rest CommaUnknown.
func CommaStyleOf(s string) CommaStyle {
	first := strings.IndexByte(s, ',')
	if first < 0 || strings.Trim(s, "0123456789,.- \u00a0\u202f") != "" {
		return CommaUnknown
	}
	last := strings.LastIndexByte(s, ',')
	switch {
	case first != last, strings.IndexByte(s, '.') > last:
		return CommaThousands
	case len(s)-last-1 != 3, strings.HasPrefix(strings.TrimPrefix(s, "-"), "0,"), last > 3 && !strings.ContainsAny(s, " \u00a0\u202f"):
		return CommaDecimal
	}
	return CommaUnknown
}
