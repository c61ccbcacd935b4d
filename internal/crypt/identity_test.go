package crypt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestIdentityText(t *testing.T) {
	id := newIdentity(t)
	if !strings.HasPrefix(id.String(), "AGE-SECRET-KEY-PQ-1") || !strings.HasPrefix(id.Recipient(), "age1pq1") {
		t.Fatalf("recipient %.20s…", id.Recipient())
	}
	again, err := ParseIdentity("\n" + id.String() + " ")
	if err != nil || again.Recipient() != id.Recipient() {
		t.Fatalf("ParseIdentity: %v", err)
	}
	if err := CheckRecipient(id.Recipient()); err != nil {
		t.Errorf("CheckRecipient: %v", err)
	}
	for _, bad := range []string{
		"", "x", id.Recipient(), id.String()[:len(id.String())-1], id.String() + "A",
		// A classical key: would lose the protection against later decryption.
		"AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
	} {
		if _, err := ParseIdentity(bad); !errors.Is(err, ErrKey) || strings.Contains(err.Error(), bad) && bad != "" && bad != "x" {
			t.Errorf("ParseIdentity(%.20q) = %v, want ErrKey that quotes nothing", bad, err)
		}
	}
	for _, bad := range []string{"", "age1qqq", id.String(), "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"} {
		if err := CheckRecipient(bad); !errors.Is(err, ErrKey) {
			t.Errorf("CheckRecipient(%.20q) = %v, want ErrKey", bad, err)
		}
	}
}

func TestIdentityFile(t *testing.T) {
	id := newIdentity(t)
	file := id.File("for Мария\nAGE-SECRET-KEY-PQ-1INJECTED", "second")
	again, err := ParseIdentityFile(file)
	if err != nil || again.String() != id.String() {
		t.Fatalf("a comment with a line break: %v", err)
	}
	for name, bad := range map[string]string{
		"nothing":        "# only a comment\n\n",
		"two identities": string(file) + newIdentity(t).String() + "\n",
	} {
		if _, err := ParseIdentityFile([]byte(bad)); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", name, err)
		}
	}
}

// TestSecretsDoNotPrint checks every secret type, also inside a struct, where
// fmt does not ask an unexported field for its own form.
func TestSecretsDoNotPrint(t *testing.T) {
	id := newIdentity(t)
	keys := DeriveCircle(id, "c", 1)
	record, instance := NewRecordKey(), NewInstanceKey()
	type holder struct {
		id       *Identity
		keys     *CircleKeys
		record   RecordKey
		instance InstanceKey
	}
	inside := holder{id, keys, record, instance}
	var out bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&out, nil))
	jsonLogger := slog.New(slog.NewJSONHandler(&out, nil))
	for _, value := range []any{id, keys, record, &record, instance, inside, &inside, []RecordKey{record}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
		logger.Info("x", "v", value)
		jsonLogger.Info("x", "v", value)
	}
	text := strings.ToLower(out.String())
	for name, secret := range map[string][]byte{
		"identity": []byte(strings.ToLower(id.String())), "wrap key": keys.keys().wrap[:], "search key": keys.keys().search[:],
		"record key": record.secret()[:], "instance key": instance.Bytes(),
	} {
		for _, form := range []string{
			string(secret), fmt.Sprintf("%x", secret), strings.Trim(fmt.Sprint(secret), "[]"),
			strings.Trim(strings.ToLower(fmt.Sprintf("%#v", secret)), "[]byte{}"),
		} {
			if strings.Contains(text, form) {
				t.Errorf("the %s was printed", name)
			}
		}
	}
}

