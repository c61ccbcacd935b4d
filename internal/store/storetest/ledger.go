package storetest

import (
	"testing"

	"svod/internal/store"
)

func testLedger(t *testing.T, s store.Store) {
	e := func(n int64, kind, subject string) store.LedgerEntry {
		return store.LedgerEntry{N: n, At: 5, Kind: kind, Actor: "p1", Subject: subject, Version: n, Salt: []byte{1, byte(n)},
			Body: "тело", Commitment: []byte{2}, Leaf: []byte{3}}
	}
	entries := []store.LedgerEntry{e(0, "version", "r"), e(1, "grant", "c"), e(2, "version", "r"), e(3, "version", "q")}
	write(t, s, func(tx store.Tx) error {
		if err := same(t, "size of nothing", int64(0))(tx.LedgerSize()); err != nil {
			return err
		}
		if err := tx.AppendLedger(entries[:1]); err != nil {
			return err
		}
		return tx.AppendLedger(entries[1:])
	})
	for _, n := range []int64{0, 3, 5} {
		refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.AppendLedger([]store.LedgerEntry{e(n, "x", "")}) })
	}
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		return tx.AppendLedger([]store.LedgerEntry{e(4, "x", ""), e(6, "x", "")})
	})
	hash := [][]byte{{0}, {1}, {2}, {3}}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.AppendHashes(0, hash[:3]) },
			func() error { return tx.AppendHashes(3, hash[3:]) },
			func() error { return tx.PutCheckpoint(store.Checkpoint{Size: 2, Text: "old", At: 1}) },
			func() error { return tx.PutCheckpoint(store.Checkpoint{Size: 4, Text: "four", At: 3}) },
			func() error { return tx.PutCheckpoint(store.Checkpoint{Size: 2, Text: "two", At: 2}) },
		)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.AppendHashes(3, hash[:1]) })
	read(t, s, func(tx store.Tx) error {
		missing[store.LedgerEntry](t, "entry")(tx.LedgerEntry(4))
		missing[[][]byte](t, "hash")(tx.Hashes([]int64{1, 9}))
		missing[store.Checkpoint](t, "checkpoint")(tx.CheckpointFor(5))
		find := func(what string, q store.LedgerQuery, want ...store.LedgerEntry) func() error {
			return func() error { return same(t, what, want)(tx.FindLedger(q)) }
		}
		return all(
			func() error { return same(t, "LedgerSize", int64(4))(tx.LedgerSize()) },
			func() error { return same(t, "LedgerEntry", entries[1])(tx.LedgerEntry(1)) },
			func() error { return same(t, "LedgerFrom", entries[1:3])(tx.LedgerFrom(1, 2)) },
			find("newest", store.LedgerQuery{Limit: 2}, entries[3], entries[2]),
			find("of a subject", store.LedgerQuery{Subject: "r", Limit: 9}, entries[2], entries[0]),
			find("of kind and subject", store.LedgerQuery{Kind: "version", Subject: "r", Actor: "p1", Before: 2, Limit: 9}, entries[0]),
			find("of nobody", store.LedgerQuery{Actor: "p2", Limit: 9}),
			func() error { return same(t, "Hashes", [][]byte{{3}, {0}, {3}})(tx.Hashes([]int64{3, 0, 3})) },
			func() error {
				return same(t, "latest", store.Checkpoint{Size: 4, Text: "four", At: 3})(tx.LatestCheckpoint())
			},
			func() error {
				return same(t, "for 1", store.Checkpoint{Size: 2, Text: "two", At: 2})(tx.CheckpointFor(1))
			},
			func() error {
				return same(t, "for 3", store.Checkpoint{Size: 4, Text: "four", At: 3})(tx.CheckpointFor(3))
			},
		)
	})
	write(t, s, func(tx store.Tx) error { return tx.EraseLedgerSalts("r") })
	read(t, s, func(tx store.Tx) error {
		got, err := tx.LedgerFrom(0, 9)
		for i, entry := range got {
			want := entries[i]
			if want.Subject == "r" {
				want.Salt = nil
			}
			if err := same(t, "after erasure", want)(entry, nil); err != nil {
				return err
			}
		}
		return err
	})
}
