package sqlstore

import "svod/internal/store"

var circles = &table[store.Circle]{
	name: "circle", keys: 1,
	cols: []string{"id", "organisation", "name", "generation", "recipient", "created_at", "closed_at"},
	fields: func(r *store.Circle) []any {
		return []any{&r.ID, &r.Organisation, &r.Name, &r.Generation, &r.Recipient, &r.CreatedAt, &r.ClosedAt}
	},
}

func (t *tx) InsertCircle(r store.Circle) error { return insert(t, circles, []store.Circle{r}) }

func (t *tx) UpdateCircle(r store.Circle) error {
	return update(t, circles, r, "organisation", "name", "generation", "recipient", "closed_at")
}

func (t *tx) Circle(id string) (store.Circle, error) { return one(t, circles, `WHERE id = ?`, id) }

func (t *tx) Circles() ([]store.Circle, error) { return list(t, circles, `ORDER BY created_at, id`) }

var circleKeys = &table[store.CircleKey]{
	name: "circle_key", keys: 2,
	cols: []string{"circle", "generation", "recipient", "sealed", "created_at"},
	fields: func(r *store.CircleKey) []any {
		return []any{&r.Circle, &r.Generation, &r.Recipient, &r.Sealed, &r.CreatedAt}
	},
}

func (t *tx) InsertCircleKey(r store.CircleKey) error {
	return insert(t, circleKeys, []store.CircleKey{r})
}

func (t *tx) CircleKeys(circle string) ([]store.CircleKey, error) {
	return list(t, circleKeys, `WHERE circle = ? ORDER BY generation`, circle)
}

var circleWraps = &table[store.CircleWrap]{
	name: "circle_wrap", keys: 3,
	cols: []string{"circle", "generation", "person", "wrapped"},
	fields: func(r *store.CircleWrap) []any {
		return []any{&r.Circle, &r.Generation, &r.Person, &r.Wrapped}
	},
}

func (t *tx) PutCircleWraps(rows []store.CircleWrap) error { return put(t, circleWraps, rows) }

func (t *tx) CircleWraps(circle, person string) ([]store.CircleWrap, error) {
	return list(t, circleWraps, `WHERE circle = ? AND person = ? ORDER BY generation`, circle, person)
}

func (t *tx) WrapsOf(person string) ([]store.CircleWrap, error) {
	return list(t, circleWraps, `WHERE person = ? ORDER BY circle, generation`, person)
}

func (t *tx) DeleteCircleWraps(circle, person string) error {
	_, err := t.exec(`DELETE FROM circle_wrap WHERE circle = ? AND person = ?`, circle, person)
	return err
}

var members = &table[store.Member]{
	name: "member", keys: 2,
	cols:   []string{"circle", "person", "role", "since"},
	fields: func(r *store.Member) []any { return []any{&r.Circle, &r.Person, &r.Role, &r.Since} },
}

func (t *tx) PutMember(r store.Member) error { return put(t, members, []store.Member{r}) }

func (t *tx) DeleteMember(circle, person string) error {
	return t.execOne(`DELETE FROM member WHERE circle = ? AND person = ?`, circle, person)
}

func (t *tx) Members(circle string) ([]store.Member, error) {
	return list(t, members, `WHERE circle = ? ORDER BY since, person`, circle)
}

func (t *tx) Memberships(person string) ([]store.Member, error) {
	return list(t, members, `WHERE person = ? ORDER BY circle`, person)
}
