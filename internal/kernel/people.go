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

// PersonInfo is a person as colleagues see them. Circles are those that the
// actor knows of.
type PersonInfo struct {
	core.Person
	OrganisationNames core.Words
	Circles           []PersonCircle
}

// PersonCircle is a membership in a list of people.
type PersonCircle struct {
	ID   core.ID
	Name string
	Role core.Role
}

func wordsOf(s string) core.Words {
	var w core.Words
	if json.Unmarshal([]byte(s), &w) != nil {
		return core.Words{}
	}
	return w
}

func (u *unit) putOrganisation(o core.Organisation) error {
	b, err := json.Marshal(o.Names)
	if err != nil {
		return core.Internal(err)
	}
	if err := u.tx.PutOrganisation(store.Organisation{ID: string(o.ID), Names: string(b), CreatedAt: u.at}); err != nil {
		return err
	}
	return u.note(ledger.KindConfig, o.ID, map[string]any{"organisation": "put"})
}

// Organisations lists the members of the consortium.
func (k *Kernel) Organisations(ctx context.Context, a core.Actor) ([]core.Organisation, error) {
	var out []core.Organisation
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.Tx.Organisations()
		out = make([]core.Organisation, len(rows))
		for i, r := range rows {
			out[i] = core.Organisation{ID: core.ID(r.ID), Names: wordsOf(r.Names)}
		}
		return err
	})
	return out, err
}

// OrganisationCreate adds a member of the consortium; admins may. It starts
// without people: invite its first admin into it.
func (k *Kernel) OrganisationCreate(ctx context.Context, a core.Actor, names core.Words) (core.Organisation, error) {
	o := core.Organisation{ID: core.NewIDAt(k.now()), Names: names}
	err := k.write(ctx, a, func(_ *view, u *unit) error {
		if !a.Admin {
			return core.Forbidden("error.need_admin")
		}
		if names.In(a.Lang) == "" {
			return core.Invalid("error.required").At("organisation")
		}
		return u.putOrganisation(o)
	})
	return o, err
}

// People lists, for an admin, the people of their organisation, and for
// everybody those who share a circle with them.
func (k *Kernel) People(ctx context.Context, a core.Actor) ([]PersonInfo, error) {
	var out []PersonInfo
	err := k.read(ctx, a, func(v *view) error {
		orgs, err := v.organisations()
		if err != nil {
			return err
		}
		circles, err := v.Tx.Circles()
		if err != nil {
			return err
		}
		in := map[string][]PersonCircle{}
		for _, c := range circles {
			if !v.knows(c) {
				continue
			}
			// That a circle exists is all a steward outside it may learn: its
			// members are inside.
			if _, member := v.roles[core.ID(c.ID)]; !member {
				continue
			}
			members, err := v.Tx.Members(c.ID)
			if err != nil {
				return err
			}
			for _, m := range members {
				in[m.Person] = append(in[m.Person], PersonCircle{ID: core.ID(c.ID), Name: c.Name, Role: core.Role(m.Role)})
			}
		}
		rows, err := v.Tx.People()
		if err != nil {
			return err
		}
		out = out[:0]
		for _, r := range rows {
			mine := a.Admin && r.Organisation == string(a.Organisation)
			if !mine && len(in[r.ID]) == 0 && r.ID != string(a.Person) {
				continue
			}
			out = append(out, PersonInfo{Person: personOf(r), OrganisationNames: orgs[r.Organisation], Circles: in[r.ID]})
		}
		return nil
	})
	return out, err
}

// Me is the actor as a person.
func (k *Kernel) Me(ctx context.Context, a core.Actor) (PersonInfo, error) {
	people, err := k.People(ctx, a)
	if err != nil {
		return PersonInfo{}, err
	}
	for _, p := range people {
		if p.ID == a.Person {
			return p, nil
		}
	}
	return PersonInfo{}, core.NotFound()
}

