package index

import (
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// ChunkSize is how many ordinals one stored chunk covers.
const ChunkSize = 1 << 16

// Chunk names one stored piece of a set: the ordinals from Number × ChunkSize.
type Chunk struct {
	Key    FacetKey
	Number uint32
}

// ChunkStore keeps chunks. Both methods take a whole batch, so that the store
// can do it in few statements.
type ChunkStore interface {
	// ReadChunks returns the blobs in the order asked; nil where there is none.
	ReadChunks(ctx context.Context, chunks []Chunk) ([][]byte, error)
	// WriteChunks replaces the blobs; an empty blob removes the chunk.
	WriteChunks(ctx context.Context, chunks []Chunk, blobs [][]byte) error
}

// Delta collects changes to sets over a batch of records and applies them with
// one read and one write per chunk that changes. The last word about a record
// and a key wins. The zero Delta is ready to use; it is not safe for concurrent
// use.
type Delta struct {
	changes map[Chunk]*change
}

type change struct{ add, remove *roaring.Bitmap }

// Add puts the record into the sets of the keys.
func (d *Delta) Add(ordinal uint32, keys ...FacetKey) {
	for _, k := range keys {
		c := d.change(k, ordinal)
		c.add.Add(ordinal)
		c.remove.Remove(ordinal)
	}
}

// Remove takes the record out of the sets of the keys.
func (d *Delta) Remove(ordinal uint32, keys ...FacetKey) {
	for _, k := range keys {
		c := d.change(k, ordinal)
		c.remove.Add(ordinal)
		c.add.Remove(ordinal)
	}
}

// Replace turns a record's keys from old into new; keys in both cost nothing.
// Both lists are sorted, as FacetsOf and SystemFacets return them.
func (d *Delta) Replace(ordinal uint32, old, new []FacetKey) {
	for _, k := range old {
		if _, kept := slices.BinarySearchFunc(new, k, compareKeys); !kept {
			d.Remove(ordinal, k)
		}
	}
	for _, k := range new {
		if _, had := slices.BinarySearchFunc(old, k, compareKeys); !had {
			d.Add(ordinal, k)
		}
	}
}

func (d *Delta) change(key FacetKey, ordinal uint32) *change {
	if d.changes == nil {
		d.changes = map[Chunk]*change{}
	}
	at := Chunk{key, ordinal / ChunkSize}
	c := d.changes[at]
	if c == nil {
		c = &change{roaring.New(), roaring.New()}
		d.changes[at] = c
	}
	return c
}

// IsEmpty reports whether there is nothing to apply.
func (d *Delta) IsEmpty() bool { return len(d.changes) == 0 }

// Chunks lists the chunks the delta touches, by field, value and number.
func (d *Delta) Chunks() []Chunk {
	out := make([]Chunk, 0, len(d.changes))
	for c := range d.changes {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Chunk) int {
		if c := compareKeys(a.Key, b.Key); c != 0 {
			return c
		}
		return int(int64(a.Number) - int64(b.Number))
	})
	return out
}

// Apply writes the changes and leaves the delta empty. On error nothing is
// known to be written: run it inside the transaction of the batch.
func (d *Delta) Apply(ctx context.Context, store ChunkStore) error {
	chunks := d.Chunks()
	if len(chunks) == 0 {
		return nil
	}
	blobs, err := store.ReadChunks(ctx, chunks)
	if err != nil {
		return err
	}
	if len(blobs) != len(chunks) {
		return fmt.Errorf("index: asked for %d chunks, got %d", len(chunks), len(blobs))
	}
	for i, c := range chunks {
		bits, err := DecodeChunk(blobs[i])
		if err != nil {
			return err
		}
		bits.Or(d.changes[c].add)
		bits.AndNot(d.changes[c].remove)
		if blobs[i], err = EncodeChunk(bits); err != nil {
			return err
		}
	}
	if err := store.WriteChunks(ctx, chunks, blobs); err != nil {
		return err
	}
	d.changes = nil
	return nil
}

// EncodeChunk serialises a set in the portable roaring format, run-length
// compressed where that is shorter. An empty set is an empty blob.
func EncodeChunk(bits *roaring.Bitmap) ([]byte, error) {
	if bits.IsEmpty() {
		return nil, nil
	}
	bits.RunOptimize()
	return bits.ToBytes()
}

// DecodeChunk reads a blob and checks it, since page encryption does not
// notice a changed bit. An empty blob is an empty set. The set does not share
// memory with the blob.
func DecodeChunk(blob []byte) (*roaring.Bitmap, error) {
	bits := roaring.New()
	if len(blob) == 0 {
		return bits, nil
	}
	if err := bits.UnmarshalBinary(blob); err != nil {
		return nil, fmt.Errorf("index: damaged chunk: %w", err)
	}
	if err := bits.Validate(); err != nil {
		return nil, fmt.Errorf("index: damaged chunk: %w", err)
	}
	return bits, nil
}

// JoinChunks makes one set of a key's chunks, in any order.
func JoinChunks(blobs [][]byte) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, blob := range blobs {
		bits, err := DecodeChunk(blob)
		if err != nil {
			return nil, err
		}
		out.Or(bits)
	}
	return out, nil
}
