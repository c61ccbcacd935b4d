package linkage

import (
	"slices"
	"strings"

	"svod/internal/text"
)

// word is one distinct folded value of a name, text or code column. Equal
// spellings in different scripts are one word.
type word struct {
	key      string   // encoded, at most maxKey letters; what is compared
	shown    string   // a spelling as it was written, for explanations
	skeleton uint32   // hash of the key without vowels after the first letter
	full     []uint32 // hashes of the given names this one may stand for, itself included
	initial  bool     // a single letter (Л., Kh., Ja.)
	settled  bool     // of given names and patronymics: a name of its own, no slip of another
}

// lexicon interns the words of one or more columns. Number 0 is no word.
type lexicon struct {
	words []word
	index map[string]uint32
	fresh map[string]uint32 // words of a question to an Index, nil while reading rows
}

func newLexicon() *lexicon {
	return &lexicon{words: make([]word, 1), index: map[string]uint32{}}
}

// add returns the number of the word with this folded form. Initials and words
// have separate numbers: И. is not И.
func (l *lexicon) add(folded, shown string, initial bool) uint32 {
	if folded == "" {
		return 0
	}
	name := folded
	if initial {
		name += "."
	}
	if id, ok := l.index[name]; ok {
		return id
	}
	w := word{key: encode(folded), shown: shown, initial: initial, skeleton: hashString(skeletonOf(folded))}
	l.words = append(l.words, w)
	id := uint32(len(l.words) - 1)
	l.index[name] = id
	if l.fresh != nil {
		l.fresh[name] = id
	}
	return id
}

// skeletonOf keeps what spelling and typing rarely change: the first sound and
// the consonants, with voiced and voiceless ones together.
func skeletonOf(key string) string {
	out := make([]byte, 0, len(key))
	for i := 0; i < len(key); i++ {
		c := key[i]
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			if i > 0 {
				continue
			}
			c = 'a'
		case 'd':
			c = 't'
		case 'b':
			c = 'p'
		case 'v':
			c = 'f'
		case 'z':
			c = 's'
		case 'j':
			c = 'w'
		}
		if n := len(out); n == 0 || out[n-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

// foldName returns the sounds of a name of one or more words, run together, so
// that Ким Чен Ын and Kim Chenyn meet.
func foldName(s string) string {
	var b strings.Builder
	for _, t := range text.Tokenize(s) {
		if !t.Part {
			b.WriteString(foldWord(s[t.Start:t.End], t.Word))
		}
	}
	return b.String()
}

// foldWord returns the sounds of one word; words of other scripts keep a folded
// form of their own, digits stay.
func foldWord(written, folded string) string {
	if key := text.NameKey(written); key != "" {
		return key
	}
	return folded
}

// foldText returns the words of s, folded and separated by single spaces.
func foldText(s string) string {
	var b strings.Builder
	for _, t := range text.Tokenize(s) {
		if t.Part {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if hasDigit(t.Word) {
			b.WriteString(t.Word)
			continue
		}
		b.WriteString(foldWord(s[t.Start:t.End], t.Word))
	}
	return b.String()
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// initialOf returns the sound of an initial and true when s is one: one letter,
// or up to three (Kh., Shch., Ja.) with a full stop.
func initialOf(s string) (string, bool) {
	s = strings.TrimSpace(s)
	dotted := strings.HasSuffix(s, ".")
	letters := []rune(strings.TrimRight(s, ". "))
	if len(letters) == 0 || len(letters) > 4 || !dotted && len(letters) > 1 || strings.ContainsAny(string(letters), ". -") {
		return "", false
	}
	switch strings.ToLower(string(letters)) {
	case "c": // Ц, Ч or К; before nothing NameKey must take it for К
		return "c", true
	case "â", "û": // Я, Ю by ISO 9
		return "i", true
	}
	key := text.NameKey(string(letters))
	if key == "" {
		return "", false
	}
	return key[:1], true
}

// sameInitial reports whether two first sounds may be one letter: transcriptions
// disagree on Е, Э, Ю, Я, И, Й (E, Ye, Je, Yu, Ju, Iu), on Х, Ц, Ч (H, Kh, Ch, X,
// C), on C and K, on Ш, Щ cut to S, and on Ж cut to Z.
func sameInitial(a, b byte) bool {
	if a == b {
		return true
	}
	if a > b {
		a, b = b, a
	}
	switch string([]byte{a + 'a', b + 'a'}) {
	case "ij", "ei", "ej", "gh", "cg", "gx", "cx", "cw", "cs", "ck", "wx", "sx", "sw", "jz":
		return true
	}
	return false
}

// initialClass is coarser: first sounds that sameInitial connects, for blocking.
func initialClass(c byte) byte {
	switch c {
	case codeOf('i'), codeOf('j'), codeOf('e'), codeOf('y'), codeOf('z'):
		return codeOf('i')
	case codeOf('g'), codeOf('h'), codeOf('c'), codeOf('x'), codeOf('w'), codeOf('s'), codeOf('k'):
		return codeOf('g')
	}
	return c
}

// shortNames knows, by their sounds, the full names for which a short form stands.
type shortNames map[string][]uint32

func newShortNames() shortNames {
	s := shortNames{}
	link := func(short, full string) {
		k, h := text.NameKey(short), hashString(text.NameKey(full))
		if !slices.Contains(s[k], h) {
			s[k] = append(s[k], h)
		}
	}
	for full := range strings.FieldsSeq(commonNames) {
		for _, short := range text.ShortForms(full) {
			for _, f := range text.Diminutives(short) {
				link(short, f)
			}
		}
	}
	for line := range strings.Lines(englishShort) {
		names := strings.Fields(line)
		for _, short := range names[1:] {
			link(short, names[0])
		}
	}
	return s
}

// describe fills the full names of a given name as it was written.
func (s shortNames) describe(w *word, written string) {
	if w.full != nil || w.initial {
		return
	}
	w.full = append(w.full, hashString(text.NameKey(written)))
	w.full = append(w.full, s[text.NameKey(written)]...)
	for _, f := range text.Diminutives(written) {
		if h := hashString(text.NameKey(f)); !slices.Contains(w.full, h) {
			w.full = append(w.full, h)
		}
	}
}

// sameGiven reports whether one is a short form of the other. Two different full
// names of which both may be short (Саша for Александр and Александра) are not.
func sameGiven(a, b *word) bool {
	if len(a.full) < 2 && len(b.full) < 2 {
		return false
	}
	for _, x := range a.full {
		if slices.Contains(b.full, x) {
			return true
		}
	}
	return false
}

// hashString is FNV-1a, 32 bits; "" is 0, which means nothing to compare.
func hashString(s string) uint32 {
	if s == "" {
		return 0
	}
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	if h == 0 {
		return 1
	}
	return h
}

// mix combines two hashes; unlike an XOR it depends on the order.
func mix(a, b uint32) uint32 {
	h := (uint64(a)<<32 | uint64(b)) * 0x9E3779B97F4A7C15
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	out := uint32(h >> 32)
	if out == 0 {
		return 1
	}
	return out
}
