package web

import (
	"net/http"
	"strings"

	"svod/internal/core"
	"svod/internal/index"
	"svod/internal/kernel"
)

// importDonePage is one import: what it did, its records, and its undoing.
type importDonePage struct {
	Frame
	Line    importLine
	Report  reportView
	Records string // the list of its records
	Can     bool   // undo
	Undone  bool
	Edited  int
	Rows    []reportRow
	ID      core.ID
}

func (s *Server) importDone(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	info, err := s.kernel.Import(v.ctx, v.actor, id)
	if err != nil {
		return err
	}
	return v.importDone(info, nil)
}

func (v *visit) importDone(info kernel.ImportInfo, why error) error {
	line := v.importLine(info)
	page := importDonePage{Frame: v.frame("wizard.done_title").in("import", Crumb{Label: v.T("menu.import"), URL: importURL()}, Crumb{Label: line.Name}),
		Line: line, Report: v.reportView(info.Type, info.Report), ID: info.ID, Undone: info.State == "undone", Edited: info.Report.Edited,
		Records: listQuery{Type: info.Type}.with(index.FieldImport, string(info.ID)).url()}
	for _, c := range v.writableCircles(info.Circle) {
		page.Can = page.Can || c.Selected && info.State == "done"
	}
	for _, r := range info.Report.Detail[:min(trialRows, len(info.Report.Detail))] {
		page.Rows = append(page.Rows, v.reportRow(info.Report.Columns, r))
	}
	status := http.StatusOK
	if why != nil {
		problems, ok := v.problems(why)
		if !ok {
			return why
		}
		page.Frame, status = page.with(problems), problems.Status
	}
	return v.render(status, "import_done", page)
}

// importUndo takes an import back once the person has ticked that they mean it.
func (s *Server) importUndo(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	info, err := s.kernel.Import(v.ctx, v.actor, id)
	if err != nil {
		return err
	}
	if in.Get("sure") != "1" {
		return v.importDone(info, core.Invalid("wizard.undo_unsure").At("sure"))
	}
	job, err := s.kernel.ImportUndo(v.ctx, v.actor, id, strings.TrimSpace(in.Get("reason")))
	if err != nil {
		return err
	}
	return v.redirect(jobURL(job.ID))
}
