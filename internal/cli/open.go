package cli

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/instance"
	"svod/internal/kernel"
)

// Environment variables that hold secrets: never flags, which other users of
// the machine can see.
const (
	envPassphrase = "SVOD_PASSPHRASE"
	envCode       = "SVOD_CODE"
)

// desk is an opened instance with the person who works at it.
type desk struct {
	*House
	folder *instance.Folder
	actor  core.Actor
}

// folder opens the instance's folder and checks that the database flag fits.
func (r *run) folder(p place) (*instance.Folder, error) {
	f, err := instance.Open(p.Dir)
	if err != nil {
		return nil, err
	}
	switch {
	case f.Engine() == instance.PostgreSQL && p.Database == "":
		return nil, core.Invalid("cli.database_missing")
	case f.Engine() == instance.SQLite && p.Database != "":
		return nil, core.Invalid("cli.database_unused")
	}
	return f, nil
}

// open opens the house and makes sure that database and folder belong together.
func (r *run) open(f *instance.Folder, key crypt.InstanceKey, database string, log *slog.Logger, sweep bool) (*House, error) {
	h, err := r.opened(Opening{Folder: f, Key: key, Database: database, Log: log, Sweep: sweep})
	if err != nil {
		return nil, err
	}
	if info := h.Kernel.Info(); info.Instance != f.ID() {
		return nil, errors.Join(core.Invalid("cli.other_database"), h.Close())
	}
	return h, nil
}

func (r *run) opened(o Opening) (*House, error) {
	o.ScryptLogN = r.ScryptLogN
	return r.Open(r.ctx, o)
}

// sitDown opens an instance as a person. In a demo folder nobody need be named:
// the first person of demo.json who fits is taken.
func (r *run) sitDown(p person, fits func(DemoUser) bool) (*desk, error) {
	f, err := r.folder(p.place)
	if err != nil {
		return nil, err
	}
	name, passphrase, err := r.who(f, p.As, fits)
	if err != nil {
		return nil, err
	}
	key, err := f.Unlock(r.ctx, name, passphrase)
	if err != nil {
		return nil, err
	}
	h, err := r.open(f, key, p.Database, r.logger(slog.LevelError), false)
	if err != nil {
		return nil, err
	}
	actor, err := r.unlock(h.Kernel, name, passphrase)
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return &desk{House: h, folder: f, actor: actor}, nil
}

// unlock asks for the one-time code only of those who have a second factor.
func (r *run) unlock(k *kernel.Kernel, name, passphrase string) (core.Actor, error) {
	in := kernel.SignIn{Name: name, Passphrase: passphrase, Code: r.Env(envCode)}
	actor, err := k.Unlock(r.ctx, in, "cli")
	var e *core.Error
	if errors.As(err, &e) && e.Key == "error.code_required" && r.Terminal != nil {
		if in.Code, err = r.Terminal.Secret(r.ctx, r.t("cli.ask_code")); err != nil {
			return core.Actor{}, core.Internal(err)
		}
		actor, err = k.Unlock(r.ctx, in, "cli")
	}
	return actor, err
}

// instanceKey opens an instance for work in nobody's name.
func (r *run) instanceKey(f *instance.Folder, s starter) (crypt.InstanceKey, error) {
	if s.KeyFile != "" {
		return instance.ReadKeyFile(s.KeyFile)
	}
	name, passphrase, err := r.who(f, s.As, anybody)
	if err != nil {
		return crypt.InstanceKey{}, err
	}
	return f.Unlock(r.ctx, name, passphrase)
}

func anybody(DemoUser) bool { return true }

// who finds name and passphrase: flags and environment, then demo.json, then
// the person at the keyboard.
func (r *run) who(f *instance.Folder, as string, fits func(DemoUser) bool) (name, passphrase string, err error) {
	name, passphrase = as, r.Env(envPassphrase)
	if f.Demo() {
		if access, err := readDemo(f.Dir()); err == nil {
			for _, u := range access.Users {
				if name == "" && fits(u) || name == u.Name {
					name = u.Name
					if passphrase == "" {
						passphrase = u.Passphrase
					}
					break
				}
			}
		}
	}
	if name == "" {
		return "", "", core.Invalid("cli.as_missing")
	}
	if passphrase == "" {
		passphrase, err = r.askPassphrase(name)
	}
	return name, passphrase, err
}

func (r *run) askPassphrase(name string) (string, error) {
	if r.Terminal == nil {
		return "", core.SignedOut("cli.no_terminal")
	}
	s, err := r.Terminal.Secret(r.ctx, r.t("cli.ask_passphrase", "name", name))
	if err != nil {
		return "", core.Internal(err)
	}
	return s, nil
}

// newPassphrase asks twice for a passphrase that is to be set.
func (r *run) newPassphrase(name string) (string, error) {
	if s := r.Env(envPassphrase); s != "" {
		return s, nil
	}
	first, err := r.askPassphrase(name)
	if err != nil {
		return "", err
	}
	second, err := r.Terminal.Secret(r.ctx, r.t("cli.ask_again"))
	if err != nil {
		return "", core.Internal(err)
	}
	if crypt.NormalPassphrase(first) != crypt.NormalPassphrase(second) {
		return "", core.Invalid("cli.passphrases_differ")
	}
	return first, nil
}

// demoFile tells scripts and people who can sign in to a demo.
const demoFile = "demo.json"

func readDemo(dir string) (DemoAccess, error) {
	var access DemoAccess
	b, err := os.ReadFile(filepath.Join(dir, demoFile))
	if err == nil {
		err = json.Unmarshal(b, &access)
	}
	return access, err
}

func writeDemo(dir string, access DemoAccess) error {
	b, err := json.MarshalIndent(access, "", "  ")
	if err != nil {
		return core.Internal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, demoFile), append(b, '\n'), 0o600); err != nil {
		return &core.Error{Kind: core.KindUnavail, Key: "instance.not_writable", Err: err}
	}
	return nil
}
