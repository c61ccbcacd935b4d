package linkage

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"svod/internal/text"
)

// SameNameFrom is the score of CompareNames from which two names are taken for
// names of one person or body.
const SameNameFrom = 0.80

// CompareNames says how likely two full names, written in any order and script,
// name one person or one organisation: 0–1, SameNameFrom and more for yes. It
// knows nothing but the two names. Words are aligned regardless of order; initials
// stand for names, short forms for full ones, titles and legal forms count little;
// words run together or cut apart meet. A name left over on both sides speaks
// against, one left over on one side hardly (a patronymic not given).
func CompareNames(a, b string) float64 {
	x, y := readFullName(a), readFullName(b)
	if len(x.words) == 0 || len(y.words) == 0 {
		if text.Fold(a) == text.Fold(b) && a != "" {
			return 1
		}
		return 0
	}
	score := alignNames(&x, &y)
	if s := joinedScore(&x, &y); s > score {
		score = s
	}
	return score
}

// fullName is a name prepared for comparison.
type fullName struct {
	words        []nameWord
	form         string // legal form, in one spelling
	organisation bool
}

type nameWord struct {
	key     string // sounds, or the folded word
	plain   string // letters in Latin, where sounds lead astray (Scholz, Scholze)
	full    []uint32
	initial bool
	number  bool
	weight  float64
}

func readFullName(s string) fullName {
	var out fullName
	folded := " " + strings.Join(strings.FieldsFunc(text.Fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '.'
	}), " ") + " "
	for _, f := range legalForms {
		for _, phrase := range f.phrases {
			if strings.Contains(folded, " "+phrase+" ") {
				folded = strings.ReplaceAll(folded, " "+phrase+" ", " ")
				out.organisation = true
				if out.form == "" {
					out.form = f.form
				}
			}
		}
	}
	shorts := defaultShortNames()
	for _, w := range spellOut(nameWords(s)) {
		folded := text.Fold(w)
		switch {
		case isTitle(folded) || isLegalWord(folded, s):
			continue
		case organisationWords[folded]:
			out.organisation = true
		}
		word := nameWord{key: swapDigits(folded), weight: 1}
		if !hasDigit(word.key) || !isNumber(folded) {
			word.key = foldWord(unleet(w), swapDigits(folded))
		}
		word.plain = text.Fold(text.Latin(unleet(w), ""))
		word.number = isNumber(folded)
		letters := []rune(strings.TrimSuffix(folded, "."))
		word.initial = len(letters) == 1 && !word.number
		if !word.initial && !word.number {
			word.full = append([]uint32{hashString(word.key)}, shorts[word.key]...)
			for _, f := range text.Diminutives(folded) {
				word.full = append(word.full, hashString(text.NameKey(f)))
			}
		}
		switch {
		case word.initial:
			word.weight = .5
		case smallWords[folded]:
			word.weight = .25
		case genericWords[folded] || placeWords[folded]:
			word.weight = .4
		}
		if word.key != "" && !(len(out.words) > 0 && !word.initial && slices.ContainsFunc(out.words, func(o nameWord) bool { return o.key == word.key })) {
			out.words = append(out.words, word)
		}
	}
	return out
}

// nameWords splits at everything that is not a letter, digit or apostrophe, and
// where a small letter is followed by a capital one (SergeiLavrov).
func nameWords(s string) []string {
	s = joinAbbreviations(s)
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
		}
		word = nil
	}
	letters := []rune(s)
	for at, r := range letters {
		switch {
		case r == '\'' || r == '’' || r == 'ʻ':
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			flush()
		default:
			next := rune(0)
			if at+1 < len(letters) {
				next = letters[at+1]
			}
			if n := len(word); n > 1 && unicode.IsUpper(r) && unicode.IsLower(word[n-1]) && unicode.IsLower(next) {
				flush()
			}
			word = append(word, r)
		}
	}
	flush()
	return out
}

// joinAbbreviations turns A.B.C. into ABC; two letters stay initials.
func joinAbbreviations(s string) string {
	fields := strings.Fields(s)
	for i, f := range fields {
		letters := []rune(strings.ReplaceAll(f, ".", ""))
		if strings.Count(f, ".") >= 2 && len(letters) >= 3 && len(letters) <= strings.Count(f, ".")+1 {
			fields[i] = strings.ToUpper(string(letters))
		}
	}
	return strings.Join(fields, " ")
}

// aligned is the similarity of two words, 0–1; 0 when they cannot be one.
func aligned(a, b *nameWord) float64 {
	switch {
	case a.key == b.key:
		return 1
	case a.number || b.number:
		return 0
	case a.initial || b.initial:
		if sameInitial(codeOf(a.key[0]), codeOf(b.key[0])) {
			return .93
		}
		return 0
	}
	for _, f := range a.full {
		if slices.Contains(b.full, f) {
			return .95
		}
	}
	return max(similarKeys(a.key, b.key), similarKeys(a.plain, b.plain))
}

