package kernel_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"svod/internal/blob/fs"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/internal/store"
	"svod/internal/store/storetest/pgtest"
	"svod/packs"
)

const passphrase = "ferry lantern moss orchard tin"

// house is a kernel over a fresh store with one admin, "anna", steward of the
// circle "Приёмная".
type house struct {
	*kernel.Kernel
	t      *testing.T
	store  store.Store
	ctx    context.Context
	anna   core.Actor
	circle core.ID
	path   string // of the database
	key    []byte // of the database
}

func shippedPacks(t *testing.T) *pack.Set {
	t.Helper()
	set, err := pack.Load(packs.All()...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseAt(t, nil)
}

func newHouseAt(t *testing.T, clock func() time.Time) *house {
	t.Helper()
	return newHouseOn(t, store.SQLite, clock)
}

func newHouseOn(t *testing.T, engine string, clock func() time.Time) *house {
	t.Helper()
	dir := t.TempDir()
	ctx := context.Background()
	key := crypt.NewInstanceKey()
	dbKey := crypt.DeriveInstance(key, crypt.ForDatabase)
	path := filepath.Join(dir, "svod.db")
	var st store.Store
	var err error
	if engine == store.PostgreSQL {
		st, err = sqlstore.OpenPostgres(ctx, pgtest.URL(t), sqlstore.Options{Create: true})
	} else {
		st, err = sqlstore.OpenSQLite(ctx, path, dbKey[:], sqlstore.Options{Create: true})
	}
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := fs.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	k, err := kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: shippedPacks(t), InstanceKey: key.Bytes(), ScryptLogN: 10, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close(); st.Close() })
	h := &house{Kernel: k, t: t, store: st, ctx: ctx, path: path, key: dbKey[:]}
	done, err := k.Setup(ctx, kernel.Setup{Organisation: core.Words{"ru": "Ладога", "en": "Ladoga"}, Name: "anna",
		Passphrase: passphrase, Lang: "ru", Circle: "Приёмная"})
	if err != nil {
		t.Fatal(err)
	}
	h.circle = done.Circle.ID
	h.anna = h.signIn("anna")
	return h
}

func (h *house) signIn(name string) core.Actor {
	h.t.Helper()
	a, err := h.Unlock(h.ctx, kernel.SignIn{Name: name, Passphrase: passphrase}, "test")
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// join invites a person into circles and signs them in.
func (h *house) join(name string, role core.Role, circles ...core.ID) core.Actor {
	h.t.Helper()
	in := kernel.Invite{}
	for _, c := range circles {
		in.Circles = append(in.Circles, kernel.InviteCircle{Circle: c, Role: role})
	}
	code, _, err := h.Invite(h.ctx, h.anna, in)
	if err != nil {
		h.t.Fatal(err)
	}
	_, a, err := h.AcceptInvite(h.ctx, kernel.Accept{Code: code, Name: name, Passphrase: passphrase, Lang: "ru"})
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// create writes a record, failing the test when it cannot.
func (h *house) create(a core.Actor, typ string, circle core.ID, values core.Values) core.Record {
	h.t.Helper()
	r, err := h.Create(h.ctx, a, kernel.Draft{Type: typ, Circle: circle, Values: values})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}
