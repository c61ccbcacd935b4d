package ledger

import (
	"golang.org/x/mod/sumdb/tlog"
)

// HashReader reads stored hashes. Indexes are those of Appender.Hashes; the
// answer has one hash per index, in the same order, or an error. Indexes come in
// increasing order and at most about 130 of them.
type HashReader interface {
	ReadHashes(indexes []int64) ([]Hash, error)
}

// HashReaderFunc makes a function a HashReader.
type HashReaderFunc func(indexes []int64) ([]Hash, error)

// ReadHashes calls f.
func (f HashReaderFunc) ReadHashes(indexes []int64) ([]Hash, error) { return f(indexes) }

// HashStore is a HashReader to which hashes can be added: hashes are stored
// under first, first+1, … and never change.
type HashStore interface {
	HashReader
	AppendHashes(first int64, hashes []Hash) error
}

// StoredCount is how many hashes are stored for a log of size entries, and so
// the index of the next one (just under two per entry).
func StoredCount(size int64) int64 { return tlog.StoredHashCount(max(size, 0)) }

// Root is the root hash of the first size entries. It reads at most 64 hashes,
// at once. Errors: ErrRange, ErrStored, those of the reader.
func Root(size int64, r HashReader) (Hash, error) {
	if size < 0 {
		return Hash{}, ErrRange
	}
	return tlog.TreeHash(size, exact{r})
}

// Append gives the hashes to store at StoredCount(n) for one entry at place n.
// For more than one entry use an Appender, which reads only once. Errors:
// ErrEntry, ErrStored, those of the reader.
func Append(n int64, entry Entry, r HashReader) ([]Hash, error) {
	entry.N = n
	text, err := entry.Encode()
	if err != nil {
		return nil, err
	}
	return tlog.StoredHashes(n, text, exact{r})
}

// exact turns a wrong number of hashes into ErrStored.
type exact struct{ r HashReader }

func (e exact) ReadHashes(indexes []int64) ([]Hash, error) {
	if len(indexes) == 0 {
		return nil, nil
	}
	hashes, err := e.r.ReadHashes(indexes)
	if err != nil {
		return nil, err
	}
	if len(hashes) != len(indexes) {
		return nil, ErrStored
	}
	return hashes, nil
}

// Appender computes what to store for many entries. It reads the right edge of
// the tree once, at most 64 hashes, and from then on works in memory. Not safe
// for concurrent use; lives no longer than one transaction.
type Appender struct {
	size  int64
	first int64          // index of new[0]
	new   []Hash         // hashes to store, in order
	edge  map[int64]Hash // by index: roots of the complete subtrees that were stored
}

// NewAppender starts at size entries already stored. Errors: ErrRange,
// ErrStored, those of the reader.
func NewAppender(size int64, r HashReader) (*Appender, error) {
	if size < 0 {
		return nil, ErrRange
	}
	a := &Appender{size: size, first: StoredCount(size), edge: make(map[int64]Hash)}
	_, err := tlog.TreeHash(size, HashReaderFunc(func(indexes []int64) ([]Hash, error) {
		hashes, err := exact{r}.ReadHashes(indexes)
		for i, h := range hashes {
			a.edge[indexes[i]] = h
		}
		return hashes, err
	}))
	if err != nil {
		return nil, err
	}
	return a, nil
}

// Add appends an entry: it sets N and returns the entry, its canonical text
// (store it) and its leaf hash. Errors: ErrEntry, after which the Appender is as
// before.
func (a *Appender) Add(entry Entry) (Entry, []byte, Hash, error) {
	entry.N = a.size
	text, err := entry.Encode()
	if err != nil {
		return Entry{}, nil, Hash{}, err
	}
	leaf := LeafHash(text)
	hashes, err := tlog.StoredHashesForRecordHash(a.size, leaf, a)
	if err != nil {
		return Entry{}, nil, Hash{}, err
	}
	a.new = append(a.new, hashes...)
	a.size++
	return entry, text, leaf, nil
}

// Hashes are the hashes to store and the index of the first; they belong at
// first, first+1, … The slice stays valid until the next Add.
func (a *Appender) Hashes() (first int64, hashes []Hash) { return a.first, a.new }

// Size is the number of entries, those added included.
func (a *Appender) Size() int64 { return a.size }

// Root is the root hash over all Size entries. Errors: ErrStored.
func (a *Appender) Root() (Hash, error) { return tlog.TreeHash(a.size, a) }

// ReadHashes makes the Appender a HashReader over the hashes it knows, which are
// all that appending and Root can need.
func (a *Appender) ReadHashes(indexes []int64) ([]Hash, error) {
	hashes := make([]Hash, len(indexes))
	for i, index := range indexes {
		if index >= a.first && index-a.first < int64(len(a.new)) {
			hashes[i] = a.new[index-a.first]
			continue
		}
		h, ok := a.edge[index]
		if !ok {
			return nil, ErrStored
		}
		hashes[i] = h
	}
	return hashes, nil
}
