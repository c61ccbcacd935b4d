package cli

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/instance"
)

type demoCmd struct {
	Addr     string `default:"127.0.0.1:8420" placeholder:"${ph_addr}" help:"${serve_addr}"`
	Dir      string `placeholder:"${ph_dir}" help:"${demo_dir}"`
	Keep     bool   `help:"${demo_keep}"`
	Database string `env:"SVOD_DEMO_DATABASE" placeholder:"URL" help:"${flag_database}"`
}

// Run makes a demo, serves it, and removes it again. One that was kept before is
// served and stays.
func (c *demoCmd) Run(r *run) error {
	ln, err := r.listen(c.Addr)
	if err != nil {
		return err
	}
	defer ln.Close() // closed by the server already where it ran
	dir, err := c.place()
	if err != nil {
		return err
	}
	f, fresh, err := c.folder(dir)
	if err != nil {
		return err
	}
	served, err := c.serve(r, ln, f, fresh)
	if fresh && (!c.Keep || !served) { // never what another run made: it may still be served
		err = errors.Join(err, removeDemo(f))
		if served && f.Engine() == instance.PostgreSQL { // else nothing of ours is in there
			r.say("cli.demo_database_stays")
		}
	}
	return err
}

func (c *demoCmd) place() (string, error) {
	if c.Dir != "" {
		return c.Dir, nil
	}
	dir, err := os.MkdirTemp("", "svod-demo-")
	if err != nil {
		return "", &core.Error{Kind: core.KindUnavail, Key: "instance.not_writable", Err: err}
	}
	return dir, nil
}

// folder makes the demo's folder, or opens one that was kept. A real instance
// is refused.
func (c *demoCmd) folder(dir string) (f *instance.Folder, fresh bool, err error) {
	if f, err := instance.Open(dir); err == nil {
		return f, false, f.Want(true)
	} else if core.KindOf(err) != core.KindInvalid {
		return nil, false, err
	}
	engine := instance.SQLite
	if c.Database != "" {
		engine = instance.PostgreSQL
	}
	f, err = instance.Create(dir, true, engine)
	return f, true, err
}

// removeDemo removes the folder of a demo and nothing else.
func removeDemo(f *instance.Folder) error {
	if !f.Demo() {
		return nil
	}
	if err := os.RemoveAll(f.Dir()); err != nil {
		return &core.Error{Kind: core.KindUnavail, Key: "cli.demo_not_removed", Args: []any{"dir", f.Dir()}, Err: err}
	}
	return nil
}

// serve reports whether the demo was whole: a half-made one is not kept.
func (c *demoCmd) serve(r *run, ln net.Listener, f *instance.Folder, fresh bool) (whole bool, err error) {
	h, access, err := c.open(r, f, fresh)
	if err != nil {
		return false, err
	}
	logger := r.logger(levelDemo)
	access.URL = urlOf(ln)
	err = writeDemo(f.Dir(), access)
	if err == nil {
		handler, failed := r.Handler(h.Kernel, HandlerOptions{Version: r.Version, Log: logger})
		if err = failed; err == nil {
			err = r.serveHTTP(ln, handler, logger, r.welcome(f, access))
		}
	}
	return true, errors.Join(err, h.Close())
}

// open fills a fresh demo, or opens a kept one as its first user.
func (c *demoCmd) open(r *run, f *instance.Folder, fresh bool) (*House, DemoAccess, error) {
	logger := r.logger(levelDemo)
	if !fresh {
		access, err := readDemo(f.Dir())
		if err != nil || len(access.Users) == 0 {
			return nil, access, core.Invalid("instance.damaged", "dir", f.Dir())
		}
		key, err := f.Unlock(r.ctx, access.Users[0].Name, access.Users[0].Passphrase)
		if err != nil {
			return nil, access, err
		}
		h, err := r.open(f, key, c.Database, logger, true)
		return h, access, err
	}
	h, err := r.opened(Opening{Folder: f, Key: crypt.NewInstanceKey(), Database: c.Database, Create: true, Log: logger})
	if err != nil {
		return nil, DemoAccess{}, err
	}
	access, err := r.LoadDemo(r.ctx, h.Kernel, r.progress("cli.demo_loading"))
	r.clear()
	if err == nil {
		err = f.Commit(h.Kernel.Info().Instance)
	}
	if err != nil {
		return nil, access, errors.Join(err, h.Close())
	}
	return h, access, nil
}

// welcome says who can sign in.
func (r *run) welcome(f *instance.Folder, access DemoAccess) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n\n", r.t("cli.demo_invented"))
	for _, u := range access.Users {
		fmt.Fprintf(&b, "  %s\n    %s\n    %s\n", u.Name, r.t("cli.demo_passphrase", "passphrase", u.Passphrase),
			r.t("cli.demo_role", "role", r.t("cli.role."+u.Role), "organisation", u.Organisation.In(r.lang),
				"circles", strings.Join(u.Circles, ", ")))
	}
	fmt.Fprintf(&b, "\n%s\n%s\n%s\n", r.t("cli.demo_token", "token", access.Token),
		r.t("cli.demo_folder", "file", filepath.Join(f.Dir(), demoFile)), r.t("cli.demo_stop"))
	return b.String()
}
