package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"svod/internal/store"
)

// session is one connection with the statements prepared on it. Only the holder
// of its slot uses it.
type session struct {
	db     *DB
	reader bool
	conn   *sql.Conn // nil: not open
	stmts  map[string]*sql.Stmt
	batch  map[batchKey]*sql.Stmt
}

// batchKey names a generated statement without spelling it out: building the
// text for 512 rows costs more than running it for one.
type batchKey struct {
	head, tail string
	rows       int
}

// open connects when necessary.
func (s *session) open(ctx context.Context) error {
	if s.conn != nil {
		return nil
	}
	conn, err := s.db.sql.Conn(ctx)
	if err != nil {
		return s.db.kindOf(ctx, err)
	}
	s.conn, s.stmts, s.batch = conn, map[string]*sql.Stmt{}, map[batchKey]*sql.Stmt{}
	if s.reader && s.db.dialect.asReader != "" {
		if err := s.exec(ctx, s.db.dialect.asReader); err != nil {
			s.discard()
			return err
		}
	}
	return nil
}

// discard closes the connection for good: it does not return to the pool.
func (s *session) discard() {
	if s.conn == nil {
		return
	}
	for _, st := range s.stmts {
		st.Close()
	}
	for _, st := range s.batch {
		st.Close()
	}
	s.conn.Raw(func(any) error { return driver.ErrBadConn })
	s.conn.Close()
	s.conn, s.stmts, s.batch = nil, nil, nil
}

// exec runs a statement without arguments or preparation.
func (s *session) exec(ctx context.Context, query string) error {
	_, err := s.conn.ExecContext(ctx, query)
	return s.db.kindOf(ctx, err)
}

// stmt returns the prepared statement for a text that is written out in this
// package.
func (s *session) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if st := s.stmts[query]; st != nil {
		return st, nil
	}
	st, err := s.conn.PrepareContext(ctx, s.db.dialect.rewrite(query))
	if err != nil {
		return nil, err
	}
	s.stmts[query] = st
	return st, nil
}

// batchStmt is stmt for generated texts; build is called on first use.
func (s *session) batchStmt(ctx context.Context, key batchKey, build func() string) (*sql.Stmt, error) {
	if st := s.batch[key]; st != nil {
		return st, nil
	}
	st, err := s.conn.PrepareContext(ctx, s.db.dialect.rewrite(build()))
	if err != nil {
		return nil, err
	}
	s.batch[key] = st
	return st, nil
}

// begin starts a transaction. A connection that died while idle is replaced
// once: nothing has happened yet.
func (s *session) begin(ctx context.Context, statements []string) error {
	for attempt := 0; ; attempt++ {
		err := s.open(ctx)
		for _, q := range statements {
			if err == nil {
				err = s.exec(ctx, q)
			}
		}
		if err == nil {
			return nil
		}
		s.rollback(ctx)
		if attempt > 0 || ctx.Err() != nil || !errors.Is(err, store.ErrUnavailable) {
			return err
		}
		s.discard()
	}
}

// rollback ends the transaction, also when the caller's context is over. If
// that fails the connection is in an unknown state and is thrown away.
func (s *session) rollback(ctx context.Context) {
	if s.conn == nil {
		return
	}
	if _, err := s.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); err != nil {
		s.discard()
	}
}

// run is one attempt at a transaction. retry says that the engine, not the
// callback, refused it and that running it again may help.
func (s *session) run(ctx context.Context, begin []string, fn func(store.Tx) error) (retry bool, err error) {
	if err := s.begin(ctx, begin); err != nil {
		return isRetry(err), err
	}
	t := &tx{ctx: ctx, s: s, write: !s.reader}
	done := false
	defer func() {
		t.over = true
		if !done { // fn panicked: leave nothing behind and let it pass
			s.rollback(ctx)
		}
	}()
	err = fn(t)
	if t.lost != nil && (err == nil || isRetry(t.lost)) {
		// The engine's refusal counts even when fn dressed it as something else.
		err = t.lost
	}
	if err == nil {
		err = t.finish()
	}
	if err == nil {
		err = s.exec(ctx, "COMMIT")
	}
	done = true
	if err != nil {
		s.rollback(ctx)
	}
	return isRetry(err), err
}

// refused marks errors after which the same transaction may succeed.
type refused struct{ error }

func (r refused) Unwrap() error { return r.error }

func isRetry(err error) bool {
	var r refused
	return errors.As(err, &r)
}
