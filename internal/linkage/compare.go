package linkage

// kindOrder is the field made by the engine that says whether given name and
// surname had to be exchanged to agree.
const kindOrder Kind = "order"

// The levels of surnames.
const (
	familySame    = 1 + iota
	familyClose   // a typing error apart
	familyNear    // similar
	familyFar     // somewhat similar
	familyInitial // one is the initial of the other
	familyDiffer
	familyLevels = familyDiffer
)

// The levels of given names.
const (
	givenSame = 1 + iota
	givenClose
	givenShort // one is a short form of the other
	givenNear
	givenInitial
	givenInitialDiffer
	givenDiffer
	givenOther  // two well-known names: brothers, not a slip
	givenLevels = givenOther
)

// The levels of patronymics, compared without their endings.
const (
	patronymicSame = 1 + iota
	patronymicClose
	patronymicInitial
	patronymicInitialDiffer
	patronymicDiffer
	patronymicLevels = patronymicDiffer
)

// The levels of texts and places.
const (
	textSame = 1 + iota
	textClose
	textNear
	textDiffer
	textLevels = textDiffer
)

// The levels of codes.
const (
	codeSame = 1 + iota
	codeEdit // one typing error
	codeDiffer
	codeLevels = codeDiffer
)

// The levels of the order of names.
const (
	orderStraight = 1 + iota
	orderSwapped
)

// levels is the outcome of one comparison, by field.
type levels [maxFields]uint8

func (l *levels) pattern() uint64 {
	var p uint64
	for i, v := range l {
		p |= uint64(v) << (4 * i)
	}
	return p
}

// compare fills the levels of a pair of rows and returns the adjustment, in bits,
// for values rarer (positive) or more frequent than the average of their field.
func (e *engine) compare(i, j int, out *levels) float64 {
	adjust := 0.0
	if e.family >= 0 || e.given >= 0 {
		adjust = e.compareNames(i, j, out)
	}
	for k := range e.fields {
		f := &e.fields[k]
		switch f.kind {
		case KindFamily, KindGiven, kindOrder:
		case KindPatronymic:
			out[k] = comparePatronymic(f.word(i), f.word(j))
			adjust += f.adjust(out[k], f.values[i], f.values[j])
		case KindBirth:
			out[k] = compareBirth(&f.days[i], &f.days[j])
		case KindDate:
			out[k] = compareDate(&f.days[i], &f.days[j])
		default:
			out[k] = e.compareValues(f, f.values[i], f.values[j])
			adjust += f.adjust(out[k], f.values[i], f.values[j])
		}
	}
	return adjust
}

func (f *field) word(row int) *word { return &f.words.words[f.values[row]] }

// adjust is the frequency adjustment of one field (Winkler 1989): full weight for
// agreement, a part of it for near agreement, by the more frequent value.
func (f *field) adjust(level uint8, a, b uint32) float64 {
	if level == 0 || level != f.same && (level != f.close || f.close == 0) {
		return 0
	}
	w := float64(min(f.rarity[a], f.rarity[b]))
	if level == f.close {
		w *= closeFrequency
	}
	return w
}

const (
	maxAdjust      = 10.0 // bits
	closeFrequency = 0.6
)

func (e *engine) compareValues(f *field, a, b uint32) uint8 {
	if a == 0 || b == 0 {
		return 0
	}
	if a == b {
		return f.same
	}
	x, y := &f.words.words[a], &f.words.words[b]
	switch f.kind {
	case KindPlace:
		if e.o.Places != nil {
			switch e.o.Places.Relate(x.shown, y.shown) {
			case PlacesSame:
				return textSame
			case PlacesNested:
				return textClose
			case PlacesDistinct:
				return textDiffer
			}
		}
		return compareText(x, y)
	case KindText:
		return compareText(x, y)
	case KindCode:
		if oneEdit(x.key, y.key) {
			return codeEdit
		}
		return codeDiffer
	}
	return 2 // categories and sex: same or not
}

func compareText(x, y *word) uint8 {
	switch s := jaroWinkler(x.key, y.key); {
	case s >= .93:
		return textClose
	case s >= .84:
		return textNear
	}
	return textDiffer
}

func compareFamily(a, b *word) uint8 {
	switch {
	case a.key == "" || b.key == "":
		return 0
	case a.initial || b.initial:
		if sameInitial(a.key[0], b.key[0]) {
			return familyInitial
		}
		return familyDiffer
	case a.key == b.key:
		return familySame
	}
	s := jaroWinkler(a.key, b.key)
	switch {
	case s >= .93 || s >= .85 && oneEdit(a.key, b.key):
		return familyClose
	case s >= .87:
		return familyNear
	case s >= .78:
		return familyFar
	}
	return familyDiffer
}

