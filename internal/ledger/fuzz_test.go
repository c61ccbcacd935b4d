package ledger

import (
	"bytes"
	"testing"
)

// What parses must be what writing it gives: one meaning has one text.

func FuzzParseEntry(f *testing.F) {
	text, err := someEntry(1, 1).Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(bytes.Replace(text, []byte("version"), []byte("version "), 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ParseEntry(data)
		if err != nil {
			return
		}
		if again, err := e.Encode(); err != nil || !bytes.Equal(again, data) {
			t.Fatalf("%q encodes as %q, %v", data, again, err)
		}
	})
}

func FuzzOpenCheckpoint(f *testing.F) {
	l := newLog(f, 5)
	w := witness(f, "w.example", 2)
	text := cosign(f, w, l.signed(5))
	f.Add(text)
	f.Add(l.signed(5))
	f.Add([]byte(origin + "\n5\n\n— x AAAAAAAA\n"))
	logKey, want := signer(f, 1).VerifierKey(), l.checkpoint(5)
	f.Fuzz(func(t *testing.T, data []byte) {
		signed, err := OpenCheckpoint(data, logKey, w.VerifierKey())
		if err == nil && signed.Checkpoint != want {
			t.Fatalf("a checkpoint nobody signed: %+v", signed)
		}
		_, _ = AddSignatures(data, []byte("— x AAAAAAAA\n"))
	})
}

func FuzzParseProofs(f *testing.F) {
	l := newLog(f, 20)
	path, err := ProveInclusion(3, 20, &l.store)
	if err != nil {
		f.Fatal(err)
	}
	inclusion, err := Inclusion{Index: 3, Path: path, Extra: []byte("x"), Checkpoint: l.signed(20)}.Encode()
	if err != nil {
		f.Fatal(err)
	}
	consistency, err := Consistency{OldSize: 3, Path: path, Checkpoint: l.signed(20)}.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(inclusion)
	f.Add(consistency)
	key, old := signer(f, 1).VerifierKey(), l.checkpoint(3)
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := ParseInclusion(data); err == nil {
			if again, err := p.Encode(); err != nil || !bytes.Equal(again, data) {
				t.Fatalf("%q encodes as %q, %v", data, again, err)
			}
			if _, err := p.Verify(l.texts[3], key); err == nil && p.Index != 3 {
				t.Fatal("a proof of another place")
			}
		}
		if p, err := ParseConsistency(data); err == nil {
			if again, err := p.Encode(); err != nil || !bytes.Equal(again, data) {
				t.Fatalf("%q encodes as %q, %v", data, again, err)
			}
			_, _ = p.Verify(old, key)
		}
	})
}
