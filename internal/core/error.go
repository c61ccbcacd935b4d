package core

import (
	"errors"
	"fmt"
	"strings"
)

// Kind sorts errors by what a surface must do about them. One table per
// surface maps a Kind to an HTTP status or an exit code.
type Kind string

// The kinds of error. Everything that is none of these is KindInternal: the
// user sees "something went wrong", the log sees the detail.
const (
	KindInternal   Kind = "internal"
	KindInvalid    Kind = "invalid"     // the input cannot be accepted as it is
	KindNotFound   Kind = "not_found"   // absent, or outside the actor's scope: the same answer
	KindForbidden  Kind = "forbidden"   // visible, but this role may not do it
	KindConflict   Kind = "conflict"    // somebody else saved in between
	KindSignedOut  Kind = "signed_out"  // no session, expired, locked, or wrong passphrase
	KindTooLarge   Kind = "too_large"   // a stated limit was exceeded
	KindTooMany    Kind = "too_many"    // rate limit
	KindUnavail    Kind = "unavailable" // disk full, database away, busy: try again
	KindNewerStore Kind = "newer_store" // the database was written by a newer Svod
)

// Error is the one error type that reaches users. Key names a message in the
// catalogue ("error.required"); Args are alternating placeholder name and
// value for it and must never hold sealed content. Err is for the log only.
type Error struct {
	Kind Kind
	Key  string
	Args []any
	// Field, Row and Column say where, for forms and imports. Row and Column
	// count from 1; 0 means "not applicable".
	Field  string
	Row    int
	Column int
	Err    error
}

// Error gives the technical form for logs: kind, key, place and cause.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Key)
	for i := 0; i+1 < len(e.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", e.Args[i], e.Args[i+1])
	}
	if e.Field != "" {
		b.WriteString(" field=" + e.Field)
	}
	if e.Row > 0 {
		fmt.Fprintf(&b, " row=%d", e.Row)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf-like constructors. Args are alternating placeholder name and value.

// Invalid is an error about input that cannot be accepted.
func Invalid(key string, args ...any) *Error {
	return &Error{Kind: KindInvalid, Key: key, Args: args}
}

// Forbidden is for an act the actor can name but not do.
func Forbidden(key string, args ...any) *Error {
	return &Error{Kind: KindForbidden, Key: key, Args: args}
}

// Conflict is for a state that changed underneath the actor.
func Conflict(key string, args ...any) *Error {
	return &Error{Kind: KindConflict, Key: key, Args: args}
}

// NotFound is the one answer for what does not exist and for what the actor
// may not know to exist.
func NotFound() *Error { return &Error{Kind: KindNotFound, Key: "error.not_found"} }

// SignedOut says that the actor must sign in (again).
func SignedOut(key string) *Error { return &Error{Kind: KindSignedOut, Key: key} }

// Internal wraps a technical failure.
func Internal(err error) *Error {
	return &Error{Kind: KindInternal, Key: "error.internal", Err: err}
}

// At returns a copy of e that points at a field.
func (e *Error) At(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// AtCell returns a copy of e that points at a table cell, counted from 1.
func (e *Error) AtCell(row, column int) *Error {
	c := *e
	c.Row, c.Column = row, column
	return &c
}

// KindOf classifies any error; errors that are not an *Error (and not a list
// of them) are KindInternal, nil is "".
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	var l Errors
	if errors.As(err, &l) && len(l) > 0 {
		return l[0].Kind
	}
	return KindInternal
}

// Errors is a list of errors about one input, in the order of its fields.
type Errors []*Error

// Error joins the technical forms.
func (l Errors) Error() string {
	s := make([]string, len(l))
	for i, e := range l {
		s[i] = e.Error()
	}
	return strings.Join(s, "; ")
}

// OrNil returns nil for an empty list, so that "return errs.OrNil()" is safe.
func (l Errors) OrNil() error {
	if len(l) == 0 {
		return nil
	}
	return l
}
