package kernel

import (
	"context"
	"errors"
	"slices"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
	"svod/internal/store"
)

// Share lets another circle read a record: its key is given to that circle, not
// a copy. parts takes along the records that are part of it (the acts of an
// event, their details); linked people are shared on their own. The actor must
// be a worker at home and know of the other circle.
func (k *Kernel) Share(ctx context.Context, a core.Actor, id, circle core.ID, parts bool, reason string) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		c, err := v.known(circle)
		if err != nil {
			return err
		}
		return v.eachPart(id, parts, func(f found, t *core.Type) error {
			if f.Circle == c.ID || slices.Contains(grants(f.keys), circle) {
				return nil
			}
			return v.share(u, f, t, circle, reason)
		})
	})
}

func (v *view) share(u *unit, f found, t *core.Type, circle core.ID, reason string) error {
	current, err := v.versionOf(f, f.Version)
	if err != nil {
		return err
	}
	if len(current.locked) > 0 {
		return core.Forbidden("error.no_circle_key")
	}
	if err := v.grantKeys(u, f, circle); err != nil {
		return err
	}
	if err := v.grantFiles(u, f, circle); err != nil {
		return err
	}
	all := append(grants(f.keys), circle)
	ring, err := v.sealers(all)
	if err != nil {
		return err
	}
	x := indexed{typ: t, values: current.values, circles: grants(f.keys), state: core.State(f.State), imp: core.ID(f.ImportID)}
	y := x
	y.circles, y.sealers = all, ring
	u.records.index = append(u.records.index, indexChange{record: f.Record, old: &x, new: &y})
	return u.note(ledger.KindShare, core.ID(f.ID), map[string]any{"circle": string(circle), "shared": true, "reason": reason != ""})
}

// grantKeys gives every generation of a record's key to a circle.
func (v *view) grantKeys(u *unit, f found, circle core.ID) error {
	done := map[int64]bool{}
	for _, rk := range f.keys {
		if done[rk.KeyGeneration] {
			continue
		}
		key, err := v.recordKey(f, rk.KeyGeneration)
		if errors.Is(err, errNoKey) {
			continue
		}
		if err != nil {
			return err
		}
		given, err := v.wrapTo(circle, f.ID, rk.KeyGeneration, key)
		if err != nil {
			return err
		}
		done[rk.KeyGeneration] = true
		u.records.keys = append(u.records.keys, given)
	}
	return nil
}

// Unshare ends the sharing: the next version is sealed under a new key that the
// other circle does not get. What its members have read cannot be recalled.
func (k *Kernel) Unshare(ctx context.Context, a core.Actor, id, circle core.ID, parts bool, reason string) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		return v.eachPart(id, parts, func(f found, t *core.Type) error {
			all := grants(f.keys)
			if f.Circle == string(circle) || !slices.Contains(all, circle) {
				return nil
			}
			left := slices.DeleteFunc(slices.Clone(all), func(c core.ID) bool { return c == circle })
			return v.regrant(u, f, t, regrant{gone: circle, grants: left, reason: reason})
		})
	})
}

// Move makes another circle the home of a record. The old circle loses it; the
// actor must be a worker in both.
func (k *Kernel) Move(ctx context.Context, a core.Actor, id, circle core.ID, parts bool, reason string) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		if _, _, err := v.writable(circle); err != nil {
			return err
		}
		return v.eachPart(id, parts, func(f found, t *core.Type) error {
			if f.Circle == string(circle) {
				return nil
			}
			if !slices.Contains(grants(f.keys), circle) {
				if err := v.grantKeys(u, f, circle); err != nil {
					return err
				}
				if err := v.grantFiles(u, f, circle); err != nil {
					return err
				}
			}
			left := []core.ID{circle}
			for _, c := range grants(f.keys) {
				if c != circle && string(c) != f.Circle {
					left = append(left, c)
				}
			}
			return v.regrant(u, f, t, regrant{gone: core.ID(f.Circle), home: circle, grants: left, reason: reason})
		})
	})
}

// regrant is a change of who holds a record's key in which somebody loses it.
type regrant struct {
	gone   core.ID
	home   core.ID // "" = as it was
	grants []core.ID
	reason string
}

func (v *view) regrant(u *unit, f found, t *core.Type, g regrant) error {
	current, err := v.versionOf(f, f.Version)
	if err != nil {
		return err
	}
	if len(current.locked) > 0 {
		return core.Forbidden("error.no_circle_key")
	}
	if _, err := v.rewrite(u, f, t, current, change{values: current.values, reason: g.reason,
		circle: g.home, grants: g.grants, newKey: true}); err != nil {
		return err
	}
	if err := v.DeleteRecordKey(f.ID, string(g.gone)); err != nil {
		return err
	}
	if err := v.revokeFiles(f, g.gone, g.home); err != nil {
		return err
	}
	return u.note(ledger.KindShare, core.ID(f.ID), map[string]any{"circle": string(g.gone), "shared": false,
		"home": string(g.home)})
}

// eachPart runs fn for a record that the actor may change and, with parts, for
// everything that is part of it, owners first. Parts the actor may not change
// are left as they are.
func (v *view) eachPart(id core.ID, parts bool, fn func(found, *core.Type) error) error {
	f, t, err := v.editable(id)
	if err != nil {
		return err
	}
	if err := fn(f, t); err != nil {
		return err
	}
	if !parts {
		return nil
	}
	seen := map[core.ID]bool{id: true}
	next := []core.ID{id}
	for len(next) > 0 {
		owner := next[0]
		next = next[1:]
		children, err := v.partsOf(owner)
		if err != nil {
			return err
		}
		for _, child := range children {
			if seen[child] {
				continue
			}
			seen[child] = true
			cf, ct, err := v.editable(child)
			if err != nil {
				if k := core.KindOf(err); k == core.KindNotFound || k == core.KindForbidden {
					continue
				}
				return err
			}
			if err := fn(cf, ct); err != nil {
				return err
			}
			next = append(next, child)
		}
	}
	return nil
}

// partsOf lists the records whose owner link points to a record.
func (v *view) partsOf(owner core.ID) ([]core.ID, error) {
	rows, err := v.LinksTo([]string{string(owner)})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]core.ID, len(rows))
	for i, l := range rows {
		ids[i] = core.ID(l.Source)
	}
	fs, err := v.findMany(ids)
	if err != nil {
		return nil, err
	}
	var out []core.ID
	for _, f := range fs {
		t := v.k.Packs().Type(f.Type)
		if t == nil {
			continue
		}
		own := t.OwnerField()
		if own == nil {
			continue
		}
		for _, l := range rows {
			if l.Source == f.ID && l.Field == own.Key {
				out = append(out, core.ID(f.ID))
				break
			}
		}
	}
	return out, nil
}

// grantFiles gives the keys of a record's files to a circle.
func (v *view) grantFiles(u *unit, f found, circle core.ID) error {
	return v.eachFile(f, func(row store.File, key crypt.RecordKey, _ []store.RecordKey) error {
		rk, err := v.wrapTo(circle, row.ID, row.KeyGeneration, key)
		if err != nil {
			return err
		}
		u.records.keys = append(u.records.keys, rk)
		return nil
	})
}

// revokeFiles takes the keys of a record's files from a circle. The stored
// streams stay as they are: whoever had the key could have kept the content.
func (v *view) revokeFiles(f found, gone, home core.ID) error {
	rows, err := v.FilesOf([]string{f.ID})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := v.DeleteRecordKey(row.ID, string(gone)); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if home != "" {
			row.Circle = string(home)
			if err := v.UpdateFile(row); err != nil {
				return err
			}
		}
	}
	return nil
}
