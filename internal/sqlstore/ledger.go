package sqlstore

import (
	"database/sql"
	"strings"

	"svod/internal/store"
)

var ledger = &table[store.LedgerEntry]{
	name: "ledger", keys: 1,
	cols: []string{"n", "at", "kind", "actor", "subject", "version", "salt", "body", "commitment", "leaf"},
	fields: func(r *store.LedgerEntry) []any {
		return []any{&r.N, &r.At, &r.Kind, &r.Actor, &r.Subject, &r.Version, &r.Salt, &r.Body, &r.Commitment, &r.Leaf}
	},
}

func (t *tx) AppendLedger(rows []store.LedgerEntry) error {
	if len(rows) == 0 {
		return nil
	}
	size, err := t.LedgerSize()
	if err != nil {
		return err
	}
	for i := range rows {
		if rows[i].N != size+int64(i) {
			return t.conflict("ledger entry %d does not continue %d entries", rows[i].N, size+int64(i))
		}
	}
	return insert(t, ledger, rows)
}

func (t *tx) LedgerSize() (int64, error) {
	var n int64
	err := t.row(`SELECT COALESCE(MAX(n) + 1, 0) FROM ledger`, nil, &n)
	return n, err
}

func (t *tx) LedgerEntry(n int64) (store.LedgerEntry, error) {
	return one(t, ledger, `WHERE n = ?`, n)
}

func (t *tx) LedgerFrom(from int64, limit int) ([]store.LedgerEntry, error) {
	return list(t, ledger, `WHERE n >= ? ORDER BY n LIMIT ?`, from, limit)
}

func (t *tx) FindLedger(q store.LedgerQuery) ([]store.LedgerEntry, error) {
	var where []string
	var args []any
	for _, c := range []struct{ column, value string }{
		{`subject = ?`, q.Subject}, {`kind = ?`, q.Kind}, {`actor = ?`, q.Actor},
	} {
		if c.value != "" {
			where, args = append(where, c.column), append(args, c.value)
		}
	}
	if q.Before > 0 {
		where, args = append(where, `n < ?`), append(args, q.Before)
	}
	tail := ""
	if len(where) > 0 {
		tail = `WHERE ` + strings.Join(where, ` AND `)
	}
	return list(t, ledger, tail+` ORDER BY n DESC LIMIT ?`, append(args, q.Limit)...)
}

func (t *tx) EraseLedgerSalts(subject string) error {
	_, err := t.exec(`UPDATE ledger SET salt = ? WHERE subject = ?`, []byte{}, subject)
	return err
}

// ledgerHash is a row of the stored Merkle hashes.
type ledgerHash struct {
	n    int64
	hash []byte
}

var ledgerHashes = &table[ledgerHash]{
	name: "ledger_hash", keys: 1,
	cols:   []string{"n", "hash"},
	fields: func(r *ledgerHash) []any { return []any{&r.n, &r.hash} },
}

func (t *tx) AppendHashes(first int64, hashes [][]byte) error {
	rows := make([]ledgerHash, len(hashes))
	for i, h := range hashes {
		rows[i] = ledgerHash{first + int64(i), h}
	}
	return insert(t, ledgerHashes, rows)
}

func (t *tx) Hashes(indexes []int64) ([][]byte, error) {
	found := make(map[int64][]byte, len(indexes))
	err := inPieces(t, `SELECT n, hash FROM ledger_hash WHERE n IN (`, "", indexes, nil, func(rows *sql.Rows) error {
		r, err := ledgerHashes.scan(rows)
		found[r.n] = r.hash
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(indexes))
	for i, n := range indexes {
		h, ok := found[n]
		if !ok {
			return nil, store.ErrNotFound
		}
		out[i] = h
	}
	return out, nil
}

var checkpoints = &table[store.Checkpoint]{
	name: "checkpoint", keys: 1,
	cols:   []string{"size", "note", "at"},
	fields: func(r *store.Checkpoint) []any { return []any{&r.Size, &r.Text, &r.At} },
}

func (t *tx) PutCheckpoint(r store.Checkpoint) error {
	return put(t, checkpoints, []store.Checkpoint{r})
}

func (t *tx) LatestCheckpoint() (store.Checkpoint, error) {
	return one(t, checkpoints, `ORDER BY size DESC LIMIT 1`)
}

func (t *tx) CheckpointFor(size int64) (store.Checkpoint, error) {
	return one(t, checkpoints, `WHERE size >= ? ORDER BY size LIMIT 1`, size)
}
