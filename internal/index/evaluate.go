package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// Evaluate answers a plan inside a scope. The scope is intersected last,
// whatever the plan says; NOT means "the rest of the scope". Withdrawn records
// take part only when the plan asks for them.
func Evaluate(ctx context.Context, p Plan, scope Scope, chunks Chunks) (Result, error) {
	universe := scope.live
	if p.Withdrawn {
		universe = scope.all
	}
	if universe == nil || universe.IsEmpty() {
		return Result{}, nil
	}
	e := evaluator{ctx: ctx, chunks: chunks, universe: universe}
	found, err := e.node(p.Root)
	if err != nil {
		return Result{}, err
	}
	return Result{bits: roaring.And(found, universe)}, nil
}

type evaluator struct {
	ctx      context.Context
	chunks   Chunks
	universe *roaring.Bitmap
}

// node returns a set that may be shared and must not be changed; it may hold
// records outside the scope.
func (e *evaluator) node(n Node) (*roaring.Bitmap, error) {
	switch n.Op {
	case NodeAll:
		return e.universe, nil
	case NodeNone:
		return roaring.New(), nil
	case NodeAnd:
		return e.all(n.Args)
	case NodeOr:
		return e.any(n.Args)
	case NodeNot:
		inner, err := e.node(n.Args[0])
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(e.universe, inner), nil
	case NodeText:
		return e.chunks.Text(e.ctx, n.Text)
	case NodeFacet:
		return e.chunks.Bitmap(e.ctx, n.Facet)
	case NodeRange:
		return e.chunks.Range(e.ctx, n.Range.Field, n.Range.From, n.Range.To)
	}
	return e.dates(n.Dates)
}

func (e *evaluator) all(args []Node) (*roaring.Bitmap, error) {
	out := e.universe.Clone()
	for _, a := range args {
		b, err := e.node(a)
		if err != nil {
			return nil, err
		}
		out.And(b)
		if out.IsEmpty() {
			break
		}
	}
	return out, nil
}

func (e *evaluator) any(args []Node) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, 0, len(args))
	for _, a := range args {
		b, err := e.node(a)
		if err != nil {
			return nil, err
		}
		sets = append(sets, b)
	}
	return roaring.FastOr(sets...), nil
}

// dates finds the dates whose span meets the range: those counted under a
// bucket inside it, and imprecise ones that begin before its end and end after
// its beginning.
func (e *evaluator) dates(r DateRange) (*roaring.Bitmap, error) {
	values, err := e.chunks.Values(e.ctx, r.Field)
	if err != nil {
		return nil, err
	}
	var sets []*roaring.Bitmap
	for _, bucket := range coveringBuckets(values, r.From, r.To) {
		b, err := e.chunks.Bitmap(e.ctx, FacetKey{r.Field, bucket})
		if err != nil {
			return nil, err
		}
		sets = append(sets, b)
	}
	begins, err := e.chunks.Range(e.ctx, r.Field+SpanFirst, nil, IntSortKey(int64(r.To.Days())+1))
	if err != nil {
		return nil, err
	}
	ends, err := e.chunks.Range(e.ctx, r.Field+SpanLast, IntSortKey(int64(r.From.Days())), nil)
	if err != nil {
		return nil, err
	}
	return roaring.FastOr(append(sets, roaring.And(begins, ends))...), nil
}
