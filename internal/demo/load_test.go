package demo_test

import (
	"context"
	"path/filepath"
	"testing"

	"svod/internal/blob/fs"
	"svod/internal/crypt"
	"svod/internal/demo"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/packs"
)

// loaded fills a fresh demo in memory of the test's folder.
func loaded(t *testing.T) (*kernel.Kernel, demo.Access) {
	t.Helper()
	ctx, dir, key := context.Background(), t.TempDir(), crypt.NewInstanceKey()
	set, err := pack.Load(packs.All()...)
	if err != nil {
		t.Fatal(err)
	}
	dbKey := crypt.DeriveInstance(key, crypt.ForDatabase)
	st, err := sqlstore.OpenSQLite(ctx, filepath.Join(dir, "svod.db"), dbKey[:], sqlstore.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := fs.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	k, err := kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: set, InstanceKey: key.Bytes(), ScryptLogN: 10, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close(); st.Close() })
	access, err := demo.Load(ctx, k, nil)
	if err != nil {
		t.Fatal(err)
	}
	return k, access
}

func TestLoad(t *testing.T) { loaded(t) }
