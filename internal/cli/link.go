package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"svod/internal/core"
	"svod/internal/linkage"
	"svod/internal/text"
)

// linkCmd finds the rows of tables that speak of one person. It needs no
// instance: it reads tables and writes who is who, and a page if asked to.
type linkCmd struct {
	Files            []string `arg:"" name:"file" help:"${link_file}"`
	Out              string   `required:"" placeholder:"${ph_file}" help:"${link_out}"`
	Report           string   `placeholder:"${ph_file}" help:"${link_report}"`
	Map              string   `placeholder:"${ph_file}" help:"${link_map}"`
	Threshold        float64  `placeholder:"0.9" help:"${link_threshold}"`
	Seed             uint64   `default:"1" placeholder:"N" help:"${link_seed}"`
	ListsAreDistinct bool     `help:"${link_distinct}"`
}

// Run writes the clusters and, on standard output, a contract for scripts: a
// word, a colon, a number. With the clusters or the page on standard output those
// lines go where messages go.
func (c *linkCmd) Run(r *run) (err error) {
	if c.Threshold != 0 && !(c.Threshold >= .01 && c.Threshold < 1) {
		return core.Invalid("cli.link_threshold_range")
	}
	t, err := c.read(r)
	if err != nil {
		return err
	}
	out, report, err := c.outputs(r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(out.close(err != nil), report.close(err != nil), err) }()
	if r.Live {
		r.say("cli.estimate_wait")
	}
	found, err := c.link(r.ctx, t)
	if err != nil {
		return err
	}
	if err := found.write(out); err != nil {
		return err
	}
	if report != nil {
		page, err := linkBuilder{words: r.words, found: found, command: c}.page()
		if err != nil {
			return err
		}
		if err := r.linkHTML(report, page); err != nil {
			return err
		}
	}
	to := r.Out
	if c.Out == "-" || c.Report == "-" {
		to = r.Err
	}
	if err := found.figures(to); err != nil {
		return err
	}
	r.say("cli.link_estimated")
	return nil
}

// link compares the rows; the result does not depend on their order.
func (c *linkCmd) link(ctx context.Context, t *linkTable) (*linkFound, error) {
	result, err := linkage.Link(ctx, t.rows, linkage.Options{Columns: t.columns, Seed: c.Seed, Threshold: c.Threshold,
		ListsAreDistinct: c.ListsAreDistinct})
	if err != nil {
		return nil, err
	}
	return newLinkFound(t, result), nil
}

// figures are what scripts read.
func (f *linkFound) figures(to io.Writer) error {
	_, err := fmt.Fprintf(to, "rows: %d\nclusters: %d\nduplicates: %d\nthreshold: %s\nprecision: %s\nrecall: %s\n",
		len(f.table.rows), len(f.clusters), f.duplicates(), strconv.FormatFloat(f.result.Threshold, 'g', 4, 64),
		strconv.FormatFloat(f.result.EstimatedPrecision, 'f', 4, 64), strconv.FormatFloat(f.result.EstimatedRecall, 'f', 4, 64))
	return err
}

// duplicates are the rows beyond the first of each person.
func (f *linkFound) duplicates() int { return len(f.table.rows) - len(f.clusters) }

// percent writes a share with one digit behind the point.
func (w *words) percent(share float64) string { return text.FormatFloat(w.lang, 100*share, 1) }
