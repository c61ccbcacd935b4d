package index

// TreeValue is a facet value at its depth in the hierarchy, 0 at the top.
type TreeValue struct {
	FacetValue
	Depth int
}

// Tree orders the values of a facet so that every value follows its parent,
// siblings by count. A value whose parent is not in the list moves up to its
// nearest listed ancestor.
func (f Facet) Tree(vocabulary string, terms Ancestry) []TreeValue {
	listed := make(map[string]bool, len(f.Values))
	for _, v := range f.Values {
		listed[v.Value] = true
	}
	children := map[string][]FacetValue{}
	for _, v := range f.Values {
		parent := ""
		for _, a := range terms.Ancestors(vocabulary, v.Value) {
			if listed[a] && a != v.Value {
				parent = a
				break
			}
		}
		children[parent] = append(children[parent], v)
	}
	tree := make([]TreeValue, 0, len(f.Values))
	var walk func(parent string, depth int)
	walk = func(parent string, depth int) {
		below := children[parent]
		delete(children, parent) // a ring in the vocabulary ends here
		for _, v := range below {
			tree = append(tree, TreeValue{v, depth})
			walk(v.Value, depth+1)
		}
	}
	walk("", 0)
	return tree
}
