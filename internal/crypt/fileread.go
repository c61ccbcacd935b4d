package crypt

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"sync/atomic"

	"filippo.io/age"
)

// File is the content of a sealed file, readable at any place and from several
// goroutines at once. A read decrypts and authenticates the 64 KiB around it; the
// block read last is kept, so small reads in order cost nothing more.
type File struct {
	plain io.ReaderAt // the gzip part
	size  int64
	last  atomic.Pointer[fileBlock]
}

type fileBlock struct {
	index   int64
	content []byte // never changed
}

// OpenFile opens what SealFile wrote; size is the length of src in bytes. It
// reads the header, the last chunk and the first, so a truncated file is noticed
// at once. What stands in the padding is not read; OpenFileStream reads all.
// Errors: ErrNotForYou, ErrOpen, ErrFormat.
func OpenFile(src io.ReaderAt, size int64, identities ...*Identity) (*File, error) {
	plain, plainSize, err := age.DecryptReaderAt(src, size, ageIdentities(identities)...)
	if err != nil {
		return nil, ageError(err)
	}
	var tail [8]byte
	if plainSize < minFile {
		return nil, ErrFormat
	}
	if _, err := plain.ReadAt(tail[:], plainSize-sizeFromEnd); err != nil {
		return nil, ErrOpen
	}
	content := int64(binary.LittleEndian.Uint64(tail[:]))
	if content < 0 || content > MaxFile || PaddedSize(content) != plainSize {
		return nil, ErrFormat
	}
	f := &File{plain: plain, size: content}
	var head [gzipHeader]byte
	if _, err := plain.ReadAt(head[:], 0); err != nil {
		return nil, ErrOpen
	}
	if !bytes.Equal(head[:], gzipHead(0)) {
		return nil, ErrFormat
	}
	if _, err := f.block(0); err != nil {
		return nil, err
	}
	return f, nil
}

// Size is the exact length of the content in bytes.
func (f *File) Size() int64 { return f.size }

// Reader reads the whole content from the beginning; it can seek.
func (f *File) Reader() *io.SectionReader { return io.NewSectionReader(f, 0, f.size) }

// ReadAt implements io.ReaderAt. Errors: io.EOF at the end, ErrOpen when the
// stored bytes are damaged, ErrFormat when the file was not made by SealFile.
func (f *File) ReadAt(p []byte, offset int64) (int, error) {
	if offset < 0 {
		return 0, ErrFormat
	}
	done := 0
	for done < len(p) {
		if offset >= f.size {
			return done, io.EOF
		}
		content, err := f.block(offset / storedBlock)
		if err != nil {
			return done, err
		}
		n := copy(p[done:], content[offset%storedBlock:])
		done += n
		offset += int64(n)
	}
	return done, nil
}

// block reads one stored block. It checks the block's header: anybody may seal a
// file for a circle, and one that gunzip reads differently must not pass.
func (f *File) block(index int64) ([]byte, error) {
	if kept := f.last.Load(); kept != nil && kept.index == index {
		return kept.content, nil
	}
	length := min(f.size-index*storedBlock, storedBlock)
	raw := make([]byte, blockHeader+length)
	if _, err := f.plain.ReadAt(raw, gzipHeader+index*(blockHeader+storedBlock)); err != nil {
		return nil, ErrOpen
	}
	var last byte
	if index == blockCount(f.size)-1 {
		last = 1
	}
	n := binary.LittleEndian.Uint16(raw[1:])
	if raw[0] != last || int64(n) != length || binary.LittleEndian.Uint16(raw[3:]) != ^n {
		return nil, ErrFormat
	}
	content := raw[blockHeader:]
	f.last.Store(&fileBlock{index: index, content: content})
	return content, nil
}

// OpenFileStream opens what SealFile wrote when only a stream is at hand (an
// import, a bundle). The content is whole only once io.EOF came: an altered or
// truncated file may give some content first and then ErrOpen or ErrFormat.
func OpenFileStream(src io.Reader, identities ...*Identity) (io.Reader, error) {
	plain, err := age.Decrypt(src, ageIdentities(identities)...)
	if err != nil {
		return nil, ageError(err)
	}
	kept := &keepError{r: plain}
	content, err := gzip.NewReader(kept)
	if err != nil {
		return nil, kept.cause()
	}
	return &fileStream{content: content, plain: kept}, nil
}

type fileStream struct {
	content *gzip.Reader
	plain   *keepError
}

func (f *fileStream) Read(p []byte) (int, error) {
	n, err := f.content.Read(p)
	if err != nil && err != io.EOF {
		err = f.plain.cause()
	}
	return n, err
}

// keepError remembers an error of the age stream, to tell damage from a file of
// another format.
type keepError struct {
	r   io.Reader
	err error
}

func (k *keepError) Read(p []byte) (int, error) {
	n, err := k.r.Read(p)
	if err != nil && err != io.EOF {
		k.err = err
	}
	return n, err
}

func (k *keepError) cause() error {
	if k.err != nil {
		return ErrOpen
	}
	return ErrFormat
}

func ageIdentities(identities []*Identity) []age.Identity {
	list := make([]age.Identity, len(identities))
	for i, id := range identities {
		list[i] = id.secret().key
	}
	return list
}
