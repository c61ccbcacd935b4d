package web

import (
	"svod/internal/core"
	"svod/internal/kernel"
)

// recordHead is what every page of a record says about it.
type recordHead struct {
	ID        core.ID
	Title     Wording
	Type      string // label
	Number    string
	Circle    string
	Shared    []string // names of circles
	Withdrawn bool
	Care      bool // somebody marked it "handle with care"
	Version   int
	// Addresses, "" when the actor may not.
	Edit, Share, Withdraw string
}

// opened is a record with what its pages need to know of it.
type openedRecord struct {
	core.Record
	typ  *core.Type
	role core.Role // of the actor in its home circle, "" when it is only shared
	head recordHead
}

// record opens the record of the address.
func (v *visit) record() (openedRecord, error) {
	id, err := v.pathID("id")
	if err != nil {
		return openedRecord{}, err
	}
	return v.openRecord(id)
}

func (v *visit) openRecord(id core.ID) (openedRecord, error) {
	r, err := v.s.kernel.Record(v.ctx, v.actor, id)
	if err != nil {
		return openedRecord{}, err
	}
	return v.headed(r)
}

func (v *visit) headed(r core.Record) (openedRecord, error) {
	out := openedRecord{Record: r, typ: v.s.kernel.Packs().Type(r.Type)}
	if out.typ == nil {
		return out, core.NotFound() // its pack has been taken away
	}
	circles, err := v.knownCircles()
	if err != nil {
		return out, err
	}
	h := recordHead{ID: r.ID, Title: wordingIn(r.Title, v.lang), Type: out.typ.Label.In(v.lang),
		Number: kernel.Number(r.Type, r.ID), Withdrawn: r.State == core.Withdrawn, Version: r.Version}
	if care := r.Values[fieldCare].First(); care.Yes != nil {
		h.Care = *care.Yes
	}
	closed := false
	for _, c := range circles {
		if c.ID == r.Circle {
			h.Circle, out.role, closed = c.Name, c.Role, c.Closed
		}
		if containsID(r.Shared, c.ID) {
			h.Shared = append(h.Shared, c.Name)
		}
	}
	if out.role.Allows(core.Worker) && !closed {
		if !h.Withdrawn && len(r.Locked) == 0 {
			h.Edit = recordEditURL(r.ID)
		}
		h.Share, h.Withdraw = recordShareURL(r.ID), recordWithdrawURL(r.ID)
	}
	out.head = h
	return out, nil
}

func containsID(list []core.ID, id core.ID) bool {
	for _, one := range list {
		if one == id {
			return true
		}
	}
	return false
}

// frameOf is the frame of a record's page. The title names type and number,
// never a person: titles stand in the browser's history and task bar.
func (v *visit) frameOf(o openedRecord, crumbs ...Crumb) Frame {
	way := []Crumb{}
	if o.typ.Part {
		if c, ok := v.ownerCrumb(o); ok {
			way = append(way, c)
		}
	} else {
		way = append(way, Crumb{Label: o.typ.Plural.In(v.lang), URL: listURL(o.Type)})
	}
	if len(crumbs) > 0 {
		way = append(way, Crumb{Label: o.head.Number, URL: recordURL(o.ID)})
	} else {
		way = append(way, Crumb{Label: o.head.Number})
	}
	return v.frameTitled(v.recordNumber(o.Type, o.ID)).in("type."+o.Type, append(way, crumbs...)...)
}

// ownerCrumb leads from a part to what it is part of.
func (v *visit) ownerCrumb(o openedRecord) (Crumb, bool) {
	own := o.typ.OwnerField()
	if own == nil {
		return Crumb{}, false
	}
	target := o.Values[own.Key].First().Link
	if target == "" {
		return Crumb{}, false
	}
	found, err := v.s.kernel.Records(v.ctx, v.actor, []core.ID{target})
	if err != nil || len(found) == 0 {
		return Crumb{}, false
	}
	return Crumb{Label: v.typeLabel(found[0].Type) + " " + kernel.Number(found[0].Type, target), URL: recordURL(target)}, true
}
