package instance_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/instance"
	"svod/internal/store"
)

const passphrase = "ferry lantern moss orchard tin"

// keyOf says whether err carries the message key.
func keyOf(err error) string {
	var e *core.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

// enrol puts a person's key files into the folder, as the kernel does.
func enrol(t *testing.T, f *instance.Folder, name string, key crypt.InstanceKey) {
	t.Helper()
	id, err := crypt.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	smith := crypt.NewKeysmith(1, crypt.WeakForTests(10))
	file, err := smith.SealIdentity(context.Background(), id, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	wrapped, err := crypt.Wrap([]string{id.Recipient()}, key.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Put(name, file, wrapped); err != nil {
		t.Fatal(err)
	}
}

func newFolder(t *testing.T, demo bool) (*instance.Folder, crypt.InstanceKey) {
	t.Helper()
	f, err := instance.Create(filepath.Join(t.TempDir(), "d"), demo, store.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	key := crypt.NewInstanceKey()
	enrol(t, f, "Анна Ёлкина", key)
	if err := f.Commit("01a20416-ace8-7179-98f3-e115ddfce645"); err != nil {
		t.Fatal(err)
	}
	return f, key
}

func TestUnlockTakesTheNameAsPeopleTypeIt(t *testing.T) {
	made, key := newFolder(t, false)
	f, err := instance.Open(made.Dir())
	if err != nil {
		t.Fatal(err)
	}
	if f.Engine() != store.SQLite || f.Demo() || f.ID() == "" {
		t.Errorf("engine %q, demo %v, id %q", f.Engine(), f.Demo(), f.ID())
	}
	for _, name := range []string{"Анна Ёлкина", "анна елкина", "АННА ЁЛКИНА"} {
		got, err := f.Unlock(context.Background(), name, passphrase)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if instance.KeyText(got) != instance.KeyText(key) {
			t.Errorf("%s: another key", name)
		}
	}
}

func TestUnknownNameAndWrongPassphraseAreOneAnswer(t *testing.T) {
	f, _ := newFolder(t, false)
	_, wrong := f.Unlock(context.Background(), "Анна Ёлкина", "paper boats after the thaw")
	_, unknown := f.Unlock(context.Background(), "Борис", passphrase)
	if wrong == nil || unknown == nil || wrong.Error() != unknown.Error() || core.KindOf(wrong) != core.KindSignedOut {
		t.Errorf("wrong passphrase: %v; unknown name: %v", wrong, unknown)
	}
	if err := f.Remove("анна ёлкина"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Unlock(context.Background(), "Анна Ёлкина", passphrase); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("removed: %v", err)
	}
	if err := f.Remove("анна ёлкина"); err != nil {
		t.Errorf("removing again: %v", err)
	}
}

func TestNothingIsReadableByOthersAndNoNameStandsInClear(t *testing.T) {
	f, _ := newFolder(t, false)
	files := 0
	err := filepath.WalkDir(f.Dir(), func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: mode %v", path, info.Mode())
		}
		if strings.Contains(path, "нна") {
			t.Errorf("the name stands in a path: %s", path)
		}
		if !d.IsDir() {
			files++
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if strings.Contains(string(b), "нна") {
				t.Errorf("%s holds the name", path)
			}
		}
		return nil
	})
	if err != nil || files != 3 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestCreateRefusesWhatIsThere(t *testing.T) {
	f, _ := newFolder(t, false)
	if _, err := instance.Create(f.Dir(), true, store.SQLite); keyOf(err) != "instance.exists" {
		t.Errorf("over an instance: %v", err)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "letter.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := instance.Create(other, false, store.SQLite); keyOf(err) != "instance.not_empty" {
		t.Errorf("over other files: %v", err)
	}
}

func TestDemoAndRealAreNotMixed(t *testing.T) {
	real, _ := newFolder(t, false)
	demo, _ := newFolder(t, true)
	if keyOf(real.Want(true)) != "instance.is_real" || keyOf(demo.Want(false)) != "instance.is_demo" {
		t.Errorf("%v, %v", real.Want(true), demo.Want(false))
	}
	if real.Want(false) != nil || demo.Want(true) != nil {
		t.Error("each is refused as itself")
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, mark, key string }{
		{"none", "", "instance.not_one"},
		{"no json", "format: 1", "instance.damaged"},
		{"no salt", `{"format": 1, "salt": "00"}`, "instance.damaged"},
		{"newer", `{"format": 2, "salt": ""}`, "instance.newer"},
	} {
		dir := t.TempDir()
		if c.mark != "" {
			if err := os.WriteFile(filepath.Join(dir, "instance.json"), []byte(c.mark), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := instance.Open(dir); keyOf(err) != c.key {
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		}
	}
}

func TestDamagedKeyFilesAreNotAWrongPassphrase(t *testing.T) {
	f, _ := newFolder(t, false)
	wrapped, err := filepath.Glob(filepath.Join(f.Dir(), "keys", "*.key.age"))
	if err != nil || len(wrapped) != 1 {
		t.Fatal(wrapped, err)
	}
	b, err := os.ReadFile(wrapped[0])
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-1] ^= 1
	if err := os.WriteFile(wrapped[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Unlock(context.Background(), "Анна Ёлкина", passphrase); keyOf(err) != "instance.key_damaged" {
		t.Errorf("%v", err)
	}
}

func TestKeyFile(t *testing.T) {
	key := crypt.NewInstanceKey()
	dir := t.TempDir()
	for _, c := range []struct {
		name, text string
		mode       os.FileMode
		want       string
	}{
		{"good", instance.KeyText(key) + "\n", 0o600, ""},
		{"short", instance.KeyText(key)[2:], 0o600, "instance.key_file_bad"},
		{"no hex", strings.Repeat("z", 64), 0o600, "instance.key_file_bad"},
		{"long", strings.Repeat("0", 5000), 0o600, "instance.key_file_bad"},
		{"open", instance.KeyText(key), 0o644, "instance.key_file_open"},
	} {
		path := filepath.Join(dir, c.name)
		if err := os.WriteFile(path, []byte(c.text), c.mode); err != nil {
			t.Fatal(err)
		}
		got, err := instance.ReadKeyFile(path)
		if keyOf(err) != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if err == nil && instance.KeyText(got) != instance.KeyText(key) {
			t.Errorf("%s: another key", c.name)
		}
		if err != nil && strings.Contains(err.Error(), instance.KeyText(key)[:16]) {
			t.Errorf("%s: the error quotes the key", c.name)
		}
	}
	if _, err := instance.ReadKeyFile(filepath.Join(dir, "absent")); keyOf(err) != "instance.key_file_missing" {
		t.Errorf("absent: %v", err)
	}
}

func TestDiscardLeavesTheFolderEmpty(t *testing.T) {
	f, err := instance.Create(t.TempDir(), false, store.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Discard(); err != nil {
		t.Fatal(err)
	}
	if rest, err := os.ReadDir(f.Dir()); err != nil || len(rest) > 0 {
		t.Errorf("%v %v", rest, err)
	}
}
