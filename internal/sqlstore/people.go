package sqlstore

import "svod/internal/store"

var organisations = &table[store.Organisation]{
	name: "organisation", keys: 1,
	cols:   []string{"id", "names", "created_at"},
	fields: func(r *store.Organisation) []any { return []any{&r.ID, &r.Names, &r.CreatedAt} },
}

func (t *tx) PutOrganisation(r store.Organisation) error {
	return put(t, organisations, []store.Organisation{r})
}

func (t *tx) Organisation(id string) (store.Organisation, error) {
	return one(t, organisations, `WHERE id = ?`, id)
}

func (t *tx) Organisations() ([]store.Organisation, error) {
	return list(t, organisations, `ORDER BY created_at, id`)
}

var people = &table[store.Person]{
	name: "person", keys: 1,
	cols: []string{"id", "name", "fold", "organisation", "keyfile", "recipient", "lang", "state", "totp_sealed",
		"settings", "created_at"},
	fields: func(r *store.Person) []any {
		return []any{&r.ID, &r.Name, &r.Fold, &r.Organisation, &r.KeyFile, &r.Recipient, &r.Lang, &r.State, &r.TOTPSealed,
			&r.Settings, &r.CreatedAt}
	},
}

func (t *tx) InsertPerson(r store.Person) error { return insert(t, people, []store.Person{r}) }

func (t *tx) UpdatePerson(r store.Person) error {
	return update(t, people, r, "name", "fold", "organisation", "keyfile", "recipient", "lang", "state", "totp_sealed", "settings")
}

func (t *tx) Person(id string) (store.Person, error) { return one(t, people, `WHERE id = ?`, id) }

func (t *tx) PersonByFold(fold string) (store.Person, error) {
	return one(t, people, `WHERE fold = ?`, fold)
}

func (t *tx) People() ([]store.Person, error) { return list(t, people, `ORDER BY fold`) }
