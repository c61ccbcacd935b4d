package house

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"

	"svod/internal/blob/fs"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/packs"
)

const (
	columnTable = "## Every column of the database"
	pageOnly    = "page-encrypted only"
	mixed       = "mixed"
)

var classes = []string{pageOnly, "sealed", "key-wrapped", "hashed", mixed}

// columnsOf are the columns the threat model names: "table.column" to class.
func columnsOf(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, r := range rows(t, "docs/THREATS.md", columnTable) {
		if len(r) != 4 || r[3] == "" || !slices.Contains(classes, r[2]) {
			t.Fatalf("docs/THREATS.md: not a row of table, column, class (%s), meaning: %q", strings.Join(classes, ", "), r)
		}
		name := r[0] + "." + r[1]
		if out[name] != "" {
			t.Errorf("docs/THREATS.md names %s twice", name)
		}
		out[name] = r[2]
	}
	return out
}

// seized is an instance with something in as many tables as possible, and the
// key of its pages.
type seized struct {
	*kernel.Kernel
	t    *testing.T
	ctx  context.Context
	anna core.Actor
	home core.ID // circle
	path string
	key  []byte
}

// Markers. What starts with "sealed" must be in no column at all, what starts
// with "clear" only where the page says so.
const (
	clearMark  = "clearmarker"
	sealedMark = "sealedmarker"
	words      = "ferry lantern moss orchard tin"
)

func newSeized(t *testing.T) *seized {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	key := crypt.NewInstanceKey()
	dbKey := crypt.DeriveInstance(key, crypt.ForDatabase)
	s := &seized{t: t, ctx: ctx, path: filepath.Join(dir, "svod.db"), key: dbKey[:]}
	set, err := pack.Load(packs.All()...)
	s.ok(err)
	st, err := sqlstore.OpenSQLite(ctx, s.path, s.key, sqlstore.Options{Create: true})
	s.ok(err)
	blobs, err := fs.Open(filepath.Join(dir, "blobs"))
	s.ok(err)
	s.Kernel, err = kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: set, InstanceKey: key.Bytes(), ScryptLogN: 10})
	s.ok(err)
	t.Cleanup(func() { s.Close(); st.Close(); blobs.Close() })
	return s
}

func (s *seized) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// live does a little of everything.
func (s *seized) live() {
	done, err := s.Setup(s.ctx, kernel.Setup{Organisation: core.Words{"en": clearMark + "org"}, Name: clearMark + "anna",
		Passphrase: words, Lang: "en", Circle: clearMark + "circle"})
	s.ok(err)
	s.home = done.Circle.ID
	_, s.anna, err = s.SignIn(s.ctx, kernel.SignIn{Name: clearMark + "anna", Passphrase: words, Device: clearMark + "device"})
	s.ok(err)
	f, err := s.PutFile(s.ctx, s.anna, s.home, sealedMark+".txt", strings.NewReader(sealedMark+" content"))
	s.ok(err)
	event, err := s.Create(s.ctx, s.anna, kernel.Draft{Type: "event", Circle: s.home, Reason: clearMark + "reason", Values: core.Values{
		"title":       core.NoteValue("en", clearMark+"title"),
		"description": core.NoteValue("en", sealedMark+" description"),
		"files":       {Items: []core.Item{{File: &core.FileRef{ID: f.ID}}}},
	}})
	s.ok(err)
	person, err := s.Create(s.ctx, s.anna, kernel.Draft{Type: "person", Circle: s.home, Values: core.Values{
		"name":          {Items: []core.Item{{Name: &core.Name{Full: sealedMark + " Name"}}}},
		"counting_unit": core.TermValue("individual"),
	}})
	s.ok(err)
	_, err = s.Create(s.ctx, s.anna, kernel.Draft{Type: "act", Circle: s.home, Values: core.Values{
		"event": core.LinkValue(event.ID), "victim": core.LinkValue(person.ID),
		"type_of_act": core.MissingValue(core.Unknown), "stated_reason": core.NoteValue("en", sealedMark+" reason"),
	}})
	s.ok(err)
	s.ways()
	s.tables()
}

// ways makes a token, an invitation, a second factor's table of tries and a
// saved query.
func (s *seized) ways() {
	_, _, err := s.TokenCreate(s.ctx, s.anna, clearMark+"label", 0)
	s.ok(err)
	_, _, err = s.Invite(s.ctx, s.anna, kernel.Invite{Name: clearMark + "guest",
		Circles: []kernel.InviteCircle{{Circle: s.home, Role: core.Reader}}})
	s.ok(err)
	if _, err := s.Unlock(s.ctx, kernel.SignIn{Name: clearMark + "nobody", Passphrase: sealedMark + " passphrase"}, "cli"); err == nil {
		s.t.Fatal("a wrong passphrase opened something")
	}
	_, err = s.SaveQuery(s.ctx, s.anna, kernel.SavedQuery{Name: clearMark + "saved", Type: "event", Text: clearMark + "query"})
	s.ok(err)
	s.ok(s.PutTerms(s.ctx, s.anna, "mt61", clearMark+"source", []core.Term{{Code: "own", Label: core.Words{"en": clearMark + "term", "ru": clearMark}}}))
}

