package store

// LedgerEntry is one line of the tamper-evident log.
type LedgerEntry struct {
	N          int64 // dense from 0
	At         int64
	Kind       string
	Actor      string
	Subject    string // the record, file, circle … it is about
	Version    int64
	Salt       []byte // opens the commitment
	Body       string // what the entry says, in the ledger's encoding
	Commitment []byte
	Leaf       []byte // the leaf's data hash
}

// LedgerQuery selects entries, newest first. Empty fields do not restrict.
type LedgerQuery struct {
	Kind    string
	Subject string
	Actor   string
	Before  int64 // only entries with N < Before; 0: from the newest
	Limit   int
}

// Checkpoint is a signed statement about the first Size entries.
type Checkpoint struct {
	Size int64
	Text string // a signed note, co-signatures included
	At   int64
}

// Ledger keeps entries, the stored hashes of their Merkle tree and checkpoints.
// Nothing here is ever deleted.
type Ledger interface {
	// AppendLedger adds entries whose N continue the log: the first N must be
	// LedgerSize, the others follow without gaps. ErrConflict otherwise.
	AppendLedger([]LedgerEntry) error
	// LedgerSize is the number of entries, which is also the next N.
	LedgerSize() (int64, error)
	// LedgerEntry returns one. ErrNotFound.
	LedgerEntry(n int64) (LedgerEntry, error)
	// LedgerFrom returns up to limit entries with N >= from, ascending.
	LedgerFrom(from int64, limit int) ([]LedgerEntry, error)
	// FindLedger returns the entries of a query.
	FindLedger(LedgerQuery) ([]LedgerEntry, error)
	// EraseLedgerSalts empties the Salt of the subject's entries: nobody can
	// then test a guess against the commitment. The tree is untouched.
	EraseLedgerSalts(subject string) error

	// AppendHashes stores hashes under the indexes first, first+1, … (the
	// numbering of tlog.StoredHashIndex). ErrConflict when an index is taken.
	AppendHashes(first int64, hashes [][]byte) error
	// Hashes returns the stored hashes in the order asked. ErrNotFound when any
	// is missing.
	Hashes(indexes []int64) ([][]byte, error)

	// PutCheckpoint inserts, or replaces the text and time for, that Size.
	PutCheckpoint(Checkpoint) error
	// LatestCheckpoint is the one with the largest Size. ErrNotFound.
	LatestCheckpoint() (Checkpoint, error)
	// CheckpointFor is the smallest with at least that Size. ErrNotFound.
	CheckpointFor(size int64) (Checkpoint, error)
}
