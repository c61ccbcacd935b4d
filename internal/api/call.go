package api

import (
	"context"
	"errors"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"svod/internal/core"
)

// call is one request: its context, who asks, and the language of the answer.
// It ends with the request.
type call struct {
	context.Context
	actor core.Actor
	lang  string
}

type callKey struct{}

// callOf finds the call that the gate put into the context.
func callOf(ctx context.Context) call {
	c, _ := ctx.Value(callKey{}).(call)
	c.Context = ctx
	return c
}

// bodyTime is how long a request may take to send its JSON: slow links and Tor
// are the normal case.
const bodyTime = time.Minute

// on registers an operation. Whatever error do returns becomes a problem: huma
// never words an error itself.
func on[I, O any](a *API, op huma.Operation, do func(call, *I) (*O, error)) {
	op.SkipValidateBody = true // bodies are decoded by body.decode and form.DecodeJSON
	op.BodyReadTimeout = bodyTime
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = maxBody
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		c := callOf(ctx)
		out, err := do(c, in)
		var ready huma.StatusError // a collision
		switch {
		case errors.As(err, &ready):
			return nil, ready
		case err != nil:
			return nil, a.problem(c, op.OperationID, err)
		}
		return out, nil
	})
}

// operation names an address. Tag groups it in the description.
func operation(method, path, id, tag, summary string) huma.Operation {
	return huma.Operation{Method: method, Path: path, OperationID: id, Tags: []string{tag}, Summary: summary}
}

// some gives lists that are never null in JSON.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// timeOr leaves out a time that is not set.
func timeOr(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	u := t.UTC()
	return &u
}
