package kernel_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/kernel"
	"svod/internal/store"
)

// TestAnInterruptedImportGoesOn: the server stops in the middle, another one
// starts over the same store, and the import ends as if nothing had happened.
func TestAnInterruptedImportGoesOn(t *testing.T) {
	dir, key := t.TempDir(), crypt.NewInstanceKey()
	h := houseIn(t, dir, key)
	const rows = 6000
	job, err := h.ImportCommit(h.ctx, h.anna, h.stage("list.csv", synthetic(rows), "event"))
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := h.TokenCreate(h.ctx, h.anna, "script", 0)
	if err != nil {
		t.Fatal(err)
	}
	h.untilStaging(job.ID)
	h.Close()
	staged := h.stagedOf(job.ID)
	if staged == 0 || staged >= rows {
		t.Fatalf("stopped after %d rows, which shows nothing", staged)
	}
	if n := h.count(h.anna, kernel.FindQuery{}); n != 0 {
		t.Errorf("%d rows of a half-done import are visible", n)
	}
	if err := h.store.Write(h.ctx, func(tx store.Tx) error { // as if the heartbeat were old
		row, err := tx.Job(string(job.ID))
		if err != nil {
			return err
		}
		return tx.FinishJob(row.ID, row.ClaimedBy, store.JobQueued, "", "", 1, 1)
	}); err != nil {
		t.Fatal(err)
	}
	h.store.Close()

	h = houseIn(t, dir, key)
	if _, err := h.OpenToken(h.ctx, token); err != nil { // a program that asks how far it is
		t.Fatal(err)
	}
	h.wait(h.anna, job.ID)
	if n := h.count(h.anna, kernel.FindQuery{Type: "event"}); n != rows {
		t.Errorf("%d events", n)
	}
	info, err := h.Import(h.ctx, h.anna, job.ID)
	if err != nil || info.State != "done" || info.Report.New != rows {
		t.Errorf("%v %+v", err, info)
	}
	var total uint32
	if err := h.store.Read(h.ctx, func(tx store.Tx) error { total, err = tx.RecordCount(); return err }); err != nil || total != rows {
		t.Errorf("%v: %d records, some rows were written twice", err, total)
	}
	h.verified()
}

// stagedOf counts the rows an import has written so far.
func (h *house) stagedOf(id core.ID) int {
	h.t.Helper()
	n := 0
	err := h.store.Read(h.ctx, func(tx store.Tx) error {
		rows, err := tx.RecordsOfImport(string(id), 0, 100_000)
		n = len(rows)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// untilStaging waits until an import has written its first rows.
func (h *house) untilStaging(id core.ID) {
	h.t.Helper()
	for range 12_000 {
		if h.stagedOf(id) > 0 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	h.t.Fatal("the import does not start")
}

// TestACancelledImportLeavesNothing: what was staged is erased, keys and words
// included, and the ledger still agrees with the tables.
func TestACancelledImportLeavesNothing(t *testing.T) {
	h := newHouse(t)
	p, err := h.ImportPreview(h.ctx, h.anna, h.stage("list.csv", synthetic(3000), "event"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(h.ctx)
	_, err = h.ImportNow(ctx, h.anna, p.Plan, func(done, total int64) {
		if total > 0 && done >= 1000 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
	h.gone(1000)
}

// gone checks that the only import was abandoned and that nothing of at least n
// records is left.
func (h *house) gone(n int) {
	h.t.Helper()
	list, err := h.Imports(h.ctx, h.anna)
	if err != nil || len(list) != 1 || list[0].State != "failed" {
		h.t.Fatalf("%v %+v", err, list)
	}
	err = h.store.Read(h.ctx, func(tx store.Tx) error {
		rows, err := tx.RecordsOfImport(string(list[0].ID), 0, 100_000)
		if err != nil || len(rows) < n {
			h.t.Fatalf("%d records, want at least %d: %v", len(rows), n, err)
		}
		for _, r := range rows {
			v, err := tx.Version(r.ID, 1)
			if err != nil {
				return err
			}
			keys, err := tx.RecordKeys([]string{r.ID})
			if err != nil {
				return err
			}
			if r.State != store.StateErased || v.Data != "" || v.Sealed != "" || len(keys) > 0 {
				h.t.Fatalf("record %s is %s and has %d keys, data %q", r.ID, r.State, len(keys), v.Data)
			}
		}
		found, err := tx.Match(store.Term("площад"))
		if len(found) > 0 {
			h.t.Errorf("%d erased records are still indexed", len(found))
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	if n := h.count(h.anna, kernel.FindQuery{}); n != 0 {
		h.t.Errorf("%d records are visible", n)
	}
	h.verified()
}

// TestACancelledJobIsSwept: the job was cancelled while no server ran.
func TestACancelledJobIsSwept(t *testing.T) {
	dir, key := t.TempDir(), crypt.NewInstanceKey()
	h := houseIn(t, dir, key)
	job, err := h.ImportCommit(h.ctx, h.anna, h.stage("list.csv", synthetic(6000), "event"))
	if err != nil {
		t.Fatal(err)
	}
	h.untilStaging(job.ID)
	h.Close()
	if err := h.JobCancel(h.ctx, h.anna, job.ID); err != nil {
		t.Fatal(err)
	}
	h.store.Close()
	h = houseIn(t, dir, key)
	if err := h.SweepStaged(h.ctx); err != nil {
		t.Fatal(err)
	}
	h.gone(1000)
}

// TestARunningImportCanBeCancelled: the worker notices and takes back what it
// has written.
func TestARunningImportCanBeCancelled(t *testing.T) {
	h := newHouse(t)
	job, err := h.ImportCommit(h.ctx, h.anna, h.stage("list.csv", synthetic(6000), "event"))
	if err != nil {
		t.Fatal(err)
	}
	h.untilStaging(job.ID)
	if err := h.JobCancel(h.ctx, h.anna, job.ID); err != nil {
		t.Fatal(err)
	}
	for range 2400 {
		info, err := h.Import(h.ctx, h.anna, job.ID)
		if err != nil {
			t.Fatal(err)
		}
		if info.State == "failed" {
			h.gone(1000)
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("the import was not taken back")
}
