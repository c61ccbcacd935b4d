// Package store is the contract between the kernel and a database engine.
//
// It holds plain row structs and small interfaces, one per concern, that
// compose into [Tx]. The kernel works only inside [Store.Read] and
// [Store.Write]; package sqlstore implements the contract for an encrypted
// SQLite file and for PostgreSQL, and package storetest proves that both
// behave the same.
//
// Conventions that hold for every row and method here:
//
//   - Identifiers are text chosen by the caller. Times are Unix microseconds,
//     0 means "never" or "not yet". Values, labels, settings and reports are
//     canonical JSON kept as text; the store never looks inside them.
//   - Text is ordered by its UTF-8 bytes and byte strings by their bytes, on
//     both engines. Case folding and language order are the caller's business:
//     they are stored as fold and sort keys.
//   - Lists come back in the order the method names, as complete slices, empty
//     and nil being the same. Batch reads ([]string of ids and the like) accept
//     any length, skip what does not exist and keep the order of the request
//     unless they say otherwise. A nil or empty batch is a no-op.
//   - A text may hold any valid UTF-8 except the NUL character, which
//     PostgreSQL cannot keep: [ErrInvalid].
//   - A nil []byte and an empty one are stored alike and read back as nil.
//
// What this package never does: it knows no actor, no permission and no
// plaintext of a sealed value. Whoever calls it has already decided that the
// caller may see the rows. A Tx must not be used by two goroutines at once, nor
// after its callback returned.
package store

import "context"

// Names that [Store.Engine] returns.
const (
	SQLite     = "sqlite"
	PostgreSQL = "postgresql"
)

// Store is one open database. It is safe for concurrent use.
//
// Kinds of error any method may return beside its own: [ErrBusy], [ErrFull],
// [ErrCorrupt], [ErrClosed], and the context's error when it ended first.
type Store interface {
	// Read runs fn on a snapshot: fn sees one state of the database, whatever
	// others commit meanwhile. The snapshot is taken no later than fn's first
	// query. Writing methods of the Tx fail with ErrReadOnly. fn runs once, and
	// its error comes back unchanged.
	Read(ctx context.Context, fn func(Tx) error) error

	// Write runs fn as the only writer of this database, across all processes
	// that have it open, and commits when fn returns nil. When fn returns an
	// error or panics, or when the commit fails, nothing of it remains.
	// fn sees its own changes.
	//
	// fn MAY RUN TWICE: PostgreSQL can refuse a transaction for reasons of its
	// own (serialisation, deadlock, failover) and then Write rolls back and
	// calls fn again, at most twice more, before it gives up with ErrBusy. So
	// fn must have no effect outside its Tx, and results it leaves in captured
	// variables must be assigned, not appended.
	//
	// Once a method of the Tx has failed with anything but ErrNotFound, the
	// transaction is lost: later calls return that error, and Write rolls back
	// and returns it even when fn returns nil. (PostgreSQL works that way, so
	// SQLite does too.) Look before you insert, do not insert and look at the
	// error.
	//
	// Keep fn short: every other writer waits for it. Do not call Read or Write
	// from inside fn.
	Write(ctx context.Context, fn func(Tx) error) error

	// Engine is SQLite or PostgreSQL.
	Engine() string

	// Health proves quickly, on a fresh connection, that the database answers
	// and that its schema is the one this program knows. ErrNewer, ErrKey.
	Health(ctx context.Context) error

	// Check looks at the structure of the whole database, which takes a while:
	// pages and indexes as far as the engine can, and that ordinals and ledger
	// entries have no gaps. Content is proved by the ledger, never here.
	// ErrCorrupt.
	Check(ctx context.Context) error

	// Scrub asks the engine to drop what deleted rows left in its files (the
	// write-ahead log, dead row versions, merged search segments). Call it
	// outside a transaction after an erasure. It is best effort: a reader that
	// is still active may delay it, and copies made earlier are out of reach.
	Scrub(ctx context.Context) error

	// Close waits for running transactions and releases the files.
	// Calls after the first do nothing.
	Close() error
}

// Tx is one transaction. Consumers should ask for the small interfaces they
// need, not for Tx.
type Tx interface {
	Meta
	People
	Circles
	Records
	Versions
	RecordKeys
	SealedWords
	Links
	Files
	Ledger
	Bitmaps
	SortKeys
	SearchIndex
	Sessions
	Attempts
	Jobs
	Imports
	Vocabularies
	SavedQueries
	Drafts
}

// Meta keeps the few facts about the instance itself.
type Meta interface {
	// MetaValue returns the value stored under name. ErrNotFound.
	MetaValue(name string) (string, error)

	// PutMeta sets a value, new or not. Names that begin with "store." belong
	// to the store: ErrInvalid.
	PutMeta(name, value string) error

	// DataVersion grows by one with every committed Write that changed a
	// record, a bitmap, a sort key or the search index, and only then; what was
	// computed from those may be cached under it. Inside a Write it is still
	// the number of the state the Write started from.
	DataVersion() (int64, error)

	// ClearIndex removes all bitmaps, sort keys and search documents, which are
	// derived data, before they are built anew.
	ClearIndex() error

	// PurgeExpired removes sessions past either limit, tokens, invites and
	// drafts past their expiry (an expiry of 0 never passes) and rate windows
	// that began before windowBefore, and says how many rows went.
	PurgeExpired(now, windowBefore int64) (int64, error)
}
