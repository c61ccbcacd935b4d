package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// root is the top folder of the module as these tests see it.
const root = "../.."

// walk calls fn for every file of the repository with the given ending, by its
// slash-separated path from the root. Test data is no part of the house.
func walk(t *testing.T, ending string, fn func(path string, content []byte)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != root && strings.HasPrefix(name, ".") && name != ".ci" || name == "testdata" || name == "tmp" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ending) {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		fn(filepath.ToSlash(rel), content)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// source is a parsed Go file.
type source struct {
	path  string
	lines int
	fset  *token.FileSet
	file  *ast.File
}

// test says that the file is no part of the program.
func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	walk(t, ".go", func(path string, content []byte) {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, content, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, source{path, strings.Count(string(content), "\n"), fset, f})
	})
	if len(out) < 300 {
		t.Fatalf("only %d Go files found: the walk is blind", len(out))
	}
	return out
}

// doc reads a page of docs/.
func doc(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// rows are the cells of every table row under the heading of a Markdown page,
// up to the next heading; head and rule rows are left out.
func rows(t *testing.T, page, heading string) [][]string {
	t.Helper()
	_, rest, ok := strings.Cut("\n"+doc(t, page), "\n"+heading+"\n")
	if !ok {
		t.Fatalf("%s has no heading %q", page, heading)
	}
	var out [][]string
	head := true
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			break
		}
		if !strings.HasPrefix(line, "|") {
			head = true
			continue
		}
		if strings.HasPrefix(line, "|---") {
			head = false
			continue
		}
		if head {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		out = append(out, cells)
	}
	if len(out) == 0 {
		t.Fatalf("%s: no table under %q", page, heading)
	}
	return out
}
