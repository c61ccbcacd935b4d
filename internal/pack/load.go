package pack

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"svod/internal/core"
)

// Pack describes one loaded pack.
type Pack struct {
	Name        string
	Version     string // "1.0.0"
	Label       core.Words
	About       core.Words
	Requires    []string
	Licence     string // SPDX expression, may be empty
	Attribution string // sources to name, may be empty
}

// Load reads packs, each from a file system whose root holds pack.yaml, checks
// them together and returns them as one set. The order given is kept, except
// that a pack always comes after those it requires. The error is [Problems]
// with everything that is wrong (its kind is core.KindInvalid); then there is
// no set.
func Load(packs ...fs.FS) (*Set, error) {
	set, problems := assemble(packs)
	if len(problems) > 0 {
		return nil, problems
	}
	return set, nil
}

// Check returns what is wrong with one pack, given the packs it may require.
// Problems of those others are left out.
func Check(fsys fs.FS, others ...fs.FS) []Problem {
	own := readPack(fsys)
	others = slices.DeleteFunc(slices.Clone(others), func(o fs.FS) bool {
		return own.file.Name != "" && readPack(o).file.Name == own.file.Name
	})
	_, problems := assemble(append(others, fsys))
	return slices.DeleteFunc(problems, func(p Problem) bool { return p.Pack != own.name() })
}

// folder is one pack as read from its files, before anything is compared with
// other packs.
type folder struct {
	fsys     fs.FS
	src      *source // of pack.yaml
	file     packFile
	types    []*typeSource
	blocks   map[string]*blockSource
	vocabs   []*core.Vocabulary
	guides   []Guide
	examples []string
	locale   fs.FS // nil when the pack has no messages
	problems Problems
}

// typeSource is a decoded type file with its lines.
type typeSource struct {
	*source
	file typeFile
}

// blockSource is a decoded block file with its lines.
type blockSource struct {
	*source
	file blockFile
}

// name is the pack's name, also when pack.yaml could not be read.
func (f *folder) name() string { return f.file.Name }

// add reports a problem about a file as a whole.
func (f *folder) add(file string, p Problem) {
	p.Pack, p.File = f.name(), file
	f.problems = append(f.problems, p)
}

// readPack reads every file of a pack.
func readPack(fsys fs.FS) *folder {
	f := &folder{fsys: fsys, blocks: map[string]*blockSource{}}
	data, err := fs.ReadFile(fsys, "pack.yaml")
	if err != nil {
		f.add("pack.yaml", Problem{Message: "pack.missing_file"})
		return f
	}
	f.src = decodeYAML("", "pack.yaml", data, &f.file, 0)
	f.src.pack = f.name()
	for i := range f.src.problems {
		f.src.problems[i].Pack = f.name()
	}
	f.readTypes()
	f.readVocabularies()
	f.readGuides()
	f.readLocale()
	f.readExamples()
	f.refuseUnknown()
	return f
}

// files lists a folder of the pack; a folder that is not there is empty.
func (f *folder) files(dir string) []string {
	var list []string
	entries, err := fs.ReadDir(f.fsys, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.add(dir, Problem{Message: "pack.unreadable"})
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			list = append(list, path.Join(dir, e.Name()))
		}
	}
	return list
}

// read returns a file's content, reporting when it cannot be had.
func (f *folder) read(file string) ([]byte, bool) {
	data, err := fs.ReadFile(f.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		f.add(file, Problem{Message: "pack.missing_file"})
	} else if err != nil {
		f.add(file, Problem{Message: "pack.unreadable"})
	}
	return data, err == nil
}

