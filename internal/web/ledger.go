package web

import (
	"net/http"
	"strconv"

	"svod/internal/core"
	"svod/internal/kernel"
)

// ledgerPage is the ledger as people read it.
type ledgerPage struct {
	Frame
	Head  kernel.LedgerHead
	Lines []ledgerLine
	Next  string // address of older lines, "" at the end
	First bool   // the newest lines are shown
	// Report is set after a verification.
	Report *verifyReport
}

// ledgerLine is one entry; URL leads to what it is about, "" when that is out
// of scope or has no page.
type ledgerLine struct {
	kernel.LedgerLine
	What, URL string
}

// verifyReport is a verification in words.
type verifyReport struct {
	kernel.VerifyReport
	Lines []verifyLine
	More  int // findings beyond those shown
}

type verifyLine struct {
	Text, URL, Place string
}

const (
	ledgerLines  = 50
	verifyListed = 100
)

func (s *Server) ledgerShow(v *visit) error {
	before, err := strconv.ParseInt(v.query().Get("before"), 10, 64)
	if err != nil || before < 1 {
		before = 0
	}
	return s.ledgerWith(v, before, nil)
}

func (s *Server) ledgerWith(v *visit, before int64, report *verifyReport) error {
	head, err := s.kernel.Head(v.ctx)
	if err != nil {
		return err
	}
	lines, err := s.kernel.Ledger(v.ctx, v.actor, before, ledgerLines+1)
	if err != nil {
		return err
	}
	page := ledgerPage{Frame: v.frame("menu.ledger").in("ledger"), Head: head, Report: report, First: before == 0}
	if len(lines) > ledgerLines {
		lines = lines[:ledgerLines]
		page.Next = ledgerURL() + "?before=" + strconv.FormatInt(lines[ledgerLines-1].N, 10)
	}
	for _, l := range lines {
		page.Lines = append(page.Lines, ledgerLine{l, v.T("ledger.kind." + l.Kind), v.ledgerSubject(l)})
	}
	return v.render(http.StatusOK, "ledger", page)
}

// ledgerSubject is where an entry leads.
func (v *visit) ledgerSubject(l kernel.LedgerLine) string {
	if l.Subject == "" {
		return ""
	}
	switch l.Kind {
	case "version", "share", "erase":
		return recordURL(l.Subject)
	case "circle", "member":
		return circleURL(l.Subject)
	}
	return ""
}

// ledgerCheckpoint gives the newest signed checkpoint as a file, for witnesses.
func (s *Server) ledgerCheckpoint(v *visit) error {
	head, err := s.kernel.Head(v.ctx)
	if err != nil {
		return err
	}
	if head.Text == "" {
		return core.NotFound()
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="svod-checkpoint-`+strconv.FormatInt(head.Size, 10)+`.txt"`)
	_, _ = v.w.Write([]byte(head.Text))
	return nil
}

// ledgerVerify computes everything again and shows what was found. One run at a
// time: it reads the whole store.
func (s *Server) ledgerVerify(v *visit) error {
	if !s.verifying.TryLock() {
		return &core.Error{Kind: core.KindUnavail, Key: "error.verifying"}
	}
	defer s.verifying.Unlock()
	r, err := s.kernel.Verify(v.ctx, nil)
	if err != nil {
		return err
	}
	report := &verifyReport{VerifyReport: r}
	for _, f := range r.Findings {
		if len(report.Lines) == verifyListed {
			report.More = len(r.Findings) - verifyListed
			break
		}
		line := verifyLine{Text: v.T(f.What)}
		switch {
		case f.Record != "":
			line.URL, line.Place = recordURL(f.Record), v.T("ledger.at_record", "number", f.Record.Short(), "version", f.Version)
		case f.Entry >= 0:
			line.Place = v.T("ledger.at_entry", "number", strconv.FormatInt(f.Entry, 10))
		}
		report.Lines = append(report.Lines, line)
	}
	return s.ledgerWith(v, 0, report)
}
