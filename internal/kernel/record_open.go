package kernel

import (
	"encoding/json"
	"errors"
	"slices"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/store"
)

// sealedValues is the stored form of a version's sealed fields: field key to
// ciphertext (base64 in JSON).
type sealedValues map[string][]byte

// found is a record the actor may see: its head and its wrapped keys. Having
// one is the proof that the scope was checked.
type found struct {
	store.Record
	keys []store.RecordKey // of every circle and generation, by generation
}

// home says whether the actor is a member of the home circle, not only of a
// circle it is shared with.
func (v *view) home(f found) bool {
	_, ok := v.roles[core.ID(f.Circle)]
	return ok
}

// grants are the circles that hold a key of the record: home and shared.
func grants(keys []store.RecordKey) []core.ID {
	var out []core.ID
	for _, rk := range keys {
		if !slices.Contains(out, core.ID(rk.Circle)) {
			out = append(out, core.ID(rk.Circle))
		}
	}
	return out
}

// admit keeps the records that the scope lets through, in order: a circle of
// the actor holds a key, and the record is part of the collection. This is the
// grant filter for everything that is asked for by id; lists intersect with
// the same grants as bitmaps (see index.ScopeOf).
func (v *view) admit(rows []store.Record) ([]found, error) {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	keys, err := v.RecordKeys(ids)
	if err != nil {
		return nil, err
	}
	by := make(map[string][]store.RecordKey, len(rows))
	for _, rk := range keys {
		by[rk.Record] = append(by[rk.Record], rk)
	}
	out := make([]found, 0, len(rows))
	for _, r := range rows {
		if r.State != store.StateActive && r.State != store.StateWithdrawn {
			continue
		}
		if slices.ContainsFunc(grants(by[r.ID]), v.scope.Has) {
			out = append(out, found{Record: r, keys: by[r.ID]})
		}
	}
	return out, nil
}

// find returns one record in scope, else KindNotFound.
func (v *view) find(id core.ID) (found, error) {
	rows, err := v.RecordsByID([]string{string(id)})
	if err != nil {
		return found{}, err
	}
	in, err := v.admit(rows)
	if err != nil {
		return found{}, err
	}
	if len(in) == 0 {
		return found{}, core.NotFound()
	}
	return in[0], nil
}

// findMany returns those of the records that are in scope, in the order asked.
func (v *view) findMany(ids []core.ID) ([]found, error) {
	s := make([]string, len(ids))
	for i, id := range ids {
		s[i] = string(id)
	}
	rows, err := v.RecordsByID(s)
	if err != nil {
		return nil, err
	}
	return v.admit(rows)
}

// recordKey opens the record's key of one generation through any circle of the
// actor. errNoKey when none of them gives it.
func (v *view) recordKey(f found, generation int64) (crypt.RecordKey, error) {
	for _, rk := range f.keys {
		if rk.KeyGeneration != generation || !v.scope.Has(core.ID(rk.Circle)) {
			continue
		}
		key, err := v.unwrap(rk)
		if errors.Is(err, errNoKey) {
			continue
		}
		return key, err
	}
	return crypt.RecordKey{}, errNoKey
}

// unwrap opens one wrapped record (or file) key with the actor's circle key.
func (v *view) unwrap(rk store.RecordKey) (crypt.RecordKey, error) {
	if crypt.IsOffer(rk.Wrapped) {
		id, err := v.ring.identity(v.Tx, string(v.actor.Person), rk.Circle, rk.CircleGeneration)
		if err != nil {
			return crypt.RecordKey{}, err
		}
		key, err := crypt.OpenOffer(id, rk.Record, int(rk.KeyGeneration), rk.Wrapped)
		if err != nil {
			return key, core.Internal(err)
		}
		return key, nil
	}
	ck, err := v.ring.circle(v.Tx, string(v.actor.Person), rk.Circle, rk.CircleGeneration)
	if err != nil {
		return crypt.RecordKey{}, err
	}
	key, err := crypt.UnwrapRecordKey(ck, rk.Record, int(rk.KeyGeneration), rk.Wrapped)
	if err != nil {
		return key, core.Internal(err)
	}
	return key, nil
}