// readTypes reads types/ and blocks/, the listed types first.
func (f *folder) readTypes() {
	var order []string
	for i, name := range f.file.Types {
		file := "types/" + name + ".yaml"
		if slices.Contains(order, file) {
			f.src.report(index("types", i), Problem{Message: "pack.duplicate", Key: "types", Found: name})
			continue
		}
		order = append(order, file)
	}
	listed := len(order)
	for _, file := range f.files("types") {
		if !slices.Contains(order, file) {
			order = append(order, file)
		}
	}
	for i, file := range order {
		base, isYAML := strings.CutSuffix(path.Base(file), ".yaml")
		if !isYAML {
			f.add(file, Problem{Message: "pack.unknown_file"})
			continue
		}
		data, ok := f.read(file)
		if !ok {
			continue
		}
		t := &typeSource{}
		t.source = decodeYAML(f.name(), file, data, &t.file, 0)
		f.types = append(f.types, t)
		f.checkTypeHead(t, base, i < listed)
	}
	for _, file := range f.files("blocks") {
		base, isYAML := strings.CutSuffix(path.Base(file), ".yaml")
		data, ok := f.read(file)
		if !isYAML || !ok {
			f.add(file, Problem{Message: "pack.unknown_file"})
			continue
		}
		b := &blockSource{}
		b.source = decodeYAML(f.name(), file, data, &b.file, 0)
		f.blocks[base] = b
	}
}

// checkTypeHead checks what a type file says about itself: a type of its own,
// or an extension of somebody else's.
func (f *folder) checkTypeHead(t *typeSource, base string, listed bool) {
	if t.file.Extend != "" {
		want := t.file.Extend + "." + f.name()
		if base != want {
			t.report("extend", Problem{Message: "pack.file_name", Key: "extend", Found: base, Expected: want})
		}
		for _, k := range [...]string{"name", "number", "label", "plural", "about", "part"} {
			if t.lines[k] > 0 {
				t.report(k, Problem{Message: "pack.not_in_extension", Key: k})
			}
		}
		return
	}
	if t.lines[""] == 0 {
		return // not even YAML: already reported
	}
	for _, k := range [...]string{"name", "label", "plural", "about", "title", "fields"} {
		if t.lines[k] == 0 {
			t.report("", Problem{Message: "pack.missing_key", Key: k})
		}
	}
	if t.file.Name != "" && t.file.Name != base {
		t.report("name", Problem{Message: "pack.file_name", Key: "name", Found: base, Expected: t.file.Name})
	}
	if !listed {
		f.add(t.source.file, Problem{Message: "pack.unlisted_type", Key: "types", Found: base})
	}
}

// readVocabularies reads the terms of every declared vocabulary.
func (f *folder) readVocabularies() {
	used := map[string]bool{}
	for i, d := range f.file.Vocabularies {
		at := index("vocabularies", i)
		v := &core.Vocabulary{Name: d.Name, Pack: f.name(), List: d.List, Label: d.Label, Local: d.Local}
		f.vocabs = append(f.vocabs, v)
		if d.File == "" {
			continue
		}
		if !fs.ValidPath(d.File) || path.Dir(d.File) != "terms" || path.Ext(d.File) != ".csv" {
			f.src.report(at+".file", Problem{Message: "pack.bad_form", Key: "file", Found: d.File, Expected: "terms/*.csv"})
			continue
		}
		used[d.File] = true
		data, err := fs.ReadFile(f.fsys, d.File)
		if err != nil {
			f.src.report(at+".file", Problem{Message: "pack.missing_file", Key: "file", Found: d.File})
			continue
		}
		var problems Problems
		v.Terms, problems = readTermFile(f.name(), d.File, data)
		f.problems = append(f.problems, problems...)
	}
	for _, file := range f.files("terms") {
		if !used[file] {
			f.add(file, Problem{Message: "pack.unlisted_terms", Key: "vocabularies"})
		}
	}
}

// refuseUnknown reports folders and files at the root that nothing reads: a
// misspelled folder would otherwise be lost in silence.
func (f *folder) refuseUnknown() {
	known := []string{"pack.yaml", "types", "blocks", "terms", "guides", "locale", "examples",
		"workflows", "deadlines", "documents", "reports", "README.md", "LICENSE"}
	for _, file := range f.files(".") {
		// Tests of shipped packs lie beside them and are embedded with them.
		if !slices.Contains(known, file) && !strings.HasSuffix(file, "_test.go") {
			f.add(file, Problem{Message: "pack.unknown_file", Found: file,
				Expected: choices(known), Near: nearest(file, known)})
		}
	}
}
