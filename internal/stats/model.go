package stats

import (
	"math/bits"
	"slices"
	"strings"

	"svod/internal/core"
)

// A Model is a hierarchical log-linear model of some number of lists: a set of
// terms which with every term holds all terms within it. The intercept and the
// main effect of every list are always there.
type Model struct {
	lists int
	terms []int // masks, ascending by size then value; terms[0] is 0
}

const listSigns = "123456789abc" // list i is listSigns[i] in the name of a model

// NewModel builds the model that its highest terms generate: [{0,1},{2}] for
// three lists has the terms 1, 2, 3 and 12. The model of all lists in one term
// (saturated) is refused: it has no estimate of the unseen.
func NewModel(lists int, generators ...[]int) (Model, error) {
	var masks []int
	for _, g := range generators {
		mask := 0
		for _, i := range g {
			if i < 0 || i >= lists {
				return Model{}, core.Invalid(errModel)
			}
			mask |= 1 << i
		}
		masks = append(masks, mask)
	}
	if lists < MinLists || lists > MaxLists || slices.Contains(masks, 1<<lists-1) {
		return Model{}, core.Invalid(errModel)
	}
	return closure(lists, masks), nil
}

// ParseModel reads the name of a model, such as "[123,14,34]".
func ParseModel(lists int, name string) (Model, error) {
	inner, ok := strings.CutPrefix(name, "[")
	inner, end := strings.CutSuffix(inner, "]")
	if !ok || !end {
		return Model{}, core.Invalid(errModel)
	}
	var gens [][]int
	for g := range strings.SplitSeq(inner, ",") {
		var gen []int
		for _, r := range strings.TrimSpace(g) {
			gen = append(gen, strings.IndexRune(listSigns, r))
		}
		gens = append(gens, gen)
	}
	return NewModel(lists, gens...)
}

// closure adds to the generators everything that hierarchy asks for.
func closure(lists int, generators []int) Model {
	has := make([]bool, 1<<lists)
	has[0] = true
	for i := range lists {
		has[1<<i] = true
	}
	for _, g := range generators {
		for sub := g; sub > 0; sub = (sub - 1) & g {
			has[sub] = true
		}
	}
	m := Model{lists: lists, terms: []int{0}}
	for _, mask := range masksBySize(lists) {
		if has[mask] {
			m.terms = append(m.terms, mask)
		}
	}
	return m
}

// mainEffects is the model of independent lists.
func mainEffects(lists int) Model { return closure(lists, nil) }

// with adds a term and everything within it.
func (m Model) with(term int) Model { return closure(m.lists, append(slices.Clone(m.terms), term)) }

// drop takes a term out; the caller makes sure that no other term contains it.
func (m Model) drop(term int) Model {
	return Model{lists: m.lists, terms: slices.DeleteFunc(slices.Clone(m.terms), func(t int) bool { return t == term })}
}

func (m Model) has(term int) bool { return slices.Contains(m.terms, term) }

// generators are the terms that no other term contains.
func (m Model) generators() []int {
	var out []int
	for i, t := range m.terms {
		if !slices.ContainsFunc(m.terms[i+1:], func(o int) bool { return o&t == t }) {
			out = append(out, t)
		}
	}
	return out
}

// Name writes the highest terms, largest first, lists by their number:
// "[123,14,34]"; beyond nine lists the signs go on with a, b, c.
func (m Model) Name() string {
	gens := m.generators()
	slices.SortStableFunc(gens, func(a, b int) int {
		if d := bits.OnesCount(uint(b)) - bits.OnesCount(uint(a)); d != 0 {
			return d
		}
		return strings.Compare(signs(a), signs(b))
	})
	parts := make([]string, len(gens))
	for i, g := range gens {
		parts[i] = signs(g)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func signs(mask int) string {
	var b strings.Builder
	for i := range len(listSigns) {
		if mask>>i&1 == 1 {
			b.WriteByte(listSigns[i])
		}
	}
	return b.String()
}

// Interactions names the highest terms of two and more lists by the names of
// the lists: [["EXH","ABA"]]. Empty for independence.
func (m Model) Interactions(lists []string) [][]string {
	var out [][]string
	for _, g := range m.generators() {
		if bits.OnesCount(uint(g)) < 2 {
			continue
		}
		var names []string
		for i, l := range lists {
			if g>>i&1 == 1 {
				names = append(names, l)
			}
		}
		out = append(out, names)
	}
	return out
}

// hierarchicalModels lists all hierarchical models of some lists (up to four:
// 8 models of three lists, 113 of four) in a fixed order, without the saturated one.
func hierarchicalModels(lists int) []Model {
	var candidates []int
	for _, mask := range masksBySize(lists) {
		if n := bits.OnesCount(uint(mask)); n >= 2 && n < lists {
			candidates = append(candidates, mask)
		}
	}
	var out []Model
	for pick := range 1 << len(candidates) {
		chosen := map[int]bool{}
		for i, c := range candidates {
			if pick>>i&1 == 1 {
				chosen[c] = true
			}
		}
		if closed(chosen) {
			var gens []int
			for _, c := range candidates {
				if chosen[c] {
					gens = append(gens, c)
				}
			}
			out = append(out, closure(lists, gens))
		}
	}
	return out
}

// closed reports whether every pair and larger term within a chosen term is
// chosen too.
func closed(chosen map[int]bool) bool {
	for c := range chosen {
		for sub := (c - 1) & c; sub > 0; sub = (sub - 1) & c {
			if bits.OnesCount(uint(sub)) >= 2 && !chosen[sub] {
				return false
			}
		}
	}
	return true
}