// similarKeys allows one typing error in three letters (behind the first), two in
// six, three in ten.
func similarKeys(a, b string) float64 {
	longest := max(len(a), len(b))
	if longest == 0 {
		return 0
	}
	d := editDistance(a, b, 4)
	allowed := 0
	switch {
	case longest <= 3:
		allowed = 0
		if longest == 3 && a != "" && b != "" && a[0] == b[0] {
			allowed = 1
		}
	case longest <= 5:
		allowed = 1
	case longest <= 10:
		allowed = 2
	default:
		allowed = 3
	}
	if d > allowed {
		return 0
	}
	return 1 - .8*float64(d)/float64(longest)
}

type link struct {
	a, b int
	sim  float64
}

// alignNames pairs the words greedily, the most similar first, and weighs what is
// paired against what is left over.
func alignNames(x, y *fullName) float64 {
	var links []link
	for i := range x.words {
		for j := range y.words {
			if s := aligned(&x.words[i], &y.words[j]); s > 0 {
				links = append(links, link{i, j, s})
			}
		}
	}
	slices.SortStableFunc(links, func(p, q link) int { return cmp.Compare(q.sim, p.sim) })
	usedX, usedY := make([]bool, len(x.words)), make([]bool, len(y.words))
	agreed, weight := 0.0, 0.0
	solid := false
	for _, l := range links {
		if usedX[l.a] || usedY[l.b] {
			continue
		}
		usedX[l.a], usedY[l.b] = true, true
		w := (x.words[l.a].weight + y.words[l.b].weight) / 2
		agreed += w * l.sim
		weight += w
		solid = solid || !x.words[l.a].initial && !y.words[l.b].initial && w > .3
	}
	if !solid {
		return 0
	}
	leftX, leftY := joinLeft(x, y, usedX, usedY, &agreed, &weight)
	few, many := min(leftX, leftY), max(leftX, leftY)
	lonely := leftWeightBoth*few + leftWeightOne*(many-few)
	if x.organisation || y.organisation {
		lonely = leftWeightBoth*few + leftWeightBody*(many-few)
		if x.form != y.form && x.form != "" && y.form != "" {
			lonely += .1
		}
	}
	return agreed / (weight + lonely)
}

const (
	leftWeightBoth = 1.3  // a word left over on both sides
	leftWeightOne  = 0.09 // a word left over on one side of a person's name
	leftWeightBody = 0.4  // and of an organisation's
)

// joinLeft pairs a word left over on one side with neighbours left over on the
// other that make it up together, and returns the weights that still remain.
func joinLeft(x, y *fullName, usedX, usedY []bool, agreed, weight *float64) (leftX, leftY float64) {
	try := func(one, many *fullName, usedOne, usedMany []bool) {
		for i := range one.words {
			if usedOne[i] || one.words[i].initial {
				continue
			}
			for from := range many.words {
				joined := ""
				for to := from; to < len(many.words) && !usedMany[to]; to++ {
					joined += many.words[to].key
					if to > from && closeKeys(joined, one.words[i].key) {
						usedOne[i] = true
						for k := from; k <= to; k++ {
							usedMany[k] = true
						}
						*agreed += .95
						*weight++
						break
					}
				}
				if usedOne[i] {
					break
				}
			}
		}
	}
	try(x, y, usedX, usedY)
	try(y, x, usedY, usedX)
	for i, w := range x.words {
		if !usedX[i] {
			leftX += w.weight
		}
	}
	for i, w := range y.words {
		if !usedY[i] {
			leftY += w.weight
		}
	}
	return leftX, leftY
}

func closeKeys(a, b string) bool {
	longest := max(len(a), len(b))
	return longest >= 4 && editDistance(a, b, 2) <= min(longest/7, 2)
}

// joinedScore compares the names with all words run together, as they stand and
// written backwards.
func joinedScore(x, y *fullName) float64 {
	join := func(f *fullName) string {
		var b strings.Builder
		for _, w := range f.words {
			b.WriteString(w.key)
		}
		return b.String()
	}
	a, b := join(x), join(y)
	longest := max(len(a), len(b))
	if acronym(x, y) || acronym(y, x) {
		return .85
	}
	if longest < 5 || longest > maxKey || min(len(x.words), len(y.words)) > 2 && len(x.words) == len(y.words) {
		return 0
	}
	numbers := func(w nameWord) bool { return w.number || w.initial }
	if slices.ContainsFunc(x.words, numbers) || slices.ContainsFunc(y.words, numbers) {
		return 0
	}
	backwards := []byte(a)
	slices.Reverse(backwards)
	d := min(editDistance(a, b, 4), editDistance(string(backwards), b, 4))
	if d > min(longest/8, 4) {
		return 0
	}
	return 1 - 1.2*float64(d)/float64(longest)
}

// acronym reports whether x is one short word made of the first letters of y.
func acronym(x, y *fullName) bool {
	if len(x.words) != 1 || len(y.words) < 3 || len(x.words[0].plain) != len(y.words) {
		return false
	}
	for i, w := range y.words {
		if w.plain == "" || w.plain[0] != x.words[0].plain[i] {
			return false
		}
	}
	return true
}

// editDistance counts insertions, deletions, replacements and exchanges of
// neighbours (optimal string alignment) and stops counting above most.
func editDistance(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	if len(a) > maxKey || len(b) > maxKey {
		a, b = a[:min(len(a), maxKey)], b[:min(len(b), maxKey)]
	}
	var rows [3][maxKey + 1]int
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return min(last[len(b)], most+1)
}
