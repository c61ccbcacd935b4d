package kernel

import (
	"context"
	"encoding/json"

	"svod/internal/core"
	"svod/internal/store"
)

// savedSettings is the part of a saved query that is not its text.
type savedSettings struct {
	Filters []Filter `json:"filters,omitempty"`
	Sort    string   `json:"sort,omitempty"`
	Exact   bool     `json:"exact,omitempty"`
}

// SaveQuery keeps a query under a name: for the actor, or for everybody in a
// circle. A query is stored in clear, so people are told not to put names of
// protected persons into one that is saved.
func (k *Kernel) SaveQuery(ctx context.Context, a core.Actor, q SavedQuery) (SavedQuery, error) {
	err := k.write(ctx, a, func(v *view, _ *unit) error {
		if q.Name == "" {
			return core.Invalid("error.required").At("name")
		}
		if q.Circle != "" {
			if err := v.need(q.Circle, core.Worker); err != nil {
				return err
			}
		}
		if q.ID == "" {
			q.ID = core.NewIDAt(k.now())
		} else if old, err := v.savedRow(q.ID); err != nil {
			return err
		} else if old.Person != string(a.Person) {
			return core.Forbidden("error.not_yours")
		}
		b, err := json.Marshal(savedSettings{q.Filters, q.Sort, q.Exact})
		if err != nil {
			return core.Internal(err)
		}
		q.Created, q.Owner, q.Mine = k.now(), a.Name, true
		return v.PutSaved(store.Saved{ID: string(q.ID), Person: string(a.Person), Circle: string(q.Circle),
			Name: clip(q.Name, 120), Type: q.Type, Query: clip(q.Text, MaxQuery), Settings: string(b), CreatedAt: q.Created.UnixMicro()})
	})
	return q, err
}

// savedRow is a saved query in scope: the actor's own, or of a circle of theirs.
func (v *view) savedRow(id core.ID) (store.Saved, error) {
	row, err := v.Saved(string(id))
	if err != nil {
		return row, err
	}
	if row.Person != string(v.actor.Person) && !v.scope.Has(core.ID(row.Circle)) {
		return store.Saved{}, core.NotFound()
	}
	return row, nil
}

// SavedQueries lists the actor's own and those of the actor's circles, by name.
func (k *Kernel) SavedQueries(ctx context.Context, a core.Actor) ([]SavedQuery, error) {
	var out []SavedQuery
	err := k.read(ctx, a, func(v *view) error {
		circles := make([]string, len(v.scope.Circles))
		for i, c := range v.scope.Circles {
			circles[i] = string(c)
		}
		rows, err := v.SavedOf(string(a.Person), circles)
		if err != nil {
			return err
		}
		out = make([]SavedQuery, len(rows))
		for i, r := range rows {
			out[i] = v.savedOf(r)
		}
		return nil
	})
	return out, err
}

// SavedQuery returns one.
func (k *Kernel) SavedQuery(ctx context.Context, a core.Actor, id core.ID) (SavedQuery, error) {
	var out SavedQuery
	err := k.read(ctx, a, func(v *view) error {
		row, err := v.savedRow(id)
		if err == nil {
			out = v.savedOf(row)
		}
		return err
	})
	return out, err
}

func (v *view) savedOf(r store.Saved) SavedQuery {
	q := SavedQuery{ID: core.ID(r.ID), Name: r.Name, Circle: core.ID(r.Circle), Owner: v.personName(core.ID(r.Person)),
		Mine: r.Person == string(v.actor.Person), Type: r.Type, Text: r.Query, Created: timeOf(r.CreatedAt)}
	var s savedSettings
	if json.Unmarshal([]byte(r.Settings), &s) == nil {
		q.Filters, q.Sort, q.Exact = s.Filters, s.Sort, s.Exact
	}
	return q
}

// DeleteQuery forgets a saved query of the actor.
func (k *Kernel) DeleteQuery(ctx context.Context, a core.Actor, id core.ID) error {
	return k.write(ctx, a, func(v *view, _ *unit) error {
		row, err := v.savedRow(id)
		if err != nil {
			return err
		}
		if row.Person != string(a.Person) {
			return core.Forbidden("error.not_yours")
		}
		return v.DeleteSaved(row.ID)
	})
}
