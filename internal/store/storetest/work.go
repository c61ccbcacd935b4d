package storetest

import (
	"fmt"
	"sync"
	"testing"

	"svod/internal/store"
)

func testJobs(t *testing.T, s store.Store) {
	job := func(id, kind string, at, runAt int64) store.Job {
		return store.Job{ID: id, Kind: kind, Person: "p1", State: store.JobQueued, Payload: `{"n":1}`, CreatedAt: at, RunAt: runAt}
	}
	claim := func(kinds []string, worker string, now, stale int64) (got store.Job, err error) {
		err = s.Write(t.Context(), func(tx store.Tx) error {
			var err error
			got, err = tx.ClaimJob(kinds, worker, now, stale)
			return err
		})
		return got, err
	}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.InsertJob(job("later", "export", 1, 500)) },
			func() error { return tx.InsertJob(job("second", "export", 3, 0)) },
			func() error { return tx.InsertJob(job("first", "export", 2, 0)) },
			func() error { return tx.InsertJob(job("other", "import", 1, 0)) },
		)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertJob(job("first", "x", 0, 0)) })
	first := job("first", "export", 2, 0)
	first.State, first.ClaimedBy, first.HeartbeatAt, first.Attempts = store.JobRunning, "w1", 100, 1
	if err := same(t, "oldest first", first)(claim([]string{"export", "nothing"}, "w1", 100, 50)); err != nil {
		t.Fatal(err)
	}
	second, _ := claim([]string{"export"}, "w2", 101, 50)
	if second.ID != "second" {
		t.Errorf("second claim got %+v", second)
	}
	missing[store.Job](t, "nothing due")(claim([]string{"export"}, "w3", 102, 50))
	missing[store.Job](t, "no kinds")(claim(nil, "w3", 102, 50))
	write(t, s, func(tx store.Tx) error { return tx.BeatJob("first", "w1", 5, 10, 110) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.BeatJob("first", "w2", 5, 10, 110) })

	// w2 dies; w3 takes its job over, and w2 cannot end it any more.
	taken, err := claim([]string{"export"}, "w3", 200, 105)
	if err != nil || taken.ID != "second" || taken.Attempts != 2 || taken.ClaimedBy != "w3" {
		t.Errorf("taking over: %+v, %v", taken, err)
	}
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.FinishJob("second", "w2", store.JobDone, "", "", 201, 0) })
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.FinishJob("second", "w3", store.JobRunning, "", "", 201, 0) })
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.FinishJob("first", "w1", store.JobDone, "done", "", 210, 0) },
			func() error { return tx.FinishJob("second", "w3", store.JobQueued, "", `{"key":"k"}`, 211, 400) },
			func() error { return tx.CancelJob("other", 212) },
		)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.CancelJob("first", 213) })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.CancelJob("none", 213) })
	missing[store.Job](t, "not yet again")(claim([]string{"export", "import"}, "w1", 399, 0))
	again, err := claim([]string{"export"}, "w1", 400, 0)
	if err != nil || again.ID != "second" || again.Attempts != 3 || again.Error != `{"key":"k"}` {
		t.Errorf("another try: %+v, %v", again, err)
	}
	write(t, s, func(tx store.Tx) error { return tx.CancelJob("second", 401) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.BeatJob("second", "w1", 1, 1, 402) })
	first.State, first.Progress, first.Total, first.Result, first.HeartbeatAt, first.FinishedAt = store.JobDone, 5, 10, "done", 210, 210
	write(t, s, func(tx store.Tx) error {
		missing[store.Job](t, "job")(tx.Job("none"))
		jobs, err := tx.JobsOf("p1", 2)
		if err != nil || len(jobs) != 2 || jobs[0].ID != "second" || jobs[1].ID != "first" {
			t.Errorf("JobsOf: %+v, %v", jobs, err)
		}
		return all(
			func() error { return same(t, "Job", first)(tx.Job("first")) },
			func() error { return same(t, "purged", int64(2))(tx.PurgeJobs(213)) },
			func() error { _, err := tx.Job("later"); return err },
		)
	})
	claimAtOnce(t, s)
}

