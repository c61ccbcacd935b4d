package crypt

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
)

func TestCircleKeysAreApart(t *testing.T) {
	id, other := newIdentity(t), newIdentity(t)
	seen := make(map[string]string)
	for name, keys := range map[string]*CircleKeys{
		"first":              DeriveCircle(id, "a", 1),
		"next generation":    DeriveCircle(id, "a", 2),
		"another circle":     DeriveCircle(id, "b", 1),
		"another identity":   DeriveCircle(other, "a", 1),
		"a longer circle id": DeriveCircle(id, "a\x00", 1),
	} {
		for use, key := range map[string][KeySize]byte{"wrap": keys.keys().wrap, "search": keys.keys().search, "facet": keys.keys().facet} {
			text := hex.EncodeToString(key[:])
			if before, twice := seen[text]; twice {
				t.Errorf("%s/%s has the key of %s", name, use, before)
			}
			seen[text] = name + "/" + use
		}
	}
	keys := DeriveCircle(id, "a", 1)
	if keys.Circle() != "a" || keys.Generation() != 1 {
		t.Errorf("circle %q generation %d", keys.Circle(), keys.Generation())
	}
	token := keys.Token("суд")
	if len(token) != 16 || strings.Trim(token, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		t.Errorf("token %q", token)
	}
	if token != DeriveCircle(id, "a", 1).Token("суд") || token == keys.Token("суды") || token == keys.FacetToken("", "суд") {
		t.Error("tokens are not a function of circle and stem alone")
	}
	if keys.FacetToken("ab", "c") == keys.FacetToken("a", "bc") {
		t.Error("field and value of a facet run into each other")
	}
}

