package cli

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/instance"
	"svod/internal/kernel"
)

type initCmd struct {
	place
	Name         string `required:"" placeholder:"${ph_name}" help:"${init_name}"`
	Organisation string `required:"" placeholder:"${ph_text}" help:"${init_organisation}"`
	Circle       string `placeholder:"${ph_text}" help:"${init_circle}"`
	Generate     bool   `help:"${init_generate}"`
}

// Run makes a new instance with its first organisation, person and circle.
func (c *initCmd) Run(r *run) error {
	engine := instance.SQLite
	if c.Database != "" {
		engine = instance.PostgreSQL
	}
	if c.Circle == "" {
		c.Circle = r.t("cli.first_circle")
	}
	f, err := instance.Create(c.Dir, false, engine)
	if err != nil {
		return err
	}
	done, err := c.fill(r, f)
	if err != nil {
		return errors.Join(err, f.Discard())
	}
	r.say("cli.init_done", "dir", f.Dir(), "name", done.Person.Name, "circle", done.Circle.Name,
		"quoted_dir", quoted(f.Dir()), "quoted_name", quoted(done.Person.Name))
	return nil
}

func (c *initCmd) fill(r *run, f *instance.Folder) (kernel.SetupDone, error) {
	passphrase, err := c.passphrase(r)
	if err != nil {
		return kernel.SetupDone{}, err
	}
	done, err := r.settle(f, c.Database, kernel.Setup{Organisation: core.Words{r.lang: c.Organisation}, Name: c.Name,
		Passphrase: passphrase, Lang: r.lang, Circle: c.Circle}, nil)
	if err == nil && c.Generate {
		r.say("cli.generated")
		fmt.Fprintln(r.Out, passphrase)
	}
	return done, err
}

func (c *initCmd) passphrase(r *run) (string, error) {
	if !c.Generate {
		return r.newPassphrase(c.Name)
	}
	s, err := crypt.NewPassphrase(r.lang)
	if err != nil {
		return "", core.Internal(err)
	}
	return s, nil
}

// settle makes the database of a new folder, sets the house up, lets more be
// done in it, and commits the folder.
func (r *run) settle(f *instance.Folder, database string, s kernel.Setup, more func(*House) error) (kernel.SetupDone, error) {
	h, err := r.opened(Opening{Folder: f, Key: crypt.NewInstanceKey(), Database: database, Create: true, Log: r.logger(levelQuiet)})
	if err != nil {
		return kernel.SetupDone{}, err
	}
	done, err := h.Kernel.Setup(r.ctx, s)
	if err == nil && more != nil {
		err = more(h)
	}
	if err == nil {
		err = f.Commit(h.Kernel.Info().Instance)
	}
	return done, errors.Join(err, h.Close())
}

// quoted is a word as a shell takes it: in single quotes where it has anything
// but letters, digits and the signs of plain paths.
func quoted(s string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("/._-+,:", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
