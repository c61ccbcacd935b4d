package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"svod/internal/core"
)

// Problem is an error as RFC 9457 has it, with the stable code of the message
// and the places the error is about.
type Problem struct {
	Status int           `json:"status" doc:"HTTP status"`
	Title  string        `json:"title" doc:"What kind of problem it is, in the language asked for"`
	Detail string        `json:"detail" doc:"What is wrong, in the language asked for"`
	Code   string        `json:"code" doc:"Stable message key, for programs" example:"error.not_found"`
	Errors []ProblemSpot `json:"errors,omitempty" doc:"One entry for each thing that is wrong with the request"`

	retryAfter int // seconds, 0 = not said
}

// ProblemSpot is one thing that is wrong and where it stands.
type ProblemSpot struct {
	Location string `json:"location" doc:"JSON path in the body ($.values.title) or a parameter (query.limit)"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

// Error is for logs: it holds no wording.
func (p *Problem) Error() string { return strconv.Itoa(p.Status) + " " + p.Code }

// GetStatus tells huma the status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders tells huma the headers of the answer.
func (p *Problem) GetHeaders() http.Header {
	if p.retryAfter == 0 {
		return nil
	}
	return http.Header{"Retry-After": {strconv.Itoa(p.retryAfter)}}
}

// ContentType tells huma the media type.
func (p *Problem) ContentType(string) string { return problemMedia }

const problemMedia = "application/problem+json"

// statuses is the one table from kinds of error to HTTP.
var statuses = map[core.Kind]int{
	core.KindInvalid:    http.StatusUnprocessableEntity,
	core.KindNotFound:   http.StatusNotFound,
	core.KindForbidden:  http.StatusForbidden,
	core.KindConflict:   http.StatusConflict,
	core.KindSignedOut:  http.StatusUnauthorized,
	core.KindTooLarge:   http.StatusRequestEntityTooLarge,
	core.KindTooMany:    http.StatusTooManyRequests,
	core.KindUnavail:    http.StatusServiceUnavailable,
	core.KindNewerStore: http.StatusServiceUnavailable,
	core.KindInternal:   http.StatusInternalServerError,
}

// spotted is an error whose fields stand at a known place of the request: root
// is the JSON path of the values, such as "$.values". In a batch the number of
// the draft goes before it.
type spotted struct {
	error
	root  string
	batch bool
}

func (s spotted) Unwrap() error { return s.error }

// problem words an error for the one who asked, and logs what only the people
// of the house should know.
func (a *API) problem(c call, operation string, err error) *Problem {
	var ready *Problem
	if errors.As(err, &ready) {
		return ready
	}
	if c.Err() != nil && errors.Is(err, context.Canceled) {
		err = &core.Error{Kind: core.KindUnavail, Key: "error.busy", Err: err} // nobody is listening any more
	}
	at := spotted{root: "query"}
	errors.As(err, &at)
	var list core.Errors
	var one *core.Error
	switch {
	case errors.As(err, &list) && len(list) > 0:
	case errors.As(err, &one):
		list = core.Errors{one}
	default:
		list = core.Errors{core.Internal(err)}
	}
	first := list[0]
	if first.Kind == core.KindInternal || first.Err != nil && first.Kind == core.KindUnavail {
		a.log.ErrorContext(c, "api request failed", "operation", operation, "error", first)
	}
	p := a.plain(c.lang, first.Kind, first.Key, first.Args...)
	if len(list) > 1 {
		p.Code, p.Detail = "api.several", a.say(c.lang, "api.several", "count", len(list))
	}
	if first.Kind != core.KindInvalid && first.Kind != core.KindTooLarge {
		return p
	}
	for _, e := range list {
		loc := at.location(e)
		if loc == "" {
			continue
		}
		p.Errors = append(p.Errors, ProblemSpot{Location: loc, Code: e.Key, Message: a.say(c.lang, e.Key, withPath(e.Args, loc)...)})
	}
	if len(list) == 1 && len(p.Errors) == 1 {
		p.Detail = p.Errors[0].Message
	}
	return p
}

// plain is a problem without places.
func (a *API) plain(lang string, kind core.Kind, key string, args ...any) *Problem {
	p := &Problem{Status: statuses[kind], Title: a.say(lang, "api.title."+string(kind)), Detail: a.say(lang, key, args...), Code: key}
	if kind == core.KindTooMany || kind == core.KindUnavail {
		p.retryAfter = 5
	}
	return p
}

// location is the place of an error in the request, "" when it has none.
func (s spotted) location(e *core.Error) string {
	root := s.root
	if s.batch && e.Row > 0 {
		root = "$[" + strconv.Itoa(e.Row-1) + "]" + strings.TrimPrefix(root, "$")
	}
	if path, ok := argument(e.Args, "path"); ok {
		return root + strings.TrimPrefix(path, "$")
	}
	switch {
	case e.Field == "":
		if s.batch && e.Row > 0 {
			return root
		}
		return ""
	case !s.batch && e.Row > 0:
		return root + "." + e.Field + "[" + strconv.Itoa(e.Row-1) + "]"
	}
	return root + "." + e.Field
}

// withPath puts the path in the whole request in place of the path in the
// values, so that the text agrees with the location.
func withPath(args []any, path string) []any {
	out := append([]any(nil), args...)
	for i := 0; i+1 < len(out); i += 2 {
		if out[i] == "path" {
			out[i+1] = path
		}
	}
	return out
}

func argument(args []any, name string) (string, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if s, ok := args[i+1].(string); ok && args[i] == name {
			return s, true
		}
	}
	return "", false
}
