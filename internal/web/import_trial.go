package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/sheet"
)

// importTrialPage is the fourth step: what the import would do, row by row.
type importTrialPage struct {
	Frame
	Shell     importShell
	ID        core.ID
	Carried   []hiddenInput
	Steps     []step
	Report    reportView
	OK        bool
	Doubt     bool // there are doubtful rows, and they are not left out
	SkipDoubt bool
	Rows      []reportRow
	From, To  int
	Of        int  // rows that have something to say
	Full      bool // there are more than the report lists
	Prev, Nxt int  // page numbers for the buttons, -1 = none
}

// reportView is a report in figures and words.
type reportView struct {
	Tiles   []tile
	Skipped []string
	Unknown []string
}

// reportRow is one row that has something to say.
type reportRow struct {
	Row    int
	Title  string
	State  string
	Kind   string // class of the chip
	URL    string // of the record it would change
	Errors []reportCell
	Notes  []reportCell
}

// reportCell is one thing about a row: where and what.
type reportCell struct {
	Column string // "C «Дата»", "" = the whole row
	Text   string
}

const trialRows = 50

// importTrial shows the dry run; "do" says what else was asked for.
func (s *Server) importTrial(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	plan, err := v.resolveTerms(parseImportPlan(id, in))
	if err != nil {
		return v.importColumns(plan, err)
	}
	report, err := s.kernel.ImportDryRun(v.ctx, v.actor, plan)
	if err != nil {
		if _, ok := v.problems(err); ok {
			return v.importColumns(plan, err)
		}
		return err
	}
	if in.Get("do") == "report" {
		return v.csv("svod-"+plan.Type+"-import-report.csv", v.reportRows(report))
	}
	return v.importTrial(plan, report, in, nil)
}

func (v *visit) importTrial(plan kernel.ImportPlan, report kernel.ImportReport, in url.Values, why error) error {
	shell, err := v.importShell(plan, 4)
	if err != nil {
		return err
	}
	plan.Columns = report.Columns
	page := importTrialPage{Frame: v.frame("wizard.trial_title").in("import", v.importCrumbs(shell)...), Shell: shell, ID: shell.ID, Steps: shell.Steps,
		Carried: hidden(withoutKey(planValues(plan), "skipdoubt")), Report: v.reportView(plan.Type, report), OK: report.Refused == 0 && (report.Doubt == 0 || plan.SkipDoubt),
		Doubt: report.Doubt > 0, SkipDoubt: plan.SkipDoubt, Of: len(report.Detail), Prev: -1, Nxt: -1}
	page.Full = page.Of < report.Refused+report.Doubt || page.Of >= 1000
	status := http.StatusOK
	if why != nil {
		problems, ok := v.problems(why)
		if !ok {
			return why
		}
		page.Frame, status = page.with(problems), problems.Status
	}
	at, err := strconv.Atoi(in.Get("page"))
	if err != nil || at < 0 || at*trialRows >= page.Of {
		at = 0
	}
	end := min((at+1)*trialRows, page.Of)
	if page.From, page.To = at*trialRows+1, end; at > 0 {
		page.Prev = at - 1
	}
	if end < page.Of {
		page.Nxt = at + 1
	}
	worst := worstFirst(report.Detail)
	for _, r := range worst[min(at*trialRows, page.Of):end] {
		page.Rows = append(page.Rows, v.reportRow(report.Columns, r))
	}
	return v.render(status, "import_trial", page)
}

func withoutKey(in url.Values, name string) url.Values {
	in.Del(name)
	return in
}

// worstFirst puts what blocks the import before what is only to be looked at,
// each in the order of the file.
func worstFirst(rows []kernel.RowReport) []kernel.RowReport {
	out := make([]kernel.RowReport, 0, len(rows))
	for _, blocked := range []bool{true, false} {
		for _, r := range rows {
			if blocked == (r.Outcome == kernel.RowRefused || r.Outcome == kernel.RowDoubt) {
				out = append(out, r)
			}
		}
	}
	return out
}

