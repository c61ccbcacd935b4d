package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"svod/internal/store"
)

var postgresDialect = &dialect{
	engine:  store.PostgreSQL,
	readers: 8,
	// Whoever holds this row is the writer: ordinals and ledger numbers are then
	// dense, and what a statement sees is what the writer before committed. A
	// row lock, unlike an advisory one, means the same on every cluster that
	// speaks PostgreSQL.
	beginWrite: []string{"BEGIN ISOLATION LEVEL READ COMMITTED", "SELECT value FROM meta WHERE name = 'store.writer' FOR UPDATE"},
	beginRead:  []string{"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"},
	hasMeta:    `SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE tablename = 'meta' AND schemaname = ANY (current_schemas(false))`,
	lockSchema: "SELECT pg_advisory_xact_lock(7382301958)",
	scrub: []string{
		`VACUUM record_key`, `VACUUM sealed_tokens`, `VACUUM version`, `VACUUM file`, `VACUUM link`, `VACUUM ledger`,
		`VACUUM bitmap`, `VACUUM sortkey`, `VACUUM search`, `VACUUM session`, `VACUUM draft`,
	},
	insertRows: 512,
	numbered:   true,

	searchDelete: `DELETE FROM search WHERE ordinal IN (`,
	searchInsert: `INSERT INTO search (ordinal, tokens) VALUES `,
	searchRow:    `(?, CAST(CAST(? AS TEXT) AS TSVECTOR))`,
	searchClear:  `DELETE FROM search`,
	searchMatch:  `SELECT ordinal FROM search WHERE tokens @@ CAST(CAST(? AS TEXT) AS TSQUERY)`,
	document:     vectorDocument,
	expression:   vectorExpression,

	ddl:      postgresDDL,
	check:    func(*tx) error { return nil },
	classify: postgresError,
}

// OpenPostgres opens, and brings up to date, the database that the URL names
// (postgres://user:password@host/name?sslmode=verify-full, or the key=value
// form). Open and internal values stand there in clear: only sealed ones are
// protected from whoever runs the server.
//
// store.ErrUnavailable when it cannot be reached or refuses the sign-in,
// ErrNotFound when it is empty and Options.Create is not set, ErrNewer.
func OpenPostgres(ctx context.Context, url string, opts Options) (*DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		// The parser's message may repeat the URL with its password.
		return nil, fmt.Errorf("%w: the address of the database cannot be read", store.ErrInvalid)
	}
	db := newDB(postgresDialect, stdlib.OpenDB(*config), opts)
	if opts.ReadOnly {
		err = db.Health(ctx)
	} else {
		err = db.migrate(ctx, opts.Create)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// postgresKinds maps SQLSTATE codes, or their first two characters (the class),
// to kinds.
var postgresKinds = map[string]error{
	"23505": store.ErrConflict,
	"23":    store.ErrInvalid, // other constraints
	"22":    store.ErrInvalid, // data exceptions
	"40":    store.ErrBusy,    // serialisation, deadlock
	"55P03": store.ErrBusy,    // lock not available
	"53300": store.ErrBusy,    // too many connections
	"53100": store.ErrFull,
	"53":    store.ErrUnavailable, // out of memory and other resources
	"25006": store.ErrReadOnly,    // read-only transaction: a standby
	"57014": store.ErrBusy,        // statement timeout
	"57":    store.ErrUnavailable, // shutting down
	"08":    store.ErrUnavailable, // connection
	"28":    store.ErrUnavailable, // sign-in
	"3D":    store.ErrUnavailable, // no such database
	"XX001": store.ErrCorrupt,
	"XX002": store.ErrCorrupt,
	"54":    store.ErrInvalid, // program limits
}

// postgresError gives a driver's error its kind. Of the server's message only
// the code, table and constraint are kept: the rest may quote values.
func postgresError(err error) error {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		kind := postgresKinds[e.Code]
		if kind == nil && len(e.Code) == 5 {
			kind = postgresKinds[e.Code[:2]]
		}
		if kind == nil {
			return fmt.Errorf("postgresql: %s", e.Code)
		}
		err := fmt.Errorf("%w: %s %s %s", kind, e.Code, e.TableName, e.ConstraintName)
		if e.Code[:2] == "40" {
			return refused{err}
		}
		return err
	}
	var (
		connect *pgconn.ConnectError
		network net.Error
	)
	switch {
	case isStoreError(err):
		return err
	case errors.As(err, &connect):
		return fmt.Errorf("%w: cannot connect", store.ErrUnavailable)
	case errors.As(err, &network), pgconn.SafeToRetry(err), isGone(err):
		return fmt.Errorf("%w: connection lost", store.ErrUnavailable)
	}
	return fmt.Errorf("postgresql: %w", err)
}
