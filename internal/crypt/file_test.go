package crypt

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"filippo.io/age"
)

func sealFile(t testing.TB, content []byte, recipients ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := SealFile(&out, recipients)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.Write(content); err != nil || n != len(content) {
		t.Fatalf("Write = %d, %v", n, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// fileSizes are the borders: of blocks, of age chunks, of the smallest bucket,
// and padding that needs one, or several, members.
var fileSizes = []int{
	0, 1, 100, storedBlock - 1, storedBlock, storedBlock + 1, 2 * storedBlock, 3*storedBlock + 17,
	minFile - 100, minFile - 57, minFile - 56, minFile, 65_536, 1_000_000, 4 << 20, 4_500_001,
}

func TestFileRoundTrip(t *testing.T) {
	id := newIdentity(t)
	for _, n := range fileSizes {
		content := fileContent(n)
		sealed := sealFile(t, content, id.Recipient())
		f, err := OpenFile(bytes.NewReader(sealed), int64(len(sealed)), id)
		if err != nil {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if f.Size() != int64(n) {
			t.Errorf("%d bytes have size %d", n, f.Size())
		}
		if err := iotest.TestReader(io.NewSectionReader(f, 0, min(f.Size(), 1000)), content[:min(n, 1000)]); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
		if whole, err := io.ReadAll(f.Reader()); err != nil || !bytes.Equal(whole, content) {
			t.Errorf("%d bytes came back changed: %v", n, err)
		}
		stream, err := OpenFileStream(iotest.OneByteReader(bytes.NewReader(sealed)), id)
		if n > 200_000 {
			stream, err = OpenFileStream(bytes.NewReader(sealed), id)
		}
		if err != nil {
			t.Fatalf("%d bytes as a stream: %v", n, err)
		}
		if whole, err := io.ReadAll(stream); err != nil || !bytes.Equal(whole, content) {
			t.Errorf("%d bytes as a stream came back changed: %v", n, err)
		}
	}
}

// TestFilePaddingIsStandardGzip opens the age layer with the age library alone
// and the rest with Go's gzip, which knows nothing of our layout.
func TestFilePaddingIsStandardGzip(t *testing.T) {
	id := newIdentity(t)
	for _, n := range fileSizes {
		plain := agePlain(t, id, sealFile(t, fileContent(n), id.Recipient()))
		if int64(len(plain)) != PaddedSize(int64(n)) {
			t.Errorf("%d bytes are padded to %d, PaddedSize says %d", n, len(plain), PaddedSize(int64(n)))
		}
		reader, err := gzip.NewReader(bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		if content, err := io.ReadAll(reader); err != nil || !bytes.Equal(content, fileContent(n)) {
			t.Errorf("%d bytes: gzip gives %d, %v", n, len(content), err)
		}
	}
}

func TestPaddedSizesHide(t *testing.T) {
	for n := int64(0); n < 16_000; n += 100 {
		if got := PaddedSize(n); got != minFile {
			t.Fatalf("%d bytes are padded to %d", n, got)
		}
	}
	last := int64(0)
	for n := int64(16_400); n < 1<<33; n += 1 + n/300 {
		p := PaddedSize(n)
		if p < last || float64(p) > 1.07*float64(n)+padMemberMin || p < contentSize(n)+padMemberMin {
			t.Fatalf("%d bytes are padded to %d", n, p)
		}
		last = p
	}
}

func TestFileWriteSizesDoNotMatter(t *testing.T) {
	id := newIdentity(t)
	content := fileContent(200_000)
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		var out bytes.Buffer
		w, err := SealFile(&out, []string{id.Recipient()})
		if err != nil {
			t.Fatal(err)
		}
		for rest := content; len(rest) > 0; {
			n := min(len(rest), random.IntN(70_000))
			if _, err := w.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := errors.Join(w.Close(), w.Close()); err != nil {
			t.Fatalf("Close twice: %v", err)
		}
		if !bytes.Equal(agePlain(t, id, out.Bytes()), agePlain(t, id, sealFile(t, content, id.Recipient()))) {
			t.Error("the same content written in other pieces gave another stream")
		}
		if _, err := w.Write([]byte("x")); err == nil {
			t.Error("wrote after Close")
		}
	}
}

func TestFileRecipients(t *testing.T) {
	a, b, stranger := newIdentity(t), newIdentity(t), newIdentity(t)
	sealed := sealFile(t, []byte("x"), a.Recipient(), b.Recipient())
	for _, ids := range [][]*Identity{{a}, {b}, {stranger, b}} {
		if _, err := OpenFile(bytes.NewReader(sealed), int64(len(sealed)), ids...); err != nil {
			t.Errorf("a recipient: %v", err)
		}
	}
	if _, err := OpenFile(bytes.NewReader(sealed), int64(len(sealed)), stranger); !errors.Is(err, ErrNotForYou) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := OpenFileStream(bytes.NewReader(sealed), stranger); !errors.Is(err, ErrNotForYou) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := SealFile(io.Discard, nil); !errors.Is(err, ErrKey) {
		t.Errorf("no recipients: %v", err)
	}
}

func TestFileDamage(t *testing.T) {
	id := newIdentity(t)
	content := fileContent(150_000)
	sealed := sealFile(t, content, id.Recipient())
	read := func(data []byte) ([]byte, error) {
		f, err := OpenFile(bytes.NewReader(data), int64(len(data)), id)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(f.Reader())
	}
	stream := func(data []byte) ([]byte, error) {
		r, err := OpenFileStream(bytes.NewReader(data), id)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	}
	for name, bad := range map[string][]byte{
		"empty": nil, "header": flip(sealed, 1000), "first chunk": flip(sealed, 3000), "middle": flip(sealed, 100_000),
		"end": flip(sealed, len(sealed)-1), "cut": sealed[:len(sealed)-1], "cut at a chunk": sealed[:len(sealed)/2],
		"longer": append(bytes.Clone(sealed), 0),
	} {
		if _, err := read(bad); !errors.Is(err, ErrOpen) && !errors.Is(err, ErrNotForYou) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := stream(bad); !errors.Is(err, ErrOpen) && !errors.Is(err, ErrNotForYou) {
			t.Errorf("%s as a stream: %v", name, err)
		}
	}
}

// TestForeignFile checks files that somebody sealed for the circle in another
// layout, so that the reader and gunzip would disagree.
func TestForeignFile(t *testing.T) {
	id := newIdentity(t)
	plain := agePlain(t, id, sealFile(t, fileContent(100_000), id.Recipient()))
	change := func(at int, to ...byte) []byte {
		b := bytes.Clone(plain)
		copy(b[at:], to)
		return b
	}
	size := binary.LittleEndian.AppendUint64(nil, 99_999)
	huge := binary.LittleEndian.AppendUint64(nil, 1<<63)
	for name, bad := range map[string][]byte{
		"not gzip": []byte("hello"), "nothing": nil, "zeros": make([]byte, minFile),
		"another size in the same bucket": change(len(plain)-sizeFromEnd, size...),
		"a negative size":                 change(len(plain)-sizeFromEnd, huge...),
		"an early last block":             change(gzipHeader, 1),
		"another block length":            change(gzipHeader+1, 1, 0, 0xfe, 0xff),
	} {
		sealed := ageSeal(t, id, bad)
		f, err := OpenFile(bytes.NewReader(sealed), int64(len(sealed)), id)
		if err == nil {
			_, err = io.ReadAll(f.Reader())
		}
		if !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", name, err)
		}
	}
	sealed := ageSeal(t, id, []byte("hello"))
	if _, err := OpenFileStream(bytes.NewReader(sealed), id); !errors.Is(err, ErrFormat) {
		t.Errorf("a stream that is not gzip: %v", err)
	}
}

func TestFileMediumFails(t *testing.T) {
	full := errors.New("no space left")
	for after := range 6 {
		w, err := SealFile(&failingWriter{left: after, err: full}, []string{newIdentity(t).Recipient()})
		if err == nil {
			_, err = w.Write(fileContent(300_000))
			err = errors.Join(err, w.Close())
		}
		if !errors.Is(err, full) {
			t.Errorf("failing write %d: %v", after, err)
		}
	}
}

type failingWriter struct {
	left int
	err  error
}

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.left == 0 {
		return 0, w.err
	}
	w.left--
	return len(p), nil
}

func agePlain(t *testing.T, id *Identity, sealed []byte) []byte {
	t.Helper()
	r, err := age.Decrypt(bytes.NewReader(sealed), id.secret().key)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func ageSeal(t *testing.T, id *Identity, plain []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := age.Encrypt(&out, id.secret().key.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
