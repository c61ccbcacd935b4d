package crypt

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// -freeze writes the vectors when they are missing. It never overwrites: a
// changed format must fail here, for it would make stored data unreadable. A new
// format gets a new format byte or label, a new vector file and a new test.
var freeze = flag.Bool("freeze", false, "write missing vector files")

const (
	vectorFile  = "testdata/vectors-1.json"
	personFile  = "testdata/person-1.age"
	contentFile = "testdata/file-1.age"
)

// vectors are fixed inputs and what they gave when the formats were set.
// Randomised formats are frozen to be opened; deterministic ones exactly.
type vectors struct {
	Identity, Recipient          string
	Passphrase                   string
	Circle                       string
	Generation                   int
	Record, Type, Field          string
	KeyGeneration                int
	WrapKey, SearchKey, FacetKey string
	Stem, Token                  string
	FacetValue, FacetToken       string
	Wrapped, WrappedPlain        string
	CircleWrap, CircleIdentity   string
	RecordKey, RecordKeyAAD      string
	Nonce, RecordKeyWrapped      string
	ValueAAD, Value, ValueSealed string
	InstanceKey                  string
	Derived                      map[string]string
	Secret, SecretID             string
	SecretPlain, SecretSealed    string
	FileSize                     int
	PaddedSizes, Padme           map[int64]int64 `json:",omitempty"`
}

func TestVectors(t *testing.T) {
	if *freeze {
		writeVectors(t)
	}
	v := readVectors(t)
	id, err := ParseIdentity(v.Identity)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "recipient", id.Recipient(), v.Recipient)
	keys := DeriveCircle(id, v.Circle, v.Generation)
	equal(t, "wrap key", hex.EncodeToString(keys.keys().wrap[:]), v.WrapKey)
	equal(t, "search key", hex.EncodeToString(keys.keys().search[:]), v.SearchKey)
	equal(t, "facet key", hex.EncodeToString(keys.keys().facet[:]), v.FacetKey)
	equal(t, "token", keys.Token(v.Stem), v.Token)
	equal(t, "facet token", keys.FacetToken(v.Field, v.FacetValue), v.FacetToken)

	plain, err := Unwrap(id, unhex(t, v.Wrapped))
	opened(t, "wrap", string(plain), v.WrappedPlain, err)
	circle, err := OpenCircle(id, unhex(t, v.CircleWrap), v.Circle, v.Generation)
	if err != nil {
		t.Fatalf("circle wrap: %v", err)
	}
	equal(t, "circle identity", circle.String(), v.CircleIdentity)

	equal(t, "record key AAD", hex.EncodeToString(recordKeyAAD(keys, v.Record, v.KeyGeneration)), v.RecordKeyAAD)
	recordKey, err := UnwrapRecordKey(keys, v.Record, v.KeyGeneration, unhex(t, v.RecordKeyWrapped))
	if err != nil {
		t.Fatalf("record key: %v", err)
	}
	equal(t, "record key", hex.EncodeToString(recordKey.secret()[:]), v.RecordKey)
	equal(t, "value AAD", hex.EncodeToString(valueAAD(v.Type, v.Record, v.Field, v.KeyGeneration)), v.ValueAAD)
	value, err := OpenValue(recordKey, v.Type, v.Record, v.Field, v.KeyGeneration, unhex(t, v.ValueSealed))
	opened(t, "value", string(value), v.Value, err)
	resealed := sealWith(*recordKey.secret(), [24]byte(unhex(t, v.Nonce)), pad([]byte(v.Value)), unhex(t, v.ValueAAD))
	equal(t, "value sealed with the same nonce", hex.EncodeToString(resealed), v.ValueSealed)

	instance, err := ParseInstanceKey(unhex(t, v.InstanceKey))
	if err != nil {
		t.Fatal(err)
	}
	for purpose, want := range v.Derived {
		got := DeriveInstance(instance, Purpose(purpose))
		equal(t, "instance key for "+purpose, hex.EncodeToString(got[:]), want)
	}
	secretID, err := SecretID(v.Secret)
	opened(t, "secret id", secretID, v.SecretID, err)
	kept, err := OpenWithSecret(v.Secret, unhex(t, v.SecretSealed))
	opened(t, "secret", string(kept), v.SecretPlain, err)
	for n, want := range v.Padme {
		if got := Padme(n); got != want {
			t.Errorf("Padme(%d) = %d, frozen %d", n, got, want)
		}
	}
	for n, want := range v.PaddedSizes {
		if got := PaddedSize(n); got != want {
			t.Errorf("PaddedSize(%d) = %d, frozen %d", n, got, want)
		}
	}
}

