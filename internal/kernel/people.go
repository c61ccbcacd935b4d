package kernel

import (
	"context"
	"encoding/json"
	"errors"

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
// acts that a person at an unlocked laptop must not be able to do. Tries are
// counted apart from sign-in, so that nobody is locked out by them.
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
	gate := attemptKey("again", p.Fold)
	if err := k.countTry(ctx, gate); err != nil {
		return p, nil, err
	}
	id, err := k.keysmith.OpenIdentity(ctx, p.KeyFile, passphrase)
	if errors.Is(err, crypt.ErrPassphrase) {
		return p, nil, core.Invalid("error.wrong_passphrase").At("old")
	}
	if err != nil {
		return p, nil, fromStore(err)
	}
	err = k.store.Write(ctx, func(tx store.Tx) error { return tx.ClearAttempts(gate) })
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
