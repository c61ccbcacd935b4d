package pack

import (
	"fmt"
	"strings"

	"svod/internal/core"
)

// Problem is one thing wrong with a pack. It says where, what was found and
// what was expected, and never holds anything but text of the pack itself.
type Problem struct {
	Pack  string // name of the pack, or "" while it is not known
	File  string // slash-separated path inside the pack
	Line  int    // from 1; 0 = the file as a whole
	Where string // the part of the file: `field "initial_date"`, `term "RU-MOW"`; may be empty
	// Message names the message in the catalogue: "pack.unknown_key".
	Message string
	Key     string // key or column concerned, may be empty
	Found   string // what stands there
	// Expected lists what would be accepted (identifiers, separated by ", ").
	Expected string
	// Near is the accepted word that is closest to Found, for "did you mean".
	Near string
}

// String is the plain English form for terminals and editors:
//
//	types/event.yaml:14: field "initial_date": unknown key "knd"; expected one of kind, label; did you mean "kind"?
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	b.WriteString(": ")
	if p.Where != "" {
		b.WriteString(p.Where + ": ")
	}
	b.WriteString(p.text("en"))
	return b.String()
}

// Err is the form that surfaces translate: the message key is Message, its
// arguments are file, line, where, key, found, expected and near.
func (p Problem) Err() *core.Error {
	e := core.Invalid(p.key(), "file", p.File, "line", p.Line, "where", p.Where,
		"key", p.Key, "found", p.Found, "expected", p.Expected, "near", p.Near)
	e.Row = p.Line
	return e
}

// key is the message key, with the variant that offers a correction where
// there is one.
func (p Problem) key() string {
	if p.Near != "" {
		return p.Message + "_near"
	}
	return p.Message
}

// Problems is a list of problems in the order of packs, files and lines; it is
// the error that [Load] returns.
type Problems []Problem

// Error joins the plain forms, one per line.
func (ps Problems) Error() string {
	s := make([]string, len(ps))
	for i, p := range ps {
		s[i] = p.String()
	}
	return strings.Join(s, "\n")
}

// Unwrap gives the same list as [core.Errors], so that surfaces need to know
// only that type.
func (ps Problems) Unwrap() error {
	l := make(core.Errors, len(ps))
	for i, p := range ps {
		l[i] = p.Err()
	}
	return l.OrNil()
}

// choices lists accepted words for a message, the first dozen of them.
func choices(words []string) string {
	const most = 12
	if len(words) > most {
		return strings.Join(words[:most], ", ") + ", …"
	}
	return strings.Join(words, ", ")
}

// nearest returns the accepted word that a typing error most likely meant, or
// "" when nothing is close: at most one change per three letters.
func nearest(found string, accepted []string) string {
	best, bestDistance := "", len([]rune(found))/3+1
	for _, a := range accepted {
		if d := distance(strings.ToLower(found), strings.ToLower(a)); d < bestDistance ||
			d == bestDistance && best == "" {
			best, bestDistance = a, d
		}
	}
	if best == found {
		return ""
	}
	return best
}

// distance counts insertions, deletions, replacements and swaps of neighbours
// (optimal string alignment).
func distance(s, t string) int {
	a, b := []rune(s), []rune(t)
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}
