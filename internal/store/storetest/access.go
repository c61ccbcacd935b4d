package storetest

import (
	"testing"

	"svod/internal/store"
)

func testSessions(t *testing.T, s store.Store) {
	seed(t, s)
	a := store.Session{IDHash: "a", Person: "p1", Sealed: []byte{1}, Device: "Tor Browser", CreatedAt: 1, SeenAt: 2, IdleUntil: 3, AbsoluteUntil: 4}
	b := store.Session{IDHash: "b", Person: "p1", SeenAt: 9}
	c := store.Session{IDHash: "c", Person: "p2"}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.InsertSession(a) },
			func() error { return tx.InsertSession(b) },
			func() error { return tx.InsertSession(c) },
		)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertSession(a) })
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.InsertSession(store.Session{IDHash: "x", Person: "x"}) })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.UpdateSession(store.Session{IDHash: "x"}) })
	changed := a
	changed.Person, changed.AbsoluteUntil = "p2", 99 // not UpdateSession's to change
	changed.Sealed, changed.SeenAt, changed.IdleUntil, changed.LockedAt = nil, 20, 30, 40
	write(t, s, func(tx store.Tx) error { return tx.UpdateSession(changed) })
	a.Sealed, a.SeenAt, a.IdleUntil, a.LockedAt = nil, 20, 30, 40
	read(t, s, func(tx store.Tx) error {
		missing[store.Session](t, "session")(tx.Session("x"))
		return all(
			func() error { return same(t, "Session", a)(tx.Session("a")) },
			func() error { return same(t, "SessionsOf", []store.Session{a, b})(tx.SessionsOf("p1")) },
		)
	})
	write(t, s, func(tx store.Tx) error {
		if err := same(t, "all but one", int64(1))(tx.DeleteSessionsOf("p1", "a")); err != nil {
			return err
		}
		return tx.DeleteSession("c")
	})
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.DeleteSession("c") })
	write(t, s, func(tx store.Tx) error {
		if err := same(t, "left", []store.Session{a})(tx.SessionsOf("p1")); err != nil {
			return err
		}
		return same(t, "all", int64(1))(tx.DeleteSessionsOf("p1", ""))
	})
}

func testTokens(t *testing.T, s store.Store) {
	seed(t, s)
	tok := store.Token{IDHash: "h", ID: "i", Person: "p1", Label: "скрипт", Sealed: []byte{1}, CreatedAt: 1, ExpiresAt: 2, SeenAt: 3}
	inv := store.Invite{IDHash: "h", ID: "i", Organisation: "o", Name: "Мария", Sealed: []byte{2}, CreatedBy: "p1", CreatedAt: 1, ExpiresAt: 5}
	newer := store.Invite{IDHash: "h2", ID: "i2", Organisation: "o", CreatedAt: 2}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.InsertToken(tok) },
			func() error { return tx.InsertInvite(inv) },
			func() error { return tx.InsertInvite(newer) },
			func() error { return tx.TouchToken("h", 33) },
			func() error { return tx.UseInvite("h", 44) },
		)
	})
	tok.SeenAt, inv.UsedAt = 33, 44
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertToken(store.Token{IDHash: "x", ID: "i", Person: "p1"}) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertInvite(store.Invite{IDHash: "x", ID: "i", Organisation: "o"}) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.UseInvite("h", 45) })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.UseInvite("x", 45) })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.TouchToken("x", 1) })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.DeleteToken("p2", "i") })
	read(t, s, func(tx store.Tx) error {
		missing[store.Token](t, "token")(tx.Token("i"))
		missing[store.Invite](t, "invite")(tx.Invite("i"))
		return all(
			func() error { return same(t, "Token", tok)(tx.Token("h")) },
			func() error { return same(t, "TokensOf", []store.Token{tok})(tx.TokensOf("p1")) },
			func() error { return same(t, "Invite", inv)(tx.Invite("h")) },
			func() error { return same(t, "Invites", []store.Invite{newer, inv})(tx.Invites("o")) },
		)
	})
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.DeleteToken("p1", "i") },
			func() error { return tx.DeleteInvite("i") },
			func() error { return same(t, "no tokens", []store.Token(nil))(tx.TokensOf("p1")) },
			func() error { return same(t, "one invite", []store.Invite{newer})(tx.Invites("o")) },
		)
	})
}

func testAttempts(t *testing.T, s store.Store) {
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return same(t, "none", int64(0))(tx.Attempts("k", 60)) },
			func() error { return same(t, "first", int64(1))(tx.CountAttempt("k", 60)) },
			func() error { return same(t, "second", int64(2))(tx.CountAttempt("k", 60)) },
			func() error { return same(t, "other window", int64(1))(tx.CountAttempt("k", 120)) },
			func() error { return same(t, "other key", int64(1))(tx.CountAttempt("l", 60)) },
		)
	})
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return same(t, "committed", int64(2))(tx.Attempts("k", 60)) },
			func() error { return tx.ClearAttempts("k") },
			func() error { return same(t, "cleared", int64(0))(tx.Attempts("k", 120)) },
			func() error { return same(t, "others stay", int64(1))(tx.Attempts("l", 60)) },
		)
	})
}

func testPurge(t *testing.T, s store.Store) {
	seed(t, s)
	write(t, s, func(tx store.Tx) error {
		for i, session := range []store.Session{{IdleUntil: 99, AbsoluteUntil: 200}, {IdleUntil: 200, AbsoluteUntil: 99}, {IdleUntil: 100, AbsoluteUntil: 100}} {
			session.IDHash, session.Person = string(rune('a'+i)), "p1"
			if err := tx.InsertSession(session); err != nil {
				return err
			}
		}
		for i, expires := range []int64{0, 99, 100} {
			id := string(rune('a' + i))
			err := all(
				func() error {
					return tx.InsertToken(store.Token{IDHash: id, ID: id, Person: "p1", ExpiresAt: expires})
				},
				func() error {
					return tx.InsertInvite(store.Invite{IDHash: id, ID: id, Organisation: "o", ExpiresAt: expires})
				},
				func() error { return tx.PutDraft(store.Draft{ID: id, Person: "p1", Kind: "k", ExpiresAt: expires}) },
				func() error { _, err := tx.CountAttempt(id, expires); return err },
			)
			if err != nil {
				return err
			}
		}
		return same(t, "rows purged", int64(2+1+1+1+2))(tx.PurgeExpired(100, 100))
	})
	read(t, s, func(tx store.Tx) error {
		sessions, err := tx.SessionsOf("p1")
		if err != nil || len(sessions) != 1 || sessions[0].IDHash != "c" {
			t.Errorf("sessions left: %+v, %v", sessions, err)
		}
		for _, id := range []string{"a", "c"} {
			if _, err := tx.Token(id); err != nil {
				t.Errorf("token %s: %v", id, err)
			}
			if _, err := tx.Draft(id); err != nil {
				t.Errorf("draft %s: %v", id, err)
			}
		}
		missing[store.Token](t, "token")(tx.Token("b"))
		missing[store.Invite](t, "invite")(tx.Invite("b"))
		missing[store.Draft](t, "draft")(tx.Draft("b"))
		return same(t, "window kept", int64(1))(tx.Attempts("c", 100))
	})
}
