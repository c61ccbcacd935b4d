package storetest

import (
	"testing"

	"svod/internal/store"
)

func testRecords(t *testing.T, s store.Store) {
	seed(t, s)
	rows := seedRecords(t, s, 3)
	imported := []store.Record{
		{ID: "i1", Type: "person", Circle: "c2", Version: 1, State: store.StateStaged, ImportID: "imp"},
		{ID: "i2", Type: "person", Circle: "c2", Version: 1, State: store.StateStaged, ImportID: "imp"},
	}
	s.Write(t.Context(), func(tx store.Tx) error {
		tx.InsertRecords([]store.Record{{ID: "gone", Circle: "c1"}})
		return errOurs
	})
	write(t, s, func(tx store.Tx) error { return tx.InsertRecords(imported) })
	for i, r := range append(rows, imported...) {
		if r.Ordinal != uint32(i) {
			t.Fatalf("record %s got ordinal %d, want %d", r.ID, r.Ordinal, i)
		}
	}
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		return tx.InsertRecords([]store.Record{{ID: "new", Circle: "c1"}, {ID: "r001", Circle: "c1"}})
	})
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.InsertRecords([]store.Record{{ID: "new", Circle: "none"}}) })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.UpdateRecord(store.Record{ID: "x", Circle: "c1"}, 1) })

	changed := rows[1]
	changed.Type, changed.Circle, changed.Version, changed.State, changed.UpdatedAt = "act", "c2", 2, store.StateWithdrawn, 77
	write(t, s, func(tx store.Tx) error {
		r := changed
		r.CreatedAt, r.Ordinal, r.ImportID = 1000, 1000, "x" // not UpdateRecord's to change
		return tx.UpdateRecord(r, 1)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.UpdateRecord(changed, 1) })
	write(t, s, func(tx store.Tx) error { return tx.SetRecordState([]string{"i1", "none"}, store.StateActive) })
	imported[0].State = store.StateActive

	read(t, s, func(tx store.Tx) error {
		missing[store.Record](t, "record")(tx.Record("gone"))
		return all(
			func() error { return same(t, "Record", changed)(tx.Record("r001")) },
			func() error {
				return same(t, "RecordsByID", []store.Record{rows[2], rows[0], rows[2]})(tx.RecordsByID([]string{"r002", "x", "r000", "r002"}))
			},
			func() error {
				return same(t, "RecordsByOrdinal", []store.Record{imported[1], changed})(tx.RecordsByOrdinal([]uint32{4, 99, 1}))
			},
			func() error { return same(t, "no ids", []store.Record(nil))(tx.RecordsByID(nil)) },
			func() error { return same(t, "RecordsFrom", []store.Record{changed, rows[2]})(tx.RecordsFrom(1, 2)) },
			func() error { return same(t, "RecordsOfImport", imported)(tx.RecordsOfImport("imp", 0, 10)) },
			func() error { return same(t, "rest of import", imported[1:])(tx.RecordsOfImport("imp", 4, 10)) },
			func() error { return same(t, "no import", []store.Record(nil))(tx.RecordsOfImport("", 0, 10)) },
			func() error { return same(t, "RecordCount", uint32(5))(tx.RecordCount()) },
		)
	})
}

