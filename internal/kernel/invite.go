package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
	"svod/internal/store"
	"svod/internal/text"
)

// invitation is what an invite carries under its code: the keys of the circles
// the invited person will join.
type invitation struct {
	Admin   bool            `json:"admin,omitempty"`
	Circles []invitedCircle `json:"circles"`
}

type invitedCircle struct {
	Circle string           `json:"circle"`
	Role   core.Role        `json:"role"`
	Keys   map[int64]string `json:"keys"` // generation to circle identity
}

const inviteValid = 7 * 24 * time.Hour

// Invite makes a one-time code for a new person. The inviter must be steward
// of each circle named; admins invite into their organisation, or into one
// that has nobody yet.
func (k *Kernel) Invite(ctx context.Context, a core.Actor, in Invite) (code string, info InviteInfo, err error) {
	code = crypt.NewSecret(crypt.InviteSecret)
	hash, err := crypt.SecretID(code)
	if err != nil {
		return "", info, core.Internal(err)
	}
	if in.Valid == 0 {
		in.Valid = inviteValid
	}
	if in.Organisation == "" {
		in.Organisation = a.Organisation
	}
	err = k.write(ctx, a, func(v *view, u *unit) error {
		if err := v.mayInvite(in); err != nil {
			return err
		}
		inv := invitation{Admin: in.Admin}
		for _, ic := range in.Circles {
			c, err := v.stewarded(ic.Circle)
			if err != nil {
				return err
			}
			if !ic.Role.Allows(core.Reader) {
				return core.Invalid("error.bad_role").At("role")
			}
			keys, err := v.identities(c.ID)
			if err != nil {
				return err
			}
			inv.Circles = append(inv.Circles, invitedCircle{Circle: c.ID, Role: ic.Role, Keys: keys})
		}
		b, err := json.Marshal(inv)
		if err != nil {
			return core.Internal(err)
		}
		sealed, err := crypt.SealForSecret(code, b)
		if err != nil {
			return core.Internal(err)
		}
		row := store.Invite{IDHash: hash, ID: string(core.NewIDAt(k.now())), Organisation: string(in.Organisation),
			Name: clip(in.Name, 60), Sealed: sealed, CreatedBy: string(a.Person), CreatedAt: u.at,
			ExpiresAt: k.now().Add(in.Valid).UnixMicro()}
		if err := v.InsertInvite(row); err != nil {
			return err
		}
		if info, err = v.inviteInfo(row, inv.Circles); err != nil {
			return err
		}
		return u.note(ledger.KindPerson, core.ID(row.ID), map[string]any{"invite": "made", "organisation": row.Organisation, "admin": in.Admin})
	})
	return code, info, err
}

// mayInvite: admins invite to their own organisation, and the first admin of an
// organisation that is still empty; other stewards invite to their own without
// admin rights.
func (v *view) mayInvite(in Invite) error {
	if in.Organisation != v.actor.Organisation {
		if !v.actor.Admin {
			return core.Forbidden("error.need_admin")
		}
		people, err := v.Tx.People()
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Organisation == string(in.Organisation) && p.State == personActive {
				return core.Forbidden("error.other_organisation")
			}
		}
		_, err = v.Tx.Organisation(string(in.Organisation))
		return err
	}
	if in.Admin && !v.actor.Admin {
		return core.Forbidden("error.need_admin")
	}
	if !v.actor.Admin && len(in.Circles) == 0 {
		return core.Invalid("error.required").At("circles")
	}
	return nil
}

// identities opens every generation of a circle the actor holds, as text.
func (v *view) identities(circle string) (map[int64]string, error) {
	wraps, err := v.CircleWraps(circle, string(v.actor.Person))
	if err != nil {
		return nil, err
	}
	out := make(map[int64]string, len(wraps))
	for _, w := range wraps {
		id, err := crypt.OpenCircle(v.ring.id, w.Wrapped, circle, int(w.Generation))
		if err != nil {
			return nil, core.Internal(err)
		}
		out[w.Generation] = id.String()
	}
	return out, nil
}

func (v *view) inviteInfo(r store.Invite, circles []invitedCircle) (InviteInfo, error) {
	info := InviteInfo{ID: core.ID(r.ID), Name: r.Name, By: v.personName(core.ID(r.CreatedBy)),
		Expires: timeOf(r.ExpiresAt), Used: r.UsedAt != 0}
	o, err := v.Tx.Organisation(r.Organisation)
	if err != nil {
		return info, err
	}
	info.Organisation = core.Organisation{ID: core.ID(o.ID), Names: wordsOf(o.Names)}
	for _, ic := range circles {
		c, err := v.Tx.Circle(ic.Circle)
		if err != nil {
			return info, err
		}
		info.Circles = append(info.Circles, c.Name)
	}
	return info, nil
}

// Invites lists invites: of the actor's organisation all to an admin, of any
// organisation those the actor made.
func (k *Kernel) Invites(ctx context.Context, a core.Actor) ([]InviteInfo, error) {
	var out []InviteInfo
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.invites()
		if err != nil {
			return err
		}
		out = out[:0]
		for _, r := range rows {
			info, err := v.inviteInfo(r, nil)
			if err != nil {
				return err
			}
			out = append(out, info)
		}
		return nil
	})
	return out, err
}

