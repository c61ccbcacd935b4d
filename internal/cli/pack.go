package cli

import (
	"fmt"
	"os"

	"svod/internal/core"
	"svod/internal/pack"
	"svod/packs"
)

type packCheckCmd struct {
	Path string `arg:"" placeholder:"DIR" help:"${pack_path}"`
}

// Run checks a pack's folder against the packs that ship with Svod.
func (c *packCheckCmd) Run(r *run) error {
	if info, err := os.Stat(c.Path); err != nil || !info.IsDir() {
		return core.Invalid("cli.no_folder", "dir", c.Path)
	}
	problems := pack.Check(os.DirFS(c.Path), packs.All()...)
	for _, p := range problems {
		e := p.Err()
		fmt.Fprintf(r.Out, "%s:%d: %s\n", p.File, p.Line, r.t(e.Key, e.Args...))
	}
	if len(problems) > 0 {
		r.say("cli.pack_bad", "count", len(problems))
		return errFound
	}
	r.say("cli.pack_good")
	return nil
}

type versionCmd struct{}

// Run names the version.
func (versionCmd) Run(r *run) error {
	fmt.Fprintln(r.Out, "svod", r.Version)
	return nil
}
