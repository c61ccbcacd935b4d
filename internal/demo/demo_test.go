package demo_test

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	blobfs "svod/internal/blob/fs"
	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/demo"
	"svod/internal/kernel"
	"svod/internal/pack"
	"svod/internal/sqlstore"
	"svod/packs"
)

func newKernel(t *testing.T, isDemo bool) *kernel.Kernel {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	key := crypt.NewInstanceKey()
	raw := crypt.DeriveInstance(key, crypt.ForDatabase)
	st, err := sqlstore.OpenSQLite(ctx, filepath.Join(dir, "svod.db"), raw[:], sqlstore.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blobfs.Open(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := pack.Load(packs.All()...)
	if err != nil {
		t.Fatal(err)
	}
	k, err := kernel.New(ctx, kernel.Options{Store: st, Blobs: blobs, Packs: set, InstanceKey: key.Bytes(), Demo: isDemo, ScryptLogN: 10})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		k.Close()
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return k
}

func signIn(t *testing.T, k *kernel.Kernel, access demo.Access, name string) core.Actor {
	t.Helper()
	for _, u := range access.Users {
		if u.Name == name {
			a, err := k.Unlock(context.Background(), kernel.SignIn{Name: u.Name, Passphrase: u.Passphrase}, "test")
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
	}
	t.Fatalf("no user %s", name)
	return core.Actor{}
}

// TestTheDemoIsWhole loads everything once and looks at it from all sides:
// loading is what takes time.
func TestTheDemoIsWhole(t *testing.T) {
	ctx, k := context.Background(), newKernel(t, true)
	last, all := 0, 0
	access, err := demo.Load(ctx, k, func(done, total int) { last, all = done, total })
	if err != nil {
		t.Fatal(err)
	}
	if last != all || all < 463 {
		t.Errorf("progress ended at %d of %d", last, all)
	}
	vera := signIn(t, k, access, "vera")

	over, err := k.Overview(ctx, vera, kernel.OverviewQuery{Type: "event", Rows: "assembly_form"})
	if err != nil {
		t.Fatal(err)
	}
	if over.Total != 463 || over.Sum.Value != 7206 || over.Sum.About != 0 || over.Sum.Missing != 0 {
		t.Errorf("%d events, %v detained (about %d, missing %d); want 463 and 7,206", over.Total, over.Sum.Value, over.Sum.About, over.Sum.Missing)
	}
	count := func(a core.Actor, typ, query string) int {
		t.Helper()
		n, err := k.Count(ctx, a, kernel.FindQuery{Type: typ, Text: query})
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return n
	}
	if n := count(vera, "event", "митингов"); n < 50 {
		t.Errorf("«митингов» finds %d events", n)
	}
	if n := count(vera, "event", "OVD-2012-001"); n != 1 {
		t.Errorf("the number in the source finds %d events", n)
	}
	if n := count(vera, "person", "Sokolnikov"); n != 1 {
		t.Errorf("Sokolnikov finds %d", n)
	}
	outsider := signIn(t, k, access, "olga")
	if n := count(outsider, "person", "Yurchenko"); n != 0 {
		t.Errorf("olga finds %d people of the lawyers", n)
	}
	if a, err := k.OpenToken(ctx, access.Token); err != nil || a.Name != "vera" {
		t.Errorf("the token is of %q, %v", a.Name, err)
	}
	report, err := k.Verify(ctx, nil)
	if err != nil || !report.OK() {
		t.Errorf("verify: %v %v", err, report.Findings)
	}
	checkUsers(t, k, access)
	checkFiles(t, k, vera)
}

// checkUsers compares what the demo says of its people with the house.
func checkUsers(t *testing.T, k *kernel.Kernel, access demo.Access) {
	t.Helper()
	for _, u := range access.Users {
		if crypt.CheckPassphrase(u.Passphrase) != nil {
			t.Errorf("%s: the passphrase would be refused", u.Name)
		}
		me, err := k.Me(context.Background(), signIn(t, k, access, u.Name))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, c := range me.Circles {
			names = append(names, c.Name)
			if c.Role != u.Role {
				t.Errorf("%s is %s in %s, said to be %s", u.Name, c.Role, c.Name, u.Role)
			}
		}
		for _, c := range u.Circles {
			if !strings.Contains(strings.Join(names, "|"), c) {
				t.Errorf("%s is not in %s", u.Name, c)
			}
		}
		if len(names) != len(u.Circles) || me.Admin != (u.Role == core.Steward) {
			t.Errorf("%s: in %v, admin %v", u.Name, names, me.Admin)
		}
	}
}

// checkFiles opens every attached file and looks whether it is what it says.
func checkFiles(t *testing.T, k *kernel.Kernel, a core.Actor) {
	t.Helper()
	ctx := context.Background()
	found, err := k.Find(ctx, a, kernel.FindQuery{Type: "person", Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	media := map[string]int{}
	for _, h := range found.Items {
		files, err := k.Files(ctx, a, h.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			o, err := k.OpenFile(ctx, a, h.ID, f.ID)
			if err != nil {
				t.Fatal(err)
			}
			n, err := io.Copy(io.Discard, o)
			if closed := o.Close(); err != nil || closed != nil || n != f.Size {
				t.Errorf("%s: %d of %d bytes, %v %v", f.Name, n, f.Size, err, closed)
			}
			kind, _, _ := strings.Cut(f.Media, ";")
			media[kind]++
			if kind == "image/jpeg" && !f.Thumb {
				t.Errorf("%s has no thumbnail", f.Name)
			}
		}
	}
	for _, kind := range []string{"image/jpeg", "application/pdf", "text/plain"} {
		if media[kind] == 0 {
			t.Errorf("no %s among %v", kind, media)
		}
	}
}

func TestARealInstanceIsRefused(t *testing.T) {
	_, err := demo.Load(context.Background(), newKernel(t, false), nil)
	if core.KindOf(err) != core.KindInvalid {
		t.Errorf("%v", err)
	}
}
