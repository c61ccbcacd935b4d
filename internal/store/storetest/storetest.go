// Package storetest is the conformance suite of package store. An engine is
// good when [Run] passes; what the suite does not test, callers may not rely on.
//
//	func TestConformance(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) store.Store { … a new, empty store … })
//	}
//
// It imports nothing but the contract, so it proves behaviour, not code. It
// does not test speed, encryption or what happens when files are damaged: those
// belong to the engine.
package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"svod/internal/store"
)

// Open makes a new and empty store; the suite closes it.
type Open func(t *testing.T) store.Store

// Run runs the whole suite, a new store for each part.
func Run(t *testing.T, open Open) {
	parts := []struct {
		name string
		test func(*testing.T, store.Store)
	}{
		{"transactions", testTransactions},
		{"snapshot", testSnapshot},
		{"lost transactions", testLost},
		{"concurrent writers", testWriters},
		{"text", testText},
		{"meta", testMeta},
		{"people", testPeople},
		{"circles", testCircles},
		{"records", testRecords},
		{"versions", testVersions},
		{"record keys", testRecordKeys},
		{"sealed words", testSealedWords},
		{"links", testLinks},
		{"files", testFiles},
		{"ledger", testLedger},
		{"bitmaps", testBitmaps},
		{"sort keys", testSortKeys},
		{"sort pages", testSortPages},
		{"search", testSearch},
		{"search against a naive one", testSearchRandom},
		{"search limits", testSearchLimits},
		{"sessions", testSessions},
		{"tokens and invites", testTokens},
		{"attempts", testAttempts},
		{"expiry", testPurge},
		{"jobs", testJobs},
		{"imports", testImports},
		{"externals", testExternals},
		{"vocabularies", testVocabularies},
		{"saved queries and mappings", testSaved},
		{"drafts", testDrafts},
		{"large batches", testBatches},
		{"close", testClose},
	}
	for _, p := range parts {
		t.Run(p.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() { s.Close() })
			p.test(t, s)
		})
	}
}

// write runs fn in a Write that must succeed.
func write(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), fn); err != nil {
		t.Fatalf("Write: %v", err)
	}
}

// read runs fn in a Read that must succeed.
func read(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), fn); err != nil {
		t.Fatalf("Read: %v", err)
	}
}

// refuse runs fn in a Write that must fail with the kind and leave nothing.
func refuse(t *testing.T, s store.Store, kind error, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), fn); !errors.Is(err, kind) {
		t.Errorf("Write: got %v, want %v", err, kind)
	}
}

// same compares a query's answer; nil and empty slices are the same.
func same[T any](t *testing.T, what string, want T) func(T, error) error {
	t.Helper()
	return func(got T, err error) error {
		t.Helper()
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		g, w := reflect.ValueOf(got), reflect.ValueOf(want)
		if g.Kind() == reflect.Slice && g.Len() == 0 && w.Len() == 0 {
			return nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
		}
		return nil
	}
}

// missing demands ErrNotFound.
func missing[T any](t *testing.T, what string) func(T, error) {
	t.Helper()
	return func(_ T, err error) {
		t.Helper()
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", what, err)
		}
	}
}

// all runs steps until one fails.
func all(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// seed makes what other rows refer to: organisation "o", people "p1" and "p2",
// circles "c1" and "c2".
func seed(t *testing.T, s store.Store) {
	t.Helper()
	write(t, s, func(tx store.Tx) error {
		if err := tx.PutOrganisation(store.Organisation{ID: "o", Names: `{"ru":"О"}`, CreatedAt: 1}); err != nil {
			return err
		}
		for i, id := range []string{"p1", "p2"} {
			if err := tx.InsertPerson(store.Person{ID: id, Name: id, Fold: id, Organisation: "o", CreatedAt: int64(i)}); err != nil {
				return err
			}
		}
		for i, id := range []string{"c1", "c2"} {
			if err := tx.InsertCircle(store.Circle{ID: id, Organisation: "o", Generation: 1, CreatedAt: int64(i)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// seedRecords adds records r000, r001, … of circle c1 to a seeded store.
func seedRecords(t *testing.T, s store.Store, n int) []store.Record {
	t.Helper()
	rows := make([]store.Record, n)
	for i := range rows {
		rows[i] = store.Record{ID: fmt.Sprintf("r%03d", i), Type: "event", Circle: "c1", Version: 1, State: store.StateActive, CreatedAt: 5, UpdatedAt: 6}
	}
	write(t, s, func(tx store.Tx) error { return tx.InsertRecords(rows) })
	return rows
}
