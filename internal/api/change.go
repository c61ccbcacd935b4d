package api

import (
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"svod/internal/core"
)

// Change is what the acts on a whole record take. Each reads what it needs.
type Change struct {
	Version int     `json:"version,omitempty" minimum:"1" doc:"restore: the version to write again"`
	Circle  core.ID `json:"circle,omitempty" doc:"share, unshare, move: the other circle"`
	Parts   bool    `json:"parts,omitempty" doc:"share, unshare, move: take along the records that are part of it"`
	Reason  string  `json:"reason,omitempty" maxLength:"500"`
}

type changeInput struct {
	ID   string `path:"id" doc:"ID of the record"`
	Body body[Change]
}

// change wraps an act on a record: it decodes, acts, and answers with the record
// as it is then, or with 204 when the act took it out of the person's sight.
func (a *API) change(do func(call, core.ID, Change) (core.Record, error)) func(call, *changeInput) (*recordOutput, error) {
	return func(c call, in *changeInput) (*recordOutput, error) {
		id, err := core.ParseID(in.ID)
		if err != nil {
			return nil, err
		}
		ch, err := in.Body.decode()
		if err != nil {
			return nil, err
		}
		if err := reasonFits(ch.Reason); err != nil {
			return nil, spotted{error: err, root: "$"}
		}
		r, err := do(c, id, ch)
		if err != nil {
			return nil, spotted{error: err, root: "$"}
		}
		if r.ID == "" {
			return &recordOutput{Status: http.StatusNoContent}, nil
		}
		return &recordOutput{Status: http.StatusOK, ETag: etag(r.Version), Body: recordOf(r)}, nil
	}
}

func (a *API) restore(c call, id core.ID, ch Change) (core.Record, error) {
	if ch.Version < 1 {
		return core.Record{}, core.Invalid("error.required").At("version")
	}
	return a.k.Restore(c, c.actor, id, ch.Version, ch.Reason)
}

func (a *API) withdraw(c call, id core.ID, ch Change) (core.Record, error) {
	return a.k.Withdraw(c, c.actor, id, true, ch.Reason)
}

func (a *API) reinstate(c call, id core.ID, ch Change) (core.Record, error) {
	return a.k.Withdraw(c, c.actor, id, false, ch.Reason)
}

func (a *API) share(c call, id core.ID, ch Change) (core.Record, error) {
	circle, err := core.ParseID(string(ch.Circle))
	if err != nil {
		return core.Record{}, err
	}
	if err := a.k.Share(c, c.actor, id, circle, ch.Parts, ch.Reason); err != nil {
		return core.Record{}, err
	}
	return a.seen(c, id)
}

func (a *API) unshare(c call, id core.ID, ch Change) (core.Record, error) {
	circle, err := core.ParseID(string(ch.Circle))
	if err != nil {
		return core.Record{}, err
	}
	if err := a.k.Unshare(c, c.actor, id, circle, ch.Parts, ch.Reason); err != nil {
		return core.Record{}, err
	}
	return a.seen(c, id)
}

func (a *API) move(c call, id core.ID, ch Change) (core.Record, error) {
	circle, err := core.ParseID(string(ch.Circle))
	if err != nil {
		return core.Record{}, err
	}
	if err := a.k.Move(c, c.actor, id, circle, ch.Parts, ch.Reason); err != nil {
		return core.Record{}, err
	}
	return a.seen(c, id)
}

// seen reads a record after an act that may have taken it away.
func (a *API) seen(c call, id core.ID) (core.Record, error) {
	r, err := a.k.Record(c, c.actor, id)
	if core.KindOf(err) == core.KindNotFound {
		return core.Record{}, nil
	}
	return r, err
}

// collisionResponse documents the answer to a concurrent save.
func (a *API) collisionResponse() map[string]*huma.Response {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Collision](), true, "")
	return map[string]*huma.Response{strconv.Itoa(http.StatusConflict): {
		Description: "Somebody else changed the same fields meanwhile; nothing was written",
		Content:     map[string]*huma.MediaType{problemMedia: {Schema: schema}},
	}}
}
