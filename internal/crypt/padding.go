package crypt

import (
	"bytes"
	"math/bits"
)

const (
	minValue = 32       // smallest padded value, bytes
	topValue = 512      // up to here lengths of values are powers of two
	minFile  = 16 << 10 // smallest padded content of a file, bytes
	padMark  = 0x80
)

// Padme is the length to which n bytes are padded by the Padmé rule: n rounded
// up so that its binary form ends in zeros, keeping about log2(log2 n) + 1
// leading bits. It adds at most 12 % (6 % above 64 kB, 3 % above 4 GB) and leaves
// O(log log n) bits to be learned from the length.
//
// Source: Nikitin, Barman, Lueks, Underwood, Hubaux, Ford, "Reducing Metadata
// Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019(4),
// section 4.2.
func Padme(n int64) int64 {
	if n < 2 {
		return max(n, 0)
	}
	exponent := bits.Len64(uint64(n)) - 1
	kept := bits.Len64(uint64(exponent))
	mask := int64(1)<<(max(exponent-kept, 0)) - 1
	return (n + mask) &^ mask
}

// valueSize is the padded length of a value of n bytes, with room for the mark.
func valueSize(n int) int {
	for size := minValue; size <= topValue; size *= 2 {
		if n < size {
			return size
		}
	}
	return int(Padme(int64(n) + 1))
}

func pad(plaintext []byte) []byte {
	padded := make([]byte, valueSize(len(plaintext)))
	copy(padded, plaintext)
	padded[len(plaintext)] = padMark
	return padded
}

func unpad(padded []byte) ([]byte, error) {
	i := bytes.LastIndexByte(padded, padMark)
	if i < 0 || len(bytes.TrimLeft(padded[i+1:], "\x00")) > 0 || len(padded) != valueSize(i) {
		return nil, ErrFormat
	}
	return padded[:i:i], nil
}