func testVersions(t *testing.T, s store.Store) {
	seed(t, s)
	seedRecords(t, s, 3)
	v := func(record string, number int64, importID string) store.Version {
		return store.Version{Record: record, Number: number, Base: number - 1, Author: "p1", At: 3, Reason: "потому", Type: "event",
			Circle: "c1", State: "active", KeyGeneration: 1, Data: `{"a":"ж"}`, Sealed: `{"b":"x"}`, Salt: []byte{7}, ImportID: importID}
	}
	a1, a2, b1, c1 := v("r000", 1, ""), v("r000", 2, "imp"), v("r001", 1, ""), v("r002", 1, "imp")
	write(t, s, func(tx store.Tx) error {
		if err := tx.InsertVersions([]store.Version{a1, b1, a2, c1}); err != nil {
			return err
		}
		return tx.UpdateRecord(store.Record{ID: "r000", Type: "event", Circle: "c1", Version: 2}, 1)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertVersions([]store.Version{v("r000", 3, ""), a2}) })
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.InsertVersions([]store.Version{v("none", 1, "")}) })
	id := func(v store.Version) store.VersionID { return store.VersionID{Record: v.Record, Number: v.Number} }
	read(t, s, func(tx store.Tx) error {
		missing[store.Version](t, "version")(tx.Version("r000", 3))
		return all(
			func() error { return same(t, "Version", a2)(tx.Version("r000", 2)) },
			func() error {
				return same(t, "VersionsByID", []store.Version{c1, a1})(tx.VersionsByID([]store.VersionID{id(c1), {Record: "r001", Number: 9}, id(a1)}))
			},
			func() error {
				return same(t, "CurrentVersions", []store.Version{b1, a2})(tx.CurrentVersions([]string{"r001", "none", "r000"}))
			},
			func() error { return same(t, "History", []store.Version{a1, a2})(tx.History("r000")) },
			func() error {
				return same(t, "first page", []store.Version{a1, a2})(tx.VersionsAfter(store.VersionID{}, 2))
			},
			func() error { return same(t, "next page", []store.Version{b1, c1})(tx.VersionsAfter(id(a2), 9)) },
			func() error {
				return same(t, "VersionsOfImport", []store.Version{a2, c1})(tx.VersionsOfImport("imp", store.VersionID{}, 9))
			},
			func() error {
				return same(t, "rest of import", []store.Version{c1})(tx.VersionsOfImport("imp", id(a2), 9))
			},
			func() error {
				return same(t, "no import", []store.Version(nil))(tx.VersionsOfImport("", store.VersionID{}, 9))
			},
		)
	})
	write(t, s, func(tx store.Tx) error {
		if err := tx.SetVersionState([]store.VersionID{id(b1)}, store.StateWithdrawn); err != nil {
			return err
		}
		return tx.EraseVersions("r000")
	})
	b1.State = store.StateWithdrawn
	for _, p := range []*store.Version{&a1, &a2} {
		p.Data, p.Sealed, p.Reason, p.Salt = "", "", "", nil
	}
	read(t, s, func(tx store.Tx) error {
		return same(t, "after erasure", []store.Version{a1, a2, b1, c1})(tx.VersionsAfter(store.VersionID{}, 9))
	})
}

func testRecordKeys(t *testing.T, s store.Store) {
	seed(t, s)
	seedRecords(t, s, 4)
	k := func(record string, generation int64, circle string, circleGeneration int64) store.RecordKey {
		return store.RecordKey{Record: record, KeyGeneration: generation, Circle: circle, CircleGeneration: circleGeneration, Wrapped: []byte{1, byte(generation)}}
	}
	keys := []store.RecordKey{k("r000", 1, "c1", 1), k("r000", 1, "c2", 1), k("r000", 2, "c1", 1), k("r001", 1, "c1", 1), k("r002", 1, "c1", 2), k("r003", 1, "c1", 1)}
	write(t, s, func(tx store.Tx) error {
		if err := tx.PutRecordKeys(keys); err != nil {
			return err
		}
		return tx.PutRecordKeys(keys[:2])
	})
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.PutRecordKeys([]store.RecordKey{k("r000", 9, "none", 1)}) })
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error { return same(t, "RecordKeys", keys[:4])(tx.RecordKeys([]string{"r001", "r000", "none"})) },
			func() error {
				return same(t, "page of whole records", []store.RecordKey{keys[0], keys[2]})(tx.RecordKeysBelow("c1", 2, "", 1))
			},
			func() error {
				return same(t, "next page", []store.RecordKey{keys[3], keys[5]})(tx.RecordKeysBelow("c1", 2, "r000", 2))
			},
			func() error {
				return same(t, "end of the walk", []store.RecordKey(nil))(tx.RecordKeysBelow("c1", 2, "r003", 2))
			},
		)
	})
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.DeleteRecordKeys("r001") },
			func() error { return tx.DeleteRecordKey("r000", "c1") },
		)
	})
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.DeleteRecordKey("r000", "c1") })
	read(t, s, func(tx store.Tx) error {
		return same(t, "what is left", []store.RecordKey{keys[1]})(tx.RecordKeys([]string{"r000", "r001"}))
	})
}

func testSealedWords(t *testing.T, s store.Store) {
	seed(t, s)
	seedRecords(t, s, 3)
	w := func(record, circle string, b ...byte) store.SealedTokens {
		return store.SealedTokens{Record: record, Circle: circle, Tokens: b}
	}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error {
				return tx.PutSealedTokens([]store.SealedTokens{w("r001", "c2", 1), w("r001", "c1", 2), w("r000", "c1")})
			},
			func() error { return tx.PutSealedTokens([]store.SealedTokens{w("r001", "c2", 3, 4)}) },
		)
	})
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.PutSealedTokens([]store.SealedTokens{w("none", "c1", 1)}) })
	read(t, s, func(tx store.Tx) error {
		return same(t, "SealedTokensOf", []store.SealedTokens{w("r000", "c1"), w("r001", "c1", 2), w("r001", "c2", 3, 4)})(
			tx.SealedTokensOf([]string{"r001", "none", "r000"}))
	})
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.DeleteSealedTokens("r001", "c1") },
			func() error { return tx.DeleteSealedTokens("r000", "") },
		)
	})
	read(t, s, func(tx store.Tx) error {
		return same(t, "what is left", []store.SealedTokens{w("r001", "c2", 3, 4)})(tx.SealedTokensOf([]string{"r000", "r001"}))
	})
}