func TestRecordKeyIsBound(t *testing.T) {
	id := newIdentity(t)
	circle := DeriveCircle(id, "c1", 1)
	key := NewRecordKey()
	wrapped := WrapRecordKey(circle, "r1", 1, key)
	if len(wrapped) != WrappedKeySize {
		t.Errorf("%d bytes, want %d", len(wrapped), WrappedKeySize)
	}
	got, err := UnwrapRecordKey(circle, "r1", 1, wrapped)
	if err != nil || *got.secret() != *key.secret() {
		t.Fatalf("UnwrapRecordKey: %v", err)
	}
	if bytes.Equal(wrapped, WrapRecordKey(circle, "r1", 1, key)) {
		t.Error("two wraps are equal: no fresh nonce")
	}
	for name, c := range map[string]struct {
		circle     *CircleKeys
		record     string
		generation int
		wrapped    []byte
		want       error
	}{
		"another record":      {circle, "r2", 1, wrapped, ErrOpen},
		"another generation":  {circle, "r1", 2, wrapped, ErrOpen},
		"another circle":      {DeriveCircle(id, "c2", 1), "r1", 1, wrapped, ErrOpen},
		"older circle key":    {DeriveCircle(id, "c1", 2), "r1", 1, wrapped, ErrOpen},
		"circle id rewritten": {renamed(circle, "c2", 1), "r1", 1, wrapped, ErrOpen},
		"circle gen rewritten": {
			renamed(circle, "c1", 2), "r1", 1, wrapped, ErrOpen},
		"short":            {circle, "r1", 1, wrapped[:len(wrapped)-1], ErrFormat},
		"long":             {circle, "r1", 1, append(bytes.Clone(wrapped), 0), ErrFormat},
		"another format":   {circle, "r1", 1, flip(wrapped, 0), ErrFormat},
		"altered":          {circle, "r1", 1, flip(wrapped, 40), ErrOpen},
		"a value's sealed": {circle, "r1", 1, SealValue(key, "t", "r1", "f", 1, nil), ErrOpen},
	} {
		if _, err := UnwrapRecordKey(c.circle, c.record, c.generation, c.wrapped); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// renamed gives the same keys another name, to show that the name itself is bound.
func renamed(c *CircleKeys, circle string, generation int) *CircleKeys {
	copied := *c
	copied.circle, copied.generation = circle, generation
	return &copied
}

func TestValueIsBound(t *testing.T) {
	key := NewRecordKey()
	plain := []byte(`"Иванова"`)
	sealed := SealValue(key, "person", "r1", "name", 1, plain)
	got, err := OpenValue(key, "person", "r1", "name", 1, sealed)
	if err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("OpenValue = %q, %v", got, err)
	}
	if bytes.Contains(sealed, plain[:4]) {
		t.Error("plaintext shows")
	}
	if bytes.Equal(sealed, SealValue(key, "person", "r1", "name", 1, plain)) {
		t.Error("two sealings are equal: no fresh nonce")
	}
	for name, c := range map[string]struct {
		key                func() RecordKey
		typ, record, field string
		generation         int
	}{
		"another key":        {NewRecordKey, "person", "r1", "name", 1},
		"another type":       {nil, "event", "r1", "name", 1},
		"another record":     {nil, "person", "r2", "name", 1},
		"another field":      {nil, "person", "r1", "note", 1},
		"another generation": {nil, "person", "r1", "name", 2},
		"shifted border":     {nil, "personr", "1", "name", 1},
		"empty field":        {nil, "person", "r1name", "", 1},
	} {
		use := key
		if c.key != nil {
			use = c.key()
		}
		if _, err := OpenValue(use, c.typ, c.record, c.field, c.generation, sealed); !errors.Is(err, ErrOpen) {
			t.Errorf("%s: %v, want ErrOpen", name, err)
		}
	}
	for i := range sealed {
		if _, err := OpenValue(key, "person", "r1", "name", 1, flip(sealed, i)); err == nil {
			t.Fatalf("opened with byte %d altered", i)
		}
		if _, err := OpenValue(key, "person", "r1", "name", 1, sealed[:i]); err == nil {
			t.Fatalf("opened when cut at %d", i)
		}
	}
}

func TestValuePadding(t *testing.T) {
	key := NewRecordKey()
	for n, want := range map[int]int{0: 32, 1: 32, 31: 32, 32: 64, 63: 64, 64: 128, 511: 512, 512: 544, 2000: 2048, 100_000: 100_352} {
		sealed := SealValue(key, "t", "r", "f", 1, bytes.Repeat([]byte{0x80}, n))
		if len(sealed) != want+overhead {
			t.Errorf("%d bytes are sealed as %d, want %d", n, len(sealed)-overhead, want)
		}
		got, err := OpenValue(key, "t", "r", "f", 1, sealed)
		if err != nil || !bytes.Equal(got, bytes.Repeat([]byte{0x80}, n)) {
			t.Errorf("%d bytes came back as %d, %v", n, len(got), err)
		}
	}
	for n := range 3000 {
		for _, tail := range []byte{0, padMark, 'x'} {
			plain := append(make([]byte, n), tail)
			if got, err := unpad(pad(plain)); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("padding %d bytes ending in %x: %v", n+1, tail, err)
			}
		}
	}
	for name, bad := range map[string][]byte{
		"none": nil, "no mark": make([]byte, 32), "after the mark": append(append(make([]byte, 30), padMark), 1),
		"a longer bucket": append([]byte{padMark}, make([]byte, 63)...),
	} {
		if _, err := unpad(bad); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPadme checks the rule's own promises; the frozen vectors check its values.
func TestPadme(t *testing.T) {
	last := int64(0)
	for n := int64(2); n < 1<<20; n += 1 + n/500 {
		p := Padme(n)
		if p < n || float64(p) > 1.125*float64(n) || Padme(p) != p || p < last {
			t.Fatalf("Padme(%d) = %d after %d", n, p, last)
		}
		last = p
	}
	for n, want := range map[int64]int64{-5: 0, 0: 0, 1: 1, 8: 8, 9: 10, 17: 18, 33: 36, 1000: 1024, 1025: 1088} {
		if got := Padme(n); got != want {
			t.Errorf("Padme(%d) = %d, want %d", n, got, want)
		}
	}
}

func TestSecrets(t *testing.T) {
	for _, kind := range []SecretKind{SessionSecret, TokenSecret, InviteSecret} {
		secret, other := NewSecret(kind), NewSecret(kind)
		if len(secret) != 50 || secret == other || !strings.HasPrefix(secret, string(kind)) {
			t.Fatalf("secret of %d characters", len(secret))
		}
		if got, err := KindOfSecret(secret); err != nil || got != kind {
			t.Errorf("kind %q, %v", got, err)
		}
		id := must(SecretID(secret))
		if len(id) != 64 || id == must(SecretID(other)) || id != must(SecretID(secret)) {
			t.Errorf("id %q", id)
		}
		sealed := must(SealForSecret(secret, []byte("identity")))
		if got, err := OpenWithSecret(secret, sealed); err != nil || string(got) != "identity" {
			t.Errorf("OpenWithSecret = %q, %v", got, err)
		}
		if _, err := OpenWithSecret(other, sealed); !errors.Is(err, ErrOpen) {
			t.Errorf("opened with another secret: %v", err)
		}
	}
	session := NewSecret(SessionSecret)
	renamed := string(TokenSecret) + strings.TrimPrefix(session, string(SessionSecret))
	if must(SecretID(session)) == must(SecretID(renamed)) {
		t.Error("a session passes as a token")
	}
	for _, bad := range []string{
		"", "svod_s_", session[:49], session + "A", "svod_x_" + session[7:], " " + session, session + "\n",
		session[:20] + "\n" + session[20:], session[:48] + "!!", session[:49] + "B", strings.ToUpper(session[:7]) + session[7:],
	} {
		_, idErr := SecretID(bad)
		_, sealErr := SealForSecret(bad, nil)
		_, openErr := OpenWithSecret(bad, nil)
		for _, err := range []error{idErr, sealErr, openErr} {
			// One last character in sixteen is the canonical one, so "B" may be right.
			if !errors.Is(err, ErrKey) && bad != session[:49]+"B" {
				t.Errorf("%q: %v, want ErrKey", bad, err)
			}
		}
	}
}

func TestInstanceKeys(t *testing.T) {
	key := NewInstanceKey()
	again, err := ParseInstanceKey(key.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[[KeySize]byte]Purpose)
	for _, purpose := range []Purpose{ForDatabase, ForLedger, ForSession, ForExport, "", "databas", "database "} {
		derived := DeriveInstance(key, purpose)
		if before, twice := seen[derived]; twice {
			t.Errorf("%q and %q have one key", purpose, before)
		}
		seen[derived] = purpose
		if derived != DeriveInstance(again, purpose) || derived == DeriveInstance(NewInstanceKey(), purpose) {
			t.Errorf("%q is not a function of the instance key", purpose)
		}
	}
	for _, n := range []int{0, 31, 33} {
		if _, err := ParseInstanceKey(make([]byte, n)); !errors.Is(err, ErrKey) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}
