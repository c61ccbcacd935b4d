package web

import (
	"net/http"
	"strconv"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

// historyPage lists the versions of a record, the newest first.
type historyPage struct {
	Frame
	Head     recordHead
	Versions []versionLine
	Compare  *comparison // of two versions that were asked for
	Action   string      // of the form that compares
	Restore  string      // "" when the actor may not
}

// versionLine is one version.
type versionLine struct {
	Number   int
	At       time.Time
	Author   string
	Reason   string
	URL      string
	First    bool
	Current  bool
	Merged   int // the version it was made from, when that was not the one before
	State    string
	Import   string
	Ledger   int64
	LedgerAt string
	Changes  []shownChange
	From, To bool // ticked for comparing
}

// comparison is the difference of two versions.
type comparison struct {
	From, To int
	Changes  []shownChange
}

// recordHistory is the history, and the difference of two versions when the
// address asks for one.
func (s *Server) recordHistory(v *visit) error {
	o, err := v.record()
	if err != nil {
		return err
	}
	list, err := s.kernel.History(v.ctx, v.actor, o.ID)
	if err != nil {
		return err
	}
	page := historyPage{Frame: v.frameOf(o, Crumb{Label: v.T("record.history")}), Head: o.head, Action: recordHistoryURL(o.ID)}
	if o.head.Edit != "" {
		page.Restore = recordRestoreURL(o.ID)
	}
	w, err := v.historyWriter(o, list)
	if err != nil {
		return err
	}
	from, to := v.compared(list)
	for _, h := range list {
		page.Versions = append(page.Versions, v.versionLine(o, h, w, from, to))
	}
	if v.query().Has("from") && from > 0 && to > 0 && from != to {
		diff, err := s.kernel.Diff(v.ctx, v.actor, o.ID, from, to)
		if err != nil {
			return err
		}
		page.Compare = &comparison{From: from, To: to, Changes: w.changes(o.typ, diff)}
	}
	return v.render(http.StatusOK, "record_history", page)
}

// compared are the two versions asked for, else the last two.
func (v *visit) compared(list []kernel.VersionInfo) (from, to int) {
	from, _ = strconv.Atoi(v.query().Get("from"))
	to, _ = strconv.Atoi(v.query().Get("to"))
	if from < 1 || to < 1 || from > len(list) || to > len(list) {
		return max(1, len(list)-1), len(list)
	}
	return min(from, to), max(from, to)
}

// historyWriter knows the titles of everything that any version links to and
// the names of the files that are still attached.
func (v *visit) historyWriter(o openedRecord, list []kernel.VersionInfo) (*valueWriter, error) {
	seen := map[core.ID]bool{}
	var ids []core.ID
	for _, h := range list {
		for _, c := range h.Changes {
			for _, val := range []core.Value{c.Old, c.New} {
				for _, it := range val.Items {
					if it.Link != "" && !seen[it.Link] {
						seen[it.Link] = true
						ids = append(ids, it.Link)
					}
				}
			}
		}
	}
	w := v.writer(nil)
	if len(ids) > 0 {
		found, err := v.s.kernel.Records(v.ctx, v.actor, ids)
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			w.titles[r.ID] = endpoint{Title: wordingIn(r.Title, v.lang), Type: v.typeLabel(r.Type), URL: recordURL(r.ID)}
		}
	}
	return w, v.readFiles(w, o.Record)
}

func (v *visit) versionLine(o openedRecord, h kernel.VersionInfo, w *valueWriter, from, to int) versionLine {
	line := versionLine{Number: h.Number, At: h.At.In(v.s.opts.Zone), Author: h.AuthorName, Reason: h.Reason,
		URL: recordVersionURL(o.ID, h.Number), First: h.Number == 1, Current: h.Number == o.Version, Ledger: h.Ledger,
		From: h.Number == from, To: h.Number == to}
	if h.Base > 0 && h.Base != h.Number-1 {
		line.Merged = h.Base
	}
	if h.State == core.Withdrawn {
		line.State = v.T("record.withdrawn")
	}
	if h.Import != "" {
		line.Import = v.T("history.import")
	}
	// The ledger page lists entries before a number.
	line.LedgerAt = ledgerURL() + "?before=" + strconv.FormatInt(h.Ledger+1, 10)
	if !line.First {
		line.Changes = w.changes(o.typ, h.Changes)
	}
	return line
}

// recordVersion shows a record as it was.
func (s *Server) recordVersion(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(v.r.PathValue("number"))
	if err != nil {
		return core.NotFound()
	}
	current, err := v.openRecord(id)
	if err != nil {
		return err
	}
	if number == current.Version {
		return v.redirect(recordURL(id))
	}
	r, err := s.kernel.RecordAt(v.ctx, v.actor, id, number)
	if err != nil {
		return err
	}
	old, err := v.headed(r)
	if err != nil {
		return err
	}
	page := recordPage{Frame: v.frameOf(old, Crumb{Label: v.T("record.version", "version", number)}), Head: old.head, Old: number,
		OldNote: v.T("history.old_note", "version", number, "current", current.Version)}
	if current.head.Edit != "" {
		page.OldRestore = recordRestoreURL(id)
	}
	links, err := s.kernel.Links(v.ctx, v.actor, id)
	if err != nil {
		return err
	}
	w := v.writer(links)
	if err := v.readFiles(w, r); err != nil {
		return err
	}
	v.fields(&page, old, w)
	return v.render(http.StatusOK, "record", page)
}

// recordRestore writes an old version's values as a new one.
func (s *Server) recordRestore(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(in.Get("version"))
	if err != nil {
		return core.NotFound()
	}
	reason := in.Get("reason")
	if reason == "" {
		reason = v.T("history.restored_from", "version", number)
	}
	if _, err := s.kernel.Restore(v.ctx, v.actor, id, number, reason); err != nil {
		return err
	}
	return v.done("flash.restored", recordURL(id))
}
