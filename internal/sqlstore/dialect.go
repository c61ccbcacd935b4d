package sqlstore

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"svod/internal/store"
)

// dialect is all that the two engines do differently in SQL.
type dialect struct {
	engine  string
	readers int // connections for Read when Options does not say

	beginWrite []string
	beginRead  []string
	asReader   string // makes a connection refuse writes, or ""
	hasMeta    string // counts tables named meta
	lockSchema string // lets one process migrate at a time, or ""
	scrub      []string

	insertRows int // rows per INSERT beyond which nothing is gained

	numbered bool // parameters are $1, $2, … instead of ?

	// Full-text search has no common language at all.
	searchDelete string // up to the opening bracket of the list
	searchInsert string
	searchRow    string
	searchClear  string
	searchMatch  string
	searchKey    int64 // what to add to an ordinal to get the row's key
	document     func(store.IndexDoc) (string, error)
	expression   func(simple) (string, error)

	ddl      func(string) string
	check    func(*tx) error
	classify func(error) error
}

// rewrite turns ? into $1, $2, … where the engine wants it. Numbers are given in
// the order of appearance only: an engine here mixes up others.
func (d *dialect) rewrite(query string) string {
	if !d.numbered {
		return query
	}
	var b strings.Builder
	quoted, n := false, 0
	for _, r := range query {
		switch {
		case r == '\'':
			quoted = !quoted
			b.WriteRune(r)
		case r == '?' && !quoted:
			n++
			b.WriteString("$" + strconv.Itoa(n))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var ddlWords = regexp.MustCompile(`\b(INTEGER|BLOB|TEXT|WITHOUT ROWID)\b`)

// postgresDDL translates the few words that migrations use. "C" collation makes
// text order by bytes, as SQLite does.
func postgresDDL(text string) string {
	return ddlWords.ReplaceAllStringFunc(text, func(w string) string {
		switch w {
		case "INTEGER":
			return "BIGINT"
		case "BLOB":
			return "BYTEA"
		case "TEXT":
			return `TEXT COLLATE "C"`
		}
		return ""
	})
}

// compareSchema says whether this program knows the schema it found.
func (d *dialect) compareSchema(found int) error {
	newest := newestMigration(d.engine)
	switch {
	case found > newest:
		return fmt.Errorf("%w: it has number %d, this program knows %d", store.ErrNewer, found, newest)
	case found < newest:
		return fmt.Errorf("%w: schema number %d, this program needs %d: open it for writing once", store.ErrConflict, found, newest)
	}
	return nil
}
