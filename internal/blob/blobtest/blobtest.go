// Package blobtest is the conformance suite of blob.Store. Every implementation
// runs it from its own tests:
//
//	blobtest.Run(t, func(t *testing.T) blob.Store { … })
//
// It checks what the contract says and nothing about how it is done; what a
// crash leaves is for the implementation's own tests.
package blobtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"svod/internal/blob"
)

// Run runs the suite. open gives a new empty store, which it closes itself with
// t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	tests := []struct {
		name string
		run  func(*testing.T, blob.Store)
	}{
		{"what was put comes back", testRoundTrip},
		{"reads at any place", testReadAt},
		{"a name is taken once", testExists},
		{"what is not there", testNotFound},
		{"names that are refused", testNames},
		{"a failing source leaves nothing", testFailingSource},
		{"a cancelled put leaves nothing", testCancelledPut},
		{"an ended context", testEndedContext},
		{"an unfinished put is not seen", testUnfinishedPut},
		{"delete", testDelete},
		{"list", testList},
		{"list stops on error", testListStops},
		{"two puts of one name", testRace},
		{"many at once", testConcurrent},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

// name makes a valid name from a number; its end is spread like that of a hash.
func name(n int) string { return fmt.Sprintf("%08x-%016x", n, uint64(n)*0x9e3779b97f4a7c15) }

// content makes n bytes that differ from seed to seed.
func content(seed, n int) []byte {
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func put(t *testing.T, s blob.Store, name string, data []byte) {
	t.Helper()
	n, err := s.Put(context.Background(), name, bytes.NewReader(data))
	if err != nil || n != int64(len(data)) {
		t.Fatalf("Put = %d, %v; want %d bytes", n, err, len(data))
	}
}

func get(t *testing.T, s blob.Store, name string) []byte {
	t.Helper()
	b, err := s.Open(context.Background(), name)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	data, err := io.ReadAll(io.NewSectionReader(b, 0, b.Size()))
	if err := errors.Join(err, b.Close()); err != nil {
		t.Fatalf("reading: %v", err)
	}
	return data
}

func wantAbsent(t *testing.T, s blob.Store, name string) {
	t.Helper()
	ctx := context.Background()
	if _, err := s.Open(ctx, name); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("Open = %v, want ErrNotFound", err)
	}
	if _, err := s.Stat(ctx, name); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("Stat = %v, want ErrNotFound", err)
	}
	if names := list(t, s); slices.Contains(names, name) {
		t.Errorf("List has %s", name)
	}
}

func list(t *testing.T, s blob.Store) []string {
	t.Helper()
	var names []string
	err := s.List(context.Background(), func(i blob.Info) error {
		names = append(names, i.Name)
		return nil
	})
	if err != nil {
		t.Fatalf("List: %v", err)
	}
	slices.Sort(names)
	return names
}

