package ledger

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Kind says what an entry is about.
type Kind string

// The kinds. Stored and signed, so never rename one; add new ones at the end.
const (
	KindVersion     Kind = "version"     // a record got a version
	KindFile        Kind = "file"        // a file was added or withdrawn
	KindPerson      Kind = "person"      // an account was made, changed, closed
	KindCircle      Kind = "circle"      // a circle was made, changed, got a generation
	KindMember      Kind = "member"      // somebody joined, left, changed role
	KindShare       Kind = "share"       // a record was shared, moved, unshared
	KindImport      Kind = "import"      // an import was committed or undone
	KindExport      Kind = "export"      // content left the system
	KindPublication Kind = "publication" // content was made public
	KindSignIn      Kind = "sign_in"     // a sign-in of note
	KindKey         Kind = "key"         // a key was made, renewed, revoked
	KindErase       Kind = "erase"       // a record's key was destroyed
	KindConfig      Kind = "config"      // settings or packs changed
)

// Kinds are all kinds, in the order of their making.
func Kinds() []Kind {
	return []Kind{
		KindVersion, KindFile, KindPerson, KindCircle, KindMember, KindShare, KindImport,
		KindExport, KindPublication, KindSignIn, KindKey, KindErase, KindConfig,
	}
}

// Valid says whether k is one of Kinds.
func (k Kind) Valid() bool {
	for _, known := range Kinds() {
		if k == known {
			return true
		}
	}
	return false
}

// Hash is a hash of the tree: 32 bytes of SHA-256.
type Hash = tlog.Hash

// Entry is one line of the log. It holds ids and no personal data.
type Entry struct {
	N       int64    // place in the log, from 0; set by Appender.Add
	At      int64    // microseconds since 1970-01-01 UTC, by the server's clock
	Kind    Kind     // what happened
	Actor   string   // id of who did it, or "" for the server itself
	Subject string   // id of what it is about
	Version int      // version, generation or count that came of it; 0 if none
	Commit  [32]byte // commitment to the content, see Commit; zero if none
}

// maxID is the longest id an entry takes, in bytes.
const maxID = 128

const entryHead = "svod entry v1"

// Encode gives the canonical text of the entry, which is what the leaf hash
// covers: eight lines, each ending in a newline,
//
//	svod entry v1
//	n 41
//	at 1795360000123456
//	kind version
//	actor 019abc…
//	subject 019abd…
//	version 3
//	commit <base64 of 32 bytes>
//
// with numbers in decimal without leading zeros. An empty id leaves "actor "
// with its space. An id is at most 128 bytes of A–Z a–z 0–9 . _ : / @ + -.
// Errors: ErrEntry.
func (e Entry) Encode() ([]byte, error) {
	if e.N < 0 || e.Version < 0 || !e.Kind.Valid() || !validID(e.Actor) || !validID(e.Subject) {
		return nil, ErrEntry
	}
	b := make([]byte, 0, 256)
	b = append(b, entryHead+"\nn "...)
	b = strconv.AppendInt(b, e.N, 10)
	b = append(b, "\nat "...)
	b = strconv.AppendInt(b, e.At, 10)
	b = append(b, "\nkind "...)
	b = append(b, e.Kind...)
	b = append(b, "\nactor "...)
	b = append(b, e.Actor...)
	b = append(b, "\nsubject "...)
	b = append(b, e.Subject...)
	b = append(b, "\nversion "...)
	b = strconv.AppendInt(b, int64(e.Version), 10)
	b = append(b, "\ncommit "...)
	b = base64.StdEncoding.AppendEncode(b, e.Commit[:])
	return append(b, '\n'), nil
}

// ParseEntry reads what Encode wrote and nothing else: the same entry has one
// text only. Errors: ErrFormat.
func ParseEntry(text []byte) (Entry, error) {
	lines := strings.Split(string(text), "\n")
	if len(lines) != 9 || lines[0] != entryHead || lines[8] != "" {
		return Entry{}, ErrFormat
	}
	var value [7]string
	for i, name := range []string{"n", "at", "kind", "actor", "subject", "version", "commit"} {
		rest, ok := strings.CutPrefix(lines[i+1], name+" ")
		if !ok {
			return Entry{}, ErrFormat
		}
		value[i] = rest
	}
	n, err1 := strconv.ParseInt(value[0], 10, 64)
	at, err2 := strconv.ParseInt(value[1], 10, 64)
	version, err3 := strconv.Atoi(value[5])
	commit, err4 := tlog.ParseHash(value[6])
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
		return Entry{}, ErrFormat
	}
	e := Entry{
		N: n, At: at, Kind: Kind(value[2]), Actor: value[3], Subject: value[4],
		Version: version, Commit: [32]byte(commit),
	}
	// Writing it again catches leading zeros, signs and loose base64 at once.
	again, err := e.Encode()
	if err != nil || !bytes.Equal(again, text) {
		return Entry{}, ErrFormat
	}
	return e, nil
}

func validID(id string) bool {
	if len(id) > maxID {
		return false
	}
	for i := range len(id) {
		c := id[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && !('0' <= c && c <= '9') && strings.IndexByte("._:/@+-", c) < 0 {
			return false
		}
	}
	return true
}

// LeafHash is the hash of an encoded entry in the tree: SHA-256 of a zero byte
// and the text (RFC 6962, section 2.1).
func LeafHash(encoded []byte) Hash { return tlog.RecordHash(encoded) }

// Salt hides what a commitment commits to. It is kept with the content, sealed,
// and destroyed with it: then nobody can confirm a guess of the content.
type Salt [32]byte

// NewSalt makes a random salt.
func NewSalt() Salt {
	var s Salt
	_, _ = rand.Read(s[:]) // never fails: it ends the process instead
	return s
}

// Commit commits to content without revealing it: HMAC-SHA256 with the salt as
// key over "svod/commit/v1", a zero byte and the canonical bytes. Whoever has
// salt and content can check it against the entry.
func Commit(salt Salt, canonical []byte) [32]byte {
	mac := hmac.New(sha256.New, salt[:])
	mac.Write([]byte("svod/commit/v1\x00"))
	mac.Write(canonical)
	return [32]byte(mac.Sum(nil))
}