func testLinks(t *testing.T, s store.Store) {
	seed(t, s)
	seedRecords(t, s, 3)
	l := func(source, field string, position int64, target string) store.Link {
		return store.Link{Source: source, Field: field, Position: position, Target: target}
	}
	a := []store.Link{l("r000", "act", 0, "r002"), l("r000", "act", 1, "elsewhere"), l("r000", "victim", 0, "r002")}
	b := []store.Link{l("r001", "act", 0, "r002"), l("r001", "act", 1, "r000")}
	write(t, s, func(tx store.Tx) error {
		return tx.ReplaceLinks([]string{"r000", "r001"}, append(append([]store.Link{}, b...), a...))
	})
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error { return tx.ReplaceLinks([]string{"r000"}, b) })
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error {
				return same(t, "LinksFrom", append(append([]store.Link{}, a...), b...))(tx.LinksFrom([]string{"r001", "r000"}))
			},
			func() error {
				return same(t, "LinksTo", []store.Link{b[1], a[0], b[0], a[2]})(tx.LinksTo([]string{"r002", "r000"}))
			},
			func() error {
				return same(t, "first page", []store.Link{a[0], b[0]})(tx.LinksToAfter("r002", "", store.Link{}, 2))
			},
			func() error { return same(t, "next page", []store.Link{a[2]})(tx.LinksToAfter("r002", "", b[0], 2)) },
			func() error { return same(t, "one field", []store.Link{b[0]})(tx.LinksToAfter("r002", "act", a[0], 5)) },
		)
	})
	write(t, s, func(tx store.Tx) error {
		return tx.ReplaceLinks([]string{"r000"}, []store.Link{l("r000", "act", 0, "r001")})
	})
	read(t, s, func(tx store.Tx) error {
		return all(
			func() error {
				return same(t, "replaced", []store.Link{l("r000", "act", 0, "r001")})(tx.LinksFrom([]string{"r000"}))
			},
			func() error { return same(t, "others stay", []store.Link{b[0]})(tx.LinksTo([]string{"r002"})) },
		)
	})
}

func testFiles(t *testing.T, s store.Store) {
	seed(t, s)
	seedRecords(t, s, 2)
	a := store.File{ID: "f1", Record: "r001", Field: "photo", Circle: "c1", KeyGeneration: 1, NameSealed: []byte{1}, MetaSealed: []byte{2},
		Blob: "b1", Size: 1 << 40, CipherHash: "h", ThumbBlob: "t1", State: "active", CreatedAt: 9, Author: "p1"}
	b := store.File{ID: "f2", Record: "r000", Circle: "c1", Blob: "b1", CreatedAt: 8}
	write(t, s, func(tx store.Tx) error {
		return all(
			func() error { return tx.InsertFile(a) },
			func() error { return tx.InsertFile(b) },
		)
	})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.InsertFile(a) })
	refuse(t, s, store.ErrInvalid, func(tx store.Tx) error {
		return tx.InsertFile(store.File{ID: "f3", Record: "r000", Circle: "none"})
	})
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.UpdateFile(store.File{ID: "x", Record: "r000", Circle: "c1"}) })
	b.Circle, b.State, b.NameSealed = "c2", "erased", []byte{3}
	write(t, s, func(tx store.Tx) error { return tx.UpdateFile(b) })
	read(t, s, func(tx store.Tx) error {
		missing[store.File](t, "file")(tx.File("x"))
		return all(
			func() error { return same(t, "File", a)(tx.File("f1")) },
			func() error { return same(t, "FilesOf", []store.File{b, a})(tx.FilesOf([]string{"r001", "r000"})) },
			func() error { return same(t, "FilesAfter", []store.File{b})(tx.FilesAfter("f1", 5)) },
			func() error { return same(t, "first file", []store.File{a})(tx.FilesAfter("", 1)) },
			func() error { return same(t, "users of a blob", int64(2))(tx.BlobUsers("b1")) },
			func() error { return same(t, "users of a thumbnail", int64(1))(tx.BlobUsers("t1")) },
			func() error { return same(t, "users of nothing", int64(0))(tx.BlobUsers("")) },
		)
	})
}
