package ledger

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// memory is a HashStore in memory that counts reads.
type memory struct {
	hashes []Hash
	reads  int
}

func (m *memory) ReadHashes(indexes []int64) ([]Hash, error) {
	m.reads++
	out := make([]Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(m.hashes)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		if i > 0 && index <= indexes[i-1] && len(indexes) < 3 {
			return nil, fmt.Errorf("indexes not increasing: %v", indexes)
		}
		out[i] = m.hashes[index]
	}
	return out, nil
}

func (m *memory) AppendHashes(first int64, hashes []Hash) error {
	if first != int64(len(m.hashes)) {
		return fmt.Errorf("append at %d, have %d", first, len(m.hashes))
	}
	m.hashes = append(m.hashes, hashes...)
	return nil
}

var _ HashStore = (*memory)(nil)

// log is a ledger as the kernel keeps it: texts and hashes, written in batches.
type log struct {
	t     testing.TB
	store memory
	texts [][]byte
}

func newLog(t testing.TB, size int) *log {
	t.Helper()
	l := &log{t: t}
	l.grow(size, 1)
	return l
}

func (l *log) size() int64 { return int64(len(l.texts)) }

// grow appends n entries in one batch; seed makes logs differ.
func (l *log) grow(n int, seed uint64) {
	l.t.Helper()
	a, err := NewAppender(l.size(), &l.store)
	if err != nil {
		l.t.Fatal(err)
	}
	for range n {
		_, text, _, err := a.Add(someEntry(seed, a.Size()))
		if err != nil {
			l.t.Fatal(err)
		}
		l.texts = append(l.texts, text)
	}
	if err := l.store.AppendHashes(a.Hashes()); err != nil {
		l.t.Fatal(err)
	}
}

func (l *log) checkpoint(size int64) Checkpoint {
	l.t.Helper()
	root, err := Root(size, &l.store)
	if err != nil {
		l.t.Fatal(err)
	}
	return Checkpoint{Origin: origin, Size: size, Root: root}
}

func (l *log) signed(size int64) []byte {
	l.t.Helper()
	text, err := SignCheckpoint(signer(l.t, 1), size, l.checkpoint(size).Root)
	if err != nil {
		l.t.Fatal(err)
	}
	return text
}

const origin = "svod.example/ledger"

func signer(t testing.TB, seed byte) *Signer {
	t.Helper()
	s, err := NewSigner(origin, seedOf(seed))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func seedOf(n byte) (seed [32]byte) {
	for i := range seed {
		seed[i] = n
	}
	return seed
}

func someEntry(seed uint64, n int64) Entry {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	kinds := Kinds()
	e := Entry{
		At: 1_795_360_000_000_000 + n*1_000_003, Kind: kinds[r.IntN(len(kinds))],
		Actor: fmt.Sprintf("person-%d", r.IntN(20)), Subject: fmt.Sprintf("0193b0c8-8f0e-7c3a-9a51-%012x", r.Uint64()>>16),
		Version: r.IntN(9),
	}
	for i := range e.Commit {
		e.Commit[i] = byte(r.Uint32())
	}
	return e
}
