package kernel

import (
	"context"
	"errors"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// verifyDamaged says as much as can be said when a page of the database cannot
// be read: which records have a version, or which entries a line, on it. The
// engine ends a transaction at the first damaged page, so everything is read in
// small transactions of its own.
func (k *Kernel) verifyDamaged(ctx context.Context) (VerifyReport, error) {
	report := VerifyReport{Findings: []Finding{{What: findStructure, Entry: -1}}}
	versions, err := k.ledgerVersions(ctx, &report)
	if err != nil {
		return report, err
	}
	for from := 0; from < len(versions); from += damagedPage {
		part := versions[from:min(from+damagedPage, len(versions))]
		err := k.readVersions(ctx, part)
		if err == nil {
			report.Versions += int64(len(part))
			continue
		}
		if !errors.Is(err, store.ErrCorrupt) {
			return report, fromStore(err)
		}
		for _, one := range part {
			err := k.readVersions(ctx, []store.VersionID{one})
			switch {
			case err == nil:
				report.Versions++
			case !errors.Is(err, store.ErrCorrupt):
				return report, fromStore(err)
			case len(report.Findings) < maxFindings:
				report.Findings = append(report.Findings, Finding{What: findDamaged, Record: core.ID(one.Record),
					Version: int(one.Number), Entry: -1})
			}
		}
	}
	return report, nil
}

// damagedPage is how much is read at once while looking for damage.
const damagedPage = 64

func (k *Kernel) readVersions(ctx context.Context, ids []store.VersionID) error {
	return k.store.Read(ctx, func(tx store.Tx) error {
		_, err := tx.VersionsByID(ids)
		return err
	})
}

// ledgerVersions lists the versions the ledger knows, entry by entry where a
// page of it is damaged too.
func (k *Kernel) ledgerVersions(ctx context.Context, report *VerifyReport) ([]store.VersionID, error) {
	var out []store.VersionID
	size := int64(0)
	err := k.store.Read(ctx, func(tx store.Tx) (err error) {
		size, err = tx.LedgerSize()
		return err
	})
	if errors.Is(err, store.ErrCorrupt) {
		return nil, nil // not even the length: the first finding says it
	}
	if err != nil {
		return nil, fromStore(err)
	}
	read := func(from int64, limit int) error {
		return k.store.Read(ctx, func(tx store.Tx) error {
			rows, err := tx.LedgerFrom(from, limit)
			for _, r := range rows {
				if r.N < from+int64(limit) && r.Kind == string(ledger.KindVersion) {
					out = append(out, store.VersionID{Record: r.Subject, Number: r.Version})
				}
			}
			return err
		})
	}
	for from := int64(0); from < size; from += damagedPage {
		kept := len(out)
		err := read(from, damagedPage)
		if err == nil {
			continue
		}
		out = out[:kept]
		for n := from; errors.Is(err, store.ErrCorrupt) && n < min(from+damagedPage, size); n++ {
			if one := read(n, 1); errors.Is(one, store.ErrCorrupt) {
				report.Findings = append(report.Findings, Finding{What: findEntry, Entry: n})
			} else if one != nil {
				return nil, fromStore(one)
			}
		}
		if !errors.Is(err, store.ErrCorrupt) {
			return nil, fromStore(err)
		}
	}
	report.Entries = size
	return out, nil
}
