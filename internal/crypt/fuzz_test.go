package crypt

import (
	"bytes"
	"io"
	"testing"
)

// The fuzz targets share one property: whatever the bytes, no panic, and success
// only for the bytes that were sealed. Keys and sealed bytes are the frozen ones,
// because the workers of a fuzz run are processes of their own.

func FuzzOpenValue(f *testing.F) {
	v := readVectors(f)
	key, sealed := RecordKey{secret: hide([KeySize]byte(unhex(f, v.RecordKey)))}, unhex(f, v.ValueSealed)
	f.Add([]byte(nil), v.Type, v.Record, v.Field, v.KeyGeneration)
	f.Add(sealed, v.Type, v.Record, v.Field, v.KeyGeneration)
	f.Add(sealed, v.Type, v.Record, v.Field, v.KeyGeneration+1)
	f.Add(sealed[:overhead], v.Type+v.Record, "", v.Field, v.KeyGeneration)
	f.Fuzz(func(t *testing.T, data []byte, typ, record, field string, generation int) {
		got, err := OpenValue(key, typ, record, field, generation, data)
		genuine := bytes.Equal(data, sealed) && typ == v.Type && record == v.Record && field == v.Field && generation == v.KeyGeneration
		if (err == nil) != genuine || genuine && string(got) != v.Value {
			t.Fatalf("opened %x as %q: %v", data, got, err)
		}
	})
}

func FuzzUnwrapRecordKey(f *testing.F) {
	v := readVectors(f)
	circle := DeriveCircle(must(ParseIdentity(v.Identity)), v.Circle, v.Generation)
	wrapped := unhex(f, v.RecordKeyWrapped)
	f.Add([]byte(nil), v.Record, v.KeyGeneration)
	f.Add(wrapped, v.Record, v.KeyGeneration)
	f.Add(wrapped, v.Record, -1)
	f.Add(append(bytes.Clone(wrapped), 0), v.Record, v.KeyGeneration)
	f.Fuzz(func(t *testing.T, data []byte, record string, generation int) {
		_, err := UnwrapRecordKey(circle, record, generation, data)
		genuine := bytes.Equal(data, wrapped) && record == v.Record && generation == v.KeyGeneration
		if (err == nil) != genuine {
			t.Fatalf("unwrapped %x: %v", data, err)
		}
	})
}

func FuzzOpenWithSecret(f *testing.F) {
	v := readVectors(f)
	sealed := unhex(f, v.SecretSealed)
	f.Add(v.Secret, sealed)
	f.Add(v.Secret, []byte(nil))
	f.Add("svod_s_", sealed)
	f.Add(v.Secret[:49], sealed)
	f.Fuzz(func(t *testing.T, text string, data []byte) {
		got, err := OpenWithSecret(text, data)
		genuine := text == v.Secret && bytes.Equal(data, sealed)
		if (err == nil) != genuine || genuine && string(got) != v.SecretPlain {
			t.Fatalf("opened %x with %q: %v", data, text, err)
		}
	})
}

func FuzzOpenFile(f *testing.F) {
	id := must(ParseIdentity(readVectors(f).Identity))
	sealed := readFile(f, contentFile)
	f.Add(sealed)
	f.Add(sealed[:2000])
	f.Add([]byte("age-encryption.org/v1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := OpenFile(bytes.NewReader(data), int64(len(data)), id)
		if err != nil {
			return
		}
		if _, err := io.ReadAll(file.Reader()); err == nil && !bytes.Equal(data, sealed) {
			t.Fatal("an altered file opened")
		}
	})
}

func FuzzParseIdentityFile(f *testing.F) {
	f.Add(must(NewIdentity()).File("comment"))
	f.Add([]byte("AGE-SECRET-KEY-PQ-1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		id, err := ParseIdentityFile(data)
		if err != nil {
			return
		}
		again, err := ParseIdentityFile(id.File())
		if err != nil || again.String() != id.String() {
			t.Fatalf("an identity does not survive its own file: %v", err)
		}
	})
}
