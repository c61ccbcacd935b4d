package kernel

import (
	"context"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// Record returns the current version of a record. KindNotFound for one that
// does not exist and for one outside the scope alike.
func (k *Kernel) Record(ctx context.Context, a core.Actor, id core.ID) (core.Record, error) {
	return k.recordAt(ctx, a, id, 0)
}

// RecordAt returns a record as it was at a version.
func (k *Kernel) RecordAt(ctx context.Context, a core.Actor, id core.ID, version int) (core.Record, error) {
	if version < 1 {
		return core.Record{}, core.NotFound()
	}
	return k.recordAt(ctx, a, id, int64(version))
}

func (k *Kernel) recordAt(ctx context.Context, a core.Actor, id core.ID, version int64) (core.Record, error) {
	var out core.Record
	err := k.read(ctx, a, func(v *view) error {
		f, err := v.find(id)
		if err != nil {
			return err
		}
		if version == 0 {
			version = f.Version
		}
		o, err := v.versionOf(f, version)
		if err != nil {
			return err
		}
		f.Version, f.State = o.row.Number, o.row.State
		out, err = v.shown(f, o)
		return err
	})
	return out, err
}

// Records returns those of the records that are in scope, in the order asked.
func (k *Kernel) Records(ctx context.Context, a core.Actor, ids []core.ID) ([]core.Record, error) {
	var out []core.Record
	err := k.read(ctx, a, func(v *view) error {
		fs, err := v.findMany(ids)
		if err != nil {
			return err
		}
		if out, err = v.openCurrent(fs); err != nil {
			return err
		}
		return v.present(out)
	})
	return out, err
}

// History lists the versions of a record, the newest first, each with what it
// changed.
func (k *Kernel) History(ctx context.Context, a core.Actor, id core.ID) ([]VersionInfo, error) {
	var out []VersionInfo
	err := k.read(ctx, a, func(v *view) error {
		f, err := v.find(id)
		if err != nil {
			return err
		}
		rows, err := v.Tx.History(f.ID)
		if err != nil {
			return err
		}
		records := make([]core.Record, len(rows))
		for i, row := range rows {
			values, locked, err := v.open(f, row)
			if err != nil {
				return err
			}
			records[i] = v.recordOf(f, values, locked)
		}
		if err := v.present(records); err != nil {
			return err
		}
		entries, err := v.ledgerOf(f.ID)
		if err != nil {
			return err
		}
		t := k.Packs().Type(f.Type)
		out = make([]VersionInfo, len(rows))
		for i, row := range rows {
			before := core.Values{}
			if i > 0 {
				before = records[i-1].Values
			}
			out[len(rows)-1-i] = VersionInfo{Version: v.versionInfo(row, records[i].Values),
				AuthorName: v.personName(core.ID(row.Author)), Ledger: entries[row.Number],
				Changes: differences(t, before, records[i].Values)}
		}
		return nil
	})
	return out, err
}

func (v *view) versionInfo(row store.Version, values core.Values) core.Version {
	info := core.Version{Record: core.ID(row.Record), Number: int(row.Number), Base: int(row.Base),
		Author: core.ID(row.Author), At: timeOf(row.At), Reason: row.Reason, State: core.State(row.State),
		Values: values, Import: core.ID(row.ImportID)}
	// A record that moved here does not tell where from, unless the actor is
	// there too.
	if v.scope.Has(core.ID(row.Circle)) {
		info.Circle = core.ID(row.Circle)
	}
	return info
}

// ledgerOf gives the ledger numbers of a record's versions.
func (v *view) ledgerOf(record string) (map[int64]int64, error) {
	entries, err := v.FindLedger(store.LedgerQuery{Kind: string(ledger.KindVersion), Subject: record, Limit: 10_000})
	out := make(map[int64]int64, len(entries))
	for _, e := range entries {
		out[e.Version] = e.N
	}
	return out, err
}

// Diff lists the fields in which two versions of a record differ, in form
// order.
func (k *Kernel) Diff(ctx context.Context, a core.Actor, id core.ID, from, to int) ([]core.Change, error) {
	older, err := k.RecordAt(ctx, a, id, from)
	if err != nil {
		return nil, err
	}
	newer, err := k.RecordAt(ctx, a, id, to)
	if err != nil {
		return nil, err
	}
	return differences(k.Packs().Type(newer.Type), older.Values, newer.Values), nil
}

func differences(t *core.Type, before, after core.Values) []core.Change {
	var out []core.Change
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Auto != "" {
			continue
		}
		if !before[f.Key].Equal(after[f.Key]) {
			out = append(out, core.Change{Field: f.Key, Old: before[f.Key], New: after[f.Key]})
		}
	}
	return out
}

// Restore writes the values of an old version as a new one.
func (k *Kernel) Restore(ctx context.Context, a core.Actor, id core.ID, version int, reason string) (core.Record, error) {
	var out core.Record
	err := k.write(ctx, a, func(v *view, u *unit) error {
		f, t, err := v.editable(id)
		if err != nil {
			return err
		}
		old, err := v.versionOf(f, int64(version))
		if err != nil {
			return err
		}
		current, err := v.versionOf(f, f.Version)
		if err != nil {
			return err
		}
		if len(old.locked)+len(current.locked) > 0 {
			return core.Forbidden("error.no_circle_key")
		}
		out, err = v.rewrite(u, f, t, current, change{values: old.values, reason: reason,
			base: old.row.Number, state: core.Active})
		return err
	})
	return out, err
}

// Withdraw takes a record out of lists and counts, or puts it back; it stays
// readable, with its history. Links to it remain.
func (k *Kernel) Withdraw(ctx context.Context, a core.Actor, id core.ID, withdrawn bool, reason string) (core.Record, error) {
	var out core.Record
	err := k.write(ctx, a, func(v *view, u *unit) error {
		var err error
		out, err = v.withdraw(u, id, withdrawn, reason, "")
		return err
	})
	return out, err
}

func (v *view) withdraw(u *unit, id core.ID, withdrawn bool, reason string, imp core.ID) (core.Record, error) {
	f, t, err := v.editable(id)
	if err != nil {
		return core.Record{}, err
	}
	state := core.Active
	if withdrawn {
		state = core.Withdrawn
	}
	current, err := v.versionOf(f, f.Version)
	if err != nil {
		return core.Record{}, err
	}
	if core.State(f.State) == state {
		return v.shown(f, current)
	}
	if len(current.locked) > 0 {
		return core.Record{}, core.Forbidden("error.no_circle_key")
	}
	return v.rewrite(u, f, t, current, change{values: current.values, reason: reason, state: state, imp: imp})
}
