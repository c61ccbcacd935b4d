package linkage

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"

	"svod/internal/core"
)

// Options says how Link works. The zero value, with Columns, is usable.
type Options struct {
	Columns []Column
	// Seed chooses the random pairs from which chance agreement is learnt.
	Seed uint64
	// Threshold is the lowest probability at which two rows count as one person,
	// 0–1; 0 lets the engine choose.
	Threshold float64
	// Workers is how many goroutines compare; 0 means all processors. It does
	// not change the result.
	Workers int
	// FamilyFirst says that full names without any other sign begin with the surname.
	FamilyFirst bool
	// ListsAreDistinct promises that no list holds a person twice: rows of one
	// KindList value are never linked.
	ListsAreDistinct bool
	// Places, if set, knows which places lie inside which.
	Places Places
	// Same and Different are decisions of people: pairs of row numbers which must
	// or must never be in one cluster, whatever the evidence.
	Same, Different [][2]int
	// PairsPerRow bounds the candidate pairs of the blocking rules, on average
	// per row; 0 means 40 for large tables and up to 100 for small ones.
	PairsPerRow float64
	// MaxBlock is the largest block compared in full; 0 means 400. Larger ones
	// are compared along a sorted window.
	MaxBlock int
}

func (o Options) settled(rows int) (Options, error) {
	o.Columns = slices.Clone(o.Columns)
	for i, c := range o.Columns {
		if !slices.Contains(Kinds(), c.Kind) {
			return o, &core.Error{Kind: core.KindInvalid, Key: errColumnKind, Args: []any{"kind", string(c.Kind)}, Column: i + 1}
		}
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.PairsPerRow <= 0 {
		o.PairsPerRow = min(max(2e6/float64(rows), 40), 100)
	}
	if o.MaxBlock <= 0 {
		o.MaxBlock = 400
	}
	return o, nil
}

// Pair is two rows that may be one person. A and B are row numbers from 0, A < B.
type Pair struct {
	A, B        int
	Probability float64 // 0–1, by the evidence of this pair alone
	Bits        float64 // its logarithm of odds to base 2
	Contradicts bool    // the two can never be one person: patronymics, lists, a decision
}

// Result is what Link found. It holds on to the rows, for Explain: drop it when
// they must leave memory.
type Result struct {
	// Clusters are the row numbers of each person, ascending; the clusters by
	// their first row. A row without partner is a cluster of its own.
	Clusters [][]int
	// Pairs are the pairs worth a look (probability of 1 % and more), most
	// probable first.
	Pairs []Pair
	// Threshold is the probability at which pairs count as one person.
	Threshold float64
	// EstimatedPrecision and EstimatedRecall are what the model expects of the
	// pairs inside clusters, 0–1; recall includes what blocking loses.
	EstimatedPrecision, EstimatedRecall float64
	Report                              Report

	model  *engine // for Explain
	scored []scored
}

// Link finds the rows that speak of one person. It returns a *core.Error of
// KindInvalid when no column can be compared, and ctx's error when it ends.
func Link(ctx context.Context, rows []Row, o Options) (Result, error) {
	o, err := o.settled(max(len(rows), 1))
	if err != nil {
		return Result{}, err
	}
	if len(rows) < 2 {
		return single(len(rows)), nil
	}
	e, err := newEngine(rows, o)
	if err != nil {
		return Result{}, err
	}
	b, rounds, err := e.train(ctx)
	if err != nil {
		return Result{}, err
	}
	pairs, err := e.score(ctx, b)
	if err != nil {
		return Result{}, err
	}
	return e.result(pairs, b, rounds), nil
}

func single(n int) Result {
	r := Result{Threshold: .5, EstimatedPrecision: 1, EstimatedRecall: 1}
	for i := range n {
		r.Clusters = append(r.Clusters, []int{i})
	}
	return r
}

// train learns the model twice: on the pairs of blocking rules chosen by general
// experience, then on those of rules chosen by what the first round has learnt.
func (e *engine) train(ctx context.Context) (*blocks, int, error) {
	e.chance()
	e.firstGuess()
	atoms := e.atoms()
	var b *blocks
	rounds := 0
	for pass := range 2 {
		var err error
		if b, err = e.makeBlocks(ctx, atoms, e.chooseRules(atoms, e.o.PairsPerRow)); err != nil {
			return nil, 0, err
		}
		obs, per, likely, err := e.observe(ctx, b)
		if err != nil {
			return nil, 0, err
		}
		rounds += e.learn(obs, per)
		if pass == 0 {
			e.relearnAtoms(atoms, likely)
		}
	}
	return b, rounds, nil
}

// relearnAtoms corrects what was supposed of the atoms by how often likely matches
// agree on them. Matches that share an atom are found more easily, so the old
// supposition keeps half of its say.
func (e *engine) relearnAtoms(atoms []atom, likely [][2]int32) {
	var l levels
	agree, both := make([]float64, len(atoms)), make([]float64, len(atoms))
	for _, p := range likely {
		i, j := int(p[0]), int(p[1])
		adjust := e.compare(i, j, &l)
		weight := probability(e.weight(&l, adjust))
		if weight < .5 {
			continue
		}
		for a := range atoms {
			if x, y := atoms[a].of(i), atoms[a].of(j); x != 0 && y != 0 {
				both[a] += weight
				if x == y {
					agree[a] += weight
				}
			}
		}
	}
	for a := range atoms {
		const say = 50
		if both[a] > say {
			atoms[a].base = (atoms[a].base + agree[a]/both[a]) / 2
		}
	}
}

// observe compares a sample of the candidate pairs and counts their patterns. per
// is the number of candidates for each pair of the sample, likely are pairs to
// measure atoms on.
func (e *engine) observe(ctx context.Context, b *blocks) (obs []observation, per float64, likely [][2]int32, err error) {
	const most = 800_000
	expected := 0.0
	for _, r := range b.rules {
		expected += r.volume * float64(e.n)
	}
	step := uint32(max(1, int(expected/most)))
	type part struct {
		counts observations
		likely [][2]int32
	}
	parts := make([]part, len(b.rules))
	err = e.parallel(ctx, len(b.rules), func(r int) {
		p := part{counts: observations{}}
		var l levels
		b.each(r, step, func(i, j int) {
			adjust := e.compare(i, j, &l)
			if e.contradicts(i, j, &l) {
				adjust = contradictionBits
			}
			p.counts.add(l.pattern(), adjust, 1)
			if len(p.likely) < 5000 && e.weight(&l, adjust) > 0 {
				p.likely = append(p.likely, [2]int32{int32(i), int32(j)})
			}
		})
		parts[r] = p
	})
	all := observations{}
	for _, p := range parts {
		likely = append(likely, p.likely...)
		for k, c := range p.counts {
			all[k] += c
		}
	}
	return all.sorted(), float64(step), likely, err
}

// contradictionBits keeps contradictory pairs out of the matches EM learns from.
const contradictionBits = -60

// scored is a candidate pair that may be a match, in the engine's rows.
type scored struct {
	a, b int32
	bits float32
	hits uint8 // blocking rules that found it
	no   bool  // contradiction
}

// keepBits is the evidence below which a pair is forgotten: odds of 1 to 99.
var keepBits = math.Log2(.01 / .99)

func (e *engine) score(ctx context.Context, b *blocks) ([]scored, error) {
	parts := make([][]scored, len(b.rules))
	err := e.parallel(ctx, len(b.rules), func(r int) {
		var out []scored
		var l levels
		b.each(r, 1, func(i, j int) {
			bits := e.weight(&l, e.compare(i, j, &l))
			if bits < keepBits {
				return
			}
			out = append(out, scored{int32(i), int32(j), float32(bits), uint8(b.hits(i, j)), e.contradicts(i, j, &l)})
		})
		parts[r] = out
	})
	pairs := e.withDecisions(slices.Concat(parts...))
	slices.SortFunc(pairs, func(x, y scored) int {
		return cmp.Or(cmp.Compare(y.bits, x.bits), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return slices.CompactFunc(pairs, func(x, y scored) bool { return x.a == y.a && x.b == y.b }), err
}
