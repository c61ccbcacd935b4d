package store

// States of a record and of a version.
const (
	StateActive    = "active"
	StateWithdrawn = "withdrawn"
	StateErased    = "erased"
	StateStaged    = "staged" // written by a running import, not yet part of the collection
)

// Record is the current head of one item.
type Record struct {
	ID        string
	Ordinal   uint32 // dense from 0 over all types and circles, given by InsertRecords, never reused
	Type      string
	Circle    string // home circle
	Version   int64  // number of the current version, from 1
	State     string
	CreatedAt int64
	UpdatedAt int64
	ImportID  string // the import that created it, or ""
}

// Records keeps heads. A record is never deleted: erasure is a State.
type Records interface {
	// InsertRecords adds records and writes the Ordinals it gave, in the order
	// of the slice and without gaps, into the elements.
	// ErrConflict when an ID is taken; ErrInvalid when the circle is unknown.
	InsertRecords([]Record) error
	// UpdateRecord replaces Type, Circle, Version, State and UpdatedAt of the
	// record ID, if its stored Version is still base. ErrNotFound; ErrConflict
	// when the stored Version is another. The Ordinal and the rest stay.
	UpdateRecord(r Record, base int64) error
	// SetRecordState changes the State of many records and nothing else.
	SetRecordState(ids []string, state string) error
	// Record returns one. ErrNotFound.
	Record(id string) (Record, error)
	// RecordsByID returns the records that exist, in the order asked.
	RecordsByID(ids []string) ([]Record, error)
	// RecordsByOrdinal returns the records that exist, in the order asked.
	RecordsByOrdinal(ordinals []uint32) ([]Record, error)
	// RecordsFrom returns up to limit records with an Ordinal >= from,
	// ascending: the way to walk over all.
	RecordsFrom(from uint32, limit int) ([]Record, error)
	// RecordsOfImport is RecordsFrom for the records an import created.
	RecordsOfImport(importID string, from uint32, limit int) ([]Record, error)
	// RecordCount is the number of records, which is also the next Ordinal.
	RecordCount() (uint32, error)
}

// Version is one immutable state of a record.
type Version struct {
	Record        string
	Number        int64 // from 1
	Base          int64 // the version it was made from; 0 for the first
	Author        string
	At            int64
	Reason        string
	Type          string
	Circle        string
	State         string
	KeyGeneration int64  // which of the record's keys seals it
	Data          string // canonical JSON of open and internal values
	Sealed        string // canonical JSON of sealed values
	Salt          []byte // of the ledger commitment
	ImportID      string
}

// VersionID names a version.
type VersionID struct {
	Record string
	Number int64
}

// Versions keeps the states of records.
type Versions interface {
	// InsertVersions adds versions. ErrConflict when (Record, Number) is taken;
	// ErrInvalid when the record is unknown.
	InsertVersions([]Version) error
	// Version returns one. ErrNotFound.
	Version(record string, number int64) (Version, error)
	// VersionsByID returns those that exist, in the order asked.
	VersionsByID([]VersionID) ([]Version, error)
	// CurrentVersions returns the version each record's head points to, in the
	// order asked; records that do not exist are skipped.
	CurrentVersions(records []string) ([]Version, error)
	// History returns all versions of a record, oldest first.
	History(record string) ([]Version, error)
	// VersionsAfter walks over all versions by Record, then Number: up to limit
	// versions behind the given one. Start with the zero VersionID.
	VersionsAfter(after VersionID, limit int) ([]Version, error)
	// VersionsOfImport is VersionsAfter for the versions an import wrote.
	VersionsOfImport(importID string, after VersionID, limit int) ([]Version, error)
	// SetVersionState changes the State of versions and nothing else.
	SetVersionState(ids []VersionID, state string) error
	// EraseVersions empties Data, Sealed, Salt and Reason of all versions of
	// the record; author, times and numbers remain.
	EraseVersions(record string) error
}

