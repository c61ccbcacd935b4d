package text

import (
	"slices"
	"unicode/utf8"
)

// spelling is what the whole word tells about who transcribed it.
type spelling struct {
	scholarly bool // ISO 9 and its relatives: j is й, c is ц
	french    bool // ch is ш
	german    bool // German, Polish, Czech: ch is х
	zIsC      bool // German: z is ц
	hungarian bool // sz is с, cs is ч
}

// spellingOf looks for letters and endings that only one habit writes.
func spellingOf(w []rune) spelling {
	var s spelling
	n := len(w)
	for i, r := range w {
		switch r {
		case 'č', 'š', 'ž', 'ŝ', 'ě':
			s.scholarly = true
			s.german = s.german || r == 'č' // Lichačev
		case 'ł', 'ń', 'ś', 'ż', 'ź':
			s.german = true
		case 'ä', 'ö', 'ß':
			s.german = true
			s.hungarian = s.hungarian || r == 'ö'
		case 'á', 'é', 'ő', 'ű', 'í', 'ü':
			s.hungarian = true
		case 'j':
			afterVowel := i > 0 && isVowelLetter(w[i-1])
			// -ij, -ej, -oj at the end, -ija, -aja, before a consonant.
			if afterVowel && (i == n-1 || i == n-2 && w[i+1] == 'a' || !isVowelLetter(w[i+1])) {
				s.scholarly = true
			}
			// Ljudmila, Tatjana; but not Djamal, Njoroge.
			if i > 0 && !afterVowel && (w[i-1] == 'l' || w[i-1] == 't' || w[i-1] == 'v') {
				s.scholarly = true
			}
		case 'c':
			if i > 0 && hasAt(w, i-1, "tch") || hasAt(w, i, "chtch") {
				s.french = true
			}
			// Kuznecov, Voroncova, Vysocki, Kravec: no Romance name ends like this.
			if n-i > 5 {
				break
			}
			switch string(w[i:]) {
			case "cov", "cova", "cev", "ceva", "ckij", "cuk", "ckii", "ckiy", "cki", "cky", "cký", "cka", "cká", "ckaja", "ckaya", "ckaia":
				s.scholarly = true
			case "c":
				s.scholarly = s.scholarly || n > 3 && w[n-2] == 'e'
			}
		}
	}
	for _, mark := range [...]string{"tsch", "stein", "mann", "heim", "burg", "bach", "sz"} {
		if containsRunes(w, mark) {
			s.german = true
			s.zIsC = mark != "sz" && mark != "tsch"
			break
		}
	}
	for _, end := range [...]string{"juk", "juka", "jev", "jeva", "jov", "jova"} { // Sidjuk, Sidjukov
		s.scholarly = s.scholarly || n > len(end)+1 && endsWith(w, end)
	}
	for _, end := range [...]string{"rich", "icz", "ow", "ew", "owa", "ewa", "owna", "ewna"} {
		s.german = s.german || endsWith(w, end)
	}
	return s
}

func containsRunes(w []rune, s string) bool {
	for i := range w {
		if hasAt(w, i, s) {
			return true
		}
	}
	return false
}

func endsWith(w []rune, s string) bool { return len(w) >= len(s) && hasAt(w, len(w)-len(s), s) }

func hasAt(w []rune, i int, s string) bool {
	for _, r := range s {
		if i >= len(w) || w[i] != r {
			return false
		}
		i++
	}
	return true
}

// A cluster is a group of Latin letters and the sounds it stands for. The first
// that fits wins, so longer ones stand before their beginnings.
type cluster struct{ letters, sounds string }

var latinClusters = [...]cluster{
	{"schtsch", "w"}, {"stsch", "w"}, {"chtch", "w"}, {"shtch", "w"}, {"szcz", "w"}, {"shch", "w"},
	{"tsch", "x"}, {"tch", "x"}, {"tzsch", "x"},
	{"rzy", "ji"}, {"rze", "je"}, {"stein", "wtein"}, {"stern", "wtern"}, {"sch", "w"}, {"sh", "w"}, {"sz", "w"}, {"cz", "x"},
	{"chr", "kr"}, {"zh", "j"}, {"kh", "g"}, {"gh", "g"}, {"ph", "f"}, {"th", "t"}, {"rh", "r"},
	{"ck", "k"}, {"que", "ke"}, {"qui", "ki"}, {"qu", "kv"}, {"gue", "ge"}, {"gui", "gi"}, {"tz", "c"},

	{"ou", "u"}, {"oo", "u"},
	{"dj", "j"}, {"dž", "j"}, {"dh", "d"}, {"bh", "b"},
	{"yo", "e"}, {"yu", "iu"},
}

