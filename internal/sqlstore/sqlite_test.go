package sqlstore_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"svod/internal/sqlstore"
	"svod/internal/store"
)

// openFile opens a database that must open.
func openFile(t *testing.T, path string, opts sqlstore.Options) *sqlstore.DB {
	t.Helper()
	db, err := sqlstore.OpenSQLite(t.Context(), path, testKey, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func putMeta(t *testing.T, s store.Store, name, value string) {
	t.Helper()
	if err := s.Write(t.Context(), func(tx store.Tx) error { return tx.PutMeta(name, value) }); err != nil {
		t.Fatal(err)
	}
}

func metaValue(t *testing.T, s store.Store, name string) (value string) {
	t.Helper()
	err := s.Read(t.Context(), func(tx store.Tx) (err error) { value, err = tx.MetaValue(name); return err })
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestSQLiteRefuses(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	openFile(t, good, sqlstore.Options{Create: true}).Close()
	text := filepath.Join(dir, "text")
	plain := filepath.Join(dir, "plain")
	empty := filepath.Join(dir, "empty")
	for path, content := range map[string]string{
		text: strings.Repeat("not a database\n", 1000), plain: "SQLite format 3\x00" + strings.Repeat("\x00", 8176), empty: "",
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other := bytes.Repeat([]byte{8}, sqlstore.KeySize)
	cases := []struct {
		what, path string
		key        []byte
		opts       sqlstore.Options
		want       error
	}{
		{"a wrong key", good, other, sqlstore.Options{}, store.ErrKey},
		{"a wrong key, creating", good, other, sqlstore.Options{Create: true}, store.ErrKey},
		{"a wrong key, reading", good, other, sqlstore.Options{ReadOnly: true}, store.ErrKey},
		{"a short key", good, testKey[:31], sqlstore.Options{}, store.ErrKey},
		{"no key", good, nil, sqlstore.Options{}, store.ErrKey},
		{"text", text, testKey, sqlstore.Options{}, store.ErrKey},
		{"an unencrypted database", plain, testKey, sqlstore.Options{}, store.ErrKey},
		{"a folder", dir, testKey, sqlstore.Options{Create: true}, store.ErrKey},
		{"no file", filepath.Join(dir, "none"), testKey, sqlstore.Options{}, store.ErrNotFound},
		{"no file, reading", filepath.Join(dir, "none"), testKey, sqlstore.Options{ReadOnly: true}, store.ErrNotFound},
		{"an empty file", empty, testKey, sqlstore.Options{}, store.ErrNotFound},
	}
	for _, c := range cases {
		db, err := sqlstore.OpenSQLite(t.Context(), c.path, c.key, c.opts)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.what, err, c.want)
		}
		if err == nil {
			db.Close()
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("a refused opening left a file")
	}
	// Refusals must not have harmed anything.
	if err := openFile(t, good, sqlstore.Options{}).Check(t.Context()); err != nil {
		t.Errorf("after all refusals: %v", err)
	}
	if got, _ := os.ReadFile(text); !bytes.HasPrefix(got, []byte("not a database\n")) {
		t.Error("a file that is no database was written to")
	}
}

// TestSQLiteWrongKeyKeepsLog: what a crashed process committed to the log only
// survives somebody else's attempt with a wrong key.
func TestSQLiteWrongKeyKeepsLog(t *testing.T) {
	dir := t.TempDir()
	live := filepath.Join(dir, "live")
	db := openFile(t, live, sqlstore.Options{Create: true})
	putMeta(t, db, "last", "words")
	crashed := filepath.Join(dir, "crashed")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(live + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if len(content) == 0 {
			t.Fatalf("%q is empty: this test needs a log", suffix)
		}
		if err := os.WriteFile(crashed+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, opts := range []sqlstore.Options{{}, {Create: true}, {ReadOnly: true}} {
		_, err := sqlstore.OpenSQLite(t.Context(), crashed, bytes.Repeat([]byte{9}, sqlstore.KeySize), opts)
		if !errors.Is(err, store.ErrKey) {
			t.Errorf("wrong key: got %v, want ErrKey", err)
		}
	}
	if got := metaValue(t, openFile(t, crashed, sqlstore.Options{}), "last"); got != "words" {
		t.Errorf("got %q", got)
	}
}

func TestSQLiteReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	db := openFile(t, path, sqlstore.Options{Create: true})
	putMeta(t, db, "a", "1")
	reader := openFile(t, path, sqlstore.Options{ReadOnly: true})
	if got := metaValue(t, reader, "a"); got != "1" {
		t.Errorf("got %q", got)
	}
	err := reader.Write(t.Context(), func(tx store.Tx) error { return tx.PutMeta("a", "2") })
	if !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("Write: got %v, want ErrReadOnly", err)
	}
	if err := reader.Scrub(t.Context()); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("Scrub: got %v, want ErrReadOnly", err)
	}
	putMeta(t, db, "a", "3")
	if got := metaValue(t, reader, "a"); got != "3" {
		t.Errorf("after another's commit: got %q", got)
	}
}

// TestSQLiteFilesAreSealed looks for words in all files of an open database.
func TestSQLiteFilesAreSealed(t *testing.T) {
	dir := t.TempDir()
	db := openFile(t, filepath.Join(dir, "db"), sqlstore.Options{Create: true})
	words := []string{"canary", "Канарейка", "CREATE TABLE", "SQLite format 3", fmt.Sprintf("%x", testKey)}
	for range 300 {
		putMeta(t, db, words[0]+strings.Repeat(words[1], 20), words[1])
	}
	err := db.Write(t.Context(), func(tx store.Tx) error {
		return tx.PutIndex([]store.IndexDoc{{Tokens: []store.PosToken{{Token: words[0]}, {Token: words[1], Pos: 1}}}})
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 3 {
		t.Fatalf("files: %v, %v", files, err)
	}
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if bytes.Contains(content, []byte(w)) {
				t.Errorf("%s holds %q in clear", f.Name(), w)
			}
		}
		if info, _ := f.Info(); info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
}

// TestSQLiteDamage: a changed byte inside a page makes that page rubbish, which
// Check finds where it breaks the structure.
func TestSQLiteDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	db := openFile(t, path, sqlstore.Options{Create: true})
	for i := range 500 {
		putMeta(t, db, fmt.Sprint("name", i), strings.Repeat("value", 20))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for page := 3 * 4096; page < len(content); page += 4096 {
		content[page+100] ^= 1
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err = sqlstore.OpenSQLite(t.Context(), path, testKey, sqlstore.Options{})
	if err == nil {
		defer db.Close()
		err = db.Check(t.Context())
	}
	if !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("got %v, want ErrCorrupt", err)
	}
}
