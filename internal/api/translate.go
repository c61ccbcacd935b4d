package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"svod/internal/core"
)

// translate turns the errors that huma finds in parameters and bodies into
// problems: in the asked language, and without the value that was sent, which
// may be what must not be repeated.
func (a *API) translate(ctx huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	c, op := callOf(ctx.Context()), ctx.Operation()
	switch m.Status {
	case http.StatusRequestEntityTooLarge:
		return a.plain(c.lang, core.KindTooLarge, "api.body_large", "max", op.MaxBodyBytes), nil
	case http.StatusRequestTimeout:
		p := a.plain(c.lang, core.KindUnavail, "api.body_slow")
		p.Status = m.Status
		return p, nil
	case http.StatusInternalServerError:
		a.log.ErrorContext(c, "api request failed", "operation", op.OperationID, "status", m.Status)
		return a.plain(c.lang, core.KindInternal, "error.internal"), nil
	}
	p := a.plain(c.lang, core.KindInvalid, "api.parameters")
	if len(m.Errors) == 0 { // a body was expected and none came
		p = a.plain(c.lang, core.KindInvalid, "api.body")
	}
	p.Status = m.Status // huma has sent it already
	for _, d := range m.Errors {
		e := parameterError(ctx, op, d.Location)
		p.Errors = append(p.Errors, ProblemSpot{Location: printable(d.Location), Code: e.Key, Message: a.say(c.lang, e.Key, e.Args...)})
	}
	if len(p.Errors) == 1 {
		p.Code, p.Detail = p.Errors[0].Code, p.Errors[0].Message
	}
	return p, nil
}

// parameterError says what the operation wants at a place. The reason is read
// from the parameter's schema, not from huma's English.
func parameterError(ctx huma.Context, op *huma.Operation, location string) *core.Error {
	in, name, _ := strings.Cut(location, ".")
	name, _, _ = strings.Cut(name, "[")
	if in == "body" {
		return core.Invalid("api.body")
	}
	var p *huma.Param
	for _, q := range op.Parameters {
		if q.In == in && q.Name == name {
			p = q
		}
	}
	if p == nil {
		return core.Invalid("api.unknown_parameter", "name", printable(name))
	}
	s := p.Schema
	if s.Items != nil {
		s = s.Items
	}
	switch {
	case p.Required && in == "query" && ctx.Query(name) == "":
		return core.Invalid("api.parameter_required", "name", name)
	case s.Minimum != nil && s.Maximum != nil:
		return core.Invalid("api.parameter_range", "name", name, "min", int(*s.Minimum), "max", int(*s.Maximum))
	case len(s.Enum) > 0:
		var offered []string
		for _, v := range s.Enum {
			if word, ok := v.(string); ok {
				offered = append(offered, word)
			}
		}
		return core.Invalid("api.parameter_choice", "name", name, "values", strings.Join(offered, ", "))
	}
	return core.Invalid("api.parameter", "name", name)
}

// printable keeps a name from the outside short and harmless in a message.
func printable(s string) string {
	out := make([]rune, 0, 40)
	for _, r := range s {
		if r < ' ' || r > '~' || len(out) == 40 {
			return "…"
		}
		out = append(out, r)
	}
	return string(out)
}
