package kernel

import (
	"context"
	"errors"
	"slices"

	"svod/internal/core"
	"svod/internal/store"
)

// view is one transaction as one actor sees it. Everything an actor reads or
// writes goes through a view, and the scope in it is the only permission
// there is.
type view struct {
	store.Tx
	ctx     context.Context
	k       *Kernel
	actor   core.Actor
	ring    *keyring
	roles   map[core.ID]core.Role // circles the actor is a member of
	scope   core.Scope
	names   map[core.ID]string       // person names looked up so far
	circles map[core.ID]store.Circle // circles looked up so far; only circleRow uses it
}

// read runs fn on a snapshot with the actor's scope as it is now.
func (k *Kernel) read(ctx context.Context, a core.Actor, fn func(*view) error) error {
	ring, err := ringOf(a)
	if err != nil {
		return err
	}
	return fromStore(k.store.Read(ctx, func(tx store.Tx) error {
		v, err := k.look(ctx, tx, a, ring)
		if err != nil {
			return err
		}
		return fn(v)
	}))
}

// write runs fn as the only writer; what fn put into the unit is written with
// its ledger entries in the same transaction, or nothing is. fn may run twice
// (see store.Store.Write), each time with a fresh view and unit.
func (k *Kernel) write(ctx context.Context, a core.Actor, fn func(*view, *unit) error) error {
	ring, err := ringOf(a)
	if err != nil {
		return err
	}
	return fromStore(k.store.Write(ctx, func(tx store.Tx) error {
		v, err := k.look(ctx, tx, a, ring)
		if err != nil {
			return err
		}
		u := k.newUnit(ctx, tx, a.Person)
		if err := fn(v, u); err != nil {
			return err
		}
		return u.flush()
	}))
}

// look computes the scope. A person who was removed a moment ago is signed out
// here, whatever session they still hold.
func (k *Kernel) look(ctx context.Context, tx store.Tx, a core.Actor, ring *keyring) (*view, error) {
	p, err := tx.Person(string(a.Person))
	if errors.Is(err, store.ErrNotFound) || err == nil && p.State != personActive {
		return nil, core.SignedOut("error.signed_out")
	}
	if err != nil {
		return nil, err
	}
	members, err := tx.Memberships(p.ID)
	if err != nil {
		return nil, err
	}
	v := &view{Tx: tx, ctx: ctx, k: k, actor: a, ring: ring,
		roles: make(map[core.ID]core.Role, len(members)), names: map[core.ID]string{},
		circles: map[core.ID]store.Circle{}}
	for _, m := range members {
		v.roles[core.ID(m.Circle)] = core.Role(m.Role)
		v.scope.Circles = append(v.scope.Circles, core.ID(m.Circle))
	}
	slices.Sort(v.scope.Circles)
	return v, nil
}

// need answers as for an absent circle when the actor is not a member, and
// KindForbidden when the role is too weak.
func (v *view) need(circle core.ID, role core.Role) error {
	have, ok := v.roles[circle]
	if !ok {
		return core.NotFound()
	}
	if !have.Allows(role) {
		return core.Forbidden("error.need_role", "role", string(role))
	}
	return nil
}

// personName is the sign-in name of a person, for authorship lines.
func (v *view) personName(id core.ID) string {
	if name, ok := v.names[id]; ok {
		return name
	}
	p, err := v.Person(string(id))
	if err != nil {
		return ""
	}
	v.names[id] = p.Name
	return p.Name
}