func compareGiven(a, b *word) uint8 {
	switch {
	case a.key == "" || b.key == "":
		return 0
	case a.initial || b.initial:
		if !sameInitial(a.key[0], b.key[0]) {
			return givenInitialDiffer
		}
		return givenInitial
	case a.key == b.key:
		return givenSame
	case sameGiven(a, b):
		return givenShort
	}
	s := jaroWinkler(a.key, b.key)
	close := s >= .93 || s >= .85 && len(a.key) > 3 && oneEdit(a.key, b.key)
	switch {
	case a.settled && b.settled && !close:
		return givenOther
	case close && !(a.settled && b.settled):
		return givenClose
	case s >= .82:
		return givenNear
	}
	return givenDiffer
}

func comparePatronymic(a, b *word) uint8 {
	switch {
	case a.key == "" || b.key == "":
		return 0
	case a.initial || b.initial:
		if sameInitial(a.key[0], b.key[0]) {
			return patronymicInitial
		}
		return patronymicInitialDiffer
	case a.key == b.key:
		return patronymicSame
	case a.settled && b.settled: // Маркович and Макарович, Егорович and Игоревич
		return patronymicDiffer
	case oneEdit(a.key, b.key) && len(a.key) > 3 || jaroWinkler(a.key, b.key) >= .93:
		return patronymicClose
	}
	return patronymicDiffer
}

// compareNames compares surname and given name as they stand and, when that fails,
// exchanged; second surnames stand in for first ones.
func (e *engine) compareNames(i, j int, out *levels) float64 {
	if e.given < 0 {
		f := &e.fields[e.family]
		level, a, b := e.bestFamily(i, j)
		out[e.family] = level
		return f.adjust(level, a, b)
	}
	g := &e.fields[e.given]
	if e.family < 0 {
		out[e.given] = compareGiven(g.word(i), g.word(j))
		return g.adjust(out[e.given], g.values[i], g.values[j])
	}
	f := &e.fields[e.family]
	family, a, b := e.bestFamily(i, j)
	given := compareGiven(g.word(i), g.word(j))
	out[e.order] = 0
	if family != 0 && given != 0 && family <= familyClose && given <= givenShort {
		out[e.order] = orderStraight
	}
	if family > familyClose {
		// Exchanged, the surname of one row is the given name of the other.
		x, y := compareFamily(f.word(i), g.word(j)), compareGiven(g.word(i), f.word(j))
		if swapFits(x, y) && !(family <= familyNear && given <= givenClose && given > 0) {
			out[e.family], out[e.given], out[e.order] = min(x, familyClose), min(y, givenShort), orderSwapped
			// Which row is the exchanged one is not known: take the reading
			// in which the words are usual in their roles.
			p, q := f.values[i], g.values[i]
			if f.share[p]*g.share[q] < f.share[q]*g.share[p] {
				p, q = q, p
			}
			return e.nameAdjust(out[e.family], p, p, out[e.given], q, q)
		}
	}
	out[e.family], out[e.given] = family, given
	return e.nameAdjust(family, a, b, given, g.values[i], g.values[j])
}

func swapFits(family, given uint8) bool {
	if family == 0 || given == 0 {
		return false
	}
	return family <= familyClose && (given <= givenClose) || family == familySame && given == givenShort
}

func (e *engine) bestFamily(i, j int) (level uint8, a, b uint32) {
	f := &e.fields[e.family]
	a, b = f.values[i], f.values[j]
	level = compareFamily(&f.words.words[a], &f.words.words[b])
	if f.second == nil || f.second[i] == 0 && f.second[j] == 0 {
		return level, a, b
	}
	for _, p := range [2]uint32{f.values[i], f.second[i]} {
		for _, q := range [2]uint32{f.values[j], f.second[j]} {
			if p == 0 || q == 0 {
				continue
			}
			if l := compareFamily(&f.words.words[p], &f.words.words[q]); l < level {
				level, a, b = l, p, q
			}
		}
	}
	return level, a, b
}

// nameAdjust adjusts surname and given name together: when the two go together
// more often than their frequencies say, the pair of names counts for less.
func (e *engine) nameAdjust(family uint8, a, b uint32, given uint8, c, d uint32) float64 {
	f, g := &e.fields[e.family], &e.fields[e.given]
	sum := f.adjust(family, a, b) + g.adjust(given, c, d)
	if family == familySame && given == givenSame {
		if excess, ok := e.joint[uint64(a)<<32|uint64(c)]; ok {
			sum -= float64(excess)
		}
	}
	return max(sum, -2*maxAdjust)
}
