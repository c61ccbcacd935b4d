package kernel

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// States of an import.
const (
	importRunning = "running"
	importDone    = "done"
	importUndone  = "undone"
	importFailed  = "failed"
)

// importer carries one import through: it checks all rows, writes the new
// records staged (in batches, invisible), and then, in one transaction, makes
// them visible together with the updates. Killed in between, it goes on where it
// was: a row's record has an ID that follows from the import and the row.
type importer struct {
	k         *Kernel
	ctx       context.Context
	actor     core.Actor
	id        core.ID
	plan      ImportPlan
	beat      func(done, total int64) error
	row       store.Import
	walk      *walk
	have      map[core.ID]bool // staged before an interruption
	staged    int
	externals []store.External // of new records
	updates   []*importRow
}

func (i *importer) run() (ImportInfo, error) {
	done, err := i.resume()
	if err != nil || done {
		return i.info(err)
	}
	w, err := i.k.openWalk(i.ctx, i.actor, i.plan)
	if err != nil {
		return ImportInfo{}, err
	}
	defer w.close()
	i.walk = w
	i.plan.Columns = w.plan.Columns
	err = w.each(func([]*importRow) error { return i.beat(int64(w.report.Rows), 0) })
	if err != nil {
		return ImportInfo{}, err
	}
	if err := i.plan.accepts(w.report); err != nil {
		return ImportInfo{}, err
	}
	if err := i.begin(); err != nil {
		return ImportInfo{}, err
	}
	total := int64(w.report.Rows)
	w.rewind()
	err = w.each(func(batch []*importRow) error {
		if err := i.stage(batch); err != nil {
			return err
		}
		return i.beat(int64(w.report.Rows), total+1)
	})
	if err != nil {
		return ImportInfo{}, err
	}
	if err := i.plan.accepts(w.report); err != nil {
		return ImportInfo{}, err
	}
	if err := i.finish(); err != nil {
		return ImportInfo{}, err
	}
	_ = i.k.forgetDraft(i.ctx, i.actor, draftStage, i.plan.Stage) // else it expires
	return i.info(nil)
}

// accepts says whether a report allows the commit.
func (p ImportPlan) accepts(r ImportReport) error {
	switch {
	case r.Refused > 0:
		return core.Invalid("import.rows_refused", "count", r.Refused)
	case r.Doubt > 0 && !p.SkipDoubt:
		return core.Invalid("import.rows_in_doubt", "count", r.Doubt)
	case r.Rows == 0:
		return core.Invalid("import.no_rows")
	}
	return nil
}

func (i *importer) info(err error) (ImportInfo, error) {
	if err != nil {
		return ImportInfo{}, err
	}
	return i.k.Import(i.ctx, i.actor, i.id)
}

// resume looks for what an earlier run of this import left.
func (i *importer) resume() (done bool, err error) {
	i.have = map[core.ID]bool{}
	err = i.k.read(i.ctx, i.actor, func(v *view) error {
		row, err := v.Tx.Import(string(i.id))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		i.row = row
		switch row.State {
		case importDone, importUndone:
			done = true
			return nil
		case importFailed:
			return core.Conflict("import.abandoned")
		}
		return v.eachOfImport(row.ID, func(rows []store.Record) error {
			for _, r := range rows {
				i.have[core.ID(r.ID)] = true
			}
			return nil
		})
	})
	return done, err
}

// eachOfImport walks over the records that an import created.
func (v *view) eachOfImport(id string, fn func([]store.Record) error) error {
	return eachOfImport(v.Tx, id, fn)
}

func eachOfImport(tx store.Tx, id string, fn func([]store.Record) error) error {
	for from := uint32(0); ; {
		rows, err := tx.RecordsOfImport(id, from, verifyPage)
		if err != nil || len(rows) == 0 {
			return err
		}
		from = rows[len(rows)-1].Ordinal + 1
		if err := fn(rows); err != nil {
			return err
		}
	}
}

// begin writes down that the import runs, before its first record.
func (i *importer) begin() error {
	if i.row.ID != "" {
		return nil
	}
	return i.k.write(i.ctx, i.actor, func(v *view, u *unit) error {
		c, _, err := v.writable(i.plan.Circle)
		if err != nil {
			return err
		}
		name, err := sealToCircle(c, i.walk.staged.Name)
		if err != nil {
			return err
		}
		i.row = store.Import{ID: string(i.id), Person: string(i.actor.Person), Circle: c.ID, Type: i.plan.Type,
			FileNameSealed: name, State: importRunning, At: u.at, LedgerN: -1}
		return v.InsertImport(i.row)
	})
}

// rowID is the ID of the record a row becomes. It keeps the order of rows and is
// the same when an interrupted import goes on: 48 bits of milliseconds and 12
// bits from the start of the import and the row, 62 bits from a hash.
func (i *importer) rowID(row int) core.ID {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(i.id), uint64(row)))
	var b [16]byte
	ms := uint64(i.row.At/1000) + uint64(row)>>12
	binary.BigEndian.PutUint64(b[:8], ms<<16|0x7000|uint64(row)&0xfff)
	copy(b[8:], sum[:8])
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return core.ID(h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:])
}

