package web

import (
	"cmp"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

// placeLines is the table beside the map, the largest first. A country stands
// in it with what is known of no region only; its number then opens nothing,
// because the list of a country holds its regions too.
func (v *visit) placeLines(f *core.Field, q overviewQuery, m kernel.MapData) []placeLine {
	most := 0.0
	for _, p := range m.Places {
		most = max(most, picked(q.Sum, p.Count, p.Sum))
	}
	places := slices.Clone(m.Places)
	slices.SortStableFunc(places, func(a, b kernel.PlaceCount) int {
		return cmp.Or(cmp.Compare(picked(q.Sum, b.Count, b.Sum), picked(q.Sum, a.Count, a.Sum)), strings.Compare(a.Label.In(v.lang), b.Label.In(v.lang)))
	})
	var out []placeLine
	for _, p := range places {
		line := placeLine{Label: wordingIn(p.Label, v.lang), Count: p.Count, Sum: p.Sum, Share: share(picked(q.Sum, p.Count, p.Sum), most)}
		if v.stands(f.Vocabulary, p.Code, places) {
			line.Label.Text = v.T("overview.elsewhere", "place", line.Label.Text)
		} else {
			line.URL = v.cell(q.listQuery, f, p.Code).url()
		}
		out = append(out, line)
	}
	return out
}

// stands reports whether a place stands above another of the map.
func (v *visit) stands(vocabulary, code string, places []kernel.PlaceCount) bool {
	return slices.ContainsFunc(places, func(p kernel.PlaceCount) bool {
		return slices.Contains(v.s.kernel.Packs().Ancestors(vocabulary, p.Code), code)
	})
}
