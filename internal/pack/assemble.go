package pack

import (
	"io/fs"
	"slices"
	"strings"

	"svod/internal/core"
)

// assemble reads the packs, orders them, builds their types and checks the
// whole.
func assemble(packs []fs.FS) (*Set, Problems) {
	var folders []*folder
	for _, fsys := range packs {
		f := readPack(fsys)
		if f.file.Name != "" && slices.ContainsFunc(folders, func(o *folder) bool { return o.name() == f.name() }) {
			f.src.report("name", Problem{Message: "pack.duplicate", Key: "name", Found: f.name()})
		}
		folders = append(folders, f)
	}
	folders = ordered(folders)
	b := &builder{types: map[string]*built{}, vocabularies: map[string]*core.Vocabulary{}}
	for _, f := range folders {
		b.vocabulariesOf(f)
	}
	for _, f := range folders {
		for _, t := range f.types {
			if t.file.Extend == "" {
				b.define(f, t)
			}
		}
		for _, t := range f.types {
			if t.file.Extend != "" {
				b.extend(f, t)
			}
		}
	}
	for _, t := range b.order {
		t.settle()
		b.check(t)
	}
	var problems Problems
	for _, f := range folders {
		problems = append(problems, f.all()...)
	}
	return newSet(folders, b), problems
}

