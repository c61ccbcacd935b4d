package kernel

import (
	"context"
	"errors"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// ImportUndo starts taking an import back as a job: the records it created are
// withdrawn, those it updated get the values they had before, unless somebody
// changed them since. All in one unit; everything stays in the history. Workers
// of the circle may.
func (k *Kernel) ImportUndo(ctx context.Context, a core.Actor, id core.ID, reason string) (Job, error) {
	err := k.read(ctx, a, func(v *view) error { _, err := v.undoable(id); return err })
	if err != nil {
		return Job{}, err
	}
	return k.startJob(ctx, a, jobUndo, undoPayload{id, reason})
}

// UndoNow does what ImportUndo does before it returns. progress may be nil.
func (k *Kernel) UndoNow(ctx context.Context, a core.Actor, id core.ID, reason string, progress func(done, total int64)) (ImportInfo, error) {
	return k.undo(ctx, a, id, reason, beatOf(ctx, progress))
}

func (k *Kernel) runUndo(w work) (string, error) {
	var p undoPayload
	if err := w.payload(&p); err != nil {
		return "", err
	}
	// One transaction does it all, and progress is itself a write: say that it
	// began, and no more.
	if err := w.beat(0, 1); err != nil {
		return "", err
	}
	_, err := k.undo(w.ctx, w.actor, p.Import, p.Reason, beatOf(w.ctx, nil))
	if core.KindOf(err) == core.KindConflict && w.job.Attempts > 1 {
		// Perhaps the run before this one was killed after it had done its work.
		if info, readErr := k.Import(w.ctx, w.actor, p.Import); readErr == nil && info.State == importUndone {
			err = nil
		}
	}
	return string(p.Import), err
}

// undoable is a committed import of a circle the actor may write to.
func (v *view) undoable(id core.ID) (store.Import, error) {
	row, err := v.importRow(id)
	if err != nil {
		return row, err
	}
	if _, _, err := v.writable(core.ID(row.Circle)); err != nil {
		return row, err
	}
	if row.State != importDone {
		return row, core.Conflict("import.not_undoable", "state", row.State)
	}
	return row, nil
}

func (k *Kernel) undo(ctx context.Context, a core.Actor, id core.ID, reason string, beat func(done, total int64) error) (ImportInfo, error) {
	var out ImportInfo
	err := k.write(ctx, a, func(v *view, u *unit) error {
		row, err := v.undoable(id)
		if err != nil {
			return err
		}
		d := &undoing{v: v, u: u, imp: row, reason: reason, beat: beat, total: row.Rows, report: v.importInfo(row).Report}
		d.report.Detail, d.report.Edited = nil, 0
		// What was updated is listed before anything is written: versions of the
		// undo belong to the import as well.
		updated, err := v.updatesOf(row.ID)
		if err != nil {
			return err
		}
		if err := d.created(); err != nil {
			return err
		}
		if err := d.updated(updated); err != nil {
			return err
		}
		err = u.note(ledger.KindImport, id, map[string]any{"circle": row.Circle, "type": row.Type, "state": importUndone,
			"withdrawn": d.withdrawn, "restored": d.restored})
		if err != nil {
			return err
		}
		if err := k.putReport(v, u, row, importUndone, d.report); err != nil {
			return err
		}
		row.State = importUndone
		out = v.importInfo(row)
		out.Report = d.report
		return nil
	})
	return out, err
}

// undoing takes one import back inside a transaction.
type undoing struct {
	v                   *view
	u                   *unit
	imp                 store.Import
	reason              string
	beat                func(done, total int64) error
	done, total         int64
	withdrawn, restored int
	report              ImportReport
}

// created withdraws what the import created, a page at a time. A record that
// moved out of the circle since is no longer this circle's to take back.
func (d *undoing) created() error {
	return d.v.eachOfImport(d.imp.ID, func(rows []store.Record) error {
		fs, err := d.v.admit(rows)
		if err != nil {
			return err
		}
		ids := make([]string, len(fs))
		for i, f := range fs {
			ids[i] = f.ID
		}
		versions, err := d.v.CurrentVersions(ids)
		if err != nil {
			return err
		}
		by := make(map[string]store.Version, len(versions))
		for _, row := range versions {
			by[row.Record] = row
		}
		for _, f := range fs {
			if f.Circle != d.imp.Circle || f.State != store.StateActive {
				continue
			}
			if by[f.ID].ImportID == "" {
				d.edited(f, "import.withdrawn_edited")
			}
			if err := d.version(f, by[f.ID], by[f.ID], core.Withdrawn); err != nil {
				return err
			}
			if err := d.v.DeleteExternalsOf(f.ID); err != nil {
				return err
			}
			d.withdrawn++
		}
		return d.flush(len(rows))
	})
}

// updatesOf are the versions by which an import changed records that were there.
func (v *view) updatesOf(id string) ([]store.VersionID, error) {
	var out []store.VersionID
	var after store.VersionID
	for {
		rows, err := v.VersionsOfImport(id, after, verifyPage)
		if err != nil || len(rows) == 0 {
			return out, err
		}
		for _, row := range rows {
			after = store.VersionID{Record: row.Record, Number: row.Number}
			if row.Number > 1 {
				out = append(out, after)
			}
		}
	}
}

// updated restores what the import changed and nobody has touched since.
func (d *undoing) updated(versions []store.VersionID) error {
	for at := 0; at < len(versions); at += walkBatch {
		page := versions[at:min(at+walkBatch, len(versions))]
		rows, err := d.v.VersionsByID(page)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := d.restore(row); err != nil {
				return err
			}
		}
		if err := d.flush(len(page)); err != nil {
			return err
		}
	}
	return nil
}

