package kernel

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"svod/internal/core"
	"svod/internal/ledger"
	"svod/internal/store"
)

// What a Finding says is wrong: keys of the message catalogue.
const (
	findVersionAltered = "verify.version_altered"
	findVersionMissing = "verify.version_missing"
	findVersionUnknown = "verify.version_unknown"
	findHead           = "verify.head_differs"
	findGrant          = "verify.grants_differ"
	findEntry          = "verify.entry_altered"
	findTree           = "verify.tree_differs"
	findCheckpoint     = "verify.checkpoint_bad"
	findUnsigned       = "verify.unsigned_entries"
	findMember         = "verify.members_differ"
	findPerson         = "verify.person_differs"
	findFile           = "verify.file_altered"
	findFileMissing    = "verify.file_missing"
	findDamaged        = "verify.page_damaged"
	findStructure      = "verify.structure_damaged"
)

// maxFindings bounds a report: a database that is wrong everywhere is wrong.
const maxFindings = 1000

// Verify re-computes everything that can be re-computed without a key: every
// ledger entry and the tree over them, the signature of the newest checkpoint,
// every version against its commitment, heads against versions, keys of records
// against sharing in the ledger, members and people against the ledger, and
// every stored file against its hash. It needs no actor: it shows no content,
// only IDs. progress may be nil.
func (k *Kernel) Verify(ctx context.Context, progress func(done, total int64)) (VerifyReport, error) {
	var report VerifyReport
	err := k.store.Read(ctx, func(tx store.Tx) error {
		c := &verifier{ctx: ctx, k: k, tx: tx, progress: progress,
			commits: map[versionAt]committed{}, state: newReplay()}
		for _, step := range []func() error{c.ledger, c.versions, c.records, c.people, c.files} {
			if err := step(); err != nil {
				return err
			}
		}
		report = c.report
		return nil
	})
	if errors.Is(err, store.ErrCorrupt) {
		return k.verifyDamaged(ctx)
	}
	if err != nil {
		return report, fromStore(err)
	}
	// What the ledger does not cover (index, jobs) can still be damaged.
	if err := k.store.Check(ctx); errors.Is(err, store.ErrCorrupt) {
		report.Findings = append(report.Findings, Finding{What: findStructure, Entry: -1})
	} else if err != nil {
		return report, fromStore(err)
	}
	return report, nil
}

type versionAt struct {
	record string
	number int64
}

type committed struct {
	commit [32]byte
	entry  int64
}

type verifier struct {
	ctx      context.Context
	k        *Kernel
	tx       store.Tx
	progress func(done, total int64)
	done     int64
	total    int64
	report   VerifyReport
	commits  map[versionAt]committed // from the ledger; removed when found
	state    *replay
}

func (c *verifier) found(f Finding) {
	if len(c.report.Findings) < maxFindings {
		c.report.Findings = append(c.report.Findings, f)
	}
}

func (c *verifier) tick(n int) error {
	c.done += int64(n)
	if c.progress != nil {
		c.progress(c.done, c.total)
	}
	return c.ctx.Err()
}

const verifyPage = 2000

// ledger recomputes the log from its rows.
func (c *verifier) ledger() error {
	size, err := c.tx.LedgerSize()
	if err != nil {
		return err
	}
	c.total = size * 2 // entries, then about as many versions
	var tree ledger.Verifier
	for from := int64(0); from < size; {
		rows, err := c.tx.LedgerFrom(from, verifyPage)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			c.found(Finding{What: findEntry, Entry: from})
			return nil
		}
		for _, row := range rows {
			if err := c.entry(&tree, row); err != nil {
				return err
			}
		}
		from += int64(len(rows))
		if err := c.tick(len(rows)); err != nil {
			return err
		}
	}
	c.report.Entries = size
	return c.checkpoint(&tree)
}

func (c *verifier) entry(tree *ledger.Verifier, row store.LedgerEntry) error {
	e := ledger.Entry{N: row.N, At: row.At, Kind: ledger.Kind(row.Kind), Actor: row.Actor,
		Subject: row.Subject, Version: int(row.Version)}
	copy(e.Commit[:], row.Commitment)
	text, err := e.Encode()
	if err != nil {
		c.found(c.aboutEntry(row))
		text = nil
	}
	leaf := ledger.LeafHash(text)
	if !bytes.Equal(leaf[:], row.Leaf) {
		c.found(c.aboutEntry(row))
	}
	stored, err := c.storedHashes(row.N)
	if err != nil {
		return err
	}
	if tree.Add(leaf, stored) != nil {
		f := c.aboutEntry(row)
		f.What = findTree
		c.found(f)
	}
	if e.Kind == ledger.KindVersion {
		c.commits[versionAt{row.Subject, row.Version}] = committed{e.Commit, row.N}
		return nil
	}
	if len(row.Salt) == 0 { // erased with its subject
		return nil
	}
	var salt ledger.Salt
	copy(salt[:], row.Salt)
	if ledger.Commit(salt, []byte(row.Body)) != e.Commit {
		c.found(c.aboutEntry(row))
		return nil
	}
	var body map[string]any
	if json.Unmarshal([]byte(row.Body), &body) == nil {
		c.state.apply(e, body)
	}
	return nil
}

