package ledger

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

func TestEntryRoundTrip(t *testing.T) {
	for n := range int64(200) {
		e := someEntry(7, n)
		e.N = n
		text, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ParseEntry(text); err != nil || got != e {
			t.Fatalf("%s came back as %+v, %v", text, got, err)
		}
	}
	least := Entry{Kind: KindConfig, At: -1}
	text, err := least.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ParseEntry(text); err != nil || got != least {
		t.Errorf("the least entry came back as %+v, %v", got, err)
	}
}

func TestEntryRefuses(t *testing.T) {
	good := someEntry(1, 1)
	for name, change := range map[string]func(*Entry){
		"a negative number":   func(e *Entry) { e.N = -1 },
		"a negative version":  func(e *Entry) { e.Version = -1 },
		"no kind":             func(e *Entry) { e.Kind = "" },
		"an unknown kind":     func(e *Entry) { e.Kind = "versions" },
		"a line break":        func(e *Entry) { e.Actor = "a\nsubject b" },
		"a space":             func(e *Entry) { e.Subject = "a b" },
		"a name in Cyrillic":  func(e *Entry) { e.Actor = "Мария" },
		"an id far too long":  func(e *Entry) { e.Subject = strings.Repeat("a", maxID+1) },
		"a zero byte":         func(e *Entry) { e.Actor = "a\x00" },
		"a broken UTF-8 byte": func(e *Entry) { e.Actor = "\xff" },
	} {
		e := good
		change(&e)
		if text, err := e.Encode(); !errors.Is(err, ErrEntry) {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	text, err := good.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]string{
		"a leading zero":  {"\nversion ", "\nversion 0"},
		"a plus":          {"\nn ", "\nn +"},
		"a minus zero":    {"\nn 0", "\nn -0"},
		"another head":    {"v1", "v2"},
		"another name":    {"\nactor", "\nActor"},
		"a line more":     {"\ncommit", "\nnote x\ncommit"},
		"CRLF":            {"\n", "\r\n"},
		"a space more":    {"kind ", "kind  "},
		"no base64 end":   {"=\n", "\n"},
		"spare base64":    {"=\n", "=A\n"},
		"an unknown kind": {"kind ", "kind un"},
	} {
		bad := strings.ReplaceAll(string(text), c[0], c[1])
		if bad == string(text) {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := ParseEntry([]byte(bad)); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, bad := range [][]byte{nil, text[:len(text)-1], append(bytes.Clone(text), '\n')} {
		if _, err := ParseEntry(bad); !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestCommit(t *testing.T) {
	a, b := NewSalt(), NewSalt()
	if a == b {
		t.Fatal("two salts are equal")
	}
	c := Commit(a, []byte("x"))
	if c != Commit(a, []byte("x")) || c == Commit(b, []byte("x")) || c == Commit(a, []byte("y")) || c == Commit(a, nil) {
		t.Error("a commitment is not a function of salt and content alone")
	}
}

// vectors were made when the formats were set; they must never change, for every
// checkpoint and proof that others hold depends on them.
type vectors struct {
	Entry                           Entry
	Text, Leaf                      string
	Salt, Content, Commit           string
	Sizes                           []int64
	Roots                           []string
	LogKey, WitnessKey              string
	Checkpoint, Cosigned            string
	Inclusion, Consistency, OldRoot string
}

func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors-1.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	text, err := v.Entry.Encode()
	if err != nil || string(text) != v.Text {
		t.Errorf("entry encodes as %q, %v", text, err)
	}
	leaf := LeafHash(text)
	same(t, "leaf", leaf[:], v.Leaf)
	salt, err := hex.DecodeString(v.Salt)
	if err != nil {
		t.Fatal(err)
	}
	commit := Commit(Salt(salt), []byte(v.Content))
	same(t, "commitment", commit[:], v.Commit)

	l := newLog(t, 1000)
	for i, size := range v.Sizes {
		root := l.checkpoint(size).Root
		same(t, "root", root[:], v.Roots[i])
	}
	made := makeVectors(t, l)
	for name, pair := range map[string][2]string{
		"log key": {made.LogKey, v.LogKey}, "witness key": {made.WitnessKey, v.WitnessKey},
		"checkpoint": {made.Checkpoint, v.Checkpoint}, "cosigned checkpoint": {made.Cosigned, v.Cosigned},
		"inclusion proof": {made.Inclusion, v.Inclusion}, "consistency proof": {made.Consistency, v.Consistency},
	} {
		if pair[0] != pair[1] || pair[1] == "" {
			t.Errorf("%s:\n%s\nfrozen:\n%s", name, pair[0], pair[1])
		}
	}
	// Reading what others hold needs nothing but the frozen texts.
	p, err := ParseInclusion([]byte(v.Inclusion))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := p.Verify(l.texts[p.Index], v.LogKey, v.WitnessKey)
	if err != nil || len(signed.Witnesses) != 1 {
		t.Errorf("frozen inclusion proof: %+v, %v", signed, err)
	}
	c, err := ParseConsistency([]byte(v.Consistency))
	if err != nil {
		t.Fatal(err)
	}
	old, err := parseHash(v.OldRoot)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Verify(Checkpoint{Origin: origin, Size: c.OldSize, Root: old}, v.LogKey); err != nil {
		t.Errorf("frozen consistency proof: %v", err)
	}
}

func same(t *testing.T, what string, got []byte, frozen string) {
	t.Helper()
	if hex.EncodeToString(got) != frozen || frozen == "" {
		t.Errorf("%s = %x, frozen %s", what, got, frozen)
	}
}
