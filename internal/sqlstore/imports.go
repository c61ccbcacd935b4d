package sqlstore

import "svod/internal/store"

var imports = &table[store.Import]{
	name: "import", keys: 1,
	cols: []string{"id", "person", "circle", "type", "file_name_sealed", "mapping_id", "row_count", "state", "at", "ledger_n", "report"},
	fields: func(r *store.Import) []any {
		return []any{&r.ID, &r.Person, &r.Circle, &r.Type, &r.FileNameSealed, &r.MappingID, &r.Rows, &r.State, &r.At, &r.LedgerN, &r.Report}
	},
}

func (t *tx) InsertImport(r store.Import) error { return insert(t, imports, []store.Import{r}) }

func (t *tx) UpdateImport(r store.Import) error {
	return update(t, imports, r, "mapping_id", "row_count", "state", "ledger_n", "report")
}

func (t *tx) Import(id string) (store.Import, error) { return one(t, imports, `WHERE id = ?`, id) }

func (t *tx) ImportsOf(circles []string, limit int) ([]store.Import, error) {
	rows, err := listIn(t, imports, "circle", circles, "")
	sortBy(rows, func(a, b *store.Import) int { return firstOf(compare(b.At, a.At), compare(b.ID, a.ID)) })
	return rows[:min(len(rows), max(limit, 0))], err
}

var mappings = &table[store.Mapping]{
	name: "mapping", keys: 1,
	cols: []string{"id", "person", "circle", "name", "type", "body", "at"},
	fields: func(r *store.Mapping) []any {
		return []any{&r.ID, &r.Person, &r.Circle, &r.Name, &r.Type, &r.Body, &r.At}
	},
}

func (t *tx) PutMapping(r store.Mapping) error { return put(t, mappings, []store.Mapping{r}) }

func (t *tx) Mapping(id string) (store.Mapping, error) { return one(t, mappings, `WHERE id = ?`, id) }

func (t *tx) MappingsOf(person string, circles []string) ([]store.Mapping, error) {
	return ownOrShared(t, mappings, person, circles,
		func(r *store.Mapping) string { return r.ID }, func(r *store.Mapping) string { return r.Name })
}

func (t *tx) DeleteMapping(id string) error {
	return t.execOne(`DELETE FROM mapping WHERE id = ?`, id)
}

// ownOrShared lists what is a person's own and what is in the circles, each row
// once, by name then id.
func ownOrShared[T any](t *tx, tab *table[T], person string, circles []string, id, name func(*T) string) ([]T, error) {
	own, err := list(t, tab, `WHERE person = ?`, person)
	if err != nil {
		return nil, err
	}
	shared, err := listIn(t, tab, "circle", circles, "")
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []T
	for _, r := range append(own, shared...) {
		if !seen[id(&r)] {
			seen[id(&r)] = true
			out = append(out, r)
		}
	}
	sortBy(out, func(a, b *T) int { return firstOf(compare(name(a), name(b)), compare(id(a), id(b))) })
	return out, nil
}

var externals = &table[store.External]{
	name: "external", keys: 2,
	cols:   []string{"source", "external_id", "record", "import_id"},
	fields: func(r *store.External) []any { return []any{&r.Source, &r.ExternalID, &r.Record, &r.ImportID} },
}

func (t *tx) PutExternals(rows []store.External) error { return put(t, externals, rows) }

func (t *tx) Externals(source string, ids []string) ([]store.External, error) {
	rows, err := listIn(t, externals, "external_id", ids, ` AND source = ?`, source)
	return inOrder(rows, ids, func(r *store.External) string { return r.ExternalID }), err
}

func (t *tx) ExternalsOf(ids []string) ([]store.External, error) {
	rows, err := listIn(t, externals, "record", ids, "")
	sortBy(rows, func(a, b *store.External) int {
		return firstOf(compare(a.Record, b.Record), compare(a.Source, b.Source), compare(a.ExternalID, b.ExternalID))
	})
	return rows, err
}

func (t *tx) DeleteExternalsOf(record string) error {
	_, err := t.exec(`DELETE FROM external WHERE record = ?`, record)
	return err
}
