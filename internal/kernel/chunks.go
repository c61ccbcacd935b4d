package kernel

import (
	"context"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/store"
)

// chunkStore lets index.Delta read and write bitmap chunks in a transaction.
type chunkStore struct{ tx store.Bitmaps }

func (s chunkStore) ReadChunks(_ context.Context, chunks []index.Chunk) ([][]byte, error) {
	keys := make([]store.BitmapKey, len(chunks))
	for i, c := range chunks {
		keys[i] = store.BitmapKey{Field: c.Key.Field, Value: c.Key.Value, Chunk: c.Number}
	}
	rows, err := s.tx.BitmapChunks(keys)
	if err != nil {
		return nil, err
	}
	have := make(map[store.BitmapKey][]byte, len(rows))
	for _, r := range rows {
		have[store.BitmapKey{Field: r.Field, Value: r.Value, Chunk: r.Chunk}] = r.Bits
	}
	out := make([][]byte, len(keys))
	for i, key := range keys {
		out[i] = have[key]
	}
	return out, nil
}

func (s chunkStore) WriteChunks(_ context.Context, chunks []index.Chunk, blobs [][]byte) error {
	rows := make([]store.Bitmap, len(chunks))
	for i, c := range chunks {
		rows[i] = store.Bitmap{Field: c.Key.Field, Value: c.Key.Value, Chunk: c.Number, Bits: blobs[i]}
	}
	return s.tx.PutBitmaps(rows)
}

// chunkCache keeps decoded bitmaps of one data version. A committed write makes
// a new version and empties it: it can be stale never, only cold. Bitmaps in it
// are shared and must not be changed.
type chunkCache struct {
	mu      sync.Mutex
	version int64
	fields  map[string]*fieldChunks
	size    int
}

type fieldChunks struct {
	values []string
	sets   map[string]*roaring.Bitmap
}

// maxCached bounds the cache by the number of sets.
const maxCached = 20_000

func newChunkCache() *chunkCache { return &chunkCache{fields: map[string]*fieldChunks{}} }

func (c *chunkCache) at(version int64) {
	if c.version != version || c.size > maxCached {
		c.version, c.size = version, 0
		c.fields = map[string]*fieldChunks{}
	}
}

// chunks is index.Chunks inside one transaction. Whole fields are read at once:
// a facet needs all their values anyway, and one range read costs less than
// hundreds of point reads.
type chunks struct {
	v       *view
	version int64
}

// chunks opens the index as the transaction sees it.
func (v *view) chunks() (*chunks, error) {
	n, err := v.DataVersion()
	return &chunks{v: v, version: n}, err
}

var emptyBitmap = roaring.New()

// Bitmap implements index.Chunks.
func (c *chunks) Bitmap(_ context.Context, key index.FacetKey) (*roaring.Bitmap, error) {
	f, err := c.field(key.Field)
	if err != nil {
		return nil, err
	}
	if b := f.sets[key.Value]; b != nil {
		return b, nil
	}
	return emptyBitmap, nil
}

// Values implements index.Chunks.
func (c *chunks) Values(_ context.Context, field string) ([]string, error) {
	f, err := c.field(field)
	if err != nil {
		return nil, err
	}
	return f.values, nil
}

func (c *chunks) field(name string) (*fieldChunks, error) {
	cache := c.v.k.cache
	cache.mu.Lock()
	cache.at(c.version)
	f := cache.fields[name]
	cache.mu.Unlock()
	if f != nil {
		return f, nil
	}
	rows, err := c.v.BitmapRange(name, "", "")
	if err != nil {
		return nil, err
	}
	f = &fieldChunks{sets: map[string]*roaring.Bitmap{}}
	for i := 0; i < len(rows); {
		j := i
		var blobs [][]byte
		for ; j < len(rows) && rows[j].Value == rows[i].Value; j++ {
			blobs = append(blobs, rows[j].Bits)
		}
		bits, err := index.JoinChunks(blobs)
		if err != nil {
			return nil, &core.Error{Kind: core.KindUnavail, Key: "error.index_damaged", Err: err}
		}
		f.values = append(f.values, rows[i].Value)
		f.sets[rows[i].Value] = bits
		i = j
	}
	cache.mu.Lock()
	if cache.version == c.version {
		cache.fields[name] = f
		cache.size += len(f.values)
	}
	cache.mu.Unlock()
	return f, nil
}

// Text implements index.Chunks.
func (c *chunks) Text(_ context.Context, expr index.TextExpr) (*roaring.Bitmap, error) {
	ordinals, err := c.v.Match(storeExpr(expr))
	if err != nil {
		return nil, err
	}
	return roaring.BitmapOf(ordinals...), nil
}

// storeExpr translates a text expression into the store's.
func storeExpr(e index.TextExpr) store.Expr {
	switch e.Op {
	case index.TextTerm:
		return store.Term(e.Token)
	case index.TextPrefix:
		return store.Prefix(e.Token)
	case index.TextPhrase:
		return store.Phrase(e.Phrase)
	}
	args := make([]store.Expr, len(e.Args))
	for i, a := range e.Args {
		args[i] = storeExpr(a)
	}
	if e.Op == index.TextAny {
		return store.Or(args)
	}
	return store.And(args)
}

// Range implements index.Chunks.
func (c *chunks) Range(_ context.Context, field string, from, to []byte) (*roaring.Bitmap, error) {
	ordinals, err := c.v.SortRange(field, from, to)
	if err != nil {
		return nil, err
	}
	return roaring.BitmapOf(ordinals...), nil
}

// countIn is the number of records of a circle, home and shared.
func (v *view) countIn(circle core.ID) (int, error) {
	c, err := v.chunks()
	if err != nil {
		return 0, err
	}
	s, err := index.ScopeOf(v.ctx, core.Scope{Circles: []core.ID{circle}}, c)
	if err != nil {
		return 0, err
	}
	return s.Everything().Count(), nil
}
