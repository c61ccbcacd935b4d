package ledger

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// maxCheckpoint bounds a signed checkpoint that is read, in bytes: a hundred
// signatures fit.
const maxCheckpoint = 64 << 10

// Checkpoint states that the log called Origin had Size entries whose root hash
// is Root. Compare two with ==.
type Checkpoint struct {
	Origin    string // name of the log: no white space, no "+"
	Size      int64
	Root      Hash
	Extension string // further lines of another program's log, each ending in a newline; we write none
}

// Body is the text that is signed (c2sp.org/tlog-checkpoint): origin, size and
// base64 of the root, each on its line. Errors: ErrFormat.
func (c Checkpoint) Body() (string, error) {
	body := c.Origin + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + c.Root.String() + "\n" + c.Extension
	if again, err := ParseBody(body); err != nil || again != c {
		return "", ErrFormat
	}
	return body, nil
}

// ParseBody reads what Body wrote. Errors: ErrFormat.
func ParseBody(body string) (Checkpoint, error) {
	lines := strings.SplitN(body, "\n", 4)
	if len(lines) != 4 || !validName(lines[0]) {
		return Checkpoint{}, ErrFormat
	}
	size, err := parseNumber(lines[1])
	if err != nil {
		return Checkpoint{}, err
	}
	root, err := parseHash(lines[2])
	if err != nil {
		return Checkpoint{}, err
	}
	extension := lines[3]
	if extension != "" && (!strings.HasSuffix(extension, "\n") || strings.HasPrefix(extension, "\n") ||
		strings.Contains(extension, "\n\n") || !validNote(extension)) {
		return Checkpoint{}, ErrFormat
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: root, Extension: extension}, nil
}

// SignCheckpoint makes the signed checkpoint of the signer's log. Errors:
// ErrFormat for a negative size.
func SignCheckpoint(s *Signer, size int64, root Hash) ([]byte, error) {
	body, err := Checkpoint{Origin: s.key.name, Size: size, Root: root}.Body()
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: body}, s.key)
}

// Cosignature is what a witness said of a checkpoint: that at this time it was
// the newest it had seen of the log, and consistent with all before.
type Cosignature struct {
	Name string    // of the witness
	Key  string    // its verifier key, as passed to OpenCheckpoint
	At   time.Time // by the witness's clock, whole seconds, UTC
}

// Signed is a checkpoint whose log signature was verified.
type Signed struct {
	Checkpoint
	Witnesses []Cosignature // verified, in the order of the text
	Unknown   int           // signatures by keys that were not given
}

// OpenCheckpoint reads a signed checkpoint. The log's signature must be there
// and verify, and its key must carry the origin's name. Signatures of the given
// witnesses are verified; those of others are counted and otherwise ignored.
// Errors: ErrFormat; ErrKey; ErrSignature, also when a known witness's signature
// is wrong.
func OpenCheckpoint(text []byte, logKey string, witnessKeys ...string) (*Signed, error) {
	if len(text) > maxCheckpoint {
		return nil, ErrFormat
	}
	log, err := newVerifier(logKey, algorithmEd25519)
	if err != nil {
		return nil, err
	}
	verifiers := []note.Verifier{log}
	witnesses := make(map[string]string, len(witnessKeys)) // name and key hash, to verifier key
	for _, key := range witnessKeys {
		w, err := newVerifier(key, algorithmCosignature)
		if err != nil {
			return nil, err
		}
		if _, twice := witnesses[signatureID(w.name, w.hash)]; !twice {
			witnesses[signatureID(w.name, w.hash)] = key
			verifiers = append(verifiers, w)
		}
	}
	n, err := openNote(text, verifiers)
	if err != nil {
		return nil, err
	}
	c, err := ParseBody(n.Text)
	if err != nil {
		return nil, err
	}
	signed := &Signed{Checkpoint: c, Unknown: len(n.UnverifiedSigs)}
	byLog := false
	for _, sig := range n.Sigs {
		if sig.Name == log.name && sig.Hash == log.hash {
			byLog = true
			continue
		}
		at, err := cosignedAt(sig)
		if err != nil {
			return nil, err
		}
		signed.Witnesses = append(signed.Witnesses, Cosignature{
			Name: sig.Name, Key: witnesses[signatureID(sig.Name, sig.Hash)], At: at,
		})
	}
	if !byLog || c.Origin != log.name {
		return nil, ErrSignature
	}
	return signed, nil
}

func openNote(text []byte, verifiers []note.Verifier) (*note.Note, error) {
	n, err := note.Open(text, note.VerifierList(verifiers...))
	var wrong *note.InvalidSignatureError
	var unsigned *note.UnverifiedNoteError
	switch {
	case err == nil:
		return n, nil
	case errors.As(err, &wrong), errors.As(err, &unsigned):
		return nil, ErrSignature
	default:
		return nil, ErrFormat
	}
}

// AddSignatures adds signature lines (what Witness.Cosign returns; each line
// ends in a newline) to a signed checkpoint and keeps all that it has, known or
// not. A line already there is not repeated. It verifies nothing: open the
// result with the keys you trust. Errors: ErrFormat.
func AddSignatures(checkpoint, lines []byte) ([]byte, error) {
	body, sigs, ok := strings.Cut(string(checkpoint), "\n\n")
	if !ok {
		return nil, ErrFormat
	}
	have := make(map[string]bool)
	for line := range strings.Lines(sigs) {
		have[line] = true
	}
	for line := range strings.Lines(string(lines)) {
		if !have[line] {
			have[line] = true
			sigs += line
		}
	}
	joined := []byte(body + "\n\n" + sigs)
	if len(joined) > maxCheckpoint {
		return nil, ErrFormat
	}
	// Opening without keys checks the form; it must then say "not verified".
	_, err := note.Open(joined, nil)
	if unsigned := new(note.UnverifiedNoteError); !errors.As(err, &unsigned) {
		return nil, ErrFormat
	}
	return joined, nil
}

// parseNumber reads a decimal number without sign or leading zeros.
func parseNumber(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != text {
		return 0, ErrFormat
	}
	return n, nil
}

// parseHash reads the one base64 text of a hash.
func parseHash(text string) (Hash, error) {
	h, err := tlog.ParseHash(text)
	if err != nil || base64.StdEncoding.EncodeToString(h[:]) != text {
		return Hash{}, ErrFormat
	}
	return h, nil
}

// validName is the rule of signed notes for the name of a key, and so of a log.
func validName(name string) bool {
	return name != "" && len(name) <= 255 && utf8.ValidString(name) && validNote(name) &&
		strings.IndexFunc(name, unicode.IsSpace) < 0 && !strings.Contains(name, "+")
}

// validNote is the rule of signed notes for text: UTF-8, no control characters
// but the newline.
func validNote(text string) bool {
	return utf8.ValidString(text) &&
		strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' }) < 0
}
