package core

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// ID is a UUID version 7 in its 36-character text form: sortable by creation
// time to the millisecond, 74 random bits. The zero value means "none".
type ID string

// NewID returns a fresh ID. It never returns an error: crypto/rand aborts the
// program when the system has no randomness.
func NewID() ID { return NewIDAt(time.Now()) }

// NewIDAt returns a fresh ID whose time part is t. Tests and imports that
// must keep an order use it.
func NewIDAt(t time.Time) ID {
	var b [16]byte
	_, _ = rand.Read(b[6:])
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(t.UnixMilli()))
	copy(b[:6], ms[2:])
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	var out [36]byte
	hex.Encode(out[0:8], b[0:4])
	out[8] = '-'
	hex.Encode(out[9:13], b[4:6])
	out[13] = '-'
	hex.Encode(out[14:18], b[6:8])
	out[18] = '-'
	hex.Encode(out[19:23], b[8:10])
	out[23] = '-'
	hex.Encode(out[24:36], b[10:16])
	return ID(out[:])
}

// ParseID accepts the text form only; anything else is KindNotFound, because
// a malformed address and an absent record must look the same.
func ParseID(s string) (ID, error) {
	if len(s) != 36 {
		return "", NotFound()
	}
	for i := 0; i < 36; i++ {
		c := s[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return "", NotFound()
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return "", NotFound()
			}
		}
	}
	return ID(s), nil
}

// Short is the part of an ID shown to people where the whole would be noise:
// its last eight digits, which are random.
func (id ID) Short() string {
	if len(id) < 8 {
		return string(id)
	}
	return string(id[len(id)-8:])
}
