package sqlstore

import (
	"strings"

	"svod/internal/store"
)

var jobs = &table[store.Job]{
	name: "job", keys: 1,
	cols: []string{"id", "kind", "person", "state", "payload", "progress", "total", "result", "error", "attempts", "run_at",
		"claimed_by", "heartbeat_at", "created_at", "finished_at"},
	fields: func(r *store.Job) []any {
		return []any{&r.ID, &r.Kind, &r.Person, &r.State, &r.Payload, &r.Progress, &r.Total, &r.Result, &r.Error, &r.Attempts, &r.RunAt,
			&r.ClaimedBy, &r.HeartbeatAt, &r.CreatedAt, &r.FinishedAt}
	},
}

func (t *tx) InsertJob(r store.Job) error { return insert(t, jobs, []store.Job{r}) }

// ClaimJob may look first and update then, because there is only one writer.
func (t *tx) ClaimJob(kinds []string, worker string, now, staleBefore int64) (store.Job, error) {
	if err := t.usable(true); err != nil {
		return store.Job{}, err
	}
	if len(kinds) == 0 {
		return store.Job{}, store.ErrNotFound
	}
	args := []any{now, staleBefore}
	for _, k := range kinds {
		args = append(args, k)
	}
	job, err := one(t, jobs, `WHERE finished_at = 0 AND ((state = 'queued' AND run_at <= ?) OR (state = 'running' AND heartbeat_at < ?))
		AND kind IN (`+strings.TrimSuffix(strings.Repeat("?, ", len(kinds)), ", ")+`) ORDER BY created_at, id LIMIT 1`, args...)
	if err != nil {
		return store.Job{}, err
	}
	job.State, job.ClaimedBy, job.HeartbeatAt, job.Attempts = store.JobRunning, worker, now, job.Attempts+1
	return job, update(t, jobs, job, "state", "claimed_by", "heartbeat_at", "attempts")
}

func (t *tx) BeatJob(id, worker string, progress, total, now int64) error {
	n, err := t.exec(`UPDATE job SET progress = ?, total = ?, heartbeat_at = ? WHERE id = ? AND claimed_by = ? AND state = 'running'`,
		progress, total, now, id, worker)
	return t.ownJob(n, err)
}

func (t *tx) FinishJob(id, worker, state, result, errorText string, now, runAt int64) error {
	finished := now
	switch state {
	case store.JobDone, store.JobFailed:
	case store.JobQueued:
		finished = 0
	default:
		return t.invalid("a job cannot finish as %q", state)
	}
	n, err := t.exec(`UPDATE job SET state = ?, result = ?, error = ?, finished_at = ?, run_at = ?, heartbeat_at = ?
		WHERE id = ? AND claimed_by = ? AND state = 'running'`, state, result, errorText, finished, runAt, now, id, worker)
	return t.ownJob(n, err)
}

func (t *tx) ownJob(n int64, err error) error {
	if err == nil && n == 0 {
		err = t.conflict("the job is not this worker's")
	}
	return err
}

func (t *tx) CancelJob(id string, now int64) error {
	n, err := t.exec(`UPDATE job SET state = 'cancelled', finished_at = ? WHERE id = ? AND finished_at = 0`, now, id)
	if err != nil || n > 0 {
		return err
	}
	if _, err := t.Job(id); err != nil {
		return err
	}
	return t.conflict("the job has ended")
}

func (t *tx) Job(id string) (store.Job, error) { return one(t, jobs, `WHERE id = ?`, id) }

func (t *tx) JobsOf(person string, limit int) ([]store.Job, error) {
	return list(t, jobs, `WHERE person = ? ORDER BY created_at DESC, id DESC LIMIT ?`, person, limit)
}

func (t *tx) PurgeJobs(finishedBefore int64) (int64, error) {
	return t.exec(`DELETE FROM job WHERE finished_at > 0 AND finished_at < ?`, finishedBefore)
}
