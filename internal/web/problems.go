package web

import (
	"errors"
	"net/http"

	"svod/internal/core"
)

// Problem is one thing to mend in a form, in the visitor's words.
type Problem struct {
	Field string // id of the input it is about, "" when about the whole form
	Text  string
}

// Problems are shown at the top of the page as links to the fields, and again
// beside each field.
type Problems struct {
	List   []Problem
	Status int // to answer with
}

// Any reports whether there is something to mend.
func (p Problems) Any() bool { return len(p.List) > 0 }

// At is the text beside a field, "" when it is fine.
func (p Problems) At(field string) string {
	for _, one := range p.List {
		if one.Field == field {
			return one.Text
		}
	}
	return ""
}

// problems turns an error that the person can mend into what the form shows;
// ok is false for all other errors, which the handler returns as they are.
func (v *visit) problems(err error) (p Problems, ok bool) {
	if err == nil {
		return p, false
	}
	var list core.Errors
	if !errors.As(err, &list) {
		var one *core.Error
		if !errors.As(err, &one) {
			return p, false
		}
		list = core.Errors{one}
	}
	for _, e := range list {
		switch e.Kind {
		case core.KindInvalid, core.KindConflict, core.KindTooMany, core.KindTooLarge:
		default:
			return Problems{}, false
		}
		p.List = append(p.List, Problem{Field: e.Field, Text: v.message(e)})
	}
	p.Status = http.StatusUnprocessableEntity
	if k := core.KindOf(err); k != core.KindInvalid {
		p.Status = statusOf(k)
	}
	return p, len(p.List) > 0
}

// message is an error in the visitor's words. Arguments that are themselves
// message keys of roles are translated.
func (v *visit) message(e *core.Error) string {
	args := make([]any, len(e.Args))
	copy(args, e.Args)
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == "role" {
			if role, ok := args[i+1].(string); ok {
				args[i+1] = v.T("role." + role)
			}
		}
	}
	return v.T(e.Key, args...)
}
