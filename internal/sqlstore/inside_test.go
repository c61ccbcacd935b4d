package sqlstore

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"svod/internal/store"
	"svod/internal/store/storetest/pgtest"
)

// engines opens an empty database of each kind.
var engines = map[string]func(*testing.T) (*DB, func() (*DB, error)){
	store.SQLite: func(t *testing.T) (*DB, func() (*DB, error)) {
		path := filepath.Join(t.TempDir(), "db")
		open := func() (*DB, error) {
			return OpenSQLite(t.Context(), path, bytes.Repeat([]byte{7}, KeySize), Options{Create: true})
		}
		return opened(t, open), open
	},
	store.PostgreSQL: func(t *testing.T) (*DB, func() (*DB, error)) {
		url := pgtest.URL(t)
		open := func() (*DB, error) { return OpenPostgres(t.Context(), url, Options{Create: true}) }
		return opened(t, open), open
	},
}

func opened(t *testing.T, open func() (*DB, error)) *DB {
	t.Helper()
	db, err := open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// onBoth runs a test on each engine.
func onBoth(t *testing.T, test func(t *testing.T, db *DB, again func() (*DB, error))) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			db, again := open(t)
			test(t, db, again)
		})
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB, again func() (*DB, error)) {
		err := db.Write(t.Context(), func(st store.Tx) error {
			_, err := st.(*tx).exec(`UPDATE meta SET value = '9999' WHERE name = ?`, metaSchema)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Health(t.Context()); !errors.Is(err, store.ErrNewer) {
			t.Errorf("Health: got %v, want ErrNewer", err)
		}
		if other, err := again(); !errors.Is(err, store.ErrNewer) {
			t.Errorf("opening: got %v, want ErrNewer", err)
			if err == nil {
				other.Close()
			}
		}
	})
}

