package kernel

import (
	"context"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/form"
	"svod/internal/store"
)

// Create writes a new record. Errors: core.Errors with a Field each for values
// that cannot be accepted; KindForbidden when the actor may only read in the
// circle; KindNotFound when the circle is outside the scope.
func (k *Kernel) Create(ctx context.Context, a core.Actor, d Draft) (core.Record, error) {
	made, err := k.CreateMany(ctx, a, []Draft{d})
	if err != nil {
		return core.Record{}, err
	}
	return made[0], nil
}

// CreateMany writes several new records in one transaction, in order: all or
// none. Records may link to those before them by an ID given in the Draft: an
// act with its victim and perpetrator in one go. Errors as Create; the Row of a
// field error is the number of the draft from 1.
func (k *Kernel) CreateMany(ctx context.Context, a core.Actor, drafts []Draft) ([]core.Record, error) {
	var out []core.Record
	err := k.write(ctx, a, func(v *view, u *unit) error {
		var err error
		out, err = v.createMany(u, drafts)
		return err
	})
	return out, err
}

func (v *view) createMany(u *unit, drafts []Draft) ([]core.Record, error) {
	out := make([]core.Record, 0, len(drafts))
	near := map[core.ID]string{} // made here, not yet in the store: id to type
	for i, d := range drafts {
		if d.ID == "" {
			d.ID = core.NewIDAt(timeOf(u.at))
		}
		r, err := v.create(u, d, near, "")
		if err != nil {
			if len(drafts) > 1 {
				err = inRow(err, i+1)
			}
			return nil, err
		}
		near[d.ID] = d.Type
		out = append(out, r)
	}
	return out, v.entitle(out)
}

// inRow says which of several inputs an error is about.
func inRow(err error, row int) error {
	switch e := err.(type) {
	case *core.Error:
		return e.AtCell(row, e.Column)
	case core.Errors:
		out := make(core.Errors, len(e))
		for i := range e {
			out[i] = e[i].AtCell(row, e[i].Column)
		}
		return out
	}
	return err
}

// create checks a draft and puts it into the unit.
func (v *view) create(u *unit, d Draft, near map[core.ID]string, imp core.ID) (core.Record, error) {
	t := v.k.Packs().Type(d.Type)
	if t == nil {
		return core.Record{}, core.Invalid("error.unknown_type", "type", d.Type).At("type")
	}
	c, ck, err := v.writable(d.Circle)
	if err != nil {
		return core.Record{}, err
	}
	values := withoutAuto(t, d.Values)
	if err := v.check(t, values, near); err != nil {
		return core.Record{}, err
	}
	if err := v.attach(u, t, string(d.ID), c, core.Values{}, values); err != nil {
		return core.Record{}, err
	}
	if err := u.insert(t, d, values, c, ck, imp); err != nil {
		return core.Record{}, err
	}
	r := core.Record{ID: d.ID, Type: t.Name, Circle: core.ID(c.ID), Version: 1, State: core.Active,
		Values: values.Clone(), Created: timeOf(u.at), Updated: timeOf(u.at)}
	return r, v.fillAuto(t, &r)
}

// insert puts the first version of a record into the unit, under a new key. Rows
// of an import are staged: invisible until all of them are there.
func (u *unit) insert(t *core.Type, d Draft, values core.Values, c store.Circle, ck *crypt.CircleKeys, imp core.ID) error {
	state := store.StateActive
	if imp != "" {
		state = store.StateStaged
	}
	row := store.Record{ID: string(d.ID), Type: t.Name, Circle: c.ID, Version: 1, State: state,
		CreatedAt: u.at, UpdatedAt: u.at, ImportID: string(imp)}
	key := crypt.NewRecordKey()
	u.records.keys = append(u.records.keys, store.RecordKey{Record: row.ID, KeyGeneration: 1, Circle: c.ID,
		CircleGeneration: c.Generation, Wrapped: crypt.WrapRecordKey(ck, row.ID, 1, key)})
	return u.put(writing{typ: t, row: row, values: values, reason: d.Reason, key: key, keyGen: 1, imp: imp,
		grants: []core.ID{core.ID(c.ID)}, ring: []*crypt.CircleKeys{ck}})
}

// writable is a circle the actor may write to, with its newest key.
func (v *view) writable(circle core.ID) (store.Circle, *crypt.CircleKeys, error) {
	if err := v.need(circle, core.Worker); err != nil {
		return store.Circle{}, nil, err
	}
	c, err := v.circleRow(circle)
	if err != nil {
		return c, nil, err
	}
	if c.ClosedAt != 0 {
		return c, nil, core.Forbidden("error.circle_closed", "circle", c.Name)
	}
	ck, err := v.generation(c)
	return c, ck, err
}

// circleRow reads a circle once per view: an import asks for the same one for
// every row.
func (v *view) circleRow(circle core.ID) (store.Circle, error) {
	if c, ok := v.circles[circle]; ok {
		return c, nil
	}
	c, err := v.Tx.Circle(string(circle))
	if err != nil {
		return c, err
	}
	v.circles[circle] = c
	return c, nil
}

// check validates values: kinds, vocabularies, required fields, and that every
// link points to a record in scope of an allowed type. A link to a record
// outside the scope and one to nothing give the same error. near names targets
// that need no look-up, with their type, or "" for links that were there before.
func (v *view) check(t *core.Type, values core.Values, near map[core.ID]string) error {
	errs := form.Check(t, values, v.k.Packs())
	types, err := v.targetTypes(linkTargets(t, values), near)
	if err != nil {
		return err
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Kind != core.FieldLink {
			continue
		}
		for _, item := range values[f.Key].Items {
			typ, ok := types[item.Link]
			switch {
			case !ok:
				errs = append(errs, core.Invalid("error.link_target").At(f.Key))
			case typ != "" && f.Link != nil && !f.Link.Allows(typ):
				errs = append(errs, core.Invalid("error.link_type", "type", typ).At(f.Key))
			}
		}
	}
	return errs.OrNil()
}

func (v *view) targetTypes(ids []core.ID, near map[core.ID]string) (map[core.ID]string, error) {
	out := map[core.ID]string{}
	var ask []core.ID
	for _, id := range ids {
		if typ, ok := near[id]; ok {
			out[id] = typ
			continue
		}
		ask = append(ask, id)
	}
	if len(ask) == 0 {
		return out, nil
	}
	fs, err := v.findMany(ask)
	if err != nil {
		return nil, err
	}
	for _, f := range fs {
		out[core.ID(f.ID)] = f.Type
	}
	return out, nil
}
