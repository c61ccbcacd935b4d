package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"svod/internal/core"
)

// Scope is the records an actor may see. Only ScopeOf makes a Scope that holds
// anything; the zero Scope holds nothing.
type Scope struct {
	live *roaring.Bitmap // active
	all  *roaring.Bitmap // active and withdrawn
}

// ScopeOf collects the records of the circles in scope: those that are active,
// and apart from them those that are withdrawn. Staged and erased records, and
// records whose state is not known, are in no Scope.
func ScopeOf(ctx context.Context, scope core.Scope, chunks Chunks) (Scope, error) {
	circles := make([]*roaring.Bitmap, 0, len(scope.Circles))
	for _, id := range scope.Circles {
		b, err := chunks.Bitmap(ctx, FacetKey{FieldCircle, string(id)})
		if err != nil {
			return Scope{}, err
		}
		circles = append(circles, b)
	}
	mine := roaring.FastOr(circles...)
	active, err := chunks.Bitmap(ctx, FacetKey{FieldState, string(core.Active)})
	if err != nil {
		return Scope{}, err
	}
	withdrawn, err := chunks.Bitmap(ctx, FacetKey{FieldState, string(core.Withdrawn)})
	if err != nil {
		return Scope{}, err
	}
	s := Scope{live: roaring.And(mine, active), all: roaring.And(mine, withdrawn)}
	s.all.Or(s.live)
	return s, nil
}

// Holds reports whether one record is in scope, withdrawn or not.
func (s Scope) Holds(ordinal uint32) bool { return s.all != nil && s.all.Contains(ordinal) }

// Everything is all active records in scope.
func (s Scope) Everything() Result {
	if s.live == nil {
		return Result{}
	}
	return Result{bits: s.live.Clone()}
}

// Result is a set of records inside a Scope. Only Evaluate, Scope.Everything
// and the narrowing methods make one; the zero Result is empty.
type Result struct{ bits *roaring.Bitmap }

func (r Result) set() *roaring.Bitmap {
	if r.bits == nil {
		return roaring.New()
	}
	return r.bits
}

// Count is the exact number of records.
func (r Result) Count() int { return int(r.set().GetCardinality()) }

// Holds reports whether the record is in the result.
func (r Result) Holds(ordinal uint32) bool { return r.set().Contains(ordinal) }

// Ordinals lists the records, ascending.
func (r Result) Ordinals() []uint32 { return r.set().ToArray() }

// Page lists up to limit records after the ordinal given, ascending, or
// descending before it. Start with first set.
func (r Result) Page(after uint32, first, desc bool, limit int) []uint32 {
	var out []uint32
	if desc {
		it := r.set().ReverseIterator()
		for it.HasNext() && len(out) < limit {
			if o := it.Next(); first || o < after {
				out = append(out, o)
			}
		}
		return out
	}
	it := r.set().Iterator()
	if !first {
		it.AdvanceIfNeeded(after)
	}
	for it.HasNext() && len(out) < limit {
		if o := it.Next(); first || o > after {
			out = append(out, o)
		}
	}
	return out
}

// Only keeps the records that are also in other, whatever else other holds.
func (r Result) Only(other *roaring.Bitmap) Result {
	return Result{bits: roaring.And(r.set(), other)}
}

// Without drops the records that are in other.
func (r Result) Without(other *roaring.Bitmap) Result {
	return Result{bits: roaring.AndNot(r.set(), other)}
}
