package store

// Session is a signed-in device. IDHash is a hash of the secret in the cookie;
// Sealed is the person's identity encrypted under that secret.
type Session struct {
	IDHash        string
	Person        string
	Sealed        []byte
	Device        string
	CreatedAt     int64
	SeenAt        int64
	IdleUntil     int64
	AbsoluteUntil int64
	LockedAt      int64 // 0: not locked
}

// Token lets a program act with a person's rights.
type Token struct {
	IDHash    string
	ID        string // public handle, for lists and revocation
	Person    string
	Label     string
	Sealed    []byte
	CreatedAt int64
	ExpiresAt int64 // 0: never
	SeenAt    int64
}

// Invite lets a new person join an organisation once.
type Invite struct {
	IDHash       string
	ID           string
	Organisation string
	Name         string
	Sealed       []byte
	CreatedBy    string
	CreatedAt    int64
	ExpiresAt    int64 // 0: never
	UsedAt       int64 // 0: not yet
}

// Sessions keeps ways in: sessions, tokens and invites. It does not look at the
// clock: expired rows are returned until PurgeExpired, and the caller checks.
type Sessions interface {
	// InsertSession adds a session. ErrConflict when the IDHash is taken.
	InsertSession(Session) error
	// UpdateSession replaces Sealed, Device, SeenAt, IdleUntil and LockedAt.
	// ErrNotFound.
	UpdateSession(Session) error
	// Session returns one. ErrNotFound.
	Session(idHash string) (Session, error)
	// SessionsOf returns a person's sessions, the last seen first.
	SessionsOf(person string) ([]Session, error)
	// DeleteSession removes one. ErrNotFound.
	DeleteSession(idHash string) error
	// DeleteSessionsOf removes a person's sessions but the one named except
	// ("": all) and says how many.
	DeleteSessionsOf(person, except string) (int64, error)

	// InsertToken adds a token. ErrConflict when the IDHash or ID is taken.
	InsertToken(Token) error
	// Token returns one by its hash. ErrNotFound.
	Token(idHash string) (Token, error)
	// TouchToken sets SeenAt. ErrNotFound.
	TouchToken(idHash string, seenAt int64) error
	// TokensOf returns a person's tokens, by CreatedAt then ID.
	TokensOf(person string) ([]Token, error)
	// DeleteToken removes a person's token by its ID. ErrNotFound.
	DeleteToken(person, id string) error

	// InsertInvite adds an invite. ErrConflict when the IDHash or ID is taken.
	InsertInvite(Invite) error
	// Invite returns one by its hash. ErrNotFound.
	Invite(idHash string) (Invite, error)
	// Invites returns an organisation's invites, used ones too, newest first.
	Invites(organisation string) ([]Invite, error)
	// UseInvite sets UsedAt. ErrNotFound; ErrConflict when it was used before.
	UseInvite(idHash string, at int64) error
	// DeleteInvite removes one by its ID. ErrNotFound.
	DeleteInvite(id string) error
}

// Attempts counts events in time windows, for rate limits. The key is a hash:
// no address or name is kept.
type Attempts interface {
	// CountAttempt adds one to (keyHash, window) and returns the new count.
	CountAttempt(keyHash string, window int64) (int64, error)
	// Attempts returns the count of (keyHash, window), 0 when there is none.
	Attempts(keyHash string, window int64) (int64, error)
	// ClearAttempts forgets all windows of a key.
	ClearAttempts(keyHash string) error
}
