package sqlstore_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"svod/internal/sqlstore"
	"svod/internal/store"
)

// crashEnv makes this test binary the writer that is going to be killed.
const crashEnv = "SVOD_TEST_CRASH_FILE"

// TestCrashWriter is not a test: TestKilled starts it as a process of its own.
// It commits without end and prints the size of the ledger after every commit.
func TestCrashWriter(t *testing.T) {
	path := os.Getenv(crashEnv)
	if path == "" {
		return
	}
	db, err := sqlstore.OpenSQLite(t.Context(), path, testKey, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for {
		size, err := appendBoth(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("committed", size)
	}
}

// appendBoth commits 20 records, their ledger entries and their search documents
// in one transaction and returns the new size.
func appendBoth(ctx context.Context, s store.Store) (size int64, err error) {
	err = s.Write(ctx, func(tx store.Tx) error {
		next, err := tx.LedgerSize()
		if err != nil {
			return err
		}
		var records []store.Record
		var entries []store.LedgerEntry
		var docs []store.IndexDoc
		for n := next; n < next+20; n++ {
			records = append(records, store.Record{ID: fmt.Sprint("r", n), Circle: "c", Version: 1})
			entries = append(entries, store.LedgerEntry{N: n, Body: strings.Repeat("слово ", 50)})
			docs = append(docs, store.IndexDoc{Ordinal: uint32(n), Tokens: []store.PosToken{{Token: "every"}, {Token: fmt.Sprint("w", n), Pos: 1}}})
		}
		size = next + 20
		if err := tx.InsertRecords(records); err != nil {
			return err
		}
		if err := tx.AppendLedger(entries); err != nil {
			return err
		}
		return tx.PutIndex(docs)
	})
	return size, err
}

// TestKilled kills a writing process again and again, while this process has the
// same file open and writes too. Whatever was acknowledged must be there, and no
// half transactions.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	db := openFile(t, path, sqlstore.Options{Create: true})
	err := db.Write(t.Context(), func(tx store.Tx) error {
		if err := tx.PutOrganisation(store.Organisation{ID: "o"}); err != nil {
			return err
		}
		return tx.InsertCircle(store.Circle{ID: "c", Organisation: "o"})
	})
	if err != nil {
		t.Fatal(err)
	}
	var acknowledged int64
	for round := range 4 {
		if round == 3 { // the last time nobody else keeps the file open
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		acknowledged = max(acknowledged, killWriter(t, path))
		if round == 3 {
			db = openFile(t, path, sqlstore.Options{})
		}
		size, err := appendBoth(t.Context(), db)
		if err != nil {
			t.Fatalf("writing after the other was killed: %v", err)
		}
		if size < acknowledged+20 {
			t.Errorf("round %d: %d entries were acknowledged, %d are there", round, acknowledged, size-20)
		}
		acknowledged = size
		if err := db.Check(t.Context()); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		err = db.Read(t.Context(), func(tx store.Tx) error {
			records, err := tx.RecordCount()
			if err != nil {
				return err
			}
			found, err := tx.Match(store.Term("every"))
			if int64(records) != size || int64(len(found)) != size {
				t.Errorf("round %d: %d entries, %d records, %d documents", round, size, records, len(found))
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// killWriter lets a writer of its own process commit for a while and returns the
// last size that it acknowledged.
func killWriter(t *testing.T, path string) (last int64) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestCrashWriter$")
	cmd.Env = append(os.Environ(), crashEnv+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Duration(150+rand.IntN(250))*time.Millisecond, func() { cmd.Process.Kill() })
	defer timer.Stop()
	commits := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if n, err := strconv.ParseInt(strings.TrimPrefix(lines.Text(), "committed "), 10, 64); err == nil {
			last = n
			commits++
		}
	}
	cmd.Wait()
	if commits == 0 {
		t.Log("the writer was killed before its first commit")
	}
	return last
}
