package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// The signature types of signed notes that are used here, as in the first byte
// of a verifier key (c2sp.org/signed-note).
const (
	algorithmEd25519     = 0x01 // a log signs its checkpoint
	algorithmCosignature = 0x04 // a witness signs checkpoint and time
)

// signingKey is an Ed25519 key with a name; it implements note.Signer for logs.
type signingKey struct {
	name string
	hash uint32
	key  ed25519.PrivateKey
	vkey string
}

func newSigningKey(name string, seed [32]byte, algorithm byte) (*signingKey, error) {
	if !validName(name) {
		return nil, ErrKey
	}
	key := ed25519.NewKeyFromSeed(seed[:])
	public := append([]byte{algorithm}, key[ed25519.SeedSize:]...)
	hash := keyHash(name, public)
	vkey := fmt.Sprintf("%s+%08x+%s", name, hash, base64.StdEncoding.EncodeToString(public))
	return &signingKey{name: name, hash: hash, key: key, vkey: vkey}, nil
}

func (k *signingKey) Name() string                    { return k.name }
func (k *signingKey) KeyHash() uint32                 { return k.hash }
func (k *signingKey) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(k.key, msg), nil }

// keyHash is the short id of a key in a signature line: the first four bytes of
// SHA-256 over name, newline, algorithm and public key.
func keyHash(name string, public []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), public...))
	return binary.BigEndian.Uint32(sum[:4])
}

// Signer signs the checkpoints of one log. Safe for concurrent use; prints as a
// placeholder.
type Signer struct{ key *signingKey }

// NewSigner makes the signer of the log called origin from a 32-byte Ed25519
// seed. Errors: ErrKey when origin has white space or "+", or is empty.
func NewSigner(origin string, seed [32]byte) (*Signer, error) {
	key, err := newSigningKey(origin, seed, algorithmEd25519)
	if err != nil {
		return nil, err
	}
	return &Signer{key: key}, nil
}

// Origin is the name of the log.
func (s *Signer) Origin() string { return s.key.name }

// VerifierKey is the public key in the form others need: "origin+hash+base64".
func (s *Signer) VerifierKey() string { return s.key.vkey }

// Format implements fmt.Formatter, so that no verb prints the key by mistake.
func (s *Signer) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[ledger signer]") }

// LogValue implements slog.LogValuer for the same reason.
func (s *Signer) LogValue() slog.Value { return slog.StringValue("[ledger signer]") }

// Witness cosigns checkpoints of other organisations' logs. Safe for concurrent
// use; prints as a placeholder.
type Witness struct{ key *signingKey }

// NewWitness makes a witness from a name and a 32-byte Ed25519 seed, which must
// not be a log's seed. Errors: ErrKey.
func NewWitness(name string, seed [32]byte) (*Witness, error) {
	key, err := newSigningKey(name, seed, algorithmCosignature)
	if err != nil {
		return nil, err
	}
	return &Witness{key: key}, nil
}

// VerifierKey is the public key of the witness, "name+hash+base64".
func (w *Witness) VerifierKey() string { return w.key.vkey }

// Format implements fmt.Formatter, so that no verb prints the key by mistake.
func (w *Witness) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[witness]") }

// LogValue implements slog.LogValuer for the same reason.
func (w *Witness) LogValue() slog.Value { return slog.StringValue("[witness]") }

// Cosign checks a signed checkpoint against the last one that this witness
// cosigned of the same log (the zero Checkpoint if none) and returns the
// signature line for AddSignatures, and the checkpoint, which the caller must
// have stored durably as the new last one before it lets the line go. path is
// the consistency proof from last (empty when last is zero or of equal size).
// Errors: ErrFork, ErrRollback, ErrProof; those of OpenCheckpoint.
func (w *Witness) Cosign(checkpoint []byte, logKey string, last Checkpoint, path []Hash, at time.Time) (line []byte, seen Checkpoint, err error) {
	signed, err := OpenCheckpoint(checkpoint, logKey)
	if err != nil {
		return nil, Checkpoint{}, err
	}
	if last != (Checkpoint{}) {
		if err := CheckConsistency(last, signed.Checkpoint, path); err != nil {
			return nil, Checkpoint{}, err
		}
	}
	body, err := signed.Body()
	if err != nil {
		return nil, Checkpoint{}, err
	}
	seconds := at.Unix()
	if seconds < 0 {
		return nil, Checkpoint{}, ErrRange
	}
	sig := binary.BigEndian.AppendUint32(nil, w.key.hash)
	sig = binary.BigEndian.AppendUint64(sig, uint64(seconds))
	sig = append(sig, ed25519.Sign(w.key.key, cosignedMessage(body, seconds))...)
	text := "— " + w.key.name + " " + base64.StdEncoding.EncodeToString(sig) + "\n"
	return []byte(text), signed.Checkpoint, nil
}

// cosignedMessage is what a witness signs (c2sp.org/tlog-cosignature).
func cosignedMessage(body string, seconds int64) []byte {
	return []byte("cosignature/v1\ntime " + strconv.FormatInt(seconds, 10) + "\n" + body)
}

// verifier implements note.Verifier for both signature types.
type verifier struct {
	name      string
	hash      uint32
	algorithm byte
	public    ed25519.PublicKey
}

func newVerifier(vkey string, algorithm byte) (*verifier, error) {
	name, rest, _ := strings.Cut(vkey, "+")
	hash16, b64, ok := strings.Cut(rest, "+")
	public, err := base64.StdEncoding.Strict().DecodeString(b64)
	if !ok || err != nil || !validName(name) || len(public) != 1+ed25519.PublicKeySize ||
		public[0] != algorithm || fmt.Sprintf("%08x", keyHash(name, public)) != hash16 {
		return nil, ErrKey
	}
	return &verifier{name: name, hash: keyHash(name, public), algorithm: algorithm, public: public[1:]}, nil
}

func (v *verifier) Name() string    { return v.name }
func (v *verifier) KeyHash() uint32 { return v.hash }

func (v *verifier) Verify(msg, sig []byte) bool {
	if v.algorithm == algorithmEd25519 {
		return ed25519.Verify(v.public, msg, sig)
	}
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	seconds := int64(binary.BigEndian.Uint64(sig))
	return seconds >= 0 && ed25519.Verify(v.public, cosignedMessage(string(msg), seconds), sig[8:])
}

// signatureID tells keys apart in a note.
func signatureID(name string, hash uint32) string { return fmt.Sprintf("%s+%08x", name, hash) }

// cosignedAt reads the time off a verified cosignature.
func cosignedAt(sig note.Signature) (time.Time, error) {
	raw, err := base64.StdEncoding.DecodeString(sig.Base64)
	if err != nil || len(raw) != 4+8+ed25519.SignatureSize {
		return time.Time{}, ErrFormat
	}
	return time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC(), nil
}
