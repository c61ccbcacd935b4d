package api

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"svod/internal/core"
	"svod/internal/kernel"
)

func (a *API) changeRoutes() {
	save := operation(http.MethodPut, "/records/{id}", "save", "records", "Write a new version from the version you started from")
	save.Errors = []int{http.StatusNotFound, http.StatusForbidden}
	save.Responses = a.collisionResponse()
	on(a, save, a.save)
	for _, r := range []struct {
		path, id, summary string
		do                func(call, core.ID, Change) (core.Record, error)
	}{
		{"restore", "restore", "Write an old version again as the newest", a.restore},
		{"withdraw", "withdraw", "Take a record out of lists and counts", a.withdraw},
		{"reinstate", "reinstate", "Put a withdrawn record back", a.reinstate},
		{"share", "share", "Let another circle read a record", a.share},
		{"unshare", "unshare", "End the sharing with a circle", a.unshare},
		{"move", "move", "Make another circle the home of a record", a.move},
	} {
		on(a, operation(http.MethodPost, "/records/{id}/"+r.path, r.id, "records", r.summary), a.change(r.do))
	}
}

// Edit is a change to a record.
type Edit struct {
	Base   int    `json:"base,omitempty" minimum:"1" doc:"Version you started from; may be given as If-Match instead"`
	Values values `json:"values" doc:"The whole record as it should be: a field that is left out is emptied"`
	Reason string `json:"reason,omitempty" maxLength:"500"`
}

type saveInput struct {
	ID    string `path:"id" doc:"ID of the record"`
	Match string `header:"If-Match" doc:"ETag of the version you started from"`
	Body  body[Edit]
}

type saveOutput struct {
	ETag string `header:"ETag"`
	Body Saved
}

// Saved is a record after a save.
type Saved struct {
	Record    Record   `json:"record"`
	Merged    []string `json:"merged" nullable:"false" doc:"Fields that somebody else changed meanwhile and that were kept"`
	Unchanged bool     `json:"unchanged" doc:"The values were already so; no version was written"`
}

// Collision is a Problem (409) that shows both sides of a concurrent save.
// Saving values, after a person has looked at them, with theirs as base
// resolves it.
type Collision struct {
	Problem
	Fields []string    `json:"fields" nullable:"false" doc:"Changed differently on both sides"`
	Base   Side        `json:"base"`
	Theirs Side        `json:"theirs"`
	Mine   core.Values `json:"mine"`
	Values core.Values `json:"values" doc:"The merge, with mine in the colliding fields"`
}

// Side is one version in a collision.
type Side struct {
	Version int         `json:"version"`
	Author  string      `json:"author,omitempty"`
	At      *time.Time  `json:"at,omitempty"`
	Values  core.Values `json:"values"`
}

func (a *API) save(c call, in *saveInput) (*saveOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	e, err := in.Body.decode()
	if err != nil {
		return nil, err
	}
	current, err := a.k.Record(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	base, err := baseOf(e.Base, in.Match)
	if err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	if err := reasonFits(e.Reason); err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	vals, err := a.readValues(a.k.Packs().Type(current.Type), e.Values, nil)
	if err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	saved, err := a.k.Save(c, c.actor, kernel.Edit{Record: id, Base: base, Values: vals, Reason: e.Reason})
	if err != nil {
		return nil, inValues(err)
	}
	if saved.Collision != nil {
		return nil, a.collision(c, saved.Collision)
	}
	return &saveOutput{ETag: etag(saved.Record.Version),
		Body: Saved{Record: recordOf(saved.Record), Merged: some(saved.Merged), Unchanged: saved.Unchanged}}, nil
}

// baseOf takes the version from the body or the header; when both are given
// they must agree.
func baseOf(base int, match string) (int, error) {
	match = strings.TrimPrefix(strings.TrimSpace(match), "W/")
	if match == "" {
		if base < 1 {
			return 0, core.Invalid("api.base").At("base")
		}
		return base, nil
	}
	n, err := strconv.Atoi(strings.Trim(match, `"`))
	if err != nil || n < 1 || base != 0 && base != n {
		return 0, core.Invalid("api.base").At("base")
	}
	return n, nil
}

func (a *API) collision(c call, k *kernel.Collision) error {
	p := a.plain(c.lang, core.KindConflict, "api.collision", "count", len(k.Fields))
	for _, f := range k.Fields {
		p.Errors = append(p.Errors, ProblemSpot{Location: "$.values." + f, Code: "api.collision_field", Message: a.say(c.lang, "api.collision_field")})
	}
	return &Collision{Problem: *p, Fields: some(k.Fields), Base: Side{Version: k.Base, Values: valuesOf(k.BaseValues)},
		Theirs: Side{Version: k.Theirs, Author: k.TheirAuthor, At: timeOr(k.TheirAt), Values: valuesOf(k.TheirValues)},
		Mine:   valuesOf(k.MyValues), Values: valuesOf(k.Values)}
}
