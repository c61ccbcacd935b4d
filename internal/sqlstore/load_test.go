package sqlstore_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"svod/internal/sqlstore"
	"svod/internal/store"
	"svod/internal/store/storetest/pgtest"
)

// BenchmarkLoad brings 20,000 records through all tables in batches of 1,000, as
// an import does, then reads and searches. Run it with -benchtime 1x.
//
//	go test ./internal/sqlstore -run - -bench Load -benchtime 1x
func BenchmarkLoad(b *testing.B) {
	engines := map[string]func() (store.Store, error){
		"sqlite": func() (store.Store, error) {
			return sqlstore.OpenSQLite(b.Context(), filepath.Join(b.TempDir(), "s.db"), testKey, sqlstore.Options{Create: true})
		},
		"postgresql": func() (store.Store, error) {
			return sqlstore.OpenPostgres(b.Context(), pgtest.URL(b), sqlstore.Options{Create: true})
		},
	}
	for _, name := range []string{"sqlite", "postgresql"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s, err := engines[name]()
				if err != nil {
					b.Fatal(err)
				}
				load(b, s)
				s.Close()
			}
		})
	}
}

const (
	loadRecords = 20_000
	loadBatch   = 1_000
)

func load(b *testing.B, s store.Store) {
	must := func(err error) {
		if err != nil {
			b.Helper()
			b.Fatal(err)
		}
	}
	ctx := b.Context()
	rnd := rand.New(rand.NewPCG(1, 1))
	must(s.Write(ctx, func(tx store.Tx) error {
		if err := tx.PutOrganisation(store.Organisation{ID: "o"}); err != nil {
			return err
		}
		return tx.InsertCircle(store.Circle{ID: "c", Organisation: "o"})
	}))
	start := time.Now()
	for batch := range loadRecords / loadBatch {
		must(s.Write(ctx, func(tx store.Tx) error { return loadOne(tx, rnd, batch*loadBatch) }))
	}
	b.ReportMetric(float64(loadRecords)/time.Since(start).Seconds(), "records/s")

	timed := func(unit string, n int, fn func(tx store.Tx, i int) error) {
		start := time.Now()
		must(s.Read(ctx, func(tx store.Tx) error {
			for i := range n {
				if err := fn(tx, i); err != nil {
					return err
				}
			}
			return nil
		}))
		b.ReportMetric(float64(time.Since(start).Microseconds())/float64(n), unit)
	}
	timed("µs/point", 5000, func(tx store.Tx, i int) error {
		_, err := tx.Version(loadID(rnd.IntN(loadRecords)), 1)
		return err
	})
	timed("µs/page50", 100, func(tx store.Tx, i int) error {
		ids := make([]string, 50)
		for j := range ids {
			ids[j] = loadID(rnd.IntN(loadRecords))
		}
		_, err := tx.CurrentVersions(ids)
		return err
	})
	for unit, e := range map[string]store.Expr{
		"µs/common": store.Term("w0"),
		"µs/rare":   store.Term("w1900"),
		"µs/both":   store.And{store.Term("w3"), store.Term("w40")},
		"µs/phrase": store.Phrase{{"w1"}, {"w2"}},
	} {
		timed(unit, 20, func(tx store.Tx, i int) error { _, err := tx.Match(e); return err })
	}
	start = time.Now()
	for batch := range 4 {
		must(s.Write(ctx, func(tx store.Tx) error { return tx.PutIndex(loadDocs(rnd, batch*loadBatch)) }))
	}
	b.ReportMetric(4*loadBatch/time.Since(start).Seconds(), "reindex/s")
	start = time.Now()
	for i := range 200 {
		must(s.Write(ctx, func(tx store.Tx) error { return tx.PutMeta("x", fmt.Sprint(i)) }))
	}
	b.ReportMetric(200/time.Since(start).Seconds(), "commits/s")
}

func loadID(i int) string { return fmt.Sprintf("01930000-%08d", i) }

// loadOne writes one batch from the given ordinal on.
func loadOne(tx store.Tx, rnd *rand.Rand, from int) error {
	body := `{"title":"` + strings.Repeat("Задержание на митинге ", 28) + `"}`
	var (
		records  []store.Record
		versions []store.Version
		keys     []store.RecordKey
		ids      []string
		links    []store.Link
		entries  []store.LedgerEntry
		hashes   [][]byte
		sorts    []store.SortKey
		external []store.External
	)
	values := map[store.BitmapValue]bool{}
	for i := from; i < from+loadBatch; i++ {
		id := loadID(i)
		ids = append(ids, id)
		records = append(records, store.Record{ID: id, Type: "event", Circle: "c", Version: 1, State: store.StateActive, ImportID: "i"})
		versions = append(versions, store.Version{Record: id, Number: 1, Author: "p", Type: "event", Circle: "c", State: "active", Data: body, Salt: make([]byte, 16), ImportID: "i"})
		keys = append(keys, store.RecordKey{Record: id, KeyGeneration: 1, Circle: "c", CircleGeneration: 1, Wrapped: make([]byte, 80)})
		for f := range 2 {
			links = append(links, store.Link{Source: id, Field: fmt.Sprint("f", f), Target: loadID(rnd.IntN(loadRecords))})
		}
		entries = append(entries, store.LedgerEntry{N: int64(i), Kind: "version", Actor: "p", Subject: id, Salt: make([]byte, 16), Body: body[:100], Commitment: make([]byte, 32), Leaf: make([]byte, 32)})
		hashes = append(hashes, make([]byte, 32), make([]byte, 32))
		for f := range 4 {
			sorts = append(sorts, store.SortKey{Field: fmt.Sprint("s", f), Ordinal: uint32(i), Key: fmt.Appendf(nil, "%08d", rnd.IntN(1e8))})
		}
		for f := range 12 {
			values[store.BitmapValue{Field: fmt.Sprint("b", f), Value: fmt.Sprint(rnd.IntN(70))}] = true
		}
		external = append(external, store.External{Source: "x", ExternalID: id, Record: id})
	}
	var chunks []store.BitmapKey
	var bitmaps []store.Bitmap
	for v := range values {
		chunks = append(chunks, store.BitmapKey{Field: v.Field, Value: v.Value})
		bitmaps = append(bitmaps, store.Bitmap{Field: v.Field, Value: v.Value, Bits: make([]byte, 600)})
	}
	for _, step := range []func() error{
		func() error { return tx.InsertRecords(records) },
		func() error { return tx.InsertVersions(versions) },
		func() error { return tx.PutRecordKeys(keys) },
		func() error { return tx.ReplaceLinks(ids, links) },
		func() error { return tx.AppendLedger(entries) },
		func() error { return tx.AppendHashes(int64(2*from), hashes) },
		func() error { _, err := tx.BitmapChunks(chunks); return err },
		func() error { return tx.PutBitmaps(bitmaps) },
		func() error { return tx.PutSortKeys(sorts) },
		func() error { return tx.PutIndex(loadDocs(rnd, from)) },
		func() error { return tx.PutExternals(external) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// loadDocs makes documents of 60 words, some common and most rare.
func loadDocs(rnd *rand.Rand, from int) (docs []store.IndexDoc) {
	for i := from; i < from+loadBatch; i++ {
		doc := store.IndexDoc{Ordinal: uint32(i)}
		for p := range 60 {
			r := rnd.Float64()
			doc.Tokens = append(doc.Tokens, store.PosToken{Token: fmt.Sprint("w", int(2000*r*r*r)), Pos: p})
		}
		docs = append(docs, doc)
	}
	return docs
}
