package pack

import (
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"svod/internal/core"
)

// TermFormat names a form in which organisations keep their own HURIDOCS lists.
type TermFormat string

// A table is CSV text with commas, semicolons or tabs; a dump is what mysqldump
// writes of an OpenEvSys database.
const (
	TermTable TermFormat = "table"
	TermDump  TermFormat = "openevsys"
)

// MaxTermBytes is the largest file [ReadTerms] reads: the full OpenEvSys dump
// of all lists is below 1 MB.
const MaxTermBytes = 64 << 20

// ReadTerms reads the terms of one list ("04") from a user's own file. An empty
// list takes the only one the file has.
//
// A table names its columns in the first row: code (12 digits, or 14 with the
// list number; zeros that a spreadsheet dropped in front are restored) and term
// are required; lang says in which language term stands (English when absent;
// several rows with one code are one term in several languages), further
// wordings may stand in columns ru, en, fr …; parent, level, order, visible and
// list are optional. A dump is searched for the rows of mt_vocab and
// mt_vocab_l10n; its column otherlanguages names no language and is left out.
//
// Code and Interop of each term are the 12 digits; see [Set.AdoptTerms]. Where
// no parent is given it follows from the two digits per level. Parents come
// before children. The error is core.Errors with Row = line of the file.
func ReadTerms(r io.Reader, format TermFormat, list string) ([]core.Term, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxTermBytes+1))
	if err != nil {
		return nil, core.Internal(err)
	}
	if len(data) > MaxTermBytes {
		return nil, &core.Error{Kind: core.KindTooLarge, Key: "terms.too_large", Args: []any{"expected", "64 MB"}}
	}
	if !utf8.Valid(data) {
		return nil, core.Invalid("terms.encoding")
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	switch format {
	case TermTable:
		rows, lines, err := splitTable(text)
		if err != nil {
			return nil, err
		}
		return termRows(rows, lines, list)
	case TermDump:
		return readDump(text, list)
	}
	return nil, core.Invalid("terms.format", "found", string(format), "expected", string(TermTable)+", "+string(TermDump))
}

// ReadTermRows is [ReadTerms] for rows that were already read from a
// spreadsheet, the first of them naming the columns.
func ReadTermRows(rows [][]string, list string) ([]core.Term, error) {
	lines := make([]int, len(rows))
	for i := range lines {
		lines[i] = i + 1
	}
	return termRows(rows, lines, list)
}

// AdoptTerms gives imported terms the codes of the terms in the vocabulary that
// have the same HURIDOCS code, so that [Set.WithTerms] rewords those instead of
// adding a second one, and keeps the wordings the import does not have.
func (s *Set) AdoptTerms(vocabulary string, terms []core.Term) []core.Term {
	code := func(imported string) string {
		if t := s.TermByInterop(vocabulary, imported); t != nil {
			return t.Code
		}
		return imported
	}
	out := slices.Clone(terms)
	for i := range out {
		t := &out[i]
		if known := s.TermByInterop(vocabulary, t.Interop); known != nil {
			label := core.Words{}
			for lang, w := range known.Label {
				label[lang] = w
			}
			for lang, w := range t.Label {
				label[lang] = w
			}
			t.Label, t.About, t.Kind, t.Lat, t.Lon, t.Aliases = label, known.About, known.Kind, known.Lat, known.Lon, known.Aliases
			if known.Parent != "" || t.Parent == "" {
				t.Code, t.Parent = known.Code, known.Parent
				continue
			}
		}
		t.Code, t.Parent = code(t.Code), code(t.Parent)
	}
	return out
}

// foreignTerm is a term as a foreign file has it.
type foreignTerm struct {
	line   int
	code   string // 12 digits
	list   string // two digits, "" when the file does not say
	parent string // 12 digits, "" when not given
	order  int
	label  core.Words
	hidden bool
}

// foreign collects the terms of a file and what is wrong with it.
type foreign struct {
	terms []*foreignTerm
	byKey map[string]*foreignTerm // list and code
	errs  core.Errors
}

