package sqlstore

import "svod/internal/store"

var sessions = &table[store.Session]{
	name: "session", keys: 1,
	cols: []string{"id_hash", "person", "sealed", "device", "created_at", "seen_at", "idle_until", "absolute_until", "locked_at"},
	fields: func(r *store.Session) []any {
		return []any{&r.IDHash, &r.Person, &r.Sealed, &r.Device, &r.CreatedAt, &r.SeenAt, &r.IdleUntil, &r.AbsoluteUntil, &r.LockedAt}
	},
}

func (t *tx) InsertSession(r store.Session) error { return insert(t, sessions, []store.Session{r}) }

func (t *tx) UpdateSession(r store.Session) error {
	return update(t, sessions, r, "sealed", "device", "seen_at", "idle_until", "locked_at")
}

func (t *tx) Session(idHash string) (store.Session, error) {
	return one(t, sessions, `WHERE id_hash = ?`, idHash)
}

func (t *tx) SessionsOf(person string) ([]store.Session, error) {
	return list(t, sessions, `WHERE person = ? ORDER BY seen_at DESC, id_hash`, person)
}

func (t *tx) DeleteSession(idHash string) error {
	return t.execOne(`DELETE FROM session WHERE id_hash = ?`, idHash)
}

func (t *tx) DeleteSessionsOf(person, except string) (int64, error) {
	return t.exec(`DELETE FROM session WHERE person = ? AND id_hash <> ?`, person, except)
}

var tokens = &table[store.Token]{
	name: "token", keys: 1,
	cols: []string{"id_hash", "id", "person", "label", "sealed", "created_at", "expires_at", "seen_at"},
	fields: func(r *store.Token) []any {
		return []any{&r.IDHash, &r.ID, &r.Person, &r.Label, &r.Sealed, &r.CreatedAt, &r.ExpiresAt, &r.SeenAt}
	},
}

func (t *tx) InsertToken(r store.Token) error { return insert(t, tokens, []store.Token{r}) }

func (t *tx) Token(idHash string) (store.Token, error) {
	return one(t, tokens, `WHERE id_hash = ?`, idHash)
}

func (t *tx) TouchToken(idHash string, seenAt int64) error {
	return t.execOne(`UPDATE token SET seen_at = ? WHERE id_hash = ?`, seenAt, idHash)
}

func (t *tx) TokensOf(person string) ([]store.Token, error) {
	return list(t, tokens, `WHERE person = ? ORDER BY created_at, id`, person)
}

func (t *tx) DeleteToken(person, id string) error {
	return t.execOne(`DELETE FROM token WHERE person = ? AND id = ?`, person, id)
}

var invites = &table[store.Invite]{
	name: "invite", keys: 1,
	cols: []string{"id_hash", "id", "organisation", "name", "sealed", "created_by", "created_at", "expires_at", "used_at"},
	fields: func(r *store.Invite) []any {
		return []any{&r.IDHash, &r.ID, &r.Organisation, &r.Name, &r.Sealed, &r.CreatedBy, &r.CreatedAt, &r.ExpiresAt, &r.UsedAt}
	},
}

func (t *tx) InsertInvite(r store.Invite) error { return insert(t, invites, []store.Invite{r}) }

func (t *tx) Invite(idHash string) (store.Invite, error) {
	return one(t, invites, `WHERE id_hash = ?`, idHash)
}

func (t *tx) Invites(organisation string) ([]store.Invite, error) {
	return list(t, invites, `WHERE organisation = ? ORDER BY created_at DESC, id`, organisation)
}

func (t *tx) UseInvite(idHash string, at int64) error {
	n, err := t.exec(`UPDATE invite SET used_at = ? WHERE id_hash = ? AND used_at = 0`, at, idHash)
	if err != nil || n > 0 {
		return err
	}
	if _, err := t.Invite(idHash); err != nil {
		return err
	}
	return t.conflict("invite was used")
}

func (t *tx) DeleteInvite(id string) error {
	return t.execOne(`DELETE FROM invite WHERE id = ?`, id)
}

func (t *tx) CountAttempt(keyHash string, window int64) (int64, error) {
	if err := t.usable(true); err != nil {
		return 0, err
	}
	var n int64
	err := t.row(`INSERT INTO attempt (key_hash, window_start, tally) VALUES (?, ?, 1)
		ON CONFLICT (key_hash, window_start) DO UPDATE SET tally = attempt.tally + 1 RETURNING tally`, []any{keyHash, window}, &n)
	return n, err
}

func (t *tx) Attempts(keyHash string, window int64) (int64, error) {
	var n int64
	err := t.row(`SELECT COALESCE(SUM(tally), 0) FROM attempt WHERE key_hash = ? AND window_start = ?`, []any{keyHash, window}, &n)
	return n, err
}

func (t *tx) ClearAttempts(keyHash string) error {
	_, err := t.exec(`DELETE FROM attempt WHERE key_hash = ?`, keyHash)
	return err
}
