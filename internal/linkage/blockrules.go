package linkage

import (
	"math"
	"math/rand/v2"
	"slices"
)

// atom is a property on which rows can be brought together: exact (birth date) or
// coarse (year of birth, consonants of the surname).
type atom struct {
	field int
	name  string
	base  float64 // chance that matches agree on it, when both have it
	of    func(row int) uint32
}

// rule is a set of atoms; rows that agree on all of them are compared.
type rule struct {
	atoms  []int
	volume float64 // expected pairs per row
}

func (e *engine) atoms() []atom {
	var out []atom
	add := func(k int, name string, base float64, of func(int) uint32) {
		out = append(out, atom{k, name, base, of})
	}
	for k := range e.fields {
		f := &e.fields[k]
		value := func(i int) uint32 { return f.values[i] }
		skeleton := func(i int) uint32 { return f.word(i).skeleton }
		whole := func(i int) uint32 {
			if f.word(i).initial {
				return 0
			}
			return f.values[i]
		}
		first := func(i int) uint32 {
			if w := f.word(i); w.key != "" {
				return uint32(initialClass(w.key[0])) + 1
			}
			return 0
		}
		part := func(of func(day) uint32) func(int) uint32 {
			return func(i int) uint32 { return of(f.days[i]) }
		}
		switch f.kind {
		case KindFamily:
			add(k, "same", .68, whole)
			add(k, "consonants", .8, skeleton)
			if e.given >= 0 {
				add(k, "both", .5, e.bothNames)
			}
		case KindGiven:
			add(k, "same", .7, whole)
			add(k, "consonants", .75, skeleton)
			add(k, "initial", .88, first)
		case KindPatronymic:
			add(k, "same", .85, whole)
			add(k, "initial", .93, first)
		case KindBirth, KindDate:
			exact, month, year := .8, .82, .88
			if f.kind == KindDate {
				exact, month, year = .5, .7, .9
			}
			add(k, "same", exact, part(func(d day) uint32 {
				if !d.full() {
					return 0
				}
				return uint32(d.year)<<9 | uint32(d.month)<<5 | uint32(d.day)
			}))
			add(k, "year", year, part(func(d day) uint32 { return uint32(d.year) }))
			if f.kind == KindBirth {
				add(k, "month_day", month, part(monthDay))
			} else {
				add(k, "month", month, part(func(d day) uint32 { return uint32(d.year)<<4 | uint32(d.month) }))
			}
		case KindPlace, KindText:
			add(k, "same", .75, value)
			add(k, "first_letters", .85, func(i int) uint32 { return hashString(f.word(i).key[:min(4, len(f.word(i).key))]) })
		case KindCategory, KindCode:
			add(k, "same", .8, value)
		}
	}
	return out
}

// monthDay is one value for day and month in either order.
func monthDay(d day) uint32 {
	if !d.full() {
		return 0
	}
	return uint32(min(d.day, d.month))<<5 | uint32(max(d.day, d.month))
}

// bothNames is one value for surname and given name in either order.
func (e *engine) bothNames(row int) uint32 {
	a, b := e.fields[e.family].word(row), e.fields[e.given].word(row)
	if a.key == "" || b.key == "" || b.initial {
		return 0
	}
	x, y := a.skeleton, b.skeleton
	if x > y {
		x, y = y, x
	}
	return mix(x, y)
}

// chooseRules picks blocking rules: among all sets of up to three atoms of
// different fields which bring few enough rows together, those that in a
// simulation of matches with errors reach the most new ones at the least cost.
func (e *engine) chooseRules(atoms []atom, budget float64) []rule {
	admissible := e.admissible(atoms, budget/5)
	reach := e.simulate(atoms, admissible)
	const most, gainWorth = 32, 2
	var out []rule
	covered := make([]uint8, simulated)
	spent := 0.0
	for len(out) < most {
		best, bestScore := -1, 0.0
		for r, hits := range reach {
			if hits == nil || spent+admissible[r].volume > budget {
				continue
			}
			gain := 0.0
			for _, s := range hits {
				// A second way to the same match is worth something: real
				// errors are never those of the simulation.
				switch covered[s] {
				case 0:
					gain++
				case 1:
					gain += .15
				}
			}
			if gain < gainWorth {
				continue
			}
			if score := gain / (admissible[r].volume + .3); score > bestScore {
				best, bestScore = r, score
			}
		}
		if best < 0 {
			break
		}
		for _, s := range reach[best] {
			if covered[s] < 2 {
				covered[s]++
			}
		}
		spent += admissible[best].volume
		out = append(out, admissible[best])
		reach[best] = nil
	}
	return out
}

