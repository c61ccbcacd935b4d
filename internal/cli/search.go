package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

type searchCmd struct {
	person
	Query string `arg:"" optional:"" help:"${search_query}"`
	Type  string `placeholder:"${ph_type}" help:"${search_type}"`
	Limit int    `default:"50" placeholder:"N" help:"${search_limit}"`
	Exact bool   `help:"${search_exact}"`
	JSON  bool   `name:"json" help:"${search_json}"`
}

// Run lists what a query finds: id, type and title, tab-separated; the number
// of all goes to standard error.
func (c *searchCmd) Run(r *run) error {
	return r.with(c.person, anybody, func(d *desk) error {
		found, err := d.Kernel.Find(r.ctx, d.actor, kernel.FindQuery{Type: c.Type, Text: c.Query, Limit: c.Limit, Exact: c.Exact})
		if err != nil {
			return err
		}
		for _, w := range found.Warnings {
			fmt.Fprintln(r.Err, "svod: "+r.one(w))
		}
		if c.JSON {
			return r.writeJSON(foundJSON(found))
		}
		for _, h := range found.Items {
			fmt.Fprintf(r.Out, "%s\t%s\t%s\n", h.ID, h.Type, oneLine(h.Title.In(r.lang)))
		}
		r.say("cli.found", "count", found.Total)
		return nil
	})
}

// foundOut and itemOut are the JSON form of search, that of the API without
// facets.
type foundOut struct {
	Total int       `json:"total"`
	Items []itemOut `json:"items"`
	Next  string    `json:"next,omitempty"`
}

type itemOut struct {
	ID      core.ID    `json:"id"`
	Type    string     `json:"type"`
	Circle  core.ID    `json:"circle"`
	Version int        `json:"version"`
	Title   core.Words `json:"title"`
}

func foundJSON(f kernel.Found) foundOut {
	out := foundOut{Total: f.Total, Items: make([]itemOut, len(f.Items)), Next: f.Next}
	for i, h := range f.Items {
		out.Items[i] = itemOut{h.ID, h.Type, h.Circle, h.Version, h.Title}
	}
	return out
}

func (r *run) writeJSON(v any) error {
	enc := json.NewEncoder(r.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return core.Internal(err)
	}
	return nil
}

// oneLine keeps a title from breaking the table, and from steering a terminal.
func oneLine(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c >= 0x7f && c < 0xa0 {
			return ' '
		}
		return c
	}, s)
}

type showCmd struct {
	person
	ID string `arg:"" help:"${show_id}"`
}

// recordOut is the JSON form of a record.
type recordOut struct {
	itemOut
	State  core.State  `json:"state"`
	Values core.Values `json:"values"`
	Locked []string    `json:"locked,omitempty"`
}

// Run prints a record as JSON.
func (c *showCmd) Run(r *run) error {
	return r.with(c.person, anybody, func(d *desk) error {
		id, err := core.ParseID(c.ID)
		if err != nil {
			return err
		}
		rec, err := d.Kernel.Record(r.ctx, d.actor, id)
		if err != nil {
			return err
		}
		return r.writeJSON(recordOut{itemOut{rec.ID, rec.Type, rec.Circle, rec.Version, rec.Title}, rec.State, rec.Values, rec.Locked})
	})
}
