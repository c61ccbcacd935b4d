package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NameKey returns the key of one word of a name: the spellings of a name in
// Cyrillic, Armenian or Georgian and in the usual Latin transcriptions (BGN/PCGN,
// ISO 9, passports of 1997 and 2013, Ukrainian 2010, French, German, colloquial)
// have the same key. «Щербаков», Shcherbakov, Scherbakov and Ščerbakov meet; so
// do «Хасан», Khasan and Hasan.
//
// The key is a rough pronunciation in the letters a–z. It keeps gender (Ivanov,
// Ivanova), vowels and the ends of words, and gives up what transcriptions lose:
// doubled letters, soft signs, е/ё/э, и/ы/й, ш/щ, г/х (Ukrainian г is h, Russian
// writes foreign h as г), ж/дж. Two names on one key are therefore candidates,
// never proof. "" means that the word has no letter of these scripts.
//
// Give it the word as it was written, name[token.Start:token.End] of [Tokenize], and
// not Token.Word: folding turns š into s, and the key needs to know. Other scripts
// and digits are left out.
func NameKey(word string) string {
	if !isASCII(word) {
		word = norm.NFC.String(FixHomoglyphs(word))
	}
	var store [64]rune
	letters := store[:0]
	latin := false
	for _, r := range word {
		r = unicode.ToLower(r)
		if isApostrophe(r) || !unicode.IsLetter(r) {
			continue
		}
		latin = latin || isLatin(r) || r == 'ə'
		letters = append(letters, r)
	}
	var out [96]byte
	var key []byte
	if latin {
		key = appendLatinSounds(out[:0], letters)
	} else {
		key = appendSounds(out[:0], letters)
	}
	return string(settleSounds(key))
}

// The sounds of a key, where the letter is not self-evident:
//
//	c = ц   g = г, х, h   i = и, й, ы   j = ж, дж   w = ш, щ   x = ч

// appendSounds writes the sounds of Cyrillic, Armenian and Georgian letters.
func appendSounds(key []byte, letters []rune) []byte {
	for i := 0; i < len(letters); i++ {
		r, prev, next := letters[i], rune(0), rune(0)
		if i > 0 {
			prev = letters[i-1]
		}
		if i+1 < len(letters) {
			next = letters[i+1]
		}
		switch {
		case (r == 'ь' || r == 'ъ') && next == 'о': // Ukrainian ьо = ё
			key = append(key, 'e')
			i++
		case r == 'ў' && (len(key) > 0 && isVowelSound(key[len(key)-1])): // Belarusian Воўк
			key = append(key, 'v')
		case r == 'ո' && next == 'ւ': // Armenian ու is one vowel
			key = append(key, 'u')
			i++
		case r == 'ո' && prev == 0 && next != 'վ':
			key = append(key, "vo"...)
		case r == 'ф' && next == 'ф' && i > 1 && i+2 == len(letters) && (prev == 'о' || prev == 'е'): // Романофф
			key = append(key, 'v')
			i++
		default:
			key = append(key, soundOf(r)...)
		}
	}
	return key
}

// soundOf returns the sound of one letter, "" for signs without sound.
func soundOf(r rune) string {
	switch r {
	case 'а', 'ә', 'ա', 'ა':
		return "a"
	case 'б', 'բ', 'ბ':
		return "b"
	case 'в', 'ვ', 'վ', 'ւ':
		return "v"
	case 'г', 'ґ', 'х', 'ғ', 'һ', 'ҳ', 'ҝ', 'գ', 'խ', 'հ', 'ղ', 'გ', 'ღ', 'ხ', 'ჰ':
		return "g"
	case 'д', 'դ', 'დ':
		return "d"
	case 'е', 'ё', 'э', 'є', 'ѐ', 'ӗ', 'ե', 'է', 'ე':
		return "e"
	case 'ж', 'ҷ', 'ҹ', 'ӂ', 'џ', 'ђ', 'ժ', 'ջ', 'ჟ', 'ჯ':
		return "j"
	case 'з', 'զ', 'ზ':
		return "z"
	case 'и', 'й', 'ы', 'і', 'ї', 'ӣ', 'ј', 'ի', 'յ', 'ը', 'ი':
		return "i"
	case 'к', 'қ', 'կ', 'ք', 'კ', 'ქ', 'ყ':
		return "k"
	case 'л', 'љ', 'լ', 'ლ':
		return "l"
	case 'м', 'մ', 'მ':
		return "m"
	case 'н', 'њ', 'ն', 'ნ':
		return "n"
	case 'ң':
		return "ng"
	case 'о', 'ө', 'ў', 'ո', 'օ', 'ო':
		return "o"
	case 'п', 'պ', 'փ', 'პ', 'ფ':
		return "p"
	case 'р', 'ռ', 'ր', 'რ':
		return "r"
	case 'с', 'ս', 'ს':
		return "s"
	case 'т', 'թ', 'տ', 'თ', 'ტ':
		return "t"
	case 'у', 'ұ', 'ү', 'ӯ', 'უ':
		return "u"
	case 'ф', 'ֆ':
		return "f"
	case 'ц', 'ծ', 'ց', 'ც', 'წ':
		return "c"
	case 'ч', 'ћ', 'ճ', 'չ', 'ჩ', 'ჭ':
		return "x"
	case 'ш', 'щ', 'շ', 'შ':
		return "w"
	case 'ю':
		return "iu"
	case 'я':
		return "ia"
	case 'ѕ', 'ձ', 'ძ':
		return "dz"
	case 'և':
		return "ev"
	}
	return ""
}

