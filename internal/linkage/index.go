package linkage

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Index answers, for one record at a time, which of many rows may speak of the same
// person: the hint while somebody types. It is safe for concurrent use (questions
// wait for each other) and never changes: build a new one when the rows change.
type Index struct {
	mu     sync.Mutex
	e      *engine
	atoms  []atom
	rules  []rule
	sorted [][]uint64 // by rule: key<<32 | row, ascending
	slot   int        // the engine's row that stands for the question
	stamp  []uint32   // by row: the question that has seen it
	asked  uint32
}

// Hint is a row that may speak of the person asked about.
type Hint struct {
	Row         int     // number in the rows of NewIndex
	Probability float64 // 0–1
	Bits        float64
	Contradicts bool // cannot be the same person: shown, never linked
	Evidence    []Evidence

	at int // the engine's row
}

const (
	// mostInBlock and mostAsked bound the work of a question, in rows.
	mostInBlock = 4000
	mostAsked   = 20_000
)

// NewIndex learns the model from rows, as Link does, and prepares them for
// questions. It needs two rows at least and returns Link's errors.
func NewIndex(ctx context.Context, rows []Row, o Options) (*Index, error) {
	o, err := o.settled(max(len(rows), 1))
	if err != nil {
		return nil, err
	}
	o.Same, o.Different = nil, nil
	// An empty row holds the place of the question.
	all := append(slices.Clone(rows), Row{})
	e, err := newEngine(all, o)
	if err != nil {
		return nil, err
	}
	b, _, err := e.train(ctx)
	if err != nil {
		return nil, err
	}
	// That a list holds nobody twice does not mean that the next record is new.
	e.prior = max(e.prior, .5/float64(e.n))
	x := &Index{e: e, atoms: e.atoms(), rules: b.rules, sorted: make([][]uint64, len(b.rules)), slot: slices.Index(e.source, len(rows)),
		stamp: make([]uint32, e.n)}
	err = e.parallel(ctx, len(x.rules), func(r int) {
		keys := make([]uint32, e.n)
		for i := range keys {
			keys[i] = x.key(x.rules[r], i)
		}
		x.sorted[r] = sortedByKey(keys)
	})
	return x, err
}

func (x *Index) key(r rule, row int) uint32 {
	key := x.atoms[r.atoms[0]].of(row)
	for _, a := range r.atoms[1:] {
		v := x.atoms[a].of(row)
		if key == 0 || v == 0 {
			return 0
		}
		key = mix(key, v)
	}
	return key
}

// Find returns the rows with a probability of at least from, most probable first
// and at most limit of them. row has the columns of the indexed rows; cells not
// typed yet are empty.
func (x *Index) Find(row Row, from float64, limit int) []Hint {
	x.mu.Lock()
	defer x.mu.Unlock()
	forget := x.ask(row)
	defer forget()
	var out []Hint
	var l levels
	looked := 0
	for r := range x.rules {
		key := x.key(x.rules[r], x.slot)
		if key == 0 {
			continue
		}
		list := x.sorted[r]
		at := sort.Search(len(list), func(i int) bool { return uint32(list[i]>>32) >= key })
		for n := at; n < len(list) && uint32(list[n]>>32) == key && n-at < mostInBlock && looked < mostAsked; n++ {
			other := int(uint32(list[n]))
			if x.stamp[other] == x.asked || other == x.slot {
				continue
			}
			x.stamp[other] = x.asked
			looked++
			i, j := min(other, x.slot), max(other, x.slot)
			bits := x.e.weight(&l, x.e.compare(i, j, &l))
			if p := probability(bits); p >= from {
				out = append(out, Hint{Row: x.e.source[other], Probability: p, Bits: bits, Contradicts: x.e.contradicts(i, j, &l), at: other})
			}
		}
	}
	slices.SortFunc(out, func(a, b Hint) int { return cmp.Or(cmp.Compare(b.Bits, a.Bits), a.Row-b.Row) })
	out = out[:min(len(out), max(limit, 0))]
	for n := range out {
		out[n].Evidence = x.e.explain(x.slot, out[n].at)
	}
	return out
}

// ask puts the question into its slot and returns what takes it out again, with
// all words nobody else has.
func (x *Index) ask(row Row) (forget func()) {
	e := x.e
	x.asked++
	e.rows[len(e.rows)-1] = row
	type mark struct {
		l *lexicon
		n int
	}
	var marks []mark
	for k := range e.fields {
		if l := e.fields[k].words; l != nil {
			if l.fresh == nil {
				l.fresh = map[string]uint32{}
			}
			marks = append(marks, mark{l, len(l.words)})
		}
	}
	readers := e.readers()
	for c := range e.o.Columns {
		if cell := strings.TrimSpace(row.cell(c)); readers[c] != nil && cell != "" {
			readers[c](x.slot, cell)
		}
	}
	for c, column := range e.o.Columns {
		if column.Kind == KindList {
			e.lists[x.slot] = hashString(strings.TrimSpace(row.cell(c)))
		}
	}
	for k := range e.fields {
		f := &e.fields[k]
		for f.words != nil && len(f.share) < len(f.words.words) {
			f.share = append(f.share, 0)
			f.rarity = append(f.rarity, maxAdjust)
		}
	}
	return func() {
		for _, m := range marks {
			m.l.cut(m.n)
		}
		e.rows[len(e.rows)-1] = nil
		e.lists[x.slot] = 0
		for k := range e.fields {
			e.fields[k].clear(x.slot)
		}
	}
}

// cut forgets the words from number n on.
func (l *lexicon) cut(n int) {
	for name, id := range l.fresh {
		if int(id) >= n {
			delete(l.index, name)
		}
	}
	clear(l.fresh)
	l.words = l.words[:min(n, len(l.words))]
}

// clear empties a row and forgets the frequencies of words that are gone.
func (f *field) clear(row int) {
	if f.days != nil {
		f.days[row] = day{}
	}
	if f.values != nil {
		f.values[row] = 0
		f.share = f.share[:min(len(f.share), len(f.words.words))]
		f.rarity = f.rarity[:len(f.share)]
	}
	if f.second != nil {
		f.second[row] = 0
	}
}