// appendLatinSounds writes the sounds of a Latin spelling.
func appendLatinSounds(key []byte, w []rune) []byte {
	s := spellingOf(w)
	w = latinEnding(w)
	for i := 0; i < len(w); {
		if sounds, n := specialSounds(w, i, s); n > 0 {
			key = append(key, sounds...)
			i += n
			continue
		}
		if sounds, n := clusterAt(w, i); n > 0 {
			key = append(key, sounds...)
			i += n
			continue
		}
		key = append(key, latinSound(w[i], i == 0, s)...)
		i++
	}
	return key
}

// clusterAt returns the sounds of the cluster at i and its length in letters.
func clusterAt(w []rune, i int) (string, int) {
	for _, c := range latinClusters {
		if w[i] == rune(c.letters[0]) && hasAt(w, i, c.letters) {
			return c.sounds, utf8.RuneCountInString(c.letters)
		}
	}
	return "", 0
}

// latinEndings reads old and foreign endings as Russian writes them: Romanoff,
// Latvian Ivanovs, Lithuanian Sakalauskis, Serbian -vić, Spanish -ez, German
// Franz, French Sophie and Dominique, Persian -uddeen. The first that fits wins.
var latinEndings = [...]struct{ end, as string }{
	{"off", "ov"}, {"eff", "ev"}, {"ovs", "ov"}, {"evs", "ev"}, {"ičs", "ič"}, {"skis", "ski"},
	{"vić", "vič"}, {"vic", "vič"}, {"ez", "es"}, {"nz", "nc"}, {"rz", "rc"}, {"lz", "lc"},
	{"ie", "i"}, {"een", "in"}, {"eena", "ina"}, {"ette", "ett"}, {"otte", "ott"}, {"elle", "ell"}, {"ille", "ill"},
	{"que", "k"}, {"phe", "f"},
}

func latinEnding(w []rune) []rune {
	if len(w) < 5 {
		return w
	}
	for _, e := range latinEndings {
		n := utf8.RuneCountInString(e.end)
		if !hasAt(w, len(w)-n, e.end) {
			continue
		}
		as := []rune(e.as)
		if e.end[len(e.end)-1] == 'z' && e.as != "es" {
			as[1] = 'ț' // ц whatever the spelling of the rest
		}
		return append(slices.Clone(w[:len(w)-n]), as...)
	}
	return w
}

// specialSounds reads the letters whose sound depends on neighbours or on the
// spelling of the word, and returns how many letters it read (0 = not special).
func specialSounds(w []rune, i int, s spelling) (string, int) {
	at := func(j int) rune {
		if j >= 0 && j < len(w) {
			return w[j]
		}
		return 0
	}
	switch w[i] {
	case 'a':
		if i == 0 && at(1) == 'e' && at(2) != 'v' && at(2) != 'w' { // Aemilia, Aegidius
			return "e", 2
		}
	case 'd':
		if s.scholarly && at(i+1) == 'j' { // Sidjuk is Сидюк, not Сиджук
			return "d", 1
		}
	case 'h':
		if isSilentH(w, i) {
			return "", 1
		}
	case 'c':
		return soundsOfC(at(i-1), at(i+1), at(i+2), s)
	case 's':
		if s.hungarian && at(i+1) == 'z' {
			return "s", 2
		}
		if at(i+1) == 'c' && isFront(at(i+2)) { // Scerbakov
			return "w", 2
		}
	case 'j':
		if at(i-1) == 0 && !s.scholarly && !initialJIsGlide(w) {
			return "j", 1
		}
		return "i", 1
	case 'z':
		if s.zIsC {
			return "c", 1
		}
	case 'x':
		next := at(i + 1)
		// Uzbek and Azerbaijani x is х: Xasan, Axmed, Baxtiyor.
		if i > 0 && w[i-1] == 'u' && isVowelLetter(next) {
			return "g", 1
		}
		if i == 0 && (next == 'a' || next == 'o' || next == 'u') || next == 'm' || next == 'r' || next == 'd' || next == 'l' {
			return "g", 1
		}
		return "ks", 1
	}
	return "", 0
}

