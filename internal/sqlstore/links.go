package sqlstore

import (
	"cmp"
	"slices"

	"svod/internal/store"
)

var links = &table[store.Link]{
	name: "link", keys: 3,
	cols:   []string{"source", "field", "position", "target"},
	fields: func(r *store.Link) []any { return []any{&r.Source, &r.Field, &r.Position, &r.Target} },
}

func (t *tx) ReplaceLinks(sources []string, rows []store.Link) error {
	among := make(map[string]bool, len(sources))
	for _, s := range sources {
		among[s] = true
	}
	for i := range rows {
		if !among[rows[i].Source] {
			return t.invalid("a link's source is not among the replaced ones")
		}
	}
	if err := execIn(t, `DELETE FROM link WHERE source IN (`, "", sources, nil, nil); err != nil {
		return err
	}
	return insert(t, links, rows)
}

func (t *tx) LinksFrom(sources []string) ([]store.Link, error) {
	rows, err := listIn(t, links, "source", sources, "")
	sortBy(rows, func(a, b *store.Link) int {
		return firstOf(compare(a.Source, b.Source), compare(a.Field, b.Field), compare(a.Position, b.Position))
	})
	return rows, err
}

func (t *tx) LinksTo(targets []string) ([]store.Link, error) {
	rows, err := listIn(t, links, "target", targets, "")
	sortBy(rows, func(a, b *store.Link) int {
		return firstOf(compare(a.Target, b.Target), compare(a.Field, b.Field), compare(a.Source, b.Source), compare(a.Position, b.Position))
	})
	return rows, err
}

func (t *tx) LinksToAfter(target, field string, after store.Link, limit int) ([]store.Link, error) {
	if after == (store.Link{}) {
		after.Position = -1
	}
	if field == "" {
		return list(t, links, `WHERE target = ? AND (field, source, position) > (?, ?, ?) ORDER BY field, source, position LIMIT ?`,
			target, after.Field, after.Source, after.Position, limit)
	}
	return list(t, links, `WHERE target = ? AND field = ? AND (field, source, position) > (?, ?, ?) ORDER BY field, source, position LIMIT ?`,
		target, field, after.Field, after.Source, after.Position, limit)
}

var files = &table[store.File]{
	name: "file", keys: 1,
	cols: []string{"id", "record", "field", "circle", "key_generation", "name_sealed", "meta_sealed", "blob", "size",
		"cipher_hash", "thumb_blob", "state", "created_at", "author"},
	fields: func(r *store.File) []any {
		return []any{&r.ID, &r.Record, &r.Field, &r.Circle, &r.KeyGeneration, &r.NameSealed, &r.MetaSealed, &r.Blob, &r.Size,
			&r.CipherHash, &r.ThumbBlob, &r.State, &r.CreatedAt, &r.Author}
	},
}

func (t *tx) InsertFile(r store.File) error { return insert(t, files, []store.File{r}) }

func (t *tx) UpdateFile(r store.File) error {
	return update(t, files, r, "record", "field", "circle", "key_generation", "name_sealed", "meta_sealed", "blob", "size",
		"cipher_hash", "thumb_blob", "state")
}

func (t *tx) File(id string) (store.File, error) { return one(t, files, `WHERE id = ?`, id) }

func (t *tx) FilesOf(ids []string) ([]store.File, error) {
	rows, err := listIn(t, files, "record", ids, "")
	sortBy(rows, func(a, b *store.File) int {
		return firstOf(compare(a.Record, b.Record), compare(a.CreatedAt, b.CreatedAt), compare(a.ID, b.ID))
	})
	return rows, err
}

func (t *tx) FilesAfter(id string, limit int) ([]store.File, error) {
	return list(t, files, `WHERE id > ? ORDER BY id LIMIT ?`, id, limit)
}

func (t *tx) BlobUsers(blob string) (int64, error) {
	var n int64
	err := t.row(`SELECT COUNT(*) FROM file WHERE blob = ? OR (thumb_blob = ? AND thumb_blob <> '')`, []any{blob, blob}, &n)
	return n, err
}

// Lists that are read in pieces are put in order here, by the same rule as
// ORDER BY: bytes.

func sortBy[T any](rows []T, order func(a, b *T) int) {
	slices.SortFunc(rows, func(a, b T) int { return order(&a, &b) })
}

func compare[K cmp.Ordered](a, b K) int { return cmp.Compare(a, b) }

func firstOf(orders ...int) int { return cmp.Or(orders...) }
