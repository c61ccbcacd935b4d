package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"svod/internal/store"
)

// doc makes a document of words at consecutive positions; "a|b" shares one, and
// "." leaves a gap.
func doc(ordinal uint32, text string) store.IndexDoc {
	d := store.IndexDoc{Ordinal: ordinal}
	pos := 10
	for _, words := range strings.Fields(text) {
		pos++
		if words == "." {
			continue
		}
		for w := range strings.SplitSeq(words, "|") {
			d.Tokens = append(d.Tokens, store.PosToken{Token: w, Pos: pos})
		}
	}
	return d
}

func testSearch(t *testing.T, s store.Store) {
	write(t, s, func(tx store.Tx) error {
		return tx.PutIndex([]store.IndexDoc{
			doc(0, "суд|sud город|gorod москва"),
			doc(4_000_000_000, "москва суд"),
			doc(7, "суд . город суды"),
			doc(9, ""),
			doc(8, "old words"),
			doc(8, `it's a:b "q" c\d -x +y AND * (z) ~t=1/2 <-> $1 ?`),
		})
	})
	cases := []struct {
		expr store.Expr
		want []uint32
	}{
		{nil, nil},
		{store.Term(""), nil},
		{store.Prefix(""), nil},
		{store.Term("суд"), []uint32{0, 7, 4_000_000_000}},
		{store.Term("СУД"), nil},
		{store.Term("su"), nil},
		{store.Prefix("суд"), []uint32{0, 7, 4_000_000_000}},
		{store.Prefix("суды"), []uint32{7}},
		{store.Phrase{{"суд"}, {"город"}}, []uint32{0}},
		{store.Phrase{{"sud"}, {"город"}, {"москва"}}, []uint32{0}},
		{store.Phrase{{"x", "суд", "москва"}, {"суд", "gorod"}}, []uint32{0, 4_000_000_000}},
		{store.Phrase{{"суд"}}, []uint32{0, 7, 4_000_000_000}},
		{store.Phrase{{"суд"}, {}}, nil},
		{store.Phrase{}, nil},
		{store.And{}, []uint32{0, 7, 8, 9, 4_000_000_000}},
		{store.Or{}, nil},
		{store.Not{X: store.Term("суд")}, []uint32{8, 9}},
		{store.Not{X: store.Not{X: store.Term("суд")}}, []uint32{0, 7, 4_000_000_000}},
		{store.Not{}, []uint32{0, 7, 8, 9, 4_000_000_000}},
		{store.And{store.Term("суд"), store.Not{X: store.Term("москва")}}, []uint32{7}},
		{store.And{store.Not{X: store.Term("суд")}, store.Not{X: store.Prefix("it")}}, []uint32{9}},
		{store.Or{store.Term("суды"), store.Not{X: store.Term("суд")}}, []uint32{7, 8, 9}},
		{store.Term("old"), nil},
	}
	for _, word := range []string{"it's", "a:b", `"q"`, `c\d`, "-x", "+y", "AND", "*", "(z)", "~t=1/2", "<->", "$1", "?"} {
		cases = append(cases, struct {
			expr store.Expr
			want []uint32
		}{store.And{store.Term(word), store.Prefix(word)}, []uint32{8}})
	}
	read(t, s, func(tx store.Tx) error {
		for _, c := range cases {
			if err := same(t, fmt.Sprintf("%T %v", c.expr, c.expr), c.want)(tx.Match(c.expr)); err != nil {
				return err
			}
		}
		return nil
	})
	write(t, s, func(tx store.Tx) error { return tx.DeleteIndex([]uint32{0, 7, 123}) })
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error {
				return same(t, "after deletion", []uint32{4_000_000_000})(tx.Match(store.Term("суд")))
			},
			func() error { return same(t, "all that is left", []uint32{8, 9, 4_000_000_000})(tx.Match(store.And{})) },
		)
	})
	for _, bad := range []string{"a b", "a\tb", "\x1e", "a\x00"} {
		err := s.Read(t.Context(), func(tx store.Tx) error { _, err := tx.Match(store.Term(bad)); return err })
		if !errors.Is(err, store.ErrInvalid) {
			t.Errorf("Match(%q): got %v, want ErrInvalid", bad, err)
		}
		refuse(t, s, store.ErrInvalid, func(tx store.Tx) error {
			return tx.PutIndex([]store.IndexDoc{{Ordinal: 1, Tokens: []store.PosToken{{Token: bad}}}})
		})
	}
}