func testRoundTrip(t *testing.T, s blob.Store) {
	for i, size := range []int{0, 1, 4095, 128 << 10, 1<<20 + 7} {
		data := content(i, size)
		put(t, s, name(i), data)
		if !bytes.Equal(get(t, s, name(i)), data) {
			t.Errorf("%d bytes came back changed", size)
		}
		info, err := s.Stat(context.Background(), name(i))
		if err != nil || info.Size != int64(size) || info.Name != name(i) || info.Modified.IsZero() {
			t.Errorf("Stat = %+v, %v; want %d bytes", info, err, size)
		}
	}
	dribble := content(99, 3000)
	if _, err := s.Put(context.Background(), name(99), iotest.OneByteReader(bytes.NewReader(dribble))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(get(t, s, name(99)), dribble) {
		t.Error("a source of small reads came back changed")
	}
}

func testReadAt(t *testing.T, s blob.Store) {
	data := content(1, 10_000)
	put(t, s, name(1), data)
	b, err := s.Open(context.Background(), name(1))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, c := range []struct {
		offset int64
		length int
		want   int
		eof    bool
	}{{0, 10, 10, false}, {5000, 100, 100, false}, {9_990, 20, 10, true}, {10_000, 1, 0, true}, {20_000, 1, 0, true}} {
		p := make([]byte, c.length)
		n, err := b.ReadAt(p, c.offset)
		if n != c.want || (err == io.EOF) != c.eof || (!c.eof && err != nil) {
			t.Errorf("ReadAt(%d bytes, %d) = %d, %v", c.length, c.offset, n, err)
		}
		if n > 0 && !bytes.Equal(p[:n], data[c.offset:c.offset+int64(n)]) {
			t.Errorf("ReadAt(%d) gave other bytes", c.offset)
		}
	}
}

func testExists(t *testing.T, s blob.Store) {
	first := content(1, 100)
	put(t, s, name(1), first)
	if _, err := s.Put(context.Background(), name(1), strings.NewReader("other")); !errors.Is(err, blob.ErrExists) {
		t.Errorf("second Put = %v, want ErrExists", err)
	}
	if !bytes.Equal(get(t, s, name(1)), first) {
		t.Error("the second Put changed the blob")
	}
}

func testNotFound(t *testing.T, s blob.Store) {
	wantAbsent(t, s, name(1))
	if err := s.Delete(context.Background(), name(1)); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("Delete = %v, want ErrNotFound", err)
	}
}

func testNames(t *testing.T, s blob.Store) {
	ctx := context.Background()
	for _, bad := range []string{
		"", "short", "../../../../etc/passwd", "/etc/passwd-long-enough", "..", "aaaaaaaaaaaaaaaa/bbbb", `aaaaaaaaaaaaaaaa\bbbb`,
		"AAAAAAAAAAAAAAAAAAAA", "aaaaaaaaaaaaaaaa.tmp", ".put-aaaaaaaaaaaaaaaa", "-aaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaa-",
		"aaaaaaaaaaaaaaaa\x00bbb", "aaaaaaaaaaaaaaaa bbb", "ааааааааааааааааа", strings.Repeat("a", 129), "aaaaaaaaaaaaaaaa\n",
	} {
		_, putErr := s.Put(ctx, bad, strings.NewReader("x"))
		_, openErr := s.Open(ctx, bad)
		_, statErr := s.Stat(ctx, bad)
		deleteErr := s.Delete(ctx, bad)
		for call, err := range map[string]error{"Put": putErr, "Open": openErr, "Stat": statErr, "Delete": deleteErr} {
			if !errors.Is(err, blob.ErrName) {
				t.Errorf("%s(%q) = %v, want ErrName", call, bad, err)
			}
		}
	}
	for _, good := range []string{strings.Repeat("a", 16), strings.Repeat("z", 128), "0193b0c8-8f0e-7c3a-9a51-2f6f5a0d7e11"} {
		put(t, s, good, []byte(good))
	}
	if n := len(list(t, s)); n != 3 {
		t.Errorf("List has %d names, want the 3 good ones", n)
	}
}

func testFailingSource(t *testing.T, s blob.Store) {
	broken := errors.New("the source broke")
	source := io.MultiReader(bytes.NewReader(content(1, 300_000)), iotest.ErrReader(broken))
	if _, err := s.Put(context.Background(), name(1), source); !errors.Is(err, broken) {
		t.Errorf("Put = %v, want the source's error", err)
	}
	wantAbsent(t, s, name(1))
	put(t, s, name(1), content(2, 10)) // the name is still free
}

func testCancelledPut(t *testing.T, s blob.Store) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	source := io.MultiReader(bytes.NewReader(content(1, 300_000)), readerFunc(func(p []byte) (int, error) {
		cancel()
		return len(p), nil // would go on for ever
	}))
	if _, err := s.Put(ctx, name(1), source); !errors.Is(err, context.Canceled) {
		t.Errorf("Put = %v, want context.Canceled", err)
	}
	wantAbsent(t, s, name(1))
}

