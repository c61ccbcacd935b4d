package instance

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"svod/internal/core"
	"svod/internal/store"
	"svod/internal/text"
)

// Format is the newest layout of the folder that this program knows.
const Format = 1

// The engines that can keep an instance's records.
const (
	SQLite     = store.SQLite // in the folder itself
	PostgreSQL = store.PostgreSQL
)

const (
	markName = "instance.json"
	keysName = "keys"
	dirMode  = 0o700
	saltSize = 32
)

// Folder is an open instance folder. Safe for concurrent use, also by several
// processes.
type Folder struct {
	dir  string
	mark mark
	salt []byte
}

// mark is instance.json.
type mark struct {
	Format   int     `json:"format"`
	Instance core.ID `json:"instance"`
	Salt     string  `json:"salt"` // hex
	Demo     bool    `json:"demo"`
	Engine   string  `json:"engine"` // SQLite or PostgreSQL
}

// Create makes the folder, which must be absent or empty, with its parts. It is
// an instance only once [Folder.Commit] has run, so that an interrupted
// beginning is never taken for one. Errors: KindConflict "instance.exists" for
// an instance, "instance.not_empty" for any other content; KindUnavail
// "instance.not_writable", "error.disk_full".
func Create(dir string, demo bool, engine string) (*Folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, core.Internal(err)
	}
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return nil, diskError(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, diskError(err)
	}
	for _, e := range entries {
		if e.Name() == markName {
			return nil, core.Conflict("instance.exists", "dir", dir)
		}
	}
	if len(entries) > 0 {
		return nil, core.Conflict("instance.not_empty", "dir", dir)
	}
	// An empty folder that was there may be open to others.
	if err := os.Chmod(dir, dirMode); err != nil {
		return nil, diskError(err)
	}
	if err := os.Mkdir(filepath.Join(dir, keysName), dirMode); err != nil {
		return nil, diskError(err)
	}
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails: it ends the process instead
	return &Folder{dir: dir, salt: salt, mark: mark{Format: Format, Salt: hex.EncodeToString(salt),
		Demo: demo, Engine: engine}}, nil
}

// Commit writes instance.json and makes the folder an instance. The id is that
// of the database, so that a folder is not used with somebody else's.
func (f *Folder) Commit(id core.ID) error {
	f.mark.Instance = id
	b, err := json.MarshalIndent(f.mark, "", "  ")
	if err != nil {
		return core.Internal(err)
	}
	return diskError(writeFile(f.dir, markName, append(b, '\n')))
}

// Discard removes what Create made. Only before Commit.
func (f *Folder) Discard() error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return diskError(err)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(f.dir, e.Name())); err != nil {
			return diskError(err)
		}
	}
	return nil
}

// Open opens an instance. Errors: KindInvalid "instance.not_one" when there is
// none, "instance.damaged" when instance.json cannot be read as such;
// KindNewerStore "instance.newer"; KindUnavail "instance.not_writable".
func Open(dir string) (*Folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, core.Internal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, markName))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, core.Invalid("instance.not_one", "dir", dir)
	}
	if err != nil {
		return nil, diskError(err)
	}
	f := &Folder{dir: dir}
	if err := json.Unmarshal(b, &f.mark); err != nil || f.mark.Format < 1 {
		return nil, core.Invalid("instance.damaged", "dir", dir)
	}
	if f.mark.Format > Format {
		return nil, &core.Error{Kind: core.KindNewerStore, Key: "instance.newer",
			Args: []any{"have", f.mark.Format, "know", Format}}
	}
	f.salt, err = hex.DecodeString(f.mark.Salt)
	if err != nil || len(f.salt) != saltSize {
		return nil, core.Invalid("instance.damaged", "dir", dir)
	}
	return f, nil
}

// Want refuses to use a demo as a real instance and the other way round:
// KindInvalid "instance.is_demo" or "instance.is_real".
func (f *Folder) Want(demo bool) error {
	switch {
	case f.mark.Demo && !demo:
		return core.Invalid("instance.is_demo", "dir", f.dir)
	case !f.mark.Demo && demo:
		return core.Invalid("instance.is_real", "dir", f.dir)
	}
	return nil
}

// Dir is the absolute path of the folder.
func (f *Folder) Dir() string { return f.dir }

// Demo says whether this is a demo.
func (f *Folder) Demo() bool { return f.mark.Demo }

// Engine is the engine that keeps the records.
func (f *Folder) Engine() string { return f.mark.Engine }

// ID is the id of the instance, "" before Commit.
func (f *Folder) ID() core.ID { return f.mark.Instance }

// Database is the path of the encrypted database.
func (f *Folder) Database() string { return filepath.Join(f.dir, "svod.db") }

// Blobs is the path of the folder of sealed files.
func (f *Folder) Blobs() string { return filepath.Join(f.dir, "blobs") }

// hash is under which name a person's key files lie: the first 32 hex digits of
// HMAC-SHA-256(salt, folded name).
func (f *Folder) hash(name string) string {
	h := hmac.New(sha256.New, f.salt)
	h.Write([]byte(text.Fold(name)))
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// diskError maps what the system reports to what a person can act on.
func diskError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return &core.Error{Kind: core.KindUnavail, Key: "error.disk_full", Err: err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR):
		return &core.Error{Kind: core.KindUnavail, Key: "instance.not_writable", Err: err}
	}
	return core.Internal(err)
}
