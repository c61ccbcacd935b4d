package pack

import (
	"slices"
	"strconv"

	"svod/internal/core"
)

// termTree is a vocabulary with its indexes.
type termTree struct {
	core.Vocabulary
	at       map[string]int   // code to position
	interop  map[string]int   // HURIDOCS code to position
	children map[string][]int // parent code ("" = top) to positions, in order
	called   []calledTerm     // by name
}

// newVocabulary indexes a list.
func newVocabulary(v core.Vocabulary) *termTree {
	n := &termTree{Vocabulary: v, at: make(map[string]int, len(v.Terms)),
		interop: map[string]int{}, children: map[string][]int{}, called: termNames(v.Terms)}
	for i, t := range v.Terms {
		n.at[t.Code] = i
		if _, twice := n.interop[t.Interop]; !twice && t.Interop != "" {
			n.interop[t.Interop] = i
		}
		n.children[t.Parent] = append(n.children[t.Parent], i)
	}
	return n
}

// descendants walks the tree below a term.
func (v *termTree) descendants(code string) []string {
	var list []string
	for _, i := range v.children[code] {
		c := v.Terms[i].Code
		list = append(append(list, c), v.descendants(c)...)
	}
	return list
}

// replaced lays terms over a list: known codes in place, new ones at the end.
func replaced(old, terms []core.Term) []core.Term {
	list := slices.Clone(old)
	at := map[string]int{}
	for i, t := range list {
		at[t.Code] = i
	}
	for _, t := range terms {
		if i, known := at[t.Code]; known {
			list[i] = t
			continue
		}
		at[t.Code] = len(list)
		list = append(list, t)
	}
	return list
}

// overlay lays terms over a vocabulary and restores the order in which parents
// stand before their children. Broken links to a parent are cut.
func overlay(v core.Vocabulary, terms []core.Term) core.Vocabulary {
	list := replaced(v.Terms, terms)
	tree := newVocabulary(core.Vocabulary{Terms: list})
	for i := range list {
		if _, known := tree.at[list[i].Parent]; !known || tree.loops(i) {
			list[i].Parent = ""
		}
	}
	tree = newVocabulary(core.Vocabulary{Terms: list})
	v.Terms = make([]core.Term, 0, len(list))
	for _, code := range tree.descendants("") {
		v.Terms = append(v.Terms, list[tree.at[code]])
	}
	return v
}

// loops reports whether the term stands, through its parents, below itself.
func (v *termTree) loops(i int) bool {
	start := v.Terms[i].Code
	for steps, p := 0, v.Terms[i].Parent; p != "" && steps <= len(v.Terms); steps++ {
		if p == start {
			return true
		}
		up, known := v.at[p]
		if !known {
			return false
		}
		p = v.Terms[up].Parent
	}
	return false
}

// termError is a problem of one imported term.
func termError(row int, code string, p Problem) *core.Error {
	p.Line, p.Where = row, "term "+strconv.Quote(code)
	return p.Err()
}