func testEndedContext(t *testing.T, s blob.Store) {
	put(t, s, name(1), nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, putErr := s.Put(ctx, name(2), strings.NewReader("x"))
	_, openErr := s.Open(ctx, name(1))
	_, statErr := s.Stat(ctx, name(1))
	deleteErr := s.Delete(ctx, name(1))
	listErr := s.List(ctx, func(blob.Info) error { return nil })
	for call, err := range map[string]error{"Put": putErr, "Open": openErr, "Stat": statErr, "Delete": deleteErr, "List": listErr} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s = %v, want context.Canceled", call, err)
		}
	}
	if !slices.Equal(list(t, s), []string{name(1)}) {
		t.Error("a call with an ended context changed the store")
	}
}

func testUnfinishedPut(t *testing.T, s blob.Store) {
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() {
		_, err := s.Put(context.Background(), name(1), r)
		done <- err
	}()
	if _, err := w.Write(content(1, 500_000)); err != nil {
		t.Fatal(err)
	}
	wantAbsent(t, s, name(1))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatalf("Put: %v", err)
	}
	if !bytes.Equal(get(t, s, name(1)), content(1, 500_000)) {
		t.Error("content changed")
	}
}

func testDelete(t *testing.T, s blob.Store) {
	put(t, s, name(1), content(1, 10))
	put(t, s, name(2), content(2, 10))
	if err := s.Delete(context.Background(), name(1)); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	wantAbsent(t, s, name(1))
	if !bytes.Equal(get(t, s, name(2)), content(2, 10)) {
		t.Error("another blob changed")
	}
	put(t, s, name(1), content(3, 10)) // the name is free again
}

func testList(t *testing.T, s blob.Store) {
	if names := list(t, s); len(names) != 0 {
		t.Fatalf("a new store lists %v", names)
	}
	var want []string
	sizes := make(map[string]int64)
	for i := range 50 {
		put(t, s, name(i), content(i, i))
		want = append(want, name(i))
		sizes[name(i)] = int64(i)
	}
	slices.Sort(want)
	if got := list(t, s); !slices.Equal(got, want) {
		t.Errorf("List = %d names, want %d, each once", len(got), len(want))
	}
	err := s.List(context.Background(), func(i blob.Info) error {
		if i.Size != sizes[i.Name] || i.Modified.IsZero() {
			t.Errorf("List gave %+v", i)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func testListStops(t *testing.T, s blob.Store) {
	for i := range 5 {
		put(t, s, name(i), nil)
	}
	enough := errors.New("enough")
	calls := 0
	err := s.List(context.Background(), func(blob.Info) error {
		calls++
		return enough
	})
	if !errors.Is(err, enough) || calls != 1 {
		t.Errorf("List = %v after %d calls", err, calls)
	}
}

func testRace(t *testing.T, s blob.Store) {
	const writers = 8
	var wait sync.WaitGroup
	errs := make([]error, writers)
	for i := range writers {
		wait.Go(func() { _, errs[i] = s.Put(context.Background(), name(1), bytes.NewReader(content(i, 70_000))) })
	}
	wait.Wait()
	winner := -1
	for i, err := range errs {
		switch {
		case err == nil && winner < 0:
			winner = i
		case err == nil:
			t.Error("two Puts of one name succeeded")
		case !errors.Is(err, blob.ErrExists):
			t.Errorf("Put = %v, want ErrExists", err)
		}
	}
	if winner < 0 {
		t.Fatal("no Put succeeded")
	}
	if !bytes.Equal(get(t, s, name(1)), content(winner, 70_000)) {
		t.Error("the blob is not the winner's")
	}
}

func testConcurrent(t *testing.T, s blob.Store) {
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			if _, err := s.Put(context.Background(), name(i), bytes.NewReader(content(i, 1000*i))); err != nil {
				t.Errorf("Put: %v", err)
			}
		})
	}
	wait.Wait()
	for i := range 16 {
		if !bytes.Equal(get(t, s, name(i)), content(i, 1000*i)) {
			t.Errorf("blob %d changed", i)
		}
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
