package fs

import (
	"bytes"
	"context"
	"errors"
	iofs "io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"svod/internal/blob"
	"svod/internal/blob/blobtest"
)

const someName = "0193b0c8-8f0e-7c3a-9a51-2f6f5a0d7e11"

func open(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestConformance(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Store { return open(t, t.TempDir()) })
}

func TestPlaceAndPermissions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "blobs")
	s := open(t, dir)
	if _, err := s.Put(context.Background(), someName, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "11", "7e", someName)); err != nil {
		t.Errorf("not in its place: %v", err)
	}
	err := filepath.WalkDir(dir, func(path string, d iofs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%s has mode %o: others may read it", path, mode)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCrashLeftovers lays out what a process killed at each step of Put leaves.
func TestCrashLeftovers(t *testing.T) {
	dir := t.TempDir()
	inner := filepath.Join(dir, "11", "7e")
	if err := os.MkdirAll(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * time.Hour)
	for name, at := range map[string]time.Time{
		".put-1-1-1": old,        // killed while writing
		".put-1-1-2": old,        // killed before the rename
		".put-1-1-3": time.Now(), // perhaps another process, still writing
	} {
		path := filepath.Join(inner, name)
		if err := os.WriteFile(path, []byte("partial"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, dir)
	ctx := context.Background()
	if _, err := s.Open(ctx, someName); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("a partial blob is seen: %v", err)
	}
	if n := count(t, s); n != 0 {
		t.Errorf("List shows %d partial blobs", n)
	}
	if _, err := s.Put(ctx, someName, strings.NewReader("whole")); err != nil {
		t.Fatalf("Put after a crash: %v", err)
	}
	removed, err := s.Sweep(ctx, time.Now().Add(-time.Hour))
	if err != nil || removed != 2 {
		t.Errorf("Sweep = %d, %v; want 2", removed, err)
	}
	if _, err := os.Stat(filepath.Join(inner, ".put-1-1-3")); err != nil {
		t.Errorf("Sweep took a young file: %v", err)
	}
	if n := count(t, s); n != 1 {
		t.Errorf("%d blobs after Sweep, want 1", n)
	}
}

func TestSweepSparesPutsUnderWay(t *testing.T) {
	s := open(t, t.TempDir())
	ctx := context.Background()
	source := &sweepingReader{t: t, s: s, rest: bytes.NewReader(bytes.Repeat([]byte("x"), 1000))}
	if _, err := s.Put(ctx, someName, source); err != nil {
		t.Fatalf("Put: %v", err)
	}
	if !source.swept {
		t.Fatal("Sweep did not run during Put")
	}
}

// sweepingReader runs Sweep in the middle of the Put that reads it.
type sweepingReader struct {
	t     *testing.T
	s     *Store
	rest  *bytes.Reader
	swept bool
}

func (r *sweepingReader) Read(p []byte) (int, error) {
	if !r.swept {
		r.swept = true
		n, err := r.s.Sweep(context.Background(), time.Now().Add(time.Hour))
		if n != 0 || err != nil {
			r.t.Errorf("Sweep = %d, %v; it took a file being written", n, err)
		}
	}
	return r.rest.Read(p)
}

func TestFailedPutLeavesNoFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	source := &failing{}
	if _, err := s.Put(context.Background(), someName, source); !errors.Is(err, iofs.ErrNotExist) || errors.Is(err, blob.ErrNotFound) {
		t.Errorf("Put = %v, want the source's own error", err)
	}
	err := filepath.WalkDir(dir, func(path string, d iofs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("left %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

type failing struct{ calls int }

func (f *failing) Read(p []byte) (int, error) {
	if f.calls++; f.calls > 3 {
		return 0, iofs.ErrNotExist
	}
	return len(p), nil
}

// TestPlantedLink checks that a symbolic link in the folder leads nowhere.
func TestPlantedLink(t *testing.T) {
	outside := t.TempDir()
	secret := filepath.Join(outside, someName)
	if err := os.WriteFile(secret, []byte("outside"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	t.Run("for a file", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "11", "7e"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(secret, filepath.Join(dir, "11", "7e", someName)); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		if b, err := s.Open(ctx, someName); err == nil {
			t.Errorf("opened a file outside: %d bytes", b.Size())
		}
		if _, err := s.Stat(ctx, someName); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("Stat = %v", err)
		}
		if n := count(t, s); n != 0 {
			t.Error("List shows a link")
		}
	})
	t.Run("for a folder", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.Symlink(outside, filepath.Join(dir, "11")); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		if _, err := s.Put(ctx, someName, strings.NewReader("x")); err == nil {
			t.Error("Put went through a link")
		}
		entries, err := os.ReadDir(outside)
		if err != nil || len(entries) != 1 {
			t.Errorf("the folder outside has %d entries, %v", len(entries), err)
		}
	})
}

func TestErrorsHideNames(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "11"), nil, 0o600); err != nil { // a file where a folder should be
		t.Fatal(err)
	}
	s := open(t, dir)
	_, putErr := s.Put(context.Background(), someName, strings.NewReader("x"))
	_, openErr := s.Open(context.Background(), someName)
	for _, err := range []error{putErr, openErr} {
		if err == nil || strings.Contains(err.Error(), someName) || strings.Contains(err.Error(), dir) {
			t.Errorf("error text = %v", err)
		}
	}
}

func count(t *testing.T, s *Store) int {
	t.Helper()
	n := 0
	err := s.List(context.Background(), func(blob.Info) error { n++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return n
}
