package store

// Organisation is a member of the consortium.
type Organisation struct {
	ID        string
	Names     string // JSON {"ru": …, "en": …}
	CreatedAt int64
}

// Person is somebody who can sign in.
type Person struct {
	ID           string
	Name         string // what the person typed, shown to others
	Fold         string // folded name, unique, what sign-in looks up
	Organisation string
	KeyFile      []byte // passphrase-protected age file with the identity
	Recipient    string // public age recipient of that identity
	Lang         string
	State        string
	TOTPSealed   []byte // second-factor secret sealed to the identity; nil: none
	Settings     string // JSON
	CreatedAt    int64
}

// People keeps organisations and the people in them.
type People interface {
	// PutOrganisation inserts or replaces by ID.
	PutOrganisation(Organisation) error
	// Organisation returns one. ErrNotFound.
	Organisation(id string) (Organisation, error)
	// Organisations returns all, by CreatedAt then ID.
	Organisations() ([]Organisation, error)

	// InsertPerson adds a person. ErrConflict when the ID or the Fold is taken.
	InsertPerson(Person) error
	// UpdatePerson replaces all columns but ID and CreatedAt.
	// ErrNotFound; ErrConflict when the Fold is taken by somebody else.
	UpdatePerson(Person) error
	// Person returns one. ErrNotFound.
	Person(id string) (Person, error)
	// PersonByFold returns the person with that folded name. ErrNotFound.
	PersonByFold(fold string) (Person, error)
	// People returns all, by Fold.
	People() ([]Person, error)
}

// Circle is a set of people who share a key; records live in one.
type Circle struct {
	ID           string
	Organisation string
	Name         string // JSON {"ru": …, "en": …} or plain, the kernel decides
	Generation   int64  // current key generation, from 1
	Recipient    string // public recipient of the current generation
	CreatedAt    int64
	ClosedAt     int64 // 0: open
}

// CircleKey is the public side of one key generation of a circle.
type CircleKey struct {
	Circle     string
	Generation int64
	Recipient  string
	Sealed     []byte // what the circle keeps under this generation's key, such as its search key; may be nil
	CreatedAt  int64
}

// CircleWrap is the secret of one generation, wrapped to one member.
type CircleWrap struct {
	Circle     string
	Generation int64
	Person     string
	Wrapped    []byte
}

// Member says what a person may do in a circle.
type Member struct {
	Circle string
	Person string
	Role   string // reader, worker or steward
	Since  int64
}

// Circles keeps circles, their key generations and their members.
type Circles interface {
	// InsertCircle adds a circle. ErrConflict when the ID is taken.
	InsertCircle(Circle) error
	// UpdateCircle replaces all columns but ID and CreatedAt. ErrNotFound.
	UpdateCircle(Circle) error
	// Circle returns one. ErrNotFound.
	Circle(id string) (Circle, error)
	// Circles returns all, closed ones too, by CreatedAt then ID.
	Circles() ([]Circle, error)

	// InsertCircleKey adds a generation. ErrConflict when it exists.
	InsertCircleKey(CircleKey) error
	// CircleKeys returns the generations of a circle, oldest first.
	CircleKeys(circle string) ([]CircleKey, error)
	// PutCircleWraps inserts or replaces by (Circle, Generation, Person).
	PutCircleWraps([]CircleWrap) error
	// CircleWraps returns the wraps of one circle for one person, oldest
	// generation first.
	CircleWraps(circle, person string) ([]CircleWrap, error)
	// WrapsOf returns a person's wraps in all circles, by Circle then Generation.
	WrapsOf(person string) ([]CircleWrap, error)
	// DeleteCircleWraps removes a person's wraps of all generations of a circle.
	DeleteCircleWraps(circle, person string) error

	// PutMember inserts, or changes the Role and Since of, a member.
	PutMember(Member) error
	// DeleteMember removes a member; the wraps stay until DeleteCircleWraps.
	// ErrNotFound.
	DeleteMember(circle, person string) error
	// Members returns a circle's members, by Since then Person.
	Members(circle string) ([]Member, error)
	// Memberships returns the circles a person is in, by Circle.
	Memberships(person string) ([]Member, error)
}