// storedHashes are the tree's hashes that were stored with entry n.
func (c *verifier) storedHashes(n int64) ([]ledger.Hash, error) {
	var indexes []int64
	for i := ledger.StoredCount(n); i < ledger.StoredCount(n+1); i++ {
		indexes = append(indexes, i)
	}
	hashes, err := hashReader(c.tx).ReadHashes(indexes)
	if errors.Is(err, store.ErrNotFound) {
		return []ledger.Hash{}, nil
	}
	return hashes, err
}

func (c *verifier) aboutEntry(row store.LedgerEntry) Finding {
	f := Finding{What: findEntry, Entry: row.N}
	if row.Kind == string(ledger.KindVersion) || row.Kind == string(ledger.KindShare) {
		f.Record, f.Version = core.ID(row.Subject), int(row.Version)
	}
	return f
}

// checkpoint checks the newest signature over the recomputed tree.
func (c *verifier) checkpoint(tree *ledger.Verifier) error {
	row, err := c.tx.LatestCheckpoint()
	if errors.Is(err, store.ErrNotFound) {
		if c.report.Entries > 0 {
			c.found(Finding{What: findCheckpoint, Entry: -1})
		}
		return nil
	}
	if err != nil {
		return err
	}
	c.report.Size = row.Size
	signed, err := ledger.OpenCheckpoint([]byte(row.Text), c.k.signer.Load().VerifierKey())
	if err != nil || signed.Size != row.Size {
		c.found(Finding{What: findCheckpoint, Entry: -1})
		return nil
	}
	if signed.Size != tree.Size() {
		c.found(Finding{What: findUnsigned, Entry: signed.Size})
		return nil
	}
	if tree.Check(signed.Checkpoint) != nil {
		c.found(Finding{What: findCheckpoint, Entry: -1})
	}
	return nil
}

// versions compares every stored version with its commitment.
func (c *verifier) versions() error {
	var after store.VersionID
	for {
		rows, err := c.tx.VersionsAfter(after, verifyPage)
		if err != nil {
			return err
		}
		for _, row := range rows {
			c.version(row)
			after = store.VersionID{Record: row.Record, Number: row.Number}
		}
		c.report.Versions += int64(len(rows))
		if err := c.tick(len(rows)); err != nil {
			return err
		}
		if len(rows) < verifyPage {
			break
		}
	}
	for at, want := range c.commits {
		c.found(Finding{What: findVersionMissing, Record: core.ID(at.record), Version: int(at.number), Entry: want.entry})
	}
	return nil
}

func (c *verifier) version(row store.Version) {
	at := versionAt{row.Record, row.Number}
	want, ok := c.commits[at]
	if !ok {
		c.found(Finding{What: findVersionUnknown, Record: core.ID(row.Record), Version: int(row.Number), Entry: -1})
		return
	}
	delete(c.commits, at)
	if len(row.Salt) == 0 && c.state.erased[row.Record] {
		return
	}
	var salt ledger.Salt
	copy(salt[:], row.Salt)
	if ledger.Commit(salt, versionBytes(row)) != want.commit {
		c.found(Finding{What: findVersionAltered, Record: core.ID(row.Record), Version: int(row.Number), Entry: want.entry})
	}
}

// records compares heads with versions and keys with the sharing on record.
func (c *verifier) records() error {
	for from := uint32(0); ; {
		rows, err := c.tx.RecordsFrom(from, verifyPage)
		if err != nil || len(rows) == 0 {
			return err
		}
		if err := c.heads(rows); err != nil {
			return err
		}
		c.report.Records += int64(len(rows))
		from = rows[len(rows)-1].Ordinal + 1
		if err := c.ctx.Err(); err != nil {
			return err
		}
	}
}

func (c *verifier) heads(rows []store.Record) error {
	ids := make([]string, len(rows))
	next := make([]store.VersionID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
		next[i] = store.VersionID{Record: r.ID, Number: r.Version + 1}
	}
	current, err := c.tx.CurrentVersions(ids)
	if err != nil {
		return err
	}
	by := make(map[string]store.Version, len(current))
	for _, v := range current {
		by[v.Record] = v
	}
	beyond, err := c.tx.VersionsByID(next)
	if err != nil {
		return err
	}
	for _, v := range beyond {
		c.found(Finding{What: findHead, Record: core.ID(v.Record), Version: int(v.Number), Entry: -1})
	}
	keys, err := c.tx.RecordKeys(ids)
	if err != nil {
		return err
	}
	held := map[string][]store.RecordKey{}
	for _, rk := range keys {
		held[rk.Record] = append(held[rk.Record], rk)
	}
	for _, r := range rows {
		v, ok := by[r.ID]
		if !ok || v.Circle != r.Circle || v.State != r.State || v.Type != r.Type {
			if r.State != store.StateErased {
				c.found(Finding{What: findHead, Record: core.ID(r.ID), Version: int(r.Version), Entry: -1})
			}
		}
		if r.State != store.StateErased && !slices.Equal(sortedIDs(grants(held[r.ID])), c.state.granted(r)) {
			c.found(Finding{What: findGrant, Record: core.ID(r.ID), Version: int(r.Version), Entry: -1})
		}
	}
	return nil
}

func sortedIDs(ids []core.ID) []core.ID {
	slices.Sort(ids)
	return ids
}
