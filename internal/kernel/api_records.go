package kernel

import (
	"io"
	"time"

	"svod/internal/core"
)

// Draft is a record to be created. ID may be set beforehand (core.NewID) so
// that records of one CreateMany can link to each other.
type Draft struct {
	ID     core.ID
	Type   string
	Circle core.ID
	Values core.Values
	Reason string
}

// Edit is a change to a record, made from version Base.
type Edit struct {
	Record core.ID
	Base   int
	Values core.Values // the whole record as the author wants it
	Reason string
}

// Saved is the outcome of Save. With a Collision nothing was written; else
// Merged names fields that another author changed since Base and that were
// kept.
type Saved struct {
	Record    core.Record
	Merged    []string
	Collision *Collision
	Unchanged bool // the values were already so; no version was written
}

// Collision shows both sides of a concurrent save. Values is the merge with
// Mine in the colliding fields; saving it from version Theirs resolves.
type Collision struct {
	Fields                                    []string // colliding, in form order
	Base                                      int
	Theirs                                    int // current version
	TheirAuthor                               string
	TheirAt                                   time.Time
	BaseValues, TheirValues, MyValues, Values core.Values
}

// VersionInfo is a line of a record's history.
type VersionInfo struct {
	core.Version
	AuthorName string
	Changes    []core.Change // against the version before
	Ledger     int64         // number of the ledger entry
}

// Linked is the other end of a link, seen from a record.
type Linked struct {
	Record Summary
	Field  string // link field on the source
	Source core.ID
	// Incoming is true when the other record links here.
	Incoming bool
}

// Summary is a record as lists and links show it.
type Summary struct {
	ID      core.ID
	Type    string
	Circle  core.ID
	Title   core.Words
	Version int
	State   core.State
	Updated time.Time
	Values  core.Values // of the fields marked List (FindQuery.Full: all)
}

// Hint is a possible duplicate or completion, only from the actor's scope.
type Hint struct {
	Summary
	Why   []string // message keys: "hint.same_name", "hint.same_birth_date" …
	Score float64  // 0 … 1
}

// FileInfo describes an attached file. Name and Media come from the sealed
// part; Media is sniffed from the content, never taken from the sender.
type FileInfo struct {
	ID     core.ID
	Record core.ID // "" until a saved version refers to it
	Name   string
	Media  string // "image/jpeg"
	Size   int64  // bytes of the original
	SHA256 string // hex, of the original
	Thumb  bool   // Thumbnail will answer
	Author string
	At     time.Time
}

// OpenedFile is a readable original.
type OpenedFile struct {
	FileInfo
	io.ReadSeekCloser
}
