package cli

import (
	"slices"
	"strconv"

	"svod/internal/core"
	"svod/internal/linkage"
)

// linkTable is the rows of all files under common columns.
type linkTable struct {
	columns  []linkage.Column
	rows     []linkage.Row
	ids      []string // of the rows, none twice
	files    []*linkFile
	counts   []int // rows of each file
	fileOf   []int // of each row
	headings map[string]bool
}

func newLinkTable() *linkTable { return &linkTable{headings: map[string]bool{}} }

// add puts the rows of a file below the others. Columns of one heading are one
// column; so are columns which say the same of a person under different headings
// in different files, such as surname and «фамилия».
func (t *linkTable) add(f *linkFile, columns []linkage.Column) error {
	for _, h := range f.header {
		t.headings[linkFold(h)] = true
	}
	at := t.places(columns)
	id := slices.IndexFunc(columns, func(c linkage.Column) bool { return c.Kind == linkage.KindID })
	seen := make(map[string]bool, len(f.rows))
	for i, cells := range f.rows {
		row := make(linkage.Row, len(t.columns))
		for k, cell := range cells {
			row[at[k]] = cell
		}
		name := strconv.Itoa(f.numbers[i])
		if id >= 0 {
			name = cells[id]
			if name == "" || seen[name] {
				return core.Invalid("cli.link_id", "file", f.name, "column", f.header[id]).AtCell(f.numbers[i], id+1)
			}
		}
		seen[name] = true
		t.rows, t.ids, t.fileOf = append(t.rows, row), append(t.ids, name), append(t.fileOf, len(t.files))
	}
	t.files, t.counts = append(t.files, f), append(t.counts, len(f.rows))
	f.rows = nil // they stand in the table now
	return nil
}

// ofPeople are the kinds of which a column stands for the same in any file.
var ofPeople = []linkage.Kind{linkage.KindID, linkage.KindList, linkage.KindName, linkage.KindGiven, linkage.KindFamily,
	linkage.KindPatronymic, linkage.KindSex, linkage.KindBirth}

// places finds or makes the column of the table for each column of a file.
func (t *linkTable) places(columns []linkage.Column) []int {
	at := make([]int, len(columns))
	taken := map[int]bool{}
	find := func(k int, fits func(have linkage.Column) bool) {
		if at[k] >= 0 {
			return
		}
		for i, have := range t.columns {
			if !taken[i] && fits(have) {
				at[k], taken[i] = i, true
				return
			}
		}
	}
	for k, c := range columns {
		at[k] = -1
		find(k, func(have linkage.Column) bool { return linkFold(have.Name) == linkFold(c.Name) })
	}
	for k, c := range columns {
		if slices.Contains(ofPeople, c.Kind) {
			find(k, func(have linkage.Column) bool { return have.Kind == c.Kind })
		}
		if at[k] < 0 {
			at[k] = len(t.columns)
			taken[at[k]] = true
			t.columns = append(t.columns, c)
		}
		if have := &t.columns[at[k]]; have.Kind == linkage.KindIgnore {
			have.Kind = c.Kind // the column was empty in the files before
		}
	}
	return at
}

// finish makes ids of several files differ and, unless the map names another
// list, takes each file for a list. A guessed list is not compared then.
func (t *linkTable) finish(mapped bool) {
	if len(t.files) < 2 {
		return
	}
	seen, twice := make(map[string]bool, len(t.ids)), false
	for _, id := range t.ids {
		twice = twice || seen[id]
		seen[id] = true
	}
	names := t.names()
	if twice {
		for i, id := range t.ids {
			t.ids[i] = names[t.fileOf[i]] + ":" + id
		}
	}
	list := slices.IndexFunc(t.columns, func(c linkage.Column) bool { return c.Kind == linkage.KindList })
	if list >= 0 && mapped {
		return
	}
	if list >= 0 {
		t.columns[list].Kind = linkage.KindIgnore
	}
	at := len(t.columns)
	t.columns = append(t.columns, linkage.Column{Kind: linkage.KindList})
	for i, row := range t.rows {
		row = append(row, make(linkage.Row, at+1-len(row))...)
		row[at] = names[t.fileOf[i]]
		t.rows[i] = row
	}
}

// names are what the files are called; those of one name get a number.
func (t *linkTable) names() []string {
	out := make([]string, len(t.files))
	for i, f := range t.files {
		out[i] = f.name
		for n := 2; slices.Contains(out[:i], out[i]); n++ {
			out[i] = f.name + " (" + strconv.Itoa(n) + ")"
		}
	}
	return out
}
