package kernel

import (
	"log/slog"
	"time"

	"svod/internal/blob"
	"svod/internal/core"
	"svod/internal/pack"
	"svod/internal/store"
)

// Options are what a Kernel is made from. Store, Blobs, Packs and InstanceKey
// are required.
type Options struct {
	Store store.Store
	Blobs blob.Store
	Packs *pack.Set
	// InstanceKey is the 32-byte key of the instance: the ledger's signing key
	// and the key of paused jobs derive from it.
	InstanceKey []byte
	// Keyfolder mirrors each person's key file beside the database, so that
	// the command line can open an encrypted database with a passphrase. Nil
	// where the database itself is reachable without a key.
	Keyfolder Keyfolder
	Clock     func() time.Time // nil = time.Now
	Log       *slog.Logger     // nil = discard
	Demo      bool             // watermark; fixed at Setup and checked at New
	// ScryptLogN is the work factor of key files; 0 = 17. Tests lower it.
	ScryptLogN int
}

// Keyfolder keeps, for each person, the passphrase-protected key file and the
// instance key wrapped to that person.
type Keyfolder interface {
	Put(name string, keyfile, wrappedInstanceKey []byte) error
	Remove(name string) error
}

// Info says what this instance is, for page footers and "svod version".
type Info struct {
	Instance core.ID
	Origin   string // the ledger's origin line
	Demo     bool
	Engine   string // "sqlite" or "postgres"
	Ready    bool   // Setup has been done
}
