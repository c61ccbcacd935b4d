package core

import "time"

// Role is what a member may do in a circle.
type Role string

// Reader reads; worker also writes and imports; steward also manages members
// and sharing. Being steward of a circle one is not a member of does not exist:
// an organisation's steward without membership sees only that a circle exists.
const (
	Reader  Role = "reader"
	Worker  Role = "worker"
	Steward Role = "steward"
)

// Roles lists the roles from the weakest.
func Roles() []Role { return []Role{Reader, Worker, Steward} }

// Allows reports whether r includes the rights of need.
func (r Role) Allows(need Role) bool { return r.rank() >= need.rank() && need.rank() > 0 }

func (r Role) rank() int {
	switch r {
	case Reader:
		return 1
	case Worker:
		return 2
	case Steward:
		return 3
	}
	return 0
}

// Organisation is a member of the consortium.
type Organisation struct {
	ID    ID
	Names Words
}

// Person is somebody who can sign in. Admin persons are stewards of their
// organisation: they invite people and create circles, and gain no right to
// read by it.
type Person struct {
	ID           ID
	Name         string // the name used to sign in and shown as author
	Organisation ID
	Admin        bool
	Lang         string
	Active       bool
	TOTP         bool
	Created      time.Time
}

// Circle is a compartment: people who share a key.
type Circle struct {
	ID           ID
	Organisation ID
	Name         string
	Generation   int
	Closed       bool
	Created      time.Time
}

// Member is a person's place in a circle.
type Member struct {
	Circle ID
	Person ID
	Role   Role
	Since  time.Time
}

// Scope is what an actor may see, as the kernel computed it: the only thing
// the index and the store learn about permissions. The zero Scope sees
// nothing.
type Scope struct {
	Circles []ID // sorted
}

// Has reports whether the circle is in scope.
func (s Scope) Has(circle ID) bool {
	for _, c := range s.Circles {
		if c == circle {
			return true
		}
	}
	return false
}

// Actor is who asks: a person whose identity has been opened for this request.
// The kernel makes Actors (from a session, a token or a passphrase) and every
// kernel method takes one first; surfaces pass it on untouched and never keep
// it beyond the request.
type Actor struct {
	Person       ID
	Name         string
	Organisation ID
	Admin        bool
	Lang         string // "ru" or "en" …
	Via          string // "web", "api", "cli", "job"
	Session      string // opaque handle of the session or token, "" on the command line
	// Keys is the kernel's keyring for this request. Nobody else looks inside.
	Keys any
}
