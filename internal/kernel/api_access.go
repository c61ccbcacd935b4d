package kernel

import (
	"time"

	"svod/internal/core"
)

// Setup is the first organisation, person and circle of a new instance.
type Setup struct {
	Organisation core.Words
	Name         string // of the first person, who becomes admin of the organisation
	Passphrase   string
	Lang         string
	Circle       string // name of the first circle; the person becomes its steward
}

// SetupDone is what Setup made.
type SetupDone struct {
	Organisation core.Organisation
	Person       core.Person
	Circle       core.Circle
}

// SignIn asks for a session. Code is the one-time code, needed when the person
// has a second factor: without it SignIn answers KindSignedOut with the key
// "error.code_required".
type SignIn struct {
	Name, Passphrase, Code string
	Device                 string // shown in the list of sessions: "Firefox, Linux"
}

// Session is one signed-in device.
type Session struct {
	ID      string // safe to show and to name in a form
	Device  string
	Created time.Time
	Seen    time.Time
	IdleAt  time.Time // ends when idle until then
	EndsAt  time.Time // ends in any case
	Current bool
}

// Token is an API token; its secret is shown once, by TokenCreate.
type Token struct {
	ID      core.ID
	Label   string
	Created time.Time
	Expires time.Time // zero = never
	Seen    time.Time
}

// Invite asks somebody in. Circles name the roles they get; the inviter must be
// steward of each. A new organisation may be named instead of an existing one
// by an admin.
type Invite struct {
	Organisation core.ID
	Name         string // suggested sign-in name
	Admin        bool
	Circles      []InviteCircle
	Valid        time.Duration // 0 = 7 days
}

// InviteCircle is one circle an invited person will join.
type InviteCircle struct {
	Circle core.ID
	Role   core.Role
}

// InviteInfo is an invite as stewards of its organisation see it, and as the
// invited person sees it when opening it with the code.
type InviteInfo struct {
	ID           core.ID
	Organisation core.Organisation
	Name         string
	Circles      []string
	By           string
	Expires      time.Time
	Used         bool
}

// Accept is what the invited person answers with.
type Accept struct {
	Code, Name, Passphrase, Lang, Device string
}

// CircleInfo is a circle as one actor may know it. Role is "" for an admin of
// its organisation who is not a member: then Members and Records are 0 and
// nothing inside can be asked for.
type CircleInfo struct {
	core.Circle
	OrganisationNames core.Words
	Role              core.Role
	Members           int
	Records           int
	Rekeying          bool // older records are being carried to the newest key
}

// MemberInfo is a member with the name of the person.
type MemberInfo struct {
	core.Member
	Name         string
	Organisation core.Words
}
