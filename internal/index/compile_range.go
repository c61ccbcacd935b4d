package index

import (
	"math"
	"strconv"
	"strings"

	"svod/internal/core"
)

// bounds are the ends of a range as typed; an empty end is open.
type bounds struct {
	from, to           string
	afterFrom, upToEnd bool // from is excluded; to is included
}

// splitRange reads ">10", ">=10", "<10", "<=10", "10..20", "10.." and "10".
func splitRange(s string) bounds {
	switch {
	case strings.HasPrefix(s, ">="):
		return bounds{from: s[2:]}
	case strings.HasPrefix(s, ">"):
		return bounds{from: s[1:], afterFrom: true}
	case strings.HasPrefix(s, "<="):
		return bounds{to: s[2:], upToEnd: true}
	case strings.HasPrefix(s, "<"):
		return bounds{to: s[1:]}
	}
	// EDTF has ".." inside brackets; there it is no range of ours.
	if from, to, ok := strings.Cut(s, ".."); ok && !strings.ContainsAny(s, "[{/") {
		return bounds{from: from, to: to, upToEnd: true}
	}
	return bounds{from: s, to: s, upToEnd: true}
}

// dateValue finds every date whose span meets the days asked for.
func (c *compiler) dateValue(f *core.Field, v QueryNode) (Node, bool) {
	if f.Sensitivity == core.Sealed {
		return c.fail(v, "index.sealed_field", "field", f.Key)
	}
	r := DateRange{Field: f.Key, From: core.MinDay, To: core.MaxDay}
	b := splitRange(v.Text)
	if v.Op == OpPrefix || b.from == "" && b.to == "" {
		return c.fail(v, "index.date_expected", "field", f.Key, "value", v.Text)
	}
	if b.from != "" {
		first, last, ok := daysOf(b.from)
		if !ok {
			return c.fail(v, "index.date_expected", "field", f.Key, "value", b.from)
		}
		r.From = first
		if b.afterFrom {
			r.From = last.AddDays(1)
		}
	}
	if b.to != "" {
		first, last, ok := daysOf(b.to)
		if !ok {
			return c.fail(v, "index.date_expected", "field", f.Key, "value", b.to)
		}
		r.To = first.AddDays(-1)
		if b.upToEnd {
			r.To = last
		}
	}
	if r.To.Before(r.From) {
		if b.from != "" && b.to != "" {
			return c.fail(v, "index.empty_range", "field", f.Key, "value", v.Text)
		}
		return Node{Op: NodeNone}, true
	}
	return Node{Op: NodeDates, Dates: r}, true
}

func daysOf(s string) (first, last core.Day, ok bool) {
	d, _, err := core.ParseHumanDate(s, core.HumanDateOptions{Order: core.OrderDayMonth})
	if err != nil || d.IsZero() {
		return core.Day{}, core.Day{}, false
	}
	first, last = d.Bounds()
	return first, last, true
}

// numberValue compares numbers, and amounts of money whatever their currency;
// a word in a money field is a currency.
func (c *compiler) numberValue(f *core.Field, v QueryNode) (Node, bool) {
	if f.Sensitivity == core.Sealed {
		return c.fail(v, "index.sealed_field", "field", f.Key)
	}
	if f.Kind == core.FieldMoney && isCurrency(v.Text) {
		return Node{Op: NodeFacet, Facet: FacetKey{f.Key, strings.ToUpper(v.Text)}}, true
	}
	b := splitRange(v.Text)
	from, okFrom := numberBound(b.from, math.Inf(-1))
	to, okTo := numberBound(b.to, math.Inf(1))
	if v.Op == OpPrefix || !okFrom || !okTo || b.from == "" && b.to == "" {
		return c.fail(v, "index.number_expected", "field", f.Key, "value", v.Text)
	}
	if b.from != "" && b.to != "" && from > to {
		return c.fail(v, "index.empty_range", "field", f.Key, "value", v.Text)
	}
	r := KeyRange{Field: f.Key}
	if b.from != "" {
		if b.afterFrom {
			from = math.Nextafter(from, math.Inf(1))
		}
		r.From = NumberSortKey(from)
	}
	if b.to != "" {
		if b.upToEnd {
			to = math.Nextafter(to, math.Inf(1))
		}
		r.To = NumberSortKey(to)
	}
	return Node{Op: NodeRange, Range: r}, true
}

func numberBound(s string, open float64) (float64, bool) {
	if s == "" {
		return open, true
	}
	s = strings.NewReplacer(" ", "", "\u00a0", "", ",", ".", "−", "-").Replace(s)
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

func isCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for _, r := range strings.ToUpper(s) {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}
