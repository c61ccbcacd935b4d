package cli

import (
	"errors"
	"fmt"
	"log/slog"

	"svod/internal/kernel"
)

type verifyCmd struct{ starter }

// Run re-computes everything and names what is wrong; code 1 when something is.
func (c *verifyCmd) Run(r *run) error {
	h, err := r.openStarter(c.starter)
	if err != nil {
		return err
	}
	report, err := h.Kernel.Verify(r.ctx, r.progress64("cli.verify_progress"))
	r.clear()
	if err = errors.Join(err, h.Close()); err != nil {
		return err
	}
	for _, f := range report.Findings {
		fmt.Fprintln(r.Out, r.finding(f))
	}
	fmt.Fprintf(r.Out, "records: %d\nversions: %d\nfiles: %d\nentries: %d\nfindings: %d\n",
		report.Records, report.Versions, report.Files, report.Entries, len(report.Findings))
	if !report.OK() {
		r.say("cli.verify_bad")
		return errFound
	}
	r.say("cli.verify_good")
	return nil
}

// finding is one line: what is wrong, then the record with its version, or the
// ledger entry, or what else it is about.
func (r *run) finding(f kernel.Finding) string {
	line := r.t(f.What)
	if f.Record != "" {
		line += ": " + r.t("cli.finding_record", "id", string(f.Record))
		if f.Version > 0 {
			line += ", " + r.t("cli.finding_version", "version", fmt.Sprint(f.Version))
		}
	}
	if f.Entry >= 0 {
		line += ", " + r.t("cli.finding_entry", "entry", fmt.Sprint(f.Entry))
	}
	if f.Detail != "" {
		line += " (" + f.Detail + ")"
	}
	return line
}

func (r *run) openStarter(s starter) (*House, error) {
	f, err := r.folder(s.place)
	if err != nil {
		return nil, err
	}
	key, err := r.instanceKey(f, s)
	if err != nil {
		return nil, err
	}
	return r.open(f, key, s.Database, r.logger(slog.LevelError), false)
}

type reindexCmd struct{ starter }

// Run builds the index anew.
func (c *reindexCmd) Run(r *run) error {
	h, err := r.openStarter(c.starter)
	if err != nil {
		return err
	}
	err = h.Kernel.Reindex(r.ctx, r.progress64("cli.reindex_progress"))
	r.clear()
	if err = errors.Join(err, h.Close()); err != nil {
		return err
	}
	r.say("cli.reindex_done")
	return nil
}
