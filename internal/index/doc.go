// Package index turns what people type into set algebra, and records into the
// keys that the algebra runs on. It is pure: it holds no state, opens nothing,
// and reads stored bitmaps only through the narrow Chunks interface.
//
// Reading goes Parse → Compile → Evaluate → Facets, Histogram, CrossTable, Sum:
//
//	q, err := index.Parse(`митинг* region:RU-MOW -form:picket start:2012-05..2012-06`)
//	plan, err := index.Compile(q, resolver, tokens)
//	scope, err := index.ScopeOf(ctx, actorScope, chunks)
//	result, err := index.Evaluate(ctx, plan, scope, chunks)
//
// Writing goes FacetsOf, SortKeysOf and TokensOf for each record, then a Delta
// that folds the facets of a whole batch into one read and one write per chunk.
//
// Every record is a dense ordinal (uint32). A facet (field, value) is a roaring
// bitmap over ordinals, stored in blobs of 65,536 ordinals each.
//
// What it promises: a Result can only be had from Evaluate, and Evaluate always
// intersects with a Scope, so no count, list or facet can leave the actor's
// circles. Counts are exact. Sealed fields give no facet and no sort key, and
// their tokens are marked so that the caller turns them into keyed hashes.
//
// What it never promises: ranking, and knowledge of who may see what. The scope
// arrives as a core.Scope that the kernel computed.
package index
