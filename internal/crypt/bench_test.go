package crypt

import (
	"io"
	"testing"
)

func BenchmarkSealValue2K(b *testing.B) {
	key, plain := NewRecordKey(), make([]byte, 2000)
	b.SetBytes(int64(len(plain)))
	for b.Loop() {
		SealValue(key, "person", "0193b0c8-8f0e-7c3a-9a51-2f6f5a0d7e11", "note", 1, plain)
	}
}

func BenchmarkOpenValue2K(b *testing.B) {
	key, plain := NewRecordKey(), make([]byte, 2000)
	sealed := SealValue(key, "person", "r", "note", 1, plain)
	b.SetBytes(int64(len(plain)))
	for b.Loop() {
		if _, err := OpenValue(key, "person", "r", "note", 1, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrapRecordKey(b *testing.B) {
	circle, key := DeriveCircle(must(NewIdentity()), "c", 1), NewRecordKey()
	for b.Loop() {
		WrapRecordKey(circle, "r", 1, key)
	}
}

func BenchmarkUnwrapRecordKey(b *testing.B) {
	circle := DeriveCircle(must(NewIdentity()), "c", 1)
	wrapped := WrapRecordKey(circle, "r", 1, NewRecordKey())
	for b.Loop() {
		if _, err := UnwrapRecordKey(circle, "r", 1, wrapped); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkToken(b *testing.B) {
	circle := DeriveCircle(must(NewIdentity()), "c", 1)
	for b.Loop() {
		circle.Token("задержа")
	}
}

func BenchmarkDeriveCircle(b *testing.B) {
	id := must(NewIdentity())
	for b.Loop() {
		DeriveCircle(id, "c", 1)
	}
}

func BenchmarkWrap(b *testing.B) {
	id := must(NewIdentity())
	recipient, plain := id.Recipient(), make([]byte, 100)
	for b.Loop() {
		if _, err := Wrap([]string{recipient}, plain); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnwrap(b *testing.B) {
	id := must(NewIdentity())
	data := must(Wrap([]string{id.Recipient()}, make([]byte, 100)))
	for b.Loop() {
		if _, err := Unwrap(id, data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSealFile16M(b *testing.B) {
	recipients := []string{must(NewIdentity()).Recipient()}
	plain := make([]byte, 16<<20)
	b.SetBytes(int64(len(plain)))
	for b.Loop() {
		w, err := SealFile(io.Discard, recipients)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := w.Write(plain); err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
