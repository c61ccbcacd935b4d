package ledger

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

var witnessTime = time.Unix(1_795_400_000, 0).UTC()

func witness(t testing.TB, name string, seed byte) *Witness {
	t.Helper()
	w, err := NewWitness(name, seedOf(seed))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// cosign lets a witness sign without having seen anything before.
func cosign(t testing.TB, w *Witness, checkpoint []byte) []byte {
	t.Helper()
	line, _, err := w.Cosign(checkpoint, signer(t, 1).VerifierKey(), Checkpoint{}, nil, witnessTime)
	if err != nil {
		t.Fatal(err)
	}
	text, err := AddSignatures(checkpoint, line)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// makeVectors makes everything that TestVectors freezes and that has no
// randomness, out of a log of 1,000 entries.
func makeVectors(t *testing.T, l *log) vectors {
	t.Helper()
	w := witness(t, "witness.example/partner", 2)
	v := vectors{LogKey: signer(t, 1).VerifierKey(), WitnessKey: w.VerifierKey(), Checkpoint: string(l.signed(1000))}
	v.Cosigned = string(cosign(t, w, []byte(v.Checkpoint)))
	path, err := ProveInclusion(123, 1000, &l.store)
	if err != nil {
		t.Fatal(err)
	}
	inclusion, err := Inclusion{Index: 123, Path: path, Extra: []byte("extra"), Checkpoint: []byte(v.Cosigned)}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	path, err = ProveConsistency(777, 1000, &l.store)
	if err != nil {
		t.Fatal(err)
	}
	consistency, err := Consistency{OldSize: 777, Path: path, Checkpoint: []byte(v.Cosigned)}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	v.Inclusion, v.Consistency = string(inclusion), string(consistency)
	v.OldRoot = l.checkpoint(777).Root.String()
	return v
}

// TestAgainstTlog compares batches of random sizes with tlog's own one-by-one way.
func TestAgainstTlog(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		l := &log{t: t}
		var plain memory
		for l.size() < 300 {
			from := l.size()
			l.grow(random.IntN(60), 5)
			for n := from; n < l.size(); n++ {
				hashes, err := tlog.StoredHashes(n, l.texts[n], &plain)
				if err != nil {
					t.Fatal(err)
				}
				one, err := Append(n, someEntry(5, n), &plain)
				if err != nil || len(one) != len(hashes) || one[len(one)-1] != hashes[len(hashes)-1] {
					t.Fatalf("Append(%d) differs: %v", n, err)
				}
				if err := plain.AppendHashes(StoredCount(n), hashes); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(plain.hashes) != len(l.store.hashes) {
			t.Fatalf("%d hashes, tlog has %d", len(l.store.hashes), len(plain.hashes))
		}
		for i := range plain.hashes {
			if plain.hashes[i] != l.store.hashes[i] {
				t.Fatalf("hash %d differs", i)
			}
		}
	}
}

func TestAppenderReadsOnce(t *testing.T) {
	l := newLog(t, 12_345)
	l.store.reads = 0
	a, err := NewAppender(l.size(), &l.store)
	if err != nil {
		t.Fatal(err)
	}
	for range 2000 {
		if _, _, _, err := a.Add(someEntry(1, a.Size())); err != nil {
			t.Fatal(err)
		}
	}
	root, err := a.Root()
	if err != nil {
		t.Fatal(err)
	}
	if l.store.reads != 1 {
		t.Errorf("%d reads for one batch", l.store.reads)
	}
	before := a.Size()
	if _, _, _, err := a.Add(Entry{Kind: "no such kind"}); !errors.Is(err, ErrEntry) || a.Size() != before {
		t.Errorf("a refused entry: %v, size %d", err, a.Size())
	}
	l.grow(2000, 1)
	if want := l.checkpoint(l.size()).Root; root != want {
		t.Error("the Appender's root is not that of the stored hashes")
	}
}

func TestDamagedStoreIsAnError(t *testing.T) {
	short := HashReaderFunc(func(indexes []int64) ([]Hash, error) { return make([]Hash, len(indexes)-1), nil })
	broken := errors.New("the database is gone")
	failing := HashReaderFunc(func([]int64) ([]Hash, error) { return nil, broken })
	for name, call := range map[string]func(HashReader) error{
		"Root":             func(r HashReader) error { _, err := Root(13, r); return err },
		"Append":           func(r HashReader) error { _, err := Append(13, someEntry(1, 13), r); return err },
		"NewAppender":      func(r HashReader) error { _, err := NewAppender(13, r); return err },
		"ProveInclusion":   func(r HashReader) error { _, err := ProveInclusion(3, 13, r); return err },
		"ProveConsistency": func(r HashReader) error { _, err := ProveConsistency(3, 13, r); return err },
	} {
		if err := call(short); !errors.Is(err, ErrStored) {
			t.Errorf("%s with a hash missing: %v", name, err)
		}
		if err := call(failing); !errors.Is(err, broken) {
			t.Errorf("%s with a failing reader: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"Root":             second(Root(-1, short)),
		"NewAppender":      second(NewAppender(-1, short)),
		"ProveInclusion":   second(ProveInclusion(5, 5, short)),
		"ProveConsistency": second(ProveConsistency(6, 5, short)),
	} {
		if !errors.Is(err, ErrRange) {
			t.Errorf("%s out of range: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestInclusionProofs(t *testing.T) {
	l := newLog(t, 70)
	key := signer(t, 1).VerifierKey()
	for _, size := range []int64{1, 2, 3, 7, 8, 64, 65, 70} {
		for n := range size {
			path, err := ProveInclusion(n, size, &l.store)
			if err != nil {
				t.Fatal(err)
			}
			text, err := Inclusion{Index: n, Path: path, Checkpoint: l.signed(size)}.Encode()
			if err != nil {
				t.Fatal(err)
			}
			p, err := ParseInclusion(text)
			if err != nil {
				t.Fatal(err)
			}
			signed, err := p.Verify(l.texts[n], key)
			if err != nil || signed.Size != size {
				t.Fatalf("entry %d of %d: %v", n, size, err)
			}
			other := l.texts[(n+1)%l.size()]
			if _, err := p.Verify(other, key); !errors.Is(err, ErrProof) {
				t.Fatalf("another entry at %d of %d: %v", n, size, err)
			}
			if len(path) > 0 {
				bad := p
				bad.Path = append([]Hash(nil), path...)
				bad.Path[0][0] ^= 1
				if _, err := bad.Verify(l.texts[n], key); !errors.Is(err, ErrProof) {
					t.Fatalf("an altered path at %d of %d: %v", n, size, err)
				}
			}
		}
	}
	past := Checkpoint{Origin: origin, Size: 3}
	if err := CheckInclusion(past, 3, Hash{}, nil); !errors.Is(err, ErrRange) {
		t.Errorf("an index past the end: %v", err)
	}
}

func TestConsistencyProofs(t *testing.T) {
	l := newLog(t, 70)
	key := signer(t, 1).VerifierKey()
	for oldSize := int64(0); oldSize <= 70; oldSize++ {
		for _, size := range []int64{oldSize, oldSize + 1, 64, 70} {
			if size < oldSize || size > 70 {
				continue
			}
			path, err := ProveConsistency(oldSize, size, &l.store)
			if err != nil {
				t.Fatal(err)
			}
			text, err := Consistency{OldSize: oldSize, Path: path, Checkpoint: l.signed(size)}.Encode()
			if err != nil {
				t.Fatal(err)
			}
			p, err := ParseConsistency(text)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Verify(l.checkpoint(oldSize), key); err != nil {
				t.Fatalf("%d to %d: %v", oldSize, size, err)
			}
			if oldSize == 0 {
				continue
			}
			forged := l.checkpoint(oldSize)
			forged.Root[5] ^= 1
			if _, err := p.Verify(forged, key); !errors.Is(err, ErrProof) && !errors.Is(err, ErrFork) {
				t.Fatalf("%d to %d from another root: %v", oldSize, size, err)
			}
		}
	}
}

// TestForkAndRollback plays what a coerced server could do: go back, or rewrite
// an entry and everything after it, signed with the genuine key.
func TestForkAndRollback(t *testing.T) {
	honest := newLog(t, 40)
	kept := honest.checkpoint(40)
	honest.grow(20, 1)
	forked := newLog(t, 17)
	forked.grow(43, 99) // the same length, another history from entry 17 on
	key := signer(t, 1).VerifierKey()
	w := witness(t, "witness.example/partner", 2)

	path, err := ProveConsistency(40, 60, &honest.store)
	if err != nil {
		t.Fatal(err)
	}
	if _, seen, err := w.Cosign(honest.signed(60), key, kept, path, witnessTime); err != nil || seen != honest.checkpoint(60) {
		t.Fatalf("the honest log: %v", err)
	}
	forkPath, err := ProveConsistency(40, 60, &forked.store)
	if err != nil {
		t.Fatal(err)
	}
	otherLog, err := NewSigner("other.example/ledger", seedOf(1))
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := SignCheckpoint(otherLog, 60, honest.checkpoint(60).Root)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		checkpoint []byte
		path       []Hash
		want       error
	}{
		"rolled back":                  {honest.signed(39), nil, ErrRollback},
		"forked at the same size":      {forked.signed(40), nil, ErrFork},
		"forked and grown":             {forked.signed(60), forkPath, ErrProof},
		"forked, with the honest path": {forked.signed(60), path, ErrProof},
		"no path":                      {honest.signed(60), nil, ErrProof},
		"a path where none is due":     {honest.signed(40), path, ErrProof},
		"signed by another key":        {sign(t, 9, honest.checkpoint(60)), path, ErrSignature},
		"another log":                  {foreign, path, ErrSignature},
	} {
		line, _, err := w.Cosign(c.checkpoint, key, kept, c.path, witnessTime)
		if !errors.Is(err, c.want) || line != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if err := CheckConsistency(kept, Checkpoint{Origin: "x", Size: 60}, path); !errors.Is(err, ErrRange) {
		t.Errorf("checkpoints of two logs: %v", err)
	}
}

func sign(t *testing.T, seed byte, c Checkpoint) []byte {
	t.Helper()
	text, err := SignCheckpoint(signer(t, seed), c.Size, c.Root)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestProofTextRefuses(t *testing.T) {
	l := newLog(t, 20)
	path, err := ProveInclusion(3, 20, &l.store)
	if err != nil {
		t.Fatal(err)
	}
	good, err := Inclusion{Index: 3, Path: path, Extra: []byte("e"), Checkpoint: l.signed(20)}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]string{
		"another head": {"@v1", "@v2"}, "a leading zero": {"index 3", "index 03"}, "a negative index": {"index 3", "index -3"},
		"no index": {"index 3\n", ""}, "loose base64": {"extra ZQ==", "extra ZR=="}, "empty extra": {"extra ZQ==", "extra "},
		"short hash": {path[0].String(), path[0].String()[4:]}, "a word": {path[0].String(), "hash"}, "CRLF": {"\n", "\r\n"},
	} {
		bad := strings.Replace(string(good), c[0], c[1], 1)
		if bad == string(good) {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := ParseInclusion([]byte(bad)); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ParseInclusion(bytes.Repeat([]byte("x"), maxProof+1)); !errors.Is(err, ErrFormat) {
		t.Errorf("too long: %v", err)
	}
	if _, err := (Inclusion{Path: make([]Hash, maxPath+1), Checkpoint: []byte("x")}).Encode(); !errors.Is(err, ErrFormat) {
		t.Errorf("too many hashes: %v", err)
	}
	for _, bad := range []string{"", "old 1", "old 1\n\n", "old x\n\nc", "old 1\nhash\n\nc", "new 1\n\nc"} {
		if _, err := ParseConsistency([]byte(bad)); !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
