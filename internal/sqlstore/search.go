package sqlstore

import (
	"database/sql"
	"slices"

	"svod/internal/store"
)

// maxIndexBytes is how much text one statement adds to the index.
const maxIndexBytes = 4 << 20

func (t *tx) PutIndex(docs []store.IndexDoc) error {
	d := t.s.db.dialect
	byOrdinal := make(map[uint32]int, len(docs))
	var ordinals []uint32
	for i, doc := range docs {
		if _, twice := byOrdinal[doc.Ordinal]; !twice {
			ordinals = append(ordinals, doc.Ordinal)
		}
		byOrdinal[doc.Ordinal] = i
	}
	texts := make([]string, len(ordinals))
	for i, o := range ordinals {
		text, err := d.document(docs[byOrdinal[o]])
		if err != nil {
			return t.fail(err)
		}
		texts[i] = text
	}
	if err := t.DeleteIndex(ordinals); err != nil {
		return err
	}
	// FTS5 writes its pending words out before every statement, so statements
	// should be large; but not so large that a few long documents fill memory.
	for from, to, size := 0, 0, 0; from < len(texts); from, size = to, 0 {
		for to = from; to < len(texts) && (to == from || size+len(texts[to]) <= maxIndexBytes); to++ {
			size += len(texts[to])
		}
		err := writeRows(t, d.searchInsert, d.searchRow, "", 512, to-from, func(args []any, i int) []any {
			return append(args, int64(ordinals[from+i])+d.searchKey, texts[from+i])
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) DeleteIndex(ordinals []uint32) error {
	if len(ordinals) == 0 {
		return nil
	}
	t.dirty = true
	keys := make([]int64, len(ordinals))
	for i, o := range ordinals {
		keys[i] = int64(o) + t.s.db.dialect.searchKey
	}
	return execIn(t, t.s.db.dialect.searchDelete, "", keys, nil, nil)
}

func (t *tx) Match(e store.Expr) ([]uint32, error) {
	d := t.s.db.dialect
	if err := t.usable(false); err != nil {
		return nil, err
	}
	x, err := simplify(e, 1)
	if err != nil {
		return nil, t.fail(err)
	}
	if x.op == opNone {
		return nil, nil
	}
	text, err := d.expression(x)
	if err != nil {
		return nil, t.fail(err)
	}
	var out []uint32
	var key int64
	err = t.query(d.searchMatch, []any{text}, func(rows *sql.Rows) error {
		err := rows.Scan(&key)
		out = append(out, uint32(key-d.searchKey))
		return err
	})
	// Sorted here: asked to sort, PostgreSQL may read the whole table in order
	// of the ordinal and test every row instead of using the index.
	if !slices.IsSorted(out) {
		slices.Sort(out)
	}
	return out, err
}
