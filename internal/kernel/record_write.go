package kernel

import (
	"cmp"
	"encoding/json"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/index"
	"svod/internal/ledger"
	"svod/internal/store"
)

// recordBatch collects what a unit writes about records.
type recordBatch struct {
	fresh    []store.Record // new heads, without ordinals
	heads    []headChange
	versions []store.Version
	keys     []store.RecordKey
	sources  []string // records whose links are replaced
	links    []store.Link
	index    []indexChange
}

type headChange struct {
	row  store.Record
	base int64
}

// indexChange is what the derived index must learn about one record. Old is
// nil for a new record.
type indexChange struct {
	record   store.Record
	old, new *indexed
}

// indexed is everything the index is made from.
type indexed struct {
	typ     *core.Type
	values  core.Values
	circles []core.ID
	state   core.State
	imp     core.ID
	// tokens are the sealed words as each circle stores them; nil leaves the
	// text index of the record alone.
	sealers []*crypt.CircleKeys
}

// writing is one version about to be written.
type writing struct {
	typ    *core.Type
	row    store.Record // head after the write
	base   int64        // version the author started from
	values core.Values  // all fields, links outside the scope included
	reason string
	key    crypt.RecordKey
	keyGen int64
	imp    core.ID
	grants []core.ID           // circles that hold a key after the write
	ring   []*crypt.CircleKeys // keys under which sealed words are indexed
	before *indexed            // nil for a new record
	prior  int64               // stored version of the head, 0 for a new record
}

// put adds a version to the unit: sealed row, links, index, ledger entry.
func (u *unit) put(w writing) error {
	data, sealed, err := split(w)
	if err != nil {
		return err
	}
	salt := ledger.NewSalt()
	row := store.Version{Record: w.row.ID, Number: w.row.Version, Base: w.base, Author: string(u.author), At: u.at,
		Reason: w.reason, Type: w.row.Type, Circle: w.row.Circle, State: w.row.State, KeyGeneration: w.keyGen,
		Data: data, Sealed: sealed, Salt: salt[:], ImportID: string(w.imp)}
	b := &u.records
	b.versions = append(b.versions, row)
	if w.prior == 0 {
		b.fresh = append(b.fresh, w.row)
	} else {
		b.heads = append(b.heads, headChange{row: w.row, base: w.prior})
	}
	b.sources = append(b.sources, w.row.ID)
	b.links = append(b.links, linkRows(w.typ, w.row.ID, w.values)...)
	after := &indexed{typ: w.typ, values: w.values, circles: w.grants, state: core.State(w.row.State),
		imp: w.imp, sealers: w.ring}
	b.index = append(b.index, indexChange{record: w.row, old: w.before, new: after})
	u.entries = append(u.entries, pending{salt: salt[:], entry: ledger.Entry{At: u.at, Kind: ledger.KindVersion,
		Actor: string(u.author), Subject: w.row.ID, Version: int(w.row.Version),
		Commit: ledger.Commit(salt, versionBytes(row))}})
	return nil
}

// versionBytes is what the ledger commits to about a version: every column but
// the salt, as JSON with the keys in this order. Frozen: see the test vector.
// A staged version counts as the active one it becomes when its import is
// committed.
func versionBytes(r store.Version) []byte {
	if r.State == store.StateStaged {
		r.State = store.StateActive
	}
	b, err := json.Marshal(struct {
		Record        string `json:"record"`
		Number        int64  `json:"number"`
		Base          int64  `json:"base"`
		Author        string `json:"author"`
		At            int64  `json:"at"`
		Reason        string `json:"reason"`
		Type          string `json:"type"`
		Circle        string `json:"circle"`
		State         string `json:"state"`
		KeyGeneration int64  `json:"key_generation"`
		Data          string `json:"data"`
		Sealed        string `json:"sealed"`
		Import        string `json:"import"`
	}{r.Record, r.Number, r.Base, r.Author, r.At, r.Reason, r.Type, r.Circle, r.State, r.KeyGeneration,
		r.Data, r.Sealed, r.ImportID})
	if err != nil {
		return nil // strings and numbers cannot fail to marshal
	}
	return b
}

