package kernel

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/store"
)

// importPayload, undoPayload and exportPayload are what jobs are told, sealed to
// their owner: a mapping can quote cells, a query can quote names.
type (
	importPayload struct {
		Plan ImportPlan `json:"plan"`
	}
	undoPayload struct {
		Import core.ID `json:"import"`
		Reason string  `json:"reason"`
	}
	exportPayload struct {
		Plan ExportPlan `json:"plan"`
	}
)

// startJob queues a job of the actor and starts working it off.
func (k *Kernel) startJob(ctx context.Context, a core.Actor, kind string, payload any) (Job, error) {
	ring, err := ringOf(a)
	if err != nil {
		return Job{}, err
	}
	box, err := sealFor(ring, payload)
	if err != nil {
		return Job{}, err
	}
	row := store.Job{ID: string(core.NewIDAt(k.now())), Kind: ownedKind(kind, string(a.Person)), Person: string(a.Person),
		State: store.JobQueued, Payload: base64.StdEncoding.EncodeToString(box)}
	err = k.write(ctx, a, func(v *view, u *unit) error {
		row.CreatedAt, row.RunAt = u.at, u.at
		return v.InsertJob(row)
	})
	if err != nil {
		return Job{}, err
	}
	k.jobs.kick(a)
	return k.jobOf(row), nil
}

func (w work) payload(x any) error {
	ring, err := ringOf(w.actor)
	if err != nil {
		return err
	}
	box, err := base64.StdEncoding.DecodeString(w.job.Payload)
	if err != nil {
		return core.Internal(err)
	}
	return openFor(ring, box, x)
}

// ImportCommit starts the import of a staged table as a job of the actor, which
// survives a restart. All of it is committed or nothing: refused rows, and
// doubtful ones unless the plan leaves them out, fail the job. The job's Result
// is the import's ID. Errors as ImportDryRun.
func (k *Kernel) ImportCommit(ctx context.Context, a core.Actor, plan ImportPlan) (Job, error) {
	w, err := k.openWalk(ctx, a, plan)
	if err != nil {
		return Job{}, err
	}
	w.close()
	plan.Columns = w.plan.Columns
	return k.startJob(ctx, a, jobImport, importPayload{plan})
}

// ImportNow does what ImportCommit does before it returns, for programs that
// wait. progress may be nil; total is 0 while rows are only being checked. When
// it fails nothing of the import remains.
func (k *Kernel) ImportNow(ctx context.Context, a core.Actor, plan ImportPlan, progress func(done, total int64)) (ImportInfo, error) {
	i := &importer{k: k, ctx: ctx, actor: a, id: core.NewIDAt(k.now()), plan: plan, beat: beatOf(ctx, progress)}
	info, err := i.run()
	if err != nil {
		if cleanErr := k.abandonImport(context.WithoutCancel(ctx), string(i.id)); cleanErr != nil {
			k.log.Warn("an import could not be taken back yet", "error", cleanErr)
		}
	}
	return info, err
}

// beatOf makes a progress function of a caller into one that stops with ctx.
func beatOf(ctx context.Context, progress func(done, total int64)) func(done, total int64) error {
	return func(done, total int64) error {
		if progress != nil {
			progress(done, total)
		}
		return ctx.Err()
	}
}

func (k *Kernel) runImport(w work) (string, error) {
	var p importPayload
	if err := w.payload(&p); err != nil {
		return "", err
	}
	i := &importer{k: k, ctx: w.ctx, actor: w.actor, id: core.ID(w.job.ID), plan: p.Plan, beat: w.beat}
	_, err := i.run()
	if err == nil {
		return w.job.ID, nil
	}
	if !k.goesOn(w, err) {
		if cleanErr := k.abandonImport(context.WithoutCancel(w.ctx), w.job.ID); cleanErr != nil {
			k.log.Warn("an import could not be taken back yet", "error", cleanErr)
		}
	}
	return "", err
}

// goesOn reports whether a failed run will be taken up again: the server is
// shutting down, another worker has the job, or it may be tried again.
func (k *Kernel) goesOn(w work, err error) bool {
	if w.ctx.Err() != nil {
		return true
	}
	if errors.Is(err, store.ErrConflict) {
		cancelled := false
		readErr := k.store.Read(w.ctx, func(tx store.Tx) error {
			job, err := tx.Job(w.job.ID)
			cancelled = err == nil && job.State == store.JobCancelled
			return err
		})
		return readErr == nil && !cancelled
	}
	return core.KindOf(err) == core.KindUnavail && w.job.Attempts < jobTries
}

// sealToCircle seals a text that members of a circle may read.
func sealToCircle(c store.Circle, s string) ([]byte, error) {
	sealed, err := crypt.Wrap([]string{c.Recipient}, []byte(s))
	if err != nil {
		return nil, core.Internal(err)
	}
	return sealed, nil
}

// openFromCircle opens what sealToCircle made, under whichever generation.
func (v *view) openFromCircle(circle string, sealed []byte) (string, bool) {
	if len(sealed) == 0 {
		return "", false
	}
	wraps, err := v.CircleWraps(circle, string(v.actor.Person))
	if err != nil {
		return "", false
	}
	for n := len(wraps) - 1; n >= 0; n-- {
		id, err := v.ring.identity(v.Tx, string(v.actor.Person), circle, wraps[n].Generation)
		if err != nil {
			continue
		}
		if b, err := crypt.Unwrap(id, sealed); err == nil {
			return string(b), true
		}
	}
	return "", false
}

// sealReport is how a report is kept: it names rows by their titles, so it is
// sealed to the circle.
func sealReport(c store.Circle, r ImportReport) (string, error) {
	r.Columns = slices.Clone(r.Columns)
	for i := range r.Columns {
		r.Columns[i].Terms = nil
	}
	b, err := json.Marshal(r)
	if err != nil {
		return "", core.Internal(err)
	}
	sealed, err := sealToCircle(c, string(b))
	return base64.StdEncoding.EncodeToString(sealed), err
}
