package kernel

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync"
	"time"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
	"svod/internal/store"
	"svod/internal/text"
)

// How long a session lives. Idle is short because a seized, running laptop is
// the likeliest loss; the absolute limit bounds a stolen cookie.
const (
	SessionIdle     = 2 * time.Hour
	SessionAbsolute = 12 * time.Hour
	signInWindow    = 15 * time.Minute
	signInTries     = 10 // per name and window
)

func timeOf(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

// decoy is a key file nobody has the passphrase of: trying it makes sign-in
// take the same time for a name that does not exist.
type decoy struct {
	once sync.Once
	file []byte
}

func (k *Kernel) decoyFile(ctx context.Context) []byte {
	k.decoy.once.Do(func() {
		if id, err := crypt.NewIdentity(); err == nil {
			k.decoy.file, _ = k.keysmith.SealIdentity(context.WithoutCancel(ctx), id, crypt.NewSecret(crypt.SessionSecret))
		}
	})
	return k.decoy.file
}

// Unlock opens a person's identity with the passphrase and returns an Actor
// without a session: the way of the command line. Wrong name and wrong
// passphrase are one answer, KindSignedOut "error.wrong_passphrase"; too many
// tries KindTooMany; a missing one-time code "error.code_required".
func (k *Kernel) Unlock(ctx context.Context, s SignIn, via string) (core.Actor, error) {
	p, id, err := k.unlock(ctx, s)
	if err != nil {
		return core.Actor{}, err
	}
	return actorOf(p, id, via, ""), nil
}

func actorOf(p store.Person, id *crypt.Identity, via, session string) core.Actor {
	return core.Actor{Person: core.ID(p.ID), Name: p.Name, Organisation: core.ID(p.Organisation),
		Admin: settingsOf(p).Admin, Lang: p.Lang, Via: via, Session: session, Keys: newKeyring(id)}
}

func (k *Kernel) unlock(ctx context.Context, s SignIn) (store.Person, *crypt.Identity, error) {
	fold := text.Fold(s.Name)
	var p store.Person
	known := false
	gate := attemptKey("signin", fold)
	if err := k.countTry(ctx, gate); err != nil {
		return p, nil, err
	}
	err := k.store.Read(ctx, func(tx store.Tx) error {
		var err error
		p, err = tx.PersonByFold(fold)
		known = err == nil && p.State == personActive
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		return p, nil, fromStore(err)
	}
	// Made for everybody's first sign-in after a start: a slow answer must not
	// tell that the name is unknown.
	file := k.decoyFile(ctx)
	if known {
		file = p.KeyFile
	}
	id, err := k.keysmith.OpenIdentity(ctx, file, s.Passphrase)
	if errors.Is(err, crypt.ErrPassphrase) || err == nil && !known {
		return p, nil, core.SignedOut("error.wrong_passphrase")
	}
	if err != nil {
		return p, nil, fromStore(err)
	}
	if err := k.checkCode(ctx, p, id, s.Code); err != nil {
		return p, nil, err
	}
	err = k.store.Write(ctx, func(tx store.Tx) error { return tx.ClearAttempts(gate) })
	return p, id, fromStore(err)
}

// countTry counts a try of a passphrase and refuses the eleventh in a window.
func (k *Kernel) countTry(ctx context.Context, gate string) error {
	return fromStore(k.store.Write(ctx, func(tx store.Tx) error {
		n, err := tx.CountAttempt(gate, k.now().Truncate(signInWindow).Unix())
		if err != nil {
			return err
		}
		if n > signInTries {
			return &core.Error{Kind: core.KindTooMany, Key: "error.too_many_tries",
				Args: []any{"minutes", int(signInWindow / time.Minute)}}
		}
		return nil
	}))
}

// attemptKey hides names in the table of tries.
func attemptKey(kind, what string) string {
	h := sha256.Sum256([]byte("svod/attempt/" + kind + "\x00" + what))
	return hex.EncodeToString(h[:])
}

// SignIn opens a session and returns the secret for its cookie. Errors as
// Unlock.
func (k *Kernel) SignIn(ctx context.Context, s SignIn) (secret string, a core.Actor, err error) {
	p, id, err := k.unlock(ctx, s)
	if err != nil {
		return "", core.Actor{}, err
	}
	return k.openSession(ctx, p, id, s.Device)
}

func (k *Kernel) openSession(ctx context.Context, p store.Person, id *crypt.Identity, device string) (string, core.Actor, error) {
	secret := crypt.NewSecret(crypt.SessionSecret)
	hash, err := crypt.SecretID(secret)
	if err != nil {
		return "", core.Actor{}, core.Internal(err)
	}
	sealed, err := crypt.SealForSecret(secret, []byte(id.String()))
	if err != nil {
		return "", core.Actor{}, core.Internal(err)
	}
	at := k.now()
	row := store.Session{IDHash: hash, Person: p.ID, Sealed: sealed, Device: clip(device, 120),
		CreatedAt: at.UnixMicro(), SeenAt: at.UnixMicro(),
		IdleUntil: at.Add(SessionIdle).UnixMicro(), AbsoluteUntil: at.Add(SessionAbsolute).UnixMicro()}
	err = k.store.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.PurgeExpired(at.UnixMicro(), at.Add(-24*time.Hour).Unix()); err != nil {
			return err
		}
		if err := tx.InsertSession(row); err != nil {
			return err
		}
		u := k.newUnit(ctx, tx, core.ID(p.ID))
		if err := u.note(ledger.KindSignIn, core.ID(p.ID), nil); err != nil {
			return err
		}
		return u.flush()
	})
	if err != nil {
		return "", core.Actor{}, fromStore(err)
	}
	a := actorOf(p, id, "web", hash)
	k.jobs.resume(a)
	return secret, a, nil
}

