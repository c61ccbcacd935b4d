package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"svod/internal/store"
)

var errOurs = errors.New("ours")

func testTransactions(t *testing.T, s store.Store) {
	put := func(name string) func(store.Tx) error {
		return func(tx store.Tx) error { return tx.PutMeta(name, "x") }
	}
	write(t, s, put("kept"))

	err := s.Write(t.Context(), func(tx store.Tx) error {
		if err := tx.PutMeta("undone", "x"); err != nil {
			return err
		}
		if got, err := tx.MetaValue("undone"); err != nil || got != "x" {
			t.Errorf("a Write does not see its own change: %q, %v", got, err)
		}
		return errOurs
	})
	if err != errOurs {
		t.Errorf("Write returned %v, want the callback's own error", err)
	}

	func() {
		defer func() {
			if recover() != "boom" {
				t.Error("the panic of a callback did not come through")
			}
		}()
		s.Write(t.Context(), func(tx store.Tx) error {
			tx.PutMeta("panicked", "x")
			panic("boom")
		})
	}()

	if err := s.Read(t.Context(), put("read")); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("writing in a Read: got %v, want ErrReadOnly", err)
	}
	if err := s.Read(t.Context(), func(store.Tx) error { return errOurs }); err != errOurs {
		t.Errorf("Read returned %v, want the callback's own error", err)
	}

	var late store.Tx
	write(t, s, func(tx store.Tx) error { late = tx; return nil })
	if err := late.PutMeta("late", "x"); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a Tx after its callback: got %v, want ErrInvalid", err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	err = s.Write(ctx, func(tx store.Tx) error {
		if err := tx.PutMeta("cancelled", "x"); err != nil {
			return err
		}
		cancel()
		_, err := tx.MetaValue("kept")
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled Write: got %v, want context.Canceled", err)
	}

	read(t, s, func(tx store.Tx) error {
		for _, name := range []string{"undone", "panicked", "read", "late", "cancelled"} {
			missing[string](t, name)(tx.MetaValue(name))
		}
		return same(t, "kept", "x")(tx.MetaValue("kept"))
	})
	for what, err := range map[string]error{
		"Health": s.Health(t.Context()), "Check": s.Check(t.Context()), "Scrub": s.Scrub(t.Context()),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// testSnapshot: a Read keeps to one state while others commit.
func testSnapshot(t *testing.T, s store.Store) {
	write(t, s, func(tx store.Tx) error { return tx.PutMeta("a", "old") })
	read(t, s, func(tx store.Tx) error {
		if err := same(t, "before", "old")(tx.MetaValue("a")); err != nil {
			return err
		}
		write(t, s, func(tx store.Tx) error {
			if err := tx.PutMeta("a", "new"); err != nil {
				return err
			}
			return tx.PutMeta("b", "new")
		})
		missing[string](t, "a row from after the snapshot")(tx.MetaValue("b"))
		return same(t, "after somebody else's commit", "old")(tx.MetaValue("a"))
	})
	read(t, s, func(tx store.Tx) error { return same(t, "in a later Read", "new")(tx.MetaValue("a")) })
}

// testLost: after a failure the transaction cannot be saved.
func testLost(t *testing.T, s store.Store) {
	seed(t, s)
	dup := store.Circle{ID: "c1", Organisation: "o"}
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		if err := tx.PutMeta("before", "x"); err != nil {
			return err
		}
		if err := tx.InsertCircle(dup); !errors.Is(err, store.ErrConflict) {
			t.Errorf("duplicate circle: got %v, want ErrConflict", err)
		}
		if err := tx.PutMeta("after", "x"); !errors.Is(err, store.ErrConflict) {
			t.Errorf("a call on a lost transaction: got %v, want its first error", err)
		}
		return nil
	})
	write(t, s, func(tx store.Tx) error {
		missing[store.Circle](t, "circle")(tx.Circle("nobody"))
		return tx.PutMeta("not lost", "x") // ErrNotFound costs nothing
	})
	read(t, s, func(tx store.Tx) error {
		missing[string](t, "before")(tx.MetaValue("before"))
		return same(t, "not lost", "x")(tx.MetaValue("not lost"))
	})
}

// testWriters: many writers at once, and readers beside them; the numbers that
// writers give out stay dense.
func testWriters(t *testing.T, s store.Store) {
	seed(t, s)
	const writers, rounds, batch = 6, 8, 3
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for r := range rounds {
				err := s.Write(t.Context(), func(tx store.Tx) error {
					rows := make([]store.Record, batch)
					for i := range rows {
						rows[i] = store.Record{ID: fmt.Sprintf("%d-%d-%d", w, r, i), Type: "event", Circle: "c1", Version: 1}
					}
					if err := tx.InsertRecords(rows); err != nil {
						return err
					}
					size, err := tx.LedgerSize()
					if err != nil {
						return err
					}
					return tx.AppendLedger([]store.LedgerEntry{{N: size, Kind: "version"}})
				})
				if err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
		wg.Go(func() {
			for range rounds {
				err := s.Read(t.Context(), func(tx store.Tx) error {
					records, err := tx.RecordCount()
					if err != nil {
						return err
					}
					entries, err := tx.LedgerSize()
					if int64(records) != entries*batch {
						t.Errorf("half a transaction is visible: %d records, %d entries", records, entries)
					}
					return err
				})
				if err != nil {
					t.Errorf("reader %d: %v", w, err)
				}
			}
		})
	}
	wg.Wait()
	read(t, s, func(tx store.Tx) error {
		rows, err := tx.RecordsFrom(0, 1000)
		if err != nil {
			return err
		}
		if len(rows) != writers*rounds*batch {
			t.Errorf("got %d records, want %d", len(rows), writers*rounds*batch)
		}
		for i, r := range rows {
			if r.Ordinal != uint32(i) {
				t.Fatalf("ordinals have a gap at %d: %+v", i, r)
			}
		}
		return nil
	})
	if err := s.Check(t.Context()); err != nil {
		t.Errorf("Check: %v", err)
	}
}

