//go:build unix

// Package pgtest gives tests a private PostgreSQL: one throw-away cluster per
// test binary, one fresh database per call of [URL].
//
// It needs the server programs (Debian: postgresql) and no configuration; they
// are looked for on PATH and in /usr/lib/postgresql. Where they are missing the
// test is skipped, or fails when SVOD_REQUIRE=all. The cluster listens on a
// Unix socket only, in a folder that only this user may enter, and is optimised
// for speed: it survives no crash. It ends with the test binary, even a killed
// one, because it watches a pipe that the binary holds open.
package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// URL makes an empty database and returns its address.
func URL(t testing.TB) string {
	t.Helper()
	c := start()
	if c.err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatalf("PostgreSQL is required: %v", c.err)
		}
		t.Skipf("no PostgreSQL: %v", c.err)
	}
	name := fmt.Sprintf("t%d", c.databases.Add(1))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		t.Fatalf("private PostgreSQL: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatalf("private PostgreSQL: %v", err)
	}
	return c.url(name)
}

type cluster struct {
	dir       string
	err       error
	databases atomic.Int64
	// watched is the pipe whose end tells the server to stop. It is never
	// written to and never closed: the end of this process closes it.
	watched *os.File
}

// start runs once; its result is shared by all tests of the binary.
var start = sync.OnceValue(func() *cluster {
	c := &cluster{}
	c.err = c.run()
	return c
})

func (c *cluster) url(database string) string {
	q := url.Values{"host": {c.dir}, "sslmode": {"disable"}}
	return "postgres://svod@/" + database + "?" + q.Encode()
}

// run makes a cluster and waits until it answers.
func (c *cluster) run() error {
	bin, err := programs()
	if err != nil {
		return err
	}
	as, err := account()
	if err != nil {
		return err
	}
	// Not t.TempDir: the path of a socket may have no more than 107 bytes.
	c.dir, err = os.MkdirTemp("", "svodpg")
	if err != nil {
		return err
	}
	if as != nil {
		if err := os.Chown(c.dir, int(as.Uid), int(as.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(c.dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "svod", "-A", "trust",
		"-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
	initdb.Dir = c.dir
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	if out, err := initdb.CombinedOutput(); err != nil {
		os.RemoveAll(c.dir)
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	if err := c.serve(bin, data, as); err != nil {
		return err
	}
	return c.await()
}

// watch runs the server until its standard input ends, then stops it at once
// and removes the folder.
const watch = `"$0" -D "$1" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
  -c full_page_writes=off -c shared_buffers=32MB -c max_connections=100 -c autovacuum=off </dev/null &
read -r end
kill -QUIT $!
wait $!
rm -rf "$2"`

func (c *cluster) serve(bin, data string, as *syscall.Credential) error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	c.watched = w
	log, err := os.Create(filepath.Join(c.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command("/bin/sh", "-c", watch, filepath.Join(bin, "postgres"), data, c.dir)
	cmd.Dir = c.dir
	cmd.Stdin, cmd.Stdout, cmd.Stderr = r, log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Setpgid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	return r.Close()
}

func (c *cluster) await() error {
	var err error
	for range 300 {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		var conn *pgx.Conn
		conn, err = pgx.Connect(ctx, c.url("postgres"))
		if err == nil {
			conn.Close(ctx)
			cancel()
			return nil
		}
		cancel()
		time.Sleep(100 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
	return fmt.Errorf("the server does not answer: %w: %s", err, log)
}

// programs finds the folder with initdb and postgres, the newest release first.
func programs() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("initdb is neither on PATH nor in /usr/lib/postgresql")
	}
	release := func(p string) int {
		n, _ := strconv.Atoi(strings.Split(p, "/")[4])
		return n
	}
	slices.SortFunc(found, func(a, b string) int { return release(b) - release(a) })
	return filepath.Dir(found[0]), nil
}

// account is whom the server runs as: PostgreSQL refuses to be root.
func account() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.Atoi(u.Uid)
		gid, errGID := strconv.Atoi(u.Gid)
		if errUID == nil && errGID == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, fmt.Errorf("we are root and there is no account to run it as")
}