// invites are those the actor may see and revoke.
func (v *view) invites() ([]store.Invite, error) {
	orgs, err := v.Tx.Organisations()
	if err != nil {
		return nil, err
	}
	var out []store.Invite
	for _, o := range orgs {
		rows, err := v.Tx.Invites(o.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			mine := v.actor.Admin && o.ID == string(v.actor.Organisation)
			if mine || r.CreatedBy == string(v.actor.Person) {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// InviteRevoke ends an invite that has not been used.
func (k *Kernel) InviteRevoke(ctx context.Context, a core.Actor, id core.ID) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		rows, err := v.invites()
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.ID == string(id) {
				if err := v.DeleteInvite(r.ID); err != nil {
					return err
				}
				return u.note(ledger.KindPerson, id, map[string]any{"invite": "revoked"})
			}
		}
		return core.NotFound()
	})
}

// openInvite finds an unused invite by its code and opens what it carries.
func openInvite(tx store.Tx, code string, now time.Time) (store.Invite, invitation, error) {
	var inv invitation
	bad := core.Invalid("error.bad_invite").At("code")
	hash, err := crypt.SecretID(code)
	if err != nil {
		return store.Invite{}, inv, bad
	}
	row, err := tx.Invite(hash)
	if errors.Is(err, store.ErrNotFound) || err == nil && (row.UsedAt != 0 || now.UnixMicro() >= row.ExpiresAt) {
		return row, inv, bad
	}
	if err != nil {
		return row, inv, err
	}
	b, err := crypt.OpenWithSecret(code, row.Sealed)
	if err != nil || json.Unmarshal(b, &inv) != nil {
		return row, inv, bad
	}
	return row, inv, nil
}

// InviteOpen shows an invite to whoever holds its code.
func (k *Kernel) InviteOpen(ctx context.Context, code string) (InviteInfo, error) {
	var info InviteInfo
	err := k.store.Read(ctx, func(tx store.Tx) error {
		row, inv, err := openInvite(tx, code, k.now())
		if err != nil {
			return err
		}
		v := &view{Tx: tx, ctx: ctx, k: k, names: map[core.ID]string{}, circles: map[core.ID]store.Circle{}}
		info, err = v.inviteInfo(row, inv.Circles)
		return err
	})
	return info, fromStore(err)
}

// AcceptInvite makes the person and signs them in.
func (k *Kernel) AcceptInvite(ctx context.Context, in Accept) (secret string, a core.Actor, err error) {
	if _, err := k.InviteOpen(ctx, in.Code); err != nil {
		return "", a, err
	}
	p, id, err := k.newPerson(ctx, in.Name, in.Passphrase, in.Lang)
	if err != nil {
		return "", a, err
	}
	err = k.store.Write(ctx, func(tx store.Tx) error {
		row, inv, err := openInvite(tx, in.Code, k.now())
		if err != nil {
			return err
		}
		p.Organisation, p.Settings = row.Organisation, settings{Admin: inv.Admin}.String()
		if err := mistakable(tx, p.Name); err != nil {
			return err
		}
		if err := tx.InsertPerson(p); errors.Is(err, store.ErrConflict) {
			return core.Invalid("error.name_taken", "name", p.Name).At("name")
		} else if err != nil {
			return err
		}
		if err := tx.UseInvite(row.IDHash, k.now().UnixMicro()); err != nil {
			return err
		}
		u := k.newUnit(ctx, tx, core.ID(p.ID))
		if err := u.note(ledger.KindPerson, core.ID(p.ID), personBody(p)); err != nil {
			return err
		}
		for _, ic := range inv.Circles {
			if err := u.join(ic, p); err != nil {
				return err
			}
		}
		return u.flush()
	})
	if err != nil {
		return "", a, fromStore(err)
	}
	if err := k.mirrorKey(p); err != nil {
		return "", a, err
	}
	return k.openSession(ctx, p, id, in.Device)
}

// join makes the invited person a member with the keys the invite carried. An
// invite from before the circle's key turned cannot give the newest key.
func (u *unit) join(ic invitedCircle, p store.Person) error {
	c, err := u.tx.Circle(ic.Circle)
	if err != nil {
		return err
	}
	if _, ok := ic.Keys[c.Generation]; !ok {
		return core.Invalid("error.stale_invite").At("code")
	}
	for generation, secret := range ic.Keys {
		id, err := crypt.ParseIdentity(secret)
		if err != nil {
			return core.Internal(err)
		}
		if err := u.wrapFor(c.ID, generation, id, []store.Person{p}); err != nil {
			return err
		}
	}
	return u.putMember(c, p, ic.Role)
}

// mistakable refuses a name that could be taken for somebody else's: stewards
// choose whom to trust with a circle by it.
func mistakable(tx store.Tx, name string) error {
	people, err := tx.People()
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.State == personActive && text.LookAlike(p.Name) == text.LookAlike(name) {
			return core.Invalid("error.name_taken", "name", name).At("name")
		}
	}
	return nil
}
