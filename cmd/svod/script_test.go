package main

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/rogpeppe/go-internal/testscript"

	"svod/internal/crypt"
	"svod/internal/instance"
	"svod/internal/store/storetest/pgtest"
)

// The scripts lie beside the command line they test; they run here because only
// this package is the whole program.
const scripts = "../../internal/cli/testdata/"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"svod": func() {
		p := program()
		p.Terminal = nil
		p.ScryptLogN = 10
		os.Exit(run(p, os.Args[1:]))
	}})
}

// params gives every script the variables and FREE, an address nobody has.
func params(dir string, variables ...string) testscript.Params {
	setup := func(env *testscript.Env) error {
		for i := 0; i < len(variables); i += 2 {
			env.Setenv(variables[i], variables[i+1])
		}
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		env.Setenv("FREE", ln.Addr().String())
		return ln.Close()
	}
	return testscript.Params{Dir: scripts + dir, RequireExplicitExec: true, Setup: setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "takeid": takeID, "takecode": takeCode, "spoil": spoil, "waitfor": waitFor, "get": get, "api": callAPI,
			"taken": taken, "torture": torture, "waitweb": waitWeb}}
}

func TestScripts(t *testing.T) { testscript.Run(t, params("local")) }

func TestScriptsOnSharedData(t *testing.T) {
	data, err := filepath.Abs("../../../shared/data")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(data); err != nil {
		if os.Getenv("SVOD_REQUIRE") == "all" {
			t.Fatal("../shared/data is required:", err)
		}
		t.Skip("no ../shared/data beside the repository")
	}
	testscript.Run(t, params("shared", "DATA", data))
}

func TestScriptsOnPostgreSQL(t *testing.T) {
	testscript.Run(t, params("postgres", "PG", pgtest.URL(t), "PG2", pgtest.URL(t)))
}

// code N command…: the command ends with code N.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command…")
	}
	have := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		have = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if fmt.Sprint(have) != args[0] {
		ts.Fatalf("code %d, want %s\nstdout: %s\nstderr: %s", have, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// takeid FILE: ID becomes the first id in it.
func takeID(ts *testscript.TestScript, _ bool, args []string) {
	id := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`).FindString(ts.ReadFile(args[0]))
	if id == "" {
		ts.Fatalf("no id in %s", ts.ReadFile(args[0]))
	}
	ts.Setenv("ID", id)
}

// takecode FILE: CODE becomes what stands in it.
func takeCode(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv("CODE", strings.TrimSpace(ts.ReadFile(args[0])))
}

// spoil DIR ID alters one byte of a version of the record, over a connection of
// its own.
func spoil(ts *testscript.TestScript, _ bool, args []string) {
	f, err := instance.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	key, err := f.Unlock(context.Background(), "anna", ts.Getenv("SVOD_PASSPHRASE"))
	ts.Check(err)
	raw := crypt.DeriveInstance(key, crypt.ForDatabase)
	db, err := driver.Open("file:"+f.Database()+"?vfs=adiantum", func(c *sqlite3.Conn) error {
		return c.Exec("PRAGMA hexkey = '" + hex.EncodeToString(raw[:]) + "'")
	})
	ts.Check(err)
	defer db.Close()
	var data string
	ts.Check(db.QueryRow(`SELECT data FROM version WHERE record = ?`, args[1]).Scan(&data))
	altered := strings.Replace(data, "2011-12-05", "2011-12-06", 1)
	if altered == data {
		ts.Fatalf("nothing to alter")
	}
	must(ts)(db.Exec(`UPDATE version SET data = ? WHERE record = ?`, altered, args[1]))
}

func must(ts *testscript.TestScript) func(sql.Result, error) {
	return func(_ sql.Result, err error) { ts.Check(err) }
}

const patience = time.Minute // this machine may be busy

// waitfor FILE waits until it is there.
func waitFor(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
	}
	ts.Fatalf("%s does not come", args[0])
}

// waitweb ADDR waits until a server answers there.
func waitWeb(ts *testscript.TestScript, _ bool, args []string) {
	fetch(ts, "http://"+args[0]+"/", "")
}

type access struct {
	URL   string `json:"url"`
	Token string `json:"token"`
}

func readAccess(ts *testscript.TestScript, file string) access {
	var a access
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if json.Unmarshal([]byte(ts.ReadFile(file)), &a) == nil {
			return a
		}
	}
	ts.Fatalf("%s is not whole", file)
	return a
}

// fetch tries until the server answers.
func fetch(ts *testscript.TestScript, address, token string) string {
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var req *http.Request
		if req, err = http.NewRequest(http.MethodGet, address, nil); err != nil {
			break
		}
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		var res *http.Response
		if res, err = http.DefaultClient.Do(req); err != nil {
			continue
		}
		body, readErr := io.ReadAll(res.Body)
		ts.Check(errors.Join(readErr, res.Body.Close()))
		return string(body)
	}
	ts.Fatalf("%s: %v", address, err)
	return ""
}

// get DEMO.JSON PATH PATTERN
func get(ts *testscript.TestScript, neg bool, args []string) {
	match(ts, neg, args[2], fetch(ts, readAccess(ts, args[0]).URL+args[1], ""))
}

// api DEMO.JSON PATH PATTERN, with the token.
func callAPI(ts *testscript.TestScript, neg bool, args []string) {
	a := readAccess(ts, args[0])
	match(ts, neg, args[2], fetch(ts, a.URL+args[1], a.Token))
}

func match(ts *testscript.TestScript, neg bool, pattern, body string) {
	if regexp.MustCompile(pattern).MatchString(body) == neg {
		ts.Fatalf("%q: %v in\n%s", pattern, neg, body[:min(len(body), 2000)])
	}
}

// taken DEMO.JSON: ADDR becomes the address that is taken.
func taken(ts *testscript.TestScript, _ bool, args []string) {
	u, err := url.Parse(readAccess(ts, args[0]).URL)
	ts.Check(err)
	ts.Setenv("ADDR", u.Host)
}

// torture DIR imports every torture file for a try.
func torture(ts *testscript.TestScript, _ bool, args []string) {
	files, err := filepath.Glob(filepath.Join(ts.Getenv("DATA"), "torture", "*.csv"))
	ts.Check(err)
	if len(files) < 10 {
		ts.Fatalf("only %d torture files", len(files))
	}
	for _, f := range files {
		ts.Check(ts.Exec("svod", "import", "--dir", args[0], "--as", "anna", "--type", "event", "--dry-run", f))
		out := ts.ReadFile("stdout")
		for _, want := range []string{"rows: 228\n", "sum: 5169\n", "new: 228\n", "refused: 0\n", "doubt: 0\n"} {
			if !strings.Contains(out, want) {
				ts.Fatalf("%s: no %q in\n%s", filepath.Base(f), want, out)
			}
		}
		for name, want := range map[string]string{"07_mixed_dates": "imprecise: 28\n", "08_dirty_numbers": "about: 38\n"} {
			if strings.Contains(f, name) && !strings.Contains(out, want) {
				ts.Fatalf("%s: no %q in\n%s", name, want, out)
			}
		}
	}
}
