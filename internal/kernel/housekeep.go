package kernel

import (
	"context"
	"time"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// How long things are kept that nobody refers to.
const (
	keepPending = 24 * time.Hour      // uploaded files that no record took
	keepJobs    = 30 * 24 * time.Hour // what became of a job
	keepTries   = 24 * time.Hour      // counts of wrong passphrases
)

// Housekeep removes what has had its time: expired sessions, tokens, invites
// and drafts, old jobs, uploads that no record refers to, and what SweepStaged
// names. It needs nobody's keys. A server runs it when it starts and every hour.
func (k *Kernel) Housekeep(ctx context.Context) error {
	if !k.Info().Ready {
		return nil
	}
	now := k.now()
	err := k.store.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.PurgeExpired(now.UnixMicro(), now.Add(-keepTries).Unix()); err != nil {
			return err
		}
		if _, err := tx.PurgeJobs(now.Add(-keepJobs).UnixMicro()); err != nil {
			return err
		}
		u := k.newUnit(ctx, tx, "")
		if err := u.dropPending(now.Add(-keepPending).UnixMicro()); err != nil {
			return err
		}
		return u.flush()
	})
	if err != nil {
		return fromStore(err)
	}
	return k.SweepStaged(ctx)
}

// dropPending destroys the keys of files that were uploaded before the time and
// never taken by a record; their blobs follow in SweepStaged.
func (u *unit) dropPending(before int64) error {
	rows, err := u.tx.FilesOf([]string{""})
	if err != nil {
		return err
	}
	for _, f := range rows {
		if f.CreatedAt >= before || f.State == store.StateErased {
			continue
		}
		if err := u.tx.DeleteRecordKeys(f.ID); err != nil {
			return err
		}
		f.State, f.MetaSealed, f.NameSealed = store.StateErased, nil, nil
		if err := u.tx.UpdateFile(f); err != nil {
			return err
		}
		if err := u.note(ledger.KindErase, core.ID(f.ID), map[string]any{"file": "unused"}); err != nil {
			return err
		}
	}
	return nil
}
