// Package blob is the contract for keeping large sealed streams: attachments,
// thumbnails, bundles. A store knows names, bytes and sizes; it never sees
// plaintext, keys or who may read what, and interprets nothing.
//
// blob/fs keeps them in a folder. Every implementation passes blob/blobtest.
//
// It never promises to wipe the medium: a deleted blob may be recoverable from
// the disk, which is why only sealed bytes are put here and erasure destroys the key.
package blob

import (
	"context"
	"errors"
	"io"
	"time"
)

// The errors of every store, besides those of the context and of the medium.
// Compare with errors.Is. Their texts hold no blob name.
var (
	// ErrNotFound: there is no blob of this name.
	ErrNotFound = errors.New("blob: not found")
	// ErrExists: there is a blob of this name; it is unchanged.
	ErrExists = errors.New("blob: exists already")
	// ErrName: the name breaks the rule of ValidName; the medium was not touched.
	ErrName = errors.New("blob: invalid name")
	// ErrFull: the medium has no room; nothing of the blob stays.
	ErrFull = errors.New("blob: no space left")
)

const (
	minName = 16 // characters: shorter ones could not be random enough
	maxName = 128
)

// ValidName says whether a store takes the name: 16 to 128 characters of a–z,
// 0–9 and "-", not beginning or ending with "-". Lower case only, because some media cannot
// tell cases apart; no dot or slash, so that no name is a path. Names are chosen
// by the caller, random ids or hashes of the stored bytes, and say nothing.
func ValidName(name string) bool {
	if len(name) < minName || len(name) > maxName || name[0] == '-' || name[len(name)-1] == '-' {
		return false
	}
	for i := range len(name) {
		c := name[i]
		if !('a' <= c && c <= 'z') && !('0' <= c && c <= '9') && c != '-' {
			return false
		}
	}
	return true
}

// Info describes a stored blob.
type Info struct {
	Name     string
	Size     int64     // bytes
	Modified time.Time // when Put finished, by the medium's clock
}

// Blob is an open blob. Reads at any place, from several goroutines at once.
type Blob interface {
	io.ReaderAt
	io.Closer
	// Size is the length in bytes; it never changes, for blobs are immutable.
	Size() int64
}

// Store keeps blobs. All methods may be called from several goroutines and
// processes at once and return the context's error when it ends. Any method but
// List fails with ErrName for a name that is not valid. An error that is none of
// this package's means that the medium failed; retrying is then safe.
type Store interface {
	// Put stores everything read from r under a new name and returns how many
	// bytes that was. Atomic: until it returns nil no other call sees the blob,
	// and on any error, a crash included, nothing of it is ever seen. Durable:
	// once it returned nil the blob survives loss of power. r is read once, to its
	// end or first error, which is then returned (wrapped). Errors: ErrExists,
	// ErrFull.
	Put(ctx context.Context, name string, r io.Reader) (int64, error)

	// Open opens a blob for reading; the caller closes it. ctx bounds opening,
	// not later reads. Errors: ErrNotFound.
	Open(ctx context.Context, name string) (Blob, error)

	// Stat describes a blob. Errors: ErrNotFound.
	Stat(ctx context.Context, name string) (Info, error)

	// Delete removes a blob durably: once it returned nil the blob does not come
	// back after loss of power. Errors: ErrNotFound.
	Delete(ctx context.Context, name string) error

	// List calls visit once for each blob there from beginning to end of the
	// call, in no promised order; blobs put or deleted meanwhile may come or not.
	// It stops at the first error of visit and returns it.
	List(ctx context.Context, visit func(Info) error) error
}
