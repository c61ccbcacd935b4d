package stats

import (
	"math/bits"
	"strings"

	"svod/internal/core"
)

// Limits of a table.
const (
	MinLists = 2
	MaxLists = 12
	MaxTotal = 1 << 40 // people in all lists together
)

// A Cell is one capture history with the number of people who have it. History
// has one '0' or '1' per list, in the order of the lists.
type Cell struct {
	History string `json:"history"`
	Count   int64  `json:"count"`
}

// A Table counts people by capture history: which lists name them and which do
// not. It never holds names of people. Build it with [NewTable] or one of the
// functions that read rows; it does not change afterwards.
type Table struct {
	// Lists are the names of the lists, MinLists to MaxLists of them, distinct
	// and not empty.
	Lists []string
	// Stratum names the part of the population this table counts; "" for all.
	Stratum string

	// counts has 1<<len(Lists) elements; bit i of the index says whether list i
	// names the person. counts[0], the people on no list, is always 0: it is
	// what the package estimates.
	counts []int64
}

// NewTable builds a table. Histories may repeat and come in any order; those
// that are absent count as 0. The errors say which cell is wrong: a history of the
// wrong length or with other signs than 0 and 1, a negative count, people on no list.
func NewTable(lists []string, cells []Cell) (*Table, error) {
	t, err := emptyTable(lists, "")
	if err != nil {
		return nil, err
	}
	for i, c := range cells {
		mask, err := readHistory(c.History, len(lists))
		if err != nil {
			return nil, err.AtCell(i+1, 0)
		}
		if err := t.add(mask, c.Count); err != nil {
			return nil, err.AtCell(i+1, 0)
		}
	}
	if t.Observed() == 0 {
		return nil, core.Invalid(errNoRows)
	}
	return t, nil
}

func emptyTable(lists []string, stratum string) (*Table, error) {
	if len(lists) < MinLists {
		return nil, core.Invalid(errNoLists, "count", len(lists))
	}
	if len(lists) > MaxLists {
		return nil, core.Invalid(errManyLists, "count", len(lists), "limit", MaxLists)
	}
	seen := map[string]bool{}
	names := make([]string, len(lists))
	for i, l := range lists {
		names[i] = strings.TrimSpace(l)
		if names[i] == "" || seen[names[i]] {
			return nil, core.Invalid(errListName, "list", names[i], "number", i+1)
		}
		seen[names[i]] = true
	}
	return &Table{Lists: names, Stratum: stratum, counts: make([]int64, 1<<len(lists))}, nil
}

func readHistory(s string, lists int) (int, *core.Error) {
	if len(s) != lists {
		return 0, core.Invalid(errHistory, "value", s, "want", lists)
	}
	mask := 0
	for i := range lists {
		switch s[i] {
		case '1':
			mask |= 1 << i
		case '0':
		default:
			return 0, core.Invalid(errHistory, "value", s, "want", lists)
		}
	}
	return mask, nil
}

func (t *Table) add(mask int, n int64) *core.Error {
	switch {
	case n < 0:
		return core.Invalid(errCount, "value", n)
	case mask == 0 && n > 0:
		return core.Invalid(errUnseen)
	case n > MaxTotal || t.Observed() > MaxTotal-n:
		return core.Invalid(errTooLarge)
	}
	t.counts[mask] += n
	return nil
}

// Observed is the number of people on at least one list.
func (t *Table) Observed() int64 {
	var n int64
	for _, c := range t.counts {
		n += c
	}
	return n
}

// Cells lists the histories that occur: first those of one list, then of two,
// and so on, each group in the order of the lists.
func (t *Table) Cells() []Cell {
	var out []Cell
	for _, mask := range masksBySize(len(t.Lists)) {
		if n := t.counts[mask]; n > 0 {
			out = append(out, Cell{History: t.history(mask), Count: n})
		}
	}
	return out
}