// reportView is a report in words.
func (v *visit) reportView(typ string, r kernel.ImportReport) reportView {
	var out reportView
	add := func(n int, key string, always bool) {
		if n > 0 || always {
			out.Tiles = append(out.Tiles, tile{Number: formatNumber(v.lang, n), Label: v.T(key)})
		}
	}
	add(r.Rows, "wizard.rows", true)
	add(r.New, "wizard.new", true)
	add(r.Updated, "wizard.updated", false)
	add(r.Unchanged, "wizard.unchanged", false)
	add(r.Refused, "wizard.refused", true)
	add(r.Doubt, "wizard.doubt", false)
	if t := v.s.kernel.Packs().Type(typ); t != nil && t.Field(r.Sum.Field) != nil {
		out.Tiles = append(out.Tiles, tile{Number: formatNumber(v.lang, r.Sum.Value), Label: t.Field(r.Sum.Field).Label.In(v.lang)})
	}
	add(r.Imprecise, "wizard.imprecise", false)
	add(r.About, "wizard.about", false)
	for _, n := range r.Skipped {
		text := v.T(n.Key, n.Placeholders()...)
		if n.Row > 0 && n.Col == 0 {
			text = v.T("sheet.place_row", n.Placeholders()...) + ": " + text
		}
		out.Skipped = append(out.Skipped, text)
	}
	for _, u := range r.Unknown {
		if len(out.Unknown) == maxNotes {
			break
		}
		out.Unknown = append(out.Unknown, v.T("wizard.unknown_word", "word", clipText(u.Text, 60), "column", sheet.ColumnLetter(u.Column+1), "count", u.Count))
	}
	return out
}

// outcomes say how a row is marked.
var outcomes = map[kernel.RowOutcome]string{kernel.RowNew: "ok", kernel.RowUpdate: "brand", kernel.RowUnchanged: "", kernel.RowRefused: "bad", kernel.RowDoubt: "warn"}

func (v *visit) reportRow(columns []kernel.ColumnPlan, r kernel.RowReport) reportRow {
	out := reportRow{Row: r.Row, Title: r.Title, State: v.T("wizard.outcome_" + string(r.Outcome)), Kind: outcomes[r.Outcome]}
	if r.Record != "" && r.Outcome != kernel.RowNew {
		out.URL = recordURL(r.Record)
	}
	for _, e := range r.Errors {
		out.Errors = append(out.Errors, v.reportCell(columns, e))
	}
	for _, e := range r.Notes {
		out.Notes = append(out.Notes, v.reportCell(columns, e))
	}
	return out
}

func (v *visit) reportCell(columns []kernel.ColumnPlan, e *core.Error) reportCell {
	out := reportCell{Text: v.message(e)}
	for i := 0; i+1 < len(e.Args); i += 2 {
		if said, ok := e.Args[i+1].(string); ok && e.Args[i] == "value" && said != "" && said != "…" && !strings.Contains(out.Text, said) {
			out.Text = strings.TrimSuffix(out.Text, ".") + ": «" + said + "»"
		}
	}
	if e.Column == 0 {
		return out
	}
	out.Column = sheet.ColumnLetter(e.Column)
	for _, c := range columns {
		if c.Index == e.Column-1 && c.Heading != "" && c.Heading != out.Column {
			out.Column += " «" + clipText(c.Heading, 40) + "»"
		}
	}
	return out
}

// reportRows is the report to be mended by in the person's own program.
func (v *visit) reportRows(r kernel.ImportReport) [][]string {
	rows := [][]string{{v.T("wizard.row"), v.T("wizard.outcome"), v.T("wizard.column"), v.T("wizard.what"), v.T("wizard.record")}}
	for _, d := range r.Detail {
		line := v.reportRow(r.Columns, d)
		for _, c := range append(append([]reportCell{}, line.Errors...), line.Notes...) {
			rows = append(rows, []string{strconv.Itoa(d.Row), line.State, c.Column, c.Text, line.Title})
		}
		if len(line.Errors)+len(line.Notes) == 0 {
			rows = append(rows, []string{strconv.Itoa(d.Row), line.State, "", "", line.Title})
		}
	}
	for _, t := range v.reportView(r.Type, r).Tiles {
		rows = append(rows, []string{"", "", "", t.Label, t.Number})
	}
	return rows
}

// importCommit starts the import as a job.
func (s *Server) importCommit(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	plan, err := v.resolveTerms(parseImportPlan(id, in))
	if err != nil {
		return v.importColumns(plan, err)
	}
	report, err := s.kernel.ImportDryRun(v.ctx, v.actor, plan)
	if err != nil {
		if _, ok := v.problems(err); ok {
			return v.importColumns(plan, err)
		}
		return err
	}
	if report.Refused > 0 || report.Doubt > 0 && !plan.SkipDoubt {
		return v.importTrial(plan, report, in, core.Invalid("wizard.blocked"))
	}
	job, err := s.kernel.ImportCommit(v.ctx, v.actor, plan)
	if err != nil {
		return err
	}
	return v.redirect(jobURL(job.ID))
}
