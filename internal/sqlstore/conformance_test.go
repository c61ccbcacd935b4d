package sqlstore_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"svod/internal/sqlstore"
	"svod/internal/store"
	"svod/internal/store/storetest"
	"svod/internal/store/storetest/pgtest"
)

var testKey = bytes.Repeat([]byte{7}, sqlstore.KeySize)

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		db, err := sqlstore.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "свод #1?.db"), testKey, sqlstore.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		return db
	})
}

func TestPostgreSQL(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		db, err := sqlstore.OpenPostgres(t.Context(), pgtest.URL(t), sqlstore.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		return db
	})
}