// fail adds an error about a line.
func (f *foreign) fail(line int, key string, args ...any) {
	e := core.Invalid(key, args...)
	e.Row = line
	f.errs = append(f.errs, e)
}

var onlyDigits = regexp.MustCompile(`^[0-9]{11,14}$`)

// splitCode separates the 12 digits of the term from the two of the list.
func splitCode(s string) (code, list string, ok bool) {
	s = strings.TrimSpace(s)
	if !onlyDigits.MatchString(s) {
		return "", "", false
	}
	if len(s)%2 == 1 {
		s = "0" + s
	}
	return s[:12], s[12:], true
}

// parentCode reads a parent as files write it: "", "0" or "-" for none.
func (f *foreign) parentCode(line int, s string) string {
	s = strings.TrimSpace(s)
	if s == "" || s == "0" || s == "-" || s == "NULL" {
		return ""
	}
	code, _, ok := splitCode(s)
	if !ok {
		f.fail(line, "terms.bad_code", "found", s)
	}
	return code
}

// put adds a term, or the wordings of one that is already there.
func (f *foreign) put(t *foreignTerm, several bool) {
	key := t.list + "/" + t.code
	if old := f.byKey[key]; old != nil {
		for lang, w := range t.label {
			if !several || old.label[lang] != "" {
				f.fail(t.line, "terms.duplicate", "found", t.code)
				return
			}
			old.label[lang] = w
		}
		return
	}
	if f.byKey == nil {
		f.byKey = map[string]*foreignTerm{}
	}
	f.byKey[key] = t
	f.terms = append(f.terms, t)
}

// finish chooses the list, settles parents and order, and converts.
func (f *foreign) finish(list string) ([]core.Term, error) {
	if len(f.errs) > 0 {
		return nil, f.errs
	}
	var lists []string
	for _, t := range f.terms {
		if t.list != "" && !slices.Contains(lists, t.list) {
			lists = append(lists, t.list)
		}
	}
	slices.Sort(lists)
	if list == "" && len(lists) > 1 {
		return nil, core.Invalid("terms.mixed_lists", "found", strings.Join(lists, ", "))
	}
	chosen := map[string]*foreignTerm{}
	var order []*foreignTerm
	for _, t := range f.terms {
		if list == "" || t.list == "" || t.list == list {
			chosen[t.code] = t
			order = append(order, t)
		}
	}
	if len(order) == 0 && len(lists) > 0 {
		return nil, core.Invalid("terms.no_list", "found", list, "expected", strings.Join(lists, ", "))
	}
	if len(order) == 0 {
		return nil, core.Invalid("terms.empty")
	}
	slices.SortStableFunc(order, func(a, b *foreignTerm) int {
		if a.order != b.order {
			return a.order - b.order
		}
		return strings.Compare(a.code, b.code)
	})
	var terms []core.Term
	for _, t := range order {
		if len(t.label) == 0 {
			f.fail(t.line, "terms.missing_label", "found", t.code)
		}
		parent := t.parent
		if parent == "" {
			parent = derivedParent(t.code, chosen)
		} else if chosen[parent] == nil {
			f.fail(t.line, "terms.unknown_parent", "found", parent, "code", t.code)
		}
		terms = append(terms, core.Term{Code: t.code, Parent: parent, Label: t.label, Interop: t.code, Hidden: t.hidden})
	}
	if len(f.errs) > 0 {
		return nil, f.errs
	}
	return overlay(core.Vocabulary{}, terms).Terms, nil
}

// derivedParent is the nearest code above that the file has, by dropping one
// level of two digits after the other.
func derivedParent(code string, have map[string]*foreignTerm) string {
	for d := digits(code); d != ""; {
		d = d[:len(d)-2]
		above := d + strings.Repeat("0", 12-len(d))
		if have[above] != nil {
			return above
		}
	}
	return ""
}

// number reads a whole number; an empty cell is 0.
func (f *foreign) number(line int, column, s string) int {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		f.fail(line, "terms.bad_number", "key", column, "found", s)
	}
	return n
}