// masksBySize are the masks of j lists without the empty one: by number of
// lists, then by value.
func masksBySize(j int) []int {
	out := make([]int, 0, 1<<j)
	for size := 1; size <= j; size++ {
		for mask := 1; mask < 1<<j; mask++ {
			if bits.OnesCount(uint(mask)) == size {
				out = append(out, mask)
			}
		}
	}
	return out
}

func (t *Table) history(mask int) string {
	b := make([]byte, len(t.Lists))
	for i := range b {
		b[i] = '0' + byte(mask>>i&1)
	}
	return string(b)
}

// Overlap counts people by pairs of lists: element [i][k] is the number on both
// i and k, whatever other list names them; [i][i] is the size of list i.
func (t *Table) Overlap() [][]int64 {
	j := len(t.Lists)
	out := make([][]int64, j)
	for i := range out {
		out[i] = make([]int64, j)
	}
	for mask, n := range t.counts {
		for i := range j {
			for k := range j {
				if mask>>i&1 == 1 && mask>>k&1 == 1 {
					out[i][k] += n
				}
			}
		}
	}
	return out
}

// Captures counts people by the number of lists that name them: element i is
// the number on exactly i lists; element 0 is 0.
func (t *Table) Captures() []int64 {
	out := make([]int64, len(t.Lists)+1)
	for mask, n := range t.counts {
		out[bits.OnesCount(uint(mask))] += n
	}
	return out
}

// values are the counts as floats, by mask.
func (t *Table) values() []float64 {
	y := make([]float64, len(t.counts))
	for i, n := range t.counts {
		y[i] = float64(n)
	}
	return y
}

// without is the table of the people on list drop, by the other lists, and
// their number. People whom no other list names are the unseen of that table.
func (t *Table) without(drop int) (*Table, int64) {
	j := len(t.Lists)
	out := &Table{Stratum: t.Stratum, counts: make([]int64, 1<<(j-1))}
	for i, l := range t.Lists {
		if i != drop {
			out.Lists = append(out.Lists, l)
		}
	}
	low := 1<<drop - 1
	var size int64
	for mask, n := range t.counts {
		if mask>>drop&1 == 0 {
			continue
		}
		size += n
		if rest := mask&low | mask>>1&^low; rest != 0 {
			out.counts[rest] += n
		}
	}
	return out, size
}

// Sum adds tables of the same lists (strata) into one, without a stratum name.
func Sum(tables []*Table) (*Table, error) {
	if len(tables) == 0 {
		return nil, core.Invalid(errNoRows)
	}
	out, err := emptyTable(tables[0].Lists, "")
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if strings.Join(t.Lists, "\x00") != strings.Join(out.Lists, "\x00") {
			return nil, core.Invalid(errColumn, "value", strings.Join(t.Lists, ", "))
		}
		for mask, n := range t.counts {
			if err := out.add(mask, n); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Notes says what is odd about the table without making it wrong: lists that
// name nobody, lists that share nobody with another.
func (t *Table) Notes() []Message {
	var out []Message
	over := t.Overlap()
	for i, l := range t.Lists {
		var shared int64
		for k := range t.Lists {
			if k != i {
				shared += over[i][k]
			}
		}
		switch {
		case over[i][i] == 0:
			out = append(out, Message{noteEmptyList, []any{"list", l}})
		case shared == 0:
			out = append(out, Message{noteAlone, []any{"list", l}})
		}
	}
	return out
}

// Check refuses tables from which no family can estimate: fewer than three
// lists that name somebody, or nobody on two lists. The error is a refusal.
func (t *Table) Check() error {
	used := 0
	over := t.Overlap()
	for i := range t.Lists {
		if over[i][i] > 0 {
			used++
		}
	}
	if used < 3 {
		return refuse(RefuseFewLists, "count", used)
	}
	if c := t.Captures(); t.Observed() == c[1] {
		return refuse(RefuseNoOverlap)
	}
	return nil
}
