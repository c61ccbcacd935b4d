// Package sqlstore keeps the rows of package store in SQL: in one encrypted
// SQLite file, or in PostgreSQL. [OpenSQLite] and [OpenPostgres] return a
// store.Store; migrations run on opening.
//
// There is one SQL text for both engines. What differs is in dialect.go (words),
// sqlite.go and postgres.go (opening, full-text search, error codes). To change
// the tables add a file to migrations/; to add a query write it with ? and
// without anything that TestSQLIsPortable lists.
//
// What it never does: build SQL from values, look into JSON, decide who may see
// a row, or put row content into an error.
package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"svod/internal/store"
)

// Options are the choices a caller has when it opens a database.
type Options struct {
	// Create makes the database when there is none; without it that is
	// store.ErrNotFound.
	Create bool
	// ReadOnly opens without the right to write and without migrating.
	ReadOnly bool
	// Readers is the number of concurrent Read calls; more of them wait.
	// 0 means 4 for SQLite (each connection holds its own page cache) and 8 for
	// PostgreSQL.
	Readers int
}

// writeAttempts is how often Write runs its callback before it gives up on an
// engine that keeps refusing the transaction.
const writeAttempts = 3

// DB is an open database. It implements store.Store.
type DB struct {
	dialect  *dialect
	sql      *sql.DB
	readOnly bool

	// A slot is the right to use one connection. Writes share one slot, so that
	// writers of this process queue here and not in the engine.
	writer  chan *session
	readers chan *session

	closeOnce sync.Once
	closed    chan struct{}
}

var _ store.Store = (*DB)(nil)

func newDB(d *dialect, pool *sql.DB, opts Options) *DB {
	n := opts.Readers
	if n <= 0 {
		n = d.readers
	}
	db := &DB{
		dialect:  d,
		sql:      pool,
		readOnly: opts.ReadOnly,
		writer:   make(chan *session, 1),
		readers:  make(chan *session, n),
		closed:   make(chan struct{}),
	}
	pool.SetMaxOpenConns(0)
	db.writer <- &session{db: db}
	for range n {
		db.readers <- &session{db: db, reader: true}
	}
	return db
}

// Engine is store.SQLite or store.PostgreSQL.
func (db *DB) Engine() string { return db.dialect.engine }

// Read implements store.Store.
func (db *DB) Read(ctx context.Context, fn func(store.Tx) error) error {
	s, err := db.acquire(ctx, db.readers)
	if err != nil {
		return err
	}
	defer db.release(db.readers, s)
	_, err = s.run(ctx, db.dialect.beginRead, fn)
	return err
}

// Write implements store.Store.
func (db *DB) Write(ctx context.Context, fn func(store.Tx) error) error {
	if db.readOnly {
		return fmt.Errorf("%w: opened read-only", store.ErrReadOnly)
	}
	s, err := db.acquire(ctx, db.writer)
	if err != nil {
		return err
	}
	defer db.release(db.writer, s)
	for attempt := 1; ; attempt++ {
		retry, err := s.run(ctx, db.dialect.beginWrite, fn)
		if !retry || attempt == writeAttempts {
			return err
		}
	}
}

// Health implements store.Store.
func (db *DB) Health(ctx context.Context) error {
	return db.withFresh(ctx, func(s *session) error {
		_, err := s.run(ctx, db.dialect.beginRead, func(t store.Tx) error {
			version, err := schemaVersion(t.(*tx))
			if err != nil {
				return err
			}
			return db.dialect.compareSchema(version)
		})
		return err
	})
}

// Check implements store.Store.
func (db *DB) Check(ctx context.Context) error {
	return db.withFresh(ctx, func(s *session) error {
		_, err := s.run(ctx, db.dialect.beginRead, func(t store.Tx) error {
			if err := db.dialect.check(t.(*tx)); err != nil {
				return err
			}
			return checkDense(t.(*tx))
		})
		return err
	})
}

// checkDense proves that the numbers other parts count on have no gaps.
func checkDense(t *tx) error {
	for _, q := range []string{
		`SELECT COUNT(*), COALESCE(MAX(ordinal) + 1, 0) FROM record`,
		`SELECT COUNT(*), COALESCE(MAX(n) + 1, 0) FROM ledger`,
		`SELECT COUNT(*), COALESCE(MAX(n) + 1, 0) FROM ledger_hash`,
	} {
		var count, next int64
		if err := t.row(q, nil, &count, &next); err != nil {
			return err
		}
		if count != next {
			return fmt.Errorf("%w: %d rows where the numbers end at %d (%s)", store.ErrCorrupt, count, next, q)
		}
	}
	return nil
}

// Scrub implements store.Store.
func (db *DB) Scrub(ctx context.Context) error {
	if db.readOnly {
		return fmt.Errorf("%w: opened read-only", store.ErrReadOnly)
	}
	s, err := db.acquire(ctx, db.writer)
	if err != nil {
		return err
	}
	defer db.release(db.writer, s)
	for _, q := range db.dialect.scrub {
		if err := s.exec(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// Close implements store.Store.
func (db *DB) Close() error {
	var err error
	db.closeOnce.Do(func() {
		close(db.closed)
		for _, slots := range []chan *session{db.writer, db.readers} {
			for range cap(slots) {
				s := <-slots
				s.discard()
			}
		}
		err = db.sql.Close()
	})
	return err
}

// acquire waits for a slot and makes sure that its connection is open.
func (db *DB) acquire(ctx context.Context, slots chan *session) (*session, error) {
	select {
	case <-db.closed:
		return nil, store.ErrClosed
	default:
	}
	select {
	case s := <-slots:
		if err := s.open(ctx); err != nil {
			slots <- s
			return nil, err
		}
		return s, nil
	case <-db.closed:
		return nil, store.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (db *DB) release(slots chan *session, s *session) { slots <- s }

// withFresh runs fn on a connection of its own, because a connection that was
// open before carries cached structure (FTS5 then reports corruption that is
// not there).
func (db *DB) withFresh(ctx context.Context, fn func(*session) error) error {
	select {
	case <-db.closed:
		return store.ErrClosed
	default:
	}
	s := &session{db: db, reader: true}
	if err := s.open(ctx); err != nil {
		return err
	}
	defer s.discard()
	return fn(s)
}

// kindOf returns the error as one of the kinds of package store, ctx's error
// first.
func (db *DB) kindOf(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, sql.ErrConnDone) {
		return fmt.Errorf("%w: connection is gone", store.ErrUnavailable)
	}
	return db.dialect.classify(err)
}
