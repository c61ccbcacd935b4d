package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"svod/internal/core"
	"svod/internal/store"
)

// Kinds of jobs.
const (
	jobImport = "import"
	jobUndo   = "undo"
	jobExport = "export"
	jobRekey  = "rekey"
	jobAdopt  = "adopt"
)

// How jobs beat.
const (
	jobBeat  = 2 * time.Second
	jobStale = 30 * time.Second
	jobTries = 5
)

// work is one running job: its row, the keys of its owner, and a way to report
// progress that also says whether to go on.
type work struct {
	ctx   context.Context
	actor core.Actor
	job   store.Job
	// beat reports progress; an error means stop (cancelled, or the server is
	// shutting down).
	beat func(done, total int64) error
}

// jobRunner works off jobs in this process, each with the keys of the person
// who asked for it. It holds them while that person's jobs run and not longer;
// a job whose process died waits until its owner is here again, since nobody
// else could go on with it.
type jobRunner struct {
	k      *Kernel
	worker string
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu     sync.Mutex
	active map[core.ID]*owner // guarded by mu
}

type owner struct {
	again bool      // something was queued while the worker was finishing
	tried time.Time // last look for jobs
	busy  bool
}

func newJobRunner(k *Kernel) *jobRunner {
	ctx, cancel := context.WithCancel(context.Background())
	return &jobRunner{k: k, worker: string(core.NewID()), ctx: ctx, cancel: cancel, active: map[core.ID]*owner{}}
}

func (r *jobRunner) stop() {
	r.cancel()
	r.wg.Wait()
}

// lookEvery keeps requests of a busy person from asking for jobs each time.
const lookEvery = 20 * time.Second

// resume looks, at most every lookEvery, for jobs of the person that wait, and
// works them off in the background.
func (r *jobRunner) resume(a core.Actor) { r.start(a, false) }

// kick does so at once, because something was just queued.
func (r *jobRunner) kick(a core.Actor) { r.start(a, true) }

func (r *jobRunner) start(a core.Actor, now bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	o := r.active[a.Person]
	if o == nil {
		o = &owner{}
		r.active[a.Person] = o
	}
	if o.busy {
		o.again = o.again || now
		return
	}
	if !now && time.Since(o.tried) < lookEvery || r.ctx.Err() != nil {
		return
	}
	o.busy, o.tried = true, time.Now()
	r.wg.Add(1)
	go r.run(a, o)
}

func (r *jobRunner) run(a core.Actor, o *owner) {
	defer r.wg.Done()
	a.Via = "job"
	for {
		for r.next(a) {
		}
		r.mu.Lock()
		if !o.again || r.ctx.Err() != nil {
			o.busy = false
			r.mu.Unlock()
			return
		}
		o.again = false
		r.mu.Unlock()
	}
}

// ownedKind is how a job's kind is stored: with its owner, so that a worker
// claims only what it has the keys for.
func ownedKind(kind string, person string) string { return kind + "@" + person }

func (r *jobRunner) next(a core.Actor) bool {
	if r.ctx.Err() != nil {
		return false
	}
	kinds := make([]string, 0, 5)
	for _, kind := range []string{jobAdopt, jobImport, jobUndo, jobExport, jobRekey} {
		kinds = append(kinds, ownedKind(kind, string(a.Person)))
	}
	var job store.Job
	now := r.k.now()
	err := r.k.store.Write(r.ctx, func(tx store.Tx) error {
		var err error
		job, err = tx.ClaimJob(kinds, r.worker, now.UnixMicro(), now.Add(-jobStale).UnixMicro())
		return err
	})
	if err != nil {
		if !errors.Is(err, store.ErrNotFound) && r.ctx.Err() == nil {
			r.k.log.Warn("jobs cannot be claimed", "error", err)
		}
		return false
	}
	r.do(a, job)
	return true
}

func (r *jobRunner) do(a core.Actor, job store.Job) {
	kind, _, _ := strings.Cut(job.Kind, "@")
	var last time.Time
	w := work{ctx: r.ctx, actor: a, job: job}
	w.beat = func(done, total int64) error {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if time.Since(last) < jobBeat && done < total {
			return nil
		}
		last = time.Now()
		return r.k.store.Write(r.ctx, func(tx store.Tx) error {
			return tx.BeatJob(job.ID, r.worker, done, total, r.k.now().UnixMicro())
		})
	}
	result, err := r.k.perform(kind, w)
	if r.ctx.Err() != nil {
		return // stays "running" with an old heartbeat: it will be taken up again
	}
	state, text, runAt := store.JobDone, "", int64(0)
	if err != nil {
		state, text = store.JobFailed, encodeJobError(err)
		r.k.logFailure("job failed", kind, err)
		if core.KindOf(err) == core.KindUnavail && job.Attempts < jobTries {
			state, runAt = store.JobQueued, r.k.now().Add(time.Minute).UnixMicro()
		}
	}
	err = r.k.store.Write(r.ctx, func(tx store.Tx) error {
		return tx.FinishJob(job.ID, r.worker, state, result, text, r.k.now().UnixMicro(), runAt)
	})
	if err != nil && !errors.Is(err, store.ErrConflict) {
		r.k.log.Warn("job cannot be finished", "kind", kind, "error", err)
	}
}

