package api

import (
	"net/http"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
)

func (a *API) importRoutes() {
	stage := operation(http.MethodPost, "/imports/stage", "stage", "imports", "Send a table to be imported; it waits, sealed, for a day")
	stage.DefaultStatus, stage.RequestBody = http.StatusCreated, rawBody("CSV, TSV or XLSX, in any encoding")
	on(a, stage, a.stage)
	on(a, operation(http.MethodPost, "/imports/preview", "importPreview", "imports", "See how a staged table was read, and a guessed plan"), a.importPreview)
	on(a, operation(http.MethodPost, "/imports/dry-run", "importDryRun", "imports", "Say what an import would do, row by row; nothing is written"), a.importDryRun)
	commit := operation(http.MethodPost, "/imports", "importCommit", "imports", "Start an import: all of it or nothing")
	commit.DefaultStatus = http.StatusAccepted
	on(a, commit, a.importCommit)
	on(a, operation(http.MethodGet, "/imports", "imports", "imports", "List the imports into the person's circles, newest first"), a.imports)
	on(a, operation(http.MethodGet, "/imports/{id}", "import", "imports", "Read the report of an import"), a.importRead)
	undo := operation(http.MethodPost, "/imports/{id}/undo", "importUndo", "imports", "Start taking an import back as a whole")
	undo.DefaultStatus = http.StatusAccepted
	on(a, undo, a.importUndo)
}

type stageInput struct {
	Stream
	Name string `query:"name" required:"true" maxLength:"1000" doc:"Name of the file"`
}

type stageOutput struct{ Body Staged }

// Staged is a table that waits to be imported.
type Staged struct {
	ID    core.ID   `json:"id" format:"uuid" doc:"Name it as stage in the plan"`
	Name  string    `json:"name"`
	Size  int64     `json:"size" doc:"Bytes"`
	Until time.Time `json:"until" doc:"It is forgotten then"`
}

func stagedOf(s kernel.Staged) Staged {
	return Staged{ID: s.ID, Name: s.Name, Size: s.Size, Until: s.Until.UTC()}
}

func (a *API) stage(c call, in *stageInput) (*stageOutput, error) {
	s, err := a.k.Stage(c, c.actor, in.Name, in.body)
	if err != nil {
		return nil, err
	}
	return &stageOutput{stagedOf(s)}, nil
}

// ImportPlan says how a staged table becomes records. Without columns they are
// guessed.
type ImportPlan struct {
	Stage     core.ID       `json:"stage"`
	Type      string        `json:"type"`
	Circle    core.ID       `json:"circle,omitempty"`
	Options   sheet.Options `json:"options,omitzero" doc:"What was guessed wrongly about the file"`
	Columns   []ColumnPlan  `json:"columns,omitempty"`
	Source    string        `json:"source,omitempty" doc:"Name of the list; with an @id column a later import of it updates"`
	EmptyAs   core.Missing  `json:"empty_as,omitempty" doc:"Reason given to required fields that a new row leaves empty"`
	SkipDoubt bool          `json:"skip_doubt,omitempty" doc:"Leave doubtful rows out instead of stopping"`
	Reason    string        `json:"reason,omitempty" maxLength:"500"`
}

// ColumnPlan maps one column of the table.
type ColumnPlan struct {
	Heading string            `json:"heading,omitempty"`
	Index   int               `json:"index" doc:"From 0"`
	Field   string            `json:"field" doc:"Field key, field.part (places.local), @id, or empty to leave the column out"`
	Lang    string            `json:"lang,omitempty" doc:"Of a note column"`
	Order   string            `json:"order,omitempty" doc:"Of dates: dmy or mdy"`
	Terms   map[string]string `json:"terms,omitempty" doc:"Text of a cell to the code of a term"`
}

type planInput struct{ Body body[ImportPlan] }

