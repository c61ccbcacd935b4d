package form

import (
	"slices"

	"svod/internal/core"
)

// Overlay returns base with the fields of sent put over it: what the record is
// after the form was saved. Fields that were not sent (sealed ones that could
// not be opened, those that the kernel fills) keep what base has; a field sent
// empty is removed. Ticked terms keep the order they had, new ones after them:
// boxes stand in the order of the vocabulary, and saving an untouched form must
// change nothing.
func Overlay(base, sent core.Values) core.Values {
	out := base.Clone()
	for key, v := range sent {
		if v.IsZero() {
			delete(out, key)
			continue
		}
		out[key] = inOrderOf(base[key], v.Clone())
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

func inOrderOf(base, sent core.Value) core.Value {
	place := map[string]int{}
	for i, it := range base.Items {
		if it.Term == "" || it.Clarify != "" {
			return sent
		}
		place[it.Term] = i
	}
	for _, it := range sent.Items {
		if it.Term == "" || it.Clarify != "" {
			return sent
		}
	}
	at := func(it core.Item) int {
		if i, was := place[it.Term]; was {
			return i
		}
		return len(place)
	}
	slices.SortStableFunc(sent.Items, func(a, b core.Item) int { return at(a) - at(b) })
	return sent
}
