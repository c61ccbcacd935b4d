package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

func TestCheckpointBody(t *testing.T) {
	c := Checkpoint{Origin: "svod.example/журнал", Size: 42, Root: Hash{1, 2, 3}}
	body, err := c.Body()
	if err != nil || body != "svod.example/журнал\n42\nAQIDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" {
		t.Fatalf("%q, %v", body, err)
	}
	if got, err := ParseBody(body + "an extension\n"); err != nil || got.Extension != "an extension\n" || got.Size != 42 {
		t.Errorf("with an extension: %+v, %v", got, err)
	}
	for _, bad := range []string{
		"", "a\n1\n", strings.TrimSuffix(body, "\n"), strings.Replace(body, "42", "042", 1), strings.Replace(body, "42", "-1", 1),
		strings.Replace(body, "42", "9223372036854775808", 1), strings.Replace(body, "AQID", "AQI", 1), strings.Replace(body, "AA=", "AB=", 1),
		" " + body, strings.Replace(body, "/", "+", 1), "\n" + body, body + "x", body + "\n", body + "x\n\ny\n", body + "x\x01\n",
	} {
		if _, err := ParseBody(bad); !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, bad := range []Checkpoint{{}, {Origin: "a b"}, {Origin: "a", Size: -1}, {Origin: "a", Extension: "no newline"}} {
		if _, err := bad.Body(); !errors.Is(err, ErrFormat) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// TestStandardNote checks that the plain note package of the Go project opens
// what we sign, with the key in the form we give.
func TestStandardNote(t *testing.T) {
	l := newLog(t, 5)
	verifier, err := note.NewVerifier(signer(t, 1).VerifierKey())
	if err != nil {
		t.Fatal(err)
	}
	text := cosign(t, witness(t, "w.example", 2), l.signed(5))
	n, err := note.Open(text, note.VerifierList(verifier))
	if err != nil || len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 1 {
		t.Fatalf("%+v, %v", n, err)
	}
	if c, err := ParseBody(n.Text); err != nil || c != l.checkpoint(5) {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestOpenCheckpoint(t *testing.T) {
	l := newLog(t, 9)
	key := signer(t, 1).VerifierKey()
	one, two := witness(t, "one.example", 2), witness(t, "two.example", 3)
	text := cosign(t, two, cosign(t, one, l.signed(9)))

	signed, err := OpenCheckpoint(text, key, one.VerifierKey(), one.VerifierKey())
	if err != nil {
		t.Fatal(err)
	}
	want := Cosignature{Name: "one.example", Key: one.VerifierKey(), At: witnessTime}
	if signed.Checkpoint != l.checkpoint(9) || len(signed.Witnesses) != 1 || signed.Witnesses[0] != want || signed.Unknown != 1 {
		t.Errorf("%+v", signed)
	}
	if signed, err := OpenCheckpoint(text, key, two.VerifierKey(), one.VerifierKey()); err != nil || len(signed.Witnesses) != 2 || signed.Unknown != 0 {
		t.Errorf("two witnesses: %+v, %v", signed, err)
	}
	if signed, err := OpenCheckpoint(text, key); err != nil || len(signed.Witnesses) != 0 || signed.Unknown != 2 {
		t.Errorf("no witnesses: %+v, %v", signed, err)
	}
	impostor := witness(t, "one.example", 7)
	sameName, err := OpenCheckpoint(cosign(t, impostor, l.signed(9)), key, one.VerifierKey())
	if err != nil || len(sameName.Witnesses) != 0 {
		t.Errorf("an impostor by name: %+v, %v", sameName, err)
	}
	for name, bad := range map[string][]byte{
		"another size":        bytes.Replace(text, []byte("\n9\n"), []byte("\n8\n"), 1),
		"another origin":      bytes.Replace(text, []byte(origin+"\n"), []byte("svod.example/other\n"), 1),
		"no signature of it":  onlyLines(text, "one.example", "two.example"),
		"signed by a witness": sign(t, 4, l.checkpoint(9)),
	} {
		if _, err := OpenCheckpoint(bad, key, one.VerifierKey()); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range text {
		bad := bytes.Clone(text)
		bad[i] ^= 1
		signed, err := OpenCheckpoint(bad, key, one.VerifierKey(), two.VerifierKey())
		if err == nil && len(signed.Witnesses) == 2 {
			t.Fatalf("byte %d (%q) does not matter", i, text[i])
		}
	}
	for name, bad := range map[string]string{
		"empty": "", "not a key": "x", "another hash": strings.Replace(key, "+", "+0", 1), "a witness's": one.VerifierKey(),
		"a signing key": "PRIVATE+KEY+" + key,
	} {
		if _, err := OpenCheckpoint(text, bad); !errors.Is(err, ErrKey) {
			t.Errorf("log key: %s: %v", name, err)
		}
	}
	if _, err := OpenCheckpoint(text, key, key); !errors.Is(err, ErrKey) {
		t.Errorf("a log's key as a witness's: %v", err)
	}
	if _, err := OpenCheckpoint(bytes.Repeat([]byte("x"), maxCheckpoint+1), key); !errors.Is(err, ErrFormat) {
		t.Errorf("too long: %v", err)
	}
}

// onlyLines keeps the body and the signatures of the names.
func onlyLines(text []byte, names ...string) []byte {
	body, sigs, _ := strings.Cut(string(text), "\n\n")
	kept := ""
	for line := range strings.Lines(sigs) {
		for _, name := range names {
			if strings.HasPrefix(line, "— "+name+" ") {
				kept += line
			}
		}
	}
	return []byte(body + "\n\n" + kept)
}

func TestAddSignatures(t *testing.T) {
	l := newLog(t, 3)
	text := l.signed(3)
	unknown := []byte("— future.example AAAAAQUGBwgJ\n") // a kind of signature nobody here knows
	with, err := AddSignatures(text, unknown)
	if err != nil {
		t.Fatal(err)
	}
	with = cosign(t, witness(t, "w.example", 2), with)
	if !bytes.Contains(with, unknown) {
		t.Error("an unknown signature was dropped")
	}
	again, err := AddSignatures(with, append(bytes.Clone(unknown), unknown...))
	if err != nil || !bytes.Equal(again, with) {
		t.Errorf("a signature was repeated: %v", err)
	}
	for _, bad := range []string{"no dash\n", "— a\n", "— a AAAA\n", "\n", "— w.example AAAAAQUGBwgJ"} {
		if _, err := AddSignatures(text, []byte(bad)); !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := AddSignatures([]byte("no signatures"), unknown); !errors.Is(err, ErrFormat) {
		t.Errorf("not a checkpoint: %v", err)
	}
}

func TestKeys(t *testing.T) {
	for _, bad := range []string{"", "a b", "a+b", "a\n", "a\x00", "a\u00a0b", strings.Repeat("a", 256), "\xff"} {
		if _, err := NewSigner(bad, seedOf(1)); !errors.Is(err, ErrKey) {
			t.Errorf("log %q: %v", bad, err)
		}
		if _, err := NewWitness(bad, seedOf(1)); !errors.Is(err, ErrKey) {
			t.Errorf("witness %q: %v", bad, err)
		}
	}
	s, w := signer(t, 0x5a), witness(t, "w", 0x5a)
	type holder struct {
		s *Signer
		w *Witness
	}
	for _, value := range []any{s, w, holder{s, w}, &holder{s, w}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
			text := strings.ToLower(fmt.Sprintf(verb, value))
			if strings.Contains(text, "5a5a5a") || strings.Contains(text, "90 90 90") || strings.Contains(text, "0x5a, 0x5a") || strings.Contains(text, "zzz") {
				t.Errorf("%s of %T shows the seed", verb, value)
			}
		}
	}
}
