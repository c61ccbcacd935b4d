package kernel

import (
	"context"
	"errors"
	"strings"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
	"svod/internal/store"
)

// Circles lists the circles the actor may know of: those they are a member of,
// and, for an admin, that the others of their organisation exist.
func (k *Kernel) Circles(ctx context.Context, a core.Actor) ([]CircleInfo, error) {
	var out []CircleInfo
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.Tx.Circles()
		if err != nil {
			return err
		}
		orgs, err := v.organisations()
		if err != nil {
			return err
		}
		out = make([]CircleInfo, 0, len(rows))
		for _, r := range rows {
			info := CircleInfo{Circle: circleOf(r), OrganisationNames: orgs[r.Organisation],
				Role: v.roles[core.ID(r.ID)]}
			if info.Role == "" {
				if v.knows(r) {
					out = append(out, info)
				}
				continue
			}
			members, err := v.Tx.Members(r.ID)
			if err != nil {
				return err
			}
			info.Members = len(members)
			if info.Records, err = v.countIn(info.ID); err != nil {
				return err
			}
			old, err := v.RecordKeysBelow(r.ID, r.Generation, "", 1)
			if err != nil {
				return err
			}
			info.Rekeying = len(old) > 0
			out = append(out, info)
		}
		return nil
	})
	return out, err
}

// knows says whether the actor may learn that the circle exists.
func (v *view) knows(c store.Circle) bool {
	if _, member := v.roles[core.ID(c.ID)]; member {
		return true
	}
	return v.actor.Admin && c.Organisation == string(v.actor.Organisation)
}

// known returns a circle the actor may know of, else KindNotFound.
func (v *view) known(id core.ID) (store.Circle, error) {
	c, err := v.Tx.Circle(string(id))
	if err != nil {
		return c, err
	}
	if !v.knows(c) {
		return store.Circle{}, core.NotFound()
	}
	return c, nil
}

func circleOf(c store.Circle) core.Circle {
	return core.Circle{ID: core.ID(c.ID), Organisation: core.ID(c.Organisation), Name: c.Name,
		Generation: int(c.Generation), Closed: c.ClosedAt != 0, Created: timeOf(c.CreatedAt)}
}

// CircleCreate makes a circle in the actor's organisation; the actor, an
// admin, becomes its steward.
func (k *Kernel) CircleCreate(ctx context.Context, a core.Actor, name string) (core.Circle, error) {
	var made core.Circle
	err := k.write(ctx, a, func(v *view, u *unit) error {
		if !a.Admin {
			return core.Forbidden("error.need_admin")
		}
		p, err := v.Person(string(a.Person))
		if err != nil {
			return err
		}
		made, err = u.newCircle(a.Organisation, name, p)
		return err
	})
	return made, err
}

// newCircle makes a circle with its first generation and first steward.
func (u *unit) newCircle(org core.ID, name string, steward store.Person) (core.Circle, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return core.Circle{}, core.Invalid("error.required").At("circle")
	}
	row := store.Circle{ID: string(core.NewIDAt(timeOf(u.at))), Organisation: string(org), Name: clip(name, 80),
		Generation: 1, CreatedAt: u.at}
	id, err := crypt.NewIdentity()
	if err != nil {
		return core.Circle{}, core.Internal(err)
	}
	row.Recipient = id.Recipient()
	if err := u.tx.InsertCircle(row); err != nil {
		return core.Circle{}, err
	}
	if err := u.note(ledger.KindCircle, core.ID(row.ID), map[string]any{"organisation": row.Organisation}); err != nil {
		return core.Circle{}, err
	}
	if err := u.putMember(row, steward, core.Steward); err != nil {
		return core.Circle{}, err
	}
	return circleOf(row), u.putGeneration(row, id, []store.Person{steward})
}

// putGeneration stores a generation's public key and wraps its secret to the
// members.
func (u *unit) putGeneration(c store.Circle, id *crypt.Identity, members []store.Person) error {
	key := store.CircleKey{Circle: c.ID, Generation: c.Generation, Recipient: id.Recipient(), CreatedAt: u.at}
	if err := u.tx.InsertCircleKey(key); err != nil {
		return err
	}
	if err := u.wrapFor(c.ID, c.Generation, id, members); err != nil {
		return err
	}
	return u.noteVersion(ledger.KindKey, core.ID(c.ID), int(c.Generation),
		map[string]any{"recipient": id.Recipient()})
}

