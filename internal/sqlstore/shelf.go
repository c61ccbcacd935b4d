package sqlstore

import "svod/internal/store"

var terms = &table[store.VocabularyTerm]{
	name: "vocabulary_term", keys: 2,
	cols: []string{"vocabulary", "code", "parent", "position", "labels", "interop", "state", "source"},
	fields: func(r *store.VocabularyTerm) []any {
		return []any{&r.Vocabulary, &r.Code, &r.Parent, &r.Position, &r.Labels, &r.Interop, &r.State, &r.Source}
	},
}

func (t *tx) PutTerms(rows []store.VocabularyTerm) error { return put(t, terms, rows) }

func (t *tx) Terms(vocabulary string) ([]store.VocabularyTerm, error) {
	if vocabulary == "" {
		return list(t, terms, `ORDER BY vocabulary, position, code`)
	}
	return list(t, terms, `WHERE vocabulary = ? ORDER BY position, code`, vocabulary)
}

func (t *tx) DeleteTerm(vocabulary, code string) error {
	return t.execOne(`DELETE FROM vocabulary_term WHERE vocabulary = ? AND code = ?`, vocabulary, code)
}

var saved = &table[store.Saved]{
	name: "saved", keys: 1,
	cols: []string{"id", "person", "circle", "name", "type", "query", "settings", "created_at"},
	fields: func(r *store.Saved) []any {
		return []any{&r.ID, &r.Person, &r.Circle, &r.Name, &r.Type, &r.Query, &r.Settings, &r.CreatedAt}
	},
}

func (t *tx) PutSaved(r store.Saved) error { return put(t, saved, []store.Saved{r}) }

func (t *tx) Saved(id string) (store.Saved, error) { return one(t, saved, `WHERE id = ?`, id) }

func (t *tx) SavedOf(person string, circles []string) ([]store.Saved, error) {
	return ownOrShared(t, saved, person, circles,
		func(r *store.Saved) string { return r.ID }, func(r *store.Saved) string { return r.Name })
}

func (t *tx) DeleteSaved(id string) error { return t.execOne(`DELETE FROM saved WHERE id = ?`, id) }

var drafts = &table[store.Draft]{
	name: "draft", keys: 1,
	cols: []string{"id", "person", "kind", "sealed", "created_at", "expires_at"},
	fields: func(r *store.Draft) []any {
		return []any{&r.ID, &r.Person, &r.Kind, &r.Sealed, &r.CreatedAt, &r.ExpiresAt}
	},
}

func (t *tx) PutDraft(r store.Draft) error { return put(t, drafts, []store.Draft{r}) }

func (t *tx) Draft(id string) (store.Draft, error) { return one(t, drafts, `WHERE id = ?`, id) }

func (t *tx) DraftsOf(person, kind string) ([]store.Draft, error) {
	return list(t, drafts, `WHERE person = ? AND kind = ? ORDER BY created_at DESC, id DESC`, person, kind)
}

func (t *tx) DeleteDraft(id string) error { return t.execOne(`DELETE FROM draft WHERE id = ?`, id) }
