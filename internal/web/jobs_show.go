package web

import (
	"mime"
	"net/http"
	"strconv"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
	"svod/internal/text"
)

// jobsPage lists a person's long work.
type jobsPage struct {
	Frame
	Jobs []jobView
}

// jobPage is one piece of long work, renewed by the browser while it goes on.
type jobPage struct {
	Frame
	Job jobView
}

// jobView is a job in words.
type jobView struct {
	ID       core.ID
	Kind     string
	State    string
	Class    string // of the chip
	Advice   string
	Progress string
	Done     int64
	Total    int64 // 0 = not known
	Going    bool  // waits, runs or is paused
	Error    string
	Created  string
	Finished string
	Result   string // address, "" = none
	ResultIs string // what the link says
	Again    string // where to go after a failure
}

func (s *Server) jobsShow(v *visit) error {
	list, err := s.kernel.Jobs(v.ctx, v.actor)
	if err != nil {
		return err
	}
	page := jobsPage{Frame: v.frame("jobs.title").in("jobs")}
	for _, j := range list {
		page.Jobs = append(page.Jobs, v.jobView(j))
	}
	return v.render(http.StatusOK, "jobs", page)
}

// jobShow shows one job. While it goes on, the browser asks again by itself:
// a header does without scripts what they would do.
func (s *Server) jobShow(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	j, err := s.kernel.Job(v.ctx, v.actor, id)
	if err != nil {
		return err
	}
	page := jobPage{Job: v.jobView(j)}
	page.Frame = v.frameTitled(page.Job.Kind).in("jobs", Crumb{Label: v.T("menu.jobs"), URL: jobsURL()}, Crumb{Label: page.Job.Kind})
	if page.Job.Going {
		seconds := 2
		if s.kernel.Now().Sub(j.Created).Minutes() > 1 {
			seconds = 10
		}
		v.w.Header().Set("Refresh", strconv.Itoa(seconds))
	}
	return v.render(http.StatusOK, "job", page)
}

var jobClasses = map[string]string{"waiting": "", "running": "brand", "paused": "warn", "done": "ok", "failed": "bad", "cancelled": ""}

func (v *visit) jobView(j kernel.Job) jobView {
	out := jobView{ID: j.ID, Kind: v.T("jobs.kind_" + j.Kind), State: v.T("jobs.state_" + j.State), Class: jobClasses[j.State],
		Created: formatMoment(v.lang, j.Created.In(v.s.opts.Zone)), Done: j.Progress, Total: j.Total}
	if !j.Finished.IsZero() && j.Finished.Unix() > 0 {
		out.Finished = formatMoment(v.lang, j.Finished.In(v.s.opts.Zone))
	}
	switch j.State {
	case "waiting", "running", "paused":
		out.Going = true
		out.Advice = v.T("jobs.advice_" + j.State)
	case "failed":
		if j.Error != nil {
			out.Error = v.message(j.Error)
		}
	}
	v.jobProgress(&out, j)
	v.jobResult(&out, j)
	return out
}

// jobProgress is honest about what is known: an export counts bytes and knows
// no end, an import first checks rows and then writes them.
func (v *visit) jobProgress(out *jobView, j kernel.Job) {
	switch {
	case j.Progress == 0:
	case j.Kind == "export":
		out.Total = 0
		out.Progress = v.T("jobs.written", "size", text.FormatSize(v.lang, j.Progress))
	case j.Kind == "undo":
		out.Total = 0
	case j.Total == 0:
		out.Progress = v.T("jobs.checked", "count", j.Progress)
	default:
		out.Progress = v.T("jobs.of", "count", j.Progress, "all", j.Total)
	}
	if !out.Going {
		if out.Total == 0 && j.Kind != "export" {
			out.Progress = "" // it ended before it could say more
		}
		out.Total = 0
	}
}

func (v *visit) jobResult(out *jobView, j kernel.Job) {
	switch {
	case j.State == "done" && j.Kind == "export":
		out.Result, out.ResultIs = jobURL(j.ID)+"/file", v.T("jobs.download")
	case j.State == "done" && j.Result != "" && (j.Kind == "import" || j.Kind == "undo"):
		out.Result, out.ResultIs = importDoneURL(j.Result), v.T("jobs.open_import")
	case j.State == "failed" && j.Kind == "import":
		out.Again = importURL()
	}
}

func (s *Server) jobCancel(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	if err := s.kernel.JobCancel(v.ctx, v.actor, id); err != nil {
		return err
	}
	return v.done("flash.job_cancelled", jobsURL())
}

// jobFile sends what an export job made.
func (s *Server) jobFile(v *visit) error {
	id, err := v.pathID("id")
	if err != nil {
		return err
	}
	info, f, err := s.kernel.ExportOpen(v.ctx, v.actor, id)
	if err != nil {
		return err
	}
	defer f.Close()
	h := v.w.Header()
	h.Set("Content-Type", info.Media)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": info.Name}))
	http.ServeContent(v.w, v.r, "", time.Time{}, f)
	return nil
}
