package kernel

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/store"
)

// page is one screen of ordinals with the cursors around it.
type page struct {
	ordinals   []uint32
	next, prev string
}

// cursor is a place in an order: the sort key and ordinal of the item at the
// edge of a page, and the direction to go. It is opaque to surfaces.
type cursor struct {
	back    bool
	ordinal uint32
	key     []byte
}

func (c cursor) String() string {
	b := []byte{0}
	if c.back {
		b[0] = 1
	}
	b = binary.BigEndian.AppendUint32(b, c.ordinal)
	return base64.RawURLEncoding.EncodeToString(append(b, c.key...))
}

func parseCursor(s string) (cursor, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 5 || len(b) > 2000 {
		return cursor{}, core.Invalid("error.bad_cursor").At("cursor")
	}
	return cursor{back: b[0] == 1, ordinal: binary.BigEndian.Uint32(b[1:5]), key: b[5:]}, nil
}

// page walks the sort keys of a field and keeps those in the result. Records
// without a key in the field come last, newest first.
func (v *view) page(q FindQuery, r index.Result) (page, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = 50
	}
	limit = min(limit, maxLimit)
	field, desc := strings.TrimPrefix(q.Sort, "-"), strings.HasPrefix(q.Sort, "-")
	switch field {
	case "", "updated":
		desc = desc || field != "updated"
		field = sortUpdated
	}
	w := walker{v: v, result: r, field: field, desc: desc}
	var at *cursor
	if q.Cursor != "" {
		c, err := parseCursor(q.Cursor)
		if err != nil {
			return page{}, err
		}
		at = &c
	}
	return w.page(at, limit)
}

// rest marks the cursor of the tail of records that have no sort key.
const restMark = 0xff

type walker struct {
	v      *view
	result index.Result
	field  string
	desc   bool
}

// spot is an item of the order: ordinal with key, or without one in the tail.
type spot struct {
	ordinal uint32
	key     []byte
	tail    bool
}

func (s spot) cursor(back bool) string {
	c := cursor{back: back, ordinal: s.ordinal, key: append([]byte{0}, s.key...)}
	if s.tail {
		c.key = []byte{restMark}
	}
	return c.String()
}

func (w walker) page(at *cursor, limit int) (page, error) {
	back := at != nil && at.back
	var from *spot
	if at != nil {
		from = &spot{ordinal: at.ordinal}
		if len(at.key) > 0 && at.key[0] == restMark {
			from.tail = true
		} else if len(at.key) > 0 {
			from.key = at.key[1:]
		}
	}
	spots, err := w.collect(from, back, limit+1)
	if err != nil {
		return page{}, err
	}
	more := len(spots) > limit
	if more {
		spots = spots[:limit]
	}
	if back {
		slices.Reverse(spots)
	}
	var p page
	for _, s := range spots {
		p.ordinals = append(p.ordinals, s.ordinal)
	}
	if len(spots) == 0 {
		return p, nil
	}
	if more && !back || back {
		p.next = spots[len(spots)-1].cursor(false)
	}
	if more && back || at != nil && !back {
		p.prev = spots[0].cursor(true)
	}
	return p, nil
}

// collect gives up to limit spots after (or, going back, before) a spot.
func (w walker) collect(from *spot, back bool, limit int) ([]spot, error) {
	var out []spot
	var err error
	if back {
		if from != nil && from.tail {
			if out, err = w.tail(from, true, limit); err != nil || len(out) >= limit {
				return out, err
			}
			from = nil
		}
		more, err := w.keyed(from, !w.desc, limit-len(out))
		return append(out, more...), err
	}
	if from == nil || !from.tail {
		if out, err = w.keyed(from, w.desc, limit); err != nil || len(out) >= limit {
			return out, err
		}
		from = nil
	}
	more, err := w.tail(from, false, limit-len(out))
	return append(out, more...), err
}

// keyed reads sort keys in growing steps until enough of them are in the
// result: a filter that keeps little makes long strides.
func (w walker) keyed(from *spot, desc bool, limit int) ([]spot, error) {
	var after *store.SortKey
	if from != nil {
		after = &store.SortKey{Field: w.field, Ordinal: from.ordinal, Key: from.key}
	}
	var out []spot
	step := limit * 2
	for len(out) < limit {
		keys, err := w.v.SortPage(w.field, after, desc, step)
		if err != nil {
			return nil, err
		}
		for i := range keys {
			if w.result.Holds(keys[i].Ordinal) {
				out = append(out, spot{ordinal: keys[i].Ordinal, key: keys[i].Key})
				if len(out) == limit {
					return out, nil
				}
			}
		}
		if len(keys) < step {
			return out, nil
		}
		after = &keys[len(keys)-1]
		step = min(step*4, 20_000)
	}
	return out, nil
}

// tail lists what has no key in the field, newest first.
func (w walker) tail(from *spot, back bool, limit int) ([]spot, error) {
	if w.field == sortUpdated || limit <= 0 {
		return nil, nil
	}
	c, err := w.v.chunks()
	if err != nil {
		return nil, err
	}
	keyed, err := c.Range(w.v.ctx, w.field, nil, nil)
	if err != nil {
		return nil, err
	}
	start := uint32(0)
	if from != nil {
		start = from.ordinal
	}
	var out []spot
	for _, o := range w.result.Without(keyed).Page(start, from == nil, !back, limit) {
		out = append(out, spot{ordinal: o, tail: true})
	}
	return out, nil
}
