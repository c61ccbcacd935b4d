package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
)

type importCmd struct {
	person
	File      string `arg:"" help:"${import_file}"`
	Type      string `required:"" placeholder:"${ph_type}" help:"${import_type}"`
	Circle    string `placeholder:"${ph_name}" help:"${import_circle}"`
	Map       string `placeholder:"${ph_file}" help:"${import_map}"`
	Source    string `placeholder:"${ph_text}" help:"${import_source}"`
	Encoding  string `placeholder:"${ph_encoding}" help:"${import_encoding}"`
	Separator string `placeholder:"${ph_separator}" help:"${import_separator}"`
	Sheet     string `placeholder:"${ph_name}" help:"${import_sheet}"`
	HeaderRow int    `placeholder:"N" help:"${import_header}"`
	EmptyAs   string `placeholder:"${ph_text}" help:"${import_empty}"`
	SkipDoubt bool   `help:"${import_skip_doubt}"`
	Reason    string `placeholder:"${ph_text}" help:"${import_reason}"`
	DryRun    bool   `help:"${import_dry}"`
}

// writes fits the people of a demo who may write.
func writes(u DemoUser) bool { return core.Role(u.Role).Allows(core.Worker) }

// Run imports a table, all of it or nothing; code 1 when rows are refused or in
// doubt.
func (c *importCmd) Run(r *run) error {
	in, name, err := r.source(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	return r.with(c.person, writes, func(d *desk) error {
		plan, staged, err := c.plan(r, d, in, name)
		if err != nil {
			return err
		}
		if c.DryRun {
			return errors.Join(c.tryOut(r, d, plan), d.Kernel.StageForget(r.ctx, d.actor, staged))
		}
		info, err := d.Kernel.ImportNow(r.ctx, d.actor, plan, r.progress64("cli.import_progress"))
		r.clear()
		if err != nil {
			return errors.Join(c.refused(r, d, plan, err), d.Kernel.StageForget(r.ctx, d.actor, staged))
		}
		r.report(info.Report)
		r.say("cli.import_done", "id", string(info.ID))
		return nil
	})
}

// source opens the table before anybody is asked for a passphrase.
func (r *run) source(file string) (in io.ReadCloser, name string, err error) {
	if file == "-" {
		return io.NopCloser(r.In), "stdin", nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, "", core.Invalid("cli.no_file", "file", file)
	}
	return f, filepath.Base(file), nil
}

// plan stages the table, guesses the mapping, and puts in what was said.
func (c *importCmd) plan(r *run, d *desk, in io.Reader, name string) (kernel.ImportPlan, core.ID, error) {
	var m mapping
	if c.Map != "" {
		var err error
		if m, err = readMapping(c.Map, c.Type); err != nil {
			return kernel.ImportPlan{}, "", err
		}
	}
	circle, err := d.writing(r, c.Circle)
	if err != nil {
		return kernel.ImportPlan{}, "", err
	}
	staged, err := d.Kernel.Stage(r.ctx, d.actor, name, in)
	if err != nil {
		return kernel.ImportPlan{}, "", err
	}
	plan := kernel.ImportPlan{Stage: staged.ID, Type: c.Type, Circle: circle, Options: c.options(m), Source: c.Source}
	preview, err := d.Kernel.ImportPreview(r.ctx, d.actor, plan)
	if err != nil {
		return plan, staged.ID, errors.Join(err, d.Kernel.StageForget(r.ctx, d.actor, staged.ID))
	}
	plan = preview.Plan
	plan.EmptyAs, plan.SkipDoubt, plan.Reason = core.Missing(c.EmptyAs), c.SkipDoubt, c.Reason
	if c.Source == "" && m.Source != "" {
		plan.Source = m.Source
	}
	if err := m.apply(plan.Columns); err != nil {
		return plan, staged.ID, errors.Join(err, d.Kernel.StageForget(r.ctx, d.actor, staged.ID))
	}
	r.describe(preview.Guess, plan)
	return plan, staged.ID, nil
}

// separators are names for what is hard to type in a shell.
var separators = map[string]string{"tab": "\t", `\t`: "\t", "comma": ",", "semicolon": ";", "pipe": "|"}

func (c *importCmd) options(m mapping) sheet.Options {
	o := m.Options
	if c.Encoding != "" {
		o.Encoding = encodingName(c.Encoding)
	}
	if c.Separator != "" {
		o.Separator = c.Separator
		if s, ok := separators[strings.ToLower(c.Separator)]; ok {
			o.Separator = s
		}
	}
	if c.Sheet != "" {
		o.Sheet = c.Sheet
	}
	if c.HeaderRow != 0 {
		o.HeaderRow = c.HeaderRow
	}
	return o
}

// encodingName takes the names people use for the encodings of the region.
func encodingName(s string) string {
	s = strings.ToLower(s)
	switch s {
	case "cp1251", "win1251", "1251":
		return sheet.Windows1251
	case "cp866", "866", "dos":
		return sheet.CP866
	case "koi8", "koi8r":
		return sheet.KOI8R
	case "utf8":
		return sheet.UTF8
	case "utf16", "utf-16":
		return sheet.UTF16LE
	case "maccyrillic", "mac-cyrillic", "mac":
		return sheet.MacCyrillic
	}
	return s
}

// tryOut is a dry run.
func (c *importCmd) tryOut(r *run, d *desk, plan kernel.ImportPlan) error {
	report, err := d.Kernel.ImportDryRun(r.ctx, d.actor, plan)
	if err != nil {
		return err
	}
	r.report(report)
	r.say("cli.import_dry")
	return c.verdict(r, report)
}

func (c *importCmd) verdict(r *run, report kernel.ImportReport) error {
	if report.Refused > 0 || report.Doubt > 0 && !c.SkipDoubt {
		r.say("cli.import_refused")
		return errFound
	}
	return nil
}

// refused shows why an import was not accepted: the kernel says only how many
// rows.
func (c *importCmd) refused(r *run, d *desk, plan kernel.ImportPlan, why error) error {
	var e *core.Error
	if !errors.As(why, &e) || e.Key != "import.rows_refused" && e.Key != "import.rows_in_doubt" {
		return why
	}
	report, err := d.Kernel.ImportDryRun(r.ctx, d.actor, plan)
	if err != nil {
		return err
	}
	r.report(report)
	return c.verdict(r, report)
}

// describe says how the table was read.
func (r *run) describe(g sheet.Guess, plan kernel.ImportPlan) {
	if g.Format == sheet.XLSX {
		r.say("cli.import_sheet", "sheet", g.Sheet)
		for _, s := range g.Sheets {
			if s.Hidden {
				r.say("cli.import_hidden", "sheet", s.Name)
			}
		}
	} else {
		sep := "«" + g.Separator + "»"
		if g.Separator == "\t" {
			sep = r.t("cli.separator.tab")
		}
		r.say("cli.import_read", "encoding", g.Encoding, "separator", sep, "header", fmt.Sprint(g.HeaderRow))
	}
	for _, c := range plan.Columns {
		switch {
		case c.Field == "":
			r.say("cli.import_left", "heading", oneLine(c.Heading))
		case c.Lang != "":
			r.say("cli.import_column", "heading", oneLine(c.Heading), "field", c.Field+" ["+c.Lang+"]")
		default:
			r.say("cli.import_column", "heading", oneLine(c.Heading), "field", c.Field)
		}
	}
}
