package kernel

import (
	"errors"
	"sync"

	"svod/internal/core"
	"svod/internal/crypt"
	"svod/internal/store"
)

// keyring holds a person's opened identity and the circle keys unwrapped so
// far. It lives as long as one request, or one running job.
type keyring struct {
	id *crypt.Identity

	mu         sync.Mutex
	circles    map[circleGeneration]*crypt.CircleKeys // guarded by mu
	identities map[circleGeneration]*crypt.Identity   // guarded by mu
}

type circleGeneration struct {
	circle     string
	generation int64
}

var errNoKey = errors.New("kernel: the person holds no key of this circle generation")

func newKeyring(id *crypt.Identity) *keyring {
	return &keyring{id: id, circles: map[circleGeneration]*crypt.CircleKeys{},
		identities: map[circleGeneration]*crypt.Identity{}}
}

// ringOf is the keyring of an actor that the kernel made; an Actor built by
// anybody else has none and can open nothing.
func ringOf(a core.Actor) (*keyring, error) {
	r, ok := a.Keys.(*keyring)
	if !ok || r == nil || r.id == nil {
		return nil, core.SignedOut("error.signed_out")
	}
	return r, nil
}

// circle derives the working keys of one generation of a circle. errNoKey when
// the person has no wrap for it.
func (r *keyring) circle(tx store.Circles, person, circle string, generation int64) (*crypt.CircleKeys, error) {
	at := circleGeneration{circle, generation}
	r.mu.Lock()
	ck := r.circles[at]
	r.mu.Unlock()
	if ck != nil {
		return ck, nil
	}
	id, err := r.identity(tx, person, circle, generation)
	if err != nil {
		return nil, err
	}
	ck = crypt.DeriveCircle(id, circle, int(generation))
	r.mu.Lock()
	r.circles[at] = ck
	r.mu.Unlock()
	return ck, nil
}

// identity unwraps the age identity of one generation of a circle. errNoKey
// when the person has no wrap for it.
func (r *keyring) identity(tx store.Circles, person, circle string, generation int64) (*crypt.Identity, error) {
	at := circleGeneration{circle, generation}
	r.mu.Lock()
	defer r.mu.Unlock()
	if id := r.identities[at]; id != nil {
		return id, nil
	}
	wraps, err := tx.CircleWraps(circle, person)
	if err != nil {
		return nil, err
	}
	for _, w := range wraps {
		if w.Generation != generation {
			continue
		}
		id, err := crypt.OpenCircle(r.id, w.Wrapped, circle, int(generation))
		if err != nil {
			return nil, core.Internal(err)
		}
		r.identities[at] = id
		return id, nil
	}
	return nil, errNoKey
}

// generations unwraps every generation of a circle that the person holds,
// oldest first.
func (r *keyring) generations(tx store.Circles, person, circle string) ([]*crypt.CircleKeys, error) {
	wraps, err := tx.CircleWraps(circle, person)
	if err != nil {
		return nil, err
	}
	out := make([]*crypt.CircleKeys, 0, len(wraps))
	for _, w := range wraps {
		ck, err := r.circle(tx, person, circle, w.Generation)
		if err != nil {
			return nil, err
		}
		out = append(out, ck)
	}
	return out, nil
}
