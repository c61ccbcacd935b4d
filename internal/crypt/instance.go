package crypt

import (
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
)

// InstanceKey is the one secret of an installation, from which everything that
// belongs to the machine and not to a person is derived. It is kept wrapped for
// the people who may start the server (Wrap, Unwrap).
type InstanceKey struct{ secret hidden[[KeySize]byte] }

// Purpose names a use of the instance key. Each gives an unrelated key.
type Purpose string

// The purposes in use.
const (
	ForDatabase Purpose = "database" // 32-byte hexkey of the encrypted database
	ForLedger   Purpose = "ledger"   // Ed25519 seed that signs checkpoints
	ForSession  Purpose = "session"  // authenticates cookies and form values
	ForExport   Purpose = "export"   // authenticates download links and cursors
)

// NewInstanceKey makes a new random key.
func NewInstanceKey() InstanceKey {
	var key [KeySize]byte
	_, _ = rand.Read(key[:]) // never fails: it ends the process instead
	return InstanceKey{secret: hide(key)}
}

// ParseInstanceKey takes the 32 bytes that Bytes gave. Errors: ErrKey.
func ParseInstanceKey(b []byte) (InstanceKey, error) {
	if len(b) != KeySize {
		return InstanceKey{}, ErrKey
	}
	return InstanceKey{secret: hide([KeySize]byte(b))}, nil
}

// Bytes is the key itself, 32 bytes, to be wrapped and stored.
func (k InstanceKey) Bytes() []byte { return append([]byte(nil), k.secret()[:]...) }

// DeriveInstance is the 32-byte key for a purpose: HKDF-SHA256 with salt
// "svod/instance/v1" and the length-prefixed purpose as info.
func DeriveInstance(key InstanceKey, purpose Purpose) [KeySize]byte {
	return deriveKey(key.secret()[:], "svod/instance/v1", appendPart(nil, string(purpose)))
}

// Format implements fmt.Formatter, so that no verb prints the key by mistake.
func (k InstanceKey) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "[instance key]") }

// LogValue implements slog.LogValuer for the same reason.
func (k InstanceKey) LogValue() slog.Value { return slog.StringValue("[instance key]") }
