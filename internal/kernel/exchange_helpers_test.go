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

// benchHouse is a house without a test, for benchmarks.
func benchHouse(b *testing.B) *house {
	b.Helper()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	ctx, dir := context.Background(), b.TempDir()
	key := crypt.NewInstanceKey()
	dbKey := crypt.DeriveInstance(key, crypt.ForDatabase)
	st, err := sqlstore.OpenSQLite(ctx, filepath.Join(dir, "svod.db"), dbKey[:], sqlstore.Options{Create: true})
	must(err)
	blobs, err := fs.Open(filepath.Join(dir, "blobs"))
	must(err)
	set, err := pack.Load(packs.All()...)
	must(err)
	k, err := kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: set, InstanceKey: key.Bytes(), ScryptLogN: 10})
	must(err)
	b.Cleanup(func() { k.Close(); st.Close() })
	done, err := k.Setup(ctx, kernel.Setup{Organisation: core.Words{"ru": "Ладога", "en": "Ladoga"}, Name: "anna",
		Passphrase: passphrase, Lang: "ru", Circle: "Приёмная"})
	must(err)
	h := &house{Kernel: k, store: st, ctx: ctx, circle: done.Circle.ID}
	h.anna, err = k.Unlock(ctx, kernel.SignIn{Name: "anna", Passphrase: passphrase}, "test")
	must(err)
	return h
}
