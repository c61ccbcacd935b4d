package index

import (
	"encoding/binary"
	"math"

	"svod/internal/core"
	"svod/internal/text"
)

// SortKey is where a record stands in the order of a field: bytes whose
// byte-wise order is the order people expect.
type SortKey struct {
	Field string
	Key   []byte
}

// Suffixes of the two extra orders that an imprecise date has: the first and
// the last day of its span. Exact days have neither, which keeps both small.
const (
	SpanFirst = "<"
	SpanLast  = ">"
)

// SortKeysOf lists the sort keys of a record, in field order.
//
// Dates sort by the first possible day of the first item, numbers and money
// amounts (whatever the currency) by the first item, names and short texts by
// collation. Sealed fields have none. Dates of more than one day add the ends
// of their span under the field's key + SpanFirst and + SpanLast, from which a
// date filter finds everything that overlaps; where several items are
// imprecise, the two are the ends of all of them together.
func SortKeysOf(t *core.Type, values core.Values) []SortKey {
	var out []SortKey
	for i := range t.Fields {
		f := &t.Fields[i]
		v := values[f.Key]
		if f.Sensitivity == core.Sealed || len(v.Items) == 0 {
			continue
		}
		if key := itemSortKey(f, v.Items[0]); key != nil {
			out = append(out, SortKey{f.Key, key})
		}
		if f.Kind == core.FieldDate {
			out = append(out, spanKeys(f.Key, v.Items)...)
		}
	}
	return out
}

func itemSortKey(f *core.Field, item core.Item) []byte {
	switch f.Kind {
	case core.FieldDate:
		if item.Date != nil && !item.Date.IsZero() {
			return IntSortKey(int64(item.Date.SortKey()))
		}
	case core.FieldNumber:
		if item.Number != nil {
			return NumberSortKey(item.Number.Value)
		}
	case core.FieldMoney:
		if item.Money != nil {
			return NumberSortKey(float64(item.Money.Minor) / 100)
		}
	case core.FieldName:
		if item.Name != nil {
			return text.SortKey(sortName(*item.Name))
		}
	case core.FieldText:
		if item.Text != "" {
			return text.SortKey(item.Text)
		}
	}
	return nil
}

// sortName puts the family name first where it is known.
func sortName(n core.Name) string {
	if n.Family == "" {
		return n.String()
	}
	return core.Name{Family: n.Family, Given: n.Given, Patronymic: n.Patronymic}.String()
}

func spanKeys(field string, items []core.Item) []SortKey {
	var first, last core.Day
	for _, item := range items {
		if item.Date == nil || item.Date.IsZero() {
			continue
		}
		from, to := item.Date.Bounds()
		if from == to {
			continue
		}
		if first.IsZero() || from.Before(first) {
			first = from
		}
		if last.IsZero() || last.Before(to) {
			last = to
		}
	}
	if first.IsZero() && last.IsZero() {
		return nil
	}
	return []SortKey{
		{field + SpanFirst, IntSortKey(int64(first.Days()))},
		{field + SpanLast, IntSortKey(int64(last.Days()))},
	}
}

// IntSortKey is 8 bytes that order as n does.
func IntSortKey(n int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(n)^1<<63)
}

// NumberSortKey is 8 bytes that order as v does. -0 is 0; NaN sorts first.
func NumberSortKey(v float64) []byte {
	if v == 0 {
		v = 0 // drops the sign of -0
	}
	if math.IsNaN(v) {
		return make([]byte, 8)
	}
	bits := math.Float64bits(v)
	if bits>>63 == 1 {
		bits = ^bits
	} else {
		bits |= 1 << 63
	}
	return binary.BigEndian.AppendUint64(nil, bits)
}
