package web

import (
	"net/http"

	"svod/internal/core"
	"svod/internal/kernel"
)

// homePage is what waits for the person.
type homePage struct {
	Frame
	Circles []kernel.CircleInfo
	Latest  []homeRecord
	Total   int
	Jobs    []homeJob
	Saved   []kernel.SavedQuery
	Types   []MenuItem // that a record can be made of, for the empty state
	// Write says that there is a circle the person may write in.
	Write bool
	// Alone says that nobody else is in any circle of the person's yet.
	Alone  bool
	Factor bool // a second factor is set up
}

// homeRecord is a line of the latest records.
type homeRecord struct {
	kernel.Summary
	TypeLabel, CircleName string
}

// homeJob is a job that has not ended well.
type homeJob struct {
	kernel.Job
	Name, StateName, Chip, Trouble string
}

// latestOnHome is how many records the home page shows.
const latestOnHome = 8

func (s *Server) homeShow(v *visit) error {
	page := homePage{Frame: v.frame("home.title").in("home"), Alone: true}
	var err error
	if page.Circles, err = s.kernel.Circles(v.ctx, v.actor); err != nil {
		return err
	}
	names := map[core.ID]string{}
	for _, c := range page.Circles {
		names[c.ID] = c.Name
		page.Write = page.Write || c.Role.Allows(core.Worker) && !c.Closed
		page.Alone = page.Alone && c.Members < 2
	}
	found, err := s.kernel.Find(v.ctx, v.actor, kernel.FindQuery{Limit: latestOnHome})
	if err != nil {
		return err
	}
	page.Total = found.Total
	for _, hit := range found.Items {
		page.Latest = append(page.Latest, homeRecord{hit.Summary, v.typeLabel(hit.Type), names[hit.Circle]})
	}
	if page.Jobs, err = v.openJobs(); err != nil {
		return err
	}
	if page.Saved, err = s.kernel.SavedQueries(v.ctx, v.actor); err != nil {
		return err
	}
	me, err := s.kernel.Me(v.ctx, v.actor)
	if err != nil {
		return err
	}
	page.Factor = me.TOTP
	for _, t := range s.kernel.Packs().Types() {
		if !t.Part {
			page.Types = append(page.Types, MenuItem{Label: t.Label.In(v.lang), URL: recordNewURL(t.Name)})
		}
	}
	return v.render(http.StatusOK, "home", page)
}

// openJobs are the person's jobs that run, wait or failed.
func (v *visit) openJobs() ([]homeJob, error) {
	jobs, err := v.s.kernel.Jobs(v.ctx, v.actor)
	if err != nil {
		return nil, err
	}
	var out []homeJob
	for _, j := range jobs {
		if j.State == "done" || j.State == "cancelled" {
			continue
		}
		line := homeJob{Job: j, Name: v.T("job.kind." + j.Kind), StateName: v.T("job.state." + j.State), Chip: "brand"}
		switch j.State {
		case "failed":
			line.Chip = "bad"
			if j.Error != nil {
				line.Trouble = v.message(j.Error)
			}
		case "paused":
			line.Chip = "warn"
		}
		out = append(out, line)
	}
	return out, nil
}
