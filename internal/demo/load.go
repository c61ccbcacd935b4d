package demo

import (
	"context"
	"embed"
	"errors"
	"io/fs"

	"svod/internal/core"
	"svod/internal/kernel"
)

//go:embed data
var content embed.FS

// Access is who can sign in to the demo. The first user is the documentalist,
// whose API token Token is.
type Access struct {
	Users []User
	Token string
}

// User is an invented person of the demo. Role is steward for administrators of
// an organisation, else the role in the circles.
type User struct {
	Name, Passphrase string
	Role             core.Role
	Organisation     core.Words
	Circles          []string // names
}

// Load fills the empty demo behind k and returns who can sign in. progress, if
// not nil, is called with the number of records written so far and in all.
// Errors: KindInvalid "error.is_real" when k is no demo; those of Kernel.Setup,
// so KindConflict when it has people already.
func Load(ctx context.Context, k *kernel.Kernel, progress func(done, total int)) (Access, error) {
	if !k.Info().Demo {
		return Access{}, core.Invalid("error.is_real")
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	data, err := fs.Sub(content, "data")
	if err != nil {
		return Access{}, core.Internal(err)
	}
	stories, err := readStories(data)
	if err != nil {
		return Access{}, core.Internal(err)
	}
	facts, err := readFacts(data)
	if err != nil {
		return Access{}, core.Internal(err)
	}
	c, err := settle(ctx, k)
	if err != nil {
		return Access{}, err
	}
	l := &loader{ctx: ctx, k: k, cast: c, ids: map[string]core.ID{}, total: len(facts), progress: progress}
	for _, s := range stories {
		l.total += len(s.Records)
	}
	if err := l.events(facts); err != nil {
		return Access{}, err
	}
	for _, s := range stories {
		if err := l.story(s); err != nil {
			return Access{}, err
		}
	}
	token, _, err := k.TokenCreate(ctx, c.actors["vera"], "demo", 0)
	return Access{Users: c.users, Token: token}, err
}

// batch is how many records one transaction writes.
const batch = 500

// loader writes records and remembers what their local ids became.
type loader struct {
	ctx         context.Context
	k           *kernel.Kernel
	cast        *cast
	ids         map[string]core.ID // by local id: "OVD-2012-001", "p-…"
	done, total int
	progress    func(done, total int)
}

// write creates drafts in batches, in the name of one actor.
func (l *loader) write(actor core.Actor, drafts []kernel.Draft) error {
	for from := 0; from < len(drafts); from += batch {
		some := drafts[from:min(from+batch, len(drafts))]
		if _, err := l.k.CreateMany(l.ctx, actor, some); err != nil {
			return inAll(err, from)
		}
		l.done += len(some)
		l.progress(l.done, l.total)
	}
	return nil
}

// inAll counts the rows of errors through all batches: the kernel counts them in
// one.
func inAll(err error, from int) error {
	var list core.Errors
	if !errors.As(err, &list) {
		var one *core.Error
		if !errors.As(err, &one) {
			return err
		}
		list = core.Errors{one}
	}
	out := make(core.Errors, len(list))
	for i, e := range list {
		out[i] = e
		if e.Row > 0 {
			out[i] = e.AtCell(e.Row+from, e.Column)
		}
	}
	return out
}

var errData = errors.New("demo: data")
