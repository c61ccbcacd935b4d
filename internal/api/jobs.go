package api

import (
	"net/http"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

func (a *API) jobRoutes() {
	on(a, operation(http.MethodGet, "/jobs", "jobs", "jobs", "List the person's long work, newest first"), a.jobs)
	on(a, operation(http.MethodGet, "/jobs/{id}", "job", "jobs", "Follow long work"), a.job)
	on(a, operation(http.MethodDelete, "/jobs/{id}", "jobCancel", "jobs", "Stop work that has not ended; nothing of it remains"), a.jobCancel)
}

type jobsOutput struct{ Body Jobs }

// Jobs are long work.
type Jobs struct {
	Items []Job `json:"items" nullable:"false"`
}

// Job is long work with its progress. Paused work goes on when its person is
// here again, since it needs their keys.
type Job struct {
	ID       core.ID    `json:"id" format:"uuid"`
	Kind     string     `json:"kind" enum:"import,export,undo,rekey,adopt,reindex"`
	State    string     `json:"state" enum:"waiting,running,paused,done,failed,cancelled"`
	Progress int64      `json:"progress"`
	Total    int64      `json:"total"`
	Error    *RowNote   `json:"error,omitempty"`
	Result   core.ID    `json:"result,omitempty" doc:"ID of the import"`
	Created  time.Time  `json:"created"`
	Finished *time.Time `json:"finished,omitempty"`
}

func (a *API) jobOf(c call, j kernel.Job) Job {
	out := Job{ID: j.ID, Kind: j.Kind, State: j.State, Progress: j.Progress, Total: j.Total, Result: j.Result,
		Created: j.Created.UTC()}
	if j.Error != nil {
		out.Error = &RowNote{Row: j.Error.Row, Field: j.Error.Field, Code: j.Error.Key, Message: a.say(c.lang, j.Error.Key, j.Error.Args...)}
	}
	if j.State == "done" || j.State == "failed" || j.State == "cancelled" {
		out.Finished = timeOr(j.Finished)
	}
	return out
}

// jobStarted answers 202 with where to follow the work.
type jobStarted struct {
	Location string `header:"Location"`
	Body     Job
}

func (a *API) started(c call, j kernel.Job) *jobStarted {
	return &jobStarted{Location: Prefix + "/jobs/" + string(j.ID), Body: a.jobOf(c, j)}
}

func (a *API) jobs(c call, _ *struct{}) (*jobsOutput, error) {
	list, err := a.k.Jobs(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := Jobs{Items: make([]Job, len(list))}
	for i, j := range list {
		out.Items[i] = a.jobOf(c, j)
	}
	return &jobsOutput{out}, nil
}

type jobInput struct {
	ID string `path:"id" doc:"ID of the job"`
}

type jobOutput struct{ Body Job }

func (a *API) job(c call, in *jobInput) (*jobOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	j, err := a.k.Job(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	return &jobOutput{a.jobOf(c, j)}, nil
}

func (a *API) jobCancel(c call, in *jobInput) (*struct{}, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	return nil, a.k.JobCancel(c, c.actor, id)
}
