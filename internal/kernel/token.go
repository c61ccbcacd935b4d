package kernel

import (
	"context"
	"errors"
	"time"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/ledger"
	"svod/internal/store"
)

// TokenCreate makes an API token that carries all rights of the actor, and
// returns its secret, which is shown once. valid 0 means until revoked.
func (k *Kernel) TokenCreate(ctx context.Context, a core.Actor, label string, valid time.Duration) (string, Token, error) {
	secret := crypt.NewSecret(crypt.TokenSecret)
	hash, err := crypt.SecretID(secret)
	if err != nil {
		return "", Token{}, core.Internal(err)
	}
	var made store.Token
	err = k.write(ctx, a, func(v *view, u *unit) error {
		sealed, err := crypt.SealForSecret(secret, []byte(v.ring.id.String()))
		if err != nil {
			return core.Internal(err)
		}
		made = store.Token{IDHash: hash, ID: string(core.NewIDAt(k.now())), Person: string(a.Person),
			Label: clip(label, 80), Sealed: sealed, CreatedAt: k.now().UnixMicro()}
		if valid > 0 {
			made.ExpiresAt = k.now().Add(valid).UnixMicro()
		}
		if err := v.InsertToken(made); err != nil {
			return err
		}
		return u.note(ledger.KindKey, core.ID(made.ID), map[string]any{"token": "made", "person": string(a.Person)})
	})
	if err != nil {
		return "", Token{}, err
	}
	return secret, tokenOf(made), nil
}

func tokenOf(t store.Token) Token {
	return Token{ID: core.ID(t.ID), Label: t.Label, Created: timeOf(t.CreatedAt),
		Expires: timeOf(t.ExpiresAt), Seen: timeOf(t.SeenAt)}
}

// OpenToken makes the Actor of an API request. KindSignedOut when the token is
// unknown, revoked or expired.
func (k *Kernel) OpenToken(ctx context.Context, secret string) (core.Actor, error) {
	hash, err := crypt.SecretID(secret)
	if err != nil {
		return core.Actor{}, core.SignedOut("error.bad_token")
	}
	var row store.Token
	var p store.Person
	err = k.store.Read(ctx, func(tx store.Tx) error {
		var err error
		if row, err = tx.Token(hash); err != nil {
			return err
		}
		p, err = tx.Person(row.Person)
		return err
	})
	now := k.now()
	if errors.Is(err, store.ErrNotFound) || err == nil &&
		(p.State != personActive || row.ExpiresAt != 0 && now.UnixMicro() >= row.ExpiresAt) {
		return core.Actor{}, core.SignedOut("error.bad_token")
	}
	if err != nil {
		return core.Actor{}, fromStore(err)
	}
	id, err := openSealedIdentity(secret, row.Sealed)
	if err != nil {
		return core.Actor{}, err
	}
	if now.Sub(timeOf(row.SeenAt)) > time.Hour {
		err := k.store.Write(ctx, func(tx store.Tx) error { return tx.TouchToken(hash, now.UnixMicro()) })
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return core.Actor{}, fromStore(err)
		}
	}
	a := actorOf(p, id, "api", hash)
	k.jobs.resume(a) // a program waits for its import through a restart, too
	return a, nil
}

// Tokens lists the actor's tokens, oldest first.
func (k *Kernel) Tokens(ctx context.Context, a core.Actor) ([]Token, error) {
	var out []Token
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.TokensOf(string(a.Person))
		out = make([]Token, len(rows))
		for i, r := range rows {
			out[i] = tokenOf(r)
		}
		return err
	})
	return out, err
}

// TokenRevoke ends a token of the actor. KindNotFound.
func (k *Kernel) TokenRevoke(ctx context.Context, a core.Actor, id core.ID) error {
	return k.write(ctx, a, func(v *view, u *unit) error {
		if err := v.DeleteToken(string(a.Person), string(id)); err != nil {
			return err
		}
		return u.note(ledger.KindKey, id, map[string]any{"token": "revoked", "person": string(a.Person)})
	})
}
