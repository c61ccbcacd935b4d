package text

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
)

// Stem reduces a word to the part its forms share: «митингов», «митинги» and
// «митинг» give "митинг". Russian rules for Cyrillic words, English for words in
// a–z; words with letters Russian does not have (і ї є ґ ў ә ғ қ ң ө ұ ү һ …),
// with digits or in any other script come back folded and otherwise unchanged:
// they are found by prefix. The word is folded first, because the stemmer knows
// no ё and no capitals.
func Stem(word string) string { return StemLang(word, "") }

// StemLang is [Stem] with the language known: "ru", "en" or "ro" apply that
// stemmer when the script fits; "uk", "be", "az", "uz" and other languages without
// a stemmer give the folded word; "" decides by alphabet.
func StemLang(word, lang string) string {
	word = Fold(word)
	alphabet := alphabetOf(word)
	switch lang = baseLang(lang); lang {
	case "":
		if alphabet == russianLetters {
			return runStemmer(word, russian.Stem)
		}
		if alphabet == englishLetters {
			return runStemmer(word, english.Stem)
		}
	case "ru":
		if alphabet == russianLetters {
			return runStemmer(word, russian.Stem)
		}
		// A Latin word inside Russian text is almost always English.
		if alphabet == englishLetters {
			return runStemmer(word, english.Stem)
		}
	case "en":
		if alphabet == englishLetters {
			return runStemmer(word, english.Stem)
		}
		if alphabet == russianLetters {
			return runStemmer(word, russian.Stem)
		}
	case "ro":
		if alphabet == englishLetters {
			return runStemmer(word, romanian.Stem)
		}
	}
	return word
}

type alphabet byte

const (
	otherLetters alphabet = iota
	russianLetters
	englishLetters
)

// alphabetOf tells which stemmer a folded word could take.
func alphabetOf(word string) alphabet {
	found := otherLetters
	for _, r := range word {
		var a alphabet
		switch {
		case r >= 'а' && r <= 'я':
			a = russianLetters
		case r >= 'a' && r <= 'z' || r == '\'':
			a = englishLetters
		}
		if a == otherLetters || found != otherLetters && found != a {
			return otherLetters
		}
		found = a
	}
	return found
}

// runStemmer leaves words of up to three letters alone: they are particles,
// abbreviations (ОВД, МВД) and stems already.
func runStemmer(word string, stem func(*snowballstem.Env) bool) string {
	if len(word) <= 3 || len(word) <= 6 && word[0] >= 0x80 {
		return word
	}
	env := snowballstem.NewEnv(word)
	stem(env)
	if out := env.Current(); out != "" {
		return out
	}
	return word
}

// baseLang cuts "ru-RU" and "ru_RU" to "ru".
func baseLang(lang string) string {
	if i := strings.IndexAny(lang, "-_"); i >= 0 {
		lang = lang[:i]
	}
	return strings.ToLower(lang)
}