func TestKeyFile(t *testing.T) {
	ctx := context.Background()
	smith := NewKeysmith(2, WeakForTests(8))
	id := newIdentity(t)
	const passphrase = "майский жук и 12 берез"
	file, err := smith.SealIdentity(ctx, id, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(file, []byte("-----BEGIN AGE ENCRYPTED FILE-----\n")) {
		t.Error("not armoured")
	}
	for name, typed := range map[string]string{
		"as set":             passphrase,
		"й decomposed":       "маи\u0306скии\u0306 жук и 12 берез",
		"spaces of a phone":  " майский  жук и\u00a012 берез\n",
		"crlf in the armour": passphrase,
	} {
		data := file
		if strings.HasPrefix(name, "crlf") {
			data = bytes.ReplaceAll(file, []byte("\n"), []byte("\r\n"))
		}
		got, err := smith.OpenIdentity(ctx, data, typed)
		if err != nil || got.String() != id.String() {
			t.Errorf("%s: %v", name, err)
		}
	}
	wrapped := must(Wrap([]string{id.Recipient()}, []byte("x")))
	damaged := append([]byte(nil), file...)
	damaged[len(damaged)-60] ^= 1
	for name, c := range map[string]struct {
		file       []byte
		passphrase string
		want       error
	}{
		"wrong passphrase":     {file, "майский жук и 13 берез", ErrPassphrase},
		"empty passphrase":     {file, " ", ErrPassphrase},
		"file for a key":       {wrapped, passphrase, ErrFormat},
		"damaged":              {damaged, passphrase, ErrFormat},
		"cut short":            {file[:len(file)/2], passphrase, ErrFormat},
		"empty":                {nil, passphrase, ErrFormat},
		"not age":              {[]byte("hello"), passphrase, ErrFormat},
		"too much scrypt work": {scryptHeader(30), passphrase, ErrFormat},
	} {
		if _, err := smith.OpenIdentity(ctx, c.file, c.passphrase); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := smith.SealIdentity(ctx, id, " \t"); !errors.Is(err, ErrPassphraseShort) {
		t.Errorf("an empty passphrase: %v", err)
	}
}

// scryptHeader is a key file that asks for 2^logN scrypt work.
func scryptHeader(logN int) []byte {
	return fmt.Appendf(nil, "age-encryption.org/v1\n-> scrypt %s %d\n%s\n--- %s\n",
		strings.Repeat("A", 22), logN, strings.Repeat("A", 43), strings.Repeat("A", 43))
}

func TestKeysmithBoundsDerivations(t *testing.T) {
	smith := NewKeysmith(1, WeakForTests(8))
	smith.slots <- struct{}{} // one derivation is running
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := smith.SealIdentity(ctx, newIdentity(t), "x"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a second derivation ran: %v", err)
	}
	if _, err := smith.OpenIdentity(ctx, []byte("x"), "x"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a second derivation ran: %v", err)
	}
	<-smith.slots
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if _, err := smith.SealIdentity(context.Background(), newIdentity(t), "x"); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if len(smith.slots) != 0 {
		t.Error("a slot was not given back")
	}
}

func TestWrap(t *testing.T) {
	a, b, stranger := newIdentity(t), newIdentity(t), newIdentity(t)
	data, err := Wrap([]string{a.Recipient(), b.Recipient()}, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []*Identity{a, b} {
		if got, err := Unwrap(id, data); err != nil || string(got) != "secret" {
			t.Errorf("Unwrap = %q, %v", got, err)
		}
	}
	if _, err := Unwrap(stranger, data); !errors.Is(err, ErrNotForYou) {
		t.Errorf("a stranger: %v, want ErrNotForYou", err)
	}
	for name, bad := range map[string][]byte{
		"empty": nil, "not age": []byte("x"), "cut": data[:len(data)-1], "longer": append(bytes.Clone(data), 0),
		"altered header": bytes.Replace(data, []byte("v1"), []byte("v2"), 1), "altered body": flip(data, len(data)-1),
	} {
		if got, err := Unwrap(a, bad); !errors.Is(err, ErrOpen) {
			t.Errorf("%s: %q, %v, want ErrOpen", name, got, err)
		}
	}
	for _, bad := range [][]string{nil, {"x"}, {a.Recipient(), ""}} {
		if _, err := Wrap(bad, nil); !errors.Is(err, ErrKey) {
			t.Errorf("Wrap for %.10q = %v, want ErrKey", bad, err)
		}
	}
}

func TestCircleWrapIsBound(t *testing.T) {
	member, circle := newIdentity(t), newIdentity(t)
	data := must(WrapCircle([]string{member.Recipient()}, circle, "circle-1", 2))
	got, err := OpenCircle(member, data, "circle-1", 2)
	if err != nil || got.String() != circle.String() {
		t.Fatalf("OpenCircle: %v", err)
	}
	for _, c := range []struct {
		circle     string
		generation int
	}{{"circle-2", 2}, {"circle-1", 1}, {"circle-1", 22}, {"", 2}, {`circle-1" generation 2`, 2}} {
		if _, err := OpenCircle(member, data, c.circle, c.generation); !errors.Is(err, ErrOpen) {
			t.Errorf("opened as %q generation %d: %v", c.circle, c.generation, err)
		}
	}
	plainWrap := must(Wrap([]string{member.Recipient()}, circle.File()))
	if _, err := OpenCircle(member, plainWrap, "circle-1", 2); !errors.Is(err, ErrOpen) {
		t.Errorf("a wrap without its circle: %v", err)
	}
	if _, err := OpenCircle(newIdentity(t), data, "circle-1", 2); !errors.Is(err, ErrNotForYou) {
		t.Errorf("a stranger: %v", err)
	}
}

// flip alters one bit.
func flip(data []byte, at int) []byte {
	b := bytes.Clone(data)
	b[at] ^= 1
	return b
}
