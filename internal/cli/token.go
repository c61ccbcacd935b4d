package cli

import (
	"fmt"
	"log/slog"
	"time"

	"svod/internal/core"
	"svod/internal/instance"
)

type tokenCreateCmd struct {
	person
	Label string `default:"svod" placeholder:"${ph_text}" help:"${token_label}"`
	Days  int    `default:"0" placeholder:"N" help:"${token_days}"`
}

// Run makes an API token and prints its secret, once.
func (c *tokenCreateCmd) Run(r *run) error {
	return r.with(c.person, anybody, func(d *desk) error {
		secret, t, err := d.Kernel.TokenCreate(r.ctx, d.actor, c.Label, time.Duration(c.Days)*24*time.Hour)
		if err != nil {
			return err
		}
		fmt.Fprintln(r.Out, secret)
		r.say("cli.token_made", "id", string(t.ID))
		return nil
	})
}

type tokenListCmd struct{ person }

// Run lists the person's tokens: id, created, expires or "-", label.
func (c *tokenListCmd) Run(r *run) error {
	return r.with(c.person, anybody, func(d *desk) error {
		tokens, err := d.Kernel.Tokens(r.ctx, d.actor)
		if err != nil {
			return err
		}
		for _, t := range tokens {
			until := "-"
			if !t.Expires.IsZero() {
				until = t.Expires.Format(time.DateOnly)
			}
			fmt.Fprintf(r.Out, "%s\t%s\t%s\t%s\n", t.ID, t.Created.Format(time.DateOnly), until, t.Label)
		}
		return nil
	})
}

type tokenRevokeCmd struct {
	person
	ID string `arg:"" help:"${token_id}"`
}

// Run ends a token.
func (c *tokenRevokeCmd) Run(r *run) error {
	return r.with(c.person, anybody, func(d *desk) error {
		id, err := core.ParseID(c.ID)
		if err == nil {
			err = d.Kernel.TokenRevoke(r.ctx, d.actor, id)
		}
		if core.KindOf(err) == core.KindNotFound {
			return &core.Error{Kind: core.KindNotFound, Key: "cli.no_token"}
		}
		if err == nil {
			r.say("cli.token_revoked")
		}
		return err
	})
}

type keyExportCmd struct{ person }

// Run prints the instance key for a start without people. Only administrators:
// the key opens the whole database, though not what is sealed in it.
func (c *keyExportCmd) Run(r *run) error {
	f, err := r.folder(c.place)
	if err != nil {
		return err
	}
	name, passphrase, err := r.who(f, c.As, steward)
	if err != nil {
		return err
	}
	key, err := f.Unlock(r.ctx, name, passphrase)
	if err != nil {
		return err
	}
	h, err := r.open(f, key, c.Database, r.logger(slog.LevelError), false)
	if err != nil {
		return err
	}
	actor, err := r.unlock(h.Kernel, name, passphrase)
	if closed := h.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if !actor.Admin {
		return core.Forbidden("error.need_admin")
	}
	r.say("cli.key_warning")
	fmt.Fprintln(r.Out, instance.KeyText(key))
	return nil
}
