package sqlstore

import (
	"database/sql"

	"svod/internal/store"
)

var bitmaps = &table[store.Bitmap]{
	name: "bitmap", keys: 3,
	cols:   []string{"field", "value", "chunk", "bits"},
	fields: func(r *store.Bitmap) []any { return []any{&r.Field, &r.Value, &r.Chunk, &r.Bits} },
}

func (t *tx) PutBitmaps(rows []store.Bitmap) error {
	if len(rows) == 0 {
		return nil
	}
	t.dirty = true
	var full []store.Bitmap
	for _, r := range lastOfKey(bitmaps, rows) {
		if len(r.Bits) > 0 {
			full = append(full, r)
			continue
		}
		_, err := t.exec(`DELETE FROM bitmap WHERE field = ? AND value = ? AND chunk = ?`, r.Field, r.Value, r.Chunk)
		if err != nil {
			return err
		}
	}
	return put(t, bitmaps, full)
}

func (t *tx) BitmapChunks(keys []store.BitmapKey) ([]store.Bitmap, error) {
	return listBitmaps(t, []string{"TEXT", "TEXT", "BIGINT"}, keys, func(k store.BitmapKey) []any {
		return []any{k.Field, k.Value, int64(k.Chunk)}
	})
}

func (t *tx) BitmapSets(values []store.BitmapValue) ([]store.Bitmap, error) {
	return listBitmaps(t, []string{"TEXT", "TEXT"}, values, func(v store.BitmapValue) []any {
		return []any{v.Field, v.Value}
	})
}

// listBitmaps asks for each key once and puts the answer in order.
func listBitmaps[K comparable](t *tx, kinds []string, asked []K, args func(K) []any) ([]store.Bitmap, error) {
	seen := make(map[K]bool, len(asked))
	var keys [][]any
	for _, k := range asked {
		if !seen[k] {
			seen[k] = true
			keys = append(keys, args(k))
		}
	}
	rows, err := listKeys(t, bitmaps, kinds, keys)
	sortBy(rows, func(a, b *store.Bitmap) int {
		return firstOf(compare(a.Field, b.Field), compare(a.Value, b.Value), compare(a.Chunk, b.Chunk))
	})
	return rows, err
}

func (t *tx) BitmapRange(field, from, to string) ([]store.Bitmap, error) {
	if to == "" {
		return list(t, bitmaps, `WHERE field = ? AND value >= ? ORDER BY field, value, chunk`, field, from)
	}
	return list(t, bitmaps, `WHERE field = ? AND value >= ? AND value < ? ORDER BY field, value, chunk`, field, from, to)
}

func (t *tx) BitmapValues(field, from, to string) ([]string, error) {
	q, args := `SELECT DISTINCT value FROM bitmap WHERE field = ? AND value >= ? ORDER BY value`, []any{field, from}
	if to != "" {
		q, args = `SELECT DISTINCT value FROM bitmap WHERE field = ? AND value >= ? AND value < ? ORDER BY value`, append(args, to)
	}
	var out []string
	err := t.query(q, args, func(rows *sql.Rows) error {
		var v string
		err := rows.Scan(&v)
		out = append(out, v)
		return err
	})
	return out, err
}

var sortKeys = &table[store.SortKey]{
	name: "sortkey", keys: 2,
	cols:   []string{"field", "ordinal", "key"},
	fields: func(r *store.SortKey) []any { return []any{&r.Field, &r.Ordinal, &r.Key} },
}

func (t *tx) PutSortKeys(rows []store.SortKey) error {
	t.dirty = t.dirty || len(rows) > 0
	return put(t, sortKeys, rows)
}

func (t *tx) DeleteSortKeys(field string, ordinals []uint32) error {
	t.dirty = t.dirty || len(ordinals) > 0
	if field != "" {
		return execIn(t, `DELETE FROM sortkey WHERE ordinal IN (`, ` AND field = ?`, ordinals, nil, []any{field})
	}
	// The key begins with the field, so without one each field is visited.
	fields, err := t.sortFields()
	for _, f := range fields {
		if err == nil {
			err = t.DeleteSortKeys(f, ordinals)
		}
	}
	return err
}

// sortFields lists the fields in use by leaping from one to the next: a DISTINCT
// would walk over all keys.
func (t *tx) sortFields() ([]string, error) {
	var out []string
	last := ""
	for {
		var next sql.NullString
		err := t.row(`SELECT MIN(field) FROM sortkey WHERE field > ?`, []any{last}, &next)
		if err != nil || !next.Valid {
			return out, err
		}
		out, last = append(out, next.String), next.String
	}
}

func (t *tx) SortPage(field string, after *store.SortKey, desc bool, limit int) ([]store.SortKey, error) {
	switch {
	case after == nil && desc:
		return list(t, sortKeys, `WHERE field = ? ORDER BY key DESC, ordinal DESC LIMIT ?`, field, limit)
	case after == nil:
		return list(t, sortKeys, `WHERE field = ? ORDER BY key, ordinal LIMIT ?`, field, limit)
	case desc:
		return list(t, sortKeys, `WHERE field = ? AND (key, ordinal) < (?, ?) ORDER BY key DESC, ordinal DESC LIMIT ?`,
			field, after.Key, after.Ordinal, limit)
	}
	return list(t, sortKeys, `WHERE field = ? AND (key, ordinal) > (?, ?) ORDER BY key, ordinal LIMIT ?`,
		field, after.Key, after.Ordinal, limit)
}

func (t *tx) SortRange(field string, from, to []byte) ([]uint32, error) {
	q, args := `SELECT ordinal FROM sortkey WHERE field = ? AND key >= ? ORDER BY ordinal`, []any{field, from}
	if to != nil {
		q, args = `SELECT ordinal FROM sortkey WHERE field = ? AND key >= ? AND key < ? ORDER BY ordinal`, append(args, to)
	}
	var out []uint32
	var n int64
	err := t.query(q, args, func(rows *sql.Rows) error {
		err := rows.Scan(&n)
		out = append(out, uint32(n))
		return err
	})
	return out, err
}

func (t *tx) SortKeysOf(field string, ordinals []uint32) ([]store.SortKey, error) {
	rows, err := listIn(t, sortKeys, "ordinal", ordinals, ` AND field = ?`, field)
	return inOrder(rows, ordinals, func(r *store.SortKey) uint32 { return r.Ordinal }), err
}
