package kernel

import (
	"strings"
	"unicode"

	"svod/internal/core"
)

// scriptOf is the ISO 15924 code of the script most letters are in, "" when
// there is none that a name can carry.
func scriptOf(s string) string {
	count := map[string]int{}
	best := ""
	for _, r := range s {
		script := ""
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			script = "Cyrl"
		case unicode.Is(unicode.Latin, r):
			script = "Latn"
		case unicode.Is(unicode.Armenian, r):
			script = "Armn"
		case unicode.Is(unicode.Georgian, r):
			script = "Geor"
		case unicode.Is(unicode.Arabic, r):
			script = "Arab"
		default:
			continue
		}
		count[script]++
		if best == "" || count[script] > count[best] {
			best = script
		}
	}
	return best
}

// splitName finds the parts of a personal name that stands in one cell. It
// takes only what the form of the words proves: a patronymic, a comma behind
// the family name, exactly one word with the ending of a family name. Anything
// else stays whole, because a wrong part is worse than none.
func splitName(n core.Name) core.Name {
	if n.Script == "" {
		n.Script = scriptOf(n.String())
	}
	if n.Full == "" || n.Family != "" || n.Given != "" || n.Patronymic != "" {
		return n
	}
	if family, rest, ok := strings.Cut(n.Full, ","); ok {
		words := strings.Fields(rest)
		if f := strings.TrimSpace(family); f != "" && len(strings.Fields(f)) == 1 && len(words) > 0 && len(words) <= 2 {
			n.Family, n.Given = f, words[0]
			if len(words) == 2 {
				n.Patronymic = words[1]
			}
			n.Full = f + " " + strings.Join(words, " ")
		}
		return n
	}
	w := strings.Fields(n.Full)
	switch {
	case len(w) == 4 && turkicPatronymic("-"+w[3]):
		n.Family, n.Given, n.Patronymic = w[0], w[1], w[2]+" "+w[3]
	case len(w) == 3 && patronymic(w[2]):
		n.Family, n.Given, n.Patronymic = w[0], w[1], w[2]
	case len(w) == 3 && patronymic(w[1]):
		n.Given, n.Patronymic, n.Family = w[0], w[1], w[2]
	case len(w) == 2 && patronymic(w[1]):
		n.Given, n.Patronymic = w[0], w[1]
	case len(w) == 2 && familyEnding(w[0]) && !familyEnding(w[1]):
		n.Family, n.Given = w[0], w[1]
	case len(w) == 2 && familyEnding(w[1]) && !familyEnding(w[0]):
		n.Given, n.Family = w[0], w[1]
	}
	return n
}

func patronymic(w string) bool {
	return endsIn(w, "вич", "вна", "ична", "инична", "ович", "евич", "ївна", "івна", "vich", "vych", "vna", "ichna", "ivna") ||
		turkicPatronymic(w)
}

func turkicPatronymic(w string) bool {
	return endsIn(w, "оглы", "оглу", "кызы", "гызы", "улы", "уулу", "ogly", "oglu", "kyzy", "qizi", "oʻgʻli")
}

// familyEnding tells endings that family names of the region have and given
// names have not («Лев», «Ева», «Демьян» are too short or excluded).
func familyEnding(w string) bool {
	return len([]rune(w)) > 4 && !endsIn(w, "ьян", "ian") &&
		endsIn(w, "ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ский", "ская", "цкий", "цкая", "ський", "ська", "енко", "чук", "дзе",
			"швили", "ян", "ov", "ova", "ev", "eva", "sky", "skiy", "skii", "skaya", "enko", "chuk", "dze", "shvili", "yan") &&
		!endsIn(w, "тин", "рина", "лина", "нина", "стина", "фима")
}

func endsIn(w string, endings ...string) bool {
	w = strings.ToLower(w)
	for _, e := range endings {
		if strings.HasSuffix(w, e) && len(w) > len(e) {
			return true
		}
	}
	return false
}