// tables imports a table with a mapping of its own.
func (s *seized) tables() {
	const table = "id,Title,Description\n" + sealedMark + "7," + clearMark + "row," + sealedMark + " cell\n"
	staged, err := s.Stage(s.ctx, s.anna, sealedMark+".csv", strings.NewReader(table))
	s.ok(err)
	plan := kernel.ImportPlan{Stage: staged.ID, Type: "event", Circle: s.home, Source: sealedMark + "list", EmptyAs: core.Unknown,
		Reason: clearMark + "import", Columns: []kernel.ColumnPlan{{Index: 0, Field: "@id"}, {Index: 1, Field: "title", Lang: "en"},
			{Index: 2, Field: "description", Lang: "en"}}}
	_, err = s.ImportNow(s.ctx, s.anna, plan, nil)
	s.ok(err)
	_, err = s.MappingSave(s.ctx, s.anna, kernel.Mapping{Name: clearMark + "mapping", Type: "event",
		Columns: []kernel.ColumnPlan{{Heading: sealedMark + " heading", Field: "title"}}})
	s.ok(err)
	_, err = s.Stage(s.ctx, s.anna, sealedMark+"2.csv", strings.NewReader(table))
	s.ok(err)
}

// underneath opens the database past the program, as who has the key of its
// pages can.
func (s *seized) underneath() *sql.DB {
	s.t.Helper()
	db, err := driver.Open("file:"+s.path+"?vfs=adiantum&mode=ro", func(c *sqlite3.Conn) error {
		return c.Exec("PRAGMA hexkey='" + hex.EncodeToString(s.key) + "'")
	})
	s.ok(err)
	s.t.Cleanup(func() { db.Close() })
	return db
}

// column is one column with all that stands in it.
type column struct {
	name  string
	cells [][]byte
}

func (s *seized) columns() []column {
	db := s.underneath()
	tables, err := db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
	s.ok(err)
	var names []string
	for tables.Next() {
		var n string
		s.ok(tables.Scan(&n))
		names = append(names, n)
	}
	s.ok(tables.Err())
	var out []column
	for _, n := range names {
		if n == "search" {
			out = append(out, column{name: "search.tokens"}) // its content stands in the tables beside it
			continue
		}
		out = append(out, s.columnsOf(db, n)...)
	}
	return out
}

func (s *seized) columnsOf(db *sql.DB, table string) []column {
	r, err := db.Query(`SELECT * FROM "` + table + `"`)
	s.ok(err)
	defer r.Close()
	names, err := r.Columns()
	s.ok(err)
	out := make([]column, len(names))
	cells := make([]any, len(names))
	for i := range cells {
		out[i].name, cells[i] = table+"."+names[i], new(any)
	}
	for r.Next() {
		s.ok(r.Scan(cells...))
		for i, c := range cells {
			switch v := (*c.(*any)).(type) {
			case []byte:
				out[i].cells = append(out[i].cells, bytes.Clone(v))
			default:
				out[i].cells = append(out[i].cells, fmt.Append(nil, v))
			}
		}
	}
	s.ok(r.Err())
	return out
}

func (c column) holds(marker string) bool {
	return slices.ContainsFunc(c.cells, func(b []byte) bool { return bytes.Contains(bytes.ToLower(b), []byte(marker)) })
}

// The threat model names every column and says the truth about each.
func TestThreatsNameEveryColumn(t *testing.T) {
	named := columnsOf(t)
	s := newSeized(t)
	s.live()
	found := map[string]bool{}
	clear := 0
	for _, c := range s.columns() {
		class := named[c.name]
		if strings.HasPrefix(c.name, "search_") {
			class = mixed // parts of the full-text table, see the page
		} else if found[c.name] = true; class == "" {
			t.Errorf("docs/THREATS.md lacks a row: | %s | class | meaning |", strings.Replace(c.name, ".", " | ", 1))
			continue
		}
		if c.holds(sealedMark) {
			t.Errorf("%s holds something sealed in clear", c.name)
		}
		if c.holds(clearMark) {
			clear++
			if class != pageOnly && class != mixed {
				t.Errorf("%s is called %s and holds something in clear", c.name, class)
			}
		}
	}
	for _, name := range postgresOnly(t) {
		found[name] = true
		if named[name] == "" {
			t.Errorf("docs/THREATS.md lacks a row for %s of PostgreSQL", name)
		}
	}
	for name := range named {
		if !found[name] {
			t.Errorf("docs/THREATS.md names %s, which does not exist", name)
		}
	}
	if clear < 15 {
		t.Errorf("only %d columns hold a marker: the search is blind", clear)
	}
}

var (
	createTable = regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`)
	columnLine  = regexp.MustCompile(`(?m)^\s+([a-z_]+) [A-Z]`)
)

// postgresOnly are the columns of migrations for PostgreSQL alone.
func postgresOnly(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "internal/sqlstore/migrations/*.postgres*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations for PostgreSQL (%v)", err)
	}
	var out []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range createTable.FindAllStringSubmatch(string(b), -1) {
			for _, c := range columnLine.FindAllStringSubmatch(table[2], -1) {
				out = append(out, table[1]+"."+c[1])
			}
		}
	}
	return out
}
