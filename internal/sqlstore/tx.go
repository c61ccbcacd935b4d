package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"svod/internal/store"
)

// tx implements store.Tx. Its methods are in the files named after what they
// keep: people.go, circles.go, records.go and so on.
type tx struct {
	ctx   context.Context // of the Read or Write call that made it
	s     *session
	write bool
	over  bool  // the callback returned
	lost  error // the first failure; every later call returns it
	dirty bool  // something that DataVersion covers was changed
}

var _ store.Tx = (*tx)(nil)

// usable is asked before every statement.
func (t *tx) usable(write bool) error {
	switch {
	case t.lost != nil:
		return t.lost
	case t.over:
		return fmt.Errorf("%w: transaction is over", store.ErrInvalid)
	case write && !t.write:
		return t.fail(fmt.Errorf("%w: inside Read", store.ErrReadOnly))
	}
	return nil
}

// fail makes err, if it is one that costs the transaction, the fate of t.
func (t *tx) fail(err error) error {
	if err != nil && t.lost == nil && !errors.Is(err, store.ErrNotFound) {
		t.lost = err
	}
	return err
}

func (t *tx) conflict(format string, args ...any) error {
	return t.fail(fmt.Errorf("%w: "+format, append([]any{store.ErrConflict}, args...)...))
}

func (t *tx) invalid(format string, args ...any) error {
	return t.fail(fmt.Errorf("%w: "+format, append([]any{store.ErrInvalid}, args...)...))
}

// finish writes what a commit owes.
func (t *tx) finish() error {
	if !t.dirty {
		return nil
	}
	_, err := t.exec(`UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = ?`, metaDataVersion)
	return err
}

// exec runs a writing statement and returns the number of rows it changed.
func (t *tx) exec(query string, args ...any) (int64, error) {
	if err := t.usable(true); err != nil {
		return 0, err
	}
	st, err := t.s.stmt(t.ctx, query)
	if err != nil {
		return 0, t.failed(err)
	}
	return t.execStmt(st, args)
}

// execOne is exec for statements that must hit a row.
func (t *tx) execOne(query string, args ...any) error {
	n, err := t.exec(query, args...)
	if err == nil && n == 0 {
		err = store.ErrNotFound
	}
	return err
}

func (t *tx) execStmt(st *sql.Stmt, args []any) (int64, error) {
	if err := t.bind(args); err != nil {
		return 0, err
	}
	res, err := st.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, t.failed(err)
	}
	n, err := res.RowsAffected()
	return n, t.failed(err)
}

// failed turns a driver's error into a kind and loses the transaction.
func (t *tx) failed(err error) error { return t.fail(t.s.db.kindOf(t.ctx, err)) }

// query calls each for every row. each must not use t: the engine may not
// allow a second statement while this one is open.
func (t *tx) query(query string, args []any, each func(*sql.Rows) error) error {
	if err := t.usable(false); err != nil {
		return err
	}
	st, err := t.s.stmt(t.ctx, query)
	if err != nil {
		return t.failed(err)
	}
	return t.queryStmt(st, args, each)
}

func (t *tx) queryStmt(st *sql.Stmt, args []any, each func(*sql.Rows) error) error {
	if err := t.bind(args); err != nil {
		return err
	}
	rows, err := st.QueryContext(t.ctx, args...)
	if err != nil {
		return t.failed(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return t.failed(err)
		}
	}
	return t.failed(rows.Err())
}

// row scans the only row of a query. ErrNotFound.
func (t *tx) row(query string, args []any, dest ...any) error {
	found := false
	err := t.query(query, args, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(dest...)
	})
	if err == nil && !found {
		err = store.ErrNotFound
	}
	return err
}

// bind makes arguments fit both engines: no nil byte strings, no unsigned
// numbers, no text that PostgreSQL would refuse.
func (t *tx) bind(args []any) error {
	for i, a := range args {
		switch v := a.(type) {
		case string:
			if strings.IndexByte(v, 0) >= 0 || !utf8.ValidString(v) {
				return t.fail(store.ErrText)
			}
		case []byte:
			if v == nil {
				args[i] = []byte{}
			}
		case uint32:
			args[i] = int64(v)
		case int:
			args[i] = int64(v)
		}
	}
	return nil
}
