package kernel

import (
	"time"

	"svod/internal/core"
	"svod/internal/sheet"
)

// Staged is an uploaded file that waits, sealed, for the import wizard. It is
// forgotten after a day.
type Staged struct {
	ID    core.ID
	Name  string
	Size  int64
	Until time.Time
}

// ImportPlan says how a staged file becomes records. The zero Mapping lets the
// kernel guess from headings (field labels, keys and aliases).
type ImportPlan struct {
	Stage   core.ID
	Type    string
	Circle  core.ID
	Options sheet.Options
	Columns []ColumnPlan
	// Source names the list the rows come from; with ExternalID columns it
	// makes a later import of the same list update instead of duplicate.
	Source string
	Reason string
}

// ColumnPlan maps one column of the file.
type ColumnPlan struct {
	Heading string
	Index   int               // from 0
	Field   string            // field key; "" = leave out; "@id" = external id; "field.part" (places.local, name.family)
	Lang    string            // of a note column
	Order   string            // of dates: "dmy" (default), "mdy"
	Terms   map[string]string // cell text → term code, where the guess was corrected
}

// ImportPreview is what the wizard shows before anything is decided.
type ImportPreview struct {
	Staged  Staged
	Guess   sheet.Guess
	Columns []sheet.Column
	Rows    [][]string // first rows as read
	Plan    ImportPlan // with guessed columns
	Total   int        // data rows
}

// RowOutcome is what a row did or would do.
type RowOutcome string

// A row creates a record, updates the one with the same external id, changes
// nothing, or cannot be accepted. "Doubt" rows have an external id that is
// known but whose identity fields differ: nothing is done without a decision.
const (
	RowNew       RowOutcome = "new"
	RowUpdate    RowOutcome = "update"
	RowUnchanged RowOutcome = "unchanged"
	RowRefused   RowOutcome = "refused"
	RowDoubt     RowOutcome = "doubt"
)

// RowReport is the report of one row, as the user's program counts rows.
type RowReport struct {
	Row     int
	Outcome RowOutcome
	Title   string
	Record  core.ID
	Errors  []*core.Error // why it is refused
	Notes   []*core.Error // imprecise date, approximate number, repaired row …
}

// ImportReport is the outcome of a dry run or a commit.
type ImportReport struct {
	Type      string
	Rows      int
	New       int
	Updated   int
	Unchanged int
	Refused   int
	Doubt     int
	Sum       Sum          // of the type's Count field
	Imprecise int          // dates that are not exact days
	About     int          // numbers that are approximate
	Skipped   []sheet.Note // title, blank and total rows left out
	Detail    []RowReport  // every row that has something to say, at most 1,000; RowsFor gives all
	Columns   []ColumnPlan
}

// OK reports whether a commit would be accepted: no row refused or in doubt.
func (r ImportReport) OK() bool { return r.Refused == 0 && r.Doubt == 0 }

// ImportInfo is a committed import.
type ImportInfo struct {
	ID     core.ID
	Type   string
	Circle core.ID
	Name   string // of the file, "" when it cannot be opened
	By     string
	At     time.Time
	State  string // "running", "done", "undone", "failed"
	Report ImportReport
}

// Mapping is a saved ImportPlan without file.
type Mapping struct {
	ID      core.ID
	Name    string
	Type    string
	Columns []ColumnPlan
	Options sheet.Options
}

// ExportPlan asks for records in a file.
type ExportPlan struct {
	Find   FindQuery // Limit and Cursor are ignored: everything found
	Format string    // "csv", "csv-cp1251", "xlsx", "jsonl", "esf"
	Fields []string  // nil = all
	Lang   string    // of headings and term labels
	Sealed bool      // include sealed fields: an explicit choice, named in the ledger
	Reason string
}

// ExportInfo is what an export wrote.
type ExportInfo struct {
	Name    string // suggested file name, without content
	Media   string
	Records int
	Ledger  int64
	Notes   []*core.Error // characters that cp1251 does not have, and the like
}

// Job is long work with progress. A job whose process died waits ("paused")
// until its owner is signed in again, because it needs the owner's keys.
type Job struct {
	ID       core.ID
	Kind     string // "import", "export", "undo", "rekey", "adopt", "reindex"
	State    string // "waiting", "running", "paused", "done", "failed", "cancelled"
	Progress int64
	Total    int64
	Error    *core.Error
	Result   core.ID // import id, or file of an export
	Created  time.Time
	Finished time.Time
}
