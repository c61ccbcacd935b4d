package picture

import (
	"fmt"
	"math"
	"sort"
	"strings"
)

// amount is a named number in a text alternative.
type amount struct {
	name   string
	value  int
	hidden bool
}

// AltText says in words what the map shows, in the language of the style.
func (o MapOptions) AltText() string {
	items := make([]amount, 0, len(o.Bubbles)+len(o.Shades))
	for _, b := range o.Bubbles {
		items = append(items, amount{b.Label, b.Value, b.Suppressed})
	}
	if len(items) == 0 {
		for _, d := range o.Shades {
			mark, _ := find(d.Code)
			items = append(items, amount{mark.name(o.Lang), d.Value, d.Suppressed})
		}
	}
	out := opening(o.Style, phrase(o.Lang, "Карта", "Map"))
	places := func(n int) string { // after "в" / "in"
		return fmt.Sprintf("%d %s", n, plural(o.Lang, n, phrase(o.Lang, "месте", "place"), "местах", phrase(o.Lang, "местах", "places")))
	}
	out = append(out, ranking(o.Lang, o.Unit, o.Threshold, items, places)...)
	if o.Unknown > 0 {
		out = append(out, phrase(o.Lang, "Место не указано: ", "Place unknown: ")+number(o.Lang, o.Unknown)+".")
	}
	return strings.Join(out, " ")
}

// AltText says in words what the bars show.
func (o BarsOptions) AltText() string {
	items := make([]amount, 0, len(o.Bars))
	for _, b := range o.Bars {
		items = append(items, amount{b.Label, b.Value, b.Suppressed})
	}
	out := opening(o.Style, phrase(o.Lang, "Диаграмма", "Bar chart"))
	rows := func(n int) string {
		return fmt.Sprintf("%d %s", n, plural(o.Lang, n, phrase(o.Lang, "строке", "row"), "строках", phrase(o.Lang, "строках", "rows")))
	}
	return strings.Join(append(out, ranking(o.Lang, o.Unit, o.Threshold, items, rows)...), " ")
}

// AltText says in words what the histogram shows: range, total and peak.
func (o MonthsOptions) AltText() string {
	out := opening(o.Style, phrase(o.Lang, "Гистограмма по времени", "Histogram over time"))
	first, columns := o.filled()
	if len(columns) == 0 {
		return strings.Join(append(out, empty(o.Lang)), " ")
	}
	total, peak, masked := 0, 0, 0
	for i, c := range columns {
		total += c.Value
		if c.Value > columns[peak].Value {
			peak = i
		}
		if c.Suppressed {
			masked++
		}
	}
	from, to := o.Step.long(o.Lang, o.Step.period(first)), o.Step.long(o.Lang, o.Step.period(first+len(columns)-1))
	span := fmt.Sprintf(phrase(o.Lang, "Период: %s — %s.", "Period: %s to %s."), from, to)
	if len(columns) == 1 {
		span = fmt.Sprintf(phrase(o.Lang, "Период: %s.", "Period: %s."), from)
	}
	out = append(out, span, totalOf(o.Lang, o.Unit, total))
	if len(columns) > 1 && columns[peak].Value > 0 {
		out = append(out, fmt.Sprintf(phrase(o.Lang, "Наибольшее — %s, %s.", "The highest is %s, %s."),
			o.Step.long(o.Lang, columns[peak].Period), number(o.Lang, columns[peak].Value)))
	}
	if masked > 0 {
		out = append(out, maskedWords(o.Lang, o.Threshold, masked))
	}
	if o.Unknown > 0 {
		out = append(out, phrase(o.Lang, "Дата не указана: ", "Date unknown: ")+number(o.Lang, o.Unknown)+".")
	}
	return strings.Join(out, " ")
}

