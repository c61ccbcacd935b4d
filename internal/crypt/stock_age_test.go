package crypt

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestStockAge opens with the age tool, built from the module, everything that
// must outlive Svod. The tool gets the passphrase through its batchpass plugin,
// for it reads one only from a terminal.
func TestStockAge(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the age tool")
	}
	bin := buildAge(t)
	dir := t.TempDir()
	person, circle := newIdentity(t), newIdentity(t)
	const passphrase = "ворот лампа тополь snow river 7"
	keyFile, err := NewKeysmith(1, WeakForTests(10)).SealIdentity(context.Background(), person, "  "+passphrase+" ")
	if err != nil {
		t.Fatal(err)
	}
	content := fileContent(300_000)
	var blob bytes.Buffer
	w := must(SealFile(&blob, []string{circle.Recipient()}))
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wrap := must(WrapCircle([]string{newIdentity(t).Recipient(), person.Recipient()}, circle, "c1", 1))
	for name, data := range map[string][]byte{"person.age": keyFile, "circle.age": wrap, "blob": blob.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(env string, args ...string) []byte {
		t.Helper()
		cmd := exec.Command(filepath.Join(bin, "age"), args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), env)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("age %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
		}
		return out
	}
	// What a person does when Svod is gone, step by step.
	run("AGE_PASSPHRASE="+passphrase, "-d", "-j", "batchpass", "-o", "person.txt", "person.age")
	run("", "-d", "-i", "person.txt", "-o", "circle.txt", "circle.age")
	packed := run("", "-d", "-i", "circle.txt", "blob")
	if got, err := exec.Command("gunzip", "--version").Output(); err != nil {
		t.Logf("no gunzip here (%v %s), reading with Go", err, got)
		reader, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		packed = must(io.ReadAll(reader))
	} else {
		gunzip := exec.Command("gunzip", "-c")
		gunzip.Stdin = bytes.NewReader(packed)
		var stderr bytes.Buffer
		gunzip.Stderr = &stderr
		if packed, err = gunzip.Output(); err != nil || stderr.Len() > 0 {
			t.Fatalf("gunzip: %v\n%s", err, stderr.String())
		}
	}
	if !bytes.Equal(packed, content) {
		t.Errorf("age and gunzip gave %d bytes, not the %d sealed", len(packed), len(content))
	}
	// And the other way: a key file protected with the tool opens here.
	file := run("AGE_PASSPHRASE="+passphrase, "-e", "-j", "batchpass", "person.txt")
	again, err := NewKeysmith(1).OpenIdentity(context.Background(), file, passphrase)
	if err != nil {
		t.Fatalf("a key file made with the age tool: %v", err)
	}
	if again.String() != person.String() {
		t.Error("another identity came back")
	}
}

func buildAge(t *testing.T) string {
	t.Helper()
	bin := t.TempDir()
	cmd := exec.Command("go", "build", "-o", bin, "filippo.io/age/cmd/age", "filippo.io/age/cmd/age-plugin-batchpass")
	if out, err := cmd.CombinedOutput(); err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatalf("building age: %v\n%s", err, out)
		}
		t.Skipf("the age tool cannot be built here: %v\n%s", err, out)
	}
	return bin
}