func (u *unit) wrapFor(circle string, generation int64, id *crypt.Identity, people []store.Person) error {
	wraps := make([]store.CircleWrap, len(people))
	for i, p := range people {
		w, err := crypt.WrapCircle([]string{p.Recipient}, id, circle, int(generation))
		if err != nil {
			return core.Internal(err)
		}
		wraps[i] = store.CircleWrap{Circle: circle, Generation: generation, Person: p.ID, Wrapped: w}
	}
	return u.tx.PutCircleWraps(wraps)
}

func (u *unit) putMember(c store.Circle, p store.Person, role core.Role) error {
	if err := u.tx.PutMember(store.Member{Circle: c.ID, Person: p.ID, Role: string(role), Since: u.at}); err != nil {
		return err
	}
	return u.note(ledger.KindMember, core.ID(c.ID), map[string]any{"person": p.ID, "role": string(role)})
}

// CircleRename changes a circle's name; its stewards may.
func (k *Kernel) CircleRename(ctx context.Context, a core.Actor, circle core.ID, name string) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		c, err := v.stewarded(circle)
		if err != nil {
			return err
		}
		if c.Name = clip(strings.Join(strings.Fields(name), " "), 80); c.Name == "" {
			return core.Invalid("error.required").At("circle")
		}
		if err := v.UpdateCircle(c); err != nil {
			return err
		}
		return u.note(ledger.KindCircle, circle, map[string]any{"renamed": true})
	})
}

// CircleClose ends or reopens writing in a circle; reading goes on.
func (k *Kernel) CircleClose(ctx context.Context, a core.Actor, circle core.ID, closed bool) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		c, err := v.stewarded(circle)
		if err != nil {
			return err
		}
		c.ClosedAt = 0
		if closed {
			c.ClosedAt = u.at
		}
		if err := v.UpdateCircle(c); err != nil {
			return err
		}
		return u.note(ledger.KindCircle, circle, map[string]any{"closed": closed})
	})
}

// stewarded returns the circle when the actor is its steward.
func (v *view) stewarded(circle core.ID) (store.Circle, error) {
	if err := v.need(circle, core.Steward); err != nil {
		return store.Circle{}, err
	}
	return v.Tx.Circle(string(circle))
}

// Members lists a circle's members to its members, the longest first.
func (k *Kernel) Members(ctx context.Context, a core.Actor, circle core.ID) ([]MemberInfo, error) {
	var out []MemberInfo
	err := k.read(ctx, a, func(v *view) error {
		if err := v.need(circle, core.Reader); err != nil {
			return err
		}
		orgs, err := v.organisations()
		if err != nil {
			return err
		}
		rows, err := v.Tx.Members(string(circle))
		if err != nil {
			return err
		}
		out = make([]MemberInfo, 0, len(rows))
		for _, m := range rows {
			p, err := v.Person(m.Person)
			if err != nil {
				return err
			}
			out = append(out, MemberInfo{Name: p.Name, Organisation: orgs[p.Organisation],
				Member: core.Member{Circle: circle, Person: core.ID(m.Person), Role: core.Role(m.Role), Since: timeOf(m.Since)}})
		}
		return nil
	})
	return out, err
}

// MemberPut adds an existing person to a circle, or changes the role of a
// member. A new member gets every generation of the key, so that older records
// are readable too. The last steward cannot step down.
func (k *Kernel) MemberPut(ctx context.Context, a core.Actor, circle, person core.ID, role core.Role) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		c, err := v.stewarded(circle)
		if err != nil {
			return err
		}
		if !role.Allows(core.Reader) {
			return core.Invalid("error.bad_role").At("role")
		}
		p, err := v.Person(string(person))
		if err != nil {
			return err
		}
		if p.State != personActive {
			return core.NotFound()
		}
		members, err := v.Tx.Members(c.ID)
		if err != nil {
			return err
		}
		if role != core.Steward && lastSteward(members, p.ID) {
			return core.Invalid("error.last_steward")
		}
		if err := v.handKeys(u, c, p); err != nil {
			return err
		}
		return u.putMember(c, p, role)
	})
}

