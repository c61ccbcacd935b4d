package sqlstore

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3/driver"

	"svod/internal/store"
	"svod/internal/store/storetest"
)

// forbidden is SQL that one of the engines lacks, or takes differently without a
// word. Each rule stands with a text that breaks it.
var forbidden = []struct{ rule, example string }{
	{`\$\d`, `SELECT $1`},
	{`::`, `SELECT a::text`},
	{`->`, `SELECT a->>'b'`},
	{`(?i)\bjsonb?(_|\b)`, `json_extract(a)`},
	{`(?i)\b(lower|upper|initcap)\s*\(`, `WHERE lower(a) = ?`},
	{`(?i)\b(I?LIKE|GLOB|SIMILAR|REGEXP)\b`, `a LIKE ?`},
	{`(?i)\b(now|datetime|strftime|julianday|date_trunc|random|gen_random_uuid)\s*\(`, `now()`},
	{`(?i)\bCURRENT_`, `CURRENT_TIMESTAMP`},
	{`(?i)\b(ARRAY|ENUM|SERIAL|BIGSERIAL|IDENTITY|AUTOINCREMENT|BOOLEAN|TIMESTAMP\w*|VARCHAR|REAL|NUMERIC)\b`, `a SERIAL`},
	{`(?i)\b(TRIGGER|PROCEDURE|FUNCTION|VIEW)\b`, `CREATE TRIGGER a`},
	{`(?i)\bINSERT\s+OR\b|\bREPLACE\s+INTO\b`, `INSERT OR REPLACE INTO a`},
	{`(?i)\bIFNULL\b|\bNVL\b`, `IFNULL(a, b)`},
	{`(?i)\browid\b`, `SELECT rowid`},
	{`(?i)\bPRAGMA\b`, `PRAGMA user_version`},
	{`(?i)\bTRUE\b|\bFALSE\b`, `SET a = TRUE`},
	{`(?i)\bNULLS\s+(FIRST|LAST)\b`, `ORDER BY a NULLS LAST`},
	{`(?i)\bFOR\s+UPDATE\b`, `SELECT a FOR UPDATE`},
	{`"`, `SELECT "a"`},
}

var looksLikeSQL = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|CREATE|WHERE|ORDER BY|FROM|VALUES|CONFLICT|CAST|IN \()`)

// TestSQLIsPortable reads every string of the shared files, and the shared
// migrations.
func TestSQLIsPortable(t *testing.T) {
	broken := func(text string) string {
		for _, f := range forbidden {
			if regexp.MustCompile(f.rule).MatchString(text) {
				return f.rule
			}
		}
		return ""
	}
	for _, f := range forbidden {
		if broken(f.example) == "" {
			t.Errorf("rule %s does not see %q", f.rule, f.example)
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "sqlite") && name != "sqlstore.go" || strings.HasPrefix(name, "postgres") {
			continue
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil || !looksLikeSQL.MatchString(text) {
				return true
			}
			found++
			if rule := broken(text); rule != "" {
				t.Errorf("%s: %s in %q", fset.Position(lit.Pos()), rule, text)
			}
			return true
		})
	}
	if found < 80 {
		t.Errorf("only %d texts looked like SQL: the test does not see them any more", found)
	}
	for _, m := range migrations("") {
		text, err := migrationFiles.ReadFile(m.file)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range statements(string(text)) {
			if rule := broken(strings.ReplaceAll(q, "WITHOUT ROWID", "")); rule != "" {
				t.Errorf("%s: %s in %q", m.file, rule, q)
			}
		}
	}
}

func TestRewrite(t *testing.T) {
	for in, want := range map[string]string{
		"a = ? AND b = ?":     "a = $1 AND b = $2",
		"a = '?' AND b = ?":   "a = '?' AND b = $1",
		"a = 'it''s?' OR ? ?": "a = 'it''s?' OR $1 $2",
		"":                    "",
	} {
		if got := postgresDialect.rewrite(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
		if got := sqliteDialect.rewrite(in); got != in {
			t.Errorf("SQLite: %q became %q", in, got)
		}
	}
	ddl := postgresDDL("a INTEGER, blob TEXT, b BLOB) WITHOUT ROWID;")
	if want := `a BIGINT, blob TEXT COLLATE "C", b BYTEA) ;`; ddl != want {
		t.Errorf("got %s, want %s", ddl, want)
	}
}

// TestMigrationFiles: names say the order, each engine has every number once.
func TestMigrationFiles(t *testing.T) {
	files, err := os.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`^\d{4}_[a-z_]+(\.sqlite|\.postgresql)?\.sql$`)
	for _, f := range files {
		if !name.MatchString(f.Name()) {
			t.Errorf("%s: the name must be NNNN_name.sql or NNNN_name.<engine>.sql", f.Name())
		}
	}
	for _, engine := range []string{store.SQLite, store.PostgreSQL} {
		for i, m := range migrations(engine) {
			if m.number != i+1 {
				t.Errorf("%s: %s comes as number %d", engine, m.file, i+1)
			}
		}
	}
}

// large tables must never be read from end to end, except page by page.
var large = []string{"record", "version", "record_key", "link", "file", "ledger", "ledger_hash", "bitmap", "sortkey", "external", "sealed_tokens",
	"r", "v", "t"}

// planned collects what SQLite plans for every statement that was prepared.
type planned struct {
	*DB
	plans map[string][]string
}

func (p planned) Close() error {
	select {
	case <-p.closed:
		return p.DB.Close()
	default:
	}
	for _, slots := range []chan *session{p.writer, p.readers} {
		for range cap(slots) {
			s := <-slots
			if s.conn != nil {
				s.conn.Raw(func(c any) error {
					for st := range c.(driver.Conn).Raw().Stmts() {
						p.plans[st.SQL()] = nil
					}
					return nil
				})
				for q := range p.plans {
					p.explain(s, q)
				}
			}
			slots <- s
		}
	}
	return p.DB.Close()
}

func (p planned) explain(s *session, q string) {
	args := make([]any, strings.Count(q, "?"))
	rows, err := s.conn.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+q, args...)
	if err != nil {
		return
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if rows.Scan(&id, &parent, &unused, &step) == nil {
			plan = append(plan, step)
		}
	}
	p.plans[q] = plan
}

// TestQueriesUseIndexes runs the conformance suite and then asks SQLite how it
// found the rows: no statement may read a large table from end to end.
func TestQueriesUseIndexes(t *testing.T) {
	plans := map[string][]string{}
	storetest.Run(t, func(t *testing.T) store.Store {
		db, _ := engines[store.SQLite](t)
		return planned{db, plans}
	})
	scan := regexp.MustCompile(`^SCAN (\w+)`)
	seen := 0
	for q, plan := range plans {
		whole := strings.HasPrefix(q, "DELETE FROM bitmap") || strings.HasPrefix(q, "DELETE FROM sortkey") || strings.Contains(q, "COUNT(*), COALESCE")
		seen += len(plan)
		for _, step := range plan {
			m := scan.FindStringSubmatch(step)
			if m != nil && slices.Contains(large, m[1]) && !whole && !strings.Contains(q, "LIMIT") {
				t.Errorf("%s\n\t%s", step, short(q))
			}
			if strings.Contains(step, "TEMP B-TREE") && strings.Contains(q, "LIMIT") && !strings.Contains(q, "FROM job") {
				t.Errorf("a page is sorted instead of read in order: %s\n\t%s", step, short(q))
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d steps were planned", seen)
	}
}

func short(q string) string { return fmt.Sprintf("%.200s", q) }