// open gives a version's values, sealed fields included. Locked names fields
// whose key the actor does not hold. Links to records outside the scope are
// still in it: every way out goes through present.
func (v *view) open(f found, row store.Version) (values core.Values, locked []string, err error) {
	values = core.Values{}
	if row.Data != "" {
		if err := json.Unmarshal([]byte(row.Data), &values); err != nil {
			return nil, nil, core.Internal(err)
		}
	}
	if row.Sealed == "" || row.Sealed == "{}" {
		return values, nil, nil
	}
	var sealed sealedValues
	if err := json.Unmarshal([]byte(row.Sealed), &sealed); err != nil {
		return nil, nil, core.Internal(err)
	}
	key, err := v.recordKey(f, row.KeyGeneration)
	if errors.Is(err, errNoKey) {
		for field := range sealed {
			locked = append(locked, field)
		}
		slices.Sort(locked)
		return values, locked, nil
	}
	if err != nil {
		return nil, nil, err
	}
	for field, box := range sealed {
		plain, err := crypt.OpenValue(key, row.Type, row.Record, field, int(row.KeyGeneration), box)
		if err != nil {
			return nil, nil, &core.Error{Kind: core.KindInternal, Key: "error.sealed_damaged",
				Args: []any{"record", core.ID(row.Record).Short()}, Field: field, Err: err}
		}
		var value core.Value
		if err := json.Unmarshal(plain, &value); err != nil {
			return nil, nil, core.Internal(err)
		}
		values[field] = value
	}
	return values, nil, nil
}

// openCurrent opens the current versions of many records with one read each
// for heads, keys and versions. The order is that of fs.
func (v *view) openCurrent(fs []found) ([]core.Record, error) {
	ids := make([]string, len(fs))
	for i, f := range fs {
		ids[i] = f.ID
	}
	rows, err := v.CurrentVersions(ids)
	if err != nil {
		return nil, err
	}
	by := make(map[string]store.Version, len(rows))
	for _, r := range rows {
		by[r.Record] = r
	}
	out := make([]core.Record, 0, len(fs))
	for _, f := range fs {
		row, ok := by[f.ID]
		if !ok {
			return nil, core.Internal(errors.New("kernel: a record has no current version"))
		}
		values, locked, err := v.open(f, row)
		if err != nil {
			return nil, err
		}
		out = append(out, v.recordOf(f, values, locked))
	}
	return out, nil
}

func (v *view) recordOf(f found, values core.Values, locked []string) core.Record {
	r := core.Record{ID: core.ID(f.ID), Type: f.Type, Circle: core.ID(f.Circle), Version: int(f.Version),
		State: core.State(f.State), Values: values, Locked: locked,
		Created: timeOf(f.CreatedAt), Updated: timeOf(f.UpdatedAt)}
	for _, c := range grants(f.keys) {
		// Which circles of others hold a copy is theirs and the home circle's
		// business only.
		if c != r.Circle && (v.scope.Has(c) || v.home(f)) {
			r.Shared = append(r.Shared, c)
		}
	}
	return r
}

// present is the last step of every answer that holds values: it takes out the
// links to records outside the scope and adds titles and automatic fields.
func (v *view) present(records []core.Record) error {
	seen, err := v.visibleTargets(records)
	if err != nil {
		return err
	}
	for i := range records {
		r := &records[i]
		t := v.k.Packs().Type(r.Type)
		if t == nil {
			return core.Internal(errors.New("kernel: a record of a type no pack defines: " + r.Type))
		}
		keepLinks(t, r.Values, func(id core.ID) bool { return seen[id] })
		if err := v.fillAuto(t, r); err != nil {
			return err
		}
	}
	return v.entitle(records)
}

// visibleTargets says which link targets of the records are in scope.
func (v *view) visibleTargets(records []core.Record) (map[core.ID]bool, error) {
	var ids []core.ID
	for _, r := range records {
		t := v.k.Packs().Type(r.Type)
		if t == nil {
			continue
		}
		ids = append(ids, linkTargets(t, r.Values)...)
	}
	seen := map[core.ID]bool{}
	if len(ids) == 0 {
		return seen, nil
	}
	slices.Sort(ids)
	fs, err := v.findMany(slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	for _, f := range fs {
		seen[core.ID(f.ID)] = true
	}
	return seen, nil
}

// linkTargets are the records a record links to.
func linkTargets(t *core.Type, values core.Values) []core.ID {
	var out []core.ID
	for i := range t.Fields {
		if t.Fields[i].Kind != core.FieldLink {
			continue
		}
		for _, item := range values[t.Fields[i].Key].Items {
			if item.Link != "" {
				out = append(out, item.Link)
			}
		}
	}
	return out
}

// keepLinks removes link items that keep does not approve.
func keepLinks(t *core.Type, values core.Values, keep func(core.ID) bool) {
	for i := range t.Fields {
		f := &t.Fields[i]
		val, ok := values[f.Key]
		if f.Kind != core.FieldLink || !ok || len(val.Items) == 0 {
			continue
		}
		kept := make([]core.Item, 0, len(val.Items))
		for _, item := range val.Items {
			if keep(item.Link) {
				kept = append(kept, item)
			}
		}
		val.Items = kept
		if val.IsZero() {
			delete(values, f.Key)
			continue
		}
		values[f.Key] = val
	}
}