// claimAtOnce: workers that claim at the same time share the jobs out.
func claimAtOnce(t *testing.T, s store.Store) {
	const n = 20
	write(t, s, func(tx store.Tx) error {
		for i := range n {
			if err := tx.InsertJob(store.Job{ID: fmt.Sprint("j", i), Kind: "many", State: store.JobQueued}); err != nil {
				return err
			}
		}
		return nil
	})
	var wg sync.WaitGroup
	claims := make(chan string, 2*n)
	for w := range 4 {
		wg.Go(func() {
			for {
				var id string
				err := s.Write(t.Context(), func(tx store.Tx) error {
					j, err := tx.ClaimJob([]string{"many"}, fmt.Sprint("w", w), 1, 0)
					id = j.ID
					return err
				})
				if err != nil {
					return
				}
				claims <- id
			}
		})
	}
	wg.Wait()
	close(claims)
	seen := map[string]bool{}
	for id := range claims {
		if seen[id] {
			t.Errorf("job %s was claimed twice", id)
		}
		seen[id] = true
	}
	if len(seen) != n {
		t.Errorf("%d of %d jobs were claimed", len(seen), n)
	}
}

func testImports(t *testing.T, s store.Store) {
	seed(t, s)
	run := store.Import{ID: "i1", Person: "p1", Circle: "c1", Type: "event", FileNameSealed: []byte{1}, State: "running", At: 5, LedgerN: -1}
	other := store.Import{ID: "i2", Person: "p1", Circle: "c2", At: 6, LedgerN: -1}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.InsertImport(run) },
			func() error { return tx.InsertImport(other) },
		)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertImport(run) })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.UpdateImport(store.Import{ID: "x"}) })
	changed := run
	changed.MappingID, changed.Rows, changed.State, changed.LedgerN, changed.Report = "m", 228, "done", 9, `{}`
	changed.Circle, changed.At = "c2", 77 // not UpdateImport's to change
	write(t, s, func(tx store.Tx) error { return tx.UpdateImport(changed) })
	changed.Circle, changed.At = run.Circle, run.At
	read(t, s, func(tx store.Tx) error {
		missing[store.Import](t, "import")(tx.Import("x"))
		return all(
			func() error { return same(t, "Import", changed)(tx.Import("i1")) },
			func() error {
				return same(t, "ImportsOf", []store.Import{other, changed})(tx.ImportsOf([]string{"c1", "c2"}, 9))
			},
			func() error { return same(t, "limit", []store.Import{other})(tx.ImportsOf([]string{"c1", "c2"}, 1)) },
			func() error { return same(t, "one circle", []store.Import{changed})(tx.ImportsOf([]string{"c1"}, 9)) },
		)
	})
}

func testExternals(t *testing.T, s store.Store) {
	seed(t, s)
	seedRecords(t, s, 2)
	a := store.External{Source: "uwazi", ExternalID: "1", Record: "r000", ImportID: "i"}
	b := store.External{Source: "uwazi", ExternalID: "2", Record: "r001", ImportID: "i"}
	c := store.External{Source: "excel", ExternalID: "1", Record: "r001"}
	write(t, s, func(tx store.Tx) error {
		if err := tx.PutExternals([]store.External{a, {Source: "uwazi", ExternalID: "2", Record: "r000"}, c}); err != nil {
			return err
		}
		return tx.PutExternals([]store.External{b})
	})
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error {
				return same(t, "Externals", []store.External{b, a})(tx.Externals("uwazi", []string{"2", "x", "1"}))
			},
			func() error {
				return same(t, "ExternalsOf", []store.External{a, c, b})(tx.ExternalsOf([]string{"r001", "r000"}))
			},
		)
	})
	write(t, s, func(tx store.Tx) error { return tx.DeleteExternalsOf("r001") })
	read(t, s, func(tx store.Tx) error {
		return same(t, "left", []store.External{a})(tx.ExternalsOf([]string{"r001", "r000"}))
	})
}

func testVocabularies(t *testing.T, s store.Store) {
	term := func(v, code string, position int64) store.VocabularyTerm {
		return store.VocabularyTerm{Vocabulary: v, Code: code, Parent: "p", Position: position, Labels: `{"ru":"я"}`, Interop: "04 010000000000", State: "active", Source: "own"}
	}
	a, b, c := term("acts", "a", 2), term("acts", "b", 1), term("aaa", "z", 9)
	write(t, s, func(tx store.Tx) error {
		if err := tx.PutTerms([]store.VocabularyTerm{term("acts", "a", 7), b, c}); err != nil {
			return err
		}
		return tx.PutTerms([]store.VocabularyTerm{a})
	})
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error { return same(t, "Terms", []store.VocabularyTerm{b, a})(tx.Terms("acts")) },
			func() error { return same(t, "all", []store.VocabularyTerm{c, b, a})(tx.Terms("")) },
		)
	})
	write(t, s, func(tx store.Tx) error { return tx.DeleteTerm("acts", "a") })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.DeleteTerm("acts", "a") })
}

