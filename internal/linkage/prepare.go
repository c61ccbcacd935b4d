package linkage

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"svod/internal/core"
	"svod/internal/text"
)

// maxFields is how many fields a pattern of levels holds (4 bits each).
const maxFields = 16

// field is one compared property of all rows, in the engine's order of rows.
type field struct {
	kind   Kind
	name   string // header of the column
	column int    // its number, -1 for the order of names
	levels int    // levels are 1…levels, 0 is "not comparable"
	same   uint8  // the level of full agreement, to which frequencies apply
	close  uint8  // the level next to it, 0 for none

	words  *lexicon // family and given share one, so that swapped names meet
	values []uint32 // number of the word by row, 0 for none
	second []uint32 // second surname (married, double), nil when nobody has one
	days   []day

	share     []float32 // frequency of each word among the rows that have one
	rarity    []float32 // the same against the average, in bits; positive is rare
	collision float64   // chance that two of them agree by accident
	present   float64   // share of rows with a value

	m, u   [16]float64
	weight [16]float64 // log2(m/u)
}

// engine holds the prepared rows of one run.
type engine struct {
	o      Options
	n      int
	rows   []Row // as given by the caller
	source []int // original index by row of the engine
	ids    []string
	lists  []uint32
	fields []field
	// Positions in fields, -1 when absent.
	family, given, patronymic, order int
	joint                            map[uint64]float32 // see jointNames
	short                            shortNames
	fathers, known                   map[string]bool // see knownFathers, knownNames
	prior                            float64         // share of matches among all pairs
}

func newEngine(rows []Row, o Options) (*engine, error) {
	e := &engine{o: o, n: len(rows), rows: rows, family: -1, given: -1, patronymic: -1, order: -1}
	if err := e.layOut(); err != nil {
		return nil, err
	}
	e.source = canonicalOrder(rows, len(o.Columns))
	e.ids = make([]string, e.n)
	e.lists = make([]uint32, e.n)
	e.short, e.fathers, e.known = newShortNames(), knownFathers(), knownNames()
	readers := e.readers()
	for at, i := range e.source {
		for c, column := range o.Columns {
			cell := strings.TrimSpace(rows[i].cell(c))
			switch column.Kind {
			case KindID:
				e.ids[at] = cell
			case KindList:
				e.lists[at] = hashString(cell)
			}
			if readers[c] != nil && cell != "" {
				readers[c](at, cell)
			}
		}
	}
	for k := range e.fields {
		e.fields[k].count(e.n)
	}
	e.settle(e.given)
	e.settle(e.patronymic)
	e.jointNames()
	return e, nil
}

// settle marks the given names or patronymics that many rows write in Cyrillic (a
// frequent Latin form may be one scheme's spelling of another name) as names of
// their own, as the well-known ones are already. Two of them a letter apart are
// two names, not a slip of the pen.
func (e *engine) settle(k int) {
	if k < 0 {
		return
	}
	const many = 5 // rows; a slip is rarely made that often
	f := &e.fields[k]
	cyrillic := make([]int, len(f.words.words))
	for i, id := range f.values {
		if id != 0 && scriptOf(e.rows[e.source[i]].cell(f.column)) == "cyrillic" {
			cyrillic[id]++
		}
	}
	for id := range f.words.words {
		w := &f.words.words[id]
		w.settled = w.settled || !w.initial && cyrillic[id] >= many
	}
}

// layOut makes the fields from the columns.
func (e *engine) layOut() error {
	names := newLexicon()
	role := func(at *int, kind Kind, levels int, same, near uint8, words *lexicon, column int) {
		if *at < 0 {
			*at = e.addField(field{kind: kind, column: column, levels: levels, same: same, close: near, words: words,
				values: make([]uint32, e.n)})
		}
	}
	seen := map[Kind]bool{}
	for i, c := range e.o.Columns {
		kind := c.Kind
		if seen[kind] && (kind == KindGiven || kind == KindFamily || kind == KindPatronymic || kind == KindName) {
			kind = KindText // a second given name and the like
			e.o.Columns[i].Kind = KindText
		}
		seen[kind] = true
		switch kind {
		case KindFamily:
			role(&e.family, KindFamily, familyLevels, familySame, familyClose, names, i)
		case KindGiven:
			role(&e.given, KindGiven, givenLevels, givenSame, givenClose, names, i)
		case KindPatronymic:
			role(&e.patronymic, KindPatronymic, patronymicLevels, patronymicSame, patronymicClose, newLexicon(), i)
		case KindName:
			role(&e.family, KindFamily, familyLevels, familySame, familyClose, names, i)
			role(&e.given, KindGiven, givenLevels, givenSame, givenClose, names, i)
			role(&e.patronymic, KindPatronymic, patronymicLevels, patronymicSame, patronymicClose, newLexicon(), i)
		case KindSex, KindCategory:
			e.addField(field{kind: kind, column: i, levels: 2, same: 1, words: newLexicon(), values: make([]uint32, e.n)})
		case KindBirth:
			e.addField(field{kind: kind, column: i, levels: birthLevels, same: birthSame, days: make([]day, e.n)})
		case KindDate:
			e.addField(field{kind: kind, column: i, levels: dateLevels, same: dateSame, days: make([]day, e.n)})
		case KindPlace, KindText:
			e.addField(field{kind: kind, column: i, levels: textLevels, same: textSame, close: textClose, words: newLexicon(),
				values: make([]uint32, e.n)})
		case KindCode:
			e.addField(field{kind: kind, column: i, levels: codeLevels, same: codeSame, words: newLexicon(), values: make([]uint32, e.n)})
		}
	}
	if e.family >= 0 && e.given >= 0 {
		e.order = e.addField(field{kind: kindOrder, column: -1, levels: 2})
	}
	switch {
	case len(e.fields) == 0:
		return core.Invalid(errNothing)
	case len(e.fields) > maxFields:
		return core.Invalid(errManyColumns, "limit", maxFields)
	}
	return nil
}

