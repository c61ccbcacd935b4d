package linkage

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"svod/internal/core"
	"svod/internal/text"
)

// Evidence is one reason for or against two rows being one person.
type Evidence struct {
	Message
	// Notes qualify it: across scripts, rare, frequent.
	Notes []Message `json:"notes,omitempty"`
	Kind  Kind      `json:"kind"`
	// Bits is its weight: +1 doubles the odds that the two are one person, -1
	// halves them. A contradiction has -Inf, a decision ±Inf.
	Bits float64 `json:"-"`
}

// levelNames are the last parts of the message keys, by kind and level.
var levelNames = map[Kind][]string{
	KindFamily:     {"same", "close", "near", "far", "initial", "differ"},
	KindGiven:      {"same", "close", "short", "near", "initial", "initial_differ", "differ", "other"},
	KindPatronymic: {"same", "close", "initial", "initial_differ", "differ"},
	kindOrder:      {"", "swapped"},
	KindSex:        {"same", "differ"},
	KindBirth:      {"same", "partial", "swapped", "year_near", "year_other", "one_off", "same_year", "near_year", "differ"},
	KindDate:       {"same", "days", "weeks", "partial", "months", "year", "differ"},
	KindPlace:      {"same", "close", "near", "differ"},
	KindCategory:   {"same", "differ"},
	KindText:       {"same", "close", "near", "differ"},
	KindCode:       {"same", "edit", "differ"},
}

// EvidenceKeys lists the message keys that Explain may use.
func EvidenceKeys() []string {
	out := []string{noteScripts, noteRare, noteFrequent, noteContradiction, saySame, sayDifferent, sayList}
	for kind, names := range levelNames {
		for _, n := range names {
			if n != "" {
				out = append(out, "linkage."+string(kind)+"."+n)
			}
		}
	}
	slices.Sort(out)
	return out
}

const (
	noteScripts       = "linkage.note.scripts"
	noteRare          = "linkage.note.rare"
	noteFrequent      = "linkage.note.frequent"
	noteContradiction = "linkage.note.contradiction"
	saySame           = "linkage.decision.same"
	sayDifferent      = "linkage.decision.different"
	sayList           = "linkage.list.same"
	// noteworthy is the frequency adjustment, in bits, from which a value is
	// called rare or frequent; one that rareShare of the rows or fewer have is
	// rare in any case.
	noteworthy = 1.5
	rareShare  = 1. / 200
)

// Explain says what speaks for and against two rows of the linked table being one
// person, contradictions first, then the heaviest. It names no values. Unknown rows
// are a *core.Error of KindInvalid.
func (r *Result) Explain(a, b int) ([]Evidence, error) {
	for _, row := range [2]int{a, b} {
		if r.model == nil || row < 0 || row >= r.model.n {
			return nil, core.Invalid(errRow, "row", row+1)
		}
	}
	e := r.model
	return e.explain(slices.Index(e.source, a), slices.Index(e.source, b)), nil
}

func (e *engine) explain(i, j int) []Evidence {
	if i > j {
		i, j = j, i
	}
	var l levels
	e.compare(i, j, &l)
	var out []Evidence
	say := func(kind Kind, key string, bits float64, notes ...string) {
		v := Evidence{Message: Message{Key: key}, Kind: kind, Bits: bits}
		for _, n := range notes {
			v.Notes = append(v.Notes, Message{Key: n})
		}
		out = append(out, v)
	}
	if same, ok := e.decisions()[[2]int32{int32(i), int32(j)}]; ok && same {
		say("", saySame, math.Inf(1))
	} else if ok {
		say("", sayDifferent, math.Inf(-1))
	}
	if e.o.ListsAreDistinct && e.lists[i] != 0 && e.lists[i] == e.lists[j] {
		say(KindList, sayList, math.Inf(-1), noteContradiction)
	}
	for k := range e.fields {
		f := &e.fields[k]
		level := l[k]
		if level == 0 || f.kind == kindOrder && level == orderStraight {
			continue
		}
		adjust := 0.0
		if f.values != nil && (level == f.same || level == f.close) && f.rarity != nil {
			adjust = f.adjust(level, f.values[i], f.values[j])
		}
		v := Evidence{Message: Message{Key: "linkage." + string(f.kind) + "." + levelNames[f.kind][level-1]}, Kind: f.kind,
			Bits: f.weight[level] + adjust}
		switch f.kind {
		case KindDate, KindPlace, KindCategory, KindText, KindCode:
			v.Args = []any{"field", f.name}
		}
		v.Notes = e.notes(f, i, j, level, adjust)
		if f.kind == KindPatronymic && level >= patronymicInitialDiffer || f.kind == KindGiven && level == givenOther && e.contradicts(i, j, &l) {
			v.Bits = math.Inf(-1)
			v.Notes = append(v.Notes, Message{Key: noteContradiction})
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b Evidence) int { return cmp.Compare(math.Abs(b.Bits), math.Abs(a.Bits)) })
	return out
}

// notes qualifies agreement of a name or text.
func (e *engine) notes(f *field, i, j int, level uint8, adjust float64) []Message {
	var out []Message
	if f.values == nil || level != f.same && level != f.close {
		return nil
	}
	switch f.kind {
	case KindFamily, KindGiven, KindPatronymic:
		x, y := e.rows[e.source[i]].cell(f.column), e.rows[e.source[j]].cell(f.column)
		if a, b := scriptOf(x), scriptOf(y); a != "" && b != "" && a != b {
			out = append(out, Message{Key: noteScripts})
		}
	case KindSex:
		return nil
	}
	few := max(f.share[f.values[i]], f.share[f.values[j]]) <= rareShare
	if adjust >= noteworthy || few {
		out = append(out, Message{Key: noteRare})
	} else if adjust <= -noteworthy {
		out = append(out, Message{Key: noteFrequent})
	}
	return out
}

// scriptOf returns the script of the first letter of s, "" for other scripts.
func scriptOf(s string) string {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Latin, r):
			return "latin"
		case unicode.Is(unicode.Cyrillic, r):
			return "cyrillic"
		case unicode.Is(unicode.Armenian, r):
			return "armenian"
		case unicode.Is(unicode.Georgian, r):
			return "georgian"
		}
	}
	return ""
}

// InWords writes evidence as one line: "surname agrees across scripts, rare; year
// of birth disagrees".
func InWords(c *text.Catalogue, lang string, evidence []Evidence) string {
	var parts []string
	for _, v := range evidence {
		s := c.T(lang, v.Key, v.Args...)
		for _, n := range v.Notes {
			sep := ", "
			if n.Key == noteScripts {
				sep = " "
			}
			s += sep + c.T(lang, n.Key, n.Args...)
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}
