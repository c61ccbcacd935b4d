// Package crypt holds every cryptographic format of Svod and nothing else: no
// files, no network, no clock, no database. A caller hands it bytes, readers
// and writers and gets bytes, readers and writers back.
//
// # What opens what
//
//	passphrase ──scrypt──▶ person's Identity (an age file; the stock tool opens it)
//	person's Identity ──age──▶ circle's Identity, one per generation (WrapCircle, OpenCircle)
//	                   ──age──▶ instance key, TOTP secret (Wrap, Unwrap)
//	circle's Identity ──HKDF──▶ CircleKeys: wrap key, search key, facet key
//	                   ──age──▶ files (SealFile, OpenFile)
//	CircleKeys ──XChaCha20-Poly1305──▶ RecordKey (WrapRecordKey, UnwrapRecordKey)
//	RecordKey ──XChaCha20-Poly1305──▶ values (SealValue, OpenValue)
//	session or token secret ──HKDF──▶ the Identity kept for it (SealForSecret, OpenWithSecret)
//	instance key ──HKDF──▶ database key, ledger seed, cookie key (DeriveInstance)
//
// Identities are age hybrid identities (ML-KEM-768 + X25519), because seized
// ciphertext is kept for decades. Everything made with age opens with the stock
// age tool of version 1.3 or later; the tests build that tool and use it.
//
// # What it never promises
//
// It does not wipe memory: Go gives no means to. It does not hide how many
// sealed values there are, nor who may open a circle; lengths are blurred by
// padding, not hidden. Age files carry no sender: a file that opens was made by
// somebody who knew a public key, so who made it must come from the ledger.
// The authenticated ciphers do not commit to their key; no caller may try
// several keys on one ciphertext and treat the first success as identification.
//
// Errors never quote plaintext, passphrases or keys. Secret types print as a
// placeholder through package fmt and log/slog.
package crypt