func (d *undoing) restore(row store.Version) error {
	f, err := d.v.find(core.ID(row.Record))
	if core.KindOf(err) == core.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if f.Circle != d.imp.Circle {
		return nil
	}
	if f.Version != row.Number || f.State != store.StateActive {
		if f.Version > row.Number {
			d.edited(f, "import.kept_edited")
		}
		return nil
	}
	old, err := d.v.Version(f.ID, row.Number-1)
	if err != nil {
		return err
	}
	d.restored++
	return d.version(f, row, old, core.Active)
}

// version writes the next version of a record with the values of an old one.
func (d *undoing) version(f found, current, old store.Version, state core.State) error {
	t := d.v.k.Packs().Type(f.Type)
	if t == nil {
		return core.Invalid("error.unknown_type", "type", f.Type)
	}
	now, locked, err := d.v.open(f, current)
	if err != nil {
		return err
	}
	values, missing, err := d.v.open(f, old)
	if err != nil {
		return err
	}
	if len(locked)+len(missing) > 0 {
		return core.Forbidden("error.no_circle_key")
	}
	circles := grants(f.keys)
	key, keyGen, err := d.v.keyFor(d.u, f, change{grants: circles})
	if errors.Is(err, errNoKey) {
		return core.Forbidden("error.no_circle_key")
	}
	if err != nil {
		return err
	}
	ring, err := d.v.sealers(circles)
	if err != nil {
		return err
	}
	row := f.Record
	row.Version, row.UpdatedAt, row.State = f.Version+1, max(d.u.at, f.UpdatedAt), string(state)
	return d.u.put(writing{typ: t, row: row, base: old.Number, values: values, reason: d.reason, key: key,
		keyGen: keyGen, imp: core.ID(d.imp.ID), grants: circles, ring: ring, prior: f.Version,
		before: &indexed{typ: t, values: now, circles: circles, state: core.State(f.State), imp: core.ID(f.ImportID)}})
}

func (d *undoing) edited(f found, key string) {
	d.report.Edited++
	if len(d.report.Detail) < maxDetail {
		d.report.Detail = append(d.report.Detail, RowReport{Outcome: RowUnchanged, Record: core.ID(f.ID),
			Notes: []*core.Error{core.Invalid(key)}})
	}
}

// flush writes what is collected, so that memory does not grow with the import.
func (d *undoing) flush(n int) error {
	if err := d.u.flushRecords(); err != nil {
		return err
	}
	d.done += int64(n)
	return d.beat(d.done, max(d.total, d.done)+1)
}
