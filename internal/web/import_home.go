package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"svod/internal/core"
	"svod/internal/kernel"
)

// importPage is the first step of the wizard, and the imports there were.
type importPage struct {
	Frame
	Steps   []step
	Types   []axisOption
	Circles []circleChoice
	Max     int64 // bytes of a file
	Imports []importLine
}

// step is one step of a wizard.
type step struct {
	Label         string
	Done, Current bool
}

// importLine is one import there was.
type importLine struct {
	Name    string // of the file
	URL     string
	Type    string
	Circle  string
	By      string
	At      string
	State   string // message key
	Kind    string // class of the chip
	Records int
}

// importSteps are the steps of the wizard; now counts from 1.
func (v *visit) importSteps(now int) []step {
	var out []step
	for i, key := range []string{"wizard.step_file", "wizard.step_reading", "wizard.step_columns", "wizard.step_trial", "wizard.step_commit"} {
		out = append(out, step{Label: v.T(key), Done: i+1 < now, Current: i+1 == now})
	}
	return out
}

func (s *Server) importShow(v *visit) error {
	page, err := v.importPage(v.query().Get("type"), core.ID(v.query().Get("circle")))
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "import", page)
}

func (v *visit) importPage(typ string, circle core.ID) (importPage, error) {
	p := importPage{Frame: v.frame("wizard.title").in("import"), Steps: v.importSteps(1), Circles: v.writableCircles(circle),
		Max: min(int64(kernel.MaxStaged), v.s.opts.MaxUpload)}
	for _, t := range v.s.kernel.Packs().Types() {
		if !t.Part {
			p.Types = append(p.Types, axisOption{t.Name, t.Plural.In(v.lang), t.Name == typ})
		}
	}
	list, err := v.s.kernel.Imports(v.ctx, v.actor)
	for _, i := range list {
		p.Imports = append(p.Imports, v.importLine(i))
	}
	return p, err
}

func (v *visit) importLine(i kernel.ImportInfo) importLine {
	out := importLine{Name: i.Name, URL: importDoneURL(i.ID), Type: v.typePlural(i.Type), Circle: v.circleNames()[i.Circle], By: i.By,
		At: formatMoment(v.lang, i.At.In(v.s.opts.Zone)), State: v.T("wizard.state_" + i.State), Records: i.Report.New + i.Report.Updated}
	switch i.State {
	case "done":
		out.Kind = "ok"
	case "failed":
		out.Kind = "bad"
	case "running":
		out.Kind = "brand"
	}
	if out.Name == "" {
		out.Name = v.T("wizard.unnamed")
	}
	return out
}

// importUpload takes the file: it is sealed while it is read.
func (s *Server) importUpload(v *visit) error {
	in, staged, err := v.stage()
	if err != nil {
		problems, ok := v.problems(err)
		if !ok {
			return err
		}
		for i := range problems.List {
			if problems.List[i].Field == "" {
				problems.List[i].Field = "file"
			}
		}
		page, err := v.importPage(in.Get("type"), core.ID(in.Get("circle")))
		if err != nil {
			return err
		}
		page.Frame = page.with(problems)
		return v.render(problems.Status, "import", page)
	}
	next := url.Values{"type": {in.Get("type")}, "circle": {in.Get("circle")}}
	return v.redirect(withQuery(importStageURL(staged.ID), next))
}

// stage reads the upload form. Its file comes last.
func (v *visit) stage() (url.Values, kernel.Staged, error) {
	in := url.Values{}
	var staged kernel.Staged
	if media, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type")); err != nil || media != "multipart/form-data" {
		return in, staged, core.Invalid("wizard.no_file").At("file")
	}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return in, staged, &core.Error{Kind: core.KindInvalid, Key: "error.bad_form", Err: err}
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return in, staged, brokenForm(err)
		}
		if part.FormName() != "file" {
			b, err := io.ReadAll(io.LimitReader(part, 1<<10))
			if err != nil {
				return in, staged, brokenForm(err)
			}
			in.Set(part.FormName(), string(b))
			continue
		}
		if staged, err = v.stagePart(part); err != nil {
			return in, staged, err
		}
	}
	if staged.ID == "" {
		return in, staged, core.Invalid("wizard.no_file").At("file")
	}
	return in, staged, nil
}

func (v *visit) stagePart(part *multipart.Part) (kernel.Staged, error) {
	if part.FileName() == "" {
		return kernel.Staged{}, core.Invalid("wizard.no_file").At("file")
	}
	staged, err := v.s.kernel.Stage(v.ctx, v.actor, part.FileName(), part)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = brokenForm(tooLarge)
	}
	return staged, err
}
