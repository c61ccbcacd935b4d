package crypt

import (
	"crypto/rand"
	_ "embed"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MinPassphrase is the least number of characters CheckPassphrase accepts.
	MinPassphrase = 12
	// PassphraseWords is how many words NewPassphrase gives. With lists of at
	// least 1,024 words that is 60 bits or more, which scrypt makes dear.
	PassphraseWords = 6
	minDistinct     = 5 // different characters a passphrase must have
)

//go:embed words/ru.txt
var wordsRussian string

//go:embed words/en.txt
var wordsEnglish string

// NewPassphrase draws six words at random from the list of the language ("ru" or
// "en"), joined by spaces. Errors: ErrLanguage.
func NewPassphrase(language string) (string, error) {
	var list []string
	switch language {
	case "ru":
		list = strings.Fields(wordsRussian)
	case "en":
		list = strings.Fields(wordsEnglish)
	default:
		return "", ErrLanguage
	}
	words := make([]string, PassphraseWords)
	for i := range words {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(list))))
		if err != nil {
			return "", err
		}
		words[i] = list[n.Int64()]
	}
	return strings.Join(words, " "), nil
}

// CheckPassphrase refuses what would be guessed first. It is a floor, not a
// measure of strength: the advice to give people is NewPassphrase. Errors:
// ErrPassphraseShort, ErrPassphraseCommon.
func CheckPassphrase(passphrase string) error {
	passphrase = NormalPassphrase(passphrase)
	if utf8.RuneCountInString(passphrase) < MinPassphrase {
		return ErrPassphraseShort
	}
	bare := []rune(strings.Map(bareRune, passphrase))
	if distinct(bare) < minDistinct || repeats(bare) || mostlyKnown(string(bare)) {
		return ErrPassphraseCommon
	}
	return nil
}

// bareRune lowers letters and drops what people sprinkle over a weak password.
func bareRune(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return unicode.ToLower(r)
	}
	return -1
}

func distinct(runes []rune) int {
	seen := make(map[rune]bool, len(runes))
	for _, r := range runes {
		seen[r] = true
	}
	return len(seen)
}

// repeats says whether the whole is one pattern over and over, or a run of
// neighbours such as abcdef or 987654.
func repeats(runes []rune) bool {
	for period := 1; period <= len(runes)/2; period++ {
		if periodic(runes, period) {
			return true
		}
	}
	steps := 0
	for i := 1; i < len(runes); i++ {
		if d := runes[i] - runes[i-1]; d == 1 || d == -1 {
			steps++
		}
	}
	return len(runes) > 1 && steps*4 >= (len(runes)-1)*3
}

func periodic(runes []rune, period int) bool {
	for i := period; i < len(runes); i++ {
		if runes[i] != runes[i-period] {
			return false
		}
	}
	return true
}

// commonPieces are what the well-known leaked passwords are built from, in
// Latin, in Russian, and in Russian typed with the Latin layout.
var commonPieces = []string{
	"1q2w3e4r5t", "1qaz2wsx3edc", "1qaz2wsx", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn",
	"1234567890", "123456789", "12345678", "1234567", "123456", "12345", "1234", "0987654321", "987654321", "54321",
	"password", "passw0rd", "p4ssw0rd", "passphrase", "letmein", "welcome", "iloveyou", "monkey", "dragon", "sunshine",
	"princess", "football", "baseball", "superman", "master", "administrator", "admin", "secret", "changeme", "default",
	"correcthorsebatterystaple", "trustno1", "abc123", "login", "user", "test", "svod", "gfhjkm", "gfhjkmgfhjkm", "ghbdtn",
	"йцукенгшщзхъ", "йцукен", "фывапролджэ", "фывапр", "ячсмитьбю", "ячсмит", "пароль", "секрет", "привет", "любовь",
	"наташа", "россия", "москва", "администратор", "админ", "свод", "тест", "parol", "privet", "rossiya",
}

// mostlyKnown says whether fewer than six characters stay once the common pieces
// and years are taken out.
func mostlyKnown(bare string) bool {
	for _, piece := range commonPieces {
		bare = strings.ReplaceAll(bare, piece, "")
	}
	for century := range strings.SplitSeq("19 20", " ") {
		for i := strings.Index(bare, century); i >= 0 && i+4 <= len(bare); i = strings.Index(bare, century) {
			year := bare[i : i+4]
			if strings.Trim(year, "0123456789") != "" {
				break
			}
			bare = bare[:i] + bare[i+4:]
		}
	}
	return utf8.RuneCountInString(bare) < 6
}
