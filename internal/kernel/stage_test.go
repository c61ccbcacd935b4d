package kernel_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/store"
)

// blobFiles are the files of a house's blobs, by path.
func blobFiles(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(filepath.Join(dir, "blobs"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if info, statErr := d.Info(); statErr == nil && info.Size() > 1000 {
			out[path] = b
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAStagedTableIsSealedAndForgotten(t *testing.T) {
	dir := t.TempDir()
	h := houseIn(t, dir, crypt.NewInstanceKey())
	s, err := h.Stage(h.ctx, h.anna, `C:\Users\anna\список.csv`, bytes.NewReader([]byte(listOne)))
	if err != nil || s.Name != "список.csv" || s.Size != int64(len(listOne)) {
		t.Fatalf("%v %+v", err, s)
	}
	files := blobFiles(t, dir)
	if len(files) != 1 {
		t.Fatalf("%d blobs", len(files))
	}
	for path, content := range files {
		if bytes.Contains(content, []byte("Триумфальной")) {
			t.Error("the table lies in clear")
		}
		old := time.Now().Add(-48 * time.Hour)
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.SweepStaged(h.ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := h.ImportDryRun(h.ctx, h.anna, kernelPlan(s.ID, h.circle)); err != nil {
		t.Errorf("a waiting table was swept: %v", err)
	}
	if _, err := h.Staged(h.ctx, h.join("boris", core.Worker, h.circle), s.ID); core.KindOf(err) != core.KindNotFound {
		t.Errorf("somebody else sees it: %v", err)
	}
	// A day later the draft has expired, and the next sweep takes the blob.
	later := time.Now().Add(25 * time.Hour).UnixMicro()
	if err := h.store.Write(h.ctx, func(tx store.Tx) error { _, err := tx.PurgeExpired(later, 0); return err }); err != nil {
		t.Fatal(err)
	}
	if err := h.SweepStaged(h.ctx); err != nil {
		t.Fatal(err)
	}
	if n := len(blobFiles(t, dir)); n != 0 {
		t.Errorf("%d blobs are left", n)
	}
}

func TestAForgottenTableIsGoneAtOnce(t *testing.T) {
	dir := t.TempDir()
	h := houseIn(t, dir, crypt.NewInstanceKey())
	s, err := h.Stage(h.ctx, h.anna, "a.csv", bytes.NewReader([]byte(listOne)))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.StageForget(h.ctx, h.anna, s.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Staged(h.ctx, h.anna, s.ID); core.KindOf(err) != core.KindNotFound || len(blobFiles(t, dir)) != 0 {
		t.Errorf("still there: %v", err)
	}
	if _, err := h.Stage(h.ctx, h.anna, "empty.csv", bytes.NewReader(nil)); core.KindOf(err) != core.KindInvalid {
		t.Errorf("an empty file: %v", err)
	}
}