// plan reads the plan of a request. A strange ID is one that is not there.
func (in *planInput) plan() (kernel.ImportPlan, error) {
	b, err := in.Body.decode()
	if err != nil {
		return kernel.ImportPlan{}, err
	}
	for _, id := range []core.ID{b.Stage, b.Circle} {
		if _, err := core.ParseID(string(id)); err != nil && id != "" {
			return kernel.ImportPlan{}, err
		}
	}
	out := kernel.ImportPlan{Stage: b.Stage, Type: b.Type, Circle: b.Circle, Options: b.Options, Source: b.Source,
		EmptyAs: b.EmptyAs, SkipDoubt: b.SkipDoubt, Reason: b.Reason}
	for _, col := range b.Columns {
		out.Columns = append(out.Columns, kernel.ColumnPlan(col))
	}
	switch {
	case b.Stage == "":
		err = core.Invalid("error.required").At("stage")
	case b.Type == "":
		err = core.Invalid("error.required").At("type")
	default:
		err = reasonFits(b.Reason)
	}
	if err != nil {
		return out, spotted{error: err, root: "$"}
	}
	return out, nil
}

func planOf(p kernel.ImportPlan) ImportPlan {
	return ImportPlan{Stage: p.Stage, Type: p.Type, Circle: p.Circle, Options: p.Options, Columns: columnsOf(p.Columns),
		Source: p.Source, EmptyAs: p.EmptyAs, SkipDoubt: p.SkipDoubt, Reason: p.Reason}
}

func columnsOf(list []kernel.ColumnPlan) []ColumnPlan {
	out := make([]ColumnPlan, len(list))
	for i, col := range list {
		out[i] = ColumnPlan(col)
	}
	return out
}

func (a *API) importCommit(c call, in *planInput) (*jobStarted, error) {
	plan, err := in.plan()
	if err != nil {
		return nil, err
	}
	j, err := a.k.ImportCommit(c, c.actor, plan)
	if err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	return a.started(c, j), nil
}

type importsOutput struct{ Body Imports }

// Imports are imports, newest first.
type Imports struct {
	Items []Import `json:"items" nullable:"false"`
}

// Import is an import that was committed.
type Import struct {
	ID     core.ID      `json:"id" format:"uuid"`
	Type   string       `json:"type"`
	Circle core.ID      `json:"circle" format:"uuid"`
	Name   string       `json:"name" doc:"Of the file, empty when it cannot be opened"`
	By     string       `json:"by"`
	At     time.Time    `json:"at"`
	State  string       `json:"state" enum:"running,done,undone,failed"`
	Report ImportReport `json:"report"`
}

func (a *API) importOf(c call, i kernel.ImportInfo) Import {
	return Import{ID: i.ID, Type: i.Type, Circle: i.Circle, Name: i.Name, By: i.By, At: i.At.UTC(), State: i.State,
		Report: a.reportOf(c, i.Report)}
}

func (a *API) imports(c call, _ *struct{}) (*importsOutput, error) {
	list, err := a.k.Imports(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := Imports{Items: make([]Import, len(list))}
	for i, info := range list {
		out.Items[i] = a.importOf(c, info)
	}
	return &importsOutput{out}, nil
}

type importInput struct {
	ID string `path:"id" doc:"ID of the import"`
}

type importOutput struct{ Body Import }

func (a *API) importRead(c call, in *importInput) (*importOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	info, err := a.k.Import(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	return &importOutput{a.importOf(c, info)}, nil
}

// Undo is why an import is taken back.
type Undo struct {
	Reason string `json:"reason,omitempty" maxLength:"500"`
}

type undoInput struct {
	ID   string `path:"id" doc:"ID of the import"`
	Body body[Undo]
}

func (a *API) importUndo(c call, in *undoInput) (*jobStarted, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	u, err := in.Body.decode()
	if err == nil {
		err = reasonFits(u.Reason)
	}
	if err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	j, err := a.k.ImportUndo(c, c.actor, id, u.Reason)
	if err != nil {
		return nil, err
	}
	return a.started(c, j), nil
}
