package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

// steward fits the demo's administrators.
func steward(u DemoUser) bool { return u.Role == string(core.Steward) }

// with opens an instance as a person, does the work, and closes it.
func (r *run) with(p person, fits func(DemoUser) bool, work func(*desk) error) error {
	d, err := r.sitDown(p, fits)
	if err != nil {
		return err
	}
	return errors.Join(work(d), d.Close())
}

type userListCmd struct{ person }

// Run lists people: name, organisation, circles with roles, tab-separated.
func (c *userListCmd) Run(r *run) error {
	return r.with(c.person, steward, func(d *desk) error {
		people, err := d.Kernel.People(r.ctx, d.actor)
		if err != nil {
			return err
		}
		for _, p := range people {
			if !p.Active {
				continue
			}
			var in []string
			for _, circle := range p.Circles {
				in = append(in, circle.Name+":"+string(circle.Role))
			}
			fmt.Fprintf(r.Out, "%s\t%s\t%s\n", p.Name, p.OrganisationNames.In(r.lang), strings.Join(in, ", "))
		}
		return nil
	})
}

type userInviteCmd struct {
	person
	Name   string   `placeholder:"${ph_name}" help:"${invite_name}"`
	Circle []string `sep:"none" placeholder:"${ph_circle_role}" help:"${invite_circle}"`
	Admin  bool     `help:"${invite_admin}"`
	Days   int      `default:"7" placeholder:"N" help:"${invite_days}"`
}

// Run makes an invitation and prints its code.
func (c *userInviteCmd) Run(r *run) error {
	return r.with(c.person, steward, func(d *desk) error {
		in := kernel.Invite{Name: c.Name, Admin: c.Admin, Valid: time.Duration(c.Days) * 24 * time.Hour}
		for _, s := range c.Circle {
			name, role, ok := cutLast(s, ":")
			if !ok {
				name, role = s, string(core.Worker)
			}
			circle, err := d.circle(r, name)
			if err != nil {
				return err
			}
			in.Circles = append(in.Circles, kernel.InviteCircle{Circle: circle, Role: core.Role(role)})
		}
		code, info, err := d.Kernel.Invite(r.ctx, d.actor, in)
		if err != nil {
			return err
		}
		fmt.Fprintln(r.Out, code)
		r.say("cli.invited", "until", info.Expires.Local().Format("2006-01-02 15:04"))
		return nil
	})
}

// cutLast cuts around the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

type userAcceptCmd struct {
	starter
	Code string `required:"" placeholder:"${ph_code}" help:"${accept_code}"`
	Name string `required:"" placeholder:"${ph_name}" help:"${accept_name}"`
}

// Run makes the invited person. The database is opened with --key-file, because
// SVOD_PASSPHRASE is that of the new person.
func (c *userAcceptCmd) Run(r *run) error {
	if c.KeyFile == "" {
		return core.Invalid("cli.accept_needs_key")
	}
	h, err := r.openStarter(c.starter)
	if err != nil {
		return err
	}
	passphrase, err := r.newPassphrase(c.Name)
	if err == nil {
		_, a, accepted := h.Kernel.AcceptInvite(r.ctx, kernel.Accept{Code: c.Code, Name: c.Name,
			Passphrase: passphrase, Lang: r.lang, Device: "svod user accept"})
		// A session that nobody holds the secret of is of no use.
		if err = accepted; err == nil {
			err = h.Kernel.SignOut(r.ctx, a)
		}
	}
	if err = errors.Join(err, h.Close()); err != nil {
		return err
	}
	r.say("cli.accepted", "name", c.Name)
	return nil
}

type userRemoveCmd struct {
	person
	Name string `arg:"" help:"${remove_name}"`
}

// Run ends a person's access.
func (c *userRemoveCmd) Run(r *run) error {
	return r.with(c.person, steward, func(d *desk) error {
		people, err := d.Kernel.People(r.ctx, d.actor)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Active && p.Name == c.Name {
				if err := d.Kernel.PersonRemove(r.ctx, d.actor, p.ID); err != nil {
					return err
				}
				r.say("cli.removed", "name", p.Name)
				return nil
			}
		}
		return &core.Error{Kind: core.KindNotFound, Key: "cli.no_person"}
	})
}
