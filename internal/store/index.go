package store

// Bitmap is one chunk of the set of ordinals that have a value in a field.
type Bitmap struct {
	Field string
	Value string
	Chunk uint32 // ordinal / 65,536
	Bits  []byte // serialised bitmap, opaque here
}

// BitmapValue names a set.
type BitmapValue struct {
	Field string
	Value string
}

// BitmapKey names one chunk of a set.
type BitmapKey struct {
	Field string
	Value string
	Chunk uint32
}

// Bitmaps keeps the sets behind facets, scopes, states and filters. They are
// derived data. All lists are ordered by Field, Value, Chunk.
type Bitmaps interface {
	// PutBitmaps inserts or replaces chunks; one with empty Bits is removed.
	PutBitmaps([]Bitmap) error
	// BitmapChunks returns those of the named chunks that exist.
	BitmapChunks([]BitmapKey) ([]Bitmap, error)
	// BitmapSets returns all chunks of the named sets.
	BitmapSets([]BitmapValue) ([]Bitmap, error)
	// BitmapRange returns all chunks of a field's sets with
	// from <= Value < to; to "" has no upper end, so ("", "") is the whole field.
	BitmapRange(field, from, to string) ([]Bitmap, error)
	// BitmapValues returns the values of a field without their bits, within the
	// same bounds, ascending.
	BitmapValues(field, from, to string) ([]string, error)
}

// SortKey is where a record stands in the order of a field.
type SortKey struct {
	Field   string
	Ordinal uint32
	Key     []byte // compared byte by byte
}

// SortKeys keeps ordered keys: dates, numbers, collated names. They are derived
// data. The order is (Key, Ordinal).
type SortKeys interface {
	// PutSortKeys inserts or replaces by (Field, Ordinal).
	PutSortKeys([]SortKey) error
	// DeleteSortKeys removes the keys of the ordinals in a field, or in every
	// field when field is "".
	DeleteSortKeys(field string, ordinals []uint32) error
	// SortPage returns up to limit keys of a field that come after the given
	// position (nil: from the end it starts at), ascending, or descending when
	// desc is set. The position need not exist.
	SortPage(field string, after *SortKey, desc bool, limit int) ([]SortKey, error)
	// SortRange returns the ordinals with from <= Key < to, ascending by
	// ordinal; a nil bound is open.
	SortRange(field string, from, to []byte) ([]uint32, error)
	// SortKeysOf returns the keys that the ordinals have in a field, in the
	// order asked.
	SortKeysOf(field string, ordinals []uint32) ([]SortKey, error)
}
