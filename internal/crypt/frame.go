package crypt

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// KeySize is the length of every symmetric key here, in bytes.
const KeySize = 32

// appendPart adds one part of a canonical message: its length in bytes as a
// big-endian uint32, then the bytes. Because each part says its length, two
// different lists of parts never encode to the same bytes: ("ab","c") and
// ("a","bc") differ.
func appendPart[T ~string | ~[]byte](dst []byte, part T) []byte {
	// Parts are ids, field names and labels; one of 4 GiB cannot occur, and
	// binding the low bits of its length would still be unambiguous in practice.
	dst = binary.BigEndian.AppendUint32(dst, uint32(min(len(part), math.MaxUint32)))
	return append(dst, part...)
}

// appendNumber adds a whole number as a part of eight big-endian bytes.
func appendNumber(dst []byte, n int) []byte {
	dst = binary.BigEndian.AppendUint32(dst, 8)
	return binary.BigEndian.AppendUint64(dst, uint64(int64(n)))
}

// deriveKey is HKDF-SHA256 (RFC 5869) with a fixed salt per family of keys and
// one block of output, which needs no loop and has no error. info must begin
// with a label that no other use of the same secret has.
func deriveKey(secret []byte, salt string, info []byte) [KeySize]byte {
	extracted := hmacSHA256([]byte(salt), secret)
	return hmacSHA256(extracted[:], info, []byte{1})
}

func hmacSHA256(key []byte, parts ...[]byte) [sha256.Size]byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		mac.Write(part)
	}
	return [sha256.Size]byte(mac.Sum(nil))
}