func testSaved(t *testing.T, s store.Store) {
	own := store.Saved{ID: "1", Person: "p1", Name: "б", Type: "event", Query: "q", Settings: "{}", CreatedAt: 1}
	shared := store.Saved{ID: "2", Person: "p2", Circle: "c1", Name: "а"}
	both := store.Saved{ID: "3", Person: "p1", Circle: "c1", Name: "б"}
	hidden := store.Saved{ID: "4", Person: "p2", Name: "а"}
	mine := store.Mapping{ID: "1", Person: "p1", Name: "м", Type: "event", Body: "{}", At: 3}
	theirs := store.Mapping{ID: "2", Person: "p2", Circle: "c2", Name: "к"}
	write(t, s, func(tx store.Tx) error {
		for _, q := range []store.Saved{{ID: "1", Person: "p1", Name: "old"}, own, shared, both, hidden} {
			if err := tx.PutSaved(q); err != nil {
				return err
			}
		}
		for _, m := range []store.Mapping{mine, theirs} {
			if err := tx.PutMapping(m); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(tx store.Tx) error {
		missing[store.Saved](t, "saved")(tx.Saved("x"))
		missing[store.Mapping](t, "mapping")(tx.Mapping("x"))
		return all(
			func() error { return same(t, "Saved", own)(tx.Saved("1")) },
			func() error {
				return same(t, "SavedOf", []store.Saved{shared, own, both})(tx.SavedOf("p1", []string{"c1", "c2"}))
			},
			func() error { return same(t, "own only", []store.Saved{own, both})(tx.SavedOf("p1", nil)) },
			func() error { return same(t, "Mapping", mine)(tx.Mapping("1")) },
			func() error {
				return same(t, "MappingsOf", []store.Mapping{theirs, mine})(tx.MappingsOf("p1", []string{"c2"}))
			},
		)
	})
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.DeleteSaved("1") },
			func() error { return tx.DeleteMapping("1") },
		)
	})
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.DeleteSaved("1") })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.DeleteMapping("1") })
}

func testDrafts(t *testing.T, s store.Store) {
	a := store.Draft{ID: "a", Person: "p1", Kind: "upload", Sealed: []byte{1}, CreatedAt: 1, ExpiresAt: 9}
	b := store.Draft{ID: "b", Person: "p1", Kind: "upload", CreatedAt: 2}
	c := store.Draft{ID: "c", Person: "p1", Kind: "merge"}
	write(t, s, func(tx store.Tx) error {
		for _, d := range []store.Draft{{ID: "a", Person: "p1"}, a, b, c} {
			if err := tx.PutDraft(d); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(tx store.Tx) error {
		missing[store.Draft](t, "draft")(tx.Draft("x"))
		return all(
			func() error { return same(t, "Draft", a)(tx.Draft("a")) },
			func() error { return same(t, "DraftsOf", []store.Draft{b, a})(tx.DraftsOf("p1", "upload")) },
		)
	})
	write(t, s, func(tx store.Tx) error { return tx.DeleteDraft("a") })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.DeleteDraft("a") })
}

// testBatches: sizes around the limits of statements, on every kind of batch.
func testBatches(t *testing.T, s store.Store) {
	seed(t, s)
	total := 0
	for _, n := range []int{1, 7, 33, 127, 513, 2500} {
		rows := make([]store.Record, n)
		ids := make([]string, n)
		ordinals := make([]uint32, n)
		versions := make([]store.Version, n)
		wanted := make([]store.VersionID, n)
		for i := range rows {
			id := fmt.Sprintf("%d-%d", n, i)
			rows[i] = store.Record{ID: id, Circle: "c1", Version: 1}
			versions[i] = store.Version{Record: id, Number: 1, Data: id}
			ids[n-1-i], ordinals[n-1-i] = id, uint32(total+i)
			wanted[i] = store.VersionID{Record: id, Number: 1}
		}
		total += n
		write(t, s, func(tx store.Tx) error {
			if err := tx.InsertRecords(rows); err != nil {
				return err
			}
			return tx.InsertVersions(versions)
		})
		read(t, s, func(tx store.Tx) error {
			if err := same(t, "versions", versions)(tx.VersionsByID(wanted)); err != nil {
				return err
			}
			byID, err := tx.RecordsByID(ids)
			if err != nil {
				return err
			}
			if err := same(t, "by ordinal", byID)(tx.RecordsByOrdinal(ordinals)); err != nil {
				return err
			}
			if len(byID) != n || byID[0].ID != ids[0] {
				t.Errorf("%d of %d records", len(byID), n)
			}
			return nil
		})
	}
}
