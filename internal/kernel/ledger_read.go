package kernel

import (
	"context"
	"encoding/hex"
	"errors"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// Head is the newest signed checkpoint: what witnesses sign and what proves
// that nothing was taken out since.
func (k *Kernel) Head(ctx context.Context) (LedgerHead, error) {
	var out LedgerHead
	err := k.store.Read(ctx, func(tx store.Tx) error {
		row, err := tx.LatestCheckpoint()
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		verifier := k.signer.Load().VerifierKey()
		signed, err := ledger.OpenCheckpoint([]byte(row.Text), verifier)
		if err != nil {
			return &core.Error{Kind: core.KindUnavail, Key: "error.checkpoint", Err: err}
		}
		out = LedgerHead{Size: row.Size, Root: signed.Root.String(), Text: row.Text, Verifier: verifier, At: timeOf(row.At)}
		return nil
	})
	return out, fromStore(err)
}

// Ledger lists entries, the newest first, before the given number (0: from the
// newest). Who did what to which record is shown only inside the scope; that
// something happened is shown to everybody, because the log is there for
// everybody.
func (k *Kernel) Ledger(ctx context.Context, a core.Actor, before int64, limit int) ([]LedgerLine, error) {
	var out []LedgerLine
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.FindLedger(store.LedgerQuery{Before: before, Limit: min(max(limit, 1), 500)})
		if err != nil {
			return err
		}
		var ids []core.ID
		for _, r := range rows {
			ids = append(ids, core.ID(r.Subject))
		}
		fs, err := v.findMany(ids)
		if err != nil {
			return err
		}
		seen := map[string]bool{string(a.Person): true}
		for _, f := range fs {
			seen[f.ID] = true
		}
		for _, c := range v.scope.Circles {
			seen[string(c)] = true
		}
		out = make([]LedgerLine, len(rows))
		for i, r := range rows {
			out[i] = LedgerLine{N: r.N, At: timeOf(r.At), Kind: r.Kind, Commit: hex.EncodeToString(r.Commitment)}
			if seen[r.Subject] || r.Actor == string(a.Person) {
				out[i].Subject, out[i].Version = core.ID(r.Subject), int(r.Version)
				out[i].Actor = v.personName(core.ID(r.Actor))
			}
		}
		return nil
	})
	return out, err
}