// isSilentH finds the h that only lengthens a vowel: Kahl, Jahn, Sarah, Abdullah;
// but not Zuhra, Ahmed, Shah.
func isSilentH(w []rune, i int) bool {
	if i == 0 || !isVowelLetter(w[i-1]) {
		return false
	}
	if i == len(w)-1 {
		return i > 3 && !endsWith(w, "shah")
	}
	if c := w[i+1]; c != 'l' && c != 'n' && c != 'r' {
		return false
	}
	return i+2 == len(w) || !isVowelLetter(w[i+2])
}

// soundsOfC reads c and ch.
func soundsOfC(prev, next, after rune, s spelling) (string, int) {
	switch {
	case next == 'z':
		return "x", 2
	case next == 'c' && isFront(after): // Italian
		return "x", 2
	case next == 'k' && s.scholarly: // Vysockij
		return "c", 1
	case next == 'h' && after == 'r' && !s.german, next == 'k':
		return "k", 2
	case next == 'h' && s.french && prev != 't':
		return "w", 2
	case next == 'h' && s.german:
		return "g", 2
	case next == 'h':
		return "x", 2
	case s.scholarly, isFront(next):
		return "c", 1
	}
	return "k", 1
}

func isFront(r rune) bool {
	switch r {
	case 'e', 'i', 'y', 'é', 'è', 'ê', 'í', 'ë':
		return true
	}
	return false
}

// initialJIsGlide tells Jakov, Jurij, Jelena (й) from Jamal, John (дж).
func initialJIsGlide(w []rune) bool {
	for _, begin := range [...]string{
		"jak", "jaro", "jan", "jas", "jab", "jad", "jag", "jaz", "jav", "jev", "jeg", "jek", "jel",
		"jefi", "jefr", "jere", "jerm", "jeme", "jese", "jul", "jur", "jus", "jun", "joha", "josef", "jozef", "józ",
		"jü", "jö", "jā", "jõ", "jaa", "jää", "jör", "jas",
	} {
		if hasAt(w, 0, begin) {
			return true
		}
	}
	return false
}

// latinSound returns the sound of a single letter.
func latinSound(r rune, initial bool, s spelling) string {
	switch r {
	case 'h':
		return "g"
	case 'q':
		return "k"
	case 'w':
		return "v"
	case 'y':
		return "i"
	case 'ə', 'à', 'á', 'ã', 'ā', 'ă', 'ą':
		return "a"
	case 'â':
		if s.scholarly {
			return "ia"
		}
		return "a"
	case 'û':
		if s.scholarly {
			return "iu"
		}
		return "u"
	case 'ö', 'ø', 'ő':
		if initial {
			return "o"
		}
		return "e"
	case 'ä', 'æ', 'œ', 'è', 'é', 'ê', 'ë', 'ē', 'ę', 'ě', 'ė':
		return "e"
	case 'ü', 'ű':
		return "u"
	case 'å', 'ò', 'ó', 'ô', 'õ', 'ō':
		return "o"
	case 'ù', 'ú', 'ū', 'ů':
		return "u"
	case 'ŭ':
		return "v"
	case 'ì', 'í', 'î', 'ï', 'ī', 'ı', 'ý', 'ÿ':
		return "i"
	case 'č', 'ç', 'ć', 'ĉ':
		return "x"
	case 'š', 'ş', 'ș', 'ŝ':
		return "w"
	case 'ž', 'ż', 'ĵ', 'đ':
		return "j"
	case 'ź':
		return "z"
	case 'ț', 'ţ':
		return "c"
	case 'ś', 'ß':
		return "s"
	case 'ñ', 'ń', 'ň':
		return "n"
	case 'ł', 'ľ', 'ļ':
		return "l"
	case 'ř':
		return "rj"
	case 'ğ', 'ģ', 'ħ':
		return "g"
	case 'ď', 'ð':
		return "d"
	case 'ť', 'þ':
		return "t"
	case 'ķ':
		return "k"
	}
	if r >= 'a' && r <= 'z' {
		return "abcdefghijklmnopqrstuvwxyz"[r-'a' : r-'a'+1]
	}
	return latinRest(r)
}

// latinRest reads a letter with an unusual accent as its base letter.
func latinRest(r rune) string {
	out := ""
	for _, b := range Fold(string(r)) {
		if b >= 'a' && b <= 'z' {
			out += string(b)
		}
	}
	return out
}
