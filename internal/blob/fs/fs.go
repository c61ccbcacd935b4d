// Package fs keeps blobs as files in one folder of the machine.
//
// The blob "…wxyz" lies in folder "yz", in it "wx", under its whole name: the
// ends of random ids and of hashes are evenly spread, so no folder gets large.
// Folders are made with mode 0700 and files with 0600. No access leaves the folder, not
// even through a symbolic link planted in it (os.Root).
//
// One process uses a folder at a time; several servers share an object store.
package fs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"svod/internal/blob"
)

const (
	dirMode  = 0o700
	fileMode = 0o600
	// tempPrefix cannot begin a valid name, so a leftover is never taken for a blob.
	tempPrefix = ".put-"
	copyBuffer = 128 << 10
)

// Store implements blob.Store.
type Store struct {
	root *os.Root
	// commit is held from "is the name free" to the rename, so that two Puts of
	// one name cannot both pass.
	commit sync.Mutex
	mu     sync.Mutex
	puts   map[string]bool // temporary files being written now, by path; guarded by mu
	serial uint64          // makes their names differ; guarded by mu
	// folders is held while a folder is made and synced, so that no Put relies on
	// one that another has made and not yet synced.
	folders sync.Mutex
	durable map[string]bool // folders synced by this process; guarded by folders
}

// Open opens the folder and makes it if it is missing. Call Sweep afterwards to
// remove what a crash left.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("blob folder: %w", err)
	}
	return &Store{root: root, puts: make(map[string]bool), durable: make(map[string]bool)}, nil
}

// Close releases the folder; blobs that are open stay readable.
func (s *Store) Close() error { return s.root.Close() }

// folder is where a valid name lies, relative to the root.
func folder(name string) string {
	n := len(name)
	// A "-" may stand at these places (ids with dashes); it makes a fine folder name.
	return path.Join(name[n-2:], name[n-4:n-2])
}

// Put implements blob.Store. In terms of system calls:
//
//	mkdir(yz), fsync(root); mkdir(yz/wx), fsync(yz)   once per process
//	open(yz/wx/.put-…, O_CREAT|O_EXCL, 0600)
//	write …, fsync(file), close(file)
//	lstat(yz/wx/name)                                 must say "no such file"
//	rename(yz/wx/.put-…, yz/wx/name), fsync(yz/wx)
//
// A crash before the rename leaves at most a temporary file for Sweep. A crash
// between rename and fsync leaves either the whole blob or none, and Put had not
// returned.
func (s *Store) Put(ctx context.Context, name string, r io.Reader) (int64, error) {
	if !blob.ValidName(name) {
		return 0, blob.ErrName
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if _, err := s.root.Lstat(path.Join(folder(name), name)); err == nil {
		return 0, blob.ErrExists // early, to spare the writing; checked again below
	}
	if err := s.makeFolder(folder(name)); err != nil {
		return 0, mediumError(err)
	}
	temp := s.beginTemp(folder(name))
	defer s.endTemp(temp)
	size, err := s.writeTemp(ctx, temp, r)
	if err == nil {
		err = mediumError(s.publish(temp, name))
	}
	if err != nil {
		_ = s.root.Remove(temp) // best effort: Sweep takes what stays
		return 0, err
	}
	return size, nil
}

func (s *Store) writeTemp(ctx context.Context, temp string, r io.Reader) (int64, error) {
	f, err := s.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return 0, mediumError(err)
	}
	source := &contextReader{ctx: ctx, r: r}
	// The struct hides ReadFrom, which would not use the buffer.
	size, err := io.CopyBuffer(struct{ io.Writer }{f}, source, make([]byte, copyBuffer))
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if source.err != nil {
		return 0, fmt.Errorf("blob: source: %w", source.err)
	}
	return size, mediumError(err)
}

