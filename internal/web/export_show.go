package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"svod/internal/core"
	"svod/internal/kernel"
)

// exportPage asks what to put into a file, and how.
type exportPage struct {
	Frame
	Type      string
	Heading   string
	Count     int
	Big       bool // goes as a job
	Text      string
	Chips     []chip
	Carried   []hiddenInput
	List      string
	Formats   []formatOption
	Languages []axisOption
	Groups    []exportGroup
	Chosen    int
	Sealed    bool // include sealed fields
	HasSealed bool
	Reason    string
}

// formatOption is a kind of file with what it is good for.
type formatOption struct {
	Value, Label, Hint string
	Selected           bool
}

// exportGroup is a group of fields to choose from.
type exportGroup struct {
	Label  string
	Fields []exportField
}

// exportField is one field to choose.
type exportField struct {
	Key, Label string
	Sealed     bool
	Chosen     bool
}

// streamedExport is how many records leave while the person waits.
const streamedExport = 5000

// exportHome leads to the export of the first type.
func (s *Server) exportHome(v *visit) error {
	for _, t := range s.kernel.Packs().Types() {
		if !t.Part {
			return v.redirect(exportURL(t.Name))
		}
	}
	return core.NotFound()
}

func (s *Server) exportShow(v *visit) error {
	t := s.kernel.Packs().Type(v.r.PathValue("type"))
	if t == nil {
		return core.NotFound()
	}
	return v.exportPage(t, v.query(), nil)
}

func (v *visit) exportPage(t *core.Type, in url.Values, why error) error {
	q := parseListQuery(t.Name, in)
	page := exportPage{Frame: v.frame("exports.title").in("", Crumb{Label: t.Plural.In(v.lang), URL: q.url()}, Crumb{Label: v.T("exports.title")}),
		Type: t.Name, Heading: v.T("exports.heading", "type", t.Plural.In(v.lang)), Text: q.Text, Chips: v.exportChips(t, q), Carried: hidden(q.values()),
		List: q.url(), Sealed: in.Get("sealed") == "1", Reason: in.Get("reason")}
	v.exportChoices(&page, t, in)
	status := http.StatusOK
	n, err := v.s.kernel.Count(v.ctx, v.actor, q.find())
	if why == nil {
		why = err
	}
	if why != nil {
		problems, ok := v.problems(why)
		if !ok {
			return why
		}
		page.Frame, status = page.with(problems), problems.Status
	}
	page.Count, page.Big = n, n > streamedExport
	return v.render(status, "export", page)
}

func (v *visit) exportChips(t *core.Type, q listQuery) []chip {
	out := v.chips(q, t)
	i := 0
	for _, f := range q.Filters {
		for _, value := range f.Values {
			out[i].URL = withQuery(exportURL(t.Name), q.without(f.Field, value).values())
			i++
		}
	}
	return out
}

func (v *visit) exportChoices(page *exportPage, t *core.Type, in url.Values) {
	chosen := in.Get("format")
	for i, f := range kernel.ExportFormats() {
		page.Formats = append(page.Formats, formatOption{f, v.T("exports.format_" + f), v.T("exports.hint_" + f), f == chosen || chosen == "" && i == 0})
	}
	lang := in.Get("lang")
	if lang == "" {
		lang = v.lang
	}
	for _, l := range languageNames {
		page.Languages = append(page.Languages, axisOption{l.code, l.name, l.code == lang})
	}
	picked := map[string]bool{}
	for _, f := range in["field"] {
		picked[f] = true
	}
	for _, g := range t.Groups {
		group := exportGroup{Label: g.Label.In(v.lang)}
		for i := range t.Fields {
			if f := &t.Fields[i]; f.Group == g.Key {
				one := exportField{f.Key, f.Label.In(v.lang), f.Sensitivity == core.Sealed, len(picked) == 0 || picked[f.Key]}
				page.HasSealed = page.HasSealed || one.Sealed
				if one.Chosen {
					page.Chosen++
				}
				group.Fields = append(group.Fields, one)
			}
		}
		if len(group.Fields) > 0 {
			page.Groups = append(page.Groups, group)
		}
	}
}

// exportMake writes the file at once, or starts a job for a large one.
func (s *Server) exportMake(v *visit) error {
	t := s.kernel.Packs().Type(v.r.PathValue("type"))
	if t == nil {
		return core.NotFound()
	}
	in, err := v.form()
	if err != nil {
		return err
	}
	plan, err := exportPlan(t, in)
	if err != nil {
		return v.exportPage(t, in, err)
	}
	n, err := s.kernel.Count(v.ctx, v.actor, plan.Find)
	if err != nil {
		return v.exportPage(t, in, err)
	}
	if n > streamedExport {
		job, err := s.kernel.ExportStart(v.ctx, v.actor, plan)
		if err != nil {
			return v.exportPage(t, in, err)
		}
		return v.redirect(jobURL(job.ID))
	}
	// Kept in memory until it is whole: half a file that looks like a whole one
	// would be believed.
	var b bytes.Buffer
	info, err := s.kernel.Export(v.ctx, v.actor, plan, &b, nil)
	if err != nil {
		return v.exportPage(t, in, err)
	}
	h := v.w.Header()
	h.Set("Content-Type", info.Media)
	h.Set("Content-Disposition", attachment(info.Name))
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(b.Bytes()) // the reader has gone: nothing to tell anybody
	return nil
}

// exportPlan reads the form. Who takes sealed fields out says why.
func exportPlan(t *core.Type, in url.Values) (kernel.ExportPlan, error) {
	plan := kernel.ExportPlan{Find: parseListQuery(t.Name, in).find(), Format: in.Get("format"), Lang: in.Get("lang"),
		Sealed: in.Get("sealed") == "1", Reason: strings.TrimSpace(in.Get("reason"))}
	all := true
	for i := range t.Fields {
		all = all && contains(in["field"], t.Fields[i].Key)
	}
	if !all {
		plan.Fields = in["field"]
	}
	if !isLanguage(plan.Lang) {
		plan.Lang = ""
	}
	if plan.Sealed && plan.Reason == "" {
		return plan, core.Invalid("exports.reason_needed").At("reason")
	}
	return plan, nil
}