// all is every problem of the pack, in the order of files and lines.
func (f *folder) all() Problems {
	ps := slices.Clone(f.problems)
	if f.src != nil {
		ps = append(ps, f.src.problems...)
	}
	for _, t := range f.types {
		ps = append(ps, t.problems...)
	}
	for _, b := range f.blocks {
		ps = append(ps, b.problems...)
	}
	slices.SortStableFunc(ps, func(a, b Problem) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	return slices.CompactFunc(ps, func(a, b Problem) bool { return a == b })
}

// ordered puts each pack after those it requires and reports requirements that
// are missing or circular.
func ordered(folders []*folder) []*folder {
	var list []*folder
	state := map[*folder]int{} // 1 = being placed, 2 = placed
	var place func(f *folder)
	place = func(f *folder) {
		state[f] = 1
		for i, name := range f.file.Requires {
			at := slices.IndexFunc(folders, func(o *folder) bool { return o.name() == name })
			if at < 0 {
				f.src.report(index("requires", i), Problem{Message: "pack.unknown_value", Key: "requires",
					Found: name, Expected: names(folders), Near: nearest(name, strings.Split(names(folders), ", "))})
				continue
			}
			switch state[folders[at]] {
			case 0:
				place(folders[at])
			case 1:
				f.src.report(index("requires", i), Problem{Message: "pack.circular", Key: "requires", Found: name})
			}
		}
		state[f] = 2
		list = append(list, f)
	}
	for _, f := range folders {
		if state[f] == 0 {
			place(f)
		}
	}
	return list
}

// names lists the packs for a message.
func names(folders []*folder) string {
	var s []string
	for _, f := range folders {
		if f.name() != "" {
			s = append(s, f.name())
		}
	}
	return strings.Join(s, ", ")
}

// builder turns decoded files into types.
type builder struct {
	types           map[string]*built
	order           []*built
	vocabularies    map[string]*core.Vocabulary
	vocabularyOrder []*core.Vocabulary
}

// built is a type under construction, with the place each part came from.
type built struct {
	core.Type
	head   *source           // where the type as a whole is defined
	fields map[string]origin // by field key
	roles  map[string]origin // when, where, count, title: who said it
}

// origin is a place in a file.
type origin struct {
	src  *source
	path string
}

func (o origin) report(key string, p Problem) { o.src.report(step(o.path, key), p) }

// vocabulariesOf registers the vocabularies of a pack.
func (b *builder) vocabulariesOf(f *folder) {
	for i, v := range f.vocabs {
		if v.Name == "" {
			continue
		}
		if b.vocabularies[v.Name] != nil {
			f.src.report(index("vocabularies", i)+".name", Problem{Message: "pack.duplicate", Key: "name", Found: v.Name})
			continue
		}
		b.vocabularies[v.Name] = v
		b.vocabularyOrder = append(b.vocabularyOrder, v)
	}
}

// define builds a type from its own file.
func (b *builder) define(f *folder, t *typeSource) {
	if t.file.Name == "" {
		return
	}
	if b.types[t.file.Name] != nil {
		t.report("name", Problem{Message: "pack.duplicate", Key: "name", Found: t.file.Name})
		return
	}
	n := &built{head: t.source, fields: map[string]origin{}, roles: map[string]origin{}}
	n.Type = core.Type{Name: t.file.Name, Pack: f.name(), Number: t.file.Number, Label: t.file.Label,
		Plural: t.file.Plural, About: t.file.About, Part: t.file.Part}
	b.types[t.file.Name] = n
	b.order = append(b.order, n)
	n.merge(t, t.file.Number != "")
	n.blocks(f, t)
}

// extend adds a file's groups and fields to a type of another pack.
func (b *builder) extend(f *folder, t *typeSource) {
	n := b.types[t.file.Extend]
	if n == nil {
		known := b.typeNames()
		t.report("extend", Problem{Message: "pack.unknown_value", Key: "extend", Found: t.file.Extend,
			Expected: choices(known), Near: nearest(t.file.Extend, known)})
		return
	}
	n.merge(t, true)
	n.blocks(f, t)
}

// typeNames lists the known types.
func (b *builder) typeNames() []string {
	var s []string
	for _, t := range b.order {
		s = append(s, t.Name)
	}
	return s
}

// merge takes over what one file says about the type. With official, fields
// that carry no official number are marked as extensions of the format.
func (n *built) merge(t *typeSource, official bool) {
	set := func(key, value string, to *string) {
		if value != "" {
			*to = value
			n.roles[key] = origin{t.source, key}
		}
	}
	set("when", t.file.When, &n.When)
	set("where", t.file.Where, &n.Where)
	set("count", t.file.Count, &n.Count)
	if len(t.file.Title) > 0 {
		n.Title = t.file.Title
		n.roles["title"] = origin{t.source, "title"}
	}
	for i, g := range t.file.Groups {
		n.group(origin{t.source, index("groups", i)}, g)
	}
	for i, f := range t.file.Fields {
		n.field(origin{t.source, index("fields", i)}, f, official && f.Number == "")
	}
}

// blocks adds the shared groups and fields the file asks for.
func (n *built) blocks(f *folder, t *typeSource) {
	for i, use := range t.file.Blocks {
		at := index("blocks", i)
		block := f.blocks[use.Name]
		if block == nil {
			t.report(at, Problem{Message: "pack.missing_file", Key: "blocks", Found: "blocks/" + use.Name + ".yaml"})
			continue
		}
		var keys []string
		for j, g := range block.file.Groups {
			n.group(origin{block.source, index("groups", j)}, g)
		}
		for j, field := range block.file.Fields {
			keys = append(keys, field.Key)
			if slices.Contains(use.Official, field.Key) {
				field.Number = strings.Replace(field.Number, "NN", strings.TrimSuffix(n.Number, "xx"), 1)
			} else {
				field.Number = ""
			}
			n.field(origin{block.source, index("fields", j)}, field, n.Number != "" && field.Number == "")
		}
		for j, key := range use.Official {
			if !slices.Contains(keys, key) {
				t.report(index(at+".official", j), Problem{Message: "pack.unknown_value", Key: "official", Found: key,
					Expected: choices(keys), Near: nearest(key, keys)})
			}
		}
	}
}

// group adds a section; those of extensions stand before the folded ones at
// the end, so that what was added is seen.
func (n *built) group(o origin, g groupFile) {
	if slices.ContainsFunc(n.Groups, func(h core.Group) bool { return h.Key == g.Key }) {
		o.report("key", Problem{Message: "pack.duplicate", Key: "key", Found: g.Key})
		return
	}
	at := len(n.Groups)
	if !g.Closed {
		for at > 0 && n.Groups[at-1].Closed && o.src != n.head {
			at--
		}
	}
	n.Groups = slices.Insert(n.Groups, at, core.Group{Key: g.Key, Label: g.Label, Hint: g.Hint, Closed: g.Closed})
}

// field adds a field.
func (n *built) field(o origin, f fieldFile, extension bool) {
	if f.Key == "" {
		return
	}
	if _, twice := n.fields[f.Key]; twice {
		o.report("key", Problem{Message: "pack.duplicate", Key: "key", Found: f.Key})
		return
	}
	n.fields[f.Key] = o
	field := core.Field{Key: f.Key, Number: f.Number, Kind: core.FieldKind(f.Kind), Label: f.Label, Hint: f.Hint,
		Group: f.Group, Required: f.Required, Many: f.Many, Clarify: f.Clarify,
		Sensitivity: core.Sensitivity(f.Sensitivity), Vocabulary: f.Vocabulary, Facet: f.Facet, List: f.List,
		Identity: f.Identity, Auto: f.Auto, Aliases: f.Aliases, Extension: extension, Max: f.Max}
	if f.Link != nil {
		field.Link = &core.LinkSpec{Types: f.Link.Types, Role: f.Link.Role, Inverse: f.Link.Inverse, Owner: f.Link.Owner}
	}
	n.Fields = append(n.Fields, field)
}

// settle puts the fields into the order of their groups, as forms show them.
func (n *built) settle() {
	place := func(f core.Field) int {
		return slices.IndexFunc(n.Groups, func(g core.Group) bool { return g.Key == f.Group })
	}
	slices.SortStableFunc(n.Fields, func(a, b core.Field) int { return place(a) - place(b) })
}
