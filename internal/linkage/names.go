package linkage

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"svod/internal/text"
)

// patronymicEndings are endings in the sounds of text.NameKey, longest first.
var patronymicEndings = []string{"ovixna", "evixna", "inixna", "ovix", "evix", "ovna", "evna", "ixna", "ivna", "ogli", "oglu", "kizi", "gizi", "uli", "ix"}

// patronymicStem cuts the ending off a folded patronymic, so that Петрович and
// Павлович differ and Петрович and Петровна meet; a word without one stays.
func patronymicStem(folded string) string {
	for _, end := range patronymicEndings {
		if stem, ok := strings.CutSuffix(folded, end); ok && len(stem) >= 2 {
			return stem
		}
	}
	return folded
}

// knownFathers are the stems of patronymics of well-known given names.
func knownFathers() map[string]bool {
	out := map[string]bool{}
	for name := range strings.FieldsSeq(commonNames + fatherNames) {
		stem := strings.TrimRight(name, "йьая")
		for _, end := range [...]string{"ович", "евич", "ич"} {
			out[patronymicStem(text.NameKey(stem+end))] = true
		}
	}
	return out
}

// knownNames are the sounds of well-known given names.
func knownNames() map[string]bool {
	out := map[string]bool{}
	for name := range strings.FieldsSeq(commonNames + fatherNames) {
		out[text.NameKey(name)] = true
	}
	return out
}

func (e *engine) addGiven(f *field, folded, written string) uint32 {
	id := f.words.add(folded, written, false)
	w := &f.words.words[id]
	e.short.describe(w, written)
	w.settled = w.settled || e.known[folded]
	return id
}

func (e *engine) addPatronymic(f *field, folded, written string) uint32 {
	stem := patronymicStem(folded)
	id := f.words.add(stem, written, false)
	if e.fathers[stem] {
		f.words.words[id].settled = true
	}
	return id
}

// looksPatronymic reports whether a folded word of a full name is a patronymic:
// endings that surnames rarely have.
func looksPatronymic(folded string) bool {
	for _, end := range [...]string{"ovix", "evix", "ovna", "evna", "inixna", "ixna", "ivna", "ogli", "oglu", "kizi", "gizi"} {
		if len(folded) > len(end)+1 && strings.HasSuffix(folded, end) {
			return true
		}
	}
	return false
}

// namePart is a word of a full name.
type namePart struct {
	written, folded string
	initial         bool
	place           int // number of the part in front of the comma: 0, behind it: 1
}

func splitName(cell string) []namePart {
	var out []namePart
	comma := strings.IndexByte(cell, ',')
	for _, t := range text.Tokenize(cell) {
		if t.Part {
			continue
		}
		p := namePart{written: cell[t.Start:t.End], folded: foldWord(cell[t.Start:t.End], t.Word)}
		if comma >= 0 && t.Start > comma {
			p.place = 1
		}
		dotted := t.End < len(cell) && cell[t.End] == '.'
		if key, ok := initialOf(p.written); ok || dotted && len([]rune(p.written)) <= 3 {
			if ok {
				p.folded = key
			} else if p.folded != "" {
				p.folded = p.folded[:1]
			}
			p.initial = true
		}
		if p.folded != "" {
			out = append(out, p)
		}
	}
	return out
}

