package index

import (
	"strings"

	"svod/internal/core"
	"svod/internal/text"
)

// Names of the fields that every record has, in both languages.
func recordField(name string) string {
	switch foldName(name) {
	case "type", "тип":
		return FieldType
	case "circle", "круг":
		return FieldCircle
	case "has", "есть":
		return FieldHas
	case "is", "это":
		return FieldState
	case "import", "импорт":
		return FieldImport
	}
	return ""
}

// field compiles "name:value".
func (c *compiler) field(n QueryNode) (Node, bool) {
	fields := c.names.FieldsCalled(n.Text)
	if system := recordField(n.Text); system != "" {
		if len(fields) == 0 {
			fields = c.names.FieldsCalled(strings.TrimPrefix(system, "@"))
		}
		return c.eachValue(n.Args[0], func(v QueryNode) (Node, bool) {
			keys := c.recordKeys(system, v)
			switch {
			case len(keys) > 0:
				return anyFacet(keys), true
			case len(fields) > 0:
				// A pack may have a field of that name as well, such as the
				// type of a document: what names no record type is its value.
				return c.anyField(fields, v)
			}
			return c.fail(v, "index.unknown_value", "field", strings.TrimPrefix(system, "@"), "value", v.Text)
		})
	}
	if len(fields) == 0 {
		return c.fail(n, "index.unknown_field", "field", n.Text)
	}
	return c.eachValue(n.Args[0], func(v QueryNode) (Node, bool) { return c.anyField(fields, v) })
}

// anyField asks each field of that name for the value. Types differ: a value
// that fits one of them is enough.
func (c *compiler) anyField(fields []*core.Field, v QueryNode) (Node, bool) {
	if c.err != nil {
		return Node{}, false
	}
	var found []Node
	var refused *core.Error
	for _, f := range fields {
		n, ok := c.value(f, v)
		if c.err != nil {
			refused, c.err = c.err, nil
			continue
		}
		if ok {
			found = append(found, n)
		}
	}
	if len(found) == 0 {
		c.err = refused
		return Node{}, false
	}
	return or(found), true
}

// eachValue walks the AND, OR and NOT inside field:( … ).
func (c *compiler) eachValue(v QueryNode, leaf func(QueryNode) (Node, bool)) (Node, bool) {
	switch v.Op {
	case OpAnd, OpOr:
		var parts []Node
		for _, a := range v.Args {
			if n, ok := c.eachValue(a, leaf); ok {
				parts = append(parts, n)
			}
		}
		if len(parts) == 0 {
			return Node{}, false
		}
		if v.Op == OpAnd {
			return and(parts), true
		}
		return or(parts), true
	case OpNot:
		c.negated = !c.negated
		n, ok := c.eachValue(v.Args[0], leaf)
		c.negated = !c.negated
		return Node{Op: NodeNot, Args: []Node{n}}, ok
	}
	return leaf(v)
}

// recordKeys are what type:, circle:, has:, is: and import: ask for with the
// value; none, when it means nothing to them.
func (c *compiler) recordKeys(system string, v QueryNode) (keys []FacetKey) {
	switch system {
	case FieldType:
		for _, t := range c.names.TypesCalled(v.Text) {
			keys = append(keys, FacetKey{FieldType, t})
		}
	case FieldCircle:
		for _, id := range c.names.CirclesCalled(v.Text) {
			keys = append(keys, FacetKey{FieldCircle, string(id)})
		}
	case FieldImport:
		keys = append(keys, FacetKey{FieldImport, v.Text})
	case FieldState:
		switch foldName(v.Text) {
		case "withdrawn", "отозвано", "отозвана", "отозван":
			c.plan.Withdrawn = true
			keys = append(keys, FacetKey{FieldState, string(core.Withdrawn)})
		}
	case FieldHas:
		keys = c.hasKeys(v)
	}
	return keys
}

// hasKeys are has:file, and has:FIELD for any field with an item.
func (c *compiler) hasKeys(v QueryNode) []FacetKey {
	switch foldName(v.Text) {
	case "file", "files", "файл", "файлы", "вложение", "вложения":
		return []FacetKey{{FieldHas, HasFile}}
	}
	var keys []FacetKey
	for _, f := range c.names.FieldsCalled(v.Text) {
		if f.Sensitivity != core.Sealed {
			keys = append(keys, FacetKey{f.Key, ValueAny})
		}
	}
	return keys
}