// testText: what texts and byte strings survive, and how they are ordered.
func testText(t *testing.T, s store.Store) {
	texts := []string{"", " ", "a", "A", "Ж", "ж", "ё", "е", "'; DROP TABLE meta; --", `"\`, "?$1", "\x01\n\t", "🕊", "é", "e\u0301"}
	write(t, s, func(tx store.Tx) error {
		for _, text := range texts {
			if err := tx.PutMeta("t"+text, text); err != nil {
				return err
			}
		}
		for i, name := range []string{"Б", "а", "A", "b", "_", "Ё"} {
			err := tx.PutTerms([]store.VocabularyTerm{{Vocabulary: "v", Code: name, Position: 1, Labels: fmt.Sprint(i)}})
			if err != nil {
				return err
			}
		}
		return tx.PutDraft(store.Draft{ID: "d", Sealed: []byte{0, 255, 0}})
	})
	read(t, s, func(tx store.Tx) error {
		for _, text := range texts {
			if err := same(t, "text", text)(tx.MetaValue("t" + text)); err != nil {
				return err
			}
		}
		draft, err := tx.Draft("d")
		if err != nil {
			return err
		}
		if string(draft.Sealed) != "\x00\xff\x00" {
			t.Errorf("bytes came back as %x", draft.Sealed)
		}
		terms, err := tx.Terms("v")
		var order string
		for _, term := range terms {
			order += term.Code
		}
		if order != "A_bЁБа" {
			t.Errorf("text order is %q, want that of bytes", order)
		}
		return err
	})
	refuse(t, s, store.ErrText, func(tx store.Tx) error { return tx.PutMeta("nul", "a\x00b") })
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.PutMeta("utf", "a\xffb") })
}

func testMeta(t *testing.T, s store.Store) {
	version := func() (n int64) {
		read(t, s, func(tx store.Tx) (err error) { n, err = tx.DataVersion(); return err })
		return n
	}
	seed(t, s)
	start := version()
	write(t, s, func(tx store.Tx) error { return tx.PutMeta("demo", "1") })
	write(t, s, func(tx store.Tx) error { return tx.PutMeta("demo", "0") })
	if n := version(); n != start {
		t.Errorf("the data version grew from %d to %d without a change of data", start, n)
	}
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.PutMeta("store.schema", "0") })

	changes := map[string]func(store.Tx) error{
		"record": func(tx store.Tx) error {
			return tx.InsertRecords([]store.Record{{ID: "r", Circle: "c1", Version: 1}})
		},
		"update": func(tx store.Tx) error {
			return tx.UpdateRecord(store.Record{ID: "r", Circle: "c1", Version: 1}, 1)
		},
		"state":   func(tx store.Tx) error { return tx.SetRecordState([]string{"r"}, store.StateErased) },
		"bitmap":  func(tx store.Tx) error { return tx.PutBitmaps([]store.Bitmap{{Field: "f", Bits: []byte{1}}}) },
		"sortkey": func(tx store.Tx) error { return tx.PutSortKeys([]store.SortKey{{Field: "f", Key: []byte{1}}}) },
		"unsort":  func(tx store.Tx) error { return tx.DeleteSortKeys("", []uint32{0}) },
		"index": func(tx store.Tx) error {
			return tx.PutIndex([]store.IndexDoc{{Tokens: []store.PosToken{{Token: "a"}}}})
		},
		"unindex": func(tx store.Tx) error { return tx.DeleteIndex([]uint32{0}) },
		"clear":   func(tx store.Tx) error { return tx.ClearIndex() },
	}
	for _, name := range []string{"record", "update", "state", "bitmap", "sortkey", "unsort", "index", "unindex", "clear"} {
		before := version()
		write(t, s, changes[name])
		if n := version(); n != before+1 {
			t.Errorf("%s: the data version went from %d to %d", name, before, n)
		}
		s.Write(t.Context(), func(tx store.Tx) error { changes[name](tx); return errOurs })
		if n := version(); n != before+1 {
			t.Errorf("%s: a rolled back Write changed the data version", name)
		}
	}
}

func testClose(t *testing.T, s store.Store) {
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	nothing := func(store.Tx) error { return nil }
	for what, err := range map[string]error{
		"Read": s.Read(t.Context(), nothing), "Write": s.Write(t.Context(), nothing), "Health": s.Health(t.Context()),
	} {
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("%s after Close: got %v, want ErrClosed", what, err)
		}
	}
}
