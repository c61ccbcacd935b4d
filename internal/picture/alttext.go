package picture

import (
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
	out := opening(o.Style, "map")
	out = append(out, ranking(o.Lang, o.Unit, o.Threshold, items, "total_in_places")...)
	if o.Unknown > 0 {
		out = append(out, say(o.Lang, "place_unknown", "value", o.Unknown)+".")
	}
	return strings.Join(out, " ")
}

// AltText says in words what the bars show.
func (o BarsOptions) AltText() string {
	items := make([]amount, 0, len(o.Bars))
	for _, b := range o.Bars {
		items = append(items, amount{b.Label, b.Value, b.Suppressed})
	}
	out := opening(o.Style, "bars")
	return strings.Join(append(out, ranking(o.Lang, o.Unit, o.Threshold, items, "total_in_rows")...), " ")
}

// AltText says in words what the histogram shows: range, total and peak.
func (o MonthsOptions) AltText() string {
	out := opening(o.Style, "months")
	_, columns := o.filled()
	if len(columns) == 0 {
		return strings.Join(append(out, say(o.Lang, "empty")), " ")
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
	from, to := o.Step.long(o.Lang, columns[0].Period), o.Step.long(o.Lang, columns[len(columns)-1].Period)
	if len(columns) == 1 {
		out = append(out, say(o.Lang, "span_one", "from", from))
	} else {
		out = append(out, say(o.Lang, "span", "from", from, "to", to))
	}
	out = append(out, say(o.Lang, "total", "unit", unitOr(o.Lang, o.Unit), "total", total))
	if len(columns) > 1 && columns[peak].Value > 0 {
		out = append(out, say(o.Lang, "largest", "name", o.Step.long(o.Lang, columns[peak].Period), "value", columns[peak].Value))
	}
	if masked > 0 {
		out = append(out, say(o.Lang, "masked", "count", masked, "rule", hiddenWords(o.Lang, o.Threshold)))
	}
	if o.Unknown > 0 {
		out = append(out, say(o.Lang, "date_unknown", "value", o.Unknown)+".")
	}
	return strings.Join(out, " ")
}

// AltText says in words where each line starts, peaks and ends.
func (o LinesOptions) AltText() string {
	out := opening(o.Style, "lines")
	start := o.Step.index(o.Start)
	for _, l := range o.Lines[:min(len(o.Lines), maxLines)] {
		first, last, peak := l.landmarks()
		if first < 0 {
			out = append(out, say(o.Lang, "line_empty", "name", l.Name))
			continue
		}
		value := func(i int) int { return int(math.Round(l.Values[i])) }
		when := func(i int) string { return o.Step.long(o.Lang, o.Step.period(start+i)) }
		out = append(out, say(o.Lang, "line", "name", l.Name, "first", value(first), "from", when(first),
			"last", value(last), "to", when(last), "peak", value(peak), "top", when(peak)))
	}
	if len(o.Lines) == 0 {
		out = append(out, say(o.Lang, "empty"))
	}
	return strings.Join(out, " ")
}

// landmarks gives the first, the last and the highest known point of a line,
// -1 where none is known.
func (l Line) landmarks() (first, last, peak int) {
	first, last, peak = -1, -1, -1
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
	return first, last, peak
}

// opening begins a text with the kind of picture and its title, and says when
// the picture is marked as a demonstration or draft.
func opening(s Style, kind string) []string {
	kind = say(s.Lang, "kind."+kind)
	out := []string{say(s.Lang, "untitled", "kind", kind)}
	if s.Title != "" {
		out[0] = say(s.Lang, "titled", "kind", kind, "title", strings.TrimRight(s.Title, "."))
	}
	if s.Watermark != "" {
		out = append(out, say(s.Lang, "marked", "mark", s.Watermark))
	}
	return out
}

// ranking gives the total under the given key and the three largest numbers.
func ranking(lang, unit string, threshold int, items []amount, key string) []string {
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
		return []string{say(lang, "empty")}
	}
	sort.SliceStable(shown, func(i, j int) bool { return shown[i].value > shown[j].value })
	var out []string
	if len(shown) > 0 {
		out = append(out, say(lang, key, "unit", unitOr(lang, unit), "total", total, "count", len(shown)))
	}
	switch len(shown) {
	case 0:
	case 1:
		out = append(out, say(lang, "largest", "name", shown[0].name, "value", shown[0].value))
	case 2:
		out = append(out, say(lang, "largest_two", "name", shown[0].name, "value", shown[0].value,
			"name2", shown[1].name, "value2", shown[1].value))
	default:
		out = append(out, say(lang, "largest_three", "name", shown[0].name, "value", shown[0].value,
			"name2", shown[1].name, "value2", shown[1].value, "name3", shown[2].name, "value3", shown[2].value))
	}
	if masked > 0 {
		out = append(out, say(lang, "masked", "count", masked, "rule", hiddenWords(lang, threshold)))
	}
	return out
}
