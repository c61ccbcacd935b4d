package storetest

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"svod/internal/store"
)

func testBitmaps(t *testing.T, s store.Store) {
	b := func(field, value string, chunk uint32, bits ...byte) store.Bitmap {
		return store.Bitmap{Field: field, Value: value, Chunk: chunk, Bits: bits}
	}
	rows := []store.Bitmap{
		b("date", "2020", 0, 1), b("date", "2021", 0, 2), b("date", "2021", 1, 3), b("date", "2021-05", 0, 4), b("date", "2022", 0, 5),
		b("term", "", 0, 6), b("term", "Я", 65535, 7),
	}
	write(t, s, func(tx store.Tx) error {
		shuffled := slices.Clone(rows)
		slices.Reverse(shuffled)
		return all(
			func() error { return tx.PutBitmaps(append([]store.Bitmap{b("date", "2020", 0, 99)}, shuffled...)) },
			func() error { return tx.PutBitmaps([]store.Bitmap{b("gone", "x", 0, 1), b("date", "2021", 0, 9)}) },
			func() error {
				return tx.PutBitmaps([]store.Bitmap{b("gone", "x", 0), b("never", "x", 0), b("date", "2021", 0, 2)})
			},
		)
	})
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error {
				return same(t, "BitmapChunks", []store.Bitmap{rows[2], rows[6]})(tx.BitmapChunks([]store.BitmapKey{
					{Field: "term", Value: "Я", Chunk: 65535}, {Field: "date", Value: "2021", Chunk: 1}, {Field: "date", Value: "2021", Chunk: 7},
					{Field: "gone", Value: "x"}, {Field: "date", Value: "2021", Chunk: 1}}))
			},
			func() error {
				return same(t, "BitmapSets", []store.Bitmap{rows[1], rows[2], rows[5]})(tx.BitmapSets([]store.BitmapValue{
					{Field: "term"}, {Field: "date", Value: "2021"}, {Field: "date", Value: "no"}}))
			},
			func() error { return same(t, "whole field", rows[:5])(tx.BitmapRange("date", "", "")) },
			func() error { return same(t, "range", rows[1:4])(tx.BitmapRange("date", "2021", "2022")) },
			func() error { return same(t, "from", rows[3:5])(tx.BitmapRange("date", "2021-", "")) },
			func() error {
				return same(t, "values", []string{"2020", "2021", "2021-05", "2022"})(tx.BitmapValues("date", "", ""))
			},
			func() error {
				return same(t, "some values", []string{"2021", "2021-05"})(tx.BitmapValues("date", "2021", "2022"))
			},
		)
	})
	write(t, s, func(tx store.Tx) error { return tx.ClearIndex() })
	read(t, s, func(tx store.Tx) error {
		return same(t, "cleared", []store.Bitmap(nil))(tx.BitmapRange("date", "", ""))
	})
}

func testSortKeys(t *testing.T, s store.Store) {
	k := func(field string, ordinal uint32, key ...byte) store.SortKey {
		return store.SortKey{Field: field, Ordinal: ordinal, Key: key}
	}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error {
				return tx.PutSortKeys([]store.SortKey{k("d", 3, 9), k("d", 1, 2), k("d", 2, 2, 0), k("d", 7), k("n", 1, 1), k("n", 3, 255, 0)})
			},
			func() error { return tx.PutSortKeys([]store.SortKey{k("d", 3, 1, 1), k("d", 3, 1, 255)}) },
		)
	})
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error {
				return same(t, "SortKeysOf", []store.SortKey{k("d", 3, 1, 255), k("d", 7)})(tx.SortKeysOf("d", []uint32{3, 8, 7}))
			},
			func() error { return same(t, "whole field", []uint32{1, 2, 3, 7})(tx.SortRange("d", nil, nil)) },
			func() error { return same(t, "range", []uint32{1, 3})(tx.SortRange("d", []byte{1}, []byte{2, 0})) },
			func() error { return same(t, "up to", []uint32{7})(tx.SortRange("d", nil, []byte{1})) },
			func() error { return same(t, "from", []uint32{2})(tx.SortRange("d", []byte{2, 0}, nil)) },
		)
	})
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.DeleteSortKeys("d", []uint32{1}) },
			func() error { return tx.DeleteSortKeys("", []uint32{3, 99}) },
		)
	})
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error { return same(t, "left in d", []uint32{2, 7})(tx.SortRange("d", nil, nil)) },
			func() error { return same(t, "left in n", []uint32{1})(tx.SortRange("n", nil, nil)) },
		)
	})
}

// testSortPages walks over random keys with many ties, both ways, in pages, and
// from positions that do not exist.
func testSortPages(t *testing.T, s store.Store) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var rows []store.SortKey
	for i := range uint32(300) {
		key := make([]byte, rnd.IntN(3))
		for j := range key {
			key[j] = byte(rnd.IntN(3) * 127)
		}
		if len(key) == 0 {
			key = nil
		}
		rows = append(rows, store.SortKey{Field: "f", Ordinal: i * 2, Key: key})
	}
	write(t, s, func(tx store.Tx) error { return tx.PutSortKeys(append(rows, store.SortKey{Field: "g", Ordinal: 1})) })
	order := func(a, b store.SortKey) int {
		return cmp.Or(bytes.Compare(a.Key, b.Key), cmp.Compare(a.Ordinal, b.Ordinal))
	}
	slices.SortFunc(rows, order)
	for _, desc := range []bool{false, true} {
		if desc {
			slices.Reverse(rows)
		}
		read(t, s, func(tx store.Tx) error {
			var got []store.SortKey
			var after *store.SortKey
			for {
				page, err := tx.SortPage("f", after, desc, 7)
				if err != nil {
					return err
				}
				if len(page) == 0 {
					break
				}
				got = append(got, page...)
				after = &page[len(page)-1]
			}
			return same(t, "all pages", rows)(got, nil)
		})
		read(t, s, func(tx store.Tx) error {
			at := store.SortKey{Key: []byte{127}, Ordinal: 301} // odd: nobody has it
			want := slices.Clone(rows)
			want = slices.DeleteFunc(want, func(r store.SortKey) bool { return order(r, at) > 0 == desc })
			return same(t, "from the middle", want[:5])(tx.SortPage("f", &at, desc, 5))
		})
	}
}