// roles decides which words of a full name are surname, given name and patronymic:
// by the patronymic's ending, by initials, by a comma behind the surname, else the
// first word is the surname when the table lists surnames first.
func roles(parts []namePart, familyFirst bool) (family, given, patronymic []namePart) {
	last := -1
	for i, p := range parts {
		if !p.initial && i > 0 && looksPatronymic(p.folded) && len(parts) > 1 {
			last = i
		}
	}
	switch {
	case len(parts) == 0:
		return nil, nil, nil
	case len(parts) == 1:
		return parts, nil, nil
	case parts[len(parts)-1].place == 1 && parts[0].place == 0: // Family, Given Patronymic
		k := 0
		for k < len(parts) && parts[k].place == 0 {
			k++
		}
		return parts[:k], parts[k : k+1], parts[k+1:]
	case last == len(parts)-1 && len(parts) >= 3: // Family Given Patronymic
		return parts[:last-1], parts[last-1 : last], parts[last:]
	case last > 0 && last < len(parts)-1: // Given Patronymic Family
		return parts[last+1:], parts[:last], parts[last : last+1]
	case parts[0].initial: // И. О. Фамилия
		k := 0
		for k < len(parts)-1 && parts[k].initial {
			k++
		}
		return parts[k:], parts[:1], parts[1:k]
	case parts[1].initial && parts[len(parts)-1].initial: // Фамилия И. О.
		return parts[:1], parts[1:2], parts[2:]
	case familyFirst:
		return parts[:1], parts[1:2], parts[2:]
	}
	n := len(parts)
	return parts[n-1:], parts[:1], parts[1 : n-1]
}

// nameReader reads full names.
func (e *engine) nameReader() func(int, string) {
	f, g, p := e.family, e.given, e.patronymic
	return func(row int, cell string) {
		family, given, patronymic := roles(splitName(cell), e.o.FamilyFirst)
		put := func(k int, parts []namePart) {
			if len(parts) == 0 || e.fields[k].values[row] != 0 {
				return
			}
			var folded, written strings.Builder
			for i, part := range parts {
				folded.WriteString(part.folded)
				if i > 0 {
					written.WriteByte(' ')
				}
				written.WriteString(part.written)
			}
			initial := len(parts) == 1 && parts[0].initial
			words := e.fields[k].words
			if k == p && !initial {
				e.fields[k].values[row] = e.addPatronymic(&e.fields[k], folded.String(), written.String())
				return
			}
			if k == g && !initial {
				e.fields[k].values[row] = e.addGiven(&e.fields[k], folded.String(), written.String())
				return
			}
			e.fields[k].values[row] = words.add(folded.String(), written.String(), initial)
		}
		put(f, family)
		put(g, given)
		put(p, patronymic)
	}
}

// jointNames finds surname and given name pairs that several different people
// share more often than the two frequencies explain. How many people they are is
// told by their different dates of birth, so that one person on many lists is not
// taken for many. The excess is stored in bits.
func (e *engine) jointNames() {
	if e.family < 0 || e.given < 0 {
		return
	}
	birth := -1
	for k := range e.fields {
		if e.fields[k].kind == KindBirth {
			birth = k
			break
		}
	}
	if birth < 0 {
		return
	}
	f, g := &e.fields[e.family], &e.fields[e.given]
	dates := e.fields[birth].days
	type named struct {
		names uint64
		row   int32
	}
	all := make([]named, 0, e.n)
	for i := range e.n {
		if a, b := f.values[i], g.values[i]; a != 0 && b != 0 {
			all = append(all, named{uint64(a)<<32 | uint64(b), int32(i)})
		}
	}
	slices.SortFunc(all, func(x, y named) int {
		return cmp.Or(cmp.Compare(x.names, y.names), cmp.Compare(dates[x.row].low, dates[y.row].low), cmp.Compare(x.row, y.row))
	})
	e.joint = map[uint64]float32{}
	for start, end := 0, 0; start < len(all); start = end {
		key := all[start].names
		different, dated, last := 0, 0, int32(-1)
		for end = start; end < len(all) && all[end].names == key; end++ {
			if d := dates[all[end].row]; d.full() {
				dated++
				if d.low != last {
					different++
					last = d.low
				}
			}
		}
		if different < 4 {
			continue
		}
		people := float64(different) * float64(end-start) / float64(dated)
		together := (people - 1) / float64(e.n)
		apart := float64(f.share[key>>32]) * float64(g.share[uint32(key)])
		if together > apart {
			e.joint[key] = float32(math.Log2(together / apart))
		}
	}
}
