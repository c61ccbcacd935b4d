package ledger

import "errors"

// The errors of this package; compare with errors.Is.
var (
	// ErrFormat: a text is not in the form this package writes or reads.
	ErrFormat = errors.New("ledger: malformed")
	// ErrEntry: a field of an entry is outside what can be encoded.
	ErrEntry = errors.New("ledger: entry not encodable")
	// ErrSignature: the signature wanted is missing or does not verify.
	ErrSignature = errors.New("ledger: signature does not verify")
	// ErrProof: a proof does not lead to the root it should.
	ErrProof = errors.New("ledger: proof does not verify")
	// ErrFork: two checkpoints of one log cannot both be true: the log was
	// rewritten, or shown differently to different people.
	ErrFork = errors.New("ledger: the log was forked")
	// ErrRollback: a checkpoint is smaller than one seen before.
	ErrRollback = errors.New("ledger: the log was rolled back")
	// ErrRange: an index or size that the tree does not have.
	ErrRange = errors.New("ledger: outside the log")
	// ErrStored: stored hashes are missing or contradict what was computed.
	ErrStored = errors.New("ledger: stored hashes are damaged")
	// ErrKey: a signing or verification key is malformed.
	ErrKey = errors.New("ledger: malformed key")
)
