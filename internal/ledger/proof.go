package ledger

import (
	"encoding/base64"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	inclusionHead = "c2sp.org/tlog-proof@v1"
	maxPath       = 128 // hashes in a proof; a tree of 2^63 entries needs 64
	maxProof      = maxCheckpoint + 128<<10
)

// ProveInclusion gives the path from entry n to the root of the first size
// entries. Errors: ErrRange, ErrStored, those of the reader.
func ProveInclusion(n, size int64, r HashReader) ([]Hash, error) {
	if n < 0 || n >= size {
		return nil, ErrRange
	}
	return tlog.ProveRecord(size, n, exact{r})
}

// CheckInclusion says whether path leads from a leaf at place n to the root of
// the checkpoint. Errors: ErrRange, ErrProof.
func CheckInclusion(c Checkpoint, n int64, leaf Hash, path []Hash) error {
	if n < 0 || n >= c.Size {
		return ErrRange
	}
	if tlog.CheckRecord(path, c.Size, c.Root, n, leaf) != nil {
		return ErrProof
	}
	return nil
}

// ProveConsistency gives the path that shows that the first oldSize entries are
// the beginning of the first size entries; it is empty when oldSize is 0 or
// size. Errors: ErrRange, ErrStored, those of the reader.
func ProveConsistency(oldSize, size int64, r HashReader) ([]Hash, error) {
	switch {
	case oldSize < 0 || oldSize > size:
		return nil, ErrRange
	case oldSize == 0 || oldSize == size:
		return nil, nil
	}
	return tlog.ProveTree(size, oldSize, exact{r})
}

// CheckConsistency says whether the newer checkpoint continues the older one of
// the same log. Errors: ErrRollback when newer is smaller; ErrFork when both have one
// size and different roots; ErrProof when the path does not show it (a fork, or
// just a wrong path); ErrRange for another log's checkpoint.
func CheckConsistency(older, newer Checkpoint, path []Hash) error {
	switch {
	case older.Origin != newer.Origin || older.Size < 0:
		return ErrRange
	case newer.Size < older.Size:
		return ErrRollback
	case newer.Size == older.Size && newer.Root != older.Root:
		return ErrFork
	case newer.Size == older.Size || older.Size == 0:
		if len(path) > 0 {
			return ErrProof
		}
		return nil
	}
	if tlog.CheckTree(path, newer.Size, newer.Root, older.Size, older.Root) != nil {
		return ErrProof
	}
	return nil
}

// Inclusion proves offline that an entry is in a log: give it with the encoded
// entry, and with salt and content where the content is to be shown too. As text
// it is a c2sp.org/tlog-proof file.
type Inclusion struct {
	Index      int64
	Path       []Hash
	Extra      []byte // anything; not covered by any signature
	Checkpoint []byte // signed, with the cosignatures
}

// Encode gives the text form. Errors: ErrFormat.
func (p Inclusion) Encode() ([]byte, error) {
	var b strings.Builder
	b.WriteString(inclusionHead + "\n")
	if len(p.Extra) > 0 {
		b.WriteString("extra " + base64.StdEncoding.EncodeToString(p.Extra) + "\n")
	}
	b.WriteString("index " + strconv.FormatInt(p.Index, 10) + "\n")
	writeTail(&b, p.Path, p.Checkpoint)
	if _, err := ParseInclusion([]byte(b.String())); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}

// ParseInclusion reads the text form; it verifies nothing. Errors: ErrFormat.
func ParseInclusion(text []byte) (Inclusion, error) {
	head, checkpoint, ok := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(text) > maxProof || lines[0] != inclusionHead {
		return Inclusion{}, ErrFormat
	}
	var p Inclusion
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		b64 := strings.TrimPrefix(lines[0], "extra ")
		extra, err := base64.StdEncoding.Strict().DecodeString(b64)
		if err != nil || len(extra) == 0 || strings.Contains(b64, "\r") {
			return Inclusion{}, ErrFormat
		}
		p.Extra, lines = extra, lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return Inclusion{}, ErrFormat
	}
	var err error
	if p.Index, err = parseNumber(strings.TrimPrefix(lines[0], "index ")); err != nil {
		return Inclusion{}, err
	}
	if p.Path, err = parsePath(lines[1:]); err != nil {
		return Inclusion{}, err
	}
	p.Checkpoint, err = parseTail(checkpoint)
	return p, err
}

