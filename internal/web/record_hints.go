package web

import (
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

// hintView is a record that may be the one meant, or a possible duplicate.
type hintView struct {
	ID       core.ID
	Title    Wording
	Number   string
	Circle   string
	URL      string
	Why      []string // reasons in words
	Facts    []string // what tells it from others
	Selected bool
}

// maxHints is how many candidates are offered at once.
const maxHints = 8

func (v *visit) hintViews(hints []kernel.Hint, chosen core.ID) []hintView {
	circles := v.circleNames()
	w := v.writer(nil)
	var out []hintView
	for _, h := range hints {
		hv := hintView{ID: h.ID, Title: wordingIn(h.Title, v.lang), Number: kernel.Number(h.Type, h.ID),
			URL: recordURL(h.ID), Selected: h.ID == chosen}
		if len(circles) > 1 {
			hv.Circle = circles[h.Circle]
		}
		for _, key := range h.Why {
			hv.Why = append(hv.Why, v.T(key))
		}
		t := v.s.kernel.Packs().Type(h.Type)
		for i := range t.Fields {
			f := &t.Fields[i]
			if val := h.Values[f.Key]; v.column(t, f) && len(val.Items) > 0 {
				hv.Facts = append(hv.Facts, strings.ReplaceAll(w.plain(f, val), "\n", "; "))
			}
		}
		out = append(out, hv)
	}
	return out
}

// suggest looks for the records that words may mean.
func (v *visit) suggest(types []string, words string) ([]kernel.Hint, error) {
	return v.s.kernel.Suggest(v.ctx, v.actor, types, words, maxHints)
}

// duplicates looks for records that may describe the same person or thing.
func (v *visit) duplicates(typ string, values core.Values, except core.ID) ([]kernel.Hint, error) {
	hints, err := v.s.kernel.Duplicates(v.ctx, v.actor, typ, values, except)
	if len(hints) > maxHints {
		hints = hints[:maxHints]
	}
	return hints, err
}