// logFailure logs what failed without what it was about: the arguments of an
// error may quote a cell or a name, so only its kind and key go to the log, and
// the cause where it is a technical one.
func (k *Kernel) logFailure(what, job string, err error) {
	var e *core.Error
	if errors.As(err, &e) {
		var cause any = "-"
		if e.Err != nil && (e.Kind == core.KindInternal || e.Kind == core.KindUnavail) {
			cause = e.Err
		}
		k.log.Warn(what, "job", job, "kind", string(e.Kind), "key", e.Key, "cause", cause)
		return
	}
	k.log.Warn(what, "job", job, "kind", string(core.KindOf(err)))
}

// perform runs a job; the result is an ID for people to go on with.
func (k *Kernel) perform(kind string, w work) (result string, err error) {
	defer func() {
		if p := recover(); p != nil {
			// A job must not take the server down; its own rows are in one
			// transaction each, so nothing is half-written.
			k.log.Error("job panicked", "kind", kind)
			err = core.Internal(errors.New("kernel: a job panicked"))
		}
	}()
	switch kind {
	case jobImport:
		return k.runImport(w)
	case jobUndo:
		return k.runUndo(w)
	case jobExport:
		return k.runExport(w)
	case jobRekey:
		return "", k.runRekey(w)
	case jobAdopt:
		return "", k.runAdopt(w)
	}
	return "", core.Internal(errors.New("kernel: unknown kind of job " + kind))
}

// queue adds a job for a person in the unit's transaction.
func (u *unit) queue(kind, person, payload string) error {
	return u.tx.InsertJob(store.Job{ID: string(core.NewIDAt(timeOf(u.at))), Kind: ownedKind(kind, person), Person: person,
		State: store.JobQueued, Payload: payload, CreatedAt: u.at, RunAt: u.at})
}

// jobError is how a failure is kept for the owner to read.
type jobError struct {
	Kind core.Kind `json:"kind"`
	Key  string    `json:"key"`
	Args []any     `json:"args,omitempty"`
}

func encodeJobError(err error) string {
	e := jobError{Kind: core.KindInternal, Key: "error.internal"}
	var ce *core.Error
	if errors.As(err, &ce) {
		e = jobError{ce.Kind, ce.Key, ce.Args}
	}
	b, err := json.Marshal(e)
	if err != nil {
		return "{}"
	}
	return string(b)
}

// Jobs lists the actor's jobs, the newest first.
func (k *Kernel) Jobs(ctx context.Context, a core.Actor) ([]Job, error) {
	var out []Job
	err := k.read(ctx, a, func(v *view) error {
		rows, err := v.JobsOf(string(a.Person), 50)
		out = make([]Job, len(rows))
		for i, r := range rows {
			out[i] = k.jobOf(r)
		}
		return err
	})
	return out, err
}

// Job returns one of the actor's jobs.
func (k *Kernel) Job(ctx context.Context, a core.Actor, id core.ID) (Job, error) {
	var out Job
	err := k.read(ctx, a, func(v *view) error {
		r, err := v.Tx.Job(string(id))
		if err != nil {
			return err
		}
		if r.Person != string(a.Person) {
			return core.NotFound()
		}
		out = k.jobOf(r)
		return nil
	})
	return out, err
}

// JobCancel stops a job of the actor that has not ended. What it wrote so far
// stays invisible and is cleaned up.
func (k *Kernel) JobCancel(ctx context.Context, a core.Actor, id core.ID) error {
	return k.write(ctx, a, func(v *view, _ *unit) error {
		r, err := v.Tx.Job(string(id))
		if err != nil {
			return err
		}
		if r.Person != string(a.Person) {
			return core.NotFound()
		}
		return v.CancelJob(r.ID, k.now().UnixMicro())
	})
}

func (k *Kernel) jobOf(r store.Job) Job {
	kind, _, _ := strings.Cut(r.Kind, "@")
	j := Job{ID: core.ID(r.ID), Kind: kind, State: r.State, Progress: r.Progress, Total: r.Total,
		Result: core.ID(r.Result), Created: timeOf(r.CreatedAt), Finished: timeOf(r.FinishedAt)}
	switch {
	case r.State == store.JobQueued:
		j.State = "waiting"
	case r.State == store.JobRunning && k.now().Sub(timeOf(r.HeartbeatAt)) > jobStale:
		j.State = "paused"
	}
	var e jobError
	if r.Error != "" && json.Unmarshal([]byte(r.Error), &e) == nil && e.Key != "" {
		j.Error = &core.Error{Kind: e.Kind, Key: e.Key, Args: e.Args}
	}
	return j
}
