package ledger

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Difference says where what is stored and what was recomputed part. First and
// Last bound the entries among which the change lies; they are equal when it is
// one entry. It matches ErrStored or ErrFork with errors.Is.
type Difference struct {
	First, Last int64
	Level       int   // 0: the entry itself; above: only stored inner hashes of the tree
	cause       error // ErrStored, or ErrFork for a checkpoint
}

// Error names the entries by number.
func (d *Difference) Error() string {
	if d.First == d.Last {
		return fmt.Sprintf("%v: entry %d", d.cause, d.First)
	}
	return fmt.Sprintf("%v: entries %d to %d", d.cause, d.First, d.Last)
}

// Unwrap gives ErrStored or ErrFork.
func (d *Difference) Unwrap() error { return d.cause }

// Verifier recomputes a log from its entries in order, in constant memory (at
// most 64 hashes). Add every entry from 0 on and, whenever Size reaches the size
// of a checkpoint, call Check with it. The zero Verifier is ready. Not safe for
// concurrent use.
type Verifier struct {
	size  int64
	edge  []Hash // roots of the complete subtrees, largest first
	known int64  // size at the last checkpoint that agreed
	first *Difference
}

// Add takes the next entry's leaf hash, as recomputed from its content, and the
// hashes stored with it (those at indexes StoredCount(n) up to StoredCount(n+1)),
// or nil to skip the comparison. It answers with a *Difference when they are not
// the ones computed, and goes on with the computed ones, so that later entries
// can still be checked.
func (v *Verifier) Add(leaf Hash, stored []Hash) error {
	n := v.size
	computed := []Hash{leaf}
	h := leaf
	for i := n; i&1 != 0; i >>= 1 {
		h = tlog.NodeHash(v.edge[len(v.edge)-1], h)
		v.edge = v.edge[:len(v.edge)-1]
		computed = append(computed, h)
	}
	v.edge = append(v.edge, h)
	v.size++
	if stored == nil {
		return nil
	}
	for level, want := range computed {
		if level >= len(stored) || stored[level] != want {
			return v.note(&Difference{First: n, Last: n, Level: level, cause: ErrStored})
		}
	}
	if len(stored) > len(computed) {
		return v.note(&Difference{First: n, Last: n, Level: len(computed), cause: ErrStored})
	}
	return nil
}

// Check compares the log so far with a checkpoint of this size. When they
// differ, the *Difference spans the entries after the last checkpoint that
// agreed. Errors: ErrRange when c.Size is not Size.
func (v *Verifier) Check(c Checkpoint) error {
	if c.Size != v.size {
		return ErrRange
	}
	if c.Root == v.Root() {
		v.known = v.size
		return nil
	}
	return v.note(&Difference{First: v.known, Last: max(v.size-1, v.known), cause: ErrFork})
}

// Size is the number of entries taken.
func (v *Verifier) Size() int64 { return v.size }

// First is the first difference met, or nil.
func (v *Verifier) First() *Difference { return v.first }

// Root is the root hash of the entries taken.
func (v *Verifier) Root() Hash {
	if len(v.edge) == 0 {
		empty, _ := tlog.TreeHash(0, nil) // reads nothing for an empty tree
		return empty
	}
	h := v.edge[len(v.edge)-1]
	for i := len(v.edge) - 2; i >= 0; i-- {
		h = tlog.NodeHash(v.edge[i], h)
	}
	return h
}

func (v *Verifier) note(d *Difference) error {
	if v.first == nil {
		v.first = d
	}
	return d
}
