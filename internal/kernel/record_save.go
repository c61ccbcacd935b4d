package kernel

import (
	"context"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/store"
)

// Save writes a new version of a record from the version the author started
// from. What others changed since in other fields is kept (Saved.Merged); when
// the same field was changed on both sides nothing is written and both sides
// come back (Saved.Collision). Errors as Create; KindForbidden for a record
// that is only shared with the actor's circle.
func (k *Kernel) Save(ctx context.Context, a core.Actor, e Edit) (Saved, error) {
	var out Saved
	err := k.write(ctx, a, func(v *view, u *unit) error {
		var err error
		out, err = v.save(u, e, "")
		return err
	})
	return out, err
}

func (v *view) save(u *unit, e Edit, imp core.ID) (Saved, error) {
	f, t, err := v.editable(e.Record)
	if err != nil {
		return Saved{}, err
	}
	if f.State == store.StateWithdrawn {
		return Saved{}, core.Invalid("error.withdrawn")
	}
	if e.Base < 1 || int64(e.Base) > f.Version {
		return Saved{}, core.Invalid("error.bad_base", "base", e.Base)
	}
	current, err := v.versionOf(f, f.Version)
	if err != nil {
		return Saved{}, err
	}
	if len(current.locked) > 0 {
		// Saving would replace what the author could not see by nothing.
		return Saved{}, core.Forbidden("error.no_circle_key")
	}
	base := current
	if int64(e.Base) != f.Version {
		if base, err = v.versionOf(f, int64(e.Base)); err != nil {
			return Saved{}, err
		}
	}
	mine, err := v.wholeOf(t, base.values, e.Values)
	if err != nil {
		return Saved{}, err
	}
	m := merge(t, base.values, current.values, mine)
	if len(m.collisions) > 0 {
		c, err := v.collision(f, t, m, base, current, mine)
		return Saved{Collision: c}, err
	}
	if sameValues(t, current.values, m.values) {
		r, err := v.shown(f, current)
		return Saved{Record: r, Merged: m.kept, Unchanged: true}, err
	}
	if err := v.check(t, m.values, v.knownLinks(t, current.values)); err != nil {
		return Saved{}, err
	}
	if err := v.attach(u, t, f.ID, store.Circle{ID: f.Circle}, current.values, m.values); err != nil {
		return Saved{}, err
	}
	r, err := v.rewrite(u, f, t, current, change{values: m.values, reason: e.Reason, base: int64(e.Base), imp: imp})
	return Saved{Record: r, Merged: m.kept}, err
}

// editable is a record whose home circle the actor may write to.
func (v *view) editable(id core.ID) (found, *core.Type, error) {
	f, err := v.find(id)
	if err != nil {
		return f, nil, err
	}
	if !v.home(f) {
		return f, nil, core.Forbidden("error.shared_is_read_only")
	}
	if _, _, err := v.writable(core.ID(f.Circle)); err != nil {
		return f, nil, err
	}
	t := v.k.Packs().Type(f.Type)
	if t == nil {
		return f, nil, core.Invalid("error.unknown_type", "type", f.Type)
	}
	return f, t, nil
}

// opened is a stored version with its values.
type opened struct {
	row    store.Version
	values core.Values
	locked []string
}

func (v *view) versionOf(f found, number int64) (opened, error) {
	row, err := v.Tx.Version(f.ID, number)
	if err != nil {
		return opened{}, err
	}
	values, locked, err := v.open(f, row)
	return opened{row, values, locked}, err
}

// knownLinks names the links a record has already as good: they were checked when
// they were made, and their targets may be outside the scope of who edits now.
func (v *view) knownLinks(t *core.Type, values core.Values) map[core.ID]string {
	out := map[core.ID]string{}
	for _, id := range linkTargets(t, values) {
		out[id] = ""
	}
	return out
}

// wholeOf completes what an author sent with what the author could not see:
// links to records outside the scope stay where the author left the field to
// them, so that an edit never cuts a link it did not know of.
func (v *view) wholeOf(t *core.Type, base, sent core.Values) (core.Values, error) {
	whole := withoutAuto(t, sent)
	targets := linkTargets(t, base)
	if len(targets) == 0 {
		return whole, nil
	}
	fs, err := v.findMany(targets)
	if err != nil {
		return nil, err
	}
	seen := map[core.ID]bool{}
	for _, f := range fs {
		seen[core.ID(f.ID)] = true
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Kind != core.FieldLink {
			continue
		}
		for _, item := range base[f.Key].Items {
			if seen[item.Link] {
				continue
			}
			val := whole[f.Key]
			val.Missing = ""
			val.Items = append(val.Items, item)
			whole[f.Key] = val
		}
	}
	return whole, nil
}

