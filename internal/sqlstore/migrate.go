package sqlstore

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"svod/internal/store"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Names in table meta that belong to this package.
const (
	metaReserved    = "store."
	metaSchema      = "store.schema"
	metaDataVersion = "store.data_version"
	metaWriter      = "store.writer" // the row that PostgreSQL writers lock
)

// migration is one step: NNNN_name.sql for both engines, or
// NNNN_name.<engine>.sql for one.
type migration struct {
	number int
	file   string
}

// migrations lists an engine's steps in order.
func migrations(engine string) []migration {
	files, _ := migrationFiles.ReadDir("migrations") // embedded: cannot fail
	var out []migration
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".sql")
		if ext := path.Ext(name); ext != "" && ext != "."+engine {
			continue
		}
		digits, _, _ := strings.Cut(name, "_")
		number, err := strconv.Atoi(digits)
		if err != nil {
			continue // TestMigrationFiles keeps such names out
		}
		out = append(out, migration{number, "migrations/" + f.Name()})
	}
	slices.SortFunc(out, func(a, b migration) int { return a.number - b.number })
	return out
}

func newestMigration(engine string) int {
	all := migrations(engine)
	return all[len(all)-1].number
}

// migrate brings the schema up to date, one transaction per step, and refuses a
// newer one. Two processes that start together take turns.
func (db *DB) migrate(ctx context.Context, create bool) error {
	s, err := db.acquire(ctx, db.writer)
	if err != nil {
		return err
	}
	defer db.release(db.writer, s)
	if err := db.bootstrap(ctx, s, create); err != nil {
		return err
	}
	for _, m := range migrations(db.dialect.engine) {
		if err := db.step(ctx, s, m); err != nil {
			return fmt.Errorf("migration %04d: %w", m.number, err)
		}
	}
	_, err = s.run(ctx, db.dialect.beginRead, func(t store.Tx) error {
		found, err := schemaVersion(t.(*tx))
		if err != nil {
			return err
		}
		return db.dialect.compareSchema(found)
	})
	return err
}

// bootstrap makes table meta, which says what else there is.
func (db *DB) bootstrap(ctx context.Context, s *session, create bool) error {
	exists, err := db.hasSchema(ctx, s)
	if err != nil || exists {
		return err
	}
	if !create {
		return fmt.Errorf("%w: the database is empty", store.ErrNotFound)
	}
	_, err = s.run(ctx, db.schemaBegin(), func(st store.Tx) error {
		t := st.(*tx)
		if _, err := t.exec(db.dialect.ddl(`CREATE TABLE IF NOT EXISTS meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)`)); err != nil {
			return err
		}
		for _, name := range []string{metaSchema, metaDataVersion, metaWriter} {
			if _, err := t.exec(`INSERT INTO meta (name, value) VALUES (?, '0') ON CONFLICT (name) DO NOTHING`, name); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// hasSchema asks the engine's catalogue, because a failed query would say too
// little about why it failed.
func (db *DB) hasSchema(ctx context.Context, s *session) (bool, error) {
	n := 0
	_, err := s.run(ctx, db.dialect.beginRead, func(t store.Tx) error {
		return t.(*tx).row(db.dialect.hasMeta, nil, &n)
	})
	return n > 0, err
}

func (db *DB) schemaBegin() []string {
	if db.dialect.lockSchema != "" {
		return []string{"BEGIN", db.dialect.lockSchema}
	}
	return db.dialect.beginWrite
}

// step runs one migration unless it, or a later one, has run.
func (db *DB) step(ctx context.Context, s *session, m migration) error {
	_, err := s.run(ctx, db.schemaBegin(), func(st store.Tx) error {
		t := st.(*tx)
		found, err := schemaVersion(t)
		if err != nil || found >= m.number {
			return err
		}
		text, err := migrationFiles.ReadFile(m.file)
		if err != nil {
			return err
		}
		for _, q := range statements(db.dialect.ddl(string(text))) {
			if err := s.exec(ctx, q); err != nil {
				return t.fail(err)
			}
		}
		_, err = t.exec(`UPDATE meta SET value = ? WHERE name = ?`, strconv.Itoa(m.number), metaSchema)
		return err
	})
	return err
}

// statements cuts a migration where a line ends with a semicolon.
func statements(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			lines = append(lines, strings.TrimRight(line, " \r\n"))
		}
	}
	var out []string
	for q := range strings.SplitSeq(strings.Join(lines, "\n")+"\n", ";\n") {
		if q = strings.TrimSpace(q); q != "" {
			out = append(out, q)
		}
	}
	return out
}

// schemaVersion is the number of the last migration that ran.
func schemaVersion(t *tx) (int, error) {
	var text string
	if err := t.row(`SELECT value FROM meta WHERE name = ?`, []any{metaSchema}, &text); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			return 0, t.fail(fmt.Errorf("%w: no schema number", store.ErrCorrupt))
		}
		return 0, err
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, t.fail(fmt.Errorf("%w: schema number is no number", store.ErrCorrupt))
	}
	return n, nil
}
