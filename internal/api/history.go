package api

import (
	"net/http"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

func (a *API) historyRoutes() {
	on(a, operation(http.MethodGet, "/records/{id}/history", "history", "records", "List the versions of a record, newest first, with what each changed"), a.history)
	on(a, operation(http.MethodGet, "/records/{id}/diff", "diff", "records", "Compare two versions of a record"), a.diff)
}

type recordInput struct {
	ID string `path:"id" doc:"ID of the record"`
}

type historyOutput struct{ Body History }

// History is the life of a record.
type History struct {
	Items []Version `json:"items" nullable:"false"`
}

// Version is a line of a record's history.
type Version struct {
	Version int           `json:"version"`
	Base    int           `json:"base" doc:"Version the author started from; 0 for the first"`
	Author  string        `json:"author"`
	At      time.Time     `json:"at"`
	Reason  string        `json:"reason"`
	State   core.State    `json:"state" enum:"active,withdrawn"`
	Circle  core.ID       `json:"circle,omitempty"`
	Import  core.ID       `json:"import,omitempty" doc:"The import that wrote it"`
	Ledger  int64         `json:"ledger" doc:"Number of its entry in the ledger"`
	Changes []FieldChange `json:"changes" nullable:"false"`
}

// FieldChange is the difference of one field.
type FieldChange struct {
	Field string     `json:"field"`
	Old   core.Value `json:"old"`
	New   core.Value `json:"new"`
}

func (a *API) history(c call, in *recordInput) (*historyOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := a.k.History(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := History{Items: make([]Version, len(list))}
	for i, v := range list {
		out.Items[i] = versionOf(v)
	}
	return &historyOutput{out}, nil
}

func versionOf(v kernel.VersionInfo) Version {
	return Version{Version: v.Number, Base: v.Base, Author: v.AuthorName, At: v.At.UTC(), Reason: v.Reason, State: v.State,
		Circle: v.Circle, Import: v.Import, Ledger: v.Ledger, Changes: changesOf(v.Changes)}
}

func changesOf(list []core.Change) []FieldChange {
	out := make([]FieldChange, len(list))
	for i, ch := range list {
		out[i] = FieldChange(ch)
	}
	return out
}

type diffInput struct {
	ID   string `path:"id" doc:"ID of the record"`
	From int    `query:"from" required:"true" minimum:"1" maximum:"1000000000"`
	To   int    `query:"to" required:"true" minimum:"1" maximum:"1000000000"`
}

type diffOutput struct{ Body Diff }

// Diff lists the fields in which two versions differ, in form order.
type Diff struct {
	From    int           `json:"from"`
	To      int           `json:"to"`
	Changes []FieldChange `json:"changes" nullable:"false"`
}

func (a *API) diff(c call, in *diffInput) (*diffOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := a.k.Diff(c, c.actor, id, in.From, in.To)
	if err != nil {
		return nil, err
	}
	return &diffOutput{Diff{From: in.From, To: in.To, Changes: changesOf(list)}}, nil
}
