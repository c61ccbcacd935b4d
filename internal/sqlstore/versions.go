package sqlstore

import (
	"database/sql"

	"svod/internal/store"
)

var versions = &table[store.Version]{
	name: "version", keys: 2,
	cols: []string{"record", "number", "base", "author", "at", "reason", "type", "circle", "state", "key_generation",
		"data", "sealed", "salt", "import_id"},
	fields: func(r *store.Version) []any {
		return []any{&r.Record, &r.Number, &r.Base, &r.Author, &r.At, &r.Reason, &r.Type, &r.Circle, &r.State, &r.KeyGeneration,
			&r.Data, &r.Sealed, &r.Salt, &r.ImportID}
	},
}

func versionID(v *store.Version) store.VersionID {
	return store.VersionID{Record: v.Record, Number: v.Number}
}

func (t *tx) InsertVersions(rows []store.Version) error { return insert(t, versions, rows) }

func (t *tx) Version(record string, number int64) (store.Version, error) {
	return one(t, versions, `WHERE record = ? AND number = ?`, record, number)
}

func (t *tx) VersionsByID(ids []store.VersionID) ([]store.Version, error) {
	keys := make([][]any, len(ids))
	for i, id := range ids {
		keys[i] = []any{id.Record, id.Number}
	}
	rows, err := listKeys(t, versions, []string{"TEXT", "BIGINT"}, keys)
	return inOrder(rows, ids, versionID), err
}

func (t *tx) CurrentVersions(ids []string) ([]store.Version, error) {
	var rows []store.Version
	head := "SELECT " + versions.columns("v.") + ` FROM record AS r CROSS JOIN version AS v
		WHERE v.record = r.id AND v.number = r.version AND r.id IN (`
	err := inPieces(t, head, "", ids, nil, func(r *sql.Rows) error {
		row, err := versions.scan(r)
		rows = append(rows, row)
		return err
	})
	return inOrder(rows, ids, func(v *store.Version) string { return v.Record }), err
}

func (t *tx) History(record string) ([]store.Version, error) {
	return list(t, versions, `WHERE record = ? ORDER BY number`, record)
}

func (t *tx) VersionsAfter(after store.VersionID, limit int) ([]store.Version, error) {
	return list(t, versions, `WHERE (record, number) > (?, ?) ORDER BY record, number LIMIT ?`, after.Record, after.Number, limit)
}

func (t *tx) VersionsOfImport(importID string, after store.VersionID, limit int) ([]store.Version, error) {
	return list(t, versions, `WHERE import_id = ? AND import_id <> '' AND (record, number) > (?, ?) ORDER BY record, number LIMIT ?`,
		importID, after.Record, after.Number, limit)
}

func (t *tx) SetVersionState(ids []store.VersionID, state string) error {
	for _, id := range ids {
		if _, err := t.exec(`UPDATE version SET state = ? WHERE record = ? AND number = ?`, state, id.Record, id.Number); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) EraseVersions(record string) error {
	_, err := t.exec(`UPDATE version SET data = '', sealed = '', reason = '', salt = ? WHERE record = ?`, []byte{}, record)
	return err
}

var recordKeys = &table[store.RecordKey]{
	name: "record_key", keys: 3,
	cols: []string{"record", "key_generation", "circle", "circle_generation", "wrapped"},
	fields: func(r *store.RecordKey) []any {
		return []any{&r.Record, &r.KeyGeneration, &r.Circle, &r.CircleGeneration, &r.Wrapped}
	},
}

func (t *tx) PutRecordKeys(rows []store.RecordKey) error { return put(t, recordKeys, rows) }

func (t *tx) RecordKeys(ids []string) ([]store.RecordKey, error) {
	rows, err := listIn(t, recordKeys, "record", ids, "")
	sortBy(rows, func(a, b *store.RecordKey) int {
		return firstOf(compare(a.Record, b.Record), compare(a.KeyGeneration, b.KeyGeneration), compare(a.Circle, b.Circle))
	})
	return rows, err
}

func (t *tx) RecordKeysBelow(circle string, generation int64, after string, limit int) ([]store.RecordKey, error) {
	var last sql.NullString
	err := t.row(`SELECT MAX(record) FROM (SELECT record FROM record_key WHERE circle = ? AND circle_generation < ? AND record > ?
		ORDER BY record LIMIT ?) AS page`, []any{circle, generation, after, limit}, &last)
	if err != nil || !last.Valid {
		return nil, err
	}
	return list(t, recordKeys, `WHERE circle = ? AND circle_generation < ? AND record > ? AND record <= ? ORDER BY record, key_generation`,
		circle, generation, after, last.String)
}

func (t *tx) DeleteRecordKeys(record string) error {
	_, err := t.exec(`DELETE FROM record_key WHERE record = ?`, record)
	return err
}

func (t *tx) DeleteRecordKey(record, circle string) error {
	return t.execOne(`DELETE FROM record_key WHERE record = ? AND circle = ?`, record, circle)
}