// split divides the values into the clear JSON and the sealed one.
func split(w writing) (data, sealed string, err error) {
	clear, boxes := core.Values{}, sealedValues{}
	for i := range w.typ.Fields {
		f := &w.typ.Fields[i]
		v, ok := w.values[f.Key]
		if !ok || v.IsZero() {
			continue
		}
		if f.Sensitivity != core.Sealed {
			clear[f.Key] = v
			continue
		}
		plain, err := json.Marshal(v)
		if err != nil {
			return "", "", core.Internal(err)
		}
		boxes[f.Key] = crypt.SealValue(w.key, w.row.Type, w.row.ID, f.Key, int(w.keyGen), plain)
	}
	d, err := json.Marshal(clear)
	if err != nil {
		return "", "", core.Internal(err)
	}
	s, err := json.Marshal(boxes)
	if err != nil {
		return "", "", core.Internal(err)
	}
	return string(d), string(s), nil
}

func linkRows(t *core.Type, source string, values core.Values) []store.Link {
	var out []store.Link
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Kind != core.FieldLink {
			continue
		}
		for n, item := range values[f.Key].Items {
			if item.Link != "" {
				out = append(out, store.Link{Source: source, Field: f.Key, Position: int64(n), Target: string(item.Link)})
			}
		}
	}
	return out
}

// flushRecords writes the batch. A head that somebody else moved in between
// fails the whole transaction with KindConflict.
func (u *unit) flushRecords() error {
	b := &u.records
	if err := u.tx.InsertRecords(b.fresh); err != nil {
		return err
	}
	ordinals := make(map[string]uint32, len(b.fresh))
	for _, r := range b.fresh {
		ordinals[r.ID] = r.Ordinal
	}
	for _, h := range b.heads {
		if err := u.tx.UpdateRecord(h.row, h.base); err != nil {
			return err
		}
	}
	if err := u.tx.InsertVersions(b.versions); err != nil {
		return err
	}
	for i := range b.index {
		if n, ok := ordinals[b.index[i].record.ID]; ok {
			b.index[i].record.Ordinal = n
		}
	}
	if err := u.tx.PutRecordKeys(b.keys); err != nil {
		return err
	}
	if err := u.indexText(b.index); err != nil {
		return err
	}
	if err := u.flushAdopts(); err != nil {
		return err
	}
	if err := u.tx.ReplaceLinks(b.sources, b.links); err != nil {
		return err
	}
	if err := u.indexFacets(b.index); err != nil {
		return err
	}
	u.records = recordBatch{}
	return nil
}

// indexFacets folds the facet and sort changes of the batch into the bitmaps:
// one read and one write per touched chunk, however many records.
func (u *unit) indexFacets(changes []indexChange) error {
	if len(changes) == 0 {
		return nil
	}
	var delta index.Delta
	var keys []store.SortKey
	var stale []uint32
	for _, c := range changes {
		var old []index.FacetKey
		if c.old != nil {
			old = u.facets(c.record, c.old)
			stale = append(stale, c.record.Ordinal)
		}
		delta.Replace(c.record.Ordinal, old, u.facets(c.record, c.new))
		for _, sk := range u.sortKeys(c.record, c.new) {
			keys = append(keys, store.SortKey{Field: sk.Field, Ordinal: c.record.Ordinal, Key: sk.Key})
		}
	}
	if err := delta.Apply(u.ctx, chunkStore{u.tx}); err != nil {
		return err
	}
	if err := u.tx.DeleteSortKeys("", stale); err != nil {
		return err
	}
	return u.tx.PutSortKeys(keys)
}

// facets are the sets a record belongs to. A staged record (of an import that
// has not been committed) belongs to none: that is what makes it invisible.
func (u *unit) facets(r store.Record, x *indexed) []index.FacetKey {
	if x.state == core.Staged || x.state == core.Erased {
		return nil
	}
	values := u.k.indexValues(x.typ, r, x.values)
	keys := index.SystemFacets(x.typ.Name, x.circles, x.state, x.imp, false)
	keys = append(keys, index.FacetsOf(x.typ, values, u.k.Packs())...)
	// Delta.Replace searches both lists. Joined they are out of order where a
	// record has files: "@has" of its fields belongs among the record's own keys.
	slices.SortFunc(keys, func(a, b index.FacetKey) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Value, b.Value))
	})
	return keys
}

// sortUpdated orders records by their last change, whatever the type.
const sortUpdated = "@updated"

func (u *unit) sortKeys(r store.Record, x *indexed) []index.SortKey {
	if x.state == core.Staged || x.state == core.Erased {
		return nil
	}
	keys := index.SortKeysOf(x.typ, u.k.indexValues(x.typ, r, x.values))
	return append(keys, index.SortKey{Field: sortUpdated, Key: index.IntSortKey(r.UpdatedAt)})
}

