// Package house holds the tests that keep the house in order: who may import
// whom, how large a room may grow, what must never be called.
package house

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// floors gives every package its floor. A package imports only lower floors.
// A package that is not here fails the test: give it a place first.
var floors = map[string]int{
	"svod/internal/core":                   0,
	"svod/internal/text":                   0,
	"svod/internal/crypt":                  0,
	"svod/internal/ledger":                 1,
	"svod/internal/form":                   1,
	"svod/internal/index":                  1,
	"svod/internal/sheet":                  1,
	"svod/internal/picture":                1,
	"svod/internal/stats":                  1,
	"svod/internal/linkage":                1,
	"svod/internal/store":                  1,
	"svod/internal/blob":                   1,
	"svod/packs":                           1,
	"svod/internal/store/storetest":        2,
	"svod/internal/store/storetest/pgtest": 1,
	"svod/internal/blob/blobtest":          2,
	"svod/internal/blob/fs":                2,
	"svod/internal/sqlstore":               2,
	"svod/internal/pack":                   2,
	"svod/internal/instance":               2,
	"svod/internal/kernel":                 3,
	"svod/internal/web":                    4,
	"svod/internal/api":                    4,
	"svod/internal/demo":                   4,
	"svod/internal/cli":                    5,
	"svod/internal/house":                  5,
	"svod/cmd/svod":                        6,
	"svod/bench":                           6,
	"svod/build/outline":                   6,
}

type listed struct {
	Doc          string
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
	GoFiles      []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=Doc,ImportPath,Imports,TestImports,XTestImports,GoFiles", "svod/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImportsOnlyGoDown(t *testing.T) {
	for _, p := range packages(t) {
		floor, ok := floors[p.ImportPath]
		if len(p.GoFiles) == 0 {
			continue // tests of data only
		}
		if !ok {
			t.Errorf("%s has no floor: add it to the table", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			if !strings.HasPrefix(imp, "svod/") {
				if floor == 0 && p.ImportPath == "svod/internal/core" && strings.Contains(imp, ".") {
					t.Errorf("core imports %s: it knows the standard library only", imp)
				}
				continue
			}
			if below, ok := floors[imp]; !ok || below >= floor {
				t.Errorf("%s [%d] imports %s [%d]", p.ImportPath, floor, imp, below)
			}
		}
	}
}

// Surfaces talk to the kernel, never to the store.
func TestOnlyTheKernelKnowsTheStore(t *testing.T) {
	allowed := map[string]bool{
		"svod/internal/kernel": true, "svod/internal/sqlstore": true, "svod/internal/store/storetest": true,
		// The one place that names concrete adapters, and what it needs to tell
		// their failures apart.
		"svod/internal/cli": true, "svod/cmd/svod": true, "svod/bench": true, "svod/internal/instance": true,
	}
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			if imp == "svod/internal/store" && !allowed[p.ImportPath] {
				t.Errorf("%s imports the store", p.ImportPath)
			}
		}
	}
}

func TestNoRoomIsCalledAfterNothing(t *testing.T) {
	for _, p := range packages(t) {
		last := p.ImportPath[strings.LastIndex(p.ImportPath, "/")+1:]
		switch last {
		case "util", "utils", "common", "helpers", "misc", "shared":
			t.Errorf("%s says nothing about what is in it", p.ImportPath)
		}
	}
}
