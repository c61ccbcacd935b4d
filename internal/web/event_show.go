package web

import (
	"cmp"
	"slices"

	"svod/internal/core"
	"svod/internal/kernel"
)

// eventView is the table "who did what to whom" of an event.
type eventView struct {
	Acts   []actRow
	AddAct string // "" when the actor may not
	People int    // victims named
}

// actRow is one act.
type actRow struct {
	URL     string
	Number  string
	When    []shownItem
	Type    shownItem
	Victims []endpoint
	Blamed  []blamed
	Place   []shownItem
	Sealed  bool // the place is
	Status  []shownItem
	Details []endpoint // arrest, torture … what the act's parts say
	sort    int
}

// blamed is somebody who took part in an act.
type blamed struct {
	endpoint
	Degree   string
	Position []shownItem // type of perpetrator
	Details  string      // address of the involvement
}

// shownAsAct are the links that the table tells, so that they are not listed
// again below it.
func shownAsAct(typ, field string) bool {
	return typ == typeAct && field == fieldEvent || typ == typeInvolvement && field == fieldEvent
}

// eventView joins the acts of an event with those they were done to and by.
func (v *visit) eventView(o openedRecord, links []kernel.Linked) (*eventView, error) {
	out := &eventView{}
	if o.head.Edit != "" {
		out.AddAct = recordActURL(o.ID)
	}
	var acts []kernel.Summary
	var ids []core.ID
	for _, l := range links {
		if l.Incoming && l.Record.Type == typeAct && l.Field == fieldEvent {
			acts, ids = append(acts, l.Record), append(ids, l.Record.ID)
		}
	}
	ends, err := v.s.kernel.LinksOf(v.ctx, v.actor, ids)
	if err != nil {
		return nil, err
	}
	victims := map[core.ID]bool{}
	for _, a := range acts {
		row := v.actRow(a, ends[a.ID])
		for _, l := range ends[a.ID] {
			if !l.Incoming && l.Field == fieldVictim {
				victims[l.Record.ID] = true
			}
		}
		out.Acts = append(out.Acts, row)
	}
	out.People = len(victims)
	slices.SortStableFunc(out.Acts, func(a, b actRow) int { return cmp.Compare(a.sort, b.sort) })
	return out, nil
}

func (v *visit) actRow(a kernel.Summary, ends []kernel.Linked) actRow {
	t := v.s.kernel.Packs().Type(typeAct)
	w := v.writer(ends)
	row := actRow{URL: recordURL(a.ID), Number: kernel.Number(a.Type, a.ID)}
	if d := a.Values[fieldStartDate].First().Date; d != nil {
		row.sort = d.SortKey()
	}
	row.When = w.itemsOf(t, a.Values, fieldStartDate)
	row.When = append(row.When, w.itemsOf(t, a.Values, fieldEndDate)...)
	if items := w.itemsOf(t, a.Values, fieldTypeOfAct); len(items) > 0 {
		row.Type = items[0]
	}
	row.Place = w.itemsOf(t, a.Values, fieldExactPlace)
	row.Sealed = len(row.Place) > 0
	if len(row.Place) == 0 {
		row.Place = w.itemsOf(t, a.Values, fieldPlaceType)
	}
	row.Status = w.itemsOf(t, a.Values, fieldStatusAtEnd)
	for _, l := range ends {
		switch {
		case !l.Incoming && l.Field == fieldVictim:
			row.Victims = append(row.Victims, v.endpointOf(l.Record))
		case l.Incoming && l.Record.Type == typeInvolvement && l.Field == fieldAct:
			row.Blamed = append(row.Blamed, v.blamed(l.Record))
		case l.Incoming && v.isPartOf(l.Record.Type, l.Field):
			row.Details = append(row.Details, v.endpointOf(l.Record))
		}
	}
	return row
}

// blamed reads an involvement; its title is the perpetrator's.
func (v *visit) blamed(s kernel.Summary) blamed {
	t := v.s.kernel.Packs().Type(typeInvolvement)
	w := v.writer(nil)
	out := blamed{endpoint: v.endpointOf(s), Details: recordURL(s.ID)}
	if who := s.Values[fieldPerpetrator].First().Link; who != "" {
		out.URL = recordURL(who)
	}
	if items := w.itemsOf(t, s.Values, fieldDegree); len(items) > 0 {
		out.Degree = items[0].Text
	}
	out.Position = w.itemsOf(t, s.Values, fieldPerpType)
	return out
}

// isPartOf reports whether the link field makes records of the type parts.
func (v *visit) isPartOf(typ, field string) bool {
	t := v.s.kernel.Packs().Type(typ)
	if t == nil {
		return false
	}
	own := t.OwnerField()
	return own != nil && own.Key == field
}

// itemsOf renders a field of a type by its key; nothing when the type has no
// such field.
func (w *valueWriter) itemsOf(t *core.Type, values core.Values, key string) []shownItem {
	f := t.Field(key)
	if f == nil {
		return nil
	}
	var out []shownItem
	for _, it := range values[key].Items {
		out = append(out, w.item(f, it))
	}
	return out
}
