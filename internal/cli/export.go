package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"svod/internal/core"
	"svod/internal/kernel"
)

type exportCmd struct {
	person
	Query  string `placeholder:"${ph_text}" help:"${export_query}"`
	Type   string `placeholder:"${ph_type}" help:"${search_type}"`
	Format string `default:"csv" enum:"csv,csv-cp1251,xlsx,jsonl,esf" placeholder:"${ph_format}" help:"${export_format}"`
	Sealed bool   `help:"${export_sealed}"`
	Fields string `placeholder:"${ph_field}" help:"${export_fields}"`
	Reason string `placeholder:"${ph_text}" help:"${export_reason}"`
	Out    string `required:"" placeholder:"${ph_file}" help:"${export_out}"`
}

// Run writes what a query finds into a file that only its owner can read.
func (c *exportCmd) Run(r *run) error {
	return r.with(c.person, anybody, func(d *desk) error {
		plan := kernel.ExportPlan{Find: kernel.FindQuery{Type: c.Type, Text: c.Query}, Format: c.Format,
			Lang: r.lang, Sealed: c.Sealed, Reason: c.Reason}
		for f := range strings.SplitSeq(c.Fields, ",") {
			if f = strings.TrimSpace(f); f != "" {
				plan.Fields = append(plan.Fields, f)
			}
		}
		info, err := c.write(r, d, plan)
		r.clear()
		if err != nil {
			return err
		}
		for _, n := range info.Notes {
			fmt.Fprintln(r.Err, r.one(n))
		}
		r.say("cli.exported", "count", info.Records)
		return nil
	})
}

func (c *exportCmd) write(r *run, d *desk, plan kernel.ExportPlan) (kernel.ExportInfo, error) {
	progress := r.progress64("cli.export_progress")
	if c.Out == "-" {
		return d.Kernel.Export(r.ctx, d.actor, plan, r.Out, progress)
	}
	f, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return kernel.ExportInfo{}, core.Conflict("cli.file_exists", "file", c.Out)
	}
	if err != nil {
		return kernel.ExportInfo{}, core.Invalid("cli.no_writing_file", "file", c.Out)
	}
	info, err := d.Kernel.Export(r.ctx, d.actor, plan, onDisk{f}, progress)
	err = errors.Join(err, f.Close())
	if err != nil {
		// A part of an export must not pass for the whole.
		err = errors.Join(err, os.Remove(c.Out))
	}
	return info, err
}

// onDisk says that the disk is full in a way a person is told.
type onDisk struct{ w io.Writer }

// Write implements io.Writer.
func (o onDisk) Write(b []byte) (int, error) {
	n, err := o.w.Write(b)
	if errors.Is(err, syscall.ENOSPC) {
		err = &core.Error{Kind: core.KindUnavail, Key: "error.disk_full", Err: err}
	}
	return n, err
}