// change is what a new version of an existing record differs in. Empty circle
// and state mean "as it was".
type change struct {
	values core.Values
	reason string
	base   int64
	circle core.ID
	state  core.State
	grants []core.ID // nil = as they were
	newKey bool      // start a new record key, because somebody lost access
	imp    core.ID
}

// rewrite puts the next version of a record into the unit.
func (v *view) rewrite(u *unit, f found, t *core.Type, current opened, ch change) (core.Record, error) {
	row := f.Record
	row.Version, row.UpdatedAt = f.Version+1, max(u.at, f.UpdatedAt)
	if ch.circle != "" {
		row.Circle = string(ch.circle)
	}
	if ch.state != "" {
		row.State = string(ch.state)
	}
	if ch.base == 0 {
		ch.base = f.Version
	}
	if ch.grants == nil {
		ch.grants = grants(f.keys)
	}
	key, keyGen, err := v.keyFor(u, f, ch)
	if err != nil {
		return core.Record{}, err
	}
	ring, err := v.sealers(ch.grants)
	if err != nil {
		return core.Record{}, err
	}
	before := &indexed{typ: t, values: current.values, circles: grants(f.keys), state: core.State(f.State),
		imp: core.ID(f.ImportID)}
	err = u.put(writing{typ: t, row: row, base: ch.base, values: ch.values, reason: ch.reason, key: key, keyGen: keyGen,
		imp: ch.imp, grants: ch.grants, ring: ring, before: before, prior: f.Version})
	if err != nil {
		return core.Record{}, err
	}
	after := f
	after.Record = row
	return v.shown(after, opened{values: ch.values})
}

// keyFor is the key under which the next version is sealed: the record's newest,
// or a new one when somebody lost access or a circle's key turned and the job
// that follows has not been here yet (see rekey).
func (v *view) keyFor(u *unit, f found, ch change) (crypt.RecordKey, int64, error) {
	newest := newestKey(f.keys)
	fresh := ch.newKey
	for _, rk := range f.keys {
		if rk.KeyGeneration != newest {
			continue
		}
		c, err := v.circleRow(core.ID(rk.Circle))
		if err != nil {
			return crypt.RecordKey{}, 0, err
		}
		fresh = fresh || rk.CircleGeneration < c.Generation
	}
	if !fresh {
		key, err := v.recordKey(f, newest)
		return key, newest, err
	}
	key := crypt.NewRecordKey()
	rows, err := v.mint(f.ID, newest+1, ch.grants, key)
	u.records.keys = append(u.records.keys, rows...)
	return key, newest + 1, err
}

// wrapTo gives a record key to a circle: wrapped where the actor holds the
// circle's key, else offered to its public recipient.
func (v *view) wrapTo(circle core.ID, record string, keyGen int64, key crypt.RecordKey) (store.RecordKey, error) {
	c, err := v.circleRow(circle)
	if err != nil {
		return store.RecordKey{}, err
	}
	rk := store.RecordKey{Record: record, KeyGeneration: keyGen, Circle: c.ID, CircleGeneration: c.Generation}
	if _, member := v.roles[circle]; member {
		ck, err := v.generation(c)
		if err != nil {
			return rk, err
		}
		rk.Wrapped = crypt.WrapRecordKey(ck, record, int(keyGen), key)
		return rk, nil
	}
	rk.Wrapped, err = crypt.OfferRecordKey(c.Recipient, record, int(keyGen), key)
	if err != nil {
		return rk, core.Internal(err)
	}
	return rk, nil
}

// sealers are the newest keys of those of the circles that the actor is in.
func (v *view) sealers(circles []core.ID) ([]*crypt.CircleKeys, error) {
	var out []*crypt.CircleKeys
	for _, id := range circles {
		if _, member := v.roles[id]; !member {
			continue
		}
		c, err := v.circleRow(id)
		if err != nil {
			return nil, err
		}
		ck, err := v.generation(c)
		if err != nil {
			return nil, err
		}
		out = append(out, ck)
	}
	return out, nil
}

// shown is a record as its author sees it after a write.
func (v *view) shown(f found, o opened) (core.Record, error) {
	one := []core.Record{v.recordOf(f, o.values.Clone(), o.locked)}
	err := v.present(one)
	return one[0], err
}
