package crypt

import (
	"bytes"
	"io"
	"testing"
)

// The fuzz targets share one property: whatever the bytes, no panic, and success
// only for the bytes that were sealed.

func FuzzOpenValue(f *testing.F) {
	key := NewRecordKey()
	sealed := SealValue(key, "t", "r", "f", 1, []byte("value"))
	f.Add([]byte(nil), "t", "r", "f", 1)
	f.Add(sealed, "t", "r", "f", 1)
	f.Add(sealed, "t", "r", "f", 2)
	f.Add(sealed[:overhead], "tr", "", "f", 1)
	f.Fuzz(func(t *testing.T, data []byte, typ, record, field string, generation int) {
		got, err := OpenValue(key, typ, record, field, generation, data)
		genuine := bytes.Equal(data, sealed) && typ == "t" && record == "r" && field == "f" && generation == 1
		if (err == nil) != genuine || genuine && string(got) != "value" {
			t.Fatalf("opened %x as %q: %v", data, got, err)
		}
	})
}

func FuzzUnwrapRecordKey(f *testing.F) {
	circle := DeriveCircle(must(NewIdentity()), "c", 1)
	key := NewRecordKey()
	wrapped := WrapRecordKey(circle, "r", 1, key)
	f.Add([]byte(nil), "r", 1)
	f.Add(wrapped, "r", 1)
	f.Add(wrapped, "r", -1)
	f.Add(append(bytes.Clone(wrapped), 0), "r", 1)
	f.Fuzz(func(t *testing.T, data []byte, record string, generation int) {
		_, err := UnwrapRecordKey(circle, record, generation, data)
		genuine := bytes.Equal(data, wrapped) && record == "r" && generation == 1
		if (err == nil) != genuine {
			t.Fatalf("unwrapped %x: %v", data, err)
		}
	})
}

func FuzzOpenWithSecret(f *testing.F) {
	secret := NewSecret(SessionSecret)
	sealed := must(SealForSecret(secret, []byte("identity")))
	f.Add(secret, sealed)
	f.Add(secret, []byte(nil))
	f.Add("svod_s_", sealed)
	f.Add(secret[:49], sealed)
	f.Fuzz(func(t *testing.T, text string, data []byte) {
		got, err := OpenWithSecret(text, data)
		genuine := text == secret && bytes.Equal(data, sealed)
		if (err == nil) != genuine || genuine && string(got) != "identity" {
			t.Fatalf("opened %x: %v", data, err)
		}
	})
}

func FuzzOpenFile(f *testing.F) {
	id := must(NewIdentity())
	sealed := sealFile(f, []byte("content"), id.Recipient())
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
