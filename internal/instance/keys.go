package instance

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"svod/internal/core"
	"svod/internal/crypt"
)

// Put keeps a person's key file and the instance key wrapped for them; it
// replaces what was there. The wrapped key comes first: whoever finds the key
// file finds the other too. In terms of system calls, for each of the two:
// open(temp, O_CREAT|O_EXCL, 0600), write, fsync, close, rename, fsync(keys/).
func (f *Folder) Put(name string, keyfile, wrappedInstanceKey []byte) error {
	h := f.hash(name)
	dir := filepath.Join(f.dir, keysName)
	if err := writeFile(dir, h+".key.age", wrappedInstanceKey); err != nil {
		return diskError(err)
	}
	return diskError(writeFile(dir, h+".age", keyfile))
}

// Remove removes a person's key files; it is no error when there are none.
func (f *Folder) Remove(name string) error {
	h := f.hash(name)
	dir := filepath.Join(f.dir, keysName)
	for _, file := range []string{h + ".age", h + ".key.age"} {
		if err := os.Remove(filepath.Join(dir, file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return diskError(err)
		}
	}
	return diskError(syncDir(dir))
}

// Unlock gives the instance key to a person. Wrong name and wrong passphrase
// are one answer: KindSignedOut "error.wrong_passphrase". Damaged key files are
// KindUnavail "instance.key_damaged".
func (f *Folder) Unlock(ctx context.Context, name, passphrase string) (crypt.InstanceKey, error) {
	h := filepath.Join(f.dir, keysName, f.hash(name))
	file, err := os.ReadFile(h + ".age")
	if errors.Is(err, fs.ErrNotExist) {
		return crypt.InstanceKey{}, core.SignedOut("error.wrong_passphrase")
	}
	if err != nil {
		return crypt.InstanceKey{}, diskError(err)
	}
	id, err := crypt.NewKeysmith(1).OpenIdentity(ctx, file, passphrase)
	switch {
	case errors.Is(err, crypt.ErrPassphrase):
		return crypt.InstanceKey{}, core.SignedOut("error.wrong_passphrase")
	case ctx.Err() != nil:
		return crypt.InstanceKey{}, ctx.Err()
	case err != nil:
		return crypt.InstanceKey{}, damaged(err)
	}
	wrapped, err := os.ReadFile(h + ".key.age")
	if err != nil {
		return crypt.InstanceKey{}, damaged(err)
	}
	raw, err := crypt.Unwrap(id, wrapped)
	if err != nil {
		return crypt.InstanceKey{}, damaged(err)
	}
	key, err := crypt.ParseInstanceKey(raw)
	if err != nil {
		return crypt.InstanceKey{}, damaged(err)
	}
	return key, nil
}

func damaged(err error) error {
	return &core.Error{Kind: core.KindUnavail, Key: "instance.key_damaged", Err: err}
}

// maxKeyText bounds what is read of a key file: 64 digits and some white space.
const maxKeyText = 1 << 10

// ReadKeyFile reads the instance key from a file of 64 hexadecimal digits, as
// service managers hand over a credential for a start without people. Errors:
// KindInvalid "instance.key_file_missing", "instance.key_file_bad",
// "instance.key_file_open" when other users of the machine may read it.
func ReadKeyFile(path string) (crypt.InstanceKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return crypt.InstanceKey{}, &core.Error{Kind: core.KindInvalid, Key: "instance.key_file_missing", Err: err}
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o007 != 0 {
		return crypt.InstanceKey{}, core.Invalid("instance.key_file_open")
	}
	if info.Size() > maxKeyText {
		return crypt.InstanceKey{}, core.Invalid("instance.key_file_bad")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return crypt.InstanceKey{}, &core.Error{Kind: core.KindInvalid, Key: "instance.key_file_missing", Err: err}
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil {
		return crypt.InstanceKey{}, core.Invalid("instance.key_file_bad") // the cause would quote the key
	}
	key, err := crypt.ParseInstanceKey(raw)
	if err != nil {
		return crypt.InstanceKey{}, core.Invalid("instance.key_file_bad")
	}
	return key, nil
}

// KeyText is the content of a key file.
func KeyText(key crypt.InstanceKey) string { return hex.EncodeToString(key.Bytes()) }

// writeFile replaces a file atomically and durably.
func writeFile(dir, name string, data []byte) error {
	t, err := os.CreateTemp(dir, ".new-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = t.Write(data)
	if err == nil {
		err = t.Sync()
	}
	err = errors.Join(err, t.Close())
	if err == nil {
		err = os.Rename(t.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		_ = os.Remove(t.Name()) // best effort: it holds nothing in clear
		return err
	}
	return syncDir(dir)
}

// syncDir makes the names in a folder durable. Windows has no such call and
// keeps them in its own journal.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
