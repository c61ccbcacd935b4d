package storetest

import (
	"testing"

	"svod/internal/store"
)

func testPeople(t *testing.T, s store.Store) {
	org := store.Organisation{ID: "o", Names: `{"ru":"Дом"}`, CreatedAt: 2}
	older := store.Organisation{ID: "z", Names: `{}`, CreatedAt: 1}
	anna := store.Person{ID: "a", Name: "Анна", Fold: "анна", Organisation: "o", KeyFile: []byte{1, 0, 2}, Recipient: "age1pq1",
		Lang: "ru", State: "active", TOTPSealed: []byte{9}, Settings: `{"x":1}`, CreatedAt: 7}
	boris := store.Person{ID: "b", Name: "Boris", Fold: "boris", Organisation: "o"}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.PutOrganisation(store.Organisation{ID: "o", Names: "old", CreatedAt: 2}) },
			func() error { return tx.PutOrganisation(org) },
			func() error { return tx.PutOrganisation(older) },
			func() error { return tx.InsertPerson(anna) },
			func() error { return tx.InsertPerson(boris) },
		)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		return tx.InsertPerson(store.Person{ID: "a", Fold: "x", Organisation: "o"})
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		return tx.InsertPerson(store.Person{ID: "x", Fold: "анна", Organisation: "o"})
	})
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error {
		return tx.InsertPerson(store.Person{ID: "x", Fold: "x", Organisation: "nowhere"})
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		return tx.UpdatePerson(store.Person{ID: "b", Fold: "анна", Organisation: "o"})
	})
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error {
		return tx.UpdatePerson(store.Person{ID: "x", Fold: "x", Organisation: "o"})
	})
	changed := anna
	changed.Name, changed.TOTPSealed, changed.State, changed.CreatedAt = "Анна П.", nil, "closed", 99
	write(t, s, func(tx store.Tx) error { return tx.UpdatePerson(changed) })
	changed.CreatedAt = anna.CreatedAt // UpdatePerson leaves it
	read(t, s, func(tx store.Tx) error {
		missing[store.Person](t, "person")(tx.Person("x"))
		missing[store.Person](t, "fold")(tx.PersonByFold("Анна"))
		missing[store.Organisation](t, "organisation")(tx.Organisation("x"))
		return all(
			func() error { return same(t, "Organisation", org)(tx.Organisation("o")) },
			func() error { return same(t, "Organisations", []store.Organisation{older, org})(tx.Organisations()) },
			func() error { return same(t, "Person", changed)(tx.Person("a")) },
			func() error { return same(t, "PersonByFold", changed)(tx.PersonByFold("анна")) },
			func() error { return same(t, "People", []store.Person{boris, changed})(tx.People()) },
		)
	})
}

func testCircles(t *testing.T, s store.Store) {
	seed(t, s)
	circle := store.Circle{ID: "c3", Organisation: "o", Name: "Юристы", Generation: 1, Recipient: "r1", CreatedAt: 9}
	keys := []store.CircleKey{
		{Circle: "c3", Generation: 1, Recipient: "r1", Sealed: []byte{5}, CreatedAt: 9},
		{Circle: "c3", Generation: 2, Recipient: "r2", CreatedAt: 10},
	}
	wraps := []store.CircleWrap{
		{Circle: "c3", Generation: 1, Person: "p1", Wrapped: []byte{1}},
		{Circle: "c3", Generation: 2, Person: "p1", Wrapped: []byte{2}},
		{Circle: "c3", Generation: 1, Person: "p2", Wrapped: []byte{3}},
	}
	other := store.CircleWrap{Circle: "c1", Generation: 4, Person: "p1", Wrapped: []byte{4}}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.InsertCircle(circle) },
			func() error { return tx.InsertCircleKey(keys[1]) },
			func() error { return tx.InsertCircleKey(keys[0]) },
			func() error { return tx.PutCircleWraps(append(wraps, other)) },
			func() error { return tx.PutCircleWraps(wraps[:1]) },
			func() error { return tx.PutMember(store.Member{Circle: "c3", Person: "p2", Role: "reader", Since: 1}) },
			func() error { return tx.PutMember(store.Member{Circle: "c3", Person: "p1", Role: "reader", Since: 2}) },
			func() error { return tx.PutMember(store.Member{Circle: "c3", Person: "p1", Role: "steward", Since: 2}) },
			func() error { return tx.PutMember(store.Member{Circle: "c1", Person: "p1", Role: "worker", Since: 2}) },
		)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertCircle(circle) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertCircleKey(keys[0]) })
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error {
		return tx.PutMember(store.Member{Circle: "c3", Person: "nobody"})
	})
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.UpdateCircle(store.Circle{ID: "x", Organisation: "o"}) })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.DeleteMember("c1", "p2") })
	circle.Generation, circle.Recipient, circle.ClosedAt = 2, "r2", 50
	write(t, s, func(tx store.Tx) error { return tx.UpdateCircle(circle) })
	steward := store.Member{Circle: "c3", Person: "p1", Role: "steward", Since: 2}
	read(t, s, func(tx store.Tx) error {
		missing[store.Circle](t, "circle")(tx.Circle("x"))
		circles, err := tx.Circles()
		if err != nil || len(circles) != 3 || circles[2] != circle {
			t.Errorf("Circles: %+v, %v", circles, err)
		}
		return all(
			func() error { return same(t, "Circle", circle)(tx.Circle("c3")) },
			func() error { return same(t, "CircleKeys", keys)(tx.CircleKeys("c3")) },
			func() error { return same(t, "CircleWraps", wraps[:2])(tx.CircleWraps("c3", "p1")) },
			func() error {
				return same(t, "WrapsOf", []store.CircleWrap{other, wraps[0], wraps[1]})(tx.WrapsOf("p1"))
			},
			func() error {
				return same(t, "Members", []store.Member{{Circle: "c3", Person: "p2", Role: "reader", Since: 1}, steward})(tx.Members("c3"))
			},
			func() error {
				return same(t, "Memberships", []store.Member{{Circle: "c1", Person: "p1", Role: "worker", Since: 2}, steward})(tx.Memberships("p1"))
			},
		)
	})
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.DeleteMember("c3", "p1") },
			func() error { return tx.DeleteCircleWraps("c3", "p1") },
		)
	})
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error { return same(t, "wraps of a removed member", []store.CircleWrap{other})(tx.WrapsOf("p1")) },
			func() error { return same(t, "wraps of others", wraps[2:])(tx.CircleWraps("c3", "p2")) },
		)
	})
}
