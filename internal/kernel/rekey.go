package kernel

import (
	"encoding/json"
	"errors"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/store"
)

// rekeyBatch is how many records one transaction carries to the newest key.
const rekeyBatch = 500

// runRekey carries a circle's older records to the newest generation of its
// key: every wrapped key is wrapped anew, and each record gets a new key of its
// own for what will be written next, since whoever left knew the one it had.
// Values are not sealed anew: what was written before was readable before.
func (k *Kernel) runRekey(w work) error {
	circle := core.ID(w.job.Payload)
	after, done := "", int64(0)
	for {
		n := 0
		err := k.write(w.ctx, w.actor, func(v *view, _ *unit) error {
			c, err := v.Tx.Circle(string(circle))
			if err != nil {
				return err
			}
			rows, err := v.RecordKeysBelow(c.ID, c.Generation, after, rekeyBatch)
			if err != nil || len(rows) == 0 {
				n = 0
				return err
			}
			n, after = len(rows), rows[len(rows)-1].Record
			return v.rekey(c, rows)
		})
		if err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
		done += int64(n)
		if err := w.beat(done, 0); err != nil {
			return err
		}
	}
}

// rekey wraps the rows under the circle's newest generation and gives the
// records among them a next key.
func (v *view) rekey(c store.Circle, rows []store.RecordKey) error {
	ck, err := v.generation(c)
	if err != nil {
		return err
	}
	out := make([]store.RecordKey, 0, len(rows))
	var ids []string
	for _, rk := range rows {
		if len(ids) == 0 || ids[len(ids)-1] != rk.Record {
			ids = append(ids, rk.Record)
		}
		key, err := v.unwrap(rk)
		if errors.Is(err, errNoKey) {
			continue
		}
		if err != nil {
			return err
		}
		rk.CircleGeneration = c.Generation
		rk.Wrapped = crypt.WrapRecordKey(ck, rk.Record, int(rk.KeyGeneration), key)
		out = append(out, rk)
	}
	next, err := v.nextKeys(ids)
	if err != nil {
		return err
	}
	return v.PutRecordKeys(append(out, next...))
}

// nextKeys makes a new key for each record, for every circle that holds it. Keys
// of files are left as they are: a file is never written again.
func (v *view) nextKeys(ids []string) ([]store.RecordKey, error) {
	records, err := v.RecordsByID(ids)
	if err != nil {
		return nil, err
	}
	known := make([]string, len(records))
	for i, r := range records {
		known[i] = r.ID
	}
	rows, err := v.RecordKeys(known)
	if err != nil {
		return nil, err
	}
	by := map[string][]store.RecordKey{}
	for _, rk := range rows {
		by[rk.Record] = append(by[rk.Record], rk)
	}
	var out []store.RecordKey
	for _, id := range known {
		made, err := v.mint(id, newestKey(by[id])+1, grants(by[id]), crypt.NewRecordKey())
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	return out, nil
}

// mint gives a new record key to circles.
func (v *view) mint(record string, generation int64, circles []core.ID, key crypt.RecordKey) ([]store.RecordKey, error) {
	out := make([]store.RecordKey, 0, len(circles))
	for _, circle := range circles {
		rk, err := v.wrapTo(circle, record, generation, key)
		if err != nil {
			return nil, err
		}
		out = append(out, rk)
	}
	return out, nil
}

func newestKey(rows []store.RecordKey) int64 {
	newest := int64(0)
	for _, rk := range rows {
		newest = max(newest, rk.KeyGeneration)
	}
	return newest
}

// adoptPayload names records whose keys were offered to a circle from outside,
// or whose sealed words were changed by somebody outside it.
type adoptPayload struct {
	Circle  string   `json:"circle"`
	Records []string `json:"records"`
}

// runAdopt turns offered keys into the circle's own form and makes the sealed
// words of those records findable for its members.
func (k *Kernel) runAdopt(w work) error {
	var p adoptPayload
	if err := json.Unmarshal([]byte(w.job.Payload), &p); err != nil {
		return core.Internal(err)
	}
	for from := 0; from < len(p.Records); from += rekeyBatch {
		part := p.Records[from:min(from+rekeyBatch, len(p.Records))]
		err := k.write(w.ctx, w.actor, func(v *view, u *unit) error {
			done, err := v.SealedTokensOf(part)
			if err != nil {
				return err
			}
			have := map[string]bool{}
			for _, d := range done {
				if d.Circle == p.Circle {
					have[d.Record] = true
				}
			}
			for _, id := range part {
				if have[id] {
					continue
				}
				if err := v.adopt(u, id, p.Circle); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := w.beat(int64(from+len(part)), int64(len(p.Records))); err != nil {
			return err
		}
	}
	return nil
}

func (v *view) adopt(u *unit, id, circle string) error {
	f, err := v.find(core.ID(id))
	if core.KindOf(err) == core.KindNotFound {
		return nil // unshared or moved away meanwhile
	}
	if err != nil {
		return err
	}
	c, err := v.circleRow(core.ID(circle))
	if err != nil {
		return err
	}
	ck, err := v.generation(c)
	if err != nil {
		return err
	}
	keys := f.keys
	files, err := v.FilesOf([]string{f.ID})
	if err != nil {
		return err
	}
	for _, file := range files {
		more, err := v.RecordKeys([]string{file.ID})
		if err != nil {
			return err
		}
		keys = append(keys, more...)
	}
	if err := v.takeOffers(keys, c, ck); err != nil {
		return err
	}
	return v.indexAgain(u, f, ck)
}

// takeOffers wraps what was offered to the circle under the circle's own key.
func (v *view) takeOffers(keys []store.RecordKey, c store.Circle, ck *crypt.CircleKeys) error {
	var out []store.RecordKey
	for _, rk := range keys {
		if rk.Circle != c.ID || !crypt.IsOffer(rk.Wrapped) {
			continue
		}
		key, err := v.unwrap(rk)
		if errors.Is(err, errNoKey) {
			continue
		}
		if err != nil {
			return err
		}
		rk.CircleGeneration = c.Generation
		rk.Wrapped = crypt.WrapRecordKey(ck, rk.Record, int(rk.KeyGeneration), key)
		out = append(out, rk)
	}
	return v.PutRecordKeys(out)
}

// indexAgain writes the text index of a record from its values and the stored
// hashes of circles whose key is not at hand.
func (v *view) indexAgain(u *unit, f found, ck *crypt.CircleKeys) error {
	current, err := v.versionOf(f, f.Version)
	if err != nil {
		return err
	}
	t := v.k.Packs().Type(f.Type)
	if t == nil {
		return nil
	}
	x := &indexed{typ: t, values: current.values, circles: grants(f.keys), state: core.State(f.State),
		sealers: []*crypt.CircleKeys{ck}}
	clear, hashed := u.tokens(f.Record, x)
	doc := store.IndexDoc{Ordinal: f.Ordinal, Tokens: clear}
	mine := hashed[ck.Circle()]
	doc.Tokens = append(doc.Tokens, mine...)
	others, err := v.SealedTokensOf([]string{f.ID})
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.Circle != ck.Circle() {
			doc.Tokens = append(doc.Tokens, decodeTokens(o.Tokens)...)
		}
	}
	row := store.SealedTokens{Record: f.ID, Circle: ck.Circle(), Tokens: encodeTokens(mine)}
	if err := v.PutSealedTokens([]store.SealedTokens{row}); err != nil {
		return err
	}
	return v.PutIndex([]store.IndexDoc{doc})
}
