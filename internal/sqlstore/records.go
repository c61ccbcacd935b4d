package sqlstore

import (
	"math"

	"svod/internal/store"
)

var records = &table[store.Record]{
	name: "record", keys: 1,
	cols: []string{"id", "ordinal", "type", "circle", "version", "state", "created_at", "updated_at", "import_id"},
	fields: func(r *store.Record) []any {
		return []any{&r.ID, &r.Ordinal, &r.Type, &r.Circle, &r.Version, &r.State, &r.CreatedAt, &r.UpdatedAt, &r.ImportID}
	},
}

// InsertRecords counts on being the only writer: the next ordinal cannot be
// taken by anybody else before the commit.
func (t *tx) InsertRecords(rows []store.Record) error {
	if len(rows) == 0 {
		return nil
	}
	if err := t.usable(true); err != nil {
		return err
	}
	next, err := t.RecordCount()
	if err != nil {
		return err
	}
	if uint64(next)+uint64(len(rows)) > math.MaxUint32 {
		return t.invalid("no ordinals left")
	}
	for i := range rows {
		rows[i].Ordinal = next + uint32(i)
	}
	t.dirty = true
	return insert(t, records, rows)
}

func (t *tx) UpdateRecord(r store.Record, base int64) error {
	t.dirty = true
	n, err := t.exec(`UPDATE record SET type = ?, circle = ?, version = ?, state = ?, updated_at = ? WHERE id = ? AND version = ?`,
		r.Type, r.Circle, r.Version, r.State, r.UpdatedAt, r.ID, base)
	if err != nil || n > 0 {
		return err
	}
	if _, err := t.Record(r.ID); err != nil {
		return err
	}
	return t.conflict("record is no longer at version %d", base)
}

func (t *tx) SetRecordState(ids []string, state string) error {
	t.dirty = t.dirty || len(ids) > 0
	return execIn(t, `UPDATE record SET state = ? WHERE id IN (`, "", ids, []any{state}, nil)
}

func (t *tx) Record(id string) (store.Record, error) { return one(t, records, `WHERE id = ?`, id) }

func (t *tx) RecordsByID(ids []string) ([]store.Record, error) {
	rows, err := listIn(t, records, "id", ids, "")
	return inOrder(rows, ids, func(r *store.Record) string { return r.ID }), err
}

func (t *tx) RecordsByOrdinal(ordinals []uint32) ([]store.Record, error) {
	rows, err := listIn(t, records, "ordinal", ordinals, "")
	return inOrder(rows, ordinals, func(r *store.Record) uint32 { return r.Ordinal }), err
}

func (t *tx) RecordsFrom(from uint32, limit int) ([]store.Record, error) {
	return list(t, records, `WHERE ordinal >= ? ORDER BY ordinal LIMIT ?`, from, limit)
}

func (t *tx) RecordsOfImport(importID string, from uint32, limit int) ([]store.Record, error) {
	return list(t, records, `WHERE import_id = ? AND import_id <> '' AND ordinal >= ? ORDER BY ordinal LIMIT ?`, importID, from, limit)
}

func (t *tx) RecordCount() (uint32, error) {
	var n int64
	err := t.row(`SELECT COALESCE(MAX(ordinal) + 1, 0) FROM record`, nil, &n)
	return uint32(n), err
}
