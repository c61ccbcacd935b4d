package cli

import (
	"strings"

	"svod/internal/core"
	"svod/internal/text"
)

// circle finds a circle of the person by its name. One the person is not in is
// answered like one that does not exist.
func (d *desk) circle(r *run, name string) (core.ID, error) {
	circles, err := d.Kernel.Circles(r.ctx, d.actor)
	if err != nil {
		return "", err
	}
	want := text.Fold(strings.TrimSpace(name))
	for _, c := range circles {
		if c.Role != "" && (text.Fold(c.Name) == want || string(c.ID) == name) {
			return c.ID, nil
		}
	}
	return "", &core.Error{Kind: core.KindNotFound, Key: "cli.no_circle"}
}

// writing is the circle to write to: the named one, or the only one there is.
// In a demo the first will do.
func (d *desk) writing(r *run, name string) (core.ID, error) {
	if name != "" {
		return d.circle(r, name)
	}
	circles, err := d.Kernel.Circles(r.ctx, d.actor)
	if err != nil {
		return "", err
	}
	var names []string
	var only core.ID
	for _, c := range circles {
		if c.Role.Allows(core.Worker) && !c.Closed {
			names = append(names, "«"+c.Name+"»")
			if only == "" {
				only = c.ID
			}
		}
	}
	switch {
	case len(names) == 0:
		return "", core.Forbidden("cli.no_writing")
	case len(names) == 1 || d.folder.Demo():
		return only, nil
	}
	return "", core.Invalid("cli.which_circle", "circles", strings.Join(names, ", "))
}