func TestFrozenFiles(t *testing.T) {
	v := readVectors(t)
	id, err := ParseIdentity(v.Identity)
	if err != nil {
		t.Fatal(err)
	}
	person, err := NewKeysmith(1).OpenIdentity(context.Background(), readFile(t, personFile), v.Passphrase)
	if err != nil {
		t.Fatalf("key file: %v", err)
	}
	equal(t, "identity in the key file", person.String(), v.Identity)
	sealed := readFile(t, contentFile)
	f, err := OpenFile(bytes.NewReader(sealed), int64(len(sealed)), id)
	if err != nil {
		t.Fatalf("file: %v", err)
	}
	content, err := io.ReadAll(f.Reader())
	opened(t, "file", string(content), string(fileContent(v.FileSize)), err)
}

// writeVectors makes the files that are missing.
func writeVectors(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(vectorFile); !errors.Is(err, fs.ErrNotExist) {
		t.Logf("%s is there and stays", vectorFile)
		return
	}
	id := newIdentity(t)
	circleID := newIdentity(t)
	v := vectors{
		Identity: id.String(), Recipient: id.Recipient(), Passphrase: "ворот лампа тополь snow река 7",
		Circle: "circle-1", Generation: 3, Record: "0193b0c8-8f0e-7c3a-9a51-2f6f5a0d7e11", Type: "person", Field: "name",
		KeyGeneration: 2, Stem: "задержа", FacetValue: "arbitrary detention", WrappedPlain: "JBSWY3DPEHPK3PXP",
		Value: `{"ru":"Иванова Мария"}`, SecretPlain: id.String(), FileSize: 40_000,
		CircleIdentity: circleID.String(), Nonce: strings.Repeat("0123456789abcdef", 3), Derived: map[string]string{},
		Padme: map[int64]int64{}, PaddedSizes: map[int64]int64{},
	}
	keys := DeriveCircle(id, v.Circle, v.Generation)
	v.WrapKey, v.SearchKey, v.FacetKey = hex.EncodeToString(keys.keys().wrap[:]), hex.EncodeToString(keys.keys().search[:]), hex.EncodeToString(keys.keys().facet[:])
	v.Token, v.FacetToken = keys.Token(v.Stem), keys.FacetToken(v.Field, v.FacetValue)
	v.Wrapped = hex.EncodeToString(must(Wrap([]string{id.Recipient()}, []byte(v.WrappedPlain))))
	v.CircleWrap = hex.EncodeToString(must(WrapCircle([]string{id.Recipient()}, circleID, v.Circle, v.Generation)))
	recordKey := NewRecordKey()
	v.RecordKey = hex.EncodeToString(recordKey.secret()[:])
	v.RecordKeyAAD = hex.EncodeToString(recordKeyAAD(keys, v.Record, v.KeyGeneration))
	v.RecordKeyWrapped = hex.EncodeToString(WrapRecordKey(keys, v.Record, v.KeyGeneration, recordKey))
	aad := valueAAD(v.Type, v.Record, v.Field, v.KeyGeneration)
	v.ValueAAD = hex.EncodeToString(aad)
	v.ValueSealed = hex.EncodeToString(sealWith(*recordKey.secret(), [24]byte(unhex(t, v.Nonce)), pad([]byte(v.Value)), aad))
	instance := NewInstanceKey()
	v.InstanceKey = hex.EncodeToString(instance.Bytes())
	for _, purpose := range []Purpose{ForDatabase, ForLedger, ForSession, ForExport} {
		key := DeriveInstance(instance, purpose)
		v.Derived[string(purpose)] = hex.EncodeToString(key[:])
	}
	v.Secret = NewSecret(SessionSecret)
	v.SecretID = must(SecretID(v.Secret))
	v.SecretSealed = hex.EncodeToString(must(SealForSecret(v.Secret, []byte(v.SecretPlain))))
	for _, n := range []int64{0, 1, 2, 9, 100, 1000, 16_385, 65_537, 1_000_000, 123_456_789, 1 << 40} {
		v.Padme[n], v.PaddedSizes[n] = Padme(n), PaddedSize(n)
	}
	var file bytes.Buffer
	seal := must(SealFile(&file, []string{id.Recipient()}))
	if _, err := seal.Write(fileContent(v.FileSize)); err != nil {
		t.Fatal(err)
	}
	if err := seal.Close(); err != nil {
		t.Fatal(err)
	}
	person := must(NewKeysmith(1).SealIdentity(context.Background(), id, v.Passphrase))
	text := append(must(json.MarshalIndent(v, "", "\t")), '\n')
	for name, data := range map[string][]byte{vectorFile: text, personFile: person, contentFile: file.Bytes()} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func readVectors(t testing.TB) vectors {
	t.Helper()
	var v vectors
	d := json.NewDecoder(bytes.NewReader(readFile(t, vectorFile)))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", vectorFile, err)
	}
	return v
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// fileContent makes n bytes that any reader can make again.
func fileContent(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + i>>8)
	}
	return b
}

func newIdentity(t testing.TB) *Identity {
	t.Helper()
	id, err := NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func equal(t *testing.T, what, got, frozen string) {
	t.Helper()
	if got != frozen || frozen == "" {
		t.Errorf("%s: got %.80q, frozen %.80q", what, got, frozen)
	}
}

func opened(t *testing.T, what, got, frozen string, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	equal(t, what, got, frozen)
}
