package kernel

import (
	"context"
	"errors"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/ledger"
	"svod/internal/store"
)

// reveal turns the staged records of the import into active ones and puts them
// into the sets and orders by which records are found. Their words are indexed
// already.
func (i *importer) reveal(u *unit) error {
	var delta index.Delta
	n := 0
	err := eachOfImport(u.tx, string(i.id), func(rows []store.Record) error {
		ids := make([]string, 0, len(rows))
		first := make([]store.VersionID, 0, len(rows))
		for _, r := range rows {
			if r.State == store.StateStaged {
				ids = append(ids, r.ID)
				first = append(first, store.VersionID{Record: r.ID, Number: 1})
			}
		}
		n += len(ids)
		versions, err := u.tx.CurrentVersions(ids)
		if err != nil {
			return err
		}
		by := make(map[string]store.Version, len(versions))
		for _, v := range versions {
			by[v.Record] = v
		}
		var keys []store.SortKey
		for _, r := range rows {
			if r.State != store.StateStaged {
				continue
			}
			values, err := clearValues(by[r.ID])
			if err != nil {
				return err
			}
			r.State = store.StateActive
			x := &indexed{typ: i.walk.typ, values: values, circles: []core.ID{core.ID(r.Circle)}, state: core.Active, imp: i.id}
			delta.Replace(r.Ordinal, nil, u.facets(r, x))
			for _, sk := range u.sortKeys(r, x) {
				keys = append(keys, store.SortKey{Field: sk.Field, Ordinal: r.Ordinal, Key: sk.Key})
			}
		}
		if err := u.tx.PutSortKeys(keys); err != nil {
			return err
		}
		if err := u.tx.SetVersionState(first, store.StateActive); err != nil {
			return err
		}
		return u.tx.SetRecordState(ids, store.StateActive)
	})
	if err != nil {
		return err
	}
	if n != i.staged {
		return core.Internal(errors.New("kernel: the staged records of an import are not those of its rows"))
	}
	return delta.Apply(u.ctx, chunkStore{u.tx})
}

// abandonImport takes back what an import that will not be committed has
// staged: states, words, keys and content go, the ledger keeps that there was
// something and that it was erased. It needs nobody's keys. An import that was
// committed is left alone.
func (k *Kernel) abandonImport(ctx context.Context, id string) error {
	for more := true; more; {
		err := k.store.Write(ctx, func(tx store.Tx) error {
			more = false
			imp, err := tx.Import(id)
			if errors.Is(err, store.ErrNotFound) {
				return nil
			}
			if err != nil || imp.State != importRunning {
				return err
			}
			u := k.newUnit(ctx, tx, core.ID(imp.Person))
			if more, err = u.eraseStaged(id); err != nil {
				return err
			}
			if !more {
				imp.State = importFailed
				if err := tx.UpdateImport(imp); err != nil {
					return err
				}
			}
			return u.flush()
		})
		if err != nil {
			return fromStore(err)
		}
	}
	return nil
}

// errPage ends a walk after its first page.
var errPage = errors.New("kernel: one page")

// eraseStaged erases up to a page of staged records; more says that there was
// one.
func (u *unit) eraseStaged(id string) (more bool, err error) {
	err = eachOfImport(u.tx, id, func(rows []store.Record) error {
		var ids []string
		var ordinals []uint32
		for _, r := range rows {
			if r.State == store.StateStaged {
				ids, ordinals = append(ids, r.ID), append(ordinals, r.Ordinal)
			}
		}
		if len(ids) == 0 {
			return nil
		}
		more = true
		for _, rid := range ids {
			if err := u.eraseOne(rid); err != nil {
				return err
			}
		}
		if err := u.tx.DeleteIndex(ordinals); err != nil {
			return err
		}
		if err := u.tx.ReplaceLinks(ids, nil); err != nil {
			return err
		}
		if err := u.tx.SetRecordState(ids, store.StateErased); err != nil {
			return err
		}
		return errPage
	})
	if errors.Is(err, errPage) {
		err = nil
	}
	return more, err
}

// eraseOne destroys the content and the keys of a record of one version.
func (u *unit) eraseOne(id string) error {
	steps := []func() error{
		func() error { return u.tx.EraseVersions(id) },
		func() error {
			return u.tx.SetVersionState([]store.VersionID{{Record: id, Number: 1}}, store.StateErased)
		},
		func() error { return u.tx.EraseLedgerSalts(id) },
		func() error { return u.tx.DeleteRecordKeys(id) },
		func() error { return u.tx.DeleteSealedTokens(id, "") },
		func() error { return u.note(ledger.KindErase, core.ID(id), nil) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// sweepImports abandons imports that nobody will finish: their job has ended
// without them, or they ran without a job and their process is long gone.
func (k *Kernel) sweepImports(ctx context.Context) error {
	var lost []string
	err := k.store.Read(ctx, func(tx store.Tx) error {
		circles, err := tx.Circles()
		if err != nil {
			return err
		}
		ids := make([]string, len(circles))
		for i, c := range circles {
			ids[i] = c.ID
		}
		imports, err := tx.ImportsOf(ids, 1000)
		if err != nil {
			return err
		}
		old := k.now().Add(-keepDraft).UnixMicro()
		for _, imp := range imports {
			if imp.State != importRunning {
				continue
			}
			job, err := tx.Job(imp.ID)
			switch {
			case errors.Is(err, store.ErrNotFound):
				if imp.At < old {
					lost = append(lost, imp.ID)
				}
			case err != nil:
				return err
			case job.State == store.JobCancelled, job.State == store.JobFailed, job.State == store.JobDone:
				lost = append(lost, imp.ID)
			case imp.At < old && job.HeartbeatAt < k.now().Add(-jobStale).UnixMicro():
				lost = append(lost, imp.ID) // the staged table it would go on from is gone
			}
		}
		return nil
	})
	if err != nil {
		return fromStore(err)
	}
	for _, id := range lost {
		if err := k.abandonImport(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
