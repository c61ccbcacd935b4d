package sqlstore

import "svod/internal/store"

var sealedTokens = &table[store.SealedTokens]{
	name: "sealed_tokens", keys: 2,
	cols:   []string{"record", "circle", "tokens"},
	fields: func(r *store.SealedTokens) []any { return []any{&r.Record, &r.Circle, &r.Tokens} },
}

func (t *tx) PutSealedTokens(rows []store.SealedTokens) error { return put(t, sealedTokens, rows) }

func (t *tx) SealedTokensOf(records []string) ([]store.SealedTokens, error) {
	rows, err := listIn(t, sealedTokens, "record", records, "")
	sortBy(rows, func(a, b *store.SealedTokens) int {
		return firstOf(compare(a.Record, b.Record), compare(a.Circle, b.Circle))
	})
	return rows, err
}

func (t *tx) DeleteSealedTokens(record, circle string) error {
	if circle == "" {
		_, err := t.exec(`DELETE FROM sealed_tokens WHERE record = ?`, record)
		return err
	}
	_, err := t.exec(`DELETE FROM sealed_tokens WHERE record = ? AND circle = ?`, record, circle)
	return err
}
