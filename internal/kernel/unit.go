package kernel

import (
	"context"
	"encoding/json"
	"errors"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// unit collects what one transaction writes, so that records, index and ledger
// leave together and in few statements. It lives inside one store.Write; flush
// is called once, at its end.
type unit struct {
	ctx    context.Context
	k      *Kernel
	tx     store.Tx
	author core.ID
	at     int64 // one time for everything in the unit, Unix microseconds

	entries []pending
	records recordBatch
	adopts  map[core.ID][]string // circle: records whose sealed words it cannot find yet
}

// pending is a ledger entry that has no number yet.
type pending struct {
	entry ledger.Entry
	salt  []byte
	body  string
}

func (k *Kernel) newUnit(ctx context.Context, tx store.Tx, author core.ID) *unit {
	return &unit{ctx: ctx, k: k, tx: tx, author: author, at: k.now().UnixMicro()}
}

// note adds a ledger entry about something that is not a version. The body is
// kept as canonical JSON beside the commitment to it, so that verify can
// re-compute one from the other; it must hold ids and roles, never names or
// content. A nil body commits to the empty object.
func (u *unit) note(kind ledger.Kind, subject core.ID, body map[string]any) error {
	return u.noteVersion(kind, subject, 0, body)
}

func (u *unit) noteVersion(kind ledger.Kind, subject core.ID, version int, body map[string]any) error {
	if body == nil {
		body = map[string]any{}
	}
	b, err := json.Marshal(body)
	if err != nil {
		return core.Internal(err)
	}
	salt := ledger.NewSalt()
	u.entries = append(u.entries, pending{salt: salt[:], body: string(b), entry: ledger.Entry{
		At: u.at, Kind: kind, Actor: string(u.author), Subject: string(subject), Version: version,
		Commit: ledger.Commit(salt, b)}})
	return nil
}

// flush writes what was collected: records first, then the ledger over them.
func (u *unit) flush() error {
	if err := u.flushRecords(); err != nil {
		return err
	}
	return u.flushLedger()
}

// flushLedger appends the entries and signs a checkpoint over the new size in
// the same transaction: there is no moment at which a committed change is not
// covered by a signature.
func (u *unit) flushLedger() error {
	if len(u.entries) == 0 {
		return nil
	}
	size, err := u.tx.LedgerSize()
	if err != nil {
		return err
	}
	app, err := ledger.NewAppender(size, hashReader(u.tx))
	if err != nil {
		return core.Internal(err)
	}
	rows := make([]store.LedgerEntry, len(u.entries))
	for i, p := range u.entries {
		e, _, leaf, err := app.Add(p.entry)
		if err != nil {
			return core.Internal(err)
		}
		rows[i] = store.LedgerEntry{N: e.N, At: e.At, Kind: string(e.Kind), Actor: e.Actor, Subject: e.Subject,
			Version: int64(e.Version), Salt: p.salt, Body: p.body, Commitment: e.Commit[:], Leaf: leaf[:]}
	}
	if err := u.tx.AppendLedger(rows); err != nil {
		return err
	}
	first, hashes := app.Hashes()
	raw := make([][]byte, len(hashes))
	for i := range hashes {
		raw[i] = hashes[i][:]
	}
	if err := u.tx.AppendHashes(first, raw); err != nil {
		return err
	}
	root, err := app.Root()
	if err != nil {
		return core.Internal(err)
	}
	text, err := ledger.SignCheckpoint(u.k.signer.Load(), app.Size(), root)
	if err != nil {
		return core.Internal(err)
	}
	u.entries = nil
	return u.tx.PutCheckpoint(store.Checkpoint{Size: app.Size(), Text: string(text), At: u.at})
}

// hashReader lets package ledger read stored hashes inside the transaction.
func hashReader(tx store.Ledger) ledger.HashReader {
	return ledger.HashReaderFunc(func(indexes []int64) ([]ledger.Hash, error) {
		raw, err := tx.Hashes(indexes)
		if err != nil {
			return nil, err
		}
		out := make([]ledger.Hash, len(raw))
		for i, b := range raw {
			if len(b) != len(out[i]) {
				return nil, errors.New("kernel: a stored hash has the wrong length")
			}
			copy(out[i][:], b)
		}
		return out, nil
	})
}
