package ledger

import (
	"errors"
	"testing"
)

// run verifies a log as the kernel does: every entry with its stored hashes, and
// the checkpoints at their sizes.
func run(l *log, checkpoints ...Checkpoint) *Verifier {
	v := new(Verifier)
	check := func() {
		for _, c := range checkpoints {
			if c.Size == v.Size() {
				_ = v.Check(c) // kept in First
			}
		}
	}
	check()
	for n, text := range l.texts {
		_ = v.Add(LeafHash(text), l.store.hashes[StoredCount(int64(n)):StoredCount(int64(n)+1)])
		check()
	}
	return v
}

func TestVerifierAgrees(t *testing.T) {
	for _, size := range []int{0, 1, 2, 3, 4, 63, 64, 65, 1000} {
		l := newLog(t, size)
		var all []Checkpoint
		for n := range int64(size + 1) {
			all = append(all, l.checkpoint(n))
		}
		v := run(l, all...)
		if v.First() != nil || v.Size() != int64(size) || v.Root() != l.checkpoint(int64(size)).Root {
			t.Errorf("a log of %d: %v", size, v.First())
		}
		if len(v.edge) > 10 {
			t.Errorf("%d hashes held for %d entries", len(v.edge), size)
		}
	}
}

func TestVerifierNamesTheEntry(t *testing.T) {
	const size = 100
	for n := range size {
		l := newLog(t, size)
		e, err := ParseEntry(l.texts[n])
		if err != nil {
			t.Fatal(err)
		}
		e.Commit[31] ^= 1 // one bit of the record underneath changed
		if l.texts[n], err = e.Encode(); err != nil {
			t.Fatal(err)
		}
		d := run(l).First()
		if d == nil || d.First != int64(n) || d.Last != int64(n) || d.Level != 0 || !errors.Is(d, ErrStored) {
			t.Fatalf("entry %d altered: %v", n, d)
		}
	}
}

func TestVerifierFindsDamagedHashes(t *testing.T) {
	l := newLog(t, 64)
	for index := range l.store.hashes {
		l.store.hashes[index][0] ^= 1
		d := run(l).First()
		if d == nil || d.First != d.Last || index < int(StoredCount(d.First)) || index >= int(StoredCount(d.First+1)) {
			t.Fatalf("hash %d altered: %v", index, d)
		}
		l.store.hashes[index][0] ^= 1
	}
	v := new(Verifier)
	if err := v.Add(Hash{}, []Hash{{}, {}}); !errors.Is(err, ErrStored) {
		t.Errorf("a hash too many: %v", err)
	}
	if err := v.Add(Hash{}, []Hash{{}}); !errors.Is(err, ErrStored) {
		t.Errorf("a hash missing: %v", err)
	}
	if err := v.Add(Hash{}, nil); err != nil {
		t.Errorf("without stored hashes: %v", err)
	}
}

// TestVerifierNarrowsARewrite: whoever rewrites entries and all hashes after them
// is caught by checkpoints, between the last that agrees and the first that does not.
func TestVerifierNarrowsARewrite(t *testing.T) {
	honest := newLog(t, 100)
	var kept []Checkpoint
	for _, size := range []int64{0, 25, 50, 75, 100} {
		kept = append(kept, honest.checkpoint(size))
	}
	rewritten := newLog(t, 60)
	rewritten.grow(40, 99)
	d := run(rewritten, kept...).First()
	if d == nil || d.First != 50 || d.Last != 74 || !errors.Is(d, ErrFork) {
		t.Errorf("a rewrite from entry 60 on: %v", d)
	}
	v := new(Verifier)
	if err := v.Check(kept[1]); !errors.Is(err, ErrRange) {
		t.Errorf("a checkpoint of another size: %v", err)
	}
	wrongEmpty := Checkpoint{Origin: origin, Root: Hash{1}}
	if err := v.Check(wrongEmpty); !errors.Is(err, ErrFork) {
		t.Errorf("a wrong root of nothing: %v", err)
	}
}
