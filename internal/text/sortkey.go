package text

import (
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// maxSortRunes bounds a sort key: two texts equal in their first 200 characters
// have no order a reader would notice.
const maxSortRunes = 200

// A collator keeps scratch state and must not be shared; making one costs more
// than a key.
var collators = sync.Pool{New: func() any {
	return &collator{c: collate.New(language.Russian)}
}}

type collator struct {
	c   *collate.Collator
	buf collate.Buffer
}

// SortKey returns bytes whose memcmp order is the order of a Russian dictionary
// for Cyrillic (ё among е, й after и, Cyrillic letters of other languages at
// their places) and of the Unicode root for every other script. Case and accents
// count only between otherwise equal texts. Only the first 200 characters count.
// Store it as BLOB or bytea; it is valid for one [Version].
func SortKey(s string) []byte {
	n := 0
	for i := range s {
		if n == maxSortRunes {
			s = s[:i]
			break
		}
		n++
	}
	c := collators.Get().(*collator)
	key := append([]byte(nil), c.c.KeyFromString(&c.buf, s)...)
	c.buf.Reset()
	collators.Put(c)
	return key
}
