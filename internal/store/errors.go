package store

import (
	"errors"
	"fmt"
)

// The kinds of failure callers can act on. Engines wrap them with detail for
// the log, so compare with errors.Is. The detail never holds row content.
var (
	// ErrNotFound: no such row.
	ErrNotFound = errors.New("store: not found")
	// ErrConflict: a unique key is taken, or the row is no longer in the state
	// that the method requires.
	ErrConflict = errors.New("store: conflict")
	// ErrInvalid: the call breaks the contract (a reserved name, a row that points
	// to one that does not exist). A bug in the caller.
	ErrInvalid = errors.New("store: invalid")
	// ErrText: a text with a NUL or broken UTF-8 in it, which no engine keeps. An
	// ErrInvalid that a person may have caused.
	ErrText = fmt.Errorf("%w: text is not UTF-8 without NUL", ErrInvalid)
	// ErrBusy: others held the database for too long; trying later may work.
	ErrBusy = errors.New("store: busy")
	// ErrNewer: the schema was written by a newer program; refuse to touch it.
	ErrNewer = errors.New("store: schema is newer than this program")
	// ErrFull: no space left for the database.
	ErrFull = errors.New("store: no space left")
	// ErrReadOnly: a write inside Read, or to files that may not be written.
	ErrReadOnly = errors.New("store: read only")
	// ErrCorrupt: the database's structure is damaged.
	ErrCorrupt = errors.New("store: corrupt")
	// ErrKey: the key does not open this file, or the file is not a Svod
	// database at all; encryption makes the two look the same.
	ErrKey = errors.New("store: wrong key or not a database")
	// ErrUnavailable: the database cannot be reached, or refused the sign-in.
	ErrUnavailable = errors.New("store: unavailable")
	// ErrClosed: the Store was closed.
	ErrClosed = errors.New("store: closed")
)
