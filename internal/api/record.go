package api

import (
	"net/http"
	"strings"

	"svod/internal/core"
	"svod/internal/form"
	"svod/internal/kernel"
)

type readInput struct {
	ID      string `path:"id" doc:"ID of the record"`
	Version int    `query:"version" minimum:"1" maximum:"1000000000" doc:"An older version; the current one when left out"`
	Known   string `header:"If-None-Match" doc:"ETag of the version that is known already"`
}

type recordOutput struct {
	Status   int
	Location string `header:"Location"`
	ETag     string `header:"ETag"`
	Body     Record
}

func (a *API) read(c call, in *readInput) (*recordOutput, error) {
	id, err := core.ParseID(in.ID)
	if err != nil {
		return nil, err
	}
	var r core.Record
	if in.Version == 0 {
		r, err = a.k.Record(c, c.actor, id)
	} else {
		r, err = a.k.RecordAt(c, c.actor, id, in.Version)
	}
	if err != nil {
		return nil, err
	}
	out := &recordOutput{Status: http.StatusOK, ETag: etag(r.Version), Body: recordOf(r)}
	if in.Version == 0 && knows(in.Known, out.ETag) {
		out.Status = http.StatusNotModified
	}
	return out, nil
}

// knows reports whether a list of entity tags has the tag.
func knows(list, tag string) bool {
	for _, t := range strings.Split(list, ",") {
		if strings.TrimPrefix(strings.TrimSpace(t), "W/") == tag {
			return true
		}
	}
	return false
}

// Draft is a record to be created.
type Draft struct {
	Type   string  `json:"type" doc:"Record type" example:"event"`
	Circle core.ID `json:"circle" format:"uuid" doc:"Circle in which the record will live"`
	Values values  `json:"values" doc:"By field key, as described for the type"`
	Reason string  `json:"reason,omitempty" maxLength:"500" doc:"Why, for the history"`
	// Ref lets records of one batch link to each other before they have an ID.
	Ref string `json:"ref,omitempty" pattern:"^#[A-Za-z0-9_-]{1,60}$" doc:"In a batch: a name by which later records can link to this one, such as #victim"`
}

type createInput struct{ Body body[Draft] }

func (a *API) create(c call, in *createInput) (*recordOutput, error) {
	d, err := in.Body.decode()
	if err != nil {
		return nil, err
	}
	draft, err := a.draft(d, nil)
	if err != nil {
		return nil, spotted{error: err, root: "$"}
	}
	r, err := a.k.Create(c, c.actor, draft)
	if err != nil {
		return nil, inValues(err)
	}
	return created(r), nil
}

func created(r core.Record) *recordOutput {
	return &recordOutput{Status: http.StatusCreated, Location: Prefix + "/records/" + string(r.ID), ETag: etag(r.Version), Body: recordOf(r)}
}

// inValues says that the fields of an error are fields of $.values.
func inValues(err error) error {
	if err == nil {
		return nil
	}
	return spotted{error: err, root: "$.values"}
}

const maxReason = 500 // characters

// draft reads the values of a draft by its type. Errors point into the draft.
func (a *API) draft(d Draft, known refs) (kernel.Draft, error) {
	t := a.k.Packs().Type(d.Type)
	switch {
	case d.Type == "":
		return kernel.Draft{}, core.Invalid("error.required").At("type")
	case t == nil:
		return kernel.Draft{}, core.Invalid("error.unknown_type", "type", printable(d.Type)).At("type")
	case d.Circle == "":
		return kernel.Draft{}, core.Invalid("error.required").At("circle")
	}
	circle, err := core.ParseID(string(d.Circle))
	if err != nil {
		return kernel.Draft{}, err
	}
	if err := reasonFits(d.Reason); err != nil {
		return kernel.Draft{}, err
	}
	vals, err := a.readValues(t, d.Values, known)
	return kernel.Draft{Type: d.Type, Circle: circle, Values: vals, Reason: d.Reason}, err
}

func reasonFits(reason string) error {
	if len([]rune(reason)) > maxReason {
		return core.Invalid("form.too_long", "max", maxReason).At("reason")
	}
	return nil
}

// readValues reads values with the decoder of all surfaces. The kernel checks
// what can be read, since only it knows what a record has that the person cannot
// see; when something cannot be read, what else is wrong is told with it. Errors
// point from "$" of the body.
func (a *API) readValues(t *core.Type, v values, known refs) (core.Values, error) {
	if len(v.RawMessage) == 0 {
		return nil, core.Invalid("error.required").At("values")
	}
	d := form.DecodeJSON(t, v.RawMessage)
	known.resolve(d.Values)
	errs := d.Errors
	if len(errs) == 0 {
		return d.Values, nil
	}
	if len(d.Values) > 0 { // else the whole could not be read: what is missing would be noise
		errs = form.Problems(t, errs, form.Check(t, d.Values, a.k.Packs()))
	}
	out := make(core.Errors, len(errs))
	for i, e := range errs {
		moved := *e
		if path, ok := argument(e.Args, "path"); ok {
			moved.Args = withPath(e.Args, "$.values"+strings.TrimPrefix(path, "$"))
		}
		moved.Field = strings.TrimSuffix("values."+e.Field, ".")
		out[i] = &moved
	}
	return nil, out
}
