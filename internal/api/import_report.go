package api

import (
	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
)

type previewOutput struct{ Body ImportPreview }

// ImportPreview is what is known before anything is decided.
type ImportPreview struct {
	Staged  Staged         `json:"staged"`
	Guess   sheet.Guess    `json:"guess"`
	Columns []sheet.Column `json:"columns" nullable:"false"`
	Rows    [][]string     `json:"rows" nullable:"false" doc:"First rows as read"`
	Plan    ImportPlan     `json:"plan" doc:"With guessed columns"`
	Total   int            `json:"total" doc:"Rows of data"`
	Notes   []RowNote      `json:"notes" nullable:"false"`
	Unknown []UnknownTerm  `json:"unknown" nullable:"false"`
}

// UnknownTerm is a word that no term is called by. Map it in terms of a column.
type UnknownTerm struct {
	Column int      `json:"column" doc:"From 0"`
	Field  string   `json:"field"`
	Text   string   `json:"text"`
	Count  int      `json:"count"`
	Near   []string `json:"near" nullable:"false" doc:"Codes that may be meant"`
}

// RowNote is something found in a row.
type RowNote struct {
	Row     int    `json:"row,omitempty" doc:"As the person's program counts rows"`
	Field   string `json:"field,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (a *API) importPreview(c call, in *planInput) (*previewOutput, error) {
	plan, err := in.plan()
	if err != nil {
		return nil, err
	}
	p, err := a.k.ImportPreview(c, c.actor, plan)
	if err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	out := ImportPreview{Staged: stagedOf(p.Staged), Guess: p.Guess, Columns: some(p.Columns), Rows: some(p.Rows),
		Plan: planOf(p.Plan), Total: p.Total, Notes: a.sheetNotes(c, p.Notes), Unknown: unknownTerms(p.Unknown)}
	out.Guess.Columns, out.Guess.Notes = []sheet.Column{}, nil // they stand beside it
	return &previewOutput{out}, nil
}

type reportOutput struct{ Body ImportReport }

// ImportReport is what an import did, or would do.
type ImportReport struct {
	OK        bool          `json:"ok" doc:"A commit would be accepted"`
	Type      string        `json:"type"`
	Rows      int           `json:"rows"`
	New       int           `json:"new"`
	Updated   int           `json:"updated"`
	Unchanged int           `json:"unchanged"`
	Refused   int           `json:"refused"`
	Doubt     int           `json:"doubt" doc:"Known external id, but the record looks like another one"`
	Empty     int           `json:"empty" doc:"Blank rows left out"`
	Edited    int           `json:"edited" doc:"After an undo: records changed by hand since the import"`
	Sum       *Sum          `json:"sum,omitempty"`
	Imprecise int           `json:"imprecise" doc:"Dates that are not exact days"`
	About     int           `json:"about" doc:"Approximate numbers"`
	Skipped   []RowNote     `json:"skipped" nullable:"false"`
	Detail    []ImportRow   `json:"detail" nullable:"false" doc:"Rows that have something to say, at most 1,000"`
	Unknown   []UnknownTerm `json:"unknown" nullable:"false"`
	Columns   []ColumnPlan  `json:"columns" nullable:"false"`
}

// ImportRow is the report of one row.
type ImportRow struct {
	Row     int               `json:"row"`
	Outcome kernel.RowOutcome `json:"outcome" enum:"new,update,unchanged,refused,doubt"`
	Title   string            `json:"title"`
	Record  core.ID           `json:"record,omitempty"`
	Errors  []RowNote         `json:"errors" nullable:"false"`
	Notes   []RowNote         `json:"notes" nullable:"false"`
}

func (a *API) importDryRun(c call, in *planInput) (*reportOutput, error) {
	plan, err := in.plan()
	if err != nil {
		return nil, err
	}
	r, err := a.k.ImportDryRun(c, c.actor, plan)
	if err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	return &reportOutput{a.reportOf(c, r)}, nil
}

func (a *API) reportOf(c call, r kernel.ImportReport) ImportReport {
	out := ImportReport{OK: r.OK(), Type: r.Type, Rows: r.Rows, New: r.New, Updated: r.Updated, Unchanged: r.Unchanged,
		Refused: r.Refused, Doubt: r.Doubt, Empty: r.Empty, Edited: r.Edited, Sum: sumOf(r.Sum), Imprecise: r.Imprecise,
		About: r.About, Skipped: a.sheetNotes(c, r.Skipped), Detail: make([]ImportRow, len(r.Detail)),
		Unknown: unknownTerms(r.Unknown), Columns: columnsOf(r.Columns)}
	for i, row := range r.Detail {
		out.Detail[i] = ImportRow{Row: row.Row, Outcome: row.Outcome, Title: row.Title, Record: row.Record,
			Errors: a.rowNotes(c, row.Errors), Notes: a.rowNotes(c, row.Notes)}
	}
	return out
}

func (a *API) rowNotes(c call, list []*core.Error) []RowNote {
	out := make([]RowNote, len(list))
	for i, e := range list {
		out[i] = RowNote{Row: e.Row, Field: e.Field, Code: e.Key, Message: a.say(c.lang, e.Key, e.Args...)}
	}
	return out
}

func (a *API) sheetNotes(c call, list []sheet.Note) []RowNote {
	out := make([]RowNote, len(list))
	for i, n := range list {
		out[i] = RowNote{Row: n.Row, Field: n.Field, Code: n.Key, Message: a.say(c.lang, n.Key, n.Placeholders()...)}
	}
	return out
}

func unknownTerms(list []kernel.UnknownTerm) []UnknownTerm {
	out := make([]UnknownTerm, len(list))
	for i, u := range list {
		out[i] = UnknownTerm(u)
		out[i].Near = some(u.Near)
	}
	return out
}
