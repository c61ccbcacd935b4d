package store

// States of a job.
const (
	JobQueued    = "queued"
	JobRunning   = "running"
	JobDone      = "done"
	JobFailed    = "failed"
	JobCancelled = "cancelled"
)

// Job is long work that survives a restart.
type Job struct {
	ID          string
	Kind        string
	Person      string // who asked for it, or ""
	State       string
	Payload     string
	Progress    int64
	Total       int64 // 0: unknown
	Result      string
	Error       string // message key and arguments, as JSON
	Attempts    int64  // how often it was claimed
	RunAt       int64  // not before
	ClaimedBy   string
	HeartbeatAt int64
	CreatedAt   int64
	FinishedAt  int64
}

// Jobs is a queue that several processes may work on.
type Jobs interface {
	// InsertJob adds a job. ErrConflict when the ID is taken.
	InsertJob(Job) error
	// ClaimJob takes the oldest job of the kinds that is queued with RunAt <=
	// now, or running with a heartbeat before staleBefore (its worker died), for
	// the worker: State running, Attempts one more, HeartbeatAt now.
	// ErrNotFound when there is none. Two workers never get the same job.
	ClaimJob(kinds []string, worker string, now, staleBefore int64) (Job, error)
	// BeatJob reports progress. ErrConflict when the job is no longer this
	// worker's: it was cancelled, or taken over; the worker must stop.
	BeatJob(id, worker string, progress, total, now int64) error
	// FinishJob ends a running job with JobDone or JobFailed, or puts it back
	// with JobQueued to be tried again at runAt. ErrConflict as in BeatJob.
	FinishJob(id, worker, state, result, errorText string, now, runAt int64) error
	// CancelJob ends a queued or running job. ErrNotFound; ErrConflict when it
	// had already ended.
	CancelJob(id string, now int64) error
	// Job returns one. ErrNotFound.
	Job(id string) (Job, error)
	// JobsOf returns up to limit of a person's jobs, newest first.
	JobsOf(person string, limit int) ([]Job, error)
	// PurgeJobs removes jobs that ended before the time and says how many.
	PurgeJobs(finishedBefore int64) (int64, error)
}

// Import is one run of the importer.
type Import struct {
	ID             string
	Person         string
	Circle         string
	Type           string
	FileNameSealed []byte
	MappingID      string
	Rows           int64
	State          string
	At             int64
	LedgerN        int64  // entry that records it; -1: none yet
	Report         string // JSON
}

// Mapping is a saved assignment of columns to fields.
type Mapping struct {
	ID     string
	Person string
	Circle string
	Name   string
	Type   string
	Body   string // JSON
	At     int64
}

// External ties an identifier of another system to a record.
type External struct {
	Source     string // which system, and in which circle: the caller's choice
	ExternalID string
	Record     string
	ImportID   string
}

// Imports keeps runs of the importer, mappings and external identifiers.
type Imports interface {
	// InsertImport adds a run. ErrConflict when the ID is taken.
	InsertImport(Import) error
	// UpdateImport replaces MappingID, Rows, State, LedgerN and Report.
	// ErrNotFound.
	UpdateImport(Import) error
	// Import returns one. ErrNotFound.
	Import(id string) (Import, error)
	// ImportsOf returns up to limit runs into the circles, newest first.
	ImportsOf(circles []string, limit int) ([]Import, error)

	// PutMapping inserts or replaces by ID.
	PutMapping(Mapping) error
	// Mapping returns one. ErrNotFound.
	Mapping(id string) (Mapping, error)
	// MappingsOf returns the mappings in the circles and those of the person,
	// by Name then ID.
	MappingsOf(person string, circles []string) ([]Mapping, error)
	// DeleteMapping removes one. ErrNotFound.
	DeleteMapping(id string) error

	// PutExternals inserts or replaces by (Source, ExternalID).
	PutExternals([]External) error
	// Externals returns those known of a source, in the order asked.
	Externals(source string, externalIDs []string) ([]External, error)
	// ExternalsOf returns the external identifiers of the records, by Record,
	// Source, ExternalID.
	ExternalsOf(records []string) ([]External, error)
	// DeleteExternalsOf removes those of a record.
	DeleteExternalsOf(record string) error
}

// VocabularyTerm is a term that the organisation added or imported; the terms
// of packs are not here.
type VocabularyTerm struct {
	Vocabulary string
	Code       string
	Parent     string // code of the parent, or ""
	Position   int64
	Labels     string // JSON {"ru": …, "en": …}
	Interop    string // list number and code that other systems know
	State      string
	Source     string
}

// Vocabularies keeps the organisation's own terms.
type Vocabularies interface {
	// PutTerms inserts or replaces by (Vocabulary, Code).
	PutTerms([]VocabularyTerm) error
	// Terms returns the terms of a vocabulary, or of all when it is "", by
	// Vocabulary, Position, Code.
	Terms(vocabulary string) ([]VocabularyTerm, error)
	// DeleteTerm removes one. ErrNotFound.
	DeleteTerm(vocabulary, code string) error
}

// Saved is a saved query.
type Saved struct {
	ID        string
	Person    string
	Circle    string // shared with that circle; "" keeps it to the person
	Name      string
	Type      string
	Query     string
	Settings  string // JSON
	CreatedAt int64
}

// SavedQueries keeps saved queries.
type SavedQueries interface {
	// PutSaved inserts or replaces by ID.
	PutSaved(Saved) error
	// Saved returns one. ErrNotFound.
	Saved(id string) (Saved, error)
	// SavedOf returns the person's own and those shared with the circles, by
	// Name then ID.
	SavedOf(person string, circles []string) ([]Saved, error)
	// DeleteSaved removes one. ErrNotFound.
	DeleteSaved(id string) error
}

// Draft is short-lived sealed work in progress: a staged upload, a merge page,
// a step of a wizard.
type Draft struct {
	ID        string
	Person    string
	Kind      string
	Sealed    []byte
	CreatedAt int64
	ExpiresAt int64 // 0: never
}

// Drafts keeps drafts.
type Drafts interface {
	// PutDraft inserts or replaces by ID.
	PutDraft(Draft) error
	// Draft returns one, expired or not. ErrNotFound.
	Draft(id string) (Draft, error)
	// DraftsOf returns a person's drafts of a kind, newest first.
	DraftsOf(person, kind string) ([]Draft, error)
	// DeleteDraft removes one. ErrNotFound.
	DeleteDraft(id string) error
}