// RecordKey is the key of a record, or of a file of one (then Record is the
// file's ID), wrapped for one circle.
type RecordKey struct {
	Record           string
	KeyGeneration    int64
	Circle           string
	CircleGeneration int64 // which of the circle's keys wraps it
	Wrapped          []byte
}

// RecordKeys keeps the wrapped keys of records: one row for the home circle and
// one for each circle the record is shared with.
type RecordKeys interface {
	// PutRecordKeys inserts or replaces by (Record, KeyGeneration, Circle).
	PutRecordKeys([]RecordKey) error
	// RecordKeys returns the keys of the records, by Record, KeyGeneration, Circle.
	RecordKeys(records []string) ([]RecordKey, error)
	// RecordKeysBelow walks over a circle's keys that an older generation than
	// the given one wraps: up to limit of them with a Record > after, by Record
	// and KeyGeneration, whole records only, so a page may exceed limit.
	RecordKeysBelow(circle string, generation int64, after string, limit int) ([]RecordKey, error)
	// DeleteRecordKeys destroys a record's key for all circles.
	DeleteRecordKeys(record string) error
	// DeleteRecordKey takes a record's keys away from one circle. ErrNotFound.
	DeleteRecordKey(record, circle string) error
}

// SealedTokens are the hashed words of a record's sealed fields as one circle
// finds them, kept beside the search index so that it can be built anew without
// the circle's key. The encoding is the kernel's.
type SealedTokens struct {
	Record string
	Circle string
	Tokens []byte
}

// SealedWords keeps hashed words.
type SealedWords interface {
	// PutSealedTokens inserts or replaces by (Record, Circle).
	PutSealedTokens([]SealedTokens) error
	// SealedTokensOf returns those of the records, by Record, Circle.
	SealedTokensOf(records []string) ([]SealedTokens, error)
	// DeleteSealedTokens removes a record's, of one circle or ("") of all.
	DeleteSealedTokens(record, circle string) error
}

// Link is one reference from a record's current version to another record.
// Links are derived from versions, like the index.
type Link struct {
	Source   string
	Field    string
	Position int64 // order within the field, from 0
	Target   string
}

// Links keeps the references between records, readable from both sides. A
// target need not exist.
type Links interface {
	// ReplaceLinks removes all links of the sources and inserts the rows, whose
	// Source must be among the sources.
	ReplaceLinks(sources []string, rows []Link) error
	// LinksFrom returns the links of the sources, by Source, Field, Position.
	LinksFrom(sources []string) ([]Link, error)
	// LinksTo returns the links that point to the targets, by Target, Field,
	// Source, Position.
	LinksTo(targets []string) ([]Link, error)
	// LinksToAfter returns up to limit links to one target, by Field, Source,
	// Position, that come after the given link (zero Link: from the start). A
	// field other than "" keeps to that field.
	LinksToAfter(target, field string, after Link, limit int) ([]Link, error)
}

// File is an attachment of a record. Its content is a blob elsewhere.
type File struct {
	ID            string
	Record        string // "" until a saved version refers to the file
	Field         string
	Circle        string
	KeyGeneration int64
	NameSealed    []byte
	MetaSealed    []byte // type, content hash, dimensions
	Blob          string // address of the sealed content
	Size          int64  // bytes as stored, padding included
	CipherHash    string
	ThumbBlob     string // address of the sealed thumbnail, or ""
	State         string
	CreatedAt     int64
	Author        string
}

// Files keeps what is known about attachments.
type Files interface {
	// InsertFile adds a file. ErrConflict when the ID is taken.
	InsertFile(File) error
	// UpdateFile replaces all columns but ID, CreatedAt and Author. ErrNotFound.
	UpdateFile(File) error
	// File returns one. ErrNotFound.
	File(id string) (File, error)
	// FilesOf returns the files of the records, by Record, CreatedAt, ID.
	FilesOf(records []string) ([]File, error)
	// FilesAfter walks over all files by ID, up to limit behind the given one.
	FilesAfter(id string, limit int) ([]File, error)
	// BlobUsers counts the files whose content or thumbnail is that blob.
	BlobUsers(blob string) (int64, error)
}
