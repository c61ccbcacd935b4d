package sqlstore

import (
	"database/sql"
	"fmt"
	"strings"

	"svod/internal/store"
)

// table maps a row struct to its columns once, for reading and for writing.
type table[T any] struct {
	name string
	cols []string // in the order of fields
	keys int      // how many leading columns are the primary key
	// fields returns pointers to the fields of a row: *string, *int64, *uint32
	// or *[]byte.
	fields func(*T) []any
}

// batchRows are the numbers of rows (or list members) for which statements are
// prepared; what is larger is cut, what is smaller is padded or cut again.
var batchRows = [...]int{512, 128, 32, 8, 1}

// maxParams keeps clear of SQLite's 32,766 parameters per statement.
const maxParams = 30000

func (t *table[T]) columns(alias string) string {
	return alias + strings.Join(t.cols, ", "+alias)
}

func (t *table[T]) args(into []any, row *T) []any {
	for _, p := range t.fields(row) {
		switch v := p.(type) {
		case *string:
			into = append(into, *v)
		case *int64:
			into = append(into, *v)
		case *uint32:
			into = append(into, int64(*v))
		case *[]byte:
			into = append(into, *v)
		}
	}
	return into
}

// scan reads the current row.
func (t *table[T]) scan(rows *sql.Rows) (T, error) {
	var row T
	fields := t.fields(&row)
	if err := rows.Scan(fields...); err != nil {
		return row, err
	}
	for _, p := range fields {
		if b, ok := p.(*[]byte); ok && len(*b) == 0 {
			*b = nil
		}
	}
	return row, nil
}

