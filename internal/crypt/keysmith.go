package crypt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/text/unicode/norm"
)

const (
	// WorkFactor is the scrypt cost of a person's key file, as log2 N: 128 MiB
	// and about half a second per attempt.
	WorkFactor = 17
	// maxWorkFactor is what OpenIdentity accepts: 18 is what the stock age tool
	// writes, and more would let a planted file eat the server's memory.
	maxWorkFactor = 18
	// maxKeyFile bounds what is decoded from a key file, in bytes; a real one
	// holds about 2,200.
	maxKeyFile = 64 << 10
)

// Keysmith seals identities under passphrases and opens them. Each derivation
// takes 128 MiB, so it lets only a few run at once and queues the rest. Make one
// per process and share it; safe for concurrent use.
type Keysmith struct {
	slots chan struct{} // a derivation holds one element while it runs
	logN  int
}

// KeysmithOption changes a Keysmith; see WeakForTests.
type KeysmithOption struct{ logN int }

// WeakForTests lowers the scrypt cost to logN (1 to 17) so that tests do not
// wait. Key files made so are not protected; production code never passes it.
func WeakForTests(logN int) KeysmithOption { return KeysmithOption{logN: logN} }

// NewKeysmith makes a Keysmith that runs at most concurrent derivations at once
// (at least one).
func NewKeysmith(concurrent int, options ...KeysmithOption) *Keysmith {
	k := &Keysmith{slots: make(chan struct{}, max(concurrent, 1)), logN: WorkFactor}
	for _, o := range options {
		k.logN = min(max(o.logN, 1), WorkFactor)
	}
	return k
}

// SealIdentity writes the armoured age file that holds id under the passphrase.
// `age -d key.age > key.txt` gives an identity file for `age -d -i key.txt`.
// It does not judge the passphrase (see CheckPassphrase), but an empty one is
// ErrPassphraseShort. Waiting for a slot ends with ctx's error.
func (k *Keysmith) SealIdentity(ctx context.Context, id *Identity, passphrase string) ([]byte, error) {
	passphrase = NormalPassphrase(passphrase)
	if passphrase == "" {
		return nil, ErrPassphraseShort
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, ErrPassphraseShort
	}
	recipient.SetWorkFactor(k.logN)
	if err := k.enter(ctx); err != nil {
		return nil, err
	}
	defer k.leave()

	var out bytes.Buffer
	armored := armor.NewWriter(&out)
	w, err := age.Encrypt(armored, recipient)
	if err != nil {
		return nil, fmt.Errorf("crypt: seal identity: %w", err)
	}
	_, err = w.Write(id.File())
	if err := errors.Join(err, w.Close(), armored.Close()); err != nil {
		return nil, fmt.Errorf("crypt: seal identity: %w", err)
	}
	return out.Bytes(), nil
}

// OpenIdentity opens what SealIdentity wrote, or the same made with `age -p`
// (armoured or not). Errors: ErrPassphrase when the passphrase is wrong;
// ErrFormat when the file is not a passphrase-protected identity file, is
// damaged, or asks for more scrypt work than 2^18; ctx's error while waiting.
func (k *Keysmith) OpenIdentity(ctx context.Context, file []byte, passphrase string) (*Identity, error) {
	passphrase = NormalPassphrase(passphrase)
	if passphrase == "" {
		return nil, ErrPassphrase
	}
	unlock, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, ErrPassphrase
	}
	unlock.SetMaxWorkFactor(maxWorkFactor)
	if err := k.enter(ctx); err != nil {
		return nil, err
	}
	defer k.leave()

	plain, err := age.Decrypt(unarmored(file), unlock)
	if err != nil {
		if isScryptFile(file) && errors.As(err, new(*age.NoIdentityMatchError)) {
			return nil, ErrPassphrase
		}
		return nil, ErrFormat
	}
	text, err := io.ReadAll(io.LimitReader(plain, maxKeyFile))
	if err != nil {
		return nil, ErrFormat
	}
	return ParseIdentityFile(text)
}

func (k *Keysmith) enter(ctx context.Context) error {
	select {
	case k.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (k *Keysmith) leave() { <-k.slots }

// NormalPassphrase is the form of a passphrase that is used everywhere: NFC,
// white space trimmed and each run of it made one space. Keyboards differ in how
// they compose й and ё, and phones add a space after each word; neither may lock
// a person out. The stock age tool must be given this form.
func NormalPassphrase(passphrase string) string {
	return strings.Join(strings.FieldsFunc(norm.NFC.String(passphrase), unicode.IsSpace), " ")
}

// unarmored reads file with or without armor.
func unarmored(file []byte) io.Reader {
	trimmed := bytes.TrimLeftFunc(file, unicode.IsSpace)
	if bytes.HasPrefix(trimmed, []byte(armor.Header)) {
		return armor.NewReader(bytes.NewReader(trimmed))
	}
	return bytes.NewReader(file)
}

// isScryptFile says whether the file asks for a passphrase at all, so that a
// file sealed for a key is reported as the wrong file, not a wrong passphrase.
func isScryptFile(file []byte) bool {
	header, err := age.ExtractHeader(unarmored(file))
	return err == nil && bytes.Contains(header, []byte("\n-> scrypt "))
}