// settleSounds rewrites key in place to the form on which transcriptions agree.
func settleSounds(key []byte) []byte {
	out := key[:0]
	for _, c := range key {
		n := len(out)
		if n == 0 {
			out = append(out, c)
			continue
		}
		last := out[n-1]
		switch {
		case last == c: // doubled letters
		case last == 'd' && c == 'j', last == 't' && (c == 'x' || c == 'c'), last == 'w' && c == 'x':
			out[n-1] = c // дж, тч, тц; шч = щ
			if last == 'w' {
				out[n-1] = 'w'
			}
			out = dropDouble(out)
		case last == 't' && c == 's':
			out[n-1] = 'c'
			out = dropDouble(out)
		case last == 'i' && (c == 'e' || c == 'o'): // ье, ие, ye, je; ё as yo, io
			out[n-1] = 'e'
			out = dropDouble(out)
		case last == 'i' && c == 'u' && n > 1 && !isVowelSound(out[n-2]): // Людмила, Ludmila
			out[n-1] = 'u'
		case last == 'o' && c == 'u': // Белоусов and French Kouznetsov write the same
			out[n-1] = 'u'
			out = dropDouble(out)
		case last == 'v' && n > 1 && (out[n-2] == 'a' || out[n-2] == 'e') && !isVowelSound(c):
			out[n-1] = 'u' // Август, Augustus; Давлет, Daulet
			out = append(out, c)
		default:
			out = append(out, c)
		}
	}
	out = settleEdges(out)
	// Пётр and Peter, Александр and Alexander.
	if n := len(out); n > 3 && out[n-1] == 'r' && out[n-2] == 'e' && !isVowelSound(out[n-3]) {
		out[n-2] = 'r'
		out = out[:n-1]
	}
	return dropDouble(out)
}

// settleEdges mends beginnings and endings: У before a vowel is W (Уильям,
// Валихан), Христ- and Крист- are one, so are Russian -ская and Ukrainian -ська.
func settleEdges(out []byte) []byte {
	if len(out) > 2 && out[0] == 'u' && isVowelSound(out[1]) {
		out[0] = 'v'
	}
	if bytes.HasPrefix(out, []byte("grist")) {
		out[0] = 'k'
	}
	if bytes.HasSuffix(out, []byte("kaia")) && len(out) > 5 {
		out = append(out[:len(out)-3], 'a')
	}
	return out
}

func dropDouble(out []byte) []byte {
	if n := len(out); n > 1 && out[n-1] == out[n-2] {
		return out[:n-1]
	}
	return out
}

func isVowelSound(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'
}

func isVowelLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r == 'y' || isVowelSound(byte(r))
	}
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'æ', 'è', 'é', 'ê', 'ë', 'ì', 'í', 'î', 'ï', 'ò', 'ó', 'ô', 'õ', 'ö',
		'ø', 'ù', 'ú', 'û', 'ü', 'ý', 'ā', 'ă', 'ą', 'ē', 'ę', 'ě', 'ī', 'ı', 'ō', 'ő', 'œ', 'ū', 'ů', 'ű', 'ə':
		return true
	}
	return false
}
