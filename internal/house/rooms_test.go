package house

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// Sizes in lines.
const (
	fileWarn     = 400 // above it a file needs a reason
	fileMost     = 600
	functionMost = 80
)

// largeFiles may have more than fileWarn lines, for the reason given.
var largeFiles = map[string]string{
	"internal/kernel/circle.go":       "one idea: circles and their keys; a few lines over",
	"internal/kernel/file.go":         "one idea: the way of a file in and out; a few lines over",
	"internal/kernel/record_write.go": "one idea: what a unit writes of records; a few lines over",
}

// largeFunctions may have more than functionMost lines, for the reason given.
// Tests may, too: a scenario or a table reads best in one piece.
var largeFunctions = map[string]string{
	"internal/web/routes.go routes": "one list of every address, nothing else",
}

func TestFilesAndFunctionsStaySmall(t *testing.T) {
	for _, s := range sources(t) {
		switch {
		case s.lines > fileMost:
			t.Errorf("%s has %d lines; at most %d", s.path, s.lines, fileMost)
		case s.lines > fileWarn && largeFiles[s.path] == "":
			t.Errorf("%s has %d lines; split it, or say in largeFiles why not", s.path, s.lines)
		case s.lines <= fileWarn && largeFiles[s.path] != "":
			t.Logf("%s is small again: take it out of largeFiles", s.path)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := s.fset.Position(f.End()).Line - s.fset.Position(f.Pos()).Line + 1
			if n > functionMost && !s.test() && largeFunctions[s.path+" "+f.Name.Name] == "" {
				t.Errorf("%s: %s has %d lines; at most %d", s.path, f.Name.Name, n, functionMost)
			}
		}
	}
}

// panics are the files that may call panic, and why.
var panics = map[string]string{
	"internal/api/files.go":                    "http.ErrAbortHandler is how net/http is told that an answer broke off",
	"internal/api/gate.go":                     "hands http.ErrAbortHandler on",
	"internal/cli/main.go":                     "turns the way kong ends after --help, which is to exit, into a return",
	"internal/store/storetest/transactions.go": "what a store does when its caller panics is part of its contract",
}

var unfinished = regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)

func TestNothingIsLeftHalfDone(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "panic" && panics[s.path] == "" {
					t.Errorf("%s: panics; return an error", s.fset.Position(n.Pos()))
				}
			case *ast.FuncDecl:
				if n.Recv == nil && n.Name.Name == "init" {
					t.Errorf("%s: has an init; only the registration of a driver may", s.fset.Position(n.Pos()))
				}
			}
			return true
		})
		for _, group := range s.file.Comments {
			if unfinished.MatchString(group.Text()) {
				t.Errorf("%s: finish it, or write an issue", s.fset.Position(group.Pos()))
			}
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.GoFiles) == 0 {
			continue // tests of data only
		}
		if len(strings.Fields(p.Doc)) < 6 {
			t.Errorf("%s: no package comment that says what it is for", p.ImportPath)
		}
	}
}

// maxDirect is how many modules of others we import, tests included.
const maxDirect = 25

func TestFewDirectDependencies(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", b, nil)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, p := range packages(t) {
		for _, imp := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			best := ""
			for _, r := range mod.Require {
				if (imp == r.Mod.Path || strings.HasPrefix(imp, r.Mod.Path+"/")) && len(r.Mod.Path) > len(best) {
					best = r.Mod.Path
				}
			}
			if best != "" {
				used[best] = true
			}
		}
	}
	if len(used) < 10 {
		t.Fatalf("only %d dependencies found: the count is blind", len(used))
	}
	if len(used) > maxDirect {
		var names []string
		for m := range used {
			names = append(names, m)
		}
		slices.Sort(names)
		t.Errorf("%d direct dependencies, at most %d:\n%s", len(used), maxDirect, strings.Join(names, "\n"))
	}
}

var quoted = regexp.MustCompile("`([^`]+)`")

// The newcomer's map shows every package on the floor where it is.
func TestMapShowsEveryPackage(t *testing.T) {
	shown := map[string]string{}
	for _, r := range rows(t, "docs/MAP.md", "## Floors") {
		for _, m := range quoted.FindAllStringSubmatch(r[1], -1) {
			shown[m[1]] = r[0]
		}
	}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "svod/"), "internal/")
		floor, known := floors[p.ImportPath]
		if !known || len(p.GoFiles) == 0 && name != "house" {
			continue // another test complains
		}
		if shown[name] != strconv.Itoa(floor) {
			t.Errorf("docs/MAP.md shows `%s` on floor %q, it is on %d", name, shown[name], floor)
		}
		delete(shown, name)
	}
	for name := range shown {
		_, inside := floors["svod/internal/"+name]
		if _, outside := floors["svod/"+name]; !inside && !outside {
			t.Errorf("docs/MAP.md shows `%s`, which has no floor", name)
		}
	}
}