// stage writes the new records of a batch and remembers the rest for the end.
func (i *importer) stage(batch []*importRow) error {
	var fresh []*importRow
	for _, r := range batch {
		switch r.Outcome {
		case RowUpdate:
			r.target, r.current, r.values = nil, opened{}, nil // looked up again at the end
			i.updates = append(i.updates, r)
		case RowNew:
			r.Record = i.rowID(r.Row)
			if len(r.tokens) > 0 {
				i.externals = append(i.externals, store.External{Source: sourceKey(i.plan), ExternalID: r.tokens[0],
					Record: string(r.Record), ImportID: string(i.id)})
			}
			i.staged++
			if !i.have[r.Record] {
				fresh = append(fresh, r)
			}
		case RowRefused, RowDoubt:
			if err := i.plan.accepts(i.walk.report); err != nil {
				return err // something changed since the rows were checked
			}
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	return i.k.write(i.ctx, i.actor, func(v *view, u *unit) error {
		c, ck, err := v.writable(i.plan.Circle)
		if err != nil {
			return err
		}
		for _, r := range fresh {
			d := Draft{ID: r.Record, Type: i.plan.Type, Circle: i.plan.Circle, Reason: i.plan.Reason}
			if err := u.insert(i.walk.typ, d, r.values, c, ck, i.id); err != nil {
				return err
			}
		}
		return nil
	})
}

// finish makes the import part of the collection, all of it at once.
func (i *importer) finish() error {
	return i.k.write(i.ctx, i.actor, func(v *view, u *unit) error {
		if _, _, err := v.writable(i.plan.Circle); err != nil {
			return err
		}
		row, err := v.Tx.Import(string(i.id))
		if err != nil {
			return err
		}
		switch row.State {
		case importDone: // by a worker that was only thought dead
			return nil
		case importRunning:
		default:
			return core.Conflict("import.abandoned")
		}
		if job, err := v.Tx.Job(row.ID); err == nil && job.State == store.JobCancelled {
			return core.Conflict("import.cancelled")
		}
		if err := i.reveal(u); err != nil {
			return err
		}
		if err := i.tieExternals(v); err != nil {
			return err
		}
		if err := i.update(v, u); err != nil {
			return err
		}
		r := &i.walk.report
		err = u.note(ledger.KindImport, i.id, map[string]any{"circle": row.Circle, "type": row.Type, "state": importDone,
			"created": r.New, "updated": r.Updated})
		if err != nil {
			return err
		}
		return i.k.putReport(v, u, row, importDone, *r)
	})
}

// putReport ends a state of an import whose ledger entry is the unit's newest.
func (k *Kernel) putReport(v *view, u *unit, row store.Import, state string, r ImportReport) error {
	size, err := v.LedgerSize()
	if err != nil {
		return err
	}
	c, err := v.circleRow(core.ID(row.Circle))
	if err != nil {
		return err
	}
	report, err := sealReport(c, r)
	if err != nil {
		return err
	}
	row.Rows, row.State, row.LedgerN, row.Report = int64(r.Rows), state, size+int64(len(u.entries))-1, report
	return v.UpdateImport(row)
}

// tieExternals remembers which record came from which row of the list. Another
// import of the same list in between would make two records of one row.
func (i *importer) tieExternals(v *view) error {
	for at := 0; at < len(i.externals); at += verifyPage {
		page := i.externals[at:min(at+verifyPage, len(i.externals))]
		ids := make([]string, len(page))
		for n, e := range page {
			ids[n] = e.ExternalID
		}
		known, err := v.Externals(page[0].Source, ids)
		if err != nil {
			return err
		}
		records := make([]core.ID, len(known))
		for n, e := range known {
			records[n] = core.ID(e.Record)
		}
		taken, err := v.findMany(records)
		if err != nil {
			return err
		}
		if len(taken) > 0 {
			return core.Conflict("import.list_moved", "count", len(taken))
		}
		if err := v.PutExternals(page); err != nil {
			return err
		}
	}
	return nil
}

// update writes the changed records. Each is judged again, inside the
// transaction, against what the record is now.
func (i *importer) update(v *view, u *unit) error {
	for at := 0; at < len(i.updates); at += walkBatch {
		page := i.updates[at:min(at+walkBatch, len(i.updates))]
		again := make([]*importRow, len(page))
		for n, r := range page {
			again[n] = &importRow{RowReport: RowReport{Row: r.Row}, row: r.row, values: r.row, id: r.id, version: r.version}
		}
		if err := v.match(i.plan, i.walk.typ, again); err != nil {
			return err
		}
		var ties []store.External
		for _, r := range again {
			if r.Outcome == RowUnchanged {
				continue
			}
			if r.Outcome != RowUpdate {
				return core.Conflict("import.list_moved", "count", 1)
			}
			_, err := v.rewrite(u, *r.target, i.walk.typ, r.current, change{values: r.values, reason: i.plan.Reason,
				base: r.target.Version, imp: i.id})
			if err != nil {
				return err
			}
			if len(r.tokens) > 0 {
				ties = append(ties, store.External{Source: sourceKey(i.plan), ExternalID: r.tokens[0], Record: r.target.ID, ImportID: string(i.id)})
			}
		}
		if err := v.PutExternals(ties); err != nil {
			return err
		}
		if err := u.flushRecords(); err != nil {
			return err
		}
	}
	return nil
}