// indexText writes the token streams. Sealed words become keyed hashes, once
// for each circle that holds the record; they are also kept on their own, so
// that a reindex needs nobody's passphrase. A circle whose key is not at hand
// keeps nothing stale: its members' next visit makes the hashes anew (adopt).
func (u *unit) indexText(changes []indexChange) error {
	docs := make([]store.IndexDoc, 0, len(changes))
	var kept []store.SealedTokens
	streams := u.allTokens(changes)
	for i, c := range changes {
		if c.new.state == core.Erased {
			if err := u.tx.DeleteIndex([]uint32{c.record.Ordinal}); err != nil {
				return err
			}
			if err := u.tx.DeleteSealedTokens(c.record.ID, ""); err != nil {
				return err
			}
			continue
		}
		doc := store.IndexDoc{Ordinal: c.record.Ordinal, Tokens: streams[i].clear}
		for _, circle := range c.new.circles {
			hashed, ok := streams[i].perCircle[string(circle)]
			if !ok {
				u.adopt(circle, c.record.ID)
				continue
			}
			doc.Tokens = append(doc.Tokens, hashed...)
			kept = append(kept, store.SealedTokens{Record: c.record.ID, Circle: string(circle), Tokens: encodeTokens(hashed)})
		}
		if c.old != nil {
			if err := u.tx.DeleteSealedTokens(c.record.ID, ""); err != nil {
				return err
			}
		}
		docs = append(docs, doc)
	}
	if err := u.tx.PutSealedTokens(kept); err != nil {
		return err
	}
	return u.tx.PutIndex(docs)
}

// adopt remembers that a circle holds the key of a record whose sealed words
// it cannot find yet.
func (u *unit) adopt(circle core.ID, record string) {
	if u.adopts == nil {
		u.adopts = map[core.ID][]string{}
	}
	u.adopts[circle] = append(u.adopts[circle], record)
}

// flushAdopts asks each member of those circles to do it: whoever is here
// first does, the others find it done.
func (u *unit) flushAdopts() error {
	for circle, records := range u.adopts {
		b, err := json.Marshal(adoptPayload{Circle: string(circle), Records: records})
		if err != nil {
			return core.Internal(err)
		}
		members, err := u.tx.Members(string(circle))
		if err != nil {
			return err
		}
		for _, m := range members {
			if err := u.queue(jobAdopt, m.Person, string(b)); err != nil {
				return err
			}
		}
	}
	u.adopts = nil
	return nil
}

// stream is the token stream of one record.
type stream struct {
	clear     []store.PosToken
	perCircle map[string][]store.PosToken
}

// allTokens makes the streams of a batch on all processors: stemming and
// hashing words is the largest part of an import's work, and pure.
func (u *unit) allTokens(changes []indexChange) []stream {
	out := make([]stream, len(changes))
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(changes)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(changes); i = int(next.Add(1)) - 1 {
				if c := changes[i]; c.new.state != core.Erased {
					out[i].clear, out[i].perCircle = u.tokens(c.record, c.new)
				}
			}
		})
	}
	wg.Wait()
	return out
}

// tokens are the words of a record: those in clear, and the sealed ones hashed
// for each circle whose key is at hand.
func (u *unit) tokens(r store.Record, x *indexed) (clear []store.PosToken, perCircle map[string][]store.PosToken) {
	values := u.k.indexValues(x.typ, r, x.values)
	all, _ := index.TokensOf(x.typ, values, u.k.Packs(), nil)
	perCircle = make(map[string][]store.PosToken, len(x.sealers))
	for _, ck := range x.sealers {
		perCircle[ck.Circle()] = nil
	}
	for _, t := range all {
		if !t.Sealed {
			clear = append(clear, store.PosToken{Token: t.Token, Pos: t.Pos})
		}
	}
	for _, ck := range x.sealers {
		hashed := map[string]string{}
		for _, t := range all {
			if !t.Sealed {
				continue
			}
			h, ok := hashed[t.Token]
			if !ok {
				h = hashMark + ck.Token(t.Token)
				hashed[t.Token] = h
			}
			perCircle[ck.Circle()] = append(perCircle[ck.Circle()], store.PosToken{Token: h, Pos: t.Pos})
		}
	}
	return clear, perCircle
}

// hashMark begins a hashed token; no word begins with it (see
// index.TokenMaker).
const hashMark = "#"