func (s *Store) publish(temp, name string) error {
	s.commit.Lock()
	defer s.commit.Unlock()
	final := path.Join(folder(name), name)
	if _, err := s.root.Lstat(final); err == nil {
		return blob.ErrExists
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := s.root.Rename(temp, final); err != nil {
		return err
	}
	if err := s.syncDir(folder(name)); err != nil {
		// Not known to be durable: take it back, so that the caller's retry works.
		return errors.Join(err, s.root.Remove(final))
	}
	return nil
}

// Open implements blob.Store.
func (s *Store) Open(ctx context.Context, name string) (blob.Blob, error) {
	if !blob.ValidName(name) {
		return nil, blob.ErrName
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := s.root.Open(path.Join(folder(name), name))
	if err != nil {
		return nil, mediumError(err)
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(blob.ErrNotFound, f.Close())
	}
	return &file{File: f, size: info.Size()}, nil
}

type file struct {
	*os.File
	size int64
}

func (f *file) Size() int64 { return f.size }

// Stat implements blob.Store.
func (s *Store) Stat(ctx context.Context, name string) (blob.Info, error) {
	if !blob.ValidName(name) {
		return blob.Info{}, blob.ErrName
	}
	if err := ctx.Err(); err != nil {
		return blob.Info{}, err
	}
	info, err := s.root.Lstat(path.Join(folder(name), name))
	if err != nil {
		return blob.Info{}, mediumError(err)
	}
	if !info.Mode().IsRegular() {
		return blob.Info{}, blob.ErrNotFound
	}
	return blob.Info{Name: name, Size: info.Size(), Modified: info.ModTime()}, nil
}

// Delete implements blob.Store: unlink(file), fsync(folder). Empty folders stay.
func (s *Store) Delete(ctx context.Context, name string) error {
	if _, err := s.Stat(ctx, name); err != nil {
		return err
	}
	if err := s.root.Remove(path.Join(folder(name), name)); err != nil {
		return mediumError(err)
	}
	return mediumError(s.syncDir(folder(name)))
}

// List implements blob.Store, folder by folder, so it holds the names of one
// folder at a time.
func (s *Store) List(ctx context.Context, visit func(blob.Info) error) error {
	return s.walk(ctx, func(dir string, entry fs.DirEntry) error {
		name := entry.Name()
		if !blob.ValidName(name) || folder(name) != dir || !entry.Type().IsRegular() {
			return nil // a temporary file, or not ours
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // deleted meanwhile
		}
		if err != nil {
			return err
		}
		return visit(blob.Info{Name: name, Size: info.Size(), Modified: info.ModTime()})
	})
}

// Sweep removes temporary files that a crash left and that were last written
// before the given time, and says how many. Files of Puts under way in this
// process are left alone. Run it at start and once a day.
func (s *Store) Sweep(ctx context.Context, before time.Time) (int, error) {
	removed := 0
	err := s.walk(ctx, func(dir string, entry fs.DirEntry) error {
		temp := path.Join(dir, entry.Name())
		if !strings.HasPrefix(entry.Name(), tempPrefix) || s.inUse(temp) {
			return nil
		}
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || !info.ModTime().Before(before) {
			return nil // gone, not ours, or too young
		}
		if err := s.root.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		removed++
		return nil
	})
	return removed, err
}

// walk visits every entry of every folder of the second level.
func (s *Store) walk(ctx context.Context, visit func(dir string, entry fs.DirEntry) error) error {
	tree := s.root.FS()
	outer, err := fs.ReadDir(tree, ".")
	if err != nil {
		return mediumError(err)
	}
	for _, o := range outer {
		if !o.IsDir() || len(o.Name()) != 2 {
			continue
		}
		inner, err := fs.ReadDir(tree, o.Name())
		if err != nil {
			return mediumError(err)
		}
		for _, i := range inner {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !i.IsDir() || len(i.Name()) != 2 {
				continue
			}
			dir := path.Join(o.Name(), i.Name())
			entries, err := fs.ReadDir(tree, dir)
			if err != nil {
				return mediumError(err)
			}
			for _, entry := range entries {
				if err := visit(dir, entry); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// makeFolder makes both levels; they are durable before a blob goes into them.
// A folder found there is synced too, once per process: whoever made it may have
// been killed before doing so.
func (s *Store) makeFolder(dir string) error {
	s.folders.Lock()
	defer s.folders.Unlock()
	for _, level := range []string{path.Dir(dir), dir} {
		if s.durable[level] {
			continue
		}
		if err := s.root.Mkdir(level, dirMode); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := s.syncDir(path.Dir(level)); err != nil {
			return err
		}
		s.durable[level] = true
	}
	return nil
}

// syncDir makes the names in a folder durable. Windows has no such call and
// keeps them in its own journal.
func (s *Store) syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := s.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// beginTemp picks the path of a temporary file beside the final place, so that
// the rename stays in one folder.
func (s *Store) beginTemp(dir string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	temp := path.Join(dir, fmt.Sprintf("%s%d-%d-%d", tempPrefix, os.Getpid(), time.Now().UnixNano(), s.serial))
	s.puts[temp] = true
	return temp
}

func (s *Store) endTemp(temp string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.puts, temp)
}

func (s *Store) inUse(temp string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.puts[temp]
}

// contextReader ends with the context and keeps the error of the source apart
// from those of the medium.
type contextReader struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (c *contextReader) Read(p []byte) (int, error) {
	if c.err = c.ctx.Err(); c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p)
	if err != io.EOF {
		c.err = err
	}
	return n, err
}

// mediumError maps what the system reports, by code, to the errors of the
// contract. The path, which holds the blob's name, is left out of the text.
func mediumError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return blob.ErrNotFound
	case errors.Is(err, syscall.ENOSPC):
		return blob.ErrFull
	}
	var onPath *fs.PathError
	if errors.As(err, &onPath) {
		return fmt.Errorf("blob folder: %s: %w", onPath.Op, onPath.Err)
	}
	var onLink *os.LinkError
	if errors.As(err, &onLink) {
		return fmt.Errorf("blob folder: %s: %w", onLink.Op, onLink.Err)
	}
	return err
}
