package sqlstore

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // registers the encrypting file system

	"svod/internal/store"
)

// KeySize is the length of the key of an SQLite file in bytes.
const KeySize = 32

var sqliteDialect = &dialect{
	engine:     store.SQLite,
	readers:    4,
	beginWrite: []string{"BEGIN IMMEDIATE"},
	beginRead:  []string{"BEGIN"},
	asReader:   "PRAGMA query_only = 1",
	hasMeta:    `SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'meta'`,
	scrub: []string{
		`INSERT INTO search (search) VALUES ('optimize')`,
		`PRAGMA wal_checkpoint(TRUNCATE)`,
	},
	insertRows: 32,

	searchDelete: `DELETE FROM search WHERE rowid IN (`,
	searchInsert: `INSERT INTO search (rowid, tokens) VALUES `,
	searchRow:    `(?, ?)`,
	searchClear:  `INSERT INTO search (search) VALUES ('delete-all')`,
	searchMatch:  `SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid`,
	searchKey:    1,
	document:     streamDocument,
	expression:   streamExpression,

	ddl:      func(text string) string { return text },
	check:    sqliteCheck,
	classify: sqliteError,
}

// OpenSQLite opens, and brings up to date, the database in the file at path,
// encrypted page by page with a key of KeySize bytes. The key is copied.
//
// Files path-wal and path-shm belong to it while it is open. Several processes
// may have it open at once; all must be on one machine. A commit is on disk
// (fsync of the log) when Write returns.
//
// store.ErrNotFound without Options.Create, ErrKey, ErrNewer, ErrReadOnly when
// the folder or file may not be written.
func OpenSQLite(ctx context.Context, path string, key []byte, opts Options) (*DB, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("%w: the key has %d bytes, not %d", store.ErrKey, len(key), KeySize)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	hexkey := hex.EncodeToString(key)
	if err := sqlitePrepare(ctx, path, hexkey, opts); err != nil {
		return nil, err
	}
	mode := "rw"
	switch {
	case opts.ReadOnly:
		mode = "ro"
	case opts.Create:
		mode = "rwc"
	}
	// modeof gives the log the permissions of the database.
	pool, err := driver.Open(sqliteDSN(path, "mode", mode, "modeof", path), func(c *sqlite3.Conn) error {
		return sqliteConnect(c, hexkey, opts.ReadOnly)
	})
	if err != nil {
		return nil, sqliteError(err)
	}
	db := newDB(sqliteDialect, pool, opts)
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

// sqliteDSN spells a file URI; the key is never part of it.
func sqliteDSN(path string, params ...string) string {
	q := url.Values{"vfs": {"adiantum"}}
	for i := 0; i < len(params); i += 2 {
		q.Set(params[i], params[i+1])
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	// SQLite does not take + for a space.
	return "file:" + (&url.URL{Path: slashed}).EscapedPath() + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// sqlitePrepare looks at what is there before SQLite does, and makes the files
// so that nobody else can read them from the first byte on.
func sqlitePrepare(ctx context.Context, path, hexkey string, opts Options) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !opts.Create:
		return fmt.Errorf("%w: no database file", store.ErrNotFound)
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return sqliteError(err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: not a regular file", store.ErrKey)
	case info.Size() > 0:
		if err := sqliteTryKey(ctx, path, hexkey); err != nil {
			return err
		}
	}
	if opts.ReadOnly {
		return nil
	}
	for _, name := range []string{path, path + "-shm"} {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return sqliteError(err)
		}
		if err := f.Close(); err != nil {
			return sqliteError(err)
		}
	}
	return nil
}

// sqliteTryKey proves the key on the main file alone. Opening normally with a
// wrong key would read the log as rubbish and remove it on closing, and with it
// every commit that a crashed process had left there.
func sqliteTryKey(ctx context.Context, path, hexkey string) error {
	pool, err := driver.Open(sqliteDSN(path, "mode", "ro", "immutable", "1"), func(c *sqlite3.Conn) error {
		return c.Exec("PRAGMA hexkey = '" + hexkey + "'")
	})
	if err != nil {
		return sqliteError(err)
	}
	defer pool.Close()
	var n int
	err = pool.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_schema`).Scan(&n)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return sqliteError(err)
}

// sqliteConnect runs on every new connection, key first.
func sqliteConnect(c *sqlite3.Conn, hexkey string, readOnly bool) error {
	pragmas := []string{
		"PRAGMA hexkey = '" + hexkey + "'",
		"PRAGMA busy_timeout = 60000",
		"PRAGMA temp_store = memory",
		"PRAGMA foreign_keys = 1",
		"PRAGMA trusted_schema = 0",
		"PRAGMA secure_delete = 1",
		"PRAGMA cache_size = -16000",
	}
	if !readOnly {
		pragmas = append(pragmas,
			"PRAGMA journal_mode = wal",
			"PRAGMA synchronous = full",
			"PRAGMA journal_size_limit = 67108864",
		)
	}
	for _, p := range pragmas {
		if err := c.Exec(p); err != nil {
			return err
		}
	}
	return registerStream(c)
}

// sqliteCheck walks all pages and indexes. It needs a fresh connection: an older
// one reports FTS5 corruption that is not there.
func sqliteCheck(t *tx) error {
	var verdict string
	if err := t.row(`PRAGMA integrity_check(1)`, nil, &verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return t.fail(fmt.Errorf("%w: %s", store.ErrCorrupt, verdict))
	}
	return t.query(`PRAGMA foreign_key_check`, nil, func(*sql.Rows) error {
		return fmt.Errorf("%w: a reference leads nowhere", store.ErrCorrupt)
	})
}

// sqliteKinds maps SQLite's result codes to kinds, the extended code first.
var sqliteKinds = map[sqlite3.ExtendedErrorCode]error{
	sqlite3.CONSTRAINT_UNIQUE:     store.ErrConflict,
	sqlite3.CONSTRAINT_PRIMARYKEY: store.ErrConflict,
	sqlite3.CONSTRAINT_ROWID:      store.ErrConflict,
	sqlite3.IOERR_BADKEY:          store.ErrKey,
	// What the system said is lost when the roll-back asks it again. A write
	// fails for want of room far more often than for a broken disk.
	sqlite3.IOERR_WRITE:   store.ErrFull,
	sqlite3.IOERR_SHMSIZE: store.ErrFull,
}

var sqliteClasses = map[sqlite3.ErrorCode]error{
	sqlite3.CONSTRAINT: store.ErrInvalid,
	sqlite3.TOOBIG:     store.ErrInvalid,
	sqlite3.MISMATCH:   store.ErrInvalid,
	sqlite3.RANGE:      store.ErrInvalid,
	sqlite3.BUSY:       store.ErrBusy,
	sqlite3.LOCKED:     store.ErrBusy,
	sqlite3.FULL:       store.ErrFull,
	sqlite3.READONLY:   store.ErrReadOnly,
	sqlite3.PERM:       store.ErrReadOnly,
	sqlite3.CORRUPT:    store.ErrCorrupt,
	sqlite3.NOTADB:     store.ErrKey,
	sqlite3.CANTOPEN:   store.ErrUnavailable,
}

// sqliteError gives a driver's error its kind. It drops the message except for
// constraints, where it names columns only; others may quote what was searched.
func sqliteError(err error) error {
	switch {
	case err == nil || isStoreError(err):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %v", store.ErrFull, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %v", store.ErrReadOnly, err)
	}
	var code sqlite3.ExtendedErrorCode
	if !errors.As(err, &code) {
		return fmt.Errorf("sqlite: %w", err)
	}
	class := sqlite3.ErrorCode(code & 0xff)
	kind := sqliteKinds[code]
	if kind == nil {
		kind = sqliteClasses[class]
	}
	switch {
	case kind == nil:
		return fmt.Errorf("sqlite: %w", code)
	case class == sqlite3.CONSTRAINT:
		return fmt.Errorf("%w: %v", kind, err)
	}
	return fmt.Errorf("%w: %v", kind, code)
}

// isStoreError says that err already has a kind.
func isStoreError(err error) bool {
	for _, kind := range []error{
		store.ErrNotFound, store.ErrConflict, store.ErrInvalid, store.ErrBusy, store.ErrNewer, store.ErrFull,
		store.ErrReadOnly, store.ErrCorrupt, store.ErrKey, store.ErrUnavailable, store.ErrClosed,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
