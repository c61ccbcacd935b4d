package crypt

import "errors"

// The errors of this package. Compare with errors.Is. None of them carries
// secret or sealed content, so they may be logged.
var (
	// ErrPassphrase: the passphrase does not open this file.
	ErrPassphrase = errors.New("crypt: wrong passphrase")
	// ErrNotForYou: the file is whole, and none of the identities opens it.
	ErrNotForYou = errors.New("crypt: not sealed for this identity")
	// ErrOpen: the ciphertext is altered, or belongs to another place
	// (record, field, generation, circle), or the key is another one. The cases
	// cannot be told apart, by design of authenticated encryption.
	ErrOpen = errors.New("crypt: cannot be opened")
	// ErrFormat: the bytes are not in a format this package writes.
	ErrFormat = errors.New("crypt: unknown format")
	// ErrKey: a text is not a key, recipient or secret of the wanted kind.
	ErrKey = errors.New("crypt: malformed key")
	// ErrPassphraseShort: shorter than MinPassphrase characters.
	ErrPassphraseShort = errors.New("crypt: passphrase too short")
	// ErrPassphraseCommon: too easily guessed (one repeated pattern, a run of
	// the keyboard, a well-known password).
	ErrPassphraseCommon = errors.New("crypt: passphrase too common")
	// ErrLanguage: there is no word list for the language.
	ErrLanguage = errors.New("crypt: no word list for this language")
)
