package form

import (
	"slices"

	"svod/internal/core"
)

// Overlay returns base with the fields of sent put over it: what the record is
// after the form was saved. Fields that were not sent (sealed ones that could
// not be opened, those that the kernel fills) keep what base has; a field sent
// empty is removed.
func Overlay(base, sent core.Values) core.Values {
	out := base.Clone()
	for key, v := range sent {
		if v.IsZero() {
			delete(out, key)
			continue
		}
		out[key] = v.Clone()
	}
	return out
}

// Problems joins what decoding and Check found, in the order of the type. A
// field that could not be read is not also called empty.
func Problems(t *core.Type, decoding, checks core.Errors) core.Errors {
	unread := map[string]bool{}
	for _, e := range decoding {
		unread[e.Field] = e.Field != ""
	}
	all := slices.Clone(decoding)
	for _, e := range checks {
		if e.Key != "form.required" || !unread[e.Field] {
			all = append(all, e)
		}
	}
	order := map[string]int{}
	for i := range t.Fields {
		order[t.Fields[i].Key] = i + 1
	}
	slices.SortStableFunc(all, func(a, b *core.Error) int { return order[a.Field] - order[b.Field] })
	return all
}
