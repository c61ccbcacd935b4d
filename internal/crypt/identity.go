package crypt

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"filippo.io/age"
)

// Identity is the private key of a person or of one generation of a circle: an
// age hybrid identity (ML-KEM-768 + X25519). Safe for concurrent use. It prints
// as a placeholder through fmt and slog; only String and File give the secret.
type Identity struct {
	secret hidden[identitySecret]
}

type identitySecret struct {
	key  *age.HybridIdentity
	text string
}

func identityOf(key *age.HybridIdentity) *Identity {
	return &Identity{secret: hide(identitySecret{key: key, text: key.String()})}
}

// NewIdentity makes a new random identity.
func NewIdentity() (*Identity, error) {
	key, err := age.GenerateHybridIdentity()
	if err != nil {
		return nil, fmt.Errorf("crypt: new identity: %w", err)
	}
	return identityOf(key), nil
}

// ParseIdentity reads the text form, "AGE-SECRET-KEY-PQ-1…". Surrounding white
// space is ignored. Errors: ErrKey.
func ParseIdentity(text string) (*Identity, error) {
	key, err := age.ParseHybridIdentity(strings.TrimSpace(text))
	if err != nil {
		return nil, ErrKey // age quotes parts of its input; never pass that on
	}
	return identityOf(key), nil
}

// ParseIdentityFile reads an age identity file: lines starting with # and empty
// lines are skipped, exactly one line is a hybrid identity. Errors: ErrFormat,
// ErrKey.
func ParseIdentityFile(file []byte) (*Identity, error) {
	var found *Identity
	for line := range bytes.Lines(file) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		id, err := ParseIdentity(string(line))
		if err != nil {
			return nil, err
		}
		if found != nil {
			return nil, ErrFormat
		}
		found = id
	}
	if found == nil {
		return nil, ErrFormat
	}
	return found, nil
}

// String is the secret text form that ParseIdentity and `age -i` read. Call it
// only to store the result sealed.
func (i *Identity) String() string { return i.secret().text }

// Recipient is the public text form, "age1pq1…" (1,959 characters).
func (i *Identity) Recipient() string { return i.secret().key.Recipient().String() }

// File is the standard age identity file, which `age -d -i` takes: the comments,
// one per line, then the public key as a comment, then the secret.
func (i *Identity) File(comments ...string) []byte {
	var b strings.Builder
	for _, comment := range comments {
		b.WriteString("# " + strings.Map(oneLine, comment) + "\n")
	}
	b.WriteString("# public key: " + i.Recipient() + "\n" + i.String() + "\n")
	return []byte(b.String())
}

// oneLine keeps a comment from starting a line of its own.
func oneLine(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}

// Format implements fmt.Formatter, so that no verb prints the secret by mistake.
func (i *Identity) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "[identity]") }

// LogValue implements slog.LogValuer for the same reason.
func (i *Identity) LogValue() slog.Value { return slog.StringValue("[identity]") }

// CheckRecipient says whether text is a public key that Wrap and SealFile take.
// Errors: ErrKey.
func CheckRecipient(text string) error {
	_, err := parseRecipients([]string{text})
	return err
}

func parseRecipients(texts []string) ([]age.Recipient, error) {
	if len(texts) == 0 {
		return nil, ErrKey
	}
	list := make([]age.Recipient, 0, len(texts))
	for _, text := range texts {
		r, err := age.ParseHybridRecipient(strings.TrimSpace(text))
		if err != nil {
			return nil, ErrKey
		}
		list = append(list, r)
	}
	return list, nil
}