func (e *engine) addField(f field) int {
	if f.column >= 0 {
		f.name = e.o.Columns[f.column].Name
	}
	e.fields = append(e.fields, f)
	return len(e.fields) - 1
}

// canonicalOrder sorts the rows by what they say, so that nothing later depends on
// the order in which they came. Rows that are equal in every cell are exchangeable.
func canonicalOrder(rows []Row, columns int) []int {
	out := make([]int, len(rows))
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int {
		for c := range columns {
			if d := cmp.Compare(rows[a].cell(c), rows[b].cell(c)); d != 0 {
				return d
			}
		}
		return cmp.Compare(a, b)
	})
	return out
}

// readers returns, by column, what stores a cell. Each remembers the spellings it
// has read, because the same ones come back thousands of times.
func (e *engine) readers() []func(row int, cell string) {
	out := make([]func(int, string), len(e.o.Columns))
	next := 0
	for c, column := range e.o.Columns {
		switch column.Kind {
		case KindFamily:
			out[c] = e.readFamily
		case KindGiven:
			out[c] = e.givenReader()
		case KindPatronymic:
			out[c] = e.patronymicReader()
		case KindName:
			out[c] = e.nameReader()
		case KindSex, KindBirth, KindDate, KindPlace, KindCategory, KindText, KindCode:
			for e.fields[next].kind != column.Kind {
				next++
			}
			f := &e.fields[next]
			next++
			out[c] = f.reader()
		}
	}
	return out
}

func (f *field) reader() func(int, string) {
	if f.days != nil {
		known := map[string]day{}
		return func(row int, cell string) {
			d, ok := known[cell]
			if !ok {
				d = parseDay(cell)
				known[cell] = d
			}
			f.days[row] = d
		}
	}
	fold := foldText
	switch f.kind {
	case KindCode, KindCategory:
		fold = func(s string) string { return strings.ReplaceAll(text.Fold(s), " ", "") }
	case KindSex:
		fold = foldSex
	}
	known := map[string]uint32{}
	return func(row int, cell string) {
		id, ok := known[cell]
		if !ok {
			id = f.words.add(fold(cell), cell, false)
			known[cell] = id
		}
		f.values[row] = id
	}
}

func foldSex(s string) string {
	switch r := []rune(text.Fold(s)); {
	case len(r) == 0:
		return ""
	case r[0] == 'm' || r[0] == 'м':
		return "m"
	case r[0] == 'f' || r[0] == 'w' || r[0] == 'ж':
		return "f"
	}
	return ""
}

func (e *engine) readFamily(row int, cell string) {
	f := &e.fields[e.family]
	first, rest := cell, ""
	if i := strings.IndexAny(cell, "(-,/"); i > 0 {
		first, rest = cell[:i], cell[i+1:]
	}
	if rest == "" {
		if key, ok := initialOf(cell); ok {
			f.values[row] = f.words.add(key, cell, true)
			return
		}
	}
	f.values[row] = f.words.add(foldName(first), strings.TrimSpace(first), false)
	if other := foldName(rest); other != "" {
		if f.second == nil {
			f.second = make([]uint32, e.n)
		}
		f.second[row] = f.words.add(other, strings.Trim(rest, " ()"), false)
	}
}

func (e *engine) givenReader() func(int, string) {
	known := map[string]uint32{}
	f := &e.fields[e.given]
	return func(row int, cell string) {
		id, ok := known[cell]
		if !ok {
			if key, initial := initialOf(cell); initial {
				id = f.words.add(key, cell, true)
			} else {
				id = e.addGiven(f, foldName(cell), cell)
			}
			known[cell] = id
		}
		f.values[row] = id
	}
}

func (e *engine) patronymicReader() func(int, string) {
	known := map[string]uint32{}
	f := &e.fields[e.patronymic]
	return func(row int, cell string) {
		id, ok := known[cell]
		if !ok {
			if key, initial := initialOf(cell); initial {
				id = f.words.add(key, cell, true)
			} else {
				id = e.addPatronymic(f, foldName(cell), cell)
			}
			known[cell] = id
		}
		f.values[row] = id
	}
}

// count learns how frequent each value is.
func (f *field) count(n int) {
	counts := map[day]int{}
	total := 0
	var words []int
	if f.words != nil {
		words = make([]int, len(f.words.words))
	}
	for i := range n {
		switch {
		case f.days != nil && f.days[i].known():
			total++
			if f.days[i].full() {
				counts[f.days[i]]++
			}
		case f.values != nil && f.values[i] != 0:
			total++
			words[f.values[i]]++
		}
	}
	f.share, f.rarity = make([]float32, len(words)), make([]float32, len(words))
	if total == 0 {
		return
	}
	f.present = float64(total) / float64(n)
	t := float64(total)
	pairs := 0.0
	for _, c := range counts {
		pairs += float64(c) * float64(c-1)
	}
	for id, c := range words {
		pairs += float64(c) * float64(max(c-1, 0))
		f.share[id] = float32(float64(c) / t)
	}
	f.collision = math.Max(pairs/(t*math.Max(t-1, 1)), 1/(t*t))
	for id, s := range f.share {
		if s > 0 {
			f.rarity[id] = float32(min(max(math.Log2(f.collision/float64(s)), -maxAdjust), maxAdjust))
		}
	}
}