// AltText says in words where each line starts, peaks and ends.
func (o LinesOptions) AltText() string {
	out := opening(o.Style, phrase(o.Lang, "График", "Line chart"))
	start := o.Step.index(o.Start)
	for _, l := range o.Lines[:min(len(o.Lines), maxLines)] {
		first, last, peak := -1, -1, -1
		for i, v := range l.Values {
			if math.IsNaN(v) {
				continue
			}
			if first < 0 {
				first = i
			}
			if peak < 0 || v > l.Values[peak] {
				peak = i
			}
			last = i
		}
		if first < 0 {
			out = append(out, fmt.Sprintf(phrase(o.Lang, "%s: нет данных.", "%s: no data."), l.Name))
			continue
		}
		at := func(i int) (string, string) {
			return number(o.Lang, int(math.Round(l.Values[i]))), o.Step.long(o.Lang, o.Step.period(start+i))
		}
		a, from := at(first)
		b, to := at(last)
		c, top := at(peak)
		out = append(out, fmt.Sprintf(phrase(o.Lang, "%s: %s (%s) — %s (%s), наибольшее %s (%s).",
			"%s: from %s (%s) to %s (%s), highest %s (%s)."), l.Name, a, from, b, to, c, top))
	}
	if len(o.Lines) == 0 {
		out = append(out, empty(o.Lang))
	}
	return strings.Join(out, " ")
}

// opening begins a text with the kind of picture and its title, and says when
// the picture is marked as a demonstration or draft.
func opening(s Style, kind string) []string {
	out := []string{kind + "."}
	if s.Title != "" {
		out[0] = kind + ": " + strings.TrimRight(s.Title, ".") + "."
	}
	if s.Watermark != "" {
		out = append(out, fmt.Sprintf(phrase(s.Lang, "Пометка: %s.", "Marked: %s."), s.Watermark))
	}
	return out
}

// ranking gives the total and the three largest numbers.
func ranking(lang, unit string, threshold int, items []amount, where func(int) string) []string {
	var shown []amount
	masked, total := 0, 0
	for _, a := range items {
		switch {
		case a.hidden:
			masked++
		case a.value > 0:
			shown = append(shown, a)
			total += a.value
		}
	}
	if len(shown)+masked == 0 {
		return []string{empty(lang)}
	}
	sort.SliceStable(shown, func(i, j int) bool { return shown[i].value > shown[j].value })
	var out []string
	if len(shown) > 0 {
		sum := strings.TrimSuffix(totalOf(lang, unit, total), ".")
		out = append(out, sum+phrase(lang, " в ", " in ")+where(len(shown))+".")
		top := fmt.Sprintf(phrase(lang, "Наибольшее — %s, %s", "The largest is %s, %s"), shown[0].name, number(lang, shown[0].value))
		for i, a := range shown[1:min(3, len(shown))] {
			link := "; "
			if i == 0 {
				link = phrase(lang, "; далее ", "; then ")
			}
			top += link + a.name + ", " + number(lang, a.value)
		}
		out = append(out, top+".")
	}
	if masked > 0 {
		out = append(out, maskedWords(lang, threshold, masked))
	}
	return out
}

// totalOf writes the total of what is shown.
func totalOf(lang, unit string, total int) string {
	if unit == "" {
		unit = phrase(lang, "записей", "records")
	}
	return fmt.Sprintf(phrase(lang, "Всего %s: %s.", "Total %s: %s."), unit, number(lang, total))
}

// empty says that there is nothing to show.
func empty(lang string) string { return phrase(lang, "Данных нет.", "There are no data.") }

// maskedWords says how many numbers are suppressed.
func maskedWords(lang string, threshold, n int) string {
	return fmt.Sprintf("%s: %d (%s).", phrase(lang, "Скрыто малых чисел", "Small numbers hidden"), n, hiddenWords(lang, threshold))
}

// hiddenWords explains the mark of a suppressed number.
func hiddenWords(lang string, threshold int) string {
	if threshold <= 0 {
		return phrase(lang, "малое число, скрыто", "small number, hidden")
	}
	return fmt.Sprintf(phrase(lang, "меньше %d", "fewer than %d"), threshold)
}