// Open makes the Actor of a request from the session's secret. KindSignedOut
// when there is no such session, it ran out, or it was locked.
func (k *Kernel) Open(ctx context.Context, secret string) (core.Actor, error) {
	hash, err := crypt.SecretID(secret)
	if err != nil {
		return core.Actor{}, core.SignedOut("error.signed_out")
	}
	now := k.now()
	var row store.Session
	var p store.Person
	err = k.store.Read(ctx, func(tx store.Tx) error {
		var err error
		if row, err = tx.Session(hash); err != nil {
			return err
		}
		p, err = tx.Person(row.Person)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return core.Actor{}, core.SignedOut("error.signed_out")
	}
	if err != nil {
		return core.Actor{}, fromStore(err)
	}
	micro := now.UnixMicro()
	if row.LockedAt != 0 || p.State != personActive || micro >= row.IdleUntil || micro >= row.AbsoluteUntil {
		return core.Actor{}, core.SignedOut("error.session_over")
	}
	id, err := openSealedIdentity(secret, row.Sealed)
	if err != nil {
		return core.Actor{}, err
	}
	// Writing on every request would make each page a write: once a minute is
	// enough for an idle limit of hours.
	if now.Sub(timeOf(row.SeenAt)) > time.Minute {
		row.SeenAt, row.IdleUntil = micro, now.Add(SessionIdle).UnixMicro()
		err := k.store.Write(ctx, func(tx store.Tx) error { return tx.UpdateSession(row) })
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return core.Actor{}, fromStore(err)
		}
	}
	a := actorOf(p, id, "web", hash)
	k.jobs.resume(a)
	return a, nil
}

func openSealedIdentity(secret string, sealed []byte) (*crypt.Identity, error) {
	b, err := crypt.OpenWithSecret(secret, sealed)
	if err != nil {
		return nil, core.SignedOut("error.signed_out")
	}
	id, err := crypt.ParseIdentity(string(b))
	if err != nil {
		return nil, core.Internal(err)
	}
	return id, nil
}

// SignOut ends the session of the actor.
func (k *Kernel) SignOut(ctx context.Context, a core.Actor) error {
	return fromStore(k.store.Write(ctx, func(tx store.Tx) error {
		err := tx.DeleteSession(a.Session)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	}))
}

// Sessions lists where the actor is signed in, the last used first.
func (k *Kernel) Sessions(ctx context.Context, a core.Actor) ([]Session, error) {
	var out []Session
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.SessionsOf(string(a.Person))
		if err != nil {
			return err
		}
		out = out[:0]
		now := k.now().UnixMicro()
		for _, r := range rows {
			if r.LockedAt != 0 || now >= r.IdleUntil || now >= r.AbsoluteUntil {
				continue
			}
			out = append(out, Session{ID: r.IDHash[:16], Device: r.Device, Created: timeOf(r.CreatedAt),
				Seen: timeOf(r.SeenAt), IdleAt: timeOf(r.IdleUntil), EndsAt: timeOf(r.AbsoluteUntil),
				Current: r.IDHash == a.Session})
		}
		return nil
	})
	return out, err
}

// EndSession ends one of the actor's sessions by its ID. KindNotFound.
func (k *Kernel) EndSession(ctx context.Context, a core.Actor, id string) error {
	return k.write(ctx, a, func(v *view, _ *unit) error {
		rows, err := v.SessionsOf(string(a.Person))
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.IDHash[:16] == id {
				return v.DeleteSession(r.IDHash)
			}
		}
		return core.NotFound()
	})
}

// LockEverything ends all sessions and tokens: the actor's own, or, when
// everyone is set and the actor is an admin, those of every person of the
// organisation. It returns how many sessions ended. The next thing anybody
// does is sign in.
func (k *Kernel) LockEverything(ctx context.Context, a core.Actor, everyone bool) (int, error) {
	ended := 0
	err := k.write(ctx, a, func(v *view, u *unit) error {
		who := []string{string(a.Person)}
		if everyone {
			if !a.Admin {
				return core.Forbidden("error.need_admin")
			}
			people, err := v.People()
			if err != nil {
				return err
			}
			who = who[:0]
			for _, p := range people {
				if p.Organisation == string(a.Organisation) {
					who = append(who, p.ID)
				}
			}
		}
		ended = 0
		for _, p := range who {
			n, err := u.lockOut(p)
			if err != nil {
				return err
			}
			ended += int(n)
		}
		return u.note(ledger.KindConfig, a.Person, map[string]any{"locked": len(who)})
	})
	return ended, err
}

// lockOut ends a person's sessions and tokens.
func (u *unit) lockOut(person string) (int64, error) {
	n, err := u.tx.DeleteSessionsOf(person, "")
	if err != nil {
		return 0, err
	}
	tokens, err := u.tx.TokensOf(person)
	if err != nil {
		return 0, err
	}
	for _, t := range tokens {
		if err := u.tx.DeleteToken(person, t.ID); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func clip(s string, runes int) string {
	r := []rune(s)
	if len(r) > runes {
		return string(r[:runes])
	}
	return s
}
