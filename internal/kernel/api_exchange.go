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

// ImportPlan says how a staged file becomes records. Without Columns the kernel
// guesses them from headings (field labels, numbers, keys and aliases).
type ImportPlan struct {
	Stage   core.ID
	Type    string
	Circle  core.ID
	Options sheet.Options
	Columns []ColumnPlan
	// Source names the list the rows come from; with an "@id" column it makes a
	// later import of the same list update instead of duplicate. With "" an id
	// is that of a record here, as an export writes it; other ids are ignored.
	// An update never empties a field because its cell is empty.
	Source string
	// EmptyAs is the reason given to required fields that a new row leaves
	// empty; "" refuses such rows.
	EmptyAs core.Missing
	// SkipDoubt leaves doubtful rows out; else one of them stops the import.
	SkipDoubt bool
	Reason    string
}

// ColumnPlan maps one column of the file.
type ColumnPlan struct {
	Heading string
	Index   int               // from 0
	Field   string            // field key; "" = leave out; "@id" = external id; "field.part" (places.local, name.family)
	Lang    string            // of a note column
	Order   string            // of dates: "dmy", "mdy"; "" = as the column shows
	Terms   map[string]string // cell text → term code (of yes/no: "да", "нет"), "" = leave the cell out
}

// ImportPreview is what the wizard shows before anything is decided.
type ImportPreview struct {
	Staged  Staged
	Guess   sheet.Guess
	Columns []sheet.Column
	Rows    [][]string // first rows as read
	Plan    ImportPlan // with guessed columns and source
	Total   int        // data rows
	Notes   []sheet.Note
	Unknown []UnknownTerm
}

// UnknownTerm is a word in a column of terms that no term is called by. Near are
// codes to offer for ColumnPlan.Terms.
type UnknownTerm struct {
	Column int // from 0
	Field  string
	Text   string
	Count  int
	Near   []string
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
	Empty     int          // blank rows left out
	Skipped   []sheet.Note // title, blank and total rows left out, and whether totals agree
	Detail    []RowReport  // every row that has something to say, at most 1,000; ImportRows gives all
	Unknown   []UnknownTerm
	Columns   []ColumnPlan
	// Edited counts, after an undo, records that were changed by hand since the
	// import: updated ones were left as they are, created ones withdrawn.
	Edited int
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
