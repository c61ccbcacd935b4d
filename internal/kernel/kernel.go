package kernel

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"svod/internal/blob"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
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
	Engine   string // store.SQLite or store.PostgreSQL
	Ready    bool   // Setup has been done
}

// Kernel is the house. Make one with New; it is safe for concurrent use.
type Kernel struct {
	store    store.Store
	blobs    blob.Store
	packs    atomic.Pointer[pack.Set] // replaced whole when local terms change
	shipped  *pack.Set                // as loaded, without local terms
	instance crypt.InstanceKey
	keysmith *crypt.Keysmith
	folder   Keyfolder
	now      func() time.Time
	log      *slog.Logger
	demo     bool
	info     atomic.Pointer[Info]
	signer   atomic.Pointer[ledger.Signer]
	decoy    decoy // equal work for unknown names at sign-in
	cache    *chunkCache
	jobs     *jobRunner
}

// New opens the house over a store. The store may be empty: then Ready is
// false and only Setup works. Errors: KindInvalid when Options are incomplete
// or when a demo is opened as a real instance or the other way round;
// KindNewerStore; KindUnavail.
func New(ctx context.Context, o Options) (*Kernel, error) {
	if o.Store == nil || o.Blobs == nil || o.Packs == nil {
		return nil, core.Internal(errors.New("kernel: Store, Blobs and Packs are required"))
	}
	key, err := crypt.ParseInstanceKey(o.InstanceKey)
	if err != nil {
		return nil, core.Internal(err)
	}
	k := &Kernel{store: o.Store, blobs: o.Blobs, shipped: o.Packs, instance: key,
		folder: o.Keyfolder, now: o.Clock, log: o.Log, demo: o.Demo}
	k.packs.Store(o.Packs)
	if k.now == nil {
		k.now = time.Now
	}
	if k.log == nil {
		k.log = slog.New(slog.DiscardHandler)
	}
	var weak []crypt.KeysmithOption
	if o.ScryptLogN != 0 {
		weak = append(weak, crypt.WeakForTests(o.ScryptLogN))
	}
	k.keysmith = crypt.NewKeysmith(concurrentScrypt, weak...)
	k.cache = newChunkCache()
	k.jobs = newJobRunner(k)
	if err := k.loadInfo(ctx); err != nil {
		return nil, err
	}
	if err := k.loadTerms(ctx); err != nil {
		return nil, err
	}
	return k, nil
}

// concurrentScrypt bounds how many passphrases are tried at once: each try
// takes 128 MiB and about a third of a second.
const concurrentScrypt = 2

// Close stops running jobs, which will resume after a restart, and waits for
// them. It does not close the store.
func (k *Kernel) Close() { k.jobs.stop() }

// Info says what this instance is.
func (k *Kernel) Info() Info { return *k.info.Load() }

// Packs are the loaded packs with the organisation's own terms.
func (k *Kernel) Packs() *pack.Set { return k.packs.Load() }

// ShippedPacks are the loaded packs without the organisation's own terms: what
// may be shown to somebody who is not signed in.
func (k *Kernel) ShippedPacks() *pack.Set { return k.shipped }

// Now is the kernel's clock.
func (k *Kernel) Now() time.Time { return k.now() }

// Names under which the instance's own facts stand in the store.
const (
	metaInstance = "instance"
	metaOrigin   = "origin"
	metaDemo     = "demo"
)

func (k *Kernel) loadInfo(ctx context.Context) error {
	info := Info{Engine: k.store.Engine(), Demo: k.demo}
	err := k.store.Read(ctx, func(tx store.Tx) error {
		id, err := tx.MetaValue(metaInstance)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		origin, err := tx.MetaValue(metaOrigin)
		if err != nil {
			return err
		}
		demo, err := tx.MetaValue(metaDemo)
		if err != nil {
			return err
		}
		info.Instance, info.Origin, info.Ready, info.Demo = core.ID(id), origin, true, demo == "yes"
		return nil
	})
	if err != nil {
		return fromStore(err)
	}
	if info.Ready && info.Demo != k.demo {
		if info.Demo {
			return core.Invalid("error.is_demo")
		}
		return core.Invalid("error.is_real")
	}
	k.info.Store(&info)
	if info.Ready {
		return k.loadSigner(info.Origin)
	}
	return nil
}

func (k *Kernel) loadSigner(origin string) error {
	seed := crypt.DeriveInstance(k.instance, crypt.ForLedger)
	s, err := ledger.NewSigner(origin, seed)
	if err != nil {
		return core.Internal(err)
	}
	k.signer.Store(s)
	return nil
}
