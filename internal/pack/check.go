package pack

import (
	"slices"
	"strings"

	"svod/internal/core"
)

// check compares a finished type with itself, its vocabularies and the other
// types.
func (b *builder) check(n *built) {
	numbers := map[string]bool{}
	aliases := map[string]string{}
	owners := 0
	for i := range n.Fields {
		f := &n.Fields[i]
		o := n.fields[f.Key]
		b.checkField(n, f, o)
		if f.Number != "" && numbers[f.Number] {
			o.report("number", Problem{Message: "pack.duplicate", Key: "number", Found: f.Number})
		}
		numbers[f.Number] = true
		for _, a := range f.Aliases {
			if folded := strings.ToLower(strings.TrimSpace(a)); aliases[folded] != "" {
				o.report("aliases", Problem{Message: "pack.duplicate", Key: "aliases", Found: a})
			} else {
				aliases[folded] = f.Key
			}
		}
		if f.Link != nil && f.Link.Owner {
			if owners++; owners > 1 {
				o.report("link.owner", Problem{Message: "pack.two_owners", Key: "owner"})
			}
		}
	}
	if n.Part && owners == 0 {
		n.head.report("part", Problem{Message: "pack.part_without_owner", Key: "part"})
	}
	n.checkRoles()
}

// checkRoles checks the fields that title, when, where and count name.
func (n *built) checkRoles() {
	one := func(key, name string, kinds ...core.FieldKind) {
		o, said := n.roles[key]
		if !said {
			return
		}
		f := n.Field(name)
		if f == nil {
			known := n.keys()
			o.src.report(o.path, Problem{Message: "pack.unknown_value", Key: key, Found: name,
				Expected: choices(known), Near: nearest(name, known)})
		} else if f.Kind != "" && !slices.Contains(kinds, f.Kind) {
			o.src.report(o.path, Problem{Message: "pack.wrong_kind", Key: key, Found: name, Expected: joinKinds(kinds)})
		}
	}
	one("when", n.When, core.FieldDate)
	one("where", n.Where, core.FieldPlace)
	one("count", n.Count, core.FieldNumber)
	for _, name := range n.Title {
		one("title", name, core.FieldText, core.FieldNote, core.FieldName, core.FieldTerm, core.FieldLink,
			core.FieldDate, core.FieldPlace, core.FieldContact)
	}
}

// keys lists the type's fields.
func (n *built) keys() []string {
	var s []string
	for _, f := range n.Fields {
		s = append(s, f.Key)
	}
	return s
}

// joinKinds lists kinds for a message.
func joinKinds(kinds []core.FieldKind) string {
	var s []string
	for _, k := range kinds {
		s = append(s, string(k))
	}
	return strings.Join(s, ", ")
}

// autoKinds says which kind of field the program can fill in how.
var autoKinds = map[string]core.FieldKind{
	"created_at": core.FieldDate, "updated_at": core.FieldDate,
	"created_by": core.FieldText, "updated_by": core.FieldText, "number": core.FieldText,
}

// checkField checks one field.
func (b *builder) checkField(n *built, f *core.Field, o origin) {
	if len(n.Groups) > 0 && !slices.ContainsFunc(n.Groups, func(g core.Group) bool { return g.Key == f.Group }) {
		var known []string
		for _, g := range n.Groups {
			known = append(known, g.Key)
		}
		o.report("group", Problem{Message: "pack.unknown_value", Key: "group", Found: f.Group,
			Expected: choices(known), Near: nearest(f.Group, known)})
	} else if len(n.Groups) == 0 && f.Group != "" {
		o.report("group", Problem{Message: "pack.unknown_value", Key: "group", Found: f.Group})
	}
	if strings.Contains(f.Number, "NN") {
		o.report("number", Problem{Message: "pack.bad_form", Key: "number", Found: f.Number, Expected: `^[0-9]{4}$`})
	}
	if f.Sensitivity == core.Sealed {
		for key, on := range map[string]bool{"facet": f.Facet, "list": f.List} {
			if on {
				o.report(key, Problem{Message: "pack.sealed_index", Key: key})
			}
		}
		if f.Kind == core.FieldLink {
			o.report("sensitivity", Problem{Message: "pack.sealed_link", Key: "sensitivity"})
		}
	}
	if want := autoKinds[f.Auto]; f.Auto != "" && f.Kind != want {
		o.report("auto", Problem{Message: "pack.wrong_kind", Key: "auto", Found: string(f.Kind), Expected: string(want)})
	}
	b.checkVocabulary(f, o)
	b.checkLink(f, o)
}

// checkVocabulary checks that exactly term and place fields name a list.
func (b *builder) checkVocabulary(f *core.Field, o origin) {
	takes := f.Kind == core.FieldTerm || f.Kind == core.FieldPlace
	switch {
	case takes && f.Vocabulary == "":
		o.report("", Problem{Message: "pack.kind_needs", Key: "vocabulary", Found: string(f.Kind)})
	case !takes && f.Vocabulary != "" && f.Kind != "":
		o.report("vocabulary", Problem{Message: "pack.kind_refuses", Key: "vocabulary", Found: string(f.Kind)})
	case takes && b.vocabularies[f.Vocabulary] == nil:
		var known []string
		for _, v := range b.vocabularyOrder {
			known = append(known, v.Name)
		}
		o.report("vocabulary", Problem{Message: "pack.unknown_value", Key: "vocabulary", Found: f.Vocabulary,
			Expected: choices(known), Near: nearest(f.Vocabulary, known)})
	}
	if f.Facet && !slices.Contains([]core.FieldKind{core.FieldTerm, core.FieldPlace, core.FieldDate, core.FieldNumber,
		core.FieldYesNo, core.FieldText, ""}, f.Kind) {
		o.report("facet", Problem{Message: "pack.kind_refuses", Key: "facet", Found: string(f.Kind)})
	}
}

// checkLink checks that exactly link fields say where they point, and that
// the targets exist.
func (b *builder) checkLink(f *core.Field, o origin) {
	switch {
	case f.Kind == core.FieldLink && f.Link == nil:
		o.report("", Problem{Message: "pack.kind_needs", Key: "link", Found: string(f.Kind)})
	case f.Kind != core.FieldLink && f.Link != nil && f.Kind != "":
		o.report("link", Problem{Message: "pack.kind_refuses", Key: "link", Found: string(f.Kind)})
	}
	if f.Link == nil {
		return
	}
	for i, name := range f.Link.Types {
		if b.types[name] == nil {
			known := b.typeNames()
			o.report(index("link.types", i), Problem{Message: "pack.unknown_value", Key: "types", Found: name,
				Expected: choices(known), Near: nearest(name, known)})
		}
	}
	if f.Link.Owner && f.Many {
		o.report("many", Problem{Message: "pack.many_owners", Key: "many"})
	}
}
