package crypt

import (
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
)

// WrappedKeySize is the length of what WrapRecordKey returns: 73 bytes.
const WrappedKeySize = overhead + KeySize

// RecordKey is the random key of one record; each of its sealed values is sealed
// under it. Destroying every wrap of it erases the record. Get one from NewRecordKey or
// UnwrapRecordKey; using the zero RecordKey is a mistake of the program and ends
// in a nil dereference rather than in a value sealed under zeros.
type RecordKey struct{ secret hidden[[KeySize]byte] }

// NewRecordKey makes a new random key.
func NewRecordKey() RecordKey {
	var key [KeySize]byte
	_, _ = rand.Read(key[:]) // never fails: it ends the process instead
	return RecordKey{secret: hide(key)}
}

// WrapRecordKey seals a record's key for a circle: its home, or one that it is
// shared with. The result opens only for the same record, key generation (how
// often the record got a new key, from 1), circle and circle generation.
func WrapRecordKey(circle *CircleKeys, record string, keyGeneration int, key RecordKey) []byte {
	return seal(circle.keys().wrap, key.secret()[:], recordKeyAAD(circle, record, keyGeneration))
}

// UnwrapRecordKey opens what WrapRecordKey made. Errors: ErrFormat, ErrOpen.
func UnwrapRecordKey(circle *CircleKeys, record string, keyGeneration int, wrapped []byte) (RecordKey, error) {
	if len(wrapped) != WrappedKeySize {
		return RecordKey{}, ErrFormat
	}
	plain, err := open(circle.keys().wrap, wrapped, recordKeyAAD(circle, record, keyGeneration))
	if err != nil {
		return RecordKey{}, err
	}
	return RecordKey{secret: hide([KeySize]byte(plain))}, nil
}

func recordKeyAAD(circle *CircleKeys, record string, keyGeneration int) []byte {
	aad := appendPart(nil, "svod/record-key/v1")
	aad = appendPart(aad, record)
	aad = appendNumber(aad, keyGeneration)
	aad = appendPart(aad, circle.circle)
	return appendNumber(aad, circle.generation)
}

// Format implements fmt.Formatter, so that no verb prints the key by mistake.
func (k RecordKey) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "[record key]") }

// LogValue implements slog.LogValuer for the same reason.
func (k RecordKey) LogValue() slog.Value { return slog.StringValue("[record key]") }
