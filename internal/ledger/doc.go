// Package ledger is the tamper-evident log: a Merkle tree over entries that say
// that something happened, without saying what. It encodes entries, computes
// what to store, signs and opens checkpoints, and makes and checks proofs. Pure:
// no files, no network, no clock, no database; hashes are read through the
// narrow HashReader, and writing them is the caller's, in the same transaction
// as the change that the entry is about.
//
// To append: NewAppender(size, reader), Add for each entry, store Hashes at the
// index it names, store the encoded entries, then sign Root as a Checkpoint.
// Read size from the database in the same transaction and never keep an Appender
// beyond it: after a rollback it would be ahead of what is stored.
//
// To check: Verifier recomputes everything from the stored entries; Inclusion
// and Consistency are proofs that travel, and need neither Svod nor any key that
// is secret to be checked.
//
// The formats are public ones, so that others can check them with their own
// programs: tree and proofs of RFC 6962, checkpoints of c2sp.org/tlog-checkpoint,
// witnesses of c2sp.org/tlog-cosignature (Ed25519), inclusion proofs of
// c2sp.org/tlog-proof, consistency proofs as in the body of a request of
// c2sp.org/tlog-witness.
//
// # What it never promises
//
// That an entry tells the truth: it proves what was written, in which order and
// before which checkpoint. The time in an entry is the server's word; a witness
// adds its own. A server that alone holds the signing key can rewrite the log
// and sign it again; only a checkpoint that somebody else kept or cosigned shows
// that. Entries hold ids, never names or content, so erasing a record need not
// touch them.
package ledger
