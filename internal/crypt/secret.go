package crypt

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// SecretKind says what a bearer secret is for; it is the prefix of its text, so
// that scanners for leaked secrets and people recognise one.
type SecretKind string

// The kinds of bearer secret.
const (
	SessionSecret SecretKind = "svod_s_" // in a cookie
	TokenSecret   SecretKind = "svod_t_" // of the API and the command line
	InviteSecret  SecretKind = "svod_i_" // in an invitation
)

const secretSalt = "svod/secret/v1"

// NewSecret makes a random bearer secret: the prefix of its kind and 32 random
// bytes in base64url without padding (50 characters, no character that a URL,
// a cookie or a header would need to escape).
func NewSecret(kind SecretKind) string {
	var raw [KeySize]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the process instead
	return string(kind) + base64.RawURLEncoding.EncodeToString(raw[:])
}

// KindOfSecret reads the kind off a secret's text. Errors: ErrKey.
func KindOfSecret(secret string) (SecretKind, error) {
	kind, _, err := parseSecret(secret)
	return kind, err
}

// SecretID is what the server keeps to find a session or token: 64 hexadecimal
// digits from which the secret cannot be had. Errors: ErrKey.
func SecretID(secret string) (string, error) {
	kind, raw, err := parseSecret(secret)
	if err != nil {
		return "", err
	}
	id := deriveKey(raw, secretSalt, secretInfo("id", kind))
	return hex.EncodeToString(id[:]), nil
}

// SealForSecret seals what the bearer of the secret may open, usually the text
// of a person's Identity. The server can store the result: it holds no key for
// it. Errors: ErrKey.
func SealForSecret(secret string, plaintext []byte) ([]byte, error) {
	kind, raw, err := parseSecret(secret)
	if err != nil {
		return nil, err
	}
	info := secretInfo("seal", kind)
	return seal(deriveKey(raw, secretSalt, info), plaintext, info), nil
}

// OpenWithSecret opens what SealForSecret made. Errors: ErrKey, ErrFormat,
// ErrOpen.
func OpenWithSecret(secret string, sealed []byte) ([]byte, error) {
	kind, raw, err := parseSecret(secret)
	if err != nil {
		return nil, err
	}
	info := secretInfo("seal", kind)
	return open(deriveKey(raw, secretSalt, info), sealed, info)
}

func secretInfo(label string, kind SecretKind) []byte {
	return appendPart(appendPart(nil, label), string(kind))
}

func parseSecret(secret string) (SecretKind, []byte, error) {
	for _, kind := range []SecretKind{SessionSecret, TokenSecret, InviteSecret} {
		text, ok := strings.CutPrefix(secret, string(kind))
		if !ok {
			continue
		}
		raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
		if err != nil || len(raw) != KeySize || strings.ContainsAny(text, "\r\n") {
			return "", nil, ErrKey
		}
		return kind, raw, nil
	}
	return "", nil, ErrKey
}
