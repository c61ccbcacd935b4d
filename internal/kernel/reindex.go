package kernel

import (
	"context"
	"encoding/binary"
	"encoding/json"

	"svod/internal/core"
	"svod/internal/store"
)

// Reindex builds all derived data anew: facets, sort keys and text, in one
// transaction, so that readers see the old index until the new one is whole and
// a crash leaves the old one. It needs nobody's keys: values in clear give the
// facets, and the hashed words of sealed fields are kept on their own. progress may be nil.
func (k *Kernel) Reindex(ctx context.Context, progress func(done, total int64)) error {
	return fromStore(k.store.Write(ctx, func(tx store.Tx) error {
		total, err := tx.RecordCount()
		if err != nil {
			return err
		}
		if err := tx.ClearIndex(); err != nil {
			return err
		}
		for from := uint32(0); ; {
			rows, err := tx.RecordsFrom(from, verifyPage)
			if err != nil || len(rows) == 0 {
				return err
			}
			if err := k.reindexBatch(tx, k.newUnit(ctx, tx, ""), rows); err != nil {
				return err
			}
			from = rows[len(rows)-1].Ordinal + 1
			if progress != nil {
				progress(int64(from), int64(total))
			}
		}
	}))
}

// reindexBatch indexes a page of records.
func (k *Kernel) reindexBatch(tx store.Tx, u *unit, rows []store.Record) error {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	keys, err := tx.RecordKeys(ids)
	if err != nil {
		return err
	}
	held := map[string][]store.RecordKey{}
	for _, rk := range keys {
		held[rk.Record] = append(held[rk.Record], rk)
	}
	sealed, err := tx.SealedTokensOf(ids)
	if err != nil {
		return err
	}
	hashed := map[string][]store.PosToken{}
	for _, s := range sealed {
		hashed[s.Record] = append(hashed[s.Record], decodeTokens(s.Tokens)...)
	}
	versions, err := tx.CurrentVersions(ids)
	if err != nil {
		return err
	}
	by := make(map[string]store.Version, len(versions))
	for _, v := range versions {
		by[v.Record] = v
	}
	var changes []indexChange
	var docs []store.IndexDoc
	for _, r := range rows {
		t := k.Packs().Type(r.Type)
		if t == nil || r.State == store.StateErased {
			continue
		}
		values, err := clearValues(by[r.ID])
		if err != nil {
			return err
		}
		x := &indexed{typ: t, values: values, circles: grants(held[r.ID]), state: core.State(r.State), imp: core.ID(r.ImportID)}
		clear, _ := u.tokens(r, x)
		doc := store.IndexDoc{Ordinal: r.Ordinal, Tokens: clear}
		doc.Tokens = append(doc.Tokens, hashed[r.ID]...)
		docs = append(docs, doc)
		changes = append(changes, indexChange{record: r, new: x})
	}
	if err := u.indexFacets(changes); err != nil {
		return err
	}
	return tx.PutIndex(docs)
}

// clearValues are a version's values that are stored in clear.
func clearValues(row store.Version) (core.Values, error) {
	values := core.Values{}
	if row.Data == "" {
		return values, nil
	}
	if err := json.Unmarshal([]byte(row.Data), &values); err != nil {
		return nil, core.Internal(err)
	}
	return values, nil
}

// encodeTokens packs hashed tokens: for each a position (uvarint), a length
// (uvarint) and the bytes.
func encodeTokens(tokens []store.PosToken) []byte {
	var out []byte
	for _, t := range tokens {
		out = binary.AppendUvarint(out, uint64(t.Pos))
		out = binary.AppendUvarint(out, uint64(len(t.Token)))
		out = append(out, t.Token...)
	}
	return out
}

// decodeTokens reads what encodeTokens wrote; damaged bytes end the list.
func decodeTokens(b []byte) []store.PosToken {
	var out []store.PosToken
	for len(b) > 0 {
		pos, n := binary.Uvarint(b)
		if n <= 0 {
			return out
		}
		b = b[n:]
		size, n := binary.Uvarint(b)
		if n <= 0 || uint64(len(b)-n) < size {
			return out
		}
		out = append(out, store.PosToken{Token: string(b[n : n+int(size)]), Pos: int(pos)})
		b = b[n+int(size):]
	}
	return out
}
