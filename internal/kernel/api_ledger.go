package kernel

import (
	"time"

	"svod/internal/core"
)

// LedgerLine is an entry as people see it. Subject and what it is about are
// empty when outside the actor's scope.
type LedgerLine struct {
	N       int64
	At      time.Time
	Kind    string
	Actor   string
	Subject core.ID
	Version int
	Commit  string // hex
}

// LedgerHead is the newest signed checkpoint.
type LedgerHead struct {
	Size     int64
	Root     string // base64
	Text     string // the signed note
	Verifier string // the verifier key
	At       time.Time
}

// VerifyReport is the outcome of re-computing everything.
type VerifyReport struct {
	Entries  int64
	Versions int64
	Files    int64
	Records  int64
	Size     int64 // of the checkpoint checked against
	Findings []Finding
}

// OK reports whether nothing was found.
func (r VerifyReport) OK() bool { return len(r.Findings) == 0 }

// Finding is one thing that is wrong, naming the record where there is one.
type Finding struct {
	What    string  // message key: "verify.version_altered" …
	Record  core.ID // "" where it is not about a record
	Version int
	Entry   int64 // ledger number, -1 where none
	Detail  string
}