// Words of the random test: short, overlapping, and full of what query
// languages treat as their own.
var words = []string{"a", "ab", "abc", "а", "аб", "б", "it's", `"`, `\`, "'", "+a", "-a", "a:b", "x/y", "~h=1", "*", "a*", "AND", "NOT",
	"NEAR", "(", ")", "&", "|", "!", "<->", ":*", "^a", "{a}", "$1", "?", "%", "🕊", "\u0301", "a\u00a0b"}

// testSearchRandom compares with an evaluator that follows the contract's words.
func testSearchRandom(t *testing.T, s store.Store) {
	rnd := rand.New(rand.NewPCG(7, 7))
	word := func() string { return words[rnd.IntN(len(words))] }
	index := naive{}
	randomDoc := func(ordinal uint32) store.IndexDoc {
		d := store.IndexDoc{Ordinal: ordinal}
		pos := rnd.IntN(3)
		for range rnd.IntN(14) {
			d.Tokens = append(d.Tokens, store.PosToken{Token: word(), Pos: pos})
			pos += []int{0, 1, 1, 1, 1, 2, 50}[rnd.IntN(7)]
		}
		rnd.Shuffle(len(d.Tokens), func(i, j int) { d.Tokens[i], d.Tokens[j] = d.Tokens[j], d.Tokens[i] })
		return d
	}
	var random func(depth int) store.Expr
	random = func(depth int) store.Expr {
		kind := rnd.IntN(10)
		if depth == 0 {
			kind = rnd.IntN(5)
		}
		parts := func() (out []store.Expr) {
			for range rnd.IntN(4) {
				out = append(out, random(depth-1))
			}
			return out
		}
		switch kind {
		case 0, 1:
			return store.Term(word())
		case 2:
			return store.Prefix(word())
		case 3, 4:
			var p store.Phrase
			for range 1 + rnd.IntN(3) {
				var alternatives []string
				for range 1 + rnd.IntN(4) {
					alternatives = append(alternatives, word())
				}
				p = append(p, alternatives)
			}
			return p
		case 5, 6:
			return store.And(parts())
		case 7, 8:
			return store.Or(parts())
		}
		return store.Not{X: random(depth - 1)}
	}
	for round := range 4 {
		write(t, s, func(tx store.Tx) error {
			var docs []store.IndexDoc
			for range 60 {
				d := randomDoc(uint32(rnd.IntN(90)))
				docs = append(docs, d)
				index[d.Ordinal] = d
			}
			if err := tx.PutIndex(docs); err != nil {
				return err
			}
			gone := []uint32{uint32(rnd.IntN(90)), uint32(rnd.IntN(90))}
			delete(index, gone[0])
			delete(index, gone[1])
			return tx.DeleteIndex(gone)
		})
		read(t, s, func(tx store.Tx) error {
			for range 150 {
				e := random(4)
				got, err := tx.Match(e)
				if err != nil {
					return fmt.Errorf("%#v: %w", e, err)
				}
				if want := index.match(e); !slices.Equal(got, want) {
					t.Errorf("round %d: %#v\n got %v\nwant %v", round, e, got, want)
				}
			}
			return nil
		})
	}
}

// naive is the contract of SearchIndex, word for word.
type naive map[uint32]store.IndexDoc

func (n naive) match(e store.Expr) []uint32 {
	var out []uint32
	for ordinal, d := range n {
		if holds(d, e) {
			out = append(out, ordinal)
		}
	}
	slices.Sort(out)
	return out
}

func holds(d store.IndexDoc, e store.Expr) bool {
	at := func(pos int, alternatives []string) bool {
		return slices.ContainsFunc(d.Tokens, func(p store.PosToken) bool { return p.Pos == pos && slices.Contains(alternatives, p.Token) })
	}
	switch e := e.(type) {
	case store.Term:
		return slices.ContainsFunc(d.Tokens, func(p store.PosToken) bool { return p.Token == string(e) })
	case store.Prefix:
		return slices.ContainsFunc(d.Tokens, func(p store.PosToken) bool { return strings.HasPrefix(p.Token, string(e)) })
	case store.Phrase:
		return slices.ContainsFunc(d.Tokens, func(p store.PosToken) bool {
			for i, alternatives := range e {
				if !at(p.Pos+i, alternatives) {
					return false
				}
			}
			return true
		})
	case store.And:
		return !slices.ContainsFunc(e, func(x store.Expr) bool { return !holds(d, x) })
	case store.Or:
		return slices.ContainsFunc(e, func(x store.Expr) bool { return holds(d, x) })
	case store.Not:
		return !holds(d, e.X)
	}
	return false
}

// testSearchLimits: the limits of package store hold on both engines alike.
func testSearchLimits(t *testing.T, s store.Store) {
	long := strings.Repeat("ж", store.MaxToken)
	cut := long[:store.MaxToken]
	var far, often, many store.IndexDoc
	far.Ordinal, often.Ordinal, many.Ordinal = 1, 2, 3
	for i := 1; i <= store.MaxPosition+10; i++ {
		far.Tokens = append(far.Tokens, store.PosToken{Token: fmt.Sprint("w", i), Pos: i})
	}
	for i := 1; i <= store.MaxRepeat+5; i++ {
		often.Tokens = append(often.Tokens, store.PosToken{Token: "same", Pos: 2 * i}, store.PosToken{Token: fmt.Sprint("n", i), Pos: 2*i + 1})
	}
	wide := strings.Repeat("m", 200)
	for i := range store.MaxDocBytes/200 + 100 {
		many.Tokens = append(many.Tokens, store.PosToken{Token: fmt.Sprintf("%s%05d", wide, i), Pos: i})
	}
	write(t, s, func(tx store.Tx) error {
		return tx.PutIndex([]store.IndexDoc{
			{Ordinal: 0, Tokens: []store.PosToken{{Token: long}, {Token: cut + "x", Pos: 1}}}, far, often, many,
		})
	})
	w := func(prefix string, n int) []string { return []string{fmt.Sprint(prefix, n)} }
	deep := func(n int) (e store.Expr) {
		e = store.Term("w1")
		for i := range n {
			if i%2 == 0 {
				e = store.And{e, store.Term("w2")}
			} else {
				e = store.Or{e, store.Term("w3")}
			}
		}
		return e
	}
	cases := []struct {
		what string
		expr store.Expr
		want []uint32
	}{
		{"a long token", store.Term(long), []uint32{0}},
		{"another with the same beginning", store.Term(cut + "y"), []uint32{0}},
		{"its prefix", store.Prefix(long + "y"), []uint32{0}},
		{"phrase of long tokens", store.Phrase{{long}, {long}}, []uint32{0}},
		{"phrase before the last position", store.Phrase{w("w", store.MaxPosition-1), w("w", store.MaxPosition)}, []uint32{1}},
		{"phrase across the last position", store.Phrase{w("w", store.MaxPosition), w("w", store.MaxPosition+1)}, nil},
		{"phrase behind it", store.Phrase{w("w", store.MaxPosition+2), w("w", store.MaxPosition+3)}, nil},
		{"word behind it", store.Term(w("w", store.MaxPosition+3)[0]), []uint32{1}},
		{"last repetition in a phrase", store.Phrase{{"same"}, w("n", store.MaxRepeat)}, []uint32{2}},
		{"one too many", store.Phrase{{"same"}, w("n", store.MaxRepeat+1)}, nil},
		{"the word after it", store.Term(w("n", store.MaxRepeat+1)[0]), []uint32{2}},
		{"first of too many words", store.Term(wide + "00000"), []uint32{3}},
		{"last of too many words", store.Term(fmt.Sprintf("%s%05d", wide, store.MaxDocBytes/200+99)), nil},
		{"a deep expression", deep(59), []uint32{1}},
		{"a wide expression", store.Or(slices.Repeat([]store.Expr{store.Term("zz"), store.Term("w1")}, 700)), []uint32{1}},
	}
	read(t, s, func(tx store.Tx) error {
		for _, c := range cases {
			if err := same(t, c.what, c.want)(tx.Match(c.expr)); err != nil {
				return err
			}
		}
		return nil
	})
	err := s.Read(t.Context(), func(tx store.Tx) error { _, err := tx.Match(deep(60)); return err })
	if !errors.Is(err, store.ErrInvalid) {
		t.Errorf("an expression too deep: got %v, want ErrInvalid", err)
	}
}
