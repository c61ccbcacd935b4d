package crypt

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"

	"filippo.io/age"
)

// A sealed file is an age stream whose plaintext is a gzip file (RFC 1952) of
// stored, uncompressed blocks, followed by empty gzip members whose "extra"
// field holds the padding. Therefore, with stock tools on any system,
//
//	age -d -i circle.key blob | gunzip > file
//
// gives the exact content, while the stored size shows only a padded one (see
// PaddedSize). docs/adr/0002-file-padding.md says why.
//
// Layout of the gzip part, all numbers little-endian:
//
//	header     10 bytes  1f 8b 08 00, time 0, 00, ff
//	blocks     each: 1 byte (01 on the last, else 00), length u16, its complement
//	           u16, content; every block but the last holds storedBlock bytes
//	trailer    CRC-32 u32, content size modulo 2^32 u32
//	padding    one or more members: header with flag 04, extra length u16,
//	           subfield "Sv", its length u16, zeros, exact content size u64;
//	           03 00 (an empty deflate stream); CRC-32 0, size 0
//
// The exact size thus lies 18 bytes before the end, which gives random access.
const (
	storedBlock   = 32 << 10
	gzipHeader    = 10
	gzipTrailer   = 8
	blockHeader   = 5
	padMemberMin  = gzipHeader + 2 + 4 + 8 + 2 + gzipTrailer // 34 bytes
	padMemberMax  = gzipHeader + 2 + 0xffff + 2 + gzipTrailer
	sizeFromEnd   = 8 + 2 + gzipTrailer
	gzipFlagExtra = 4
)

// MaxFile is the largest content SealFile takes: 1 TiB.
const MaxFile = int64(1) << 40

// ErrTooLarge: the content is larger than MaxFile.
var ErrTooLarge = errors.New("crypt: file too large")

// contentSize is the length of the first gzip member for n bytes of content.
func contentSize(n int64) int64 {
	return gzipHeader + blockHeader*blockCount(n) + n + gzipTrailer
}

func blockCount(n int64) int64 { return max((n+storedBlock-1)/storedBlock, 1) }

// PaddedSize is the length of what is sealed for n bytes of content: at least
// 16 KiB, above that the next Padmé length, which adds at most 7 %. The stored blob is
// longer by the age header (about 1.7 kB per recipient) and 16 bytes per 64 KiB.
func PaddedSize(n int64) int64 {
	return max(Padme(contentSize(max(n, 0))+padMemberMin), minFile)
}

// SealFile returns a writer that seals everything written to it for the
// recipients ("age1pq1…", the public keys of circles) and writes the stream to
// w. Close ends the stream and must be called and checked: without it the file
// does not open. It does not close w. Errors: ErrKey, ErrTooLarge, those of w.
func SealFile(w io.Writer, recipients []string) (io.WriteCloser, error) {
	list, err := parseRecipients(recipients)
	if err != nil {
		return nil, err
	}
	sealed, err := age.Encrypt(w, list...)
	if err != nil {
		return nil, err
	}
	return &fileSealer{sealed: sealed, block: make([]byte, 0, blockHeader+storedBlock)}, nil
}

type fileSealer struct {
	sealed io.WriteCloser
	block  []byte // content of the block not yet written; written once more follows
	size   int64  // content taken so far
	crc    uint32
	begun  bool
	err    error // the first error; sticks
	closed bool
}

func (f *fileSealer) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		if err := f.ready(); err != nil {
			return written, err
		}
		n := min(len(p), storedBlock-len(f.block))
		f.block = append(f.block, p[:n]...)
		f.crc = crc32.Update(f.crc, crc32.IEEETable, p[:n])
		f.size += int64(n)
		p = p[n:]
		written += n
	}
	return written, nil
}

// ready makes room in the block, so that a full last block is still at hand
// when Close must mark it as the last.
func (f *fileSealer) ready() error {
	switch {
	case f.err != nil:
	case f.closed:
		f.err = io.ErrClosedPipe
	case f.size >= MaxFile:
		f.err = ErrTooLarge
	case len(f.block) == storedBlock:
		f.writeBlock(0)
	}
	return f.err
}

func (f *fileSealer) writeBlock(last byte) {
	if !f.begun {
		f.begun = true
		f.put(gzipHead(0))
	}
	n := uint16(len(f.block))
	head := []byte{last}
	head = binary.LittleEndian.AppendUint16(head, n)
	f.put(binary.LittleEndian.AppendUint16(head, ^n))
	f.put(f.block)
	f.block = f.block[:0]
}

// put writes to the age stream unless an earlier write failed.
func (f *fileSealer) put(p []byte) {
	if f.err == nil {
		_, f.err = f.sealed.Write(p)
	}
}

func (f *fileSealer) Close() error {
	if f.closed {
		return f.err
	}
	f.closed = true
	f.writeBlock(1)
	trailer := binary.LittleEndian.AppendUint32(nil, f.crc)
	f.put(binary.LittleEndian.AppendUint32(trailer, uint32(f.size)))
	for rest := PaddedSize(f.size) - contentSize(f.size); rest > 0 && f.err == nil; {
		member := min(rest, padMemberMax)
		if after := rest - member; after > 0 && after < padMemberMin {
			member = rest - padMemberMin
		}
		f.put(padMember(int(member), f.size))
		rest -= member
	}
	if f.err != nil {
		return f.err // the age stream stays open-ended, so nobody takes it for whole
	}
	f.err = f.sealed.Close()
	return f.err
}

func gzipHead(flag byte) []byte {
	return []byte{0x1f, 0x8b, 8, flag, 0, 0, 0, 0, 0, 0xff}
}

// padMember is an empty gzip member of exactly n bytes that records the size.
func padMember(n int, size int64) []byte {
	extra := n - (gzipHeader + 2 + 2 + gzipTrailer)
	m := make([]byte, 0, n)
	m = append(m, gzipHead(gzipFlagExtra)...)
	m = binary.LittleEndian.AppendUint16(m, uint16(extra))
	m = append(m, 'S', 'v')
	m = binary.LittleEndian.AppendUint16(m, uint16(extra-4))
	m = append(m, make([]byte, extra-4-8)...)
	m = binary.LittleEndian.AppendUint64(m, uint64(size))
	m = append(m, 3, 0)
	return append(m, make([]byte, gzipTrailer)...)
}