// PersonRemove ends a person's access: sessions, tokens, key file, all
// circles, each of which turns its key. The person stays in the history as an
// author. Admins of the organisation may, not for themselves.
func (k *Kernel) PersonRemove(ctx context.Context, a core.Actor, person core.ID) error {
	name := ""
	err := k.write(ctx, a, func(v *view, u *unit) error {
		p, err := v.Person(string(person))
		if err != nil {
			return err
		}
		if !a.Admin || p.Organisation != string(a.Organisation) {
			return core.NotFound()
		}
		if person == a.Person {
			return core.Invalid("error.not_yourself")
		}
		name = p.Name
		if _, err := u.lockOut(p.ID); err != nil {
			return err
		}
		p.State, p.KeyFile, p.TOTPSealed = personRemoved, nil, nil
		if err := v.UpdatePerson(p); err != nil {
			return err
		}
		if err := u.note(ledger.KindPerson, person, personBody(p)); err != nil {
			return err
		}
		members, err := v.Memberships(p.ID)
		if err != nil {
			return err
		}
		for _, m := range members {
			c, err := v.Tx.Circle(m.Circle)
			if err != nil {
				return err
			}
			if err := u.expel(c, p.ID, false); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if k.folder != nil {
		if err := k.folder.Remove(name); err != nil {
			return &core.Error{Kind: core.KindUnavail, Key: "error.key_folder", Err: err}
		}
	}
	k.jobs.resume(a)
	return nil
}

// ChangePassphrase seals the actor's identity under another passphrase.
// Sessions go on; the old key file opens nothing that is stored here any more.
func (k *Kernel) ChangePassphrase(ctx context.Context, a core.Actor, old, passphrase string) error {
	if err := crypt.CheckPassphrase(passphrase); err != nil {
		return core.Invalid("error.weak_passphrase").At("passphrase")
	}
	p, id, err := k.unlockAgain(ctx, a, old)
	if err != nil {
		return err
	}
	file, err := k.keysmith.SealIdentity(ctx, id, passphrase)
	if err != nil {
		return fromStore(err)
	}
	err = k.write(ctx, a, func(v *view, u *unit) error {
		if p, err = v.Person(string(a.Person)); err != nil {
			return err
		}
		p.KeyFile = file
		if err := v.UpdatePerson(p); err != nil {
			return err
		}
		return u.note(ledger.KindKey, a.Person, map[string]any{"passphrase": "changed"})
	})
	if err != nil {
		return err
	}
	return k.mirrorKey(p)
}

// unlockAgain asks a signed-in person for the passphrase once more, before
// acts that a person at an unlocked laptop must not be able to do.
func (k *Kernel) unlockAgain(ctx context.Context, a core.Actor, passphrase string) (store.Person, *crypt.Identity, error) {
	var p store.Person
	err := k.read(ctx, a, func(v *view) error {
		var err error
		p, err = v.Person(string(a.Person))
		return err
	})
	if err != nil {
		return p, nil, err
	}
	id, err := k.keysmith.OpenIdentity(ctx, p.KeyFile, passphrase)
	if errors.Is(err, crypt.ErrPassphrase) {
		return p, nil, core.Invalid("error.wrong_passphrase").At("old")
	}
	return p, id, fromStore(err)
}

// SetLanguage changes the language of the actor's pages and messages.
func (k *Kernel) SetLanguage(ctx context.Context, a core.Actor, lang string) error {
	return k.write(ctx, a, func(v *view, _ *unit) error {
		p, err := v.Person(string(a.Person))
		if err != nil {
			return err
		}
		if len(lang) < 2 || len(lang) > 8 {
			return core.Invalid("error.bad_language")
		}
		p.Lang = lang
		return v.UpdatePerson(p)
	})
}

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

// Invites lists the invites of the actor's organisation: all to an admin, else
// the actor's own.
func (k *Kernel) Invites(ctx context.Context, a core.Actor) ([]InviteInfo, error) {
	var out []InviteInfo
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.Tx.Invites(string(a.Organisation))
		if err != nil {
			return err
		}
		out = out[:0]
		for _, r := range rows {
			if !a.Admin && r.CreatedBy != string(a.Person) {
				continue
			}
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

// InviteRevoke ends an invite that has not been used.
func (k *Kernel) InviteRevoke(ctx context.Context, a core.Actor, id core.ID) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		rows, err := v.Tx.Invites(string(a.Organisation))
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.ID == string(id) && (a.Admin || r.CreatedBy == string(a.Person)) {
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

// FindPerson returns an active person of any organisation by sign-in name, for
// adding them to a circle: only to stewards, and only on the exact name.
func (k *Kernel) FindPerson(ctx context.Context, a core.Actor, name string) (core.Person, error) {
	var out core.Person
	err := k.read(ctx, a, func(v *view) error {
		steward := false
		for _, r := range v.roles {
			steward = steward || r == core.Steward
		}
		if !steward {
			return core.Forbidden("error.need_role", "role", string(core.Steward))
		}
		p, err := v.PersonByFold(text.Fold(name))
		if err != nil {
			return err
		}
		if p.State != personActive {
			return core.NotFound()
		}
		out = personOf(p)
		return nil
	})
	return out, err
}