// Verify checks that the encoded entry stands at Index in the log whose verifier
// key is given, and returns the checkpoint with the witnesses that were
// verified. How many witnesses are enough is for the caller to say. The entry's own
// number must be Index. Errors: ErrFormat, ErrRange, ErrProof; those of
// OpenCheckpoint.
func (p Inclusion) Verify(entry []byte, logKey string, witnessKeys ...string) (*Signed, error) {
	e, err := ParseEntry(entry)
	if err != nil {
		return nil, err
	}
	if e.N != p.Index {
		return nil, ErrProof
	}
	signed, err := OpenCheckpoint(p.Checkpoint, logKey, witnessKeys...)
	if err != nil {
		return nil, err
	}
	if err := CheckInclusion(signed.Checkpoint, p.Index, LeafHash(entry), p.Path); err != nil {
		return nil, err
	}
	return signed, nil
}

// Consistency proves that a log only grew since a checkpoint that somebody kept.
type Consistency struct {
	OldSize    int64
	Path       []Hash
	Checkpoint []byte // the newer one, signed
}

// Encode gives the text form: "old" with the size, the hashes of the path, an
// empty line, the newer checkpoint. Errors: ErrFormat.
func (p Consistency) Encode() ([]byte, error) {
	var b strings.Builder
	b.WriteString("old " + strconv.FormatInt(p.OldSize, 10) + "\n")
	writeTail(&b, p.Path, p.Checkpoint)
	if _, err := ParseConsistency([]byte(b.String())); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}

// ParseConsistency reads the text form; it verifies nothing. Errors: ErrFormat.
func ParseConsistency(text []byte) (Consistency, error) {
	head, checkpoint, ok := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(text) > maxProof || !strings.HasPrefix(lines[0], "old ") {
		return Consistency{}, ErrFormat
	}
	var p Consistency
	var err error
	if p.OldSize, err = parseNumber(strings.TrimPrefix(lines[0], "old ")); err != nil {
		return Consistency{}, err
	}
	if p.Path, err = parsePath(lines[1:]); err != nil {
		return Consistency{}, err
	}
	p.Checkpoint, err = parseTail(checkpoint)
	return p, err
}

// Verify checks that the newer checkpoint is signed by the log and continues the
// older one. Errors: ErrRange when the proof starts from another size; those of
// CheckConsistency and OpenCheckpoint.
func (p Consistency) Verify(older Checkpoint, logKey string, witnessKeys ...string) (*Signed, error) {
	signed, err := OpenCheckpoint(p.Checkpoint, logKey, witnessKeys...)
	if err != nil {
		return nil, err
	}
	if p.OldSize != older.Size {
		return nil, ErrRange
	}
	if err := CheckConsistency(older, signed.Checkpoint, p.Path); err != nil {
		return nil, err
	}
	return signed, nil
}

func writeTail(b *strings.Builder, path []Hash, checkpoint []byte) {
	for _, h := range path {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n")
	b.Write(checkpoint)
}

func parsePath(lines []string) ([]Hash, error) {
	if len(lines) > maxPath {
		return nil, ErrFormat
	}
	var path []Hash
	for _, line := range lines {
		h, err := parseHash(line)
		if err != nil {
			return nil, err
		}
		path = append(path, h)
	}
	return path, nil
}

// parseTail checks no more than that there is something; opening it does the rest.
func parseTail(checkpoint string) ([]byte, error) {
	if checkpoint == "" || len(checkpoint) > maxCheckpoint {
		return nil, ErrFormat
	}
	return []byte(checkpoint), nil
}
