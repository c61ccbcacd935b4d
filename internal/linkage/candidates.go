package linkage

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// blocks holds the keys of every row under every rule.
type blocks struct {
	e     *engine
	rules []rule
	keys  []uint32 // by row and rule, 0: not in a block that is compared in full
	large [][][]int32
	cap   int
}

// window is how many neighbours a row of a large block is compared with.
const window = 30

func (e *engine) makeBlocks(ctx context.Context, atoms []atom, rules []rule) (*blocks, error) {
	b := &blocks{e: e, rules: rules, keys: make([]uint32, len(rules)*e.n), large: make([][][]int32, len(rules)), cap: e.o.MaxBlock}
	values := make([][]uint32, len(atoms))
	for _, r := range rules {
		for _, a := range r.atoms {
			if values[a] == nil {
				values[a] = make([]uint32, e.n)
				for i := range e.n {
					values[a][i] = atoms[a].of(i)
				}
			}
		}
	}
	err := e.parallel(ctx, len(rules), func(r int) {
		keys := make([]uint32, e.n)
		combine(values, rules[r].atoms, keys)
		for _, block := range runs(sortedByKey(keys)) {
			if len(block) <= b.cap {
				continue
			}
			rows := make([]int32, len(block))
			for n, at := range block {
				rows[n] = int32(uint32(at))
				keys[rows[n]] = 0
			}
			slices.SortFunc(rows, e.neighbours)
			b.large[r] = append(b.large[r], rows)
		}
		for i, k := range keys {
			b.keys[i*len(rules)+r] = k
		}
	})
	return b, err
}

// neighbours orders the rows of a large block: alike rows stand together.
func (e *engine) neighbours(a, b int32) int {
	for k := range e.fields {
		f := &e.fields[k]
		d := 0
		switch {
		case f.days != nil:
			d = cmp.Compare(f.days[a].low, f.days[b].low)
		case f.values != nil:
			d = cmp.Compare(f.values[a], f.values[b])
		}
		if d != 0 {
			return d
		}
	}
	return cmp.Compare(a, b)
}

// each calls visit for the candidate pairs (i < j) of a rule, except those an
// earlier rule has had in a block of its own. With step above 1 only the pairs of
// one row in step are visited, chosen by a hash.
func (b *blocks) each(r int, step uint32, visit func(i, j int)) {
	n := len(b.rules)
	pair := func(x, y int32) {
		p, q := b.keys[int(x)*n:int(x)*n+r], b.keys[int(y)*n:int(y)*n+r]
		for k, v := range p {
			if v != 0 && v == q[k] {
				return
			}
		}
		visit(int(min(x, y)), int(max(x, y)))
	}
	taken := func(x int32) bool { return step <= 1 || mix(uint32(x)+1, 77)%step == 0 }
	keys := make([]uint32, b.e.n)
	for i := range keys {
		keys[i] = b.keys[i*n+r]
	}
	for _, block := range runs(sortedByKey(keys)) {
		for m, at := range block {
			x := int32(uint32(at))
			if !taken(x) {
				continue
			}
			for _, y := range block[m+1:] {
				pair(x, int32(uint32(y)))
			}
		}
	}
	for _, rows := range b.large[r] {
		for m, x := range rows {
			if !taken(x) {
				continue
			}
			for _, y := range rows[m+1 : min(m+1+window, len(rows))] {
				pair(x, y)
			}
		}
	}
}

// hits counts the rules that bring i and j together.
func (b *blocks) hits(i, j int) int {
	n, hits := len(b.rules), 0
	for r := range n {
		if k := b.keys[i*n+r]; k != 0 && k == b.keys[j*n+r] {
			hits++
		}
	}
	return hits
}

// sortedByKey returns key<<32 | row for the rows with a key, in order of key and
// row: a radix sort in three steps of 11 bits.
func sortedByKey(keys []uint32) []uint64 {
	from := make([]uint64, 0, len(keys))
	for i, k := range keys {
		if k != 0 {
			from = append(from, uint64(k)<<32|uint64(i))
		}
	}
	to := make([]uint64, len(from))
	for shift := 32; shift < 64; shift += 11 {
		var counts [2049]int
		for _, v := range from {
			counts[v>>shift&2047+1]++
		}
		for i := 1; i < len(counts); i++ {
			counts[i] += counts[i-1]
		}
		for _, v := range from {
			d := v >> shift & 2047
			to[counts[d]] = v
			counts[d]++
		}
		from, to = to, from
	}
	return from
}

// runs cuts sorted keys into blocks of two and more rows.
func runs(sorted []uint64) [][]uint64 {
	var out [][]uint64
	for start := 0; start < len(sorted); {
		end := start + 1
		for end < len(sorted) && sorted[end]>>32 == sorted[start]>>32 {
			end++
		}
		if end-start > 1 {
			out = append(out, sorted[start:end])
		}
		start = end
	}
	return out
}

// parallel runs work(0…n-1) on the workers and stops early when ctx ends.
func (e *engine) parallel(ctx context.Context, n int, work func(int)) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range max(min(e.o.Workers, n), 1) {
		wait.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				work(i)
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
