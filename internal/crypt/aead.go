package crypt

import (
	"crypto/rand"

	"golang.org/x/crypto/chacha20poly1305"
)

// formatOne is the leading byte of everything sealed with seal. A new format
// gets a new byte, and the old one stays readable.
const formatOne = 1

// overhead is what seal adds: format byte, nonce, tag (41 bytes).
const overhead = 1 + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

// seal is XChaCha20-Poly1305 with a random nonce: format byte, 24 bytes of
// nonce, ciphertext with tag. The format byte is covered by the additional data,
// which every caller begins with a label of its own format.
func seal(key [KeySize]byte, plaintext, aad []byte) []byte {
	var nonce [chacha20poly1305.NonceSizeX]byte
	_, _ = rand.Read(nonce[:]) // never fails: it ends the process instead
	return sealWith(key, nonce, plaintext, aad)
}

func sealWith(key [KeySize]byte, nonce [chacha20poly1305.NonceSizeX]byte, plaintext, aad []byte) []byte {
	aead, _ := chacha20poly1305.NewX(key[:]) // fails only for a key that is not 32 bytes
	out := make([]byte, 0, overhead+len(plaintext))
	out = append(out, formatOne)
	out = append(out, nonce[:]...)
	return aead.Seal(out, nonce[:], plaintext, aad)
}

// open reverses seal. Errors: ErrFormat for a length or format byte that seal
// cannot have made, else ErrOpen.
func open(key [KeySize]byte, sealed, aad []byte) ([]byte, error) {
	if len(sealed) < overhead || sealed[0] != formatOne {
		return nil, ErrFormat
	}
	aead, _ := chacha20poly1305.NewX(key[:]) // fails only for a key that is not 32 bytes
	nonce := sealed[1 : 1+chacha20poly1305.NonceSizeX]
	plain, err := aead.Open(nil, nonce, sealed[1+chacha20poly1305.NonceSizeX:], aad)
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}