// list runs SELECT … FROM table <tail>.
func list[T any](t *tx, tab *table[T], tail string, args ...any) ([]T, error) {
	var out []T
	err := t.query("SELECT "+tab.columns("")+" FROM "+tab.name+" "+tail, args, func(rows *sql.Rows) error {
		row, err := tab.scan(rows)
		out = append(out, row)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// one is list for exactly one row. ErrNotFound.
func one[T any](t *tx, tab *table[T], tail string, args ...any) (T, error) {
	rows, err := list(t, tab, tail, args...)
	if err == nil && len(rows) == 0 {
		err = store.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return rows[0], nil
}

// insert adds rows, many per statement.
func insert[T any](t *tx, tab *table[T], rows []T) error {
	return writeRows(t, "INSERT INTO "+tab.name+" ("+tab.columns("")+") VALUES ", tab.placeholders(), "", t.s.db.dialect.insertRows, len(rows),
		func(args []any, i int) []any { return tab.args(args, &rows[i]) })
}

// put inserts rows or replaces those with the same key.
func put[T any](t *tx, tab *table[T], rows []T) error {
	var set []string
	for _, c := range tab.cols[tab.keys:] {
		set = append(set, c+" = excluded."+c)
	}
	tail := " ON CONFLICT (" + strings.Join(tab.cols[:tab.keys], ", ") + ") DO UPDATE SET " + strings.Join(set, ", ")
	rows = lastOfKey(tab, rows)
	return writeRows(t, "INSERT INTO "+tab.name+" ("+tab.columns("")+") VALUES ", tab.placeholders(), tail, t.s.db.dialect.insertRows, len(rows),
		func(args []any, i int) []any { return tab.args(args, &rows[i]) })
}

// update sets all columns from the named one on, for the row with the first
// column's value. ErrNotFound.
func update[T any](t *tx, tab *table[T], row T, cols ...string) error {
	args := tab.args(nil, &row)
	byName := map[string]any{}
	for i, c := range tab.cols {
		byName[c] = args[i]
	}
	var set []string
	var values []any
	for _, c := range cols {
		set = append(set, c+" = ?")
		values = append(values, byName[c])
	}
	q := "UPDATE " + tab.name + " SET " + strings.Join(set, ", ") + " WHERE " + tab.cols[0] + " = ?"
	return t.execOne(q, append(values, args[0])...)
}

func (t *table[T]) placeholders() string {
	return "(" + strings.TrimSuffix(strings.Repeat("?, ", len(t.cols)), ", ") + ")"
}

// lastOfKey drops rows that a later row of the same batch replaces: PostgreSQL
// refuses to touch a row twice in one statement.
func lastOfKey[T any](tab *table[T], rows []T) []T {
	if len(rows) < 2 {
		return rows
	}
	last := make(map[string]int, len(rows))
	keys := make([]string, len(rows))
	var b strings.Builder
	for i := range rows {
		b.Reset()
		for _, v := range tab.args(nil, &rows[i])[:tab.keys] {
			fmt.Fprintf(&b, "%v\x00", v)
		}
		keys[i] = b.String()
		last[keys[i]] = i
	}
	if len(last) == len(rows) {
		return rows
	}
	out := make([]T, 0, len(last))
	for i := range rows {
		if last[keys[i]] == i {
			out = append(out, rows[i])
		}
	}
	return out
}

// writeRows runs head + values for n rows + tail, with up to most rows at a time.
func writeRows(t *tx, head, row, tail string, most, n int, args func([]any, int) []any) error {
	if n == 0 {
		return nil
	}
	if err := t.usable(true); err != nil {
		return err
	}
	perRow := strings.Count(row, "?")
	for i := 0; i < n; {
		size := chunk(n-i, min(maxParams/perRow, most))
		st, err := t.s.batchStmt(t.ctx, batchKey{head, tail, size}, func() string {
			return head + repeatJoin(row, size) + tail
		})
		if err != nil {
			return t.failed(err)
		}
		values := make([]any, 0, size*perRow)
		for j := i; j < i+size; j++ {
			values = args(values, j)
		}
		if _, err := t.execStmt(st, values); err != nil {
			return err
		}
		i += size
	}
	return nil
}

// chunk is the largest prepared size that is neither above n nor above limit.
func chunk(n, limit int) int {
	for _, size := range batchRows {
		if size <= n && size <= limit {
			return size
		}
	}
	return 1
}

// padded is the smallest prepared size that holds n, or the largest there is.
func padded(n int) int {
	best := batchRows[0]
	for _, size := range batchRows {
		if size >= n {
			best = size
		}
	}
	return best
}

func repeatJoin(s string, n int) string {
	return strings.TrimSuffix(strings.Repeat(s+", ", n), ", ")
}

// listIn runs SELECT … FROM table WHERE column IN (…) <tail> for any number of
// values, in pieces: the caller sorts, and tail may only narrow further.
func listIn[T any, K any](t *tx, tab *table[T], column string, in []K, tail string, args ...any) ([]T, error) {
	var out []T
	head := "SELECT " + tab.columns("") + " FROM " + tab.name + " WHERE " + column + " IN ("
	err := inPieces(t, head, tail, in, args, func(rows *sql.Rows) error {
		row, err := tab.scan(rows)
		out = append(out, row)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// inPieces cuts a list into pieces that fit a statement; the last is padded with
// repetitions of its last member, which IN ignores.
func inPieces[K any](t *tx, head, tail string, in []K, args []any, each func(*sql.Rows) error) error {
	if err := t.usable(false); err != nil {
		return err
	}
	for len(in) > 0 {
		size := padded(len(in))
		piece := in[:min(size, len(in))]
		in = in[len(piece):]
		st, err := t.s.batchStmt(t.ctx, batchKey{head, tail, size}, func() string {
			return head + repeatJoin("?", size) + ")" + tail
		})
		if err != nil {
			return t.failed(err)
		}
		values := make([]any, 0, size+len(args))
		for i := range size {
			values = append(values, any(piece[min(i, len(piece)-1)]))
		}
		if err := t.queryStmt(st, append(values, args...), each); err != nil {
			return err
		}
	}
	return nil
}

// execIn is inPieces for writing statements.
func execIn[K any](t *tx, head, tail string, in []K, before, after []any) error {
	if err := t.usable(true); err != nil {
		return err
	}
	for len(in) > 0 {
		size := padded(len(in))
		piece := in[:min(size, len(in))]
		in = in[len(piece):]
		st, err := t.s.batchStmt(t.ctx, batchKey{head, tail, size}, func() string {
			return head + repeatJoin("?", size) + ")" + tail
		})
		if err != nil {
			return t.failed(err)
		}
		values := append(make([]any, 0, size+len(before)+len(after)), before...)
		for i := range size {
			values = append(values, any(piece[min(i, len(piece)-1)]))
		}
		if _, err := t.execStmt(st, append(values, after...)); err != nil {
			return err
		}
	}
	return nil
}

// listKeys reads the rows whose leading columns equal one of the keys. kinds
// holds TEXT or BIGINT for each column: PostgreSQL cannot guess the type of a
// parameter in VALUES. The last piece is padded with NULLs, which equal nothing.
func listKeys[T any](t *tx, tab *table[T], kinds []string, keys [][]any) ([]T, error) {
	if err := t.usable(false); err != nil {
		return nil, err
	}
	row, on := keyJoin(tab.cols, kinds)
	head := "SELECT " + tab.columns("t.") + " FROM (VALUES "
	tail := ") AS w CROSS JOIN " + tab.name + " AS t WHERE " + on
	var out []T
	for len(keys) > 0 {
		size := padded(len(keys))
		piece := keys[:min(size, len(keys))]
		keys = keys[len(piece):]
		st, err := t.s.batchStmt(t.ctx, batchKey{head, tail, size}, func() string {
			return head + repeatJoin(row, size) + tail
		})
		if err != nil {
			return nil, t.failed(err)
		}
		values := make([]any, 0, size*len(kinds))
		for i := range size {
			for j := range kinds {
				if i < len(piece) {
					values = append(values, piece[i][j])
				} else {
					values = append(values, nil)
				}
			}
		}
		err = t.queryStmt(st, values, func(rows *sql.Rows) error {
			r, err := tab.scan(rows)
			out = append(out, r)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keyJoin builds one VALUES row and the condition that joins it. CROSS JOIN
// keeps SQLite from scanning the table first.
func keyJoin(cols, kinds []string) (row, on string) {
	var casts, conds []string
	for i, kind := range kinds {
		casts = append(casts, "CAST(? AS "+kind+")")
		conds = append(conds, fmt.Sprintf("t.%s = w.column%d", cols[i], i+1))
	}
	return "(" + strings.Join(casts, ", ") + ")", strings.Join(conds, " AND ")
}

// inOrder returns rows in the order of ids, skipping what is missing.
func inOrder[T any, K comparable](rows []T, ids []K, id func(*T) K) []T {
	byID := make(map[K]int, len(rows))
	for i := range rows {
		byID[id(&rows[i])] = i
	}
	var out []T
	for _, k := range ids {
		if i, ok := byID[k]; ok {
			out = append(out, rows[i])
		}
	}
	return out
}
