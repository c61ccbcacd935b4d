package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	blobfs "svod/internal/blob/fs"
	"svod/internal/cli"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/internal/store"
	"svod/packs"
)

// open opens store, blobs and kernel of an instance.
func open(ctx context.Context, o cli.Opening) (*cli.House, error) {
	set, err := pack.Load(packs.All()...)
	if err != nil {
		return nil, err
	}
	st, err := openStore(ctx, o)
	if err != nil {
		return nil, storeError(err)
	}
	blobs, err := blobfs.Open(o.Folder.Blobs())
	if err != nil {
		return nil, errors.Join(&core.Error{Kind: core.KindUnavail, Key: "instance.not_writable", Err: err}, st.Close())
	}
	k, err := kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: set, InstanceKey: o.Key.Bytes(),
		Keyfolder: o.Folder, Log: o.Log, Demo: o.Folder.Demo(), ScryptLogN: o.ScryptLogN})
	if err != nil {
		return nil, errors.Join(err, blobs.Close(), st.Close())
	}
	rest := func() {}
	if o.Sweep {
		rest = keepHouse(ctx, k, blobs, o.Log)
	}
	return &cli.House{Kernel: k, Close: func() error {
		rest()
		k.Close()
		return errors.Join(blobs.Close(), st.Close())
	}}, nil
}

func openStore(ctx context.Context, o cli.Opening) (*sqlstore.DB, error) {
	opts := sqlstore.Options{Create: o.Create}
	if o.Folder.Engine() == store.PostgreSQL {
		return sqlstore.OpenPostgres(ctx, o.Database, opts)
	}
	key := crypt.DeriveInstance(o.Key, crypt.ForDatabase)
	return sqlstore.OpenSQLite(ctx, o.Folder.Database(), key[:], opts)
}

// storeError says what opening a database can fail with; later failures are the
// kernel's to name.
func storeError(err error) error {
	for _, f := range [...]struct {
		is   error
		kind core.Kind
		key  string
	}{
		{store.ErrNotFound, core.KindUnavail, "instance.no_database"},
		{store.ErrKey, core.KindUnavail, "error.wrong_key"},
		{store.ErrNewer, core.KindNewerStore, "error.newer_store"},
		{store.ErrFull, core.KindUnavail, "error.disk_full"},
		{store.ErrBusy, core.KindUnavail, "error.busy"},
		{store.ErrReadOnly, core.KindUnavail, "instance.not_writable"},
		{store.ErrCorrupt, core.KindUnavail, "error.corrupt"},
		{store.ErrUnavailable, core.KindUnavail, "error.database_away"},
		{store.ErrInvalid, core.KindInvalid, "instance.bad_database"},
	} {
		if errors.Is(err, f.is) {
			return &core.Error{Kind: f.kind, Key: f.key, Err: err}
		}
	}
	return core.Internal(err)
}

const (
	sweepAge   = time.Hour // files that another process may still be writing are younger
	sweepEvery = time.Hour
)

// keepHouse sweeps once now, so that a start cleans up after a crash, and then
// every hour until rest is called, which waits for it to end.
func keepHouse(ctx context.Context, k *kernel.Kernel, blobs *blobfs.Store, log *slog.Logger) (rest func()) {
	sweep(ctx, k, blobs, log)
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(sweepEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				sweep(ctx, k, blobs, log)
			}
		}
	}()
	return func() { cancel(); <-done }
}

// sweep removes what a crash left and what has had its time. That it fails is no
// reason not to serve.
func sweep(ctx context.Context, k *kernel.Kernel, blobs *blobfs.Store, log *slog.Logger) {
	if _, err := blobs.Sweep(ctx, time.Now().Add(-sweepAge)); err != nil {
		log.Warn("sweep of blobs", "error", err)
	}
	if err := k.Housekeep(ctx); err != nil {
		log.Warn("housekeeping", "kind", string(core.KindOf(err)))
	}
}
