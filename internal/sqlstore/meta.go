package sqlstore

import (
	"strconv"
	"strings"

	"svod/internal/store"
)

func (t *tx) MetaValue(name string) (string, error) {
	var value string
	err := t.row(`SELECT value FROM meta WHERE name = ?`, []any{name}, &value)
	return value, err
}

func (t *tx) PutMeta(name, value string) error {
	if strings.HasPrefix(name, metaReserved) {
		return t.invalid("meta name is reserved")
	}
	_, err := t.exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

func (t *tx) DataVersion() (int64, error) {
	text, err := t.MetaValue(metaDataVersion)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, t.fail(err)
}

func (t *tx) ClearIndex() error {
	for _, q := range []string{`DELETE FROM bitmap`, `DELETE FROM sortkey`, t.s.db.dialect.searchClear} {
		if _, err := t.exec(q); err != nil {
			return err
		}
	}
	t.dirty = true
	return nil
}

func (t *tx) PurgeExpired(now, windowBefore int64) (int64, error) {
	var total int64
	for _, q := range []struct {
		text string
		args []any
	}{
		{`DELETE FROM session WHERE idle_until < ? OR absolute_until < ?`, []any{now, now}},
		{`DELETE FROM token WHERE expires_at > 0 AND expires_at < ?`, []any{now}},
		{`DELETE FROM invite WHERE expires_at > 0 AND expires_at < ?`, []any{now}},
		{`DELETE FROM draft WHERE expires_at > 0 AND expires_at < ?`, []any{now}},
		{`DELETE FROM attempt WHERE window_start < ?`, []any{windowBefore}},
	} {
		n, err := t.exec(q.text, q.args...)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

var _ store.Meta = (*tx)(nil)
