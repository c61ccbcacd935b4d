package cli

import (
	"errors"

	"svod/internal/core"
)

// Exit codes, a contract for scripts.
const (
	exitOK        = 0
	exitFound     = 1 // something is wrong with the data: findings, refused rows, pack problems
	exitUsage     = 2 // the command or its input cannot be accepted
	exitNotFound  = 3 // absent, or not for this person: the same answer
	exitSignedOut = 4 // wrong name or passphrase, or none given
	exitConflict  = 5
	exitUnavail   = 6 // disk full, database away, port taken: try again
	exitNewer     = 7 // written by a newer Svod
	exitInternal  = 8 // a defect of the program

	exitStopped = 130 // interrupted before it was done, as shells say it
)

// errFound ends a command that has reported what it found.
var errFound = errors.New("cli: found problems")

// exitCode is the one table from kinds of error to exit codes.
func exitCode(err error) int {
	if err == nil {
		return exitOK
	}
	if errors.Is(err, errFound) {
		return exitFound
	}
	switch core.KindOf(err) {
	case core.KindInvalid, core.KindTooLarge:
		return exitUsage
	case core.KindNotFound, core.KindForbidden:
		return exitNotFound
	case core.KindSignedOut:
		return exitSignedOut
	case core.KindConflict:
		return exitConflict
	case core.KindUnavail, core.KindTooMany:
		return exitUnavail
	case core.KindNewerStore:
		return exitNewer
	}
	return exitInternal
}