// TestOpenedTwice: two stores on one database, as a command beside the server.
func TestOpenedTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB, again func() (*DB, error)) {
		other := opened(t, again)
		done := make(chan error)
		const rounds = 30
		for _, s := range []*DB{db, other} {
			go func() {
				var err error
				for range rounds {
					err = errors.Join(err, s.Write(t.Context(), func(tx store.Tx) error {
						size, err := tx.LedgerSize()
						if err != nil {
							return err
						}
						time.Sleep(time.Millisecond) // the other's chance to read the same size
						return tx.AppendLedger([]store.LedgerEntry{{N: size}})
					}))
				}
				done <- err
			}()
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		err := other.Read(t.Context(), func(tx store.Tx) error {
			size, err := tx.LedgerSize()
			if size != 2*rounds {
				t.Errorf("%d entries, want %d", size, 2*rounds)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestMigrateAtOnce: several processes may start on an empty database together.
func TestMigrateAtOnce(t *testing.T) {
	path, url := filepath.Join(t.TempDir(), "db"), pgtest.URL(t)
	for name, open := range map[string]func() (*DB, error){
		store.SQLite: func() (*DB, error) {
			return OpenSQLite(t.Context(), path, bytes.Repeat([]byte{7}, KeySize), Options{Create: true})
		},
		store.PostgreSQL: func() (*DB, error) { return OpenPostgres(t.Context(), url, Options{Create: true}) },
	} {
		t.Run(name, func(t *testing.T) {
			results := make(chan error)
			for range 4 {
				go func() {
					db, err := open()
					if err == nil {
						err = errors.Join(db.Health(t.Context()), db.Close())
					}
					results <- err
				}()
			}
			for range 4 {
				if err := <-results; err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestErasedTokensLeaveTheFile: after Scrub the words of a removed document are
// in no page of the index any more.
func TestErasedTokensLeaveTheFile(t *testing.T) {
	db, _ := engines[store.SQLite](t)
	words := func(ordinal uint32, list ...string) (d store.IndexDoc) {
		d.Ordinal = ordinal
		for i, w := range list {
			d.Tokens = append(d.Tokens, store.PosToken{Token: w, Pos: i})
		}
		return d
	}
	write := func(fn func(store.Tx) error) {
		t.Helper()
		if err := db.Write(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	pages := func() (n int64) {
		t.Helper()
		err := db.Read(t.Context(), func(st store.Tx) error {
			return st.(*tx).row(`SELECT COUNT(*) FROM search_data WHERE instr(block, CAST('canary' AS BLOB)) > 0`, nil, &n)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	write(func(tx store.Tx) error {
		return tx.PutIndex([]store.IndexDoc{words(1, "canary", "bird"), words(2, "bird"), words(3, "cat")})
	})
	write(func(tx store.Tx) error { return tx.PutIndex([]store.IndexDoc{words(4, "dog")}) })
	if pages() == 0 {
		t.Fatal("the word is not where this test looks for it")
	}
	write(func(tx store.Tx) error { return tx.DeleteIndex([]uint32{1}) })
	t.Logf("pages with the word after deletion: %d", pages())
	if err := db.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := pages(); n != 0 {
		t.Errorf("%d pages still hold the word", n)
	}
}

func TestFullDisk(t *testing.T) {
	for _, code := range []sqlite3.ExtendedErrorCode{sqlite3.IOERR_WRITE, sqlite3.IOERR_SHMSIZE} {
		if err := sqliteError(code); !errors.Is(err, store.ErrFull) {
			t.Errorf("%v: got %v, want ErrFull", code, err)
		}
	}
	db, _ := engines[store.SQLite](t)
	s := <-db.writer
	err := s.exec(t.Context(), "PRAGMA max_page_count = 200")
	db.writer <- s
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx store.Tx) error { return tx.PutMeta("big", strings.Repeat("x", 4<<20)) })
	if !errors.Is(err, store.ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	if err := db.Write(t.Context(), func(tx store.Tx) error { return tx.PutMeta("small", "x") }); err != nil {
		t.Errorf("a small Write after it: %v", err)
	}
	if err := db.Check(t.Context()); err != nil {
		t.Errorf("Check after it: %v", err)
	}
}

// raise makes PostgreSQL refuse with a code of our choice.
func raise(code string) string {
	return `DO $$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = '` + code + `'; END $$`
}

func TestRetry(t *testing.T) {
	db, _ := engines[store.PostgreSQL](t)
	for code, runs := range map[string]int{"40001": 3, "40P01": 3, "23505": 1, "57014": 1} {
		n := 0
		err := db.Write(t.Context(), func(st store.Tx) error {
			n++
			_, err := st.(*tx).exec(raise(code))
			return err
		})
		want := store.ErrBusy
		if code == "23505" {
			want = store.ErrConflict
		}
		if n != runs || !errors.Is(err, want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: ran %d times, %v", code, n, err)
		}
	}
	n := 0
	err := db.Write(t.Context(), func(st store.Tx) error {
		if n++; n == 1 {
			st.(*tx).exec(raise("40001"))
			return errors.New("something else") // the refusal must still be seen
		}
		return st.PutMeta("a", "b")
	})
	if n != 2 || err != nil {
		t.Errorf("ran %d times, %v", n, err)
	}
}

// TestLostConnection: a server that restarts costs the transaction it interrupts
// and nothing else.
func TestLostConnection(t *testing.T) {
	db, again := engines[store.PostgreSQL](t)
	other := opened(t, again)
	kill := func() {
		t.Helper()
		err := other.Read(t.Context(), func(st store.Tx) error {
			var n int64
			return st.(*tx).row(`SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid()`, nil, &n)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put := func(tx store.Tx) error { return tx.PutMeta("a", "b") }
	if err := db.Write(t.Context(), put); err != nil {
		t.Fatal(err)
	}
	kill()
	if err := db.Write(t.Context(), put); err != nil {
		t.Errorf("Write after the connection died idle: %v", err)
	}
	err := db.Write(t.Context(), func(tx store.Tx) error { kill(); return put(tx) })
	if !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Write whose connection died: got %v, want ErrUnavailable", err)
	}
	if err := db.Write(t.Context(), put); err != nil {
		t.Errorf("Write after it: %v", err)
	}
}

func TestPostgresRefuses(t *testing.T) {
	url := pgtest.URL(t)
	for _, c := range []struct {
		what, url string
		want      error
	}{
		{"an empty database", url, store.ErrNotFound},
		{"a database that is not there", strings.Replace(url, "@/", "@/no", 1), store.ErrUnavailable},
		{"a server that is not there", "postgres://svod:secret@127.0.0.1:1/x?connect_timeout=2", store.ErrUnavailable},
		{"an address that is none", "postgres://svod:secret@%zz", store.ErrInvalid},
	} {
		db, err := OpenPostgres(t.Context(), c.url, Options{})
		if !errors.Is(err, c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v, want %v", c.what, err, c.want)
		}
		if err == nil {
			db.Close()
		}
	}
}
