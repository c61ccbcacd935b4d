package kernel_test

import (
	"database/sql"
	"encoding/hex"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/store"
)

// underneath opens the database of a house a second time, past the program.
func (h *house) underneath() *sql.DB {
	h.t.Helper()
	db, err := driver.Open("file:"+h.path+"?vfs=adiantum", func(c *sqlite3.Conn) error {
		return c.Exec("PRAGMA hexkey='" + hex.EncodeToString(h.key) + "'")
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { db.Close() })
	return db
}

func TestVerifyNamesWhatWasAlteredUnderneath(t *testing.T) {
	cases := []struct {
		name, sql, want string
		record          bool // the finding must name the record
	}{
		{"one byte of a value", `UPDATE version SET data = replace(data, 'Пикет', 'Пикёт') WHERE record = ?`, "verify.version_altered", true},
		{"an author", `UPDATE version SET author = 'x' WHERE record = ?`, "verify.version_altered", true},
		{"one byte of a sealed value", `UPDATE version SET sealed = substr(sealed, 1, 40) || 'A' || substr(sealed, 42) WHERE record = ?`, "verify.version_altered", true},
		{"the head", `UPDATE record SET state = 'withdrawn' WHERE id = ?`, "verify.head_differs", true},
		{"a key given away", `INSERT INTO record_key SELECT record, key_generation, (SELECT id FROM circle ORDER BY id DESC LIMIT 1), 1, wrapped FROM record_key WHERE record = ?`, "verify.grants_differ", true},
		{"a removed version", `DELETE FROM version WHERE record = ?`, "verify.version_missing", true},
		{"an altered ledger entry", `UPDATE ledger SET at = at + 1 WHERE kind = 'version' AND subject = ?`, "verify.entry_altered", true},
		{"a promoted member", `UPDATE member SET role = 'steward' WHERE role = 'reader' AND ? <> ''`, "verify.members_differ", false},
		{"a swapped public key", `UPDATE person SET recipient = 'age1x' WHERE name = 'boris' AND ? <> ''`, "verify.person_differs", false},
		{"a cut log", `DELETE FROM ledger WHERE n = (SELECT MAX(n) FROM ledger) AND ? <> ''`, "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			if _, err := h.CircleCreate(h.ctx, h.anna, "Второй"); err != nil {
				t.Fatal(err)
			}
			h.join("boris", core.Reader, h.circle)
			r := h.create(h.anna, "event", h.circle, with(event("Пикет"), "description", core.NoteValue("ru", "тайна")))
			h.create(h.anna, "event", h.circle, event("Другое"))
			if report, err := h.Verify(h.ctx, nil); err != nil || !report.OK() {
				t.Fatalf("before: %v %+v", err, report.Findings)
			}
			res, err := h.underneath().Exec(c.sql, string(r.ID))
			if err != nil {
				t.Fatal(err)
			}
			if n, _ := res.RowsAffected(); n == 0 {
				t.Fatal("nothing was altered")
			}
			report, err := h.Verify(h.ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			if report.OK() {
				t.Fatal("not noticed")
			}
			if !named(report, c.want, r.ID, c.record) {
				t.Errorf("findings %+v", report.Findings)
			}
		})
	}
}

func named(report kernel.VerifyReport, want string, record core.ID, needRecord bool) bool {
	for _, f := range report.Findings {
		if (want == "" || f.What == want) && (!needRecord || f.Record == record) {
			return true
		}
	}
	return false
}

func TestARemovedPersonIsOutAtOnceAndTheKeyTurns(t *testing.T) {
	h := newHouse(t)
	boris := h.join("boris", core.Worker, h.circle)
	r := h.create(boris, "event", h.circle, with(event("Пикет"), "description", core.NoteValue("ru", "старая тайна")))
	if err := h.PersonRemove(h.ctx, h.anna, boris.Person); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Record(h.ctx, boris, r.ID); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("boris: %v", err)
	}
	if _, err := h.Unlock(h.ctx, kernel.SignIn{Name: "boris", Passphrase: passphrase}, "test"); core.KindOf(err) != core.KindSignedOut {
		t.Errorf("boris signs in: %v", err)
	}
	circles, err := h.Circles(h.ctx, h.anna)
	if err != nil || circles[0].Generation != 2 {
		t.Fatalf("generation %d (%v)", circles[0].Generation, err)
	}
	vera := h.join("vera", core.Worker, h.circle)
	got, err := h.Find(h.ctx, vera, kernel.FindQuery{Text: "тайна"})
	if err != nil || got.Total != 1 {
		t.Errorf("a new member finds %d old records (%v)", got.Total, err)
	}
	full, err := h.Record(h.ctx, vera, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := h.Save(h.ctx, vera, kernel.Edit{Record: r.ID, Base: 1, Values: with(full.Values, "title", core.NoteValue("ru", "Новый пикет"))})
	if err != nil || saved.Record.Values["description"].First().Note["ru"] != "старая тайна" {
		t.Errorf("saved %+v (%v)", saved.Record.Values, err)
	}
	keys, err := recordKeys(h, r.ID)
	if err != nil || len(keys) != 2 || keys[1].CircleGeneration != 2 {
		t.Errorf("a save after the turn should start a new record key under generation 2: %+v (%v)", keys, err)
	}
}

func recordKeys(h *house, id core.ID) (out []store.RecordKey, err error) {
	err = h.store.Read(h.ctx, func(tx store.Tx) error {
		out, err = tx.RecordKeys([]string{string(id)})
		return err
	})
	return out, err
}
