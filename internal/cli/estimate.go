package cli

import (
	"encoding/json"
	"fmt"

	"svod/internal/core"
	"svod/internal/stats"
)

// estimateCmd estimates how many people no list names. It needs no instance: it
// reads one table and writes one page.
type estimateCmd struct {
	File   string   `arg:"" help:"${estimate_file}"`
	Seed   uint64   `default:"1" placeholder:"N" help:"${estimate_seed}"`
	Format string   `enum:"text,json,html" default:"text" placeholder:"text|json|html" help:"${estimate_format}"`
	Lists  []string `placeholder:"${ph_lists}" help:"${estimate_lists}"`
	Count  string   `placeholder:"${ph_column}" help:"${estimate_count}"`
	Level  float64  `default:"0.95" placeholder:"0.95" help:"${estimate_level}"`
	Quick  bool     `help:"${estimate_quick}"`
}

// Run writes the whole report; code 1 when nothing may be said about the total
// (of any one stratum). With strata there is one report for each; in JSON
// every report is a line.
func (c *estimateCmd) Run(r *run) error {
	if !(c.Level > 0 && c.Level < 1) {
		return core.Invalid("error.stats_option", "field", "--level")
	}
	in, name, err := r.source(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	parsed, err := c.read(r, in, name)
	if err != nil {
		return err
	}
	if r.Live {
		r.say("cli.estimate_wait")
	}
	var reports []*stats.Report
	usable := true
	for _, t := range parsed.Tables {
		report, err := stats.Assess(r.ctx, t, c.options())
		if err != nil {
			return err
		}
		report.Notes = append(parsed.Notes[:len(parsed.Notes):len(parsed.Notes)], report.Notes...)
		reports = append(reports, report)
		usable = usable && report.Verdict.Usable
	}
	if err := c.write(r, reports); err != nil {
		return err
	}
	if !usable {
		return errFound
	}
	return nil
}

// options are those of package stats. A quick run takes fewer resamples and
// shorter chains: enough to see whether a table is worth the whole computation.
func (c *estimateCmd) options() stats.Options {
	o := stats.Options{Seed: c.Seed, Level: c.Level}
	if c.Quick {
		o.Resamples, o.Chains, o.Rounds = 200, 4, 20_000
	}
	return o
}

func (c *estimateCmd) write(r *run, reports []*stats.Report) error {
	switch c.Format {
	case "json":
		for _, report := range reports {
			line, err := json.Marshal(report)
			if err != nil {
				return core.Internal(err)
			}
			if _, err := fmt.Fprintf(r.Out, "%s\n", line); err != nil {
				return err
			}
		}
		return nil
	case "html":
		return r.estimateHTML(c.pages(r, reports))
	}
	return r.estimateText(c.pages(r, reports))
}

func (c *estimateCmd) pages(r *run, reports []*stats.Report) []estimatePage {
	var out []estimatePage
	for _, report := range reports {
		b := estimateBuilder{words: r.words, r: report, quick: c.Quick}
		out = append(out, b.page())
	}
	return out
}
