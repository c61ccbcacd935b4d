package crypt

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
)

// Wrap seals a small secret for people: a plain binary age file that each of the
// recipients ("age1pq1…") opens with Unwrap or `age -d -i key.txt`. About 1.7 kB
// and 0.3 ms per recipient, so never use it per record. Errors: ErrKey.
func Wrap(recipients []string, plaintext []byte) ([]byte, error) {
	list, err := parseRecipients(recipients)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, list...)
	if err != nil {
		return nil, fmt.Errorf("crypt: wrap: %w", err)
	}
	_, err = w.Write(plaintext)
	if err := errors.Join(err, w.Close()); err != nil {
		return nil, fmt.Errorf("crypt: wrap: %w", err)
	}
	return out.Bytes(), nil
}

// Unwrap opens what Wrap made. Errors: ErrNotForYou when the file is for
// somebody else; ErrOpen when it is damaged or is not an age file.
func Unwrap(id *Identity, data []byte) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(data), id.secret().key)
	if err != nil {
		return nil, ageError(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}

// WrapCircle seals the identity of one generation of a circle for its members.
// Inside is an identity file whose first line names the circle and generation:
// age binds no context itself, and without the line a server could hand out one
// circle's key as another's. Errors: ErrKey.
func WrapCircle(recipients []string, circleIdentity *Identity, circle string, generation int) ([]byte, error) {
	return Wrap(recipients, circleIdentity.File(circleLine(circle, generation)))
}

// OpenCircle opens what WrapCircle made, as a member. Errors: ErrNotForYou,
// ErrOpen (also when the wrap is of another circle or generation), ErrFormat.
func OpenCircle(member *Identity, data []byte, circle string, generation int) (*Identity, error) {
	file, err := Unwrap(member, data)
	if err != nil {
		return nil, err
	}
	first, _, _ := bytes.Cut(file, []byte("\n"))
	if string(first) != "# "+circleLine(circle, generation) {
		return nil, ErrOpen
	}
	return ParseIdentityFile(file)
}

func circleLine(circle string, generation int) string {
	return fmt.Sprintf("svod circle %q generation %d", circle, generation)
}

// ageError maps what age reports on opening to the errors of this package.
func ageError(err error) error {
	if errors.As(err, new(*age.NoIdentityMatchError)) {
		return ErrNotForYou
	}
	return ErrOpen
}
