package kernel_test

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"testing"

	"svod/internal/blob/fs"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/packs"
)

func bytesReader(b []byte) io.Reader { return bytes.NewReader(b) }

// houseIn opens the house in a folder, which it makes when it is not there yet:
// for benchmarks, and for tests that stop a house and start it again.
func houseIn(tb testing.TB, dir string, key crypt.InstanceKey) *house {
	tb.Helper()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	ctx := context.Background()
	dbKey := crypt.DeriveInstance(key, crypt.ForDatabase)
	st, err := sqlstore.OpenSQLite(ctx, filepath.Join(dir, "svod.db"), dbKey[:], sqlstore.Options{Create: true})
	must(err)
	blobs, err := fs.Open(filepath.Join(dir, "blobs"))
	must(err)
	set, err := pack.Load(packs.All()...)
	must(err)
	k, err := kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: set, InstanceKey: key.Bytes(), ScryptLogN: 10})
	must(err)
	tb.Cleanup(func() { k.Close(); st.Close() })
	h := &house{Kernel: k, store: st, ctx: ctx}
	h.t, _ = tb.(*testing.T)
	if !k.Info().Ready {
		_, err := k.Setup(ctx, kernel.Setup{Organisation: core.Words{"ru": "Ладога", "en": "Ladoga"}, Name: "anna",
			Passphrase: passphrase, Lang: "ru", Circle: "Приёмная"})
		must(err)
	}
	h.anna, err = k.Unlock(ctx, kernel.SignIn{Name: "anna", Passphrase: passphrase}, "test")
	must(err)
	circles, err := k.Circles(ctx, h.anna)
	must(err)
	h.circle = circles[0].ID
	return h
}

func kernelPlan(stage, circle core.ID) kernel.ImportPlan {
	return kernel.ImportPlan{Stage: stage, Type: "event", Circle: circle}
}
