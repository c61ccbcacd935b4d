package text

// A letterTable romanises the letters one language reads in its own way;
// [commonLetters] has the rest.
type letterTable struct {
	letters map[rune]string
	initial map[rune]string                                // at the start of a syllable
	special func(r, prev, next rune) (out string, ok bool) // rules that need neighbours
}

// commonLetters: Russian Cyrillic, the letters other alphabets add, Armenian
// (BGN/PCGN 1981, aspiration unmarked), Georgian (national system 2002,
// ejectives unmarked). Read-only.
var commonLetters = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "yo", 'ж': "zh",
	'з': "z", 'и': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o",
	'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts",
	'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'і': "i", 'ї': "yi", 'є': "ye", 'ґ': "g", 'ў': "u", 'ә': "a", 'ғ': "gh", 'қ': "q",
	'ң': "ng", 'ө': "o", 'ұ': "u", 'ү': "u", 'һ': "h", 'ҳ': "h", 'ҷ': "j", 'ҹ': "j",
	'ҝ': "g", 'ӣ': "i", 'ӯ': "u", 'ј': "y", 'ӂ': "j", 'ѣ': "e", 'ѳ': "f", 'ѵ': "i",
	'ђ': "dj", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'џ': "dzh", 'ѕ': "dz",

	'ա': "a", 'բ': "b", 'գ': "g", 'դ': "d", 'ե': "e", 'զ': "z", 'է': "e", 'ը': "y",
	'թ': "t", 'ժ': "zh", 'ի': "i", 'լ': "l", 'խ': "kh", 'ծ': "ts", 'կ': "k", 'հ': "h",
	'ձ': "dz", 'ղ': "gh", 'ճ': "ch", 'մ': "m", 'յ': "y", 'ն': "n", 'շ': "sh", 'ո': "o",
	'չ': "ch", 'պ': "p", 'ջ': "j", 'ռ': "r", 'ս': "s", 'վ': "v", 'տ': "t", 'ր': "r",
	'ց': "ts", 'ւ': "v", 'փ': "p", 'ք': "k", 'և': "ev", 'օ': "o", 'ֆ': "f",

	'ა': "a", 'ბ': "b", 'გ': "g", 'დ': "d", 'ე': "e", 'ვ': "v", 'ზ': "z", 'თ': "t",
	'ი': "i", 'კ': "k", 'ლ': "l", 'მ': "m", 'ნ': "n", 'ო': "o", 'პ': "p", 'ჟ': "zh",
	'რ': "r", 'ს': "s", 'ტ': "t", 'უ': "u", 'ფ': "p", 'ქ': "k", 'ღ': "gh", 'ყ': "q",
	'შ': "sh", 'ჩ': "ch", 'ც': "ts", 'ძ': "dz", 'წ': "ts", 'ჭ': "ch", 'ხ': "kh", 'ჯ': "j",
	'ჰ': "h",
}

var russianTable = letterTable{
	initial: map[rune]string{'е': "ye"},
	special: func(r, prev, next rune) (string, bool) {
		// -ый and -ий end in one y: Zelensky, Bely.
		if next == 'й' && r == 'ы' || r == 'й' && prev == 'ы' {
			return map[rune]string{'ы': "y", 'й': ""}[r], true
		}
		return "", false
	},
}

// Cabinet of Ministers of Ukraine, resolution 55 of 2010: ye, yi, yu, ya at the
// start of a word, ie, i, iu, ia elsewhere; зг is zgh.
var ukrainianTable = letterTable{
	letters: map[rune]string{'г': "h", 'и': "y", 'й': "i", 'є': "ie", 'ї': "i", 'ю': "iu", 'я': "ia", 'е': "e", 'ґ': "g"},
	special: func(r, prev, next rune) (string, bool) {
		if prev == 0 {
			switch r {
			case 'є':
				return "ye", true
			case 'ї':
				return "yi", true
			case 'й':
				return "y", true
			case 'ю':
				return "yu", true
			case 'я':
				return "ya", true
			}
		}
		if r == 'г' && prev == 'з' {
			return "gh", true
		}
		return "", false
	},
}

var belarusianTable = letterTable{
	letters: map[rune]string{'г': "h", 'ў': "u", 'е': "e"},
	initial: map[rune]string{'е': "ye"},
}

var kazakhTable = letterTable{
	letters: map[rune]string{'ғ': "g", 'қ': "k", 'һ': "h", 'щ': "shch"},
	initial: map[rune]string{'е': "ye"},
}

var kyrgyzTable = letterTable{letters: map[rune]string{'ж': "j"}}

var tajikTable = letterTable{
	letters: map[rune]string{'ъ': "'"},
	initial: map[rune]string{'е': "ye"},
}

var uzbekTable = letterTable{
	letters: map[rune]string{'ж': "j", 'х': "x", 'ў': "o'", 'ғ': "g'", 'қ': "q", 'ҳ': "h", 'ъ': "'", 'щ': "sh", 'ы': "i"},
	initial: map[rune]string{'е': "ye"},
}

var azerbaijaniTable = letterTable{letters: map[rune]string{
	'ж': "j", 'г': "q", 'ғ': "ğ", 'ҝ': "g", 'ҹ': "c", 'ч': "ç", 'ш': "ş", 'ә': "ə", 'ө': "ö",
	'ү': "ü", 'х': "x", 'һ': "h", 'ы': "ı", 'ј': "y", 'й': "y", 'э': "e", 'ц': "s", 'щ': "ş",
}}

var romanianTable = letterTable{
	letters: map[rune]string{
		'ж': "j", 'ӂ': "g", 'ш': "ș", 'ц': "ț", 'э': "ă", 'х': "h", 'ь': "i", 'ю': "iu", 'я': "ia",
		'й': "i", 'щ': "șt", 'ё': "io",
	},
	special: func(r, prev, next rune) (string, bool) {
		front := next == 'е' || next == 'и' || next == 'ь' || next == 'я' || next == 'ю'
		switch {
		case r == 'к' && front:
			return "ch", true
		case r == 'г' && front:
			return "gh", true
		case r == 'ч' && front:
			return "c", true
		case r == 'ч':
			return "ci", true
		case r == 'ы' && (prev == 0 || next == 0):
			return "î", true
		case r == 'ы':
			return "â", true
		}
		return "", false
	},
}

func romanisation(lang string) *letterTable {
	switch lang {
	case "uk":
		return &ukrainianTable
	case "be":
		return &belarusianTable
	case "kk":
		return &kazakhTable
	case "ky":
		return &kyrgyzTable
	case "tg":
		return &tajikTable
	case "uz":
		return &uzbekTable
	case "az":
		return &azerbaijaniTable
	case "ro":
		return &romanianTable
	}
	return &russianTable
}
