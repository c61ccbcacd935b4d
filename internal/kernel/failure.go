package kernel

import (
	"context"
	"errors"

	"svod/internal/blob"
	"svod/internal/core"
	"svod/internal/store"
)

// storeFailures maps what the store can say to what a user is told. Order
// matters only for readability: the kinds are disjoint.
var storeFailures = []struct {
	is   error
	kind core.Kind
	key  string
}{
	{store.ErrNotFound, core.KindNotFound, "error.not_found"},
	{store.ErrConflict, core.KindConflict, "error.conflict"},
	{store.ErrText, core.KindInvalid, "error.bad_text"},
	{store.ErrBusy, core.KindUnavail, "error.busy"},
	{store.ErrFull, core.KindUnavail, "error.disk_full"},
	{store.ErrReadOnly, core.KindUnavail, "error.read_only"},
	{store.ErrCorrupt, core.KindUnavail, "error.corrupt"},
	{store.ErrUnavailable, core.KindUnavail, "error.database_away"},
	{store.ErrClosed, core.KindUnavail, "error.shutting_down"},
	{store.ErrKey, core.KindUnavail, "error.wrong_key"},
	{store.ErrNewer, core.KindNewerStore, "error.newer_store"},
	{context.DeadlineExceeded, core.KindUnavail, "error.busy"},
	{blob.ErrNotFound, core.KindUnavail, "error.file_lost"},
}

// fromStore turns any error into a core.Error (or core.Errors), keeping the
// cause for the log.
func fromStore(err error) error {
	if err == nil {
		return nil
	}
	var e *core.Error
	if errors.As(err, &e) {
		return e
	}
	var l core.Errors
	if errors.As(err, &l) {
		return l
	}
	for _, f := range storeFailures {
		if errors.Is(err, f.is) {
			return &core.Error{Kind: f.kind, Key: f.key, Err: err}
		}
	}
	return core.Internal(err)
}