// admissible lists the sets of atoms that bring at most limit rows to a row, none
// of them containing another.
func (e *engine) admissible(atoms []atom, limit float64) []rule {
	sample := e.sampleRows(20_000)
	values := make([][]uint32, len(atoms))
	for a := range atoms {
		values[a] = make([]uint32, len(sample))
		for s, i := range sample {
			values[a][s] = atoms[a].of(i)
		}
	}
	keys := make([]uint32, len(sample))
	scale := float64(e.n) / float64(max(len(sample), 1))
	volume := func(set []int) float64 {
		combine(values, set, keys)
		return scale * pairsPerRow(keys)
	}
	var out []rule
	wide := map[[2]int]bool{}
	for a := range atoms {
		if v := volume([]int{a}); v <= limit {
			out = append(out, rule{[]int{a}, v})
		} else {
			wide[[2]int{a, a}] = true
		}
	}
	for a := range atoms {
		for b := a + 1; b < len(atoms); b++ {
			if atoms[a].field == atoms[b].field || !wide[[2]int{a, a}] || !wide[[2]int{b, b}] {
				continue
			}
			if v := volume([]int{a, b}); v <= limit {
				out = append(out, rule{[]int{a, b}, v})
			} else {
				wide[[2]int{a, b}] = true
			}
		}
	}
	for a := range atoms {
		for b := a + 1; b < len(atoms); b++ {
			for c := b + 1; c < len(atoms) && wide[[2]int{a, b}]; c++ {
				if !wide[[2]int{a, c}] || !wide[[2]int{b, c}] {
					continue
				}
				if v := volume([]int{a, b, c}); v <= limit {
					out = append(out, rule{[]int{a, b, c}, v})
				}
			}
		}
	}
	return out
}

// sampleRows returns about size rows at even steps of the canonical order's hash.
func (e *engine) sampleRows(size int) []int {
	out := make([]int, 0, min(size, e.n))
	if e.n <= size {
		for i := range e.n {
			out = append(out, i)
		}
		return out
	}
	rng := rand.New(rand.NewPCG(e.o.Seed, 0xb10c))
	for i := range e.n {
		if rng.IntN(e.n-i) < size-len(out) {
			out = append(out, i)
		}
	}
	return out
}

func combine(values [][]uint32, set []int, keys []uint32) {
	copy(keys, values[set[0]])
	for _, a := range set[1:] {
		for i, v := range values[a] {
			if keys[i] == 0 || v == 0 {
				keys[i] = 0
			} else {
				keys[i] = mix(keys[i], v)
			}
		}
	}
}

// pairsPerRow returns the pairs with equal keys, divided by the number of rows.
func pairsPerRow(keys []uint32) float64 {
	sorted := slices.Clone(keys)
	slices.Sort(sorted)
	sum, run := 0.0, 0.0
	for i, k := range sorted {
		if k == 0 {
			continue
		}
		if i > 0 && sorted[i-1] == k {
			run++
			sum += run
		} else {
			run = 0
		}
	}
	return sum / float64(max(len(keys), 1))
}

const simulated = 4000

// simulate returns, for each rule, which of the invented matches it reaches. The
// atoms of a field fail together: consonants that differ make the whole differ.
func (e *engine) simulate(atoms []atom, rules []rule) [][]int16 {
	rng := rand.New(rand.NewPCG(e.o.Seed, 0x51b))
	out := make([][]int16, len(rules))
	luck := make([]float64, len(e.fields))
	for s := range simulated {
		for k := range luck {
			luck[k] = rng.Float64()
			if p := e.fields[k].present; rng.Float64() > math.Max(p*p, p*.6) {
				luck[k] = 2 // one of the two lacks it
			}
		}
		for r := range rules {
			hit := true
			for _, a := range rules[r].atoms {
				hit = hit && luck[atoms[a].field] < atoms[a].base
			}
			if hit {
				out[r] = append(out[r], int16(s))
			}
		}
	}
	return out
}