func lastSteward(members []store.Member, person string) bool {
	is, others := false, 0
	for _, m := range members {
		if m.Role != string(core.Steward) {
			continue
		}
		if m.Person == person {
			is = true
		} else {
			others++
		}
	}
	return is && others == 0
}

// handKeys wraps every generation the actor holds to another person.
func (v *view) handKeys(u *unit, c store.Circle, p store.Person) error {
	wraps, err := v.CircleWraps(c.ID, string(v.actor.Person))
	if err != nil {
		return err
	}
	for _, w := range wraps {
		id, err := crypt.OpenCircle(v.ring.id, w.Wrapped, c.ID, int(w.Generation))
		if err != nil {
			return core.Internal(err)
		}
		if err := u.wrapFor(c.ID, w.Generation, id, []store.Person{p}); err != nil {
			return err
		}
	}
	return nil
}

// MemberRemove takes a person out of a circle (a member may also leave) and
// turns the circle's key. Records are carried to the new key by a job; what the
// person has read before cannot be recalled.
func (k *Kernel) MemberRemove(ctx context.Context, a core.Actor, circle, person core.ID) error {
	err := k.write(ctx, a, func(v *view, u *unit) error {
		if err := v.need(circle, core.Reader); err != nil {
			return err
		}
		if person != a.Person {
			if err := v.need(circle, core.Steward); err != nil {
				return err
			}
		}
		c, err := v.Tx.Circle(string(circle))
		if err != nil {
			return err
		}
		return u.expel(c, string(person), true)
	})
	if err == nil {
		k.jobs.resume(a)
	}
	return err
}

// expel removes a member and turns the key. keepSteward refuses to leave a
// circle without a steward.
func (u *unit) expel(c store.Circle, person string, keepSteward bool) error {
	members, err := u.tx.Members(c.ID)
	if err != nil {
		return err
	}
	if keepSteward && lastSteward(members, person) {
		return core.Invalid("error.last_steward")
	}
	if err := u.tx.DeleteMember(c.ID, person); err != nil {
		return err
	}
	if err := u.tx.DeleteCircleWraps(c.ID, person); err != nil {
		return err
	}
	if err := u.note(ledger.KindMember, core.ID(c.ID), map[string]any{"person": person, "role": ""}); err != nil {
		return err
	}
	return u.turn(c)
}

// turn starts a new generation of a circle's key for whoever is a member now.
// It needs public keys only, so an admin who removes a person can do it without
// being in the circle.
func (u *unit) turn(c store.Circle) error {
	members, err := u.tx.Members(c.ID)
	if err != nil {
		return err
	}
	people := make([]store.Person, 0, len(members))
	keeper := ""
	for _, m := range members {
		p, err := u.tx.Person(m.Person)
		if err != nil {
			return err
		}
		people = append(people, p)
		if keeper == "" || m.Role == string(core.Steward) {
			keeper = p.ID
		}
	}
	id, err := crypt.NewIdentity()
	if err != nil {
		return core.Internal(err)
	}
	c.Generation, c.Recipient = c.Generation+1, id.Recipient()
	if err := u.tx.UpdateCircle(c); err != nil {
		return err
	}
	if err := u.putGeneration(c, id, people); err != nil {
		return err
	}
	if keeper == "" {
		return nil
	}
	return u.queue(jobRekey, keeper, c.ID)
}

// organisations are the names of all members of the consortium by id.
func (v *view) organisations() (map[string]core.Words, error) {
	rows, err := v.Tx.Organisations()
	if err != nil {
		return nil, err
	}
	out := make(map[string]core.Words, len(rows))
	for _, r := range rows {
		out[r.ID] = wordsOf(r.Names)
	}
	return out, nil
}

// generation opens a circle's current generation, KindForbidden when the actor
// was added but has not been handed the key.
func (v *view) generation(c store.Circle) (*crypt.CircleKeys, error) {
	ck, err := v.ring.circle(v.Tx, string(v.actor.Person), c.ID, c.Generation)
	if errors.Is(err, errNoKey) {
		return nil, core.Forbidden("error.no_circle_key")
	}
	return ck, err
}
