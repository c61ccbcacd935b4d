package core

import "time"

// State is the life of a record.
type State string

// Staged records belong to an import that has not been committed and are
// visible to nobody; withdrawn ones are kept and can be restored; of an erased
// one only the ledger entries remain.
const (
	Active    State = "active"
	Withdrawn State = "withdrawn"
	Erased    State = "erased"
	Staged    State = "staged"
)

// Record is a record at one version, opened for the actor who asked.
type Record struct {
	ID      ID
	Type    string
	Circle  ID   // home circle
	Shared  []ID // other circles that may read it, as far as the actor may know
	Version int  // from 1
	State   State
	Values  Values
	// Locked names sealed fields that could not be opened for this actor.
	Locked  []string
	Title   Words // made from the type's Title fields
	Created time.Time
	Updated time.Time
}

// Version is one immutable state of a record.
type Version struct {
	Record ID
	Number int
	Base   int // the version the author started from; 0 for the first
	Author ID
	At     time.Time
	Reason string
	State  State
	Circle ID
	Values Values
	Import ID // the import that wrote it, if any
}

// Change is the difference of one field between two versions.
type Change struct {
	Field    string
	Old, New Value
}