func anyFacet(keys []FacetKey) Node {
	nodes := make([]Node, len(keys))
	for i, k := range keys {
		nodes[i] = Node{Op: NodeFacet, Facet: k}
	}
	return or(nodes)
}

// value compiles one value of one field by the field's kind.
func (c *compiler) value(f *core.Field, v QueryNode) (Node, bool) {
	if n, ok, is := c.presence(f, v); is {
		return n, ok
	}
	switch f.Kind {
	case core.FieldTerm, core.FieldPlace:
		return c.termValue(f, v)
	case core.FieldDate:
		return c.dateValue(f, v)
	case core.FieldNumber, core.FieldMoney:
		return c.numberValue(f, v)
	case core.FieldYesNo:
		return c.yesNoValue(f, v)
	case core.FieldLink, core.FieldFile:
		return c.fail(v, "index.not_by_words", "field", f.Key)
	}
	expr, ok := c.words(v, f.Key)
	if ok && f.Kind == core.FieldContact && v.Op == OpWord && f.Sensitivity != core.Sealed {
		channel := Node{Op: NodeFacet, Facet: FacetKey{f.Key, strings.ToLower(v.Text)}}
		return or([]Node{{Op: NodeText, Text: expr}, channel}), true
	}
	return Node{Op: NodeText, Text: expr}, ok
}

// presence compiles "?", "?reason" and "*".
func (c *compiler) presence(f *core.Field, v QueryNode) (n Node, ok, is bool) {
	if v.Op != OpWord {
		return Node{}, false, false
	}
	var key FacetKey
	if v.Text == "*" {
		key = FacetKey{f.Key, ValueAny}
	} else {
		word, is := strings.CutPrefix(v.Text, "?")
		if !is {
			return Node{}, false, false
		}
		reason, known := missingReason(word)
		if !known {
			n, ok = c.fail(v, "index.unknown_reason", "field", f.Key, "value", word)
			return n, ok, true
		}
		key = MissingKey(f.Key, reason)
	}
	if f.Sensitivity == core.Sealed {
		n, ok = c.fail(v, "index.sealed_field", "field", f.Key)
		return n, ok, true
	}
	return Node{Op: NodeFacet, Facet: key}, true, true
}

func missingReason(word string) (core.Missing, bool) {
	switch foldName(word) {
	case "":
		return "", true
	case "unknown", "неизвестно":
		return core.Unknown, true
	case "not asked", "не спрашивали":
		return core.NotAsked, true
	case "refused", "отказ":
		return core.Refused, true
	case "not applicable", "неприменимо":
		return core.NotApplicable, true
	}
	return "", false
}

// termValue looks for the code or label; in places also for the local name.
func (c *compiler) termValue(f *core.Field, v QueryNode) (Node, bool) {
	codes := c.names.TermsCalled(f.Vocabulary, v.Text, v.Op == OpPrefix)
	sealed := f.Sensitivity == core.Sealed
	var found []Node
	for _, code := range codes {
		if sealed {
			token := inField(f.Key, markCode+strings.ToLower(code))
			found = append(found, Node{Op: NodeText, Text: anyTerm(c.variants(token, ""))})
		} else {
			found = append(found, Node{Op: NodeFacet, Facet: FacetKey{f.Key, code}})
		}
	}
	if f.Kind == core.FieldPlace && len(codes) == 0 {
		if expr, ok := c.words(v, f.Key); ok {
			return Node{Op: NodeText, Text: expr}, true
		}
	}
	if len(found) == 0 {
		return c.fail(v, "index.unknown_term", "field", f.Key, "value", v.Text)
	}
	return or(found), true
}

func (c *compiler) yesNoValue(f *core.Field, v QueryNode) (Node, bool) {
	value := ""
	switch text.Fold(v.Text) {
	case "yes", "да", "true", "1", "+":
		value = "yes"
	case "no", "нет", "false", "0":
		value = "no"
	default:
		return c.fail(v, "index.yes_or_no", "field", f.Key, "value", v.Text)
	}
	if f.Sensitivity == core.Sealed {
		return Node{Op: NodeText, Text: anyTerm(c.variants(inField(f.Key, markCode+value), ""))}, true
	}
	return Node{Op: NodeFacet, Facet: FacetKey{f.Key, value}}, true
}

// foldName makes labels comparable; underscores count as blanks so that
// «initial_date» and "initial date" are one name.
func foldName(s string) string {
	s = text.Fold(strings.ReplaceAll(s, "_", " "))
	return strings.Join(strings.Fields(s), " ")
}
